"""PDF with text: by drawn lines, by columns, over pages, turned, out of order; and what is refused."""

import io

import pypdf
import pytest
import typst
from pypdf.generic import NameObject

from tally.errors import UnreadableFile
from tally.model import Span
from tally.readers import limits, read_bytes
from tally.render.document.fonts import pip_font

HEAD = ["类别", "查办案件(件)", "结案(件)", "罚没(万元)"]
BODY = [["价格类", "3", "1", "0.5"], ["质量类", "1,234", "", "20.13"], ["合计", "1237", "1", "20.63"]]
ROWS = [HEAD, *BODY]


def pdf(source: str) -> bytes:
    head = '#set text(font: "Noto Sans CJK SC", size: 10pt)\n#set page(width: 400pt, height: 300pt)\n'
    return typst.compile((head + source).encode(), font_paths=[str(pip_font().parent)], ignore_system_fonts=True)


def table(rows: list[list[str]], options: str = "", header: int = 0) -> str:
    cells = [f"[{cell}]" for row in rows for cell in row]
    width = len(rows[0]) * header
    top = f"table.header({', '.join(cells[:width])})," if header else ""
    return f"#table(columns: {len(rows[0])}, {options} {top} {', '.join(cells[width:])})\n"


def grids(data: bytes):
    return read_bytes(data, "x.pdf")[0].grids


def filled(row: list) -> list[str]:
    return [v or "" for v in row]


TITLE = "附件4 口罩案件查处情况统计表\n\n填报单位：亭湖区 #h(1fr) 2021年6月3日\n\n"
LOOKS = {
    "all lines": "",
    "no lines": "stroke: none, column-gutter: 20pt,",
    "lines across": "stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt),column-gutter: 20pt,",
    "no outer lines": "stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt, left: if x > 0 {0.5pt}),",
    "thick and grey": "stroke: 2pt + luma(150), fill: luma(240),",
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_table_is_read_whatever_lines_it_has(look):
    (grid,) = grids(pdf(TITLE + table(ROWS, LOOKS[look]) + "注：略"))
    assert [filled(r) for r in grid.rows] == ROWS
    assert grid.sheet == "第1页表1"
    assert "填报单位：亭湖区  2021年6月3日" in grid.before and grid.after == ("注：略",)


def test_merged_cells_are_ranges():
    cells = "table.cell(rowspan: 2)[类别], table.cell(colspan: 2)[案件], [查办], [结案], [价格类], [3], [1]"
    (grid,) = grids(pdf(f"#table(columns: 3, {cells})"))
    assert [filled(r) for r in grid.rows] == [["类别", "案件", ""], ["", "查办", "结案"], ["价格类", "3", "1"]]
    assert set(grid.merges) == {Span(0, 0, 1, 0), Span(0, 1, 0, 2)}


@pytest.mark.parametrize("header", [0, 1], ids=["without its header again", "with its header again"])
def test_a_table_that_goes_on_over_pages_is_one(header):
    rows = [HEAD, *([f"第{n}类", str(n), "1", "2"] for n in range(40))]
    (grid,) = grids(pdf(TITLE + table(rows, header=header)))
    assert [filled(r) for r in grid.rows] == rows
    assert grid.sheet.startswith("第1-")


def test_two_tables_on_a_page_stay_two():
    found = grids(pdf(table(ROWS[:2]) + "\n第二张\n\n" + table(ROWS[:3])))
    assert [(g.sheet, len(g.rows), g.before) for g in found] == [("第1页表1", 2, ()), ("第1页表2", 3, ("第二张",))]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_read_upright(degrees):
    flag = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(TITLE + table(ROWS))))
    flag.pages[0].rotate(degrees)
    out = io.BytesIO()
    flag.write(out)
    turned = pdf(f"#rotate({degrees}deg, reflow: true)[{TITLE}{table(ROWS)}]")
    for data in (out.getvalue(), turned):
        assert [filled(r) for r in grids(data)[0].rows] == ROWS


def test_text_out_of_order_is_read_by_where_it_stands():
    lines = table([["#h(60pt)"] * 3] * 2, "rows: 20pt, inset: 0pt,")
    placed = [
        f"#place(top + left, dx: {60 * c + 20}pt, dy: {20 * r + 5}pt)[{r * 3 + c}]" for r in (1, 0) for c in (2, 0, 1)
    ]
    (grid,) = grids(pdf(lines + "".join(placed)))
    assert grid.rows == [["0", "1", "2"], ["3", "4", "5"]]


def test_struck_figures_are_marked():
    (grid,) = grids(pdf(table([["类别", "查办"], ["价格类", "#strike[123]"]])))
    assert grid.marks[1, 1].struck and grid.rows[1][1] == "123"


def test_text_that_reaches_its_cells_edge_may_go_on_unseen():
    long = "#box(width: 30pt, clip: true, height: 10pt)[#box(width: 200pt)[示例甲卫生用品有限公司]]"
    (grid,) = grids(pdf(f"#table(columns: (34pt, 60pt), inset: 2pt, [企业], [数], [{long}], [12])"))
    assert (grid.ink[0].cell, grid.ink[0].kind) == ("A2", "unseen") and grid.rows[1][1] == "12"


def test_figures_near_their_edge_in_a_sheet_printed_small_are_whole():
    cells = "#set text(size: 4pt)\n#table(columns: (20pt, 20pt), inset: 0.3pt, align: right, [类别], [查办], [质量类], [14])"
    (grid,) = grids(pdf(cells))
    assert grid.ink == () and grid.rows[1] == ["质量类", "14"]


def problem(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableFile) as e:
        read_bytes(data, "x.pdf")
    return e.value.problem, e.value.detail


def without_unicode(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object().pop(NameObject("/ToUnicode"), None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_font_that_does_not_tell_its_characters_is_refused_and_never_guessed():
    assert problem(without_unicode(pdf(TITLE + table(ROWS)))) == ("unmapped", "第 1 页")


def test_one_character_that_a_font_does_not_tell_costs_itself_and_is_said():
    """A dash in a page's number drawn with a font of signs; in a cell it would be the cell."""
    (document,) = read_bytes(pdf(TITLE + table(ROWS * 3) + "第\ue101页"), "x.pdf")
    grid = document.grids[0]
    assert any("没有注明是什么字" in ink.text for ink in grid.ink)
    assert not any("\ufffd" in str(value) for row in grid.rows for value in row)


def encrypted(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("geheim")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_locked_long_and_broken_files_say_so(monkeypatch):
    assert problem(encrypted(pdf("a")))[0] == "encrypted"
    assert problem(pdf(TITLE + table(ROWS))[:3000])[0] == "damaged"
    monkeypatch.setattr("tally.readers.pdf.reading.PDF_PAGES", 3)
    assert problem(pdf("#pagebreak()" * 4)) == ("too_large", "PDF 有 5 页，超过 3 页")
    assert limits.PDF_PAGES < 200


def picture() -> str:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (200, 150), 200).save(out, "PNG")
    numbers = ", ".join(map(str, out.getvalue()))
    return f"#place(top + left, dx: -40pt, dy: -40pt, image(bytes(({numbers})), width: 400pt, height: 300pt))"


def test_pages_that_are_pictures_are_told_even_with_text_that_a_program_put_under_them():
    assert problem(pdf(picture())) == ("picture", "PDF，共 1 页")
    assert problem(pdf(picture() + table(ROWS)))[0] == "picture"
    first, second = read_bytes(pdf(table(ROWS) + "#pagebreak()" + picture()), "x.pdf")
    assert [filled(r) for r in first.grids[0].rows] == ROWS
    assert (second.problem, second.detail) == ("picture", "PDF 第 2 页")


def test_running_text_is_text():
    (document,) = read_bytes(pdf("关于口罩整治的工作总结\n\n截至5月31日，查办案件3件，其中立案2件。"), "x.pdf")
    assert document.grids == () and "查办案件3件" in document.text


WIDE = [
    [*row, *more]
    for row, more in zip(ROWS, (["案值(万元)", "移送(件)"], ["1", "0"], ["2.5", "1"], ["3.5", "1"]), strict=True)
]
ROWS_AT = "rows: (30pt, 20pt, 20pt, 20pt),"


def across(*columns: slice, rows: list[list[str]] = WIDE, place: str = "dy: 90pt") -> bytes:
    """A sheet printed column by column: each page has its columns at the height of the first page's."""
    pages = []
    for n, part in enumerate(columns):
        title = f"#place(dy: 20pt)[{TITLE}]" if n == 0 else ""
        pages.append(f"{title}#place({place})[{table([row[part] for row in rows], ROWS_AT)}]")
    return pdf("#pagebreak()".join(pages))


@pytest.mark.parametrize("columns", [(slice(0, 3), slice(3, 6)), (slice(0, 2), slice(2, 4), slice(4, 6))])
def test_columns_printed_on_further_pages_stand_beside_the_first_again(columns):
    (grid,) = grids(across(*columns))
    assert [filled(row) for row in grid.rows] == WIDE
    assert len(grid.notes) == len(columns) - 1


def test_first_columns_printed_again_on_each_page_count_once():
    again = [[row[0], *row[3:]] for row in WIDE]
    (grid,) = grids(
        pdf(
            f"#place(dy: 20pt)[{TITLE}]#place(dy: 90pt)[{table([r[:3] for r in WIDE], ROWS_AT)}]#pagebreak()"
            f"#place(dy: 90pt)[{table(again, ROWS_AT)}]"
        )
    )
    assert [filled(row) for row in grid.rows] == WIDE


def test_a_page_of_more_records_is_no_further_columns():
    more = [["价格类", "3", "1", "0.5"], ["质量类", "7", "", "2"], ["其他", "1", "0", "0"], ["合计", "11", "1", "2.5"]]
    first, second = (f"#place(dy: 90pt)[{table(rows, ROWS_AT)}]" for rows in (ROWS, more))
    read = grids(pdf(f"{first}#pagebreak(){second}"))
    assert [filled(row)[:1] for grid in read for row in grid.rows] == [[row[0]] for row in (*ROWS, *more)]


LONG = "责令立即停售、整改、召回、信用公示"


def tall(clip: str, lines: int) -> str:
    """Three rows whose middle one holds more lines than it is high, as a spreadsheet prints them."""
    text = "\\ ".join(LONG[n : n + 6] for n in range(0, lines * 6, 6))
    cell = f"#box(width: 80pt, height: 16pt, {clip})[#place(horizon)[#set par(leading: 2pt); #text(size: 9pt)[{text}]]]"
    rows = f"[1], [500], [甲], [2], [600], [{cell}], [3], [700], []"
    return f"#table(columns: (30pt, 40pt, 80pt), rows: (16pt, 16pt, 16pt), inset: 0pt, {rows})"


def test_lines_that_do_not_fit_their_cell_are_cut_off_there_and_no_other_cells_text():
    (grid,) = grids(pdf(tall("clip: true", 3)))
    assert [filled(row)[2].replace("\n", "") for row in grid.rows] == ["甲", LONG[:18], ""]
    assert grid.ink == ()


def test_lines_across_an_edge_that_nothing_cuts_off_are_said():
    (grid,) = grids(pdf(tall("", 3)))
    assert {ink.kind for ink in grid.ink} == {"unseen"}


def test_text_outside_what_a_page_shows_is_no_line_of_it():
    hidden = "#box(width: 40pt, height: 10pt, clip: true)[#place(dx: 60pt)[数据有误]]"
    (grid,) = grids(pdf(f"{TITLE} {hidden}\n\n" + table(ROWS)))
    assert not any("数据有误" in line for line in grid.before)
    assert "数据有误" in "".join(ink.text for ink in grid.ink)
