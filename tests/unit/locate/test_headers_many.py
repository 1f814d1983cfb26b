"""A sheet of rows that all read like a header is searched up to a bound, and what lies behind it is told."""

from tally import campaigns
from tally.locate import find_tables
from tally.locate.headers import BESIDE, TRIED
from tally.model import Document, Grid

HEAD = ["类别", "出动执法人员（人次）累计", "检查经营者（户/人）累计", "查办案件（件）"]
ROWS = [["质量类案件", 20, 30, 4], ["广告类案件", 1, 2, 0], ["合计", 21, 32, 4]]


def found(rows: list[list]):
    campaign = campaigns.load("masks_2021")
    grid = Grid("表.xlsx", "表", rows)
    return find_tables(Document("表.xlsx", "xlsx", (grid,)), campaign.forms, campaign.period("2021-05"))


def test_headers_in_hundreds_are_all_read():
    assert len(found([list(row) for _ in range(150) for row in (HEAD, *ROWS, [])])) == 150


def test_behind_the_bound_no_header_is_looked_for():
    tables = found([list(row) for _ in range(TRIED + 3) for row in (HEAD, *ROWS, [])])
    assert len(tables) == TRIED
    assert any(f.severity == "error" for f in tables[-1].findings)


def test_so_many_tables_as_fit_stand_side_by_side_and_no_more():
    beside = [[value for _ in range(300) for value in (*row, None)] for row in (HEAD, *ROWS)]
    assert len(found([row[:24] for row in beside])) == 5
    tables = found(beside)
    assert len(tables) == BESIDE and any(f.severity == "error" for t in tables for f in t.findings)


def test_a_row_of_headings_without_end_is_searched_in_its_first_columns_and_the_rest_told():
    endless = [[value for _ in range(4_000) for value in row] for row in (HEAD, *ROWS)]
    tables = found(endless)
    assert 1 <= len(tables) <= BESIDE and any(f.severity == "error" for t in tables for f in t.findings)
    assert any(f.rule == "form.beside_table" for t in tables for f in t.findings)
