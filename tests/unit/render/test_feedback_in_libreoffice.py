"""The files that go back, opened and saved by LibreOffice: comments, links and sheets are there for it too."""

from __future__ import annotations

import subprocess

import openpyxl
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.readers.convert import converter
from tally.render.feedback.list import HEADS, WIDTHS, shortened
from tally.render.workbook.sheet import digits
from tests.unit.render.returned import of_sample


@pytest.mark.slow
@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
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
        lists = [after[sheet.title] for sheet in before.lists]
        links = [c.hyperlink for sheet in lists for row in sheet.iter_rows() for c in row if c.hyperlink]
        assert len(links) == len(before.links()) and not any(k.target for k in links)


@pytest.mark.parametrize(
    ("sheet", "cell", "text"),
    [
        ("附件4", "B12", "附件4　B12"),
        ("口罩生产企业5月", "M6", "口罩生…业5月　M6"),
        ("附件4口罩案件查处情况统计表（更正）", "AB123", "附件…正）　AB123"),
        ("口罩专项抽查情况统计表", "", "口罩专项…统计表"),
    ],
)
def test_a_link_stands_on_one_line_of_its_column(sheet, cell, text):
    assert shortened(sheet, cell) == text
    assert digits(text) <= WIDTHS[HEADS.index("位置")]
