"""Boxes to tick in Word documents: their state decides, unless a person sees another one."""

import pytest

from tests.unit.readers.test_word import tbl, tr, with_body

W14 = "xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'"
WINGDINGS = (
    "<w14:checkedState w14:val='00FE' w14:font='Wingdings'/><w14:uncheckedState w14:val='00A8' w14:font='Wingdings'/>"
)


def shown(text: str, face: str = "") -> str:
    fonts = f"<w:rPr><w:rFonts w:ascii='{face}'/></w:rPr>" if face else ""
    return f"<w:r>{fonts}<w:t>{text}</w:t></w:r>"


def symbol(code: str) -> str:
    return f"<w:r><w:sym w:font='Wingdings' w:char='{code}'/></w:r>"


def control(state: str, content: str, characters: str = "") -> str:
    """`state` as w14:checked writes it, "" for an element without a value."""
    value = f"w14:val='{state}'" if state else ""
    box = f"<w14:checkbox {W14}><w14:checked {value}/>{characters}</w14:checkbox>"
    return f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def legacy(state: str) -> str:
    box = f"<w:ffData><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData>"
    return f"<w:r><w:fldChar w:fldCharType='begin'>{box}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"


def cell(*runs: str) -> str:
    return f"<w:tc><w:p>{''.join(runs)}</w:p></w:tc>"


BOXES = {
    "ticked": (control("1", shown("☒")), "☑"),
    "ticked, no value": (control("", shown("☒")), "☑"),
    "empty": (control("0", shown("☐")), "□"),
    "empty in words": (control("false", shown("☐")), "□"),
    "own character": (control("1", symbol("F0FE"), WINGDINGS), "☑"),
    "own character, empty": (control("0", symbol("F0A8"), WINGDINGS), "□"),
    "own character as a letter": (control("1", shown("\uf0fe", "Wingdings"), WINGDINGS), "☑"),
    "in two pieces": (control("1", shown("☒") + shown("")), "☑"),
    "empty is seen": (control("1", shown("☐")), "☐（控件状态为☑）"),
    "a cross is seen": (control("0", shown("☒")), "☒（控件状态为□）"),
    "words are seen": (control("1", shown("合格")), "合格（控件状态为☑）"),
    "legacy ticked": (legacy("<w:checked/>"), "☑"),
    "legacy ticked by default": (legacy("<w:default w:val='1'/>"), "☑"),
    "legacy emptied": (legacy("<w:default w:val='1'/><w:checked w:val='0'/>"), "□"),
    "legacy": (legacy(""), "□"),
}


@pytest.mark.parametrize("name", BOXES)
def test_a_box_is_read_by_its_state_and_by_what_is_seen(name):
    xml, text = BOXES[name]
    assert with_body(tbl(tr(cell(xml, shown("甲"))))).grids[0].rows == [[f"{text}甲"]]


@pytest.mark.parametrize("around", ["cell", "paragraph"])
def test_a_control_around_a_cell_or_a_paragraph_is_settled_too(around):
    ticked = cell(shown("☒"))
    xml = control("1", ticked) if around == "cell" else f"<w:tc>{control('1', '<w:p>' + shown('☒') + '</w:p>')}</w:tc>"
    assert with_body(tbl(tr(xml))).grids[0].rows == [["☑"]]
