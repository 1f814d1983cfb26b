"""A figure that is crossed out by lines from corner to corner, in every format that draws them, and ink of nearly the page's white."""

import io

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import Border, Font, Side
from openpyxl.styles.colors import Color

from tally.readers import read_bytes
from tally.readers.convert import converted
from tally.readers.xml2003 import read_xml2003

THIN = Side(style="thin")
ROWS = [["类别", "查办案件", "结案", "罚没"], ["质量类", 14, 9, 1.5], ["合计", 14, 9, 1.5]]


def workbook(**look) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    for name, value in look.items():
        setattr(sheet["B2"], name, value)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def document(*names: str) -> bytes:
    page = docx.Document()
    table = page.add_table(3, 4)
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            table.cell(r, c).text = str(value)
    lines = "".join(f'<w:{name} w:val="single" w:sz="4"/>' for name in names)
    borders = parse_xml(f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>")
    table.cell(1, 1)._tc.get_or_add_tcPr().append(borders)
    saved = io.BytesIO()
    page.save(saved)
    return saved.getvalue()


CROSS, ONE = (Border(diagonal=THIN, diagonalUp=True, diagonalDown=down) for down in (True, False))
XML = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="x"><Borders><Border ss:Position="DiagonalLeft" ss:LineStyle="Continuous"/>
<Border ss:Position="DiagonalRight" ss:LineStyle="Continuous"/></Borders></Style></Styles>
<Worksheet ss:Name="s"><Table><Row><Cell/></Row><Row><Cell/><Cell ss:StyleID="x"><Data ss:Type="Number">14</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize(("border", "lines"), [(CROSS, 2), (ONE, 1), (Border(diagonal=THIN), 0)])
def test_lines_across_a_cell_of_a_workbook_are_counted(border, lines):
    (grid,) = read_bytes(workbook(border=border), "x.xlsx")[0].grids
    assert (grid.marks[1, 1].crossed if lines else len(grid.marks)) == lines


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_lines_across_a_cell_are_counted_in_other_formats(ending):
    data = converted(workbook(border=CROSS), "xlsx", ending)
    assert read_bytes(data, f"x.{ending}")[0].grids[0].marks[1, 1].crossed == 2


def test_lines_across_a_cell_of_xml_and_of_word_are_counted():
    assert read_xml2003(XML.encode(), "x.xml")[0].grids[0].marks[1, 1].crossed == 2
    assert read_bytes(document("tl2br", "tr2bl"), "x.docx")[0].grids[0].marks[1, 1].crossed == 2
    assert read_bytes(document("tl2br"), "x.docx")[0].grids[0].marks[1, 1].crossed == 1


@pytest.mark.parametrize(
    ("theme", "tint", "unseen"), [(0, -0.05, True), (0, -0.35, False), (1, 0.95, True), (1, 0, False)]
)
def test_ink_of_nearly_the_pages_white_is_unseen(theme, tint, unseen):
    (grid,) = read_bytes(workbook(font=Font(color=Color(theme=theme, tint=tint))), "x.xlsx")[0].grids
    assert (1, 1) in grid.marks if unseen else not grid.marks
