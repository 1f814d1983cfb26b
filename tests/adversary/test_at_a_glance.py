"""Layouts that a person reads at a glance: headings over two rows, forms side by side, a count under each choice, a missing heading."""

import pytest

from tests.adversary.world import SAMPLING_HEAD, TITLES, batch, cases, failing, firm, form3, form4, form5, passing

RIGHT = {
    "cases": ("quality", "cases_transferred", 0),
    "sampling": (2, "failed_quantity", 500),
    "enterprises": (1, "daily_capacity", 5),
}
HEADS = {
    "cases": [
        ["查办案件情况", "出动执法人员", "检查经营者数", "查办案件", "其中：", "结案", "罚没", "案值", "查获口罩", "移送公安机关"],
        [None, "（人次）累计", "（户/人）累计", "（件）", "立案（件）", "（件）", "（万元）", "（万元）", "（万只）累计", "案件数（件）累计"],
    ],
    "sampling": [
        ["序号", "产品", "规格", "抽查企业", "抽查", "不合格", "不合格产品的", "不合格产品是否", "不合格产品流入", "后处理", "对企业", "企业生产",
         "企业", "新企业"],
        [None, "名称", "型号", "名称", "结果", "项目", "批次数量（只）", "流入市场", "市场方向", "措施", "帮扶措施", "状况", "规模", "成立时间"],
    ],
    "enterprises": [
        ["序号", "企业", "统一社会", "地址", "法定", "联系人", "联系", "证照", "产品", "执行", "企业生产", "企业", "成立", "日产能", "备注"],
        [None, "名称", "信用代码", None, "代表人", None, "电话", "情况", "名称", "标准", "状况", "规模", "时间", "（万只）", None],
    ],
}  # fmt: skip
GROUPS = [
    ["序号", "产品名称", "规格型号", "抽查企业名称", "抽查情况", None, "不合格产品情况", None, None, "后处理措施", "对企业帮扶措施",
     "企业基本情况", None, None],
    [None, None, None, None, "抽查结果", "不合格项目", "批次数量（只）", "是否流入市场", "流入市场方向", None, None, "生产状况", "规模", "成立时间"],
]  # fmt: skip


def form(name: str) -> list[list]:
    return {
        "cases": form4(),
        "sampling": form5(batch(), failing(2, enterprise="盐城样例乙口罩有限公司")),
        "enterprises": form3(firm()),
    }[name]


def right(out, name: str) -> None:
    """The form's telling figure is right, and every figure is the one of the plain form."""
    row, field, value = RIGHT[name]
    assert out.value(row, field, name) == value
    assert not {r for r in out.rules() if r.startswith("form.")}


@pytest.mark.parametrize("name", HEADS)
def test_a_label_over_two_rows_is_one_label(world, name):
    rows = form(name)
    world.put("亭湖区/表.xlsx", {"表": [*rows[:3], *HEADS[name], *rows[4:]]})
    right(world.run(), name)


def test_columns_below_a_groups_name_are_fields_by_both(world):
    rows = form("sampling")
    world.put("亭湖区/表.xlsx", {"表": [*rows[:3], *GROUPS, *rows[4:]]})
    right(world.run(), "sampling")


def beside(left: list[list], right: list[list]) -> list[list]:
    width = max(map(len, left))
    lines = max(len(left), len(right))
    left = [*left, *[[]] * (lines - len(left))]
    right = [*right, *[[]] * (lines - len(right))]
    return [[*a, *[None] * (width - len(a)), *b] for a, b in zip(left, right, strict=True)]


ORDERS = [
    ("cases", "sampling"), ("sampling", "cases"), ("sampling", "enterprises"), ("enterprises", "sampling"),
    ("cases", "sampling", "enterprises"), ("enterprises", "cases", "sampling"),
]  # fmt: skip


@pytest.mark.parametrize("names", ORDERS, ids="-".join)
def test_forms_side_by_side_without_a_gap_are_each_read(world, names):
    first, *others = [form(name) for name in names]
    for other in others:
        first = beside(first, other)
    world.put("亭湖区/表.xlsx", {"表": first})
    out = world.run()
    for name in names:
        right(out, name)


def test_columns_of_the_roster_in_a_list_of_samples_make_no_second_table(world):
    rows = form("sampling")
    rows[3] = [*rows[3], "地址", "证照情况", "执行标准", "联系人"]
    rows[4:] = [[*r, "某路1号", "齐全", "GB/T 32610-2016", "某乙"] for r in rows[4:]]
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert out.records("sampling") == 2
    assert len(out.said("form.unknown_column")) == 4


def choices(names: list[str], tick: object) -> list[list]:
    rows = form("sampling")
    body = [[*r[:4], *((tick, None) if r[4] == "合格" else (None, tick)), *r[5:]] for r in rows[4:]]
    return [*rows[:3], [*SAMPLING_HEAD[:4], *names, *SAMPLING_HEAD[5:]], *body]


@pytest.mark.parametrize("tick", ["√", 1])
@pytest.mark.parametrize("names", [["合格批次", "不合格批次"], ["合格批次数", "不合格批次数"]])
def test_one_batch_under_the_number_of_each_result_is_its_result(world, names, tick):
    world.put("亭湖区/表.xlsx", {"表": choices(names, tick)})
    out = world.run()
    assert out.column("result", "sampling") == ["合格", "不合格"]
    right(out, "sampling")


def test_several_batches_in_one_line_have_no_result(world):
    world.put("亭湖区/表.xlsx", {"表": choices(["合格批次", "不合格批次"], 3)})
    out = world.run()
    assert out.column("result", "sampling") == [None, None]
    assert out.at("E5", "error") == ["cell.ticks"]


@pytest.mark.parametrize("at", range(1, 13))
def test_one_heading_left_out_of_a_list_costs_its_column_alone(world, at):
    rows = form("sampling")
    rows[3] = [*rows[3]]
    rows[3][at] = None
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert "form.headings_shifted" not in out.rules()
    assert "form.missing_column" in out.rules() | out.rules("note")
    others = [f for f in ("product_name", "result", "failed_items", "follow_up") if f != FIELDS[at]]
    assert all(out.value(2, f, "sampling") is not None for f in others)


FIELDS = (
    "seq", "product_name", "model", "enterprise", "result", "failed_items", "failed_quantity", "entered_market",
    "market_destination", "follow_up", "assistance", "production_status", "enterprise_size", "established",
)  # fmt: skip


def test_headings_that_slipped_one_column_are_still_refused(world):
    rows = [[TITLES["cases"]], *cases()]
    rows[1:] = [rows[1], *([r[0], None, *r[1:]] for r in rows[2:])]
    world.put("亭湖区/表.xlsx", {"表": rows})
    assert "form.headings_shifted" in world.run().rules("error")


@pytest.mark.parametrize("nought", ["/", "—", "-", "无"])
def test_strokes_for_nought_in_the_first_row_are_no_second_row_of_headings(world, nought):
    world.put("亭湖区/报表.xlsx", {"附件4": form4(price=[nought] * 9)})
    made = world.run()
    assert "form.missing_row" not in made.rules("error") and made.cell("price", "cases_handled")["cell"]


def test_what_stands_over_the_names_of_rows_is_said_of_every_column(world):
    rows = form4()
    rows[3][0] = "查办案件情况（上月）"
    world.put("亭湖区/报表.xlsx", {"附件4": rows})
    made = world.run()
    assert "form.words_other_time" in made.at("A4", "error")


def test_running_numbers_without_a_heading_are_named(world):
    rows = form5(passing(1, "盐城样例甲口罩有限公司"), passing(2, "盐城样例乙口罩有限公司"))
    rows[3][0] = None
    world.put("亭湖区/报表.xlsx", {"附件5": rows})
    made = world.run()
    assert made.records("sampling") == 2 and "form.seq_unheaded" in made.at("A5", "note")
