"""Large worksheets are cut out of their text by pattern: the same comes out as of the parser, to the last mark."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.readers import read_bytes, sheet_text
from tally.readers.runs import Font, Piece
from tally.readers.sheet_text import read_large_sheet
from tally.readers.sheet_xml import Workbook, read_sheet
from tally.readers.strings import Text
from tally.readers.styles import style

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRUCK = Text("15件")
STRUCK.pieces = (Piece("15", Font(struck=True)), Piece("12"))
BOOK = Workbook(
    strings=["甲", " 乙 ", STRUCK],
    styles=(style("General"), style("0.0%"), style("yyyy-mm-dd"), style("General", Font(struck=True))),
    epoch_1904=False,
    stale=False,
)
CELLS = [
    '<c r="{}" s="1"/>',
    '<c r="{}"><v>12</v></c>',
    '<c r="{}" s="0"><v>1.5</v></c>',
    '<c r="{}" s="1"><v>0.05</v></c>',
    '<c r="{}" s="2"><v>44296</v></c>',
    '<c r="{}" s="3"><v>7</v></c>',
    '<c r="{}" t="s"><v>0</v></c>',
    '<c r="{}" s="3" t="s"><v>1</v></c>',
    '<c r="{}" t="s"><v>2</v></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" t="e"><v>#REF!</v></c>',
    '<c r="{}" t="str"><f>A1</f><v>x&amp;y</v></c>',
    '<c r="{}" t="str"><f>A1</f><v></v></c>',
    '<c r="{}"><f>1+2</f></c>',
    '<c r="{}"><f>1+2</f><v>0</v></c>',
    '<c r="{}"><f>A1*2</f><v>24</v></c>',
    '<c r="{}"><f t="shared" ref="A1:Z9" si="0">A1+1</f></c>',
    '<c r="{}"><f t="shared" si="0"/></c>',
    '<c r="{}" t="inlineStr"><is><t>丙_x000D_</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> 丁</t></is></c>',
    '<c r="{}" t="inlineStr"><is><r><rPr><strike/></rPr><t>9</t></r><r><t>8</t></r></is></c>',
    "<c r='{}'><v>3</v></c>",
    '<c r="{}"><v>9.13E+17</v></c>',
    "<c><v>4</v></c>",
    '\n <c r="{}" t="n"><v>5</v></c>',
]
ROWS = ['<row r="{}">', '<row r="{}" spans="1:5" hidden="1">', '<row r="{}" ht="0" customHeight="1">', "<row>"]


@st.composite
def sheets(draw) -> bytes:
    rows = []
    for r, opening in enumerate(draw(st.lists(st.sampled_from(ROWS), max_size=6)), 1):
        cells = draw(st.lists(st.sampled_from(CELLS), max_size=6))
        rows.append(opening.format(r) + "".join(c.format(f"{'ABCDEF'[i]}{r}") for i, c in enumerate(cells)) + "</row>")
    body = draw(st.sampled_from(["", "\n"])).join(rows)
    tail = draw(st.sampled_from(["", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>']))
    head = '<cols><col min="2" max="3" hidden="1"/></cols>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{NS}">{head}<sheetData>{body}</sheetData>{tail}</worksheet>'.encode()


@settings(max_examples=200, deadline=None)
@given(sheets())
def test_pattern_and_parser_agree(data):
    large, sheet_text.LARGE = sheet_text.LARGE, 0
    try:
        assert read_large_sheet(data, BOOK) == read_sheet(data, BOOK)
    finally:
        sheet_text.LARGE = large


@pytest.mark.parametrize(
    ("plain", "odd"),
    [
        ("<sheetData>", "<sheetData><!-- x -->"),
        ("worksheet", "x:worksheet"),
        ("UTF-8", "GB18030"),
        ("<v>1</v>", "<v><![CDATA[1]]></v>"),
        ("</row>", "</row>?"),
    ],
)
def test_an_unusual_spelling_is_left_to_the_parser(plain, odd, monkeypatch):
    xml = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{NS}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    monkeypatch.setattr(sheet_text, "LARGE", 0)
    assert read_large_sheet(xml.encode(), BOOK).rows == {0: [1]}
    assert read_large_sheet(xml.replace(plain, odd).encode(), BOOK) is None


def test_a_large_list_comes_out_cell_by_cell():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    ws, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for r in range(3000):
        ws.write_row(r, 0, [r, f"某厂{r % 7}", r / 4, None])
        ws.write(r, 4, 44296, day)
    book.close()
    grid = read_bytes(out.getvalue(), "x")[0].grids[0]
    assert len(grid.rows) == 3000
    assert grid.rows[2999] == [2999, "某厂3", 749.75, None, date(2021, 4, 10)]
