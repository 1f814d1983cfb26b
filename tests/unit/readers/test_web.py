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
