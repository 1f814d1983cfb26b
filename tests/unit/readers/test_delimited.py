"""Delimited and running text, whatever its encoding, separator or name."""

import pytest

from tally.errors import UnreadableFile
from tally.readers import read_bytes

TABLE = "附件4\n填报单位：某某区,,单位：万元\n类别,查办案件,罚没\n价格类,3,1.5\n质量类,２,/\n"
ROWS = [
    ["附件4", None, None],
    ["填报单位：某某区", None, "单位：万元"],
    ["类别", "查办案件", "罚没"],
    ["价格类", "3", "1.5"],
    ["质量类", "２", "/"],
]


def one(data: bytes | str):
    return read_bytes(data if isinstance(data, bytes) else data.encode(), "x.csv")[0]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_the_encoding_is_told_from_the_bytes(encoding):
    assert one(TABLE.encode(encoding)).grids[0].rows == ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，", "|"])
def test_the_delimiter_is_told_from_the_lines(delimiter):
    table = "类别,查办,立案,罚没\n价格类,3,1,0.5\n质量类,2,2,0\n合计,5,3,0.5".replace(",", delimiter)
    assert one(table).grids[0].rows[1] == ["价格类", "3", "1", "0.5"]


def test_commas_inside_numbers_do_not_beat_tabs():
    assert one("类别\t罚没\t案值\n价格\t1,234\t5,678\n质量\t2,000\t3,000\n").grids[0].rows[1] == [
        "价格",
        "1,234",
        "5,678",
    ]


def test_quotes_hold_delimiters_and_newlines():
    assert one('a,b,c\n"x,y","1\n2","he said ""hi"""\n').grids[0].rows[1] == ["x,y", "1\n2", 'he said "hi"']


def test_a_quote_that_is_never_closed_swallows_nothing_and_is_noted():
    grid = one('名称,规格,数\n甲,2"口罩,3\n乙,"x,4\n').grids[0]
    assert grid.rows[1] == ["甲", '2"口罩', "3"]
    assert "引号不成对，按普通字符读取" in grid.notes


def test_the_trick_that_forces_text_is_unwrapped():
    grid = one('代码,名称,数\n="0091320900",甲,1\n').grids[0]
    assert grid.rows[1][0] == "0091320900"
    assert grid.marks[1, 0].formula == '="0091320900"'


def test_blank_lines_keep_addresses_and_trailing_empties_go():
    assert one("a,b,c,,\n\n,,,,\n1,2,3,,\n,,,,\n").grids[0].rows == [
        ["a", "b", "c"],
        [None] * 3,
        [None] * 3,
        ["1", "2", "3"],
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(newline):
    assert len(one(f"a,b,c{newline}1,2,3{newline}4,5,6").grids[0].rows) == 3


@pytest.mark.parametrize(
    "text",
    [
        "关于口罩产品质量提升专项整治行动的工作总结\n截至4月30日，我区共出动执法人员120人次，检查经营者80户次，查办案件3件，其中立案2件。\n一、主要做法，加强组织领导，成立专班，明确分工。\n",
        "工作总结，完。",
        "# 总结\n\n1. 检查 80 户, 立案 3 件\n2. 罚没 1,234 元\n",
        "一行",
    ],
)
def test_running_text_is_text_and_no_table(text):
    document = one(text.encode("gb18030"))
    assert (document.grids, document.text) == ((), text)


def test_a_markdown_table_keeps_its_line_numbers():
    grid = one("说明\n\n| 类别 | 数 | 额 |\n|---|---:|---|\n| 价格 | 3 | 1 |\n").grids[0]
    assert grid.rows[2:] == [["类别", "数", "额"], [None] * 3, ["价格", "3", "1"]]


def test_a_few_wrong_bytes_lose_a_character_and_not_the_return():
    data = (TABLE * 5).encode("gb18030").replace("质量类".encode("gb18030"), b"\xff\xd6\xca\xc1\xbf\xc0\xe0", 1)
    grid = one(data).grids[0]
    assert grid.rows[3] == ROWS[3]
    assert grid.rows[4][0].endswith("质量类")
    assert any("无法识别" in note for note in grid.notes)


def test_binary_rubbish_is_of_no_known_type():
    with pytest.raises(UnreadableFile) as e:
        one(bytes(range(256)) * 20)
    assert e.value.problem == "unknown_type"


def test_the_mark_with_which_dos_ends_a_text_is_none_of_it():
    text = "类别,查办,立案,结案\n价格类,3,2,1\n质量类,4,2,2\n".encode("gbk")
    assert read_bytes(text + b"\x1a", "x.csv") == read_bytes(text, "x.csv")


LINES = ["序号,企业名称,结果,数量", "1,样例甲厂,合格,0", "2,样例乙厂,不合格,5", "3,样例丙厂,合格,0"]


@pytest.mark.parametrize(
    ("end", "told"), [("\n4,样例丁厂,合", ["合"]), ("\n4,样例丁厂,合\n", []), ("\n填表人：某甲", []), ("", [])]
)
def test_a_text_that_breaks_off_within_its_last_record_is_told(end, told):
    (grid,) = read_bytes(("\n".join(LINES) + end).encode(), "x.csv")[0].grids
    assert [ink.text for ink in grid.ink if ink.kind == "cut"] == told


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_zero_bytes_that_fill_a_file_up_are_no_text(encoding):
    text = "\n".join(LINES) + "\n"
    (grid,) = read_bytes(text.encode(encoding) + b"\0" * 300, "x.csv")[0].grids
    assert len(grid.rows) == 4 and grid.rows[1] == ["1", "样例甲厂", "合格", "0"]


def test_tabs_that_set_short_labels_in_line_are_one_each():
    lines = ["类别\t\t\t查办\t立案\t结案", "价格类\t\t0\t0\t0", "质量类\t\t14\t12\t9", "不正当竞争类\t3\t2\t1"]
    (document,) = read_bytes("\n".join(lines).encode(), "附件4.txt")
    assert [row[:4] for row in document.grids[0].rows] == [
        ["类别", "查办", "立案", "结案"], ["价格类", "0", "0", "0"], ["质量类", "14", "12", "9"], ["不正当竞争类", "3", "2", "1"],
    ]  # fmt: skip


def test_an_empty_field_behind_a_label_stays_where_it_is():
    lines = ["类别\t查办\t立案\t结案", "价格类\t\t0\t0", "质量类\t14\t12\t9", "其他\t3\t2\t1\t"]
    (document,) = read_bytes("\n".join(lines).encode(), "附件4.txt")
    assert document.grids[0].rows[1][:4] == ["价格类", None, "0", "0"]
