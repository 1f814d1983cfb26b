"""The PDF has the format of official documents, passes the gate, and loses no text."""

import hashlib
import io
import logging
import os
import subprocess
import sys
from dataclasses import dataclass, replace

import pypdf
import pytest

from tally.blocks import Annex, Chart, Entry, Head, Heading, Paragraph, Provenance, Run, Table, Title
from tally.render import pdf
from tally.render.document import fonts
from tally.render.pdf.row_headers import with_row_headers

FONTS = fonts.find(system=False)
MM = 72 / 25.4
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@dataclass
class Line:
    text: str
    x: float  # mm from the left edge of the paper
    y: float  # mm of the baseline from the top edge
    size: float  # pt


def made(*blocks, **options):
    return pypdf.PdfReader(io.BytesIO(pdf.render(blocks, fonts=FONTS, timestamp=0, **options)))


def lines(page):
    found = []

    def visit(text, cm, tm, _font, size):
        if text.strip():
            x, y = cm[4] + tm[4] * cm[0], cm[5] + tm[5] * cm[3]
            found.append(Line(text.strip("\n"), x / MM, (float(page.mediabox.height) - y) / MM, size))

    page.extract_text(visitor_text=visit)
    return found


def text(*blocks, **options):
    return "\n".join(page.extract_text() for page in made(*blocks, **options).pages)


def paragraph(*texts, style="body"):
    return Paragraph(tuple(Run(t) for t in texts), style)


def table(rows=1, columns=2, **options):
    head = (tuple(Head(f"列{c + 1}") for c in range(columns)),)
    body = tuple(tuple(Entry(f"{r + 1}行{c + 1}") for c in range(columns)) for r in range(rows))
    return Table("t", "", head, body, ("left",) * columns, **options)


def test_a_full_page_has_22_lines_of_28_characters_in_the_prescribed_area():
    page = made(Title("标题"), paragraph("国" * 28 * 60)).pages[1]
    body = [line for line in lines(page) if "国" in line.text]
    assert [len(line.text) for line in body] == [28] * 22
    assert {round(line.x, 1) for line in body} == {28.0}
    assert body[0].y > 37 and body[-1].y < 37 + 225
    assert {line.size for line in body} == {15.75}
    assert [float(v) / MM for v in page.mediabox[2:]] == pytest.approx([210, 297], abs=0.1)


def test_body_text_is_indented_two_characters_and_the_title_is_centred_in_22_points():
    title, first, *_ = lines(made(Title("总结"), paragraph("国" * 40)).pages[0])
    assert title.size == 22
    assert title.x + 22 / MM == pytest.approx(28 + 156 / 2, abs=0.2)
    assert first.x == pytest.approx(28 + 2 * 15.75 / MM, abs=0.1)
    assert len(first.text) == 26


def test_page_numbers_stand_on_the_outer_side_in_14_points():
    pages = made(Title("标题"), paragraph("国" * 28 * 60)).pages
    odd, even = lines(pages[0])[-1], lines(pages[1])[-1]
    assert (odd.text, even.text) == ("— 1 —", "— 2 —")
    assert odd.size == 14 and odd.x > 150
    assert even.x == pytest.approx(28 + 14 / MM, abs=0.2)


def test_wide_tables_lie_on_landscape_pages_with_the_page_number_at_the_left_edge():
    pages = made(Title("标题"), paragraph("前"), table(landscape=True), paragraph("后"), table(landscape=True)).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True, False, True]
    for page, below in ((pages[1], False), (pages[3], False)):
        number = next(line for line in lines(page) if "—" in line.text)
        assert number.x < 35
        assert (number.y > 105) == below


def test_landscape_numbers_of_odd_pages_stand_at_the_foot_of_the_left_edge():
    page = made(
        Title("标题"), Annex("附件1", "甲", landscape=True), table(), Annex("附件2", "乙", True), table()
    ).pages[2]
    number = next(line for line in lines(page) if "—" in line.text)
    assert number.x < 35 and number.y > 150


def test_a_long_table_repeats_its_header_on_every_page():
    pages = made(Title("附表"), table(rows=200)).pages
    assert len(pages) > 3
    assert all("列1" in page.extract_text() for page in pages)
    assert "200行2" in pages[-1].extract_text()


def test_an_annex_begins_a_new_page_with_its_label_and_takes_its_wide_table_along():
    pages = made(Title("总结"), paragraph("正文"), Annex("附件1", "统计表"), table(landscape=True)).pages
    assert len(pages) == 2
    assert [line.text for line in lines(pages[1]) if "—" not in line.text][:2] == ["附件1", "统计表"]


def test_the_file_is_tagged_and_says_that_it_is_pdf_a_2a_and_pdf_ua_1():
    chart = Chart("c", "图1", "一个黑色方块", SQUARE)
    reader = made(Title("标题", issuer="某局"), Heading("一、情况"), table(), chart)
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2" in metadata and "<pdfaid:conformance>A" in metadata and "<pdfuaid:part>1" in metadata
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.metadata.title == "标题" and reader.metadata.author == "某局"
    assert "一个黑色方块" in _alternatives(reader.trailer["/Root"]["/StructTreeRoot"])


def _alternatives(node):
    node = node.get_object()
    if isinstance(node, list):
        return [alt for child in node for alt in _alternatives(child)]
    if not isinstance(node, dict):
        return []
    own = [node["/Alt"]] if "/Alt" in node else []
    return own + (_alternatives(node["/K"]) if "/K" in node else [])


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '#import "x": *', "$x^2$ *b* _i_ @ref", "=cmd|'/c calc'!A0", "\\u{41} `raw` // no", "㙟堃喆𬭎"],
)  # fmt: skip
def test_text_from_returns_is_set_as_it_is(hostile):
    row = ((Entry(hostile), Entry("1")),)
    said = text(
        Title("标题"), paragraph(hostile), Table("t", "", ((Head("名称"), Head("数")),), row, ("left", "right"))
    )
    assert said.replace("\n", "").replace("\u200b", "").count(hostile) == 2


def test_a_mark_that_turns_text_around_is_shown_and_does_nothing():
    assert "甲〔U+202E〕321" in text(Title("标题"), paragraph("甲\u202e321"))


def test_characters_without_a_glyph_are_named_in_place_and_logged(caplog):
    with caplog.at_level(logging.WARNING):
        said = text(Title("标题"), paragraph("口罩😷与ไ"), table(note="\U0001f9ea"))
    assert "口罩〔U+1F637〕与〔U+0E44〕" in said and "〔U+1F9EA〕" in said
    assert "U+1F637" in caplog.text


def test_long_names_without_spaces_stay_inside_their_cell():
    row = ((Entry("A" * 200), Entry("末")),)
    page = made(Title("标题"), Table("t", "", ((Head("名称"), Head("数")),), row, ("left", "left"))).pages[0]
    assert page.extract_text().count("A") == 200
    pieces = [line for line in lines(page) if "A" in line.text]
    assert max(line.x for line in pieces) < next(line.x for line in lines(page) if line.text == "末")
    assert len({line.y for line in pieces}) > 1


def test_a_chart_that_cannot_be_drawn_is_told_in_words(caplog):
    said = text(Title("标题"), Chart("c", "图1", "三根柱子", "<svg><broken"), paragraph("后文"))
    assert "【此图无法绘制】" in said and "三根柱子" in said and "后文" in said


def test_headings_without_a_level_above_them_pass_the_gate():
    assert "（一）小节" in text(Title("标题"), Heading("（一）小节", 2), Heading("1. 更小", 3), Annex("附件1", "表"))


def test_unwritten_passages_errors_and_the_edition_are_in_the_text():
    said = text(
        Title("标题", "某局", "2021年5月31日", ("第一期",)),
        Paragraph((Run("共"), Run("3", ref="n"), Run("【待补充】", kind="todo"))),
        paragraph("某局\n2021年5月31日", style="signature"),
        paragraph("a  b", style="pre"),
        Provenance({}),
        edition_note="（公开版）",
    )
    for part in ("共3【待补充】", "第一期", "（公开版）", "某局"):
        assert part in said


def test_a_document_without_a_title_or_without_anything_still_renders():
    assert "正文" in text(paragraph("正文"))
    assert len(made().pages) == 1


def test_rows_that_end_early_leave_empty_cells_and_move_nothing():
    head = ((Head("甲", 1, 2), Head("乙", 2)), (Head("丙"), Head("丁")))
    ragged = Table("t", "缺格", head, ((Entry("一"),), (Entry("二", rowspan=9), Entry("三"))), ("left",))
    page = made(Title("标题"), Table("e", "空表", (), (), ()), ragged).pages[0]
    first = next(line for line in lines(page) if line.text.startswith("一"))
    second = next(line for line in lines(page) if line.text.startswith("二"))
    assert first.x == second.x and first.y < second.y
    assert "二 三" in page.extract_text()


def inside(reader):
    """All text that lies within the pages' text area, page numbers left out."""
    found = [line for page in reader.pages for line in lines(page) if "—" not in line.text]
    assert all(37 <= line.y <= 37 + 225 for line in found)
    return "".join(line.text for line in found)


def test_a_cell_higher_than_a_page_goes_on_on_the_next():
    row = ((Entry("短"), Entry("长" * 9000)),)
    said = inside(made(Title("标题"), Table("t", "", ((Head("甲"), Head("乙")),), row, ("left", "left"))))
    assert said.count("长") == 9000


def test_a_cell_of_many_lines_is_not_lost_either():
    row = ((Entry("\n".join("行" * 1 for _ in range(300))), Entry("末")),)
    assert inside(made(Title("标题"), Table("t", "", (), row, ("left", "left")))).count("行") == 300


def test_a_group_of_rows_higher_than_a_page_goes_on_on_the_next():
    first = (Entry("某地", rowspan=90), Entry("之"))
    said = inside(made(Title("标题"), Table("t", "", (), (first, *[(Entry("之"),)] * 89), ("left", "left"))))
    assert said.count("之") == 90


def test_a_header_higher_than_a_page_loses_nothing():
    head = ((Head("头" * 3000), Head("乙")),)
    said = inside(made(Title("标题"), Table("t", "", head, ((Entry("1"), Entry("2")),), ("left", "left"))))
    assert said.count("头") == 3000


def test_a_picture_higher_than_a_page_is_made_smaller():
    tall = SQUARE.replace('height="9"', 'height="900"')
    assert len(made(Chart("c", "图1", "一根高柱", tall)).pages) == 1


def test_empty_titles_headings_and_annexes_do_not_stop_the_document():
    assert "正文" in text(
        Title(""), Heading(""), Annex("", ""), Chart("c", "", "", SQUARE), Paragraph(()), paragraph("正文")
    )


SCRIPT = """
import hashlib
from tally.blocks import Heading, Paragraph, Run, Title
from tally.render import pdf, word
from tally.render.document import fonts
blocks = (Title("标题", "某局"), Heading("一、情况"), Paragraph((Run("正文"),)))
for made in (pdf.render(blocks, fonts=fonts.find(system=False), timestamp=86400), word.render(blocks, timestamp=86400)):
    print(hashlib.sha256(made).hexdigest())
"""


def test_another_folder_time_zone_and_locale_give_the_same_bytes(tmp_path):
    from tally.render import word

    blocks = (Title("标题", "某局"), Heading("一、情况"), paragraph("正文"))
    here = pdf.render(blocks, fonts=FONTS, timestamp=86400), word.render(blocks, timestamp=86400)
    elsewhere = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.split() == [hashlib.sha256(made).hexdigest() for made in here]


def tags(reader, name):
    """Structure elements of a kind, each with the kind of what holds it."""
    found = []

    def visit(node, above):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                visit(child, above)
        elif isinstance(node, dict):
            here = node.get("/S", above)
            if here == f"/{name}" and "/S" in node:
                found.append((node, above))
            if "/K" in node:
                visit(node["/K"], here)

    visit(reader.trailer["/Root"]["/StructTreeRoot"], "")
    return found


def test_a_caption_is_read_as_its_tables_and_a_rows_first_cell_as_its_header():
    listed = Table(
        "l",
        "名单",
        ((Head("序号"), Head("企业"), Head("数")),),
        ((Entry("1"), Entry("甲"), Entry("3")),),
        ("center", "left", "right"),
    )
    grouped = Table(
        "g", "", ((Head("甲"), Head("乙")),), ((Entry("组", rowspan=2), Entry("1")), (Entry("2"),)), ("left", "right")
    )
    reader = made(replace(table(rows=2), caption="表1 某某"), listed, grouped)

    assert [above for _, above in tags(reader, "Caption")] == ["/Table", "/Table"]
    scopes = [
        [cell["/A"][0]["/Scope"] for cell, _ in tags(reader, "TH") if cell["/A"][0]["/Scope"] == scope]
        for scope in ("/Column", "/Row")
    ]
    assert list(map(len, scopes)) == [2 + 3 + 2, 2 + 1 + 1]
    assert len(tags(reader, "TD")) == 2 + 2 + 2  # the second row of a group keeps its cells


def test_a_file_that_is_not_written_as_expected_stays_as_it_is():
    for odd in (b"", b"%PDF-1.7 no list of objects", b"xref\n0 1\nstartxref\n0\n%%EOF"):
        assert with_row_headers(odd, [0]) == odd
    sound = pdf.render((table(),), fonts=FONTS, timestamp=0)
    assert with_row_headers(sound, []) == sound


def test_the_properties_name_the_period():
    assert made(Title("工作总结"), name="工作总结（2021年5月）").metadata.title == "工作总结（2021年5月）"
    assert made(Title("工作总结")).metadata.title == "工作总结"


@pytest.mark.parametrize("lines_before", range(18, 23))
def test_a_signature_never_stands_alone_on_a_page(lines_before):
    many = [paragraph("一行") for _ in range(lines_before)]
    last = made(*many, paragraph("末段"), paragraph("某局\n2021年5月31日", style="signature")).pages[-1].extract_text()
    assert "某局" in last and "末段" in last
