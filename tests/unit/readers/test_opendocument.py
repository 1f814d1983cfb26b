"""OpenDocument spreadsheets, by hand: what LibreOffice writes and what other programs leave out."""

import io
import zipfile
from datetime import date, datetime, time

import pytest

from tally.errors import UnreadableFile
from tally.model import Run, Span
from tally.readers import read_bytes

NAMES = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for p, n in {"office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle"}.items()
)
STYLES = (
    '<style:style style:name="struck"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="child" style:parent-style-name="struck" style:data-style-name="pc"/>'
    '<style:style style:name="hide"><style:table-properties table:display="false"/></style:style>'
    '<number:percentage-style style:name="pc"><number:number number:decimal-places="1"/><number:text>%</number:text></number:percentage-style>'
    '<number:number-style style:name="wan"><number:number/><number:text>万元</number:text></number:number-style>'
    '<style:style style:name="money" style:data-style-name="wan"/>'
)


def content(rows: str, table='table:name="表"') -> str:
    return (
        f"<office:document {NAMES} office:mimetype='application/vnd.oasis.opendocument.spreadsheet'><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet><table:table {table}>{rows}</table:table></office:spreadsheet></office:body></office:document>"
    )


def grid_of(rows: str, **facts):
    """Read as a zipped .ods and as a flat .fods: both must agree."""
    xml = content(rows, **facts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        z.writestr("content.xml", xml)
    zipped, flat = read_bytes(out.getvalue(), "x")[0], read_bytes(xml.encode(), "x")[0]
    assert (zipped.kind, flat.kind) == ("ods", "fods")
    assert zipped.grids == flat.grids
    return zipped.grids[0]


def cell(kind: str, value="", text="", attributes="", inner="") -> str:
    key = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    stored = f'office:{key}="{value}"' if value else ""
    return f'<table:table-cell office:value-type="{kind}" {stored} {attributes}>{inner}<text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, attributes="") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def test_values_are_the_stored_ones_and_not_what_is_shown():
    grid = grid_of(
        row(
            cell("float", "12", "12.00"),
            cell("float", "153.13999999999999", "153.14"),
            cell("percentage", "0.05", "5.0%", 'table:style-name="child"'),
            cell("float", "3", "3万元", 'table:style-name="money"'),
            cell("date", "2021-04-10", "4月10日"),
            cell("date", "2021-04-10T09:30:00", "x"),
            cell("time", "PT09H30M00S", "9:30"),
            cell("boolean", "true", "TRUE"),
            cell("string", text="'12"),
        )
    )
    assert grid.rows == [
        [12, 153.13999999999999, 0.05, 3, date(2021, 4, 10), datetime(2021, 4, 10, 9, 30), time(9, 30), True, "'12"]
    ]
    assert (grid.marks[0, 2].number_format, grid.marks[0, 3].number_format) == ("0.0%", '0"万元"')
    assert grid.marks[0, 2].struck


def test_spaces_breaks_paragraphs_and_struck_runs():
    struck = '<text:span text:style-name="struck">15</text:span>'
    grid = grid_of(
        row(
            cell("string", text='甲<text:s text:c="3"/>乙<text:line-break/>丙</text:p><text:p>丁'),
            cell("string", text=struck + "12"),
        )
    )
    assert grid.rows == [["甲   乙\n丙\n丁", "12"]]
    assert grid.marks[0, 1].runs == (Run("15", "struck"), Run("12"))


def test_repeated_cells_and_rows_keep_addresses_and_a_repeated_end_is_trimmed():
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    grid = grid_of(
        row(
            '<table:table-cell table:number-columns-repeated="2"/>',
            cell("float", "7", attributes='table:number-columns-repeated="2"'),
            blank,
        )
        + row(blank, attributes='table:number-rows-repeated="3"')
        + row(cell("string", text="末"), attributes='table:number-rows-repeated="2"')
        + row(blank, attributes='table:number-rows-repeated="1048570"')
    )
    assert grid.rows == [[None, None, 7, 7]] + [[None] * 4] * 3 + [["末", None, None, None]] * 2


def test_merges_hidden_rows_columns_sheets_and_comments():
    note = "<office:annotation><text:p>注意</text:p></office:annotation>"
    covered = '<table:covered-table-cell office:value-type="float" office:value="9"/>'
    grid = grid_of(
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + row(
            cell("string", text="题", attributes='table:number-columns-spanned="2" table:number-rows-spanned="1"'),
            covered,
        )
        + row(cell("float", "1", inner=note), cell("float", "2"), attributes='table:visibility="filter"'),
        table='table:name="上期" table:style-name="hide"',
    )
    assert (grid.rows, grid.merges, grid.marks[1, 0].comment) == (
        [["题", None], [1, 2]],
        (Span(0, 0, 0, 1),),
        "注意",
    )
    assert (grid.hidden_rows, grid.hidden_cols, grid.hidden) == ({1}, {1}, True)


def test_formulas_and_errors():
    grid = grid_of(
        row(
            cell("float", "0.1"),
            cell("float", "0.2"),
            '<table:table-cell table:formula="of:=SUM([.A1:.B1])"/>',
            '<table:table-cell table:formula="of:=IF([.A1]&gt;0;1;2)"/>',
            cell("string", text="#REF!", attributes='table:formula="of:=[.A1]+#REF!"'),
            cell("float", "5", "5", 'table:formula="of:=[.A1]*50"'),
            cell("string", attributes="table:formula='of:=IF([.A1]&gt;1;1;\"\")'"),
        )
    )
    assert grid.rows == [[0.1, 0.2, 0.3, None, None, 5]]
    assert [grid.marks[0, c].problem for c in (2, 3, 4, 5)] == ["computed", "uncached", "#REF!", ""]
    assert grid.marks[0, 5].formula == "=A1*50"


def test_a_value_repeated_over_the_whole_sheet_is_too_large():
    with pytest.raises(UnreadableFile, match="too_large"):
        grid_of(
            row(
                cell("float", "1", attributes='table:number-columns-repeated="16384"'),
                attributes='table:number-rows-repeated="1048576"',
            )
        )
