"""Tables whose cells are not all drawn: read as a person reads them, or not at all; and lists over pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.readers.test_pdf import TITLE, filled, grids, pdf

HEAD = [
    "类别",
    "出动执法人员（人次）累计",
    "查办案件（件）",
    "其中：立案（件）",
    "罚没（万元）",
    "移送公安机关案件数（件）累计",
]
NAMES = ["价格类", "质量类", "不正当竞争类", "知识产权类", "其他", "合计"]
BODY = [[name, str(n * 7), "12" if n else "0", "3", f"{n}.5", "1"] for n, name in enumerate(NAMES)]
LOOKS = {
    "three lines": "stroke: (x, y) => (top: if y < 2 {0.7pt}, bottom: if y == 6 {0.7pt}),",
    "lines down": "stroke: (left: 0.5pt, right: 0.5pt),",
    "fills": "stroke: none, fill: (x, y) => if calc.even(y) {luma(220)},",
    "no lines": "stroke: none,",
    "a header in boxes": "stroke: (x, y) => if y == 0 {0.5pt} else {(bottom: 0.5pt)},",
}
WIDTHS = {"wide": 80, "narrow": 55}


def drawn(rows: list[list[str]], look: str, width: int, align: str) -> bytes:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    columns = f"({', '.join([f'{width}pt'] * len(rows[0]))})"
    page = "#set page(width: 600pt, height: 500pt)\n#set text(size: 8pt)\n"
    return pdf(f"{page}{TITLE}#table(columns: {columns}, align: {align}, {LOOKS[look]} {cells})\n注：略")


def plain(rows: list) -> list[list[str]]:
    return [[cell.replace("\n", "") for cell in filled(row)] for row in rows]


@pytest.mark.parametrize(
    "align", ["left", "right", "center", "horizon + center", "(x, y) => if y == 0 or x == 0 {left} else {right}"]
)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("look", LOOKS)
def test_a_table_is_read_whatever_is_drawn_of_it_and_however_its_headings_wrap(look, width, align):
    (grid,) = grids(drawn([HEAD, *BODY], look, WIDTHS[width], align))
    assert plain(grid.rows) == [HEAD, *BODY]
    assert "注：略" in grid.after and any("填报单位" in line for line in grid.before)


FIGURES = st.sampled_from(["0", "7", "12", "1234", "5.5", "", "-", "/"])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.lists(FIGURES, min_size=5, max_size=5), min_size=6, max_size=6),
    st.sampled_from(sorted(LOOKS)),
    st.sampled_from(sorted(WIDTHS)),
    st.sampled_from(["left", "right", "center"]),
)
def test_no_figure_is_read_in_another_cell_than_it_stands_in(figures, look, width, align):
    rows = [HEAD, *([name, *row] for name, row in zip(NAMES, figures, strict=True))]
    for grid in grids(drawn(rows, look, WIDTHS[width], align)):
        by_name = dict(zip(plain(grid.rows)[0], zip(*plain(grid.rows), strict=True), strict=True))
        for name, column in zip(HEAD, zip(*rows, strict=True), strict=True):
            assert name not in by_name or by_name[name] == column


FIRMS = st.sampled_from(["盐城样例甲口罩有限公司", "盐城样例乙防护用品有限公司", "样例丙厂"])


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(FIRMS, st.sampled_from(["合格", "不合格"]), st.sampled_from(["500", "", "/"])),
        min_size=1,
        max_size=60,
    ),
    st.booleans(),
)
def test_a_list_over_pages_is_one_with_every_record_once(records, repeated):
    rows = [[str(n), *record] for n, record in enumerate(records, 1)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    head = "[序号], [抽查企业名称], [抽查结果], [数量]"
    head = f"table.header({head})" if repeated else head
    (grid,) = grids(pdf(f"#table(columns: (30pt, 60pt, 50pt, 50pt), {head}, {cells})"))
    assert plain(grid.rows) == [["序号", "抽查企业名称", "抽查结果", "数量"], *rows]
