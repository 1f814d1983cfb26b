"""What a workbook shows beside its values, or hides: fonts, colours, runs, comments, boxes, hidden things, stored results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import starmap

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from benchmarks.kinds import files, forms
from benchmarks.kinds.make import four
from benchmarks.kinds.truth import FLAG, Case, Either, Key, Say, Truth
from samples.writers.zips import Patch

Edit = Callable[[Workbook], object]
PAGE = "xl/worksheets/sheet1.xml"
AT = ("D6", "D12")
HANDLED = "cases_handled"
FOURTEEN = Either((14,))


def each(change: Callable[..., object]) -> Edit:
    """The change made at 查办案件 of 质量类 and of 合计."""

    def edit(book: Workbook) -> None:
        for address in AT:
            change(book.active[address])

    return edit


def font(**look) -> Edit:
    return each(lambda cell: setattr(cell, "font", Font(**look)))


def value(made: object) -> Edit:
    return each(lambda cell: setattr(cell, "value", made))


def runs(*pieces: str | tuple[str, dict]) -> Edit:
    """Rich text; a piece is plain or (text, look)."""
    blocks = [p if isinstance(p, str) else TextBlock(InlineFont(**p[1]), p[0]) for p in pieces]
    return value(CellRichText(*blocks))


def noted(text: str) -> Edit:
    return each(lambda cell: setattr(cell, "comment", Comment(text, "某甲")))


def _white_on_filled(cell) -> None:
    cell.fill, cell.font = PatternFill("solid", fgColor="FF4472C4"), Font(color="FF4472C4")


def _legend(look: Font | None, fill: str, words: str) -> Edit:
    def edit(book: Workbook) -> None:
        for address in AT:
            if look:
                book.active[address].font = look
            if fill:
                book.active[address].fill = PatternFill("solid", fgColor=fill)
        book.active["A14"] = words

    return edit


def _conditional(book: Workbook) -> None:
    rule = CellIsRule(operator="greaterThan", formula=["10"], font=Font(color="FFFFFFFF"))
    book.active.conditional_formatting.add("D5:D12", rule)


def _bars(book: Workbook) -> None:
    book.active.conditional_formatting.add("D5:D12", DataBarRule(start_type="min", end_type="max", color="FF638EC6"))


def _hide_row(book: Workbook) -> None:
    book.active.row_dimensions[6].hidden = True


def _hide_column(book: Workbook) -> None:
    book.active.column_dimensions["D"].hidden = True


def _group_row(book: Workbook) -> None:
    book.active.row_dimensions.group(6, 6, hidden=True)


def _filtered(book: Workbook) -> None:
    book.active.auto_filter.ref = "A4:J12"
    book.active.auto_filter.add_filter_column(0, ["价格类", "合计"])
    for row in range(6, 12):
        book.active.row_dimensions[row].hidden = True


def _choices(book: Workbook) -> None:
    check = DataValidation(type="list", formula1='"14,16,18"')
    book.active.add_data_validation(check)
    check.add("D6")


def _array(book: Workbook) -> None:
    for address in AT:
        book.active[address] = ArrayFormula(address, "=SUM(E5:E11*1)")


def _merge(area: str, kept: object = None) -> Edit:
    def edit(book: Workbook) -> None:
        book.active.merge_cells(area)
        if kept is not None:
            book.active[area.split(":")[0]] = kept

    return edit


def _header(part: str, text: str) -> Edit:
    return lambda book: setattr(getattr(book.active, part).center, "text", text)


SUPER, STRUCK, RED, BLUE = {"vertAlign": "superscript"}, {"strike": True}, {"color": "FFFF0000"}, {"color": "FF0000FF"}
TINY, WHITE, SUB = {"sz": 2}, {"color": "FFFFFFFF"}, {"vertAlign": "subscript"}
LOOKS: Mapping[str, tuple[Edit, Truth]] = {
    "white font": (font(color="FFFFFFFF"), FLAG), "nearly white font": (font(color="FFFEFEFE"), FLAG), "theme's white font": (font(color="FFFFFFFF", b=True), FLAG),
    "font in the fill's colour": (each(_white_on_filled), FLAG), "font of 1 point": (font(sz=1), FLAG), "struck": (font(strike=True), FLAG),
    "white by conditional format": (_conditional, FLAG), "rotated": (each(lambda c: setattr(c, "alignment", Alignment(text_rotation=90))), 14),
    "shrunk to fit": (each(lambda c: setattr(c, "alignment", Alignment(shrink_to_fit=True))), 14), "data bars": (_bars, 14), "underlined": (font(u="single"), 14),
    "underlined twice": (font(u="double"), 14), "italic": (font(i=True), 14), "bold red": (font(b=True, color="FFFF0000"), 14),
    "broken in two lines 1/4": (value("1\n4"), FLAG), "14 and a blank line": (value("14\n"), 14), "TRUE": (value(True), FLAG),
    "red 1, black 4": (runs(("1", RED), "4"), FLAG), "14 then struck 16": (runs("14", ("16", STRUCK)), FOURTEEN), "struck 12, then 14": (runs(("12", STRUCK), "14"), FOURTEEN),
    "superscript ①": (runs("14", ("①", SUPER)), FOURTEEN), "superscript 2": (runs("14", ("2", SUPER)), FOURTEEN), "subscript 2": (runs("14", ("2", SUB)), FOURTEEN),
    "white 1 before 14": (runs(("1", WHITE), "14"), FOURTEEN), "tiny 5 after 14": (runs("14", ("5", TINY)), FLAG), "blue 14 red 16": (runs(("14", BLUE), ("16", RED)), FLAG),
    "black 14, red ↑2": (runs("14", ("↑2", RED)), FLAG), "black 14, red (16)": (runs("14", ("(16)", RED)), FLAG), "two runs of one look": (runs("1", ("4", {})), 14),
    "bold 1, plain 4": (runs(("1", {"b": True}), "4"), FLAG), "two fonts 1 and 4": (runs(("1", {"rFont": "Arial"}), ("4", {"rFont": "宋体"})), 14),
    "underlined 1, 4 plain": (runs(("1", {"u": "single"}), "4"), FLAG), "line break between struck 12 and 14": (runs(("12", STRUCK), "\n14"), FOURTEEN),
}  # fmt: skip
SAID: Mapping[str, Edit] = {
    "comment 应为16": noted("应为16件，系统已锁定"), "comment 含上年结转": noted("含上年结转2件"), "comment 待核实": noted("待核实"), "comment 上月数": noted("此为上月数"),
    "red means last month": _legend(Font(color="FFFF0000"), "", "注：红色字体为上月数"), "yellow means to be checked": _legend(None, "FFFFFF00", "说明：黄色底纹为待核实数据"),
    "italics mean estimated": _legend(Font(i=True), "", "斜体为估算数"), "grey means not counted": _legend(None, "FFBFBFBF", "灰色格不计入合计"), "bold means changed": _legend(Font(b=True), "", "加粗为本次修改的数据"),
    "underlined means not final": _legend(Font(u="single"), "", "带下划线的为暂定数"),
    "page header 单位：元": _header("oddHeader", "单位：元"), "page header 草稿": _header("oddHeader", "草稿 仅供内部参考"), "page footer 以上为4月数据": _header("oddFooter", "以上为4月数据"),
    "page header 作废": _header("oddHeader", "作废"), "page footer 金额单位：千元": _header("oddFooter", "金额单位：千元"), "page header of another unit": _header("oddHeader", "盐都区市场监督管理局"),
}  # fmt: skip
HIDDEN: Mapping[str, Edit] = {
    "row hidden": _hide_row, "column hidden": _hide_column, "row grouped and folded": _group_row,
    "filter hides all but two rows": _filtered,
}  # fmt: skip
MERGED: Mapping[str, tuple[Edit, Mapping[Key, Truth]]] = {
    "查办 and 立案 merged": (_merge("D6:E6"), forms.k4("quality", "cases_filed", FLAG)), "质量 and 不正当竞争 merged down": (_merge("D6:D7"), forms.k4("unfair_competition", "cases_handled", FLAG)),
    "罚没 and 案值 of 合计 merged": (_merge("G12:H12"), forms.k4("total", "case_value", FLAG)), "price to ip merged, one 0": (_merge("D7:D11"), {}),
    "whole row merged, 无": (_merge("B5:J5", "无"), {Key("cases", "price", m): None for m in forms.MEASURES}), "category label merged with officers": (_merge("A6:B6"), forms.k4("quality", "officers_dispatched", FLAG)),
    "three measures of a row merged, 合计 in it": (_merge("D6:F6", "14/12/9"), {Key("cases", "quality", m): FLAG for m in ("cases_handled", "cases_filed", "cases_closed")}),
    "查办 of 质量 and of 其他 merged with 14": (_merge("D6:D11"), {Key("cases", "other", "cases_handled"): Either((0, None))}),
}  # fmt: skip
FORMULAS: Mapping[str, tuple[str, object, Truth]] = {
    "=E6+2 stored 14": ("=E6+2", 14, 14), "=E6+2 stored 16": ("=E6+2", 16, FLAG), "=SUM(10,4) stored 14": ("=SUM(10,4)", 14, 14), "=12+2 stored 14": ("=12+2", 14, 14), "=12+2 stored 12": ("=12+2", 12, FLAG), "=#REF!+2 stored #REF!": ("=#REF!+2", "#REF!", FLAG), '="14" stored 14': ('="14"', 14, 14), "=ROUND(14.4,0) stored 14": ("=ROUND(14.4,0)", 14, 14),
    "=RAND()*20 stored 14": ("=RAND()*20", 14, 14),  "=IF(1>0,14,0) stored 14": ("=IF(1&gt;0,14,0)", 14, 14), '=HYPERLINK("x",14) stored 14': ('=HYPERLINK("x",14)', 14, 14),
    "no stored value, =E6+2": ("=E6+2", "", 14), "=SUM(E6,2) no stored value": ("=SUM(E6,2)", "", Either((14,))), "=D5 stored 14": ("=D5", 14, FLAG), "=-E6-2 stored 14": ("=-E6-2", 14, FLAG),
}  # fmt: skip


def look(name: str, change: tuple[Edit, Truth]) -> Case:
    edit, true = change
    return four("look of a cell", name, files.xlsx(forms.form4(), edit), forms.true_twice(HANDLED, true))


# Where a note is enough: who looks sees it, and no figure is named.
NOTES = ("page header 草稿", "page header of another unit", "page header 作废")


def said(name: str, edit: Edit) -> Case:
    return four(
        "comments, legends, page headers",
        name,
        files.xlsx(forms.form4(), edit),
        say=(Say(note=name in NOTES),),
        wide=True,
    )


def hidden(name: str, edit: Edit) -> Case:
    return four("hidden rows and columns", name, files.xlsx(forms.form4(), edit), say=(Say(note=True),), wide=True)


def merged(name: str, change: tuple[Edit, Mapping[Key, Truth]]) -> Case:
    edit, over = change
    return four("merged cells", name, files.xlsx(forms.form4(), edit), over, wide=True)


def formula(name: str, made: tuple[str, object, Truth]) -> Case:
    """A formula with a stored result."""
    text, stored, true = made
    shown = text.replace("&gt;", ">")
    kind = ' t="e"' if str(stored).startswith("#") else ""
    written = text[1:]
    patches = []
    for address in AT:
        old = f'<c r="{address}"><f>{written}</f><v></v></c>'
        new = f'<c r="{address}"{kind}><f>{written}</f><v>{stored}</v></c>'
        patches.append((PAGE, old, new))
    content = files.xlsx(forms.form4(), value(shown), tuple(patches))
    return four("formula with a stored result", name, content, forms.true_twice(HANDLED, true))


def thin(name: str, patch: Patch) -> Case:
    """A row or column so thin that nobody sees it."""
    return four(
        "hidden rows and columns", name, files.xlsx(forms.form4(), None, (patch,)), say=(Say(note=True),), wide=True
    )


def linked() -> Case:
    """A figure that another workbook gives, which was not sent."""
    name = "another workbook's figure"
    parts = {
        "xl/externalLinks/externalLink1.xml": EXTERNAL.encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": EXTERNAL_RELS.encode(),
    }
    patches = (
        *((PAGE, f'<c r="{a}" t="n"><v>14</v></c>', f'<c r="{a}"><f>[1]Sheet1!D6</f><v>14</v></c>') for a in AT),
        (
            "xl/workbook.xml",
            "</sheets>",
            f'</sheets><externalReferences><externalReference {REL} r:id="rId77"/></externalReferences>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            f'<Relationship Id="rId77" Type="{TYPE}" Target="externalLinks/externalLink1.xml"/></Relationships>',
        ),
        (
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{CONTENT}"/></Types>',
        ),
    )
    content = files.xlsx(forms.form4(), None, patches, parts)
    return four("formula with a stored result", name, content, say=(Say(note=True),), wide=True)


SHEETML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = f'xmlns:r="{RELATIONS}"'
TYPE = f"{RELATIONS}/externalLink"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
EXTERNAL = f'<externalLink xmlns="{SHEETML}"><externalBook {REL} r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
EXTERNAL_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/externalLinkPath" Target="book2.xlsx" TargetMode="External"/></Relationships>'
)
CASES = (
    linked(),
    thin("row of height 0", (PAGE, '<row r="6">', '<row r="6" ht="0" customHeight="1">')),
    thin("row of height 1", (PAGE, '<row r="6">', '<row r="6" ht="1" customHeight="1">')),
    thin(
        "column of width 0",
        (PAGE, "<sheetData>", '<cols><col min="4" max="4" width="0" customWidth="1"/></cols><sheetData>'),
    ),
    *starmap(look, LOOKS.items()),
    *starmap(said, SAID.items()),
    *starmap(hidden, HIDDEN.items()),
    *starmap(merged, MERGED.items()),
    *starmap(formula, FORMULAS.items()),
    four("look of a cell", "array formula", files.xlsx(forms.form4(), _array), forms.true_twice(HANDLED, FLAG)),
    four("look of a cell", "drop-down of 14, 16, 18", files.xlsx(forms.form4(), _choices)),
)
