"""What takes a cell's content from sight without touching the cell: conditional formats, hidden zeros, styles of the whole
document, tracked rows; and what stands on a page beside its cells. Each kind in every format that has it."""

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font

from tally.model import Grid, Ink, Span
from tally.readers import read_bytes
from tally.readers.conditional import Condition, Effect, apply
from tally.readers.rectangle import Sheet
from tests.unit.readers.test_word import tbl, tc, tr, with_body

ROWS = (("数", 5, "甲"), (0, 20, 3), (7, 0, 12))
WHITE = Font(color="FFFFFFFF")


def xlsx(change: Callable) -> Grid:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return read_bytes(out.getvalue(), "x.xlsx")[0].grids[0]


def fods(cells: str = "", *, automatic: str = "", master: str = "", settings: str = "", after: str = "") -> Grid:
    spaces = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
        for p, u in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("config", "config"),
            ("fo", "xsl-fo-compatible"),
        )
    )  # fmt: skip
    rows = cells or "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{v}"><text:p>{v}</text:p></table:table-cell>'
            if isinstance(v, int)
            else f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>'
            for v in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    return read_bytes(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:settings>{settings}</office:settings><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{rows}{after}</table:table></office:spreadsheet></office:body></office:document>'.encode(),
        "x.fods",
    )[0].grids[0]


def xml2003(options: str = "", after: str = "", row: str = "") -> Grid:
    kinds = {int: "Number", str: "String"}
    rows = "".join(
        f"<Row{row if n == 1 else ''}>"
        + "".join(f'<Cell><Data ss:Type="{kinds[type(v)]}">{v}</Data></Cell>' for v in values)
        + "</Row>"
        for n, values in enumerate(ROWS)
    )
    return read_bytes(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<Worksheet ss:Name="表"><Table>{rows}</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        f"{options}</WorksheetOptions>{after}</Worksheet></Workbook>".encode(),
        "x.xml",
    )[0].grids[0]


HIDDEN_STYLE = '<style:style style:name="A_5f_1" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>'
FORMATS = (
    '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="表.A2:表.C3">'
    '<calcext:condition calcext:apply-style-name="A_1" calcext:value="{}"/></calcext:conditional-format></calcext:conditional-formats>'
)
XML2003_FORMAT = (
    '<ConditionalFormatting xmlns="urn:schemas-microsoft-com:office:excel"><Range>R2C1:R3C3</Range><Condition>{}'
    "<Format Style='color:white'/></Condition></ConditionalFormatting>"
)
ABOVE_TEN = {
    "xlsx": lambda: xlsx(
        lambda s: s.conditional_formatting.add("A2:C3", CellIsRule(operator="greaterThan", formula=["10"], font=WHITE))
    ),
    "xlsx, formula": lambda: xlsx(
        lambda s: s.conditional_formatting.add("A2:C3", FormulaRule(formula=["A2>10"], font=WHITE))
    ),
    "fods": lambda: fods(automatic=HIDDEN_STYLE, after=FORMATS.format("&gt;10")),
    "fods, formula": lambda: fods(automatic=HIDDEN_STYLE, after=FORMATS.format("formula-is([.A2]&gt;10)")),
    "xml2003": lambda: xml2003(after=XML2003_FORMAT.format("<Qualifier>Greater</Qualifier><Value1>10</Value1>")),
    "xml2003, formula": lambda: xml2003(after=XML2003_FORMAT.format("<Value1>RC&gt;10</Value1>")),
}


@pytest.mark.parametrize("form", ABOVE_TEN)
def test_white_by_condition_is_unseen_where_the_condition_holds(form):
    grid = ABOVE_TEN[form]()
    assert {at for at, mark in grid.marks.items() if mark.unseen} == {(1, 1), (2, 2)}
    assert grid.ink == ()


IN_DOUBT = {
    "xlsx": lambda: xlsx(
        lambda s: s.conditional_formatting.add("A2:C3", FormulaRule(formula=["SUM($A$1:$C$1)>3"], font=WHITE))
    ),
    "fods": lambda: fods(automatic=HIDDEN_STYLE, after=FORMATS.format("formula-is(SUM([.$A$1:.$C$1])&gt;3)")),
    "xml2003": lambda: xml2003(after=XML2003_FORMAT.format("<Value1>SUM(R1C1:R1C3)&gt;3</Value1>")),
}


@pytest.mark.parametrize("form", IN_DOUBT)
def test_a_condition_that_cannot_be_told_is_one_ink_and_leaves_the_cells(form):
    grid = IN_DOUBT[form]()
    assert [(ink.cell, ink.kind) for ink in grid.ink] == [("A2", "condition")]
    assert not any(mark.unseen for mark in grid.marks.values())


ZEROS_WHITE = {
    "cell": lambda s: CellIsRule(operator="equal", formula=["0"], font=WHITE),
    "formula": lambda s: FormulaRule(formula=["A2=0"], font=WHITE),
}


@pytest.mark.parametrize("rule", ZEROS_WHITE)
def test_zeros_hidden_by_condition_show_nothing(rule):
    grid = xlsx(lambda s: s.conditional_formatting.add("A2:C3", ZEROS_WHITE[rule](s)))
    assert {at: mark.shown for at, mark in grid.marks.items()} == {(1, 0): "", (2, 1): ""}


def test_a_number_format_by_condition_is_what_is_shown():
    def change(sheet) -> None:
        from openpyxl.formatting.rule import Rule
        from openpyxl.styles.differential import DifferentialStyle
        from openpyxl.styles.numbers import NumberFormat

        style = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))
        sheet.conditional_formatting.add("A2:C3", Rule("cellIs", dxf=style, operator="equal", formula=["20"]))

    grid = xlsx(change)
    assert {at: mark.shown for at, mark in grid.marks.items()} == {(1, 1): ""}


@pytest.mark.parametrize(
    ("sign", "bounds", "cells"),
    [
        ("between", ("3", "7"), {"A2", "B1"}),
        ("notbetween", ("3", "7"), {"B2", "A1", "C1"}),
        ("=", ('"甲"',), {"C1"}),
        ("formula", ("TRUE",), {"A1", "B1", "C1", "A2", "B2"}),
        ("formula", ("ISERROR(A1)",), set()),
        ("formula", ("$A1=7",), {"A2", "B2"}),
        ("never", (), set()),
    ],
)
def test_conditions_as_excel_reads_them(sign, bounds, cells):
    sheet = Sheet(rows={0: ["数", 5, "甲"], 1: [7, 20]})
    apply(sheet, [Condition((Span(0, 0, 1, 2),), sign, bounds, Effect(struck=True))])
    assert {"ABC"[col] + str(row + 1) for (row, col), mark in sheet.marks.items() if mark.struck} == cells
    assert sheet.ink == []


ZERO_VIEW = '<config:config-item config:name="ShowZeroValues" config:type="boolean">false</config:config-item>'
ZEROS = {
    "xlsx": lambda: xlsx(lambda s: setattr(s.sheet_view, "showZeros", False)),
    "fods": lambda: fods(settings=ZERO_VIEW),
    "xml2003": lambda: xml2003("<DoNotDisplayZeros/>"),
}


@pytest.mark.parametrize("form", ZEROS)
def test_a_sheet_that_shows_no_zeros_says_so_once(form):
    assert ZEROS[form]().ink == (Ink("", "zeros", "2格"),)


PAGE_WORDS = (
    '<style:master-page style:name="Default"><style:header><text:p>单位：元<text:sheet-name>?</text:sheet-name></text:p></style:header>'
    "<style:footer><style:region-left><text:p>注：估计</text:p></style:region-left><style:region-right><text:p>第 <text:page-number>1"
    '</text:page-number> 页</text:p></style:region-right></style:footer></style:master-page><style:master-page style:name="Other">'
    "<style:header><text:p>另一页</text:p></style:header></style:master-page>"
)


def with_page_words(sheet) -> None:
    sheet.oddHeader.center.text, sheet.oddFooter.left.text, sheet.oddFooter.right.text = (
        "单位：元",
        "注：估计",
        "第 &P 页",
    )


PAGES = {
    "xlsx": lambda: xlsx(with_page_words),
    "fods": lambda: fods(master=PAGE_WORDS),
    "xml2003": lambda: xml2003(
        '<PageSetup><Header x:Data="&amp;C单位：元"/><Footer x:Data="&amp;L注：估计&amp;R第 &amp;P 页"/></PageSetup>'
    ),
}


@pytest.mark.parametrize("form", PAGES)
def test_words_of_page_headers_and_footers_are_lines_above_and_below_and_ink(form):
    grid = PAGES[form]()
    assert (grid.before, grid.after) == (("单位：元",), ("注：估计",))
    assert grid.ink == (Ink("", "page header", "单位：元"), Ink("", "page footer", "注：估计"))


def word(styles: str, paragraph: str = "", defaults: str = "") -> Grid:
    """A table of one cell in a document with these styles instead of Word's own."""
    document = docx.Document()
    root = document.styles.element
    for element in list(root):
        root.remove(element)
    xml = f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>{styles}</w:styles>"
    for element in parse_xml(xml):
        root.append(element)
    body = (
        f"<w:body {nsdecls('w')}><w:tbl><w:tblPr>{paragraph}</w:tblPr><w:tr><w:tc>{{}}</w:tc></w:tr></w:tbl></w:body>"
    )
    body = body.format("<w:p><w:r><w:t>12</w:t></w:r></w:p>")
    for element in parse_xml(body):
        document.element.body.insert(0, element)
    out = io.BytesIO()
    document.save(out)
    return read_bytes(out.getvalue(), "x.docx")[0].grids[0]


NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">{}</w:style>'
TABLE = '<w:style w:type="table" w:styleId="T">{}</w:style>'


@pytest.mark.parametrize("look", ["strike", "vanish", 'color w:val="FFFFFF"'])
@pytest.mark.parametrize("where", ["defaults", "normal", "table", "based"])
def test_a_look_that_word_inherits_holds_for_a_cell_that_says_nothing(look, where):
    letters = f"<w:{look}/>"
    properties = f"<w:rPr>{letters}</w:rPr>"
    grid = {
        "defaults": lambda: word("", defaults=letters),
        "normal": lambda: word(NORMAL.format(properties)),
        "table": lambda: word(TABLE.format(properties), '<w:tblStyle w:val="T"/>'),
        "based": lambda: word(
            NORMAL.format('<w:basedOn w:val="B"/>')
            + f'<w:style w:type="paragraph" w:styleId="B">{properties}</w:style>'
        ),
    }[where]()
    mark = grid.marks[0, 0]
    assert (mark.struck, mark.unseen) == ((True, False) if look == "strike" else (False, True))


def test_white_letters_on_the_dark_ground_of_their_table_style_are_seen():
    style = TABLE.format('<w:tcPr><w:shd w:fill="1F3864"/></w:tcPr><w:rPr><w:color w:val="FFFFFF"/></w:rPr>')
    assert not word(style, '<w:tblStyle w:val="T"/>').marks


def test_two_styles_that_strike_cancel_each_other_as_in_word():
    styles = NORMAL.format("<w:rPr><w:strike/></w:rPr>") + TABLE.format("<w:rPr><w:strike/></w:rPr>")
    assert not word(styles, '<w:tblStyle w:val="T"/>').marks


TRACKED = '<w:{} w:id="1" w:author="某" w:date="2021-05-01T00:00:00Z"/>'


def test_a_row_that_tracking_deleted_is_told_where_it_stood():
    grid = with_body(
        tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"), properties=TRACKED.format("del")), tr(tc("丙"), tc("3")))
    ).grids[0]
    assert [row[0] for row in grid.rows] == ["甲", "丙"]
    assert grid.ink == (Ink("A2", "deleted", "乙 2"),)


def test_rows_that_tracking_inserted_are_read_and_told_once():
    new = TRACKED.format("ins")
    grid = with_body(
        tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"), properties=new), tr(tc("丙"), tc("3"), properties=new))
    ).grids[0]
    assert [row[0] for row in grid.rows] == ["甲", "乙", "丙"]
    assert grid.ink == (Ink("A2", "inserted", "乙 2……等 2 处"),)


FLAT = {
    "xlsx": lambda: xlsx(lambda s: setattr(s.row_dimensions[2], "height", 1)),
    "xml2003": lambda: xml2003(row=' ss:Height="1"'),
    "fods": lambda: fods(
        '<table:table-row/><table:table-row table:style-name="ro1"><table:table-cell office:value-type="float" office:value="5"/>'
        "</table:table-row>",
        automatic='<style:style style:name="ro1" style:family="table-row"><style:table-row-properties style:row-height="0.3mm"/></style:style>',
    ),
    "docx": lambda: with_body(
        tbl(tr(tc("甲")), tr(tc("5"), properties='<w:trHeight w:val="20" w:hRule="exact"/>'), tr(tc("乙")))
    ).grids[0],
}


@pytest.mark.parametrize("form", FLAT)
def test_a_row_too_low_to_be_seen_is_hidden(form):
    assert FLAT[form]().hidden_rows == {1}


def test_a_drop_down_list_that_lies_on_a_sheet_says_the_entry_it_shows():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("数", None, 12), (None, None, 14), (None, None, 16)):
        book.active.append(row)
    book.save(out)
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{relations}/vmlDrawing" Target="../drawings/v.vml"/></Relationships>',
        )
        package.writestr(
            "xl/drawings/v.vml",
            '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape><x:ClientData '
            'ObjectType="Drop"><x:Anchor>0, 0, 1, 0, 1, 0, 2, 0</x:Anchor><x:FmlaRange>$C$1:$C$3</x:FmlaRange><x:Sel>2</x:Sel>'
            "</x:ClientData></v:shape></xml>",
        )
    grid = read_bytes(out.getvalue(), "x.xlsx")[0].grids[0]
    assert grid.ink == (Ink("A2", "list", "第 2 项：14"),)
