"""What Word, web pages, old workbooks and OpenDocument show or hide in a cell, each in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import starmap
from typing import Any

import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.utils import coordinate_to_tuple

from benchmarks.kinds import files, forms
from benchmarks.kinds.forms import HEAD4, TOP4, body4
from benchmarks.kinds.make import five, four
from benchmarks.kinds.truth import FLAG, Case, Either, Say, Truth
from samples.writers.sheet import sheet_of
from samples.writers.web import web_page

HANDLED = "cases_handled"
FOURTEEN = Either((14,))
W = nsdecls("w")
AT = ((2, 3), (8, 3))  # 查办案件 of 质量类 and of 合计 in the Word table
HTML_AT = ("D6", "D12")


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def changed(kind: str, text: str) -> str:
    tag = "delText" if kind == "del" else "t"
    return f'<w:{kind} w:id="9" w:author="a"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>'


def box(text: str) -> str:
    return (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:50pt;height:20pt"><v:textbox>'
        f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def field(code: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def sdt(properties: str, shown: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:r><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt>"


# What the paragraph of the cell holds -> what is true.
WORD: Mapping[str, tuple[str, Truth]] = {
    "14 in two runs": (run("1") + run("4"), 14), "red 1, black 4": (run("1", '<w:color w:val="FF0000"/>') + run("4"), FLAG), "struck 12, 14": (run("12", "<w:strike/>") + run("14"), FOURTEEN),
    "struck twice 12, 14": (run("12", "<w:dstrike/>") + run("14"), FOURTEEN), "hidden 1, 14": (run("1", "<w:vanish/>") + run("14"), FOURTEEN), "superscript 2": (run("14") + run("2", '<w:vertAlign w:val="superscript"/>'), FOURTEEN),
    "raised 2": (run("14") + run("2", '<w:position w:val="8"/><w:sz w:val="12"/>'), FOURTEEN), "white 1, 14": (run("1", '<w:color w:val="FFFFFF"/>') + run("14"), FOURTEEN), "1 pt 5 after 14": (run("14") + run("5", '<w:sz w:val="2"/>'), FLAG),
    "deleted 12, inserted 14": (changed("del", "12") + changed("ins", "14"), FOURTEEN), "inserted 4 after 1": (run("1") + changed("ins", "4"), FOURTEEN), "moved away 12, 14": ('<w:moveFrom w:id="8" w:author="a"><w:r><w:t>12</w:t></w:r></w:moveFrom>' + run("14"), FOURTEEN),
    "tab between 1 and 4": ("<w:r><w:t>1</w:t><w:tab/><w:t>4</w:t></w:r>", FLAG), "line break between 1 and 4": ("<w:r><w:t>1</w:t><w:br/><w:t>4</w:t></w:r>", FLAG), "no-break hyphen 10-14": ("<w:r><w:t>10</w:t><w:noBreakHyphen/><w:t>14</w:t></w:r>", FLAG),
    "soft hyphen 1 4": ("<w:r><w:t>1</w:t><w:softHyphen/><w:t>4</w:t></w:r>", 14), "text box says 14": (box("14"), FOURTEEN), "14 and a text box 16": (run("14") + box("16"), FLAG), "field = 14": (field("=SUM(ABOVE)", "14"), 14),
    "field MERGEFIELD 14": (field("MERGEFIELD n", "14"), 14), "control with placeholder": (sdt("<w:showingPlcHdr/>", "单击此处输入文字"), FLAG), "control with 14": (sdt('<w:alias w:val="n"/>', "14"), 14), "drop-down with 14": (sdt('<w:dropDownList><w:listItem w:value="14"/></w:dropDownList>', "14"), 14),
    "symbol font tick": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', FLAG), "spaced 1 4": (run("14", '<w:spacing w:val="200"/>'), 14), "underlined 14": (run("14", '<w:u w:val="single"/>'), 14), "highlighted 14": (run("14", '<w:highlight w:val="yellow"/>'), 14),
    "enclosed ⑭": (field("eq \\o\\ac(○,14)", ""), FLAG),
    "14 and empty superscript": (run("14") + run("", '<w:vertAlign w:val="superscript"/>'), 14), "capitals small": (run("14", "<w:smallCaps/>"), 14), "shaded black": (run("14", '<w:shd w:val="clear" w:fill="000000"/><w:color w:val="000000"/>'), FLAG),
}  # fmt: skip
# The whole <td> -> what is true; a style sheet stands before.
CSS = ".gone{display:none} .sup{vertical-align:super} .s{text-decoration:line-through} .w{color:#fff} .mark::after{content:'约'} .big::before{content:'1'} .z{font-size:0}"
WEB: Mapping[str, tuple[str, Truth]] = {
    "display none by class": ('<td><span class="gone">1</span>14</td>', FOURTEEN), "visibility hidden": ('<td><span style="visibility:hidden">1</span>14</td>', FOURTEEN), "font-size 0": ('<td><span class="z">1</span>14</td>', FOURTEEN), "opacity 0": ('<td><span style="opacity:0">1</span>14</td>', FOURTEEN),
    "hidden attribute": ("<td><span hidden>1</span>14</td>", FOURTEEN), "sup": ("<td>14<sup>2</sup></td>", FOURTEEN), "super by class": ('<td>14<span class="sup">2</span></td>', FOURTEEN), "del": ("<td><del>12</del>14</td>", FOURTEEN), "struck by class": ('<td><span class="s">12</span>14</td>', FOURTEEN),
    "white by class": ('<td><span class="w">1</span>14</td>', FOURTEEN), "content 约 by style": ('<td class="mark">14</td>', FLAG), "content 1 before by style": ('<td class="big">4</td>', 14), "input": ('<td><input value="14"></td>', FOURTEEN), "input beside text": ('<td>14<input value="16"></td>', FLAG), "textarea": ("<td><textarea>14</textarea></td>", FOURTEEN),
    "select": ("<td><select><option>12<option selected>14</select></td>", FOURTEEN), "picture": ('<td><img src="14.png" alt="14"></td>', FLAG), "checkbox": ('<td><input type="checkbox" checked></td>', FLAG), "comment in the mark-up": ("<td>1<!-- 0 -->4</td>", 14), "br inside": ("<td>1<br>4</td>", FLAG), "two paragraphs": ("<td><p>14</p><p>16</p></td>", FLAG),
    "entities": ("<td>&#49;&#52;</td>", 14), "nbsp": ("<td>&nbsp;14&nbsp;</td>", 14), "off the page": ('<td><span style="position:absolute;left:-9999px">1</span>14</td>', FOURTEEN), "template": ("<td><template>1</template>14</td>", 14), "folded details": ("<td>14<details><summary>注</summary>含结转</details></td>", FLAG),
    "ruby": ("<td><ruby>14<rt>16</rt></ruby></td>", FOURTEEN), "nested table": ("<td><table><tr><td>10</td><td>4</td></tr></table></td>", FLAG), "blink bold": ("<td><b>1</b>4</td>", FLAG), "right-to-left": ('<td><bdo dir="rtl">41</bdo></td>', 14), "turned by style": ('<td style="transform:scaleX(-1)">14</td>', 14),
    "mso number format": ("<td style='mso-number-format:\"\\0022约\\00220\"'>14</td>", 14), "x:num other than text": ('<td x:num="16">14</td>', FOURTEEN), "zero width joiner": ("<td>1&#8205;4</td>", 14), "max-height 0": ('<td><div style="max-height:0;overflow:hidden">1</div>14</td>', FOURTEEN),
}  # fmt: skip


# Nothing that can be read: said of the part, the blank total follows from it.
EMPTY = ("control with placeholder", "enclosed ⑭", "nested table")


def in_word(name: str, sent: tuple[str, Truth]) -> Case:
    inner, true = sent

    def edit(document: Any, table: Any) -> None:
        for row, column in AT:
            cell = table.rows[row].cells[column]._tc
            old = cell.p_lst[0]
            old.getparent().replace(old, parse_xml(f"<w:p {W}>{inner}</w:p>"))

    return four(
        "Word: in a cell",
        name,
        files.docx(forms.form4(), edit),
        forms.true_twice(HANDLED, true),
        "docx",
        wide=name in EMPTY,
    )


def on_web(name: str, sent: tuple[str, Truth]) -> Case:
    td, true = sent
    content = files.html(forms.form4(), dict.fromkeys(HTML_AT, td), style=CSS)
    return four("web page: in a cell", name, content, forms.true_twice(HANDLED, true), "html", wide=name in EMPTY)


def _deleted_row(document: Any, table: Any) -> None:
    row = table.rows[3]._tr
    row.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="7" w:author="a"/>'))


def _hidden_row(document: Any, table: Any) -> None:
    row = table.rows[3]._tr
    row.get_or_add_trPr().append(parse_xml(f"<w:hidden {W}/>"))


def _numbered(document: Any, table: Any) -> None:
    for row in table.rows[1:]:
        paragraph = row.cells[0].paragraphs[0]
        paragraph.text = ""
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        )


def _header(document: Any, table: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "金额单位：元"


XLS: Mapping[str, tuple[Any, Truth]] = {
    "white font": ("font: color white", FLAG), "struck": ("font: struck_out on", FLAG), "height 1 pt": ("font: height 20", FLAG), "white on white fill": ("font: color white; pattern: pattern solid, fore_color white", FLAG), "blue on blue": ("font: color blue; pattern: pattern solid, fore_color blue", FLAG),
}  # fmt: skip
OPEN: Mapping[str, tuple[str, Truth]] = {
    "annotation 应为16": ('<table:table-cell office:value-type="float" office:value="14"><office:annotation><text:p>应为16</text:p></office:annotation><text:p>14</text:p></table:table-cell>', Either((14,))), "superscript span": ('<table:table-cell office:value-type="string"><text:p>14<text:span text:style-name="up">2</text:span></text:p></table:table-cell>', FOURTEEN),
    "struck span": ('<table:table-cell office:value-type="string"><text:p><text:span text:style-name="out">12</text:span>14</text:p></table:table-cell>', FOURTEEN), "white span": ('<table:table-cell office:value-type="string"><text:p><text:span text:style-name="white">1</text:span>14</text:p></table:table-cell>', FOURTEEN), "two paragraphs": ('<table:table-cell office:value-type="string"><text:p>14</text:p><text:p>16</text:p></table:table-cell>', FLAG),
    "formula stale": ('<table:table-cell table:formula="of:=SUM([.E6];2)" office:value-type="float" office:value="16"><text:p>16</text:p></table:table-cell>', FLAG), "text box in the cell": ('<table:table-cell><draw:frame svg:width="1cm" svg:height="1cm"><draw:text-box><text:p>14</text:p></draw:text-box></draw:frame></table:table-cell>', FOURTEEN), "time": ('<table:table-cell office:value-type="time" office:time-value="PT14H00M00S"><text:p>14:00</text:p></table:table-cell>', FLAG),
    "boolean": ('<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>', FLAG),
}  # fmt: skip
STYLES = (
    '<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="out" style:family="text"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="white" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'
)


def old_book(name: str, sent: tuple[Any, Truth]) -> Case:
    style, true = sent

    def edit(book: Any) -> None:
        for address in HTML_AT:
            row, column = coordinate_to_tuple(address)
            book.get_sheet(0).write(row - 1, column - 1, 14, xlwt.easyxf(style))

    content = files.xls(forms.form4(), edit)
    return four("old workbook: look of a cell", name, content, forms.true_twice(HANDLED, true), "xls")


def open_document() -> Iterator[Case]:
    for number, (name, (cell, true)) in enumerate(OPEN.items()):
        flat = bool(number % 2)
        content = files.ods(forms.form4(), dict.fromkeys(HTML_AT, cell), STYLES, flat)
        yield four("OpenDocument: in a cell", name, content, forms.true_twice(HANDLED, true), "fods" if flat else "ods")


def whole(name: str, content: bytes, ext: str, note: bool = False) -> Case:
    return four("page: said of the whole", f"{name} .{ext}", content, ext=ext, say=(Say(note=note),), wide=True)


LINES = [*TOP4, HEAD4, *body4()]
CORRECTIONS = [["更正", "质量类", "查办案件", 16]]
CASES = (
    *starmap(in_word, WORD.items()),
    *starmap(on_web, WEB.items()),
    *starmap(old_book, XLS.items()),
    *open_document(),
    five(
        "Word: lists",
        "row deleted by tracking",
        files.docx(forms.form5(), _deleted_row),
        {},
        "docx",
        records={},
        say=(Say(note=True),),
        wide=True,
    ),
    five(
        "Word: lists",
        "row hidden",
        files.docx(forms.form5(), _hidden_row),
        {},
        "docx",
        records={},
        say=(Say(note=True),),
        wide=True,
    ),
    five("Word: lists", "序号 by automatic numbering", files.docx(forms.form5(), _numbered), {}, "docx"),
    whole("页眉 金额单位：元", files.docx(LINES, _header), "docx"),
    whole("paragraph below: 质量类应为16件", files.docx(LINES, after=("备注：质量类查办案件应为16件",)), "docx"),
    whole("paragraph below: 以上为4月数据", files.docx(LINES, after=("以上为4月数据",)), "docx"),
    whole("paragraph below: 质量类应为16件", files.html(LINES, after=("质量类查办案件应为16件",)), "html"),
    whole(
        "second table of corrections",
        web_page([sheet_of(LINES, top=files.TOP), sheet_of(CORRECTIONS)], "utf-8", ""),
        "html",
    ),
)
