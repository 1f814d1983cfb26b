"""Columns headed 单位 beside the figures: units of measure convert or are said, names of units stay what they were."""

import pytest

from tests.adversary.world import failing, form4, form5


def with_units(fines: float, unit: object, heading: str = "计量单位") -> list[list]:
    """Form 4 with a column of units beside 罚没, whose own heading names none."""
    rows = form4(quality=(20, 30, 4, 3, 2, fines, 2, 0.5, 0), other=(0,) * 9)
    rows[3][6] = "罚没"
    units = [heading, *(unit if isinstance(unit, list) else [unit] * 8)]
    for row, text in zip(rows[3:], units, strict=True):
        row.insert(7, text)
    return rows


@pytest.mark.parametrize("heading", ["单位", "计量单位", "单位1"])
@pytest.mark.parametrize(("fines", "unit"), [(126000, "元"), (126, "千元"), (12.6, "万元")])
def test_a_unit_beside_every_figure_is_that_of_the_column(world, heading, fines, unit):
    world.put("亭湖区/表.xlsx", {"表": with_units(fines, unit, heading)})
    out = world.run()
    assert [out.value(row, "fines_confiscations") for row in ("quality", "total")] == [12.6, 12.6]
    assert bool(out.said("form.header_unit")) is (unit != "万元")
    assert not out.said("form.unit_column")


def test_a_figure_beside_which_another_unit_stands_is_an_error(world):
    world.put("亭湖区/表.xlsx", {"表": with_units(126000, ["万元", "元", *["万元"] * 6])})
    assert {(s, row) for _, s, _, row, _ in world.run().said("form.unit_beside")} == {("error", "quality")}


def test_the_unit_beside_a_number_of_a_list_is_heeded(world):
    rows = form5(failing(), failing(2, enterprise="盐城样例乙口罩有限公司"))
    rows[3][6] = "不合格产品的批次数量"
    for row, text in zip(rows[3:], ["单位", "盒", "盒"], strict=True):
        row.insert(7, text)
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert out.column("failed_quantity", "sampling") == [None, None]
    assert "form.header_unit" in out.rules("error", "warning")
