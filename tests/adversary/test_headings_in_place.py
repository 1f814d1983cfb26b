"""A heading said otherwise: in the place of the one missing column it is read as that column and asked about; never elsewhere."""

import pytest

from tests.adversary.world import ENTERPRISES_HEAD, SAMPLING_HEAD, failing, firm, form3, form5, passing

SECOND = "盐城样例乙口罩有限公司"
OTHERWISE = {
    "products": ("sampling", 1, "样品", "product_name"),
    "firms": ("sampling", 3, "厂家", "enterprise"),
    "results": ("sampling", 4, "等次", "result"),
    "follow-up": ("sampling", 9, "处理结果", "follow_up"),
    "state": ("sampling", 11, "目前状况", "production_status"),
    "names": ("enterprises", 1, "厂名", "enterprise"),
    "codes": ("enterprises", 2, "营业执照注册号", "credit_code"),
    "licences": ("enterprises", 7, "持证情况", "licences"),
    "days": ("enterprises", 12, "开办时间", "established"),
}


def sent(form: str, col: int, label: str, *, without: int | None = None) -> list[list]:
    head, rows = (
        (SAMPLING_HEAD, form5(failing(), passing(2, SECOND)))
        if form == "sampling"
        else (ENTERPRISES_HEAD, form3(firm(), firm(seq=2, enterprise=SECOND, credit_code="91320902MA00000029")))
    )
    rows[3] = [*head[:col], label, *head[col + 1 :]]
    return [[c for at, c in enumerate(row) if at != without] if len(row) > 3 else row for row in rows]


@pytest.mark.parametrize("name", OTHERWISE)
def test_it_is_read_and_asked_about(world, name):
    form, col, label, field = OTHERWISE[name]
    world.put("亭湖区/表.xlsx", {"表": sent(form, col, label)})
    out = world.run()
    assert None not in [v for v in out.column(field, form)][:1]
    assert any(rule[4] == field for rule in out.said("form.column_guessed")) or "form.column_guessed" not in out.rules()
    assert "form.missing_column" not in out.rules()


REFUSED = {
    "two are missing": ("sampling", 9, "处理结果", 10),
    "who sampled": ("sampling", 3, "抽查单位", None),
    "a column of its own": ("sampling", 10, "备注", None),
    "words that any column might hold": ("enterprises", 14, "所属分局", None),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_not_where_it_could_be_something_else(world, name):
    form, col, label, without = REFUSED[name]
    rows = sent(form, col, label, without=without)
    if name == "who sampled":
        rows = [[*r[:3], "盐城市市场监督管理局", *r[4:]] if isinstance(r[0], int) else r for r in rows]
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert out.rules() & {"form.missing_column", "form.unknown_column"}
    assert "form.column_guessed" not in out.rules()


@pytest.mark.parametrize(
    ("label", "yes", "no"), [("抽查结果是否合格", "是", "否"), ("是否合格", "√", "×"), ("是否不合格", "否", "是")]
)
def test_a_heading_that_asks_is_answered(world, label, yes, no):
    rows = sent("sampling", 4, label)
    rows[4][4], rows[5][4] = no, yes
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert out.column("result", "sampling") == ["不合格", "合格"]
    assert "form.missing_column" not in out.rules()


def test_two_parts_with_different_units_are_each_read_in_their_own(world):
    first, second = form5(failing()), form5(failing(2, enterprise=SECOND))
    first[3][6], second[3][6] = "不合格产品的批次数量（只）", "不合格产品的批次数量（万只）"
    first[4][6] = second[4][6] = 2
    world.put("亭湖区/表.xlsx", {"一": first, "二": second})
    assert sorted(world.run().column("failed_quantity", "sampling")) == [2, 20000]
