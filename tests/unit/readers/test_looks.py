"""One cell written in several looks, in every format that has looks: what of it is read, and what is said of it."""

import io
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tally.clean import UNMARKED, clean_cell
from tally.declare import Field
from tally.model import Grid, Run
from tally.readers import read_bytes
from tally.readers.runs import Font, Piece, cell_text

Pieces = list[tuple[str, str]]  # text and look: "", "struck", "raised", "lowered", "white", "red"
COUNT = Field("n", "数", "count", "件")
RED, WHITE = "FF0000", "FFFFFF"


def one(data: bytes) -> Grid:
    return next(
        g for g in read_bytes(data, "x")[0].grids if any(v is not None for row in g.rows for v in row) or g.marks
    )


def xlsx(pieces: Pieces) -> Grid:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    formats = {
        "": {},
        "struck": {"font_strikeout": True},
        "raised": {"font_script": 1},
        "lowered": {"font_script": 2},
        "white": {"font_color": "#" + WHITE},
        "red": {"font_color": "#" + RED},
        "drawn": {"font_name": "Wingdings 2"},
    }
    sheet = book.add_worksheet()
    parts: list = []
    for text, look in pieces:
        parts += [book.add_format(formats[look]), text]
    if len(pieces) == 1:
        sheet.write_string(0, 0, pieces[0][0], parts[0])
    else:
        sheet.write_rich_string(0, 0, *parts)
    book.close()
    return one(out.getvalue())


def xls(pieces: Pieces) -> Grid:
    fonts = {
        "": "",
        "struck": "struck_out on",
        "raised": "escapement superscript",
        "lowered": "escapement subscript",
        "white": "colour white",
        "red": "colour red",
        "drawn": "name Wingdings 2",
    }
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    if len(pieces) == 1:
        look = fonts[pieces[0][1]]
        sheet.write(0, 0, pieces[0][0], xlwt.easyxf(f"font: {look}" if look else ""))
    else:
        sheet.write_rich_text(0, 0, [(text, xlwt.easyfont(fonts[look])) for text, look in pieces])
    sink = io.BytesIO()
    book.save(sink)
    return one(sink.getvalue())


def fods(pieces: Pieces) -> Grid:
    styles = {
        "": "",
        "struck": 'style:text-line-through-style="solid"',
        "raised": 'style:text-position="super 58%"',
        "lowered": 'style:text-position="sub 58%"',
        "white": f'fo:color="#{WHITE}"',
        "red": f'fo:color="#{RED}"',
        "drawn": 'style:font-name="Wingdings 2"',
    }
    named = "".join(
        f'<style:style style:name="T{look}" style:family="text"><style:text-properties {facts}/></style:style>'
        for look, facts in styles.items()
    )
    spans = "".join(f'<text:span text:style-name="T{look}">{text}</text:span>' for text, look in pieces)
    spaces = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
        for p, u in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    return one(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:mimetype="application/vnd.oasis.'
        f'opendocument.spreadsheet"><office:automatic-styles>{named}</office:automatic-styles><office:body>'
        '<office:spreadsheet><table:table table:name="表"><table:table-row><table:table-cell office:value-type="string">'
        f"<text:p>{spans}</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document>".encode()
    )


def html(pieces: Pieces) -> Grid:
    tags = {
        "": "{}",
        "struck": '<span class="gone">{}</span>',
        "raised": "<sup>{}</sup>",
        "lowered": '<span style="vertical-align:sub">{}</span>',
        "white": '<font color="#ffffff">{}</font>',
        "red": '<span class="late">{}</span>',
        "drawn": "<span style=\"font-family:'Wingdings 2'\">{}</span>",
    }
    css = ".gone {text-decoration: line-through} td span.late {color: red}"
    inner = "".join(tags[look].format(text) for text, look in pieces)
    return one(f"<html><head><style>{css}</style></head><body><table><tr><td>{inner}</td></tr></table>".encode())


def xml2003(pieces: Pieces) -> Grid:
    tags = {
        "": "<Font>{}</Font>",
        "struck": "<S>{}</S>",
        "raised": "<Sup>{}</Sup>",
        "lowered": "<Sub>{}</Sub>",
        "white": f'<Font html:Color="#{WHITE}">{{}}</Font>',
        "red": f'<Font html:Color="#{RED}">{{}}</Font>',
        "drawn": '<Font html:Face="Wingdings 2">{}</Font>',
    }
    inner = "".join(tags[look].format(text) for text, look in pieces)
    return one(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:'
        'office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40"><Worksheet ss:Name="表"><Table><Row><Cell><ss:Data '
        f'ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{inner}</ss:Data></Cell></Row></Table></Worksheet></Workbook>'.encode()
    )


def docx(pieces: Pieces) -> Grid:
    from tests.unit.readers.test_word import tbl, tr, with_body

    facts = {
        "": "",
        "struck": "<w:strike/>",
        "raised": '<w:position w:val="12"/>',
        "lowered": '<w:vertAlign w:val="subscript"/>',
        "white": f'<w:color w:val="{WHITE}"/>',
        "red": f'<w:color w:val="{RED}"/>',
        "drawn": '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>',
    }
    runs = "".join(f"<w:r><w:rPr>{facts[look]}</w:rPr><w:t>{text}</w:t></w:r>" for text, look in pieces)
    return with_body(tbl(tr(f"<w:tc><w:p>{runs}</w:p></w:tc>"))).grids[0]


FORMATS: list[Callable[[Pieces], Grid]] = [xlsx, xls, fods, html, xml2003, docx]
# pieces -> the value that is read (None: refused), the rule of what is said ("" for nothing)
LOOKS: list[tuple[Pieces, int | None, str]] = [
    ([("12", ""), ("1", "raised")], 12, "cell.footnote"),
    ([("12", ""), ("1", "lowered")], 12, "cell.footnote"),
    ([("10", ""), ("3", "raised")], 10, "cell.footnote"),
    ([("15", "struck"), ("12", "")], 12, "cell.left_out"),
    ([("12", ""), ("9", "white")], 12, "cell.left_out"),
    ([("12", ""), ("15", "red")], None, "cell.two_looks"),
    ([("12", "red"), ("件", "")], 12, "cell.unit_written"),
    ([("12", "white")], None, "cell.unseen"),
    ([("12", "struck")], None, "cell.struck"),
]


@pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.__name__)
@pytest.mark.parametrize(("pieces", "value", "rule"), LOOKS, ids=lambda x: str(x)[:40])
def test_digits_of_different_looks_are_never_one_number(form, pieces, value, rule):
    grid = form(pieces)
    reading = clean_cell(grid.rows[0][0], COUNT, "", grid.marks.get((0, 0), UNMARKED))
    assert (reading.value, reading.remark.rule) == (None if value is None else Decimal(value), rule)


@pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.__name__)
@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([("R", "drawn"), ("合格 ", ""), ("£", "drawn"), ("不合格", "")], "☑合格 □不合格"),
        ([("R", "drawn")], "☑"),
        ([("14", "drawn")], "\ufffd\ufffd"),
    ],
    ids=["boxes among words", "a box", "figures that nobody sees"],
)
def test_letters_of_a_font_that_draws_are_what_it_draws(form, pieces, text):
    assert form(pieces).rows[0][0] == text


def test_a_number_in_a_font_that_draws_shows_no_number():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_number(0, 0, 14, book.add_format({"font_name": "Wingdings"}))
    book.close()
    grid = one(out.getvalue())
    assert clean_cell(grid.rows[0][0], COUNT, "", grid.marks[0, 0]).state == "unreadable"


fonts = st.builds(
    Font,
    ink=st.sampled_from(["", "000000", RED, WHITE]),
    size=st.sampled_from([0, 10.5, 12]),
    weight=st.sampled_from(["", "b"]),
    struck=st.booleans(),
    position=st.sampled_from(["", "raised", "lowered"]),
    hidden=st.booleans(),
    deleted=st.booleans(),
    face=st.just(""),
)


@given(st.lists(st.builds(Piece, st.text("0123456789 件约.", max_size=4), st.none() | fonts), max_size=5))
def test_no_letter_is_lost_without_a_run_that_names_it(pieces):
    """What is not in the value stands in the runs, and two looks never make one number without a word."""
    text, facts = cell_text(pieces)
    whole = "".join(piece.text for piece in pieces)
    runs: tuple[Run, ...] = facts.get("runs", ())
    assert "".join(run.text for run in runs) == whole if runs else text.split() == whole.split()


@pytest.mark.parametrize(("size", "text", "look"), [(2, "14", "unseen"), (6, "145", "000000 6")])
def test_a_digit_of_another_size_is_another_look_and_a_tiny_one_is_not_seen(size, text, look):
    book, out = openpyxl.Workbook(), io.BytesIO()
    parts = TextBlock(InlineFont(sz=11), "14"), TextBlock(InlineFont(sz=size), "5")
    book.active["A1"] = CellRichText(*parts)
    book.save(out)
    grid = one(out.getvalue())
    assert (grid.rows[0][0], grid.marks[0, 0].runs) == (text, (Run("14"), Run("5", look)))


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("position:relative;top:-4.0pt;mso-text-raise:4.0pt", "14²"),
        ("mso-text-raise:-3.0pt", "14₂"),
        ("vertical-align:25%", "14²"),
        ("vertical-align:-2px", "14₂"),
        ("vertical-align:middle", "142"),
        ("mso-text-raise:0pt", "142"),
    ],
)
def test_html_raises_a_part_by_a_length_too(style, seen):
    page = f'<html><body><table><tr><td>14<span style="{style}">2</span></td></tr></table>'
    assert one(page.encode()).rows[0][0] == seen
