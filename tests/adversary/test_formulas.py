"""A figure that is a formula: what the formula names beside its stored result is said of the figure."""

import io

import pytest
import xlsxwriter

from tests.adversary.world import form4

NOTE, WARNING = {"note"}, {"warning"}


def with_formula(cell: str, formula: str) -> bytes:
    """Form 4 with a formula in a cell, which stores what the cell held."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("附件4")
    for r, row in enumerate(form4()):
        for c, value in enumerate(row):
            if xlsxwriter.utility.xl_rowcol_to_cell(r, c) == cell:
                sheet.write_formula(r, c, formula, None, value)
            elif value is not None:
                sheet.write(r, c, value)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "formula", "severities"),
    [
        ("D6", "='4月'!D6", WARNING),
        ("D6", "='4月'!D6+2", WARNING),
        ("D6", "='[2021年4月报表.xls]附件4'!$D$6", WARNING),
        ("D6", "=上月!D6", WARNING),
        ("D6", "='5月'!D6", set()),
        ("D6", "=底表!D6-'4月'!D6", set()),
        ("B6", "='4月'!B6+15", set()),
        ("D6", "='盐都区'!D6", WARNING),
        ("B6", "='[盐都区附件4.xlsx]Sheet1'!B6", WARNING),
        ("D6", "='[口罩台账.xlsx]Sheet1'!D6", NOTE),
        ("D6", "=COUNTIF('[口罩台账.xlsx]Sheet1'!A1:A9,1)", NOTE),
        ("D6", "=RANDBETWEEN(1,9)", WARNING),
        ("G6", "=H6", WARNING),
        ("E6", "=D6", set()),
        ("D12", "=SUM(D5:D11)", set()),
    ],
)
def test_what_a_figure_s_formula_names(world, cell, formula, severities):
    world.put("亭湖区/附件4.xlsx", with_formula(cell, formula))
    out = world.run()
    said = out.said("returns.formula")
    assert {severity for _, severity, at, _, _ in said if at == cell} == severities
    assert out.rules() - {"returns.missing", "returns.formula", "cell.stale"} == set()
