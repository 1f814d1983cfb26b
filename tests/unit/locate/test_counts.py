"""Numbers of records in words, beside a list, against the records."""

import pytest

from tests.adversary.world import batch, failing, firm, form3, form5
from tests.unit.locate.sheets import sheet

FIRMS = form3(firm(), firm(seq=2, enterprise="盐城样例乙口罩厂", credit_code="91320902MA00000029"))
BATCHES = form5(batch(), failing(seq=2), batch(seq=3, enterprise="盐城样例乙口罩厂"))
# a line below the list -> how many of its numbers disagree
OF_FIRMS = {
    "全区共有口罩生产企业5家": 1, "共有口罩生产企业2家，其中在产1家": 1, "共有口罩生产企业两家，其中在产2家": 0, "合计5家": 1,
    "共2家，其中医用1家": 0,
}  # fmt: skip
OF_BATCHES = {
    "合计 共4批次，其中合格3批次，不合格1批次": 2, "注：本期共抽查5批次，不合格2批次": 2, "共抽查3批次，合格2批次，不合格1批次": 0,
    "注：本期共抽查2批次": 0, "共抽查2家企业3批次": 0, "共四批次": 1, "截至目前，共抽查3批次，另有2批次待检": 0,
}  # fmt: skip


def disagreeing(rows: list[list], form: str) -> list[str]:
    return [f.cell for f in sheet(rows, form).findings if f.rule == "form.count_disagrees" and f.severity == "warning"]


@pytest.mark.parametrize("line", OF_FIRMS)
def test_a_number_of_firms_in_words_is_held_against_the_list(line):
    assert disagreeing([*FIRMS, [line]], "enterprises") == ["A7"] * OF_FIRMS[line]


@pytest.mark.parametrize("line", OF_BATCHES)
def test_so_is_a_number_of_batches_and_of_each_result(line):
    assert disagreeing([*BATCHES, [line]], "sampling") == ["A8"] * OF_BATCHES[line]


def test_so_are_a_title_and_a_line_above():
    titled = [BATCHES[0], ["口罩专项抽查/抽检情况统计表（共5批次）"], *BATCHES[2:]]
    above = [*BATCHES[:3], ["本表共4批次"], *BATCHES[3:]]
    assert (disagreeing(titled, "sampling"), disagreeing(above, "sampling")) == (["A2"], ["A4"])
