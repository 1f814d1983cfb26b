"""HTML and MHTML, as exports named .xls bring them."""

import pytest

from tally.model import Run, Span
from tally.readers import read_bytes


def one(text: str, encoding="utf-8"):
    return read_bytes(text.encode(encoding), "x.xls")[0]


def test_spans_move_the_cells_after_them():
    grid = one("<table><tr><th rowspan=2>甲<th colspan=2>乙<tr><td>1<td>2<tr><td>a<td>b<td>c</table>").grids[0]
    assert grid.rows == [["甲", "乙", None], [None, "1", "2"], ["a", "b", "c"]]
    assert set(grid.merges) == {Span(0, 0, 1, 0), Span(0, 1, 0, 2)}


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gbk", "gb2312"), ("utf-8", "utf-8"), ("gb18030", ""), ("utf-8", "gb2312"), ("utf-16", "")],
)
def test_the_charset_is_the_declared_one_if_it_fits_else_the_one_that_does(encoding, declared):
    text = f"<html><head><meta charset='{declared}'></head><body><table><tr><td>盐都区甲乙丙</td></tr></table></body></html>"
    assert one(text, encoding).grids[0].rows == [["盐都区甲乙丙"]]


def test_breaks_are_newlines_and_layout_space_is_none():
    grid = one("<table><tr><td> 查办\n   案件 <br>（件）</td><td><p>一</p><p>二</p></td></tr></table>").grids[0]
    assert grid.rows == [["查办 案件\n（件）", "一\n二"]]


def test_text_around_tables_and_several_tables():
    first, second = one(
        "<p>附件4</p><table><tr><td>1</table>注：<b>一</b><table><caption>附件5</caption><tr><td>2</table>"
    ).grids
    assert (first.sheet, first.before, first.after) == ("表1", ("附件4",), ("注：一", "附件5"))
    assert (second.sheet, second.before) == ("表2", ("注：一", "附件5"))


def test_scripts_are_never_text():
    document = one(
        "<html><script>var x='<table><tr><td>1</table>'</script><style>a{}</style><p>题</p><table><tr><td>2</table></html>"
    )
    assert (document.text, document.grids[0].rows) == ("题", [["2"]])


def test_struck_text_hidden_rows_and_exact_numbers():
    grid = one(
        "<table><tr><td><s>15</s><td><del>15</del>12<td x:num='153.14159'>153.14<td x:num>7</tr>"
        "<tr style='display:none'><td>9</tr></table>"
    ).grids[0]
    assert grid.rows == [["15", "12", 153.14159, "7"], ["9", None, None, None]]
    assert (grid.marks[0, 0].struck, grid.marks[0, 1].runs, grid.hidden_rows) == (
        True,
        (Run("15", "struck"), Run("12")),
        {1},
    )


def test_nested_tables_are_grids_of_their_own():
    first, second = one("<table><tr><td>外<table><tr><td>内<td>二</table><td>右</table>").grids
    assert (first.rows, second.rows) == ([["外", "右"]], [["内", "二"]])


def test_a_web_page_saved_as_one_file():
    text = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><meta charset=3Dgb2312><table><tr><td>=BC=D7</td></tr></table></html>\r\n--b--\r\n"
    )
    document = one(text)
    assert (document.kind, document.grids[0].rows) == ("mhtml", [["甲"]])


LAID_OUT = {
    "in each tag": (
        "",
        '<div style="display:table"><div style="display: table-row"><span style="display:table-cell">甲</span>'
        '<span style="display:table-cell">3</span></div></div>',
    ),
    "by a sheet of rules": (
        ".t {display: table} .r {display: table-row} .c {display: table-cell}",
        '<div class="t"><div class="r"><div class="c">甲</div><div class="c">3</div></div></div>',
    ),
}


@pytest.mark.parametrize("where", LAID_OUT)
def test_blocks_that_a_style_lays_out_as_a_table_are_one(where):
    rules, body = LAID_OUT[where]
    page = f"<html><head><style>{rules}</style></head><body>{body}</body></html>"
    assert read_bytes(page.encode(), "x.html")[0].grids[0].rows == [["甲", "3"]]


SEEN = {
    "<td><ruby>14<rt>16</rt></ruby></td>": "14¹⁶",
    "<td><ruby>14<rp>(</rp><rt>16</rt><rp>)</rp></ruby></td>": "14¹⁶",
    '<td><span style="position:absolute;left:-9999px">1</span>14</td>': "14",
    '<td><span style="text-indent: -999em">1</span>14</td>': "14",
    '<td><span style="position:absolute; clip: rect(0, 0, 0, 0)">1</span>14</td>': "14",
    '<td><span class="sr">1</span>14</td>': "14",
    '<td class="about">14</td>': "约14",
    '<td class="less">14<b></b></td>': "14以下",
    '<td><bdo dir="rtl">41</bdo></td>': "14",
    '<td style="margin-left:-2px">14</td>': "14",
}
RULES = ".sr {position: absolute; left: -10000px} .about::before {content: '约'} td.less:after {content: \"以\" '下'} .no::after {content: attr(x)}"


@pytest.mark.parametrize("cell", SEEN)
def test_a_cell_reads_as_a_browser_shows_it(cell):
    page = f"<html><head><style>{RULES}</style></head><body><table><tr>{cell}<td class='no'>9</td></tr></table></body></html>"
    assert read_bytes(page.encode(), "x.html")[0].grids[0].rows == [[SEEN[cell], "9"]]


EXCEL = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--@page {{margin:1in; {page}}}\n'
    '.a {{mso-number-format:"0\\0022元\\0022";}} .b {{mso-number-format:"\\;\\;\\;";}} .c {{mso-number-format:"\\@";}}\n'
    '.d {{mso-number-format:"\\#\\,\\#\\#0\\.00";}} .e {{mso-number-format:0%;}}--></style></head>'
    "<body><table><tr>{cells}</tr></table></body></html>"
)


def excel(cells: str, page: str = ""):
    return one(EXCEL.format(cells=cells, page=page)).grids[0]


def test_words_of_the_printed_page_are_lines_and_ink_as_in_a_workbook():
    grid = excel("<td>甲", 'mso-header-data:"&C单位：元"; mso-footer-data:"&L注：估计&R第 &P 页"')
    assert (grid.before, grid.after) == (("单位：元",), ("注：估计",))
    assert {ink.kind for ink in grid.ink} == {"page header", "page footer"}


SHOWN = {
    "typed in a format": ("<td class=a>30", 30, "30元"),
    "stored in a format": ("<td class=a x:num=30>30元", 30, "30元"),
    "format of nothing": ("<td class=b>4", 4, ""),
    "nothing written": ("<td class=b x:num=4>", 4, ""),
    "share": ("<td class=e>5", 5, "500%"),
    "another number stored": ("<td x:num=40>4", 40, "4"),
    "text": ("<td class=c>30", "30", None),
    "the same number": ("<td class=d>1234", "1234", None),
    "the same number stored": ("<td class=d x:num=1234>1,234.00", 1234, None),
    "words": ("<td class=a>无", "无", None),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_cell_is_read_as_excel_shows_it(name):
    cell, value, shown = SHOWN[name]
    grid = excel(cell)
    mark = grid.marks.get((0, 0))
    assert (grid.rows[0][0], mark.shown if mark else None) == (value, shown)


def test_what_only_some_viewers_show_is_never_one_number_with_the_rest():
    grid = excel("<td><![if !vml]>9<![endif]>4<td>4<!--[if gte mso 9]>9<![endif]--><td x:str='40'>4")
    assert [run.text for run in grid.marks[0, 0].runs] == ["9", "4"]
    assert [(ink.cell, ink.text) for ink in grid.ink] == [("B1", "9"), ("C1", "40")]
