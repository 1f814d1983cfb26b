"""What a page of a report looks like: none nearly empty, no heading or caption parted from what it heads, headers whole."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.render import pdf
from tally.render.document import fonts
from tally.report import Report, narrative
from tally.totals import History, work_out
from tests.unit.totals.invented import periods

A_THIRD = 1 / 3
TOP, BOTTOM = 37, 35  # mm of an upright page that hold no text
SIDE_TOP, SIDE_BOTTOM = 28, 26
MM = 72 / 25.4


@pytest.fixture(scope="module")
def pages():
    report = Report(work_out(History(CAMPAIGN, periods())), narrative.Narrative({}))
    content = pdf.render(list(report.blocks()), fonts=fonts.find(system=False), timestamp=0)
    with pdfplumber.open(io.BytesIO(content)) as file:
        yield list(file.pages)


def fill(page) -> float:
    """The share of the text's height down to the last line or rule."""
    upright = page.height > page.width
    top, bottom = (TOP, BOTTOM) if upright else (SIDE_TOP, SIDE_BOTTOM)
    inside = [
        w["bottom"]
        for w in page.extract_words()
        if top * MM - 1 < w["top"] and w["bottom"] < page.height - bottom * MM + 1
    ]
    height = page.height - (top + bottom) * MM
    return (max(inside, default=top * MM) - top * MM) / height


def begins_annex(page) -> bool:
    return (page.extract_text() or "").lstrip().startswith("附件")


def test_no_page_is_under_a_third_full_but_the_last_of_the_text_or_of_an_annex(pages):
    last_of_its_part = [begins_annex(following) for following in pages[1:]] + [True]
    sparse = [
        n
        for n, (page, last) in enumerate(zip(pages, last_of_its_part, strict=True), 1)
        if fill(page) < A_THIRD and not last
    ]
    assert not sparse


def test_no_page_ends_with_a_heading_or_a_caption(pages):
    for number, page in enumerate(pages, 1):
        lines = [line for line in (page.extract_text() or "").splitlines() if line.strip() and "—" not in line]
        last = lines[-1].strip() if lines else ""
        assert (
            not last.startswith(("（一）", "（二）", "（三）", "（四）", "一、", "二、", "三、", "四、", "五、"))
            or len(last) > 24
        ), number
        assert not (last.startswith("表") and last[1:2].isdigit()), number


def test_units_of_measure_in_headers_are_never_broken(pages):
    words = "\n".join(page.extract_text() or "" for page in pages)
    for whole in ("（人次）", "（万元）", "（万只）", "累计", "本期"):
        assert whole in words
    lines = [line.split() for line in words.splitlines()]
    broken = [cell for line in lines for cell in line if cell in ("累", "计", "元）", "次）", "（万", "（人")]
    assert not broken


def test_the_whole_report_has_about_twenty_pages(pages):
    assert len(pages) <= 24
