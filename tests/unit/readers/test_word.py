"""Word documents: each table a grid, merged cells once, tracked changes as accepted, the rest as text."""

import io

import docx
import openpyxl
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from tally.errors import UnreadableFile
from tally.model import Run, Span
from tally.readers import read_bytes

W = nsdecls("w")


def read(document):
    out = io.BytesIO()
    document.save(out)
    return read_bytes(out.getvalue(), "x.docx")[0]


def with_body(xml: str):
    """What is read of a document whose body is `xml`."""
    document = docx.Document()
    body = document.element.body
    for element in parse_xml(f"<w:body {W} xmlns:v='urn:schemas-microsoft-com:vml'>{xml}</w:body>"):
        body.insert(len(body) - 1, element)
    return read(document)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_tables_in_order_with_the_paragraphs_around_them():
    document = docx.Document()
    document.add_paragraph("附件4")
    document.add_paragraph("填报单位：某某区")
    document.add_table(1, 2).cell(0, 1).text = "甲"
    document.add_paragraph("注：一")
    document.add_table(1, 1).cell(0, 0).text = "乙"
    document.add_paragraph("审核人：某")
    found = read(document)
    first, second = found.grids
    assert (first.sheet, first.rows, first.before, first.after) == (
        "表1",
        [[None, "甲"]],
        ("附件4", "填报单位：某某区"),
        ("注：一",),
    )
    assert (second.sheet, second.rows, second.before, second.after) == ("表2", [["乙"]], ("注：一",), ("审核人：某",))
    assert found.text == "附件4\n填报单位：某某区\n注：一\n审核人：某"


def test_merged_cells_are_not_repeated():
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "标题"
    table.cell(1, 0).merge(table.cell(2, 1)).text = "块"
    table.cell(2, 2).text = "9"
    grid = read(document).grids[0]
    assert grid.rows == [["标题", None, None], ["块", None, None], [None, None, "9"]]
    assert set(grid.merges) == {Span(0, 0, 0, 2), Span(1, 0, 2, 1)}


def test_two_vertical_merges_below_each_other_stay_two():
    restart, go_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = [tr(tc(t, m), tc("x")) for t, m in (("甲", restart), ("", go_on), ("乙", restart), ("", go_on))]
    grid = with_body(tbl(*rows)).grids[0]
    assert [row[0] for row in grid.rows] == ["甲", None, "乙", None]
    assert set(grid.merges) == {Span(0, 0, 1, 0), Span(2, 0, 3, 0)}


def test_a_row_that_begins_further_right_keeps_its_columns():
    grid = with_body(tbl(tr(tc("a"), tc("b")), tr(tc("c"), properties="<w:gridBefore w:val='1'/>"))).grids[0]
    assert grid.rows == [["a", "b"], [None, "c"]]


def test_deletions_are_gone_and_insertions_stay():
    cell = "<w:tc><w:p><w:del><w:r><w:delText>15</w:delText></w:r></w:del><w:ins><w:r><w:t>12</w:t></w:r></w:ins></w:p></w:tc>"
    deleted = tr(tc("旧"), tc("99"), properties="<w:del w:id='1' w:author='某'/>")
    assert with_body(tbl(tr(tc("甲"), cell), deleted, tr(tc("乙"), tc("3")))).grids[0].rows == [
        ["甲", "12"],
        ["乙", "3"],
    ]


def test_struck_and_partly_struck_text_is_marked_and_hidden_text_unseen():
    part = "<w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>15</w:t></w:r><w:r><w:t>12</w:t></w:r></w:p></w:tc>"
    whole = f"<w:tc>{p('15', '<w:dstrike/>')}</w:tc>"
    hidden = f"<w:tc>{p('9', '<w:vanish/>')}</w:tc>"
    off = "<w:tc>" + p("7", "<w:strike w:val='0'/>") + "</w:tc>"
    grid = with_body(tbl(tr(part, whole, hidden, off))).grids[0]
    assert grid.rows == [["12", "15", "9", "7"]]
    assert (grid.marks[0, 0].runs, grid.marks[0, 1].struck, grid.marks[0, 2].unseen) == (
        (Run("15", "struck"), Run("12")),
        True,
        True,
    )


def test_nested_tables_are_grids_of_their_own():
    inner = tbl(tr(tc("内1"), tc("内2")))
    outer = tbl(tr(f"<w:tc>{p('表头')}{inner}{p('')}</w:tc>", tc("右")))
    first, second = with_body(outer).grids
    assert first.rows == [["表头", "右"]]
    assert second.rows == [["内1", "内2"]]


def test_content_controls_and_smart_tags_are_transparent():
    control = f"<w:sdt><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr(control, '<w:tc><w:p><w:smartTag><w:r><w:t>乙</w:t></w:r></w:smartTag></w:p></w:tc>')}</w:sdtContent></w:sdt>"
    table = f"<w:sdt><w:sdtContent>{tbl(row)}</w:sdtContent></w:sdt>"
    assert with_body(table).grids[0].rows == [["甲", "乙"]]


def test_text_boxes_are_read_once():
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + p("填报单位：某某区")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f"<mc:AlternateContent xmlns:mc='{mc}'><mc:Choice>{box[5:-6]}</mc:Choice><mc:Fallback>{box[5:-6]}</mc:Fallback></mc:AlternateContent>"
    found = with_body(f"<w:p><w:r>{both}</w:r></w:p>" + tbl(tr(tc("1"))))
    assert found.grids[0].before == ("填报单位：某某区",)


def test_paragraphs_breaks_tabs_and_ticks_inside_a_cell():
    cell = (
        "<w:tc>"
        + p("一")
        + "<w:p><w:r><w:t>二</w:t><w:br/><w:t>三</w:t><w:tab/><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p></w:tc>"
    )
    assert with_body(tbl(tr(cell))).grids[0].rows == [["一\n二\n三\t√"]]


def test_page_headers_stand_before_the_first_table():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "填报单位：某某县"
    document.add_table(1, 1).cell(0, 0).text = "x"
    assert read(document).grids[0].before == ("填报单位：某某县",)


def test_a_summary_without_tables_is_text():
    document = docx.Document()
    document.add_paragraph("工作总结")
    document.add_paragraph("截至4月30日，共检查80户。")
    found = read(document)
    assert (found.kind, found.grids, found.text) == ("docx", (), "工作总结\n截至4月30日，共检查80户。")


def test_a_column_of_automatic_numbers_is_read_as_what_is_shown():
    document = docx.Document()
    numbers = document.part.numbering_part.element
    for element in parse_xml(
        f"<w:x {W}><w:abstractNum w:abstractNumId='77'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
        "<w:lvlText w:val='%1'/></w:lvl></w:abstractNum><w:num w:numId='78'><w:abstractNumId w:val='77'/></w:num></w:x>"
    ):
        numbers.append(element)
    numbered = f"<w:tc {W}><w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='78'/></w:numPr></w:pPr></w:p></w:tc>"
    rows = "".join(f"<w:tr>{numbered}{tc(name)}</w:tr>" for name in ("甲厂", "乙厂"))
    document.element.body.insert(0, parse_xml(f"<w:tbl {W}>{rows}</w:tbl>"))
    assert read(document).grids[0].rows == [["1", "甲厂"], ["2", "乙厂"]]


def test_a_workbook_embedded_in_the_document_is_read_too():
    workbook, inner = openpyxl.Workbook(), io.BytesIO()
    workbook.active.append(["类别", 3])
    workbook.save(inner)
    document, out = docx.Document(), io.BytesIO()
    part = Part(
        PackURI("/word/embeddings/book1.xlsx"), "application/octet-stream", inner.getvalue(), document.part.package
    )
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package")
    document.save(out)
    text, table = read_bytes(out.getvalue(), "a.docx")
    assert (table.file, table.kind, table.grids[0].rows) == ("a.docx!book1.xlsx", "xlsx", [["类别", 3]])
    assert text.kind == "docx"


def test_a_document_with_nothing_but_a_picture_is_refused_by_name():
    document, picture = docx.Document(), io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(picture, "PNG")
    document.add_picture(picture)
    with pytest.raises(UnreadableFile) as refusal:
        read(document)
    assert (refusal.value.problem, refusal.value.detail) == ("pictured", "图片")
