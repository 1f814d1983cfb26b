"""What a Word page shows that no text run holds: fields, automatic numbers, two lines in one, guides, watermarks."""

import io

import docx
import pytest
from docx.oxml import parse_xml

from tally.model import Ink
from tally.readers import read_bytes
from tests.unit.readers.test_word import W, tbl, tc, tr, with_body


def field(instruction: str, result: str = "", data: str = "") -> str:
    shown = f"<w:r><w:t>{result}</w:t></w:r>"
    begin = f"<w:r><w:fldChar w:fldCharType='begin'>{data}</w:fldChar></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{begin}<w:r><w:fldChar w:fldCharType='separate'/></w:r>{shown}<w:r><w:fldChar w:fldCharType='end'/></w:r>"


DEFAULT = "<w:ffData><w:textInput><w:default w:val='2'/></w:textInput></w:ffData>"
FIELDS = {
    "circled": (field(r" eq \o\ac(○,2)"), None, ("equation", r"eq \o\ac(○,2)")),
    "fraction": (field(r"EQ \f(1,2)"), None, ("equation", r"EQ \f(1,2)")),
    "ticked box": (field(r"eq \o\ac(□,√)"), "☑", None),
    "sum without a result": (field("=1+1"), None, ("field", "=1+1")),
    "sum": (field("=1+1", "2"), "2", None),
    "entry field": (field("FORMTEXT", data=DEFAULT), None, ("entry field", "2")),
    "entry field filled in": (field("FORMTEXT", "3", DEFAULT), "3", None),
    "symbol": (field(r"SYMBOL 252 \f Wingdings \s 10"), "√", None),
    "simple": ("<w:fldSimple w:instr='REF a'/>", None, ("field", "REF a")),
    "simple with a result": ("<w:fldSimple w:instr='REF a'><w:r><w:t>5</w:t></w:r></w:fldSimple>", "5", None),
    "in a field": (field("IF 1 = 1", data="") + field("=2", "2"), "2", ("field", "IF 1 = 1")),
    "index entry": (field("XE 口罩"), None, None),
    "page": (field("PAGE"), None, None),
    "prompt of a macro": (field("MACROBUTTON None 14"), None, ("field", "14")),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_without_a_result_is_read_or_said(name):
    xml, text, ink = FIELDS[name]
    grid = with_body(
        tbl(tr("<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>", f"<w:tc><w:p>{xml}</w:p></w:tc>"))
    ).grids[0]
    assert (grid.rows[0] + [None])[1] == text
    assert grid.ink == ((Ink("B1", *ink),) if ink else ())


def numbered(levels: str, *paragraphs: str, styles: str = "") -> list:
    """A table of one column, a paragraph a row, in a document with one list."""
    document = docx.Document()
    numbers = document.part.numbering_part.element
    for element in list(numbers):
        numbers.remove(element)
    listed = f"<w:abstractNum w:abstractNumId='7'>{levels}</w:abstractNum><w:num w:numId='8'><w:abstractNumId w:val='7'/></w:num>"
    for element in parse_xml(f"<w:x {W}>{listed}</w:x>"):
        numbers.append(element)
    for element in parse_xml(f"<w:x {W}>{styles}</w:x>"):
        document.styles.element.append(element)
    rows = "".join(f"<w:tr><w:tc>{p}</w:tc></w:tr>" for p in paragraphs)
    document.element.body.insert(0, parse_xml(f"<w:tbl {W}>{rows}</w:tbl>"))
    out = io.BytesIO()
    document.save(out)
    return read_bytes(out.getvalue(), "x.docx")[0].grids[0]


def level(form: str, pattern: str, depth: int = 0, more: str = "") -> str:
    return f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{pattern}'/>{more}</w:lvl>"


def item(depth: int = 0, text: str = "") -> str:
    return f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='8'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


WAYS = {
    "figures": (level("decimal", "%1."), ["1.", "2."]),
    "Chinese": (level("chineseCountingThousand", "%1、"), ["一、", "二、"]),
    "ringed": (level("decimalEnclosedCircleChinese", "%1"), ["①", "②"]),
    "letters": (level("upperLetter", "%1"), ["A", "B"]),
    "Roman": (level("lowerRoman", "%1)"), ["i)", "ii)"]),
    "unknown": (level("hebrew1", "%1"), ["\ufffd", "\ufffd"]),
    "ticks": (level("bullet", "\uf0fc", more="<w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr>"), ["√", "√"]),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_cell_that_holds_a_number_of_a_list_alone_shows_it(name):
    levels, texts = WAYS[name]
    assert [row[0] for row in numbered(levels, item(), item()).rows] == texts


def test_numbers_of_deeper_levels_begin_again():
    levels = level("decimal", "%1") + level("decimal", "%1.%2", 1)
    grid = numbered(levels, item(), item(1), item(1), item(), item(1))
    assert [row[0] for row in grid.rows] == ["1", "1.1", "1.2", "2", "2.1"]


def test_a_style_may_say_the_list():
    style = "<w:style w:type='paragraph' w:styleId='N'><w:pPr><w:numPr><w:numId w:val='8'/></w:numPr></w:pPr></w:style>"
    based = "<w:style w:type='paragraph' w:styleId='M'><w:basedOn w:val='N'/></w:style>"
    paragraph = "<w:p><w:pPr><w:pStyle w:val='M'/></w:pPr></w:p>"
    assert numbered(level("decimal", "%1"), paragraph, styles=style + based).rows == [["1"]]


def test_a_number_before_a_figure_is_said():
    assert numbered(level("decimal", "%1."), item(text="4")).ink == (Ink("A1", "numbering", "1."),)


@pytest.mark.parametrize(("prompt", "text"), [("14", "14（提示文字）"), ("单击此处输入文字", None)])
def test_a_prompt_that_shows_figures_is_known_as_one(prompt, text):
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>{prompt}</w:t></w:r></w:sdtContent></w:sdt>"
    grid = with_body(
        tbl(tr("<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>", f"<w:tc><w:p>{control}</w:p></w:tc>"))
    ).grids[0]
    assert (grid.rows[0] + [None])[1] == text


def test_two_lines_in_one_are_two_looks():
    combined = "<w:r><w:rPr><w:eastAsianLayout w:combine='1'/></w:rPr><w:t>1412</w:t></w:r>"
    grid = with_body(tbl(tr(f"<w:tc><w:p>{combined}</w:p></w:tc>"))).grids[0]
    assert [run.text for run in grid.marks[0, 0].runs] == ["14", "12"]


def test_a_guide_beside_a_figure_is_raised():
    ruby = "<w:ruby><w:rt><w:r><w:t>16</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>14</w:t></w:r></w:rubyBase></w:ruby>"
    grid = with_body(tbl(tr(f"<w:tc><w:p><w:r>{ruby}</w:r></w:p></w:tc>"))).grids[0]
    assert grid.rows == [["¹⁶14"]]


def test_a_watermark_and_boxes_of_a_page_header_are_told():
    document = docx.Document()
    header = document.sections[0].header.paragraphs[0]
    vml = "xmlns:v='urn:schemas-microsoft-com:vml'"
    drawn = f"<w:r {W} {vml}><w:pict><v:shape><v:textpath string='草稿'/></v:shape></w:pict></w:r>"
    box = f"<w:r {W} {vml}><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>填报单位：某区</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    for run in (drawn, box):
        header._p.append(parse_xml(run))
    document.add_table(1, 1).cell(0, 0).text = "x"
    out = io.BytesIO()
    document.save(out)
    grid = read_bytes(out.getvalue(), "x.docx")[0].grids[0]
    assert set(grid.ink) == {Ink("", "watermark", "草稿"), Ink("", "page header", "填报单位：某区")}


@pytest.mark.parametrize(
    ("run", "unseen"),
    [
        ('<w:color w:val="000000"/><w:highlight w:val="black"/>', True),
        ('<w:color w:val="000000"/><w:highlight w:val="yellow"/>', False),
        ('<w:color w:val="FF0000"/><w:highlight w:val="red"/>', True),
        ('<w:w w:val="1"/>', True),
        ('<w:w w:val="80"/>', False),
        ('<w:spacing w:val="-400"/>', True),
        ('<w:spacing w:val="-10"/>', False),
    ],
)
def test_letters_lost_on_their_highlighter_or_pressed_together_are_not_seen(run, unseen):
    cell = f"<w:p><w:r><w:rPr>{run}</w:rPr><w:t>14</w:t></w:r></w:p>"
    (grid,) = with_body(tbl(tr(tc("甲"), f"<w:tc>{cell}</w:tc>"))).grids
    mark = grid.marks.get((0, 1))
    assert grid.rows[0][1] == "14" and bool(mark and mark.unseen) is unseen


def test_figures_shown_from_right_to_left_are_no_figures():
    cell = '<w:p><w:bdo w:val="rtl"><w:r><w:t>41</w:t></w:r></w:bdo></w:p>'
    (grid,) = with_body(tbl(tr(tc("甲"), f"<w:tc>{cell}</w:tc>"))).grids
    assert grid.rows[0][1] == "\ufffd41\ufffd"  # an error at its cell
