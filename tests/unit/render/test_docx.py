"""The Word file looks like the PDF, is pleasant to edit, and holds text from returns harmlessly."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx as python_docx
import pypdf
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from tally.blocks import Annex, Chart, Entry, Head, Heading, Paragraph, Run, Table, Title
from tally.render import word

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
PROPERTIES = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "shd", "tabs", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"]  # fmt: skip


def made(*blocks, **options):
    return python_docx.Document(io.BytesIO(word.render(blocks, timestamp=0, **options)))


def paragraph(*texts, style="body"):
    return Paragraph(tuple(Run(t) for t in texts), style)


def table(rows=1, columns=2, **options):
    head = (tuple(Head(f"列{c + 1}") for c in range(columns)),)
    body = tuple(tuple(Entry(f"{r + 1}行{c + 1}") for c in range(columns)) for r in range(rows))
    return Table("t", "", head, body, ("left",) * columns, **options)


FORM = Table(
    "f4",
    "统计表",
    ((Head("地区", 1, 2), Head("案件", 2)), (Head("查办"), Head("立案"))),
    ((Entry("亭湖区", rowspan=2), Entry("1"), Entry("2")), (Entry("3"), Entry("4")), (Entry("合计"), Entry("4"), Entry("6"))),
    ("left", "right", "right"),
    unit="件",
    note="注：略。",
    totals=(2,),
)  # fmt: skip


def test_headings_are_real_headings_in_the_official_faces():
    document = made(
        Title("总结"), Heading("一、情况", 1), Heading("（一）案件", 2), Heading("1. 立案", 3), paragraph("正文")
    )
    told = {p.text: p.style for p in document.paragraphs if p.text}
    assert [style.name for style in told.values()] == ["Title", "Heading 1", "Heading 2", "Heading 3", "公文正文"]
    faces = [style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) for style in list(told.values())[:4]]
    assert faces == ["方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"]


def test_pages_have_the_prescribed_area_and_a_grid_of_22_lines():
    section = made(Title("总结"), paragraph("正文")).sections[0]
    measures = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    assert [round(m.mm) for m in measures] == [210, 297, 37, 28]
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    pitch = section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch"))
    assert int(pitch) * 22 / 1440 * 25.4 == pytest.approx(225, abs=0.5)


def test_page_numbers_are_fields_on_the_outer_side():
    document = made(Title("总结"), paragraph("正文"))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        assert footer._element.xpath(".//w:instrText")[0].text.strip() == "PAGE"
        assert footer._element.xpath(".//w:jc/@w:val") == [side]


def test_wide_tables_lie_in_landscape_sections_whose_number_stands_at_the_left_edge():
    document = made(Title("总结"), paragraph("前"), table(landscape=True), paragraph("后"))
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert turned == [False, True, False]
    wide = document.sections[1]
    assert "PAGE" in wide.header._element.xpath("string(.//w:instrText)")
    assert wide.header._element.xpath(".//*[local-name()='bodyPr']/@vert") == ["vert"]
    assert not wide.footer._element.xpath(".//w:instrText")
    assert not document.sections[2].header._element.xpath(".//w:instrText")


def test_a_table_has_merged_cells_repeated_headers_and_its_full_width():
    document = made(Title("总结"), FORM)
    grid = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in grid.rows][:4] == [
        ["地区", "案件", "案件"],
        ["地区", "查办", "立案"],
        ["亭湖区", "1", "2"],
        ["亭湖区", "3", "4"],
    ]
    repeated = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in grid.rows]
    assert repeated == [True, True, False, False, False]
    assert sum(int(w) for w in grid._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")) / 1440 * 25.4 == pytest.approx(156, abs=1)
    assert grid._tbl.xpath("./w:tblPr/w:tblCaption/@w:val") == ["统计表"]
    assert [p.text for p in document.paragraphs if p.text] == ["总结", "统计表", "单位：件", "注：略。"]
    assert all(run.bold for cell in grid.rows[4].cells for run in cell.paragraphs[0].runs)


def test_neighbouring_tables_do_not_grow_together():
    body = made(Title("总结"), table(), table()).element.body
    kinds = [child.tag == qn("w:tbl") for child in body]
    assert kinds.count(True) == 2
    assert not any(a and b for a, b in zip(kinds, kinds[1:], strict=False))


def test_a_chart_is_a_picture_with_its_text_for_those_who_hear():
    document = made(Title("总结"), Chart("c", "图1", "一个黑色方块", SQUARE, width_mm=100))
    (shape,) = document.inline_shapes
    assert round(shape.width.mm) == 100
    assert shape._inline.docPr.get("descr") == "一个黑色方块"


def test_a_chart_that_cannot_be_drawn_is_told_in_words():
    document = made(Title("总结"), Chart("c", "图1", "三根柱子", "<svg><broken", "bm90IGEgcGljdHVyZQ=="))
    assert any("【此图无法绘制】" in p.text and "三根柱子" in p.text for p in document.paragraphs)


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "&amp; ]]> <w:t>", "=cmd|'/c calc'!A0", "㙟堃喆𬭎", "A" * 200]
)
def test_text_from_returns_stands_as_it_is(hostile):
    listed = Table("t", hostile, ((Head("名称"),),), ((Entry(hostile),),), ("left",), note=hostile)
    document = made(Title(hostile), paragraph(hostile), listed, Annex("附件1", hostile))
    assert document.tables[0].cell(1, 0).text == hostile
    assert [p.text for p in document.paragraphs].count(hostile) >= 3


def test_what_xml_forbids_and_what_turns_text_around_is_shown_as_a_mark():
    document = made(Title("总\x00结"), paragraph("甲\x07乙\u202e321\ud800\ufffe", "\n\t末"))
    assert document.paragraphs[0].text == "总〔U+0000〕结"
    assert document.paragraphs[2].text == "甲〔U+0007〕乙〔U+202E〕321〔U+D800〕〔U+FFFE〕\n\t末"


def test_paragraph_properties_stand_in_the_order_word_asks_for():
    document = made(
        Title("总结"), Heading("一、"), FORM, Annex("附件1", "表", True), table(rows=3), paragraph("末", style="note")
    )
    lists = [*document.element.xpath("//w:pPr"), *document.styles.element.xpath("//w:style/w:pPr")]
    for properties in lists:
        places = [PROPERTIES.index(child.tag.split("}")[1]) for child in properties]
        assert places == sorted(places)


def test_an_empty_document_an_empty_table_and_ragged_rows_make_a_sound_file():
    ragged = Table(
        "t", "缺格", ((Head("甲", 1, 2), Head("乙", 2)), (Head("丙"), Head("丁"))), ((Entry("1"),),), ("left",)
    )
    document = made(Table("e", "空表", (), (), ()), ragged)
    assert [cell.text for cell in document.tables[0].rows[2].cells] == ["1", "", ""]
    assert made().paragraphs == []


def test_the_file_says_nothing_about_when_or_where_it_was_made():
    blocks = (Title("总结", "某局"), table(), Chart("c", "图1", "方块", SQUARE))
    first = word.render(blocks, timestamp=1622419200)
    assert first == word.render(blocks, timestamp=1622419200)
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = python_docx.Document(io.BytesIO(first)).core_properties
    assert (about.title, about.author, about.comments) == ("总结", "某局", "")
    assert about.created.isoformat().startswith("2021-05-31T00:00:00")


def test_a_picture_higher_than_a_page_is_made_smaller():
    tall = SQUARE.replace('height="9"', 'height="900"')
    (shape,) = made(Chart("c", "图1", "一根高柱", tall)).inline_shapes
    assert shape.height.mm <= 191


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_lays_out_22_lines_of_28_characters_and_the_landscape_page(tmp_path):
    file = tmp_path / "report.docx"
    content = (Title("总结"), paragraph("国" * 28 * 60), Annex("附件1", "统计表", True), FORM)
    file.write_bytes(word.render(content, timestamp=0))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file], check=True, capture_output=True)  # fmt: skip
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    lines = [line for line in pages[1].extract_text().split("\n") if "国" in line]
    assert [len(line) for line in lines] == [28] * 22
    assert pages[-1].mediabox.width > pages[-1].mediabox.height
    assert "亭湖区" in pages[-1].extract_text()


def test_the_package_has_nothing_of_a_template_left_in_it():
    content = word.render([Title("题"), Paragraph((Run("文"),))], timestamp=0)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode("utf-8", "ignore") for name in package.namelist()}

    assert not [
        name
        for name in parts
        if any(
            part in name
            for part in ("stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings", "theme/")
        )
    ]
    named = "".join(parts[name] for name in ("[Content_Types].xml", "word/_rels/document.xml.rels", "_rels/.rels"))
    assert not any(part in named for part in ("numbering", "webSettings", "theme", "customXml"))
    assert "Ignorable" not in "".join(parts.values())
    assert not any("stylesWithEffects" in text or "thumbnail" in text or "Macintosh" in text for text in parts.values())
    settings = parts["word/settings.xml"]
    assert 'w:val="15"' in settings and "ja-JP" not in settings and 'w:percent="100"' in settings
    assert len(python_docx.Document(io.BytesIO(content)).paragraphs) >= 2


def test_captions_count_themselves_and_bear_words_own_style():
    chart = Chart("c", "图3 某某", "说明", SQUARE)
    document = made(replace(FORM, caption="表2 统计表"), chart, replace(FORM, caption="无编号的表"))
    captions = [p for p in document.paragraphs if p.style.name.lower() == "caption"]

    assert [p.text for p in captions] == ["表2 统计表", "图3 某某", "无编号的表"]
    codes = ["".join(p._p.xpath(".//w:instrText/text()")).split() for p in captions]
    assert codes == [["SEQ", "表", "\\*", "ARABIC"], ["SEQ", "图", "\\*", "ARABIC"], []]


def test_the_list_of_annexes_leads_to_them():
    listed = paragraph("1. 甲表\n2. 乙表", style="attachments")
    document = made(paragraph("文"), listed, Annex("附件1", "甲表"), paragraph("一"), Annex("附件2", "乙表"))
    body = document.element.body

    assert body.xpath(".//w:hyperlink/@w:anchor") == body.xpath(".//w:bookmarkStart/@w:name") == ["annex_1", "annex_2"]
    assert len(set(body.xpath(".//w:bookmarkStart/@w:id"))) == 2


def test_tables_have_a_style_of_their_own():
    document = made(FORM)
    assert document.tables[0].style.name == "公文表格"
    assert not document.tables[0]._tbl.xpath(".//w:tblBorders")


def test_what_is_attached_stays_on_the_page_of_the_signature():
    blocks = (
        Title("标题"),
        Paragraph((Run("1. 表一\n2. 表二"),), "attachments"),
        Paragraph((Run("某局\n2021年5月31日"),), "signature"),
    )
    document = python_docx.Document(io.BytesIO(word.render(blocks, timestamp=0)))
    held = [p.paragraph_format.keep_with_next for p in document.paragraphs]
    assert held[-6:] == [True] * 5 + [None]
