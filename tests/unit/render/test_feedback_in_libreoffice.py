"""The files that go back, opened and saved by LibreOffice: comments, links and sheets are there for it too."""

from __future__ import annotations

import subprocess

import openpyxl
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.readers.convert import converter
from tests.unit.render.returned import of_sample

pytestmark = [pytest.mark.slow, pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")]


def test_every_sample_file_opens_with_its_comments_and_links(tmp_path):
    units = [u.code for u in CAMPAIGN.units]
    for unit in units:
        (tmp_path / f"{unit}.xlsx").write_bytes(of_sample("2021-05", unit).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / f"{unit}.xlsx") for unit in units]
    command = [converter(), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), *files]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    for unit in units:
        before, after = of_sample("2021-05", unit), openpyxl.load_workbook(tmp_path / "out" / f"{unit}.xlsx")
        assert after.sheetnames == before.book.sheetnames
        for (sheet, cell), text in before.comments().items():
            assert text.split("\n")[0] in after[sheet][cell].comment.text
        links = [c.hyperlink for row in after.worksheets[0].iter_rows() for c in row if c.hyperlink]
        assert len(links) == len(before.links()) and not any(k.target for k in links)
