"""The page on paper shows what the PDF shows: what is for the screen alone stays off it, what is for paper alone comes."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from tally.blocks import Entry, Head, Paragraph, Run, Table, Title
from tally.render import html


def table(name: str, rows: int, only: str) -> Table:
    body = tuple((Entry(f"{name}{n}"), Entry("1")) for n in range(rows))
    return Table(f"t-{only}", f"{name}表", ((Head("名称"), Head("件数")),), body, ("left", "right"), only=only)


@pytest.fixture
def both(browser, tmp_path):
    blocks = [
        Title("工作总结"),
        Paragraph((Run("两种介质都有。"),)),
        table("逐条", 200, "screen"),
        table("汇总", 3, "paper"),
    ]
    path = tmp_path / "report.html"
    path.write_text(html.render(blocks, title="工作总结"), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    yield page
    page.close()


def test_a_list_for_the_screen_is_left_out_in_print_and_its_summary_comes_in(both):
    pages = PdfReader(BytesIO(both.pdf(prefer_css_page_size=True))).pages
    text = unicodedata.normalize("NFKC", "".join(p.extract_text() for p in pages))
    assert len(pages) == 1 and "汇总2" in text and "逐条" not in text and "两种介质都有" in text


def test_the_screen_shows_the_list_and_not_the_summary(both):
    assert both.locator("#b-t-screen").is_visible() and not both.locator("#b-t-paper").is_visible()
