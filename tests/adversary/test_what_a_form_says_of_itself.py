"""What stands in and around a form and is no figure: its own checks, instructions and prompts, days, who signs, hidden headings."""

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from tests.adversary.world import form4, workbook


def sent(world, rows, change=None):
    world.put("亭湖区/附件4.xlsx", workbook({"附件4": rows}, change))
    return world.run()


def spoken(out) -> set[str]:
    return out.rules() - {"returns.missing"}


@pytest.mark.parametrize("name", ["校验", "误差", "核对结果", "平衡检查", "行校验"])
@pytest.mark.parametrize("says", [0, "√", "正确", "TRUE", True, None])
def test_a_check_that_holds_asks_nobody(world, name, says):
    rows = form4()
    body = [[*row, says] for row in rows[4:]]
    out = sent(world, [*rows[:3], [*rows[3], name], *body, [name, *[says] * 9]])
    assert spoken(out) == set()
    assert out.value("total", "cases_handled") == 6


@pytest.mark.parametrize("says", [5, "×", "FALSE", "不平"])
def test_a_check_that_fails_is_told_at_its_cell(world, says):
    rows = form4()
    out = sent(world, [*rows, ["校验", 0, 0, says, *[0] * 6]])
    assert [(s, cell) for _, s, cell, _, _ in out.said("form.check_fails")] == [("warning", "D13")]
    assert "form.unknown_row" not in out.rules()


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("填报说明：1.本表由各县（市、区）填报。2.“查办案件”含立案和适用简易程序的案件。", False),
        ("说明：查办案件包括立案和简易案件。", False),
        ("说明：查办案件不含简易案件。", True),
        ("说明：查办案件含上月立案的案件。", True),
        ("说明：结案含简易程序和上年结转案件。", True),
    ],
)
def test_a_note_that_repeats_the_declaration_asks_nobody(world, note, asked):
    assert bool(spoken(sent(world, [*form4(), [note]]))) is asked


@pytest.mark.parametrize("day", ["2021年4月31日", "2021.5.32", "2021年13月5日", "填报时间：2021年5月3l日"])
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_day_that_there_is_not_is_asked_about(world, day, place):
    rows = form4(day=day if place == "above" else None)
    out = sent(world, rows if place == "above" else [*rows, [None] * 7 + [day]])
    assert [s for _, s, _, _, _ in out.said("form.date_unread")] == ["warning"]


@pytest.mark.parametrize(
    "april",
    ["2021年4月30", "20210430", "2021_04_30", "2021、4、30", "2021。4。30", r"2021\4\30", "2021年4月3O日"],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_days_in_other_writings_are_read(world, april, place):
    may = april.replace("4", "5")
    for day, expected in ((may, set()), (april, {"returns.other_period"})):
        rows = form4(day=day if place == "above" else None)
        assert spoken(sent(world, rows if place == "above" else [*rows, [None] * 7 + [day]])) == expected


@pytest.mark.parametrize("day", ["　年　月　日", "2021年　月　日", "填报时间：每月5日前", "2021年5月31日（星期一）"])
def test_what_is_printed_for_a_day_asks_nobody(world, day):
    assert spoken(sent(world, [*form4(day=day), [None] * 7 + [day]])) == set()


def test_who_signs_for_another_unit_is_asked_about(world):
    out = sent(world, [*form4(), ["审核人：某甲（盐都区市场监督管理局）", None, "填表人：某乙"]])
    assert spoken(out) == {"returns.title_unit"}
    out = sent(world, [*form4(), ["审核人：某甲（亭湖区市场监督管理局）", None, "填表人：某乙"]])
    assert spoken(out) == set()


@pytest.mark.parametrize(
    ("prompt", "asked"),
    [("单位：元，保留整数", True), ("单位：万元", False), ("请填写非负数，保留2位小数", False), ("不含没收款", True)],
)
def test_a_prompt_beside_a_column_is_heeded(world, prompt, asked):
    def change(book):
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", prompt=prompt)
        rule.showInputMessage = True
        rule.add("G5:G12")
        book.active.add_data_validation(rule)

    assert spoken(sent(world, form4(), change)) == ({"form.ink"} if asked else set())


@pytest.mark.parametrize("what", ["row", "column"])
def test_hidden_headings_are_said(world, what):
    def change(book):
        dimension = book.active.row_dimensions[4] if what == "row" else book.active.column_dimensions["A"]
        dimension.hidden = True

    assert spoken(sent(world, form4(), change)) == {"form.hidden_heading"}


@pytest.mark.parametrize(("day", "asked"), [("2021年5月3日", True), ("2021年5月25日", False), ("2021年6月3日", False)])
def test_a_form_filled_in_when_its_period_had_just_begun_is_asked_about(world, day, asked):
    assert spoken(sent(world, form4(day=day))) == ({"returns.filled_early"} if asked else set())


def test_in_the_first_period_no_form_can_be_of_the_one_before(world):
    world.put("亭湖区/附件4.xlsx", {"附件4": form4(day="2021年4月3日")}, "2021-04")
    assert spoken(world.run("2021-04")) == set()


def test_the_unit_of_measure_in_a_group_s_heading_is_its_columns(world):
    """金额（万元） over 罚没 and 案值: the unit that is asked for says nothing more; 元 converts."""

    def change(book):
        book.active.merge_cells("G4:H4")
        for letter in "ABCDEFIJ":
            book.active.merge_cells(f"{letter}4:{letter}5")

    for unit, factor, rules in (("万元", 1, set()), ("元", 10_000, {"form.header_unit"})):
        rows = form4(quality=(20, 30, 4, 3, 2, 1.5 * factor, 2 * factor, 0.5, 0), other=(0,) * 9)
        rows[3][6:8] = [f"金额（{unit}）", None]
        rows.insert(4, [None] * 6 + ["罚没", "案值"])
        out = sent(world, rows, change)
        assert (out.value("total", "fines_confiscations"), spoken(out)) == (1.5, rules)
