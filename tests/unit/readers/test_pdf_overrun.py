"""Text of several lines in rows too low for it, as spreadsheets print them: whose it is, or that nobody can tell."""

import pytest

from tally.locate.column_labels import labels_over
from tally.locate.view import View
from tests.unit.readers.test_pdf import filled, grids, pdf

ROW, WIDTH, SIZE = 13, 66, 9.5


def sheet(rows: list[list[list[str]]], lifts: dict[tuple[int, int], float] | None = None) -> str:
    """Rows 13 pt high between rules; each cell's lines 11 pt apart, in the middle of it or moved down by its lift."""
    drawn = [f"#set page(width: 600pt, height: 300pt, margin: 0pt)\n#set text(size: {SIZE}pt)\n"]
    for n in range(len(rows) + 1):
        drawn.append(f"#place(dx: 20pt, dy: {60 + n * ROW}pt, line(length: {WIDTH * len(rows[0])}pt))\n")
    for n in range(len(rows[0]) + 1):
        height = ROW * len(rows)
        drawn.append(f"#place(dx: {20 + n * WIDTH}pt, dy: 60pt, line(angle: 90deg, length: {height}pt))\n")
    for r, row in enumerate(rows):
        for c, lines in enumerate(row):
            top = 60 + r * ROW + 2 - (len(lines) - 1) * 5.5 + (lifts or {}).get((r, c), 0.0)
            for n, line in enumerate(lines):
                drawn.append(f"#place(dx: {22 + c * WIDTH}pt, dy: {top + n * 11}pt, box[{line}])\n")
    return "".join(drawn)


HEAD = [["类别"], ["查办案件（件", "）"], ["移送公安机关", "案件数（件）", "累计"], ["罚没（万元）"]]


def test_a_heading_over_the_rules_is_whole_and_no_figure_of_another_column_is_taken_for_it():
    figures = [["质量类"], ["14"], ["2"], ["12.6"]]
    (grid,) = grids(pdf(sheet([HEAD, figures, figures])))
    assert filled(grid.rows[0]) == ["类别", "查办案件（件\n）", "移送公安机关\n案件数（件）\n累计", "罚没（万元）"]
    assert [filled(row) for row in grid.rows[1:]] == [["质量类", "14", "2", "12.6"]] * 2
    assert not any("移送" in line for line in grid.before)


def test_names_of_several_lines_in_low_rows_stay_each_in_its_own():
    names = [["样例甲口罩", "有限公司"], ["样例乙防护", "用品有限公", "司"], ["样例丙防护", "用品有限公", "司"]]
    rows = [[[str(n)], name, ["合格"]] for n, name in enumerate(names, 1)]
    (grid,) = grids(pdf(sheet([[["序号"], ["企业名称"], ["结果"]], *rows])))
    assert [(row[1] or "").replace("\n", "") for row in grid.rows] == ["企业名称", *("".join(name) for name in names)]


@pytest.mark.parametrize("below", ["", "3"])
@pytest.mark.parametrize("lift", range(-7, 8))
def test_what_is_left_of_a_heading_heads_no_column(lift, below):
    heading = ["移送公安机关", "案件数（件）", "累计"]
    rows = [[["类别"], heading, ["结案（件）"]], [["价格类"], [below], ["0"]], [["质量类"], ["2"], ["9"]]]
    (grid,) = grids(pdf(sheet(rows, {(0, 1): float(lift)})))
    label = "".join(labels_over(View(grid), 0, 0, 1)).replace("\n", "")
    assert label == "".join(heading) or "案件数" not in label


def test_rows_no_further_apart_than_lines_are_rows():
    rows = [[["类别"], ["结案"], ["罚没"]], *([[f"第{n}类"], [str(n)], ["0"]] for n in range(6))]
    (grid,) = grids(pdf(sheet(rows)))
    assert [filled(row) for row in grid.rows[1:]] == [[f"第{n}类", str(n), "0"] for n in range(6)]


@pytest.mark.parametrize("angle", [-90, 90])
def test_a_heading_turned_by_a_right_angle_is_read(angle):
    turned = f"#table(columns: 3, [类别], rotate({angle}deg, reflow: true)[出动执法人员（人次）累计], [结案], [质量类], [45], [9])"
    (grid,) = grids(pdf(turned))
    assert filled(grid.rows[0]) == ["类别", "出动执法人员（人次）累计", "结案"]


def test_columns_on_a_second_page_go_on_the_first_beside_the_rest_of_the_lines_above():
    title = "#place(dx: {x}pt, dy: 40pt, box[{text}])\n"
    left = sheet([[["类别"], ["结案"], ["罚没"]], *([[f"第{n}类"], [str(n)], ["0"]] for n in range(4))])
    right = sheet([[["案值"], ["移送"], ["备注"]], *([[str(n)], ["1"], [""]] for n in range(4))])
    pages = left + title.format(x=22, text="填报单位：亭湖区") + "#pagebreak()\n" + right
    (grid,) = grids(pdf(pages + title.format(x=150, text="2021年5月31日")))
    assert filled(grid.rows[1]) == ["第0类", "0", "0", "0", "1", ""]
    assert "2021年5月31日" in (*grid.before, *grid.after)
