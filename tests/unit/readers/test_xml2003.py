"""Excel's XML Spreadsheet 2003, by hand, with the prefixes that Excel and other programs use."""

from datetime import date, datetime, time

import pytest

from tally.model import Span
from tally.readers import read_bytes

HEAD = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">'
    '<Styles><Style ss:ID="base"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="pc" ss:Parent="base"><NumberFormat ss:Format="0%"/></Style></Styles>'
)


def one(rows: str, after=""):
    return read_bytes(
        f'{HEAD}<Worksheet ss:Name="表四"><Table>{rows}</Table>{after}</Worksheet></Workbook>'.encode(), "x.xls"
    )[0]


def cell(kind: str, text: str, attributes="") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_values_types_and_places():
    rows = (
        "<Row ss:Index='2'>"
        + cell("String", "甲")
        + cell("Number", "12", "ss:Index='3'")
        + cell("Number", "1.5")
        + "</Row>"
    )
    moments = "<Row>" + cell("DateTime", "2021-04-10T00:00:00.000") + cell("DateTime", "2021-04-10T09:30:00.000")
    moments += cell("DateTime", "1899-12-31T09:30:00.000") + cell("Boolean", "1") + "</Row>"
    document = one(rows + moments)
    assert (document.kind, document.grids[0].sheet) == ("xml2003", "表四")
    assert document.grids[0].rows == [
        [None] * 4,
        ["甲", None, 12, 1.5],
        [date(2021, 4, 10), datetime(2021, 4, 10, 9, 30), time(9, 30), True],
    ]


def test_merges_push_the_next_cell_on():
    grid = one(
        "<Row>" + cell("String", "题", "ss:MergeAcross='1' ss:MergeDown='1'") + cell("String", "右") + "</Row>"
    ).grids[0]
    assert (grid.rows, grid.merges) == ([["题", None, "右"]], (Span(0, 0, 0, 1),))


def test_hidden_things_marks_errors_and_comments():
    rows = (
        "<Column ss:Index='2' ss:Hidden='1' ss:Span='1'/><Row ss:Hidden='1'>"
        + cell("Number", "0.05", "ss:StyleID='pc'")
        + cell("Error", "#REF!")
        + "<Cell><Data ss:Type='Number'>3</Data><Comment><ss:Data><html:B>注意</html:B>！</ss:Data></Comment></Cell></Row>"
    )
    grid = one(rows, "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>").grids[0]
    assert (grid.rows, grid.hidden_rows, grid.hidden_cols, grid.hidden) == ([[0.05, None, 3]], {0}, {1, 2}, True)
    assert (grid.marks[0, 0].struck, grid.marks[0, 0].number_format) == (True, "0%")
    assert (grid.marks[0, 1].problem, grid.marks[0, 2].comment) == ("#REF!", "注意！")


def test_relative_formulas_without_a_value_are_worked_out():
    rows = "<Row>" + cell("Number", "3") + "</Row><Row>" + cell("Number", "4") + "</Row>"
    rows += "<Row><Cell ss:Formula='=SUM(R[-2]C:R[-1]C)'/><Cell ss:Formula='=R1C1*RC[-1]'/></Row>"
    grid = one(rows).grids[0]
    assert grid.rows[2] == [7, 21]
    assert grid.marks[2, 0].formula == "=SUM(A1:A2)"


@pytest.mark.parametrize("name", ["Short Date", "General Date", "Medium Date", "Long Time"])
def test_a_number_in_a_named_format_of_moments_is_seen_as_a_moment(name):
    (grid,) = read_bytes(MOMENT.replace("NAME", name).encode(), "x.xml")[0].grids
    assert type(grid.rows[0][0]) is not int


MOMENT = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="m"><NumberFormat ss:Format="NAME"/></Style></Styles>
<Worksheet ss:Name="s"><Table><Row><Cell ss:StyleID="m"><Data ss:Type="Number">14</Data></Cell></Row></Table></Worksheet></Workbook>"""
