"""A form on its side, its headings in a column with codes and units of measure beside them."""

import pytest

from tests.adversary.world import form4

HEADS = (
    "出动执法人员累计",
    "检查经营者数累计",
    "查办案件",
    "其中：立案",
    "结案",
    "罚没",
    "案值",
    "查获口罩累计",
    "移送公安机关案件数累计",
)
UNITS = ("人次", "户/人", "件", "件", "件", "元", "元", "万只", "件")
CODES = {
    "行次": range(1, 10),
    "代码": [f"{n:02}" for n in range(1, 10)],
    "指标代码": [f"A{n:03}" for n in range(101, 110)],
}


def on_its_side(*between: tuple[str, object]) -> list[list]:
    """Form 4 with a measure in each row; `between` are columns (heading, texts) right of the measures' names."""
    rows = form4(quality=(20, 30, 4, 3, 2, 15000, 20000, 0.5, 0), other=(0,) * 9)
    body = [list(column) for column in zip(*rows[4:], strict=True)]
    names = ["指标名称", *HEADS]
    return [*rows[:3], *([name, *(c[at] for c in _columns(between)), *body[at]] for at, name in enumerate(names))]


def _columns(between):
    return [[heading, *texts] for heading, texts in between]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("first", ["code", "unit"])
def test_units_beside_codes_are_heeded(world, code, first):
    columns = [(code, CODES[code]), ("计量单位", UNITS)]
    world.put("亭湖区/表.xlsx", {"表": on_its_side(*(columns if first == "code" else reversed(columns)))})
    out = world.run()
    assert [out.value(row, "fines_confiscations") for row in ("quality", "total")] == [1.5, 1.5]
    assert out.rules() - {"returns.missing"} == {"form.turned", "form.header_unit"}
