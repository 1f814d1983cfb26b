"""The ledger of ink: every cell of a sheet is consumed by something named, or a finding stands at it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally.locate.ledger import BOOKS
from tally.model import Ink
from tests.unit.locate.sheets import Sheet, batches, matrix, sheet

LOUD = ("error", "warning")
ACCEPTED = {
    "cases": [*matrix(), [], ["注：本表由各县（市、区）局填报。"], ["审核人：某甲", None, "填表人：某乙"]],
    "sampling": [*batches("甲口罩厂", "乙口罩厂", "丙口罩厂"), [], ["填表人：某乙", None, "联系电话：19900000000"]],
}
BEFORE = {form: sheet(rows, form) for form, rows in ACCEPTED.items()}
MARKS = st.one_of(
    st.sampled_from(
        [
            "上月", "本月", "累计", "（累计）", "*", "※", "①", "12", "0", "约500", "不含城区", "另有3件", "更正：5件", "合计", "小计",
            "示例", "示例：甲厂", "注：含5月数据", "5月", "1-5月", "截至5月底", "2020年", "单位：元", "元", "（元）", "质量类案件", "停业",
            "乙口罩厂有限公司", "备注", "甲", "第2页", "见附件", "/", "无", "√", "合格", "预计", "去年同期", "本期", "其中", "待核实",
        ]
    ),
    st.text(alphabet="甲乙丙口罩厂12345件万元（）:：*、上下", min_size=1, max_size=8).filter(lambda t: t.strip()),
    st.integers(min_value=-5, max_value=90_000),
)  # fmt: skip


def figures(read: Sheet) -> dict[tuple[str, str], object]:
    """What counts: every numeric value and choice, by record and field; what is not there is none."""
    values = {}
    for key in read.frame.index if read.tables else ():
        for name in read.frame.columns:
            value = read.frame.loc[key, name]
            values[str(key), name] = None if pd.isna(value) else value
    return values


@pytest.mark.parametrize("form", ACCEPTED)
def test_a_sound_sheet_is_consumed_to_the_last_cell(form):
    read = sheet(ACCEPTED[form], form)
    assert list(read.ledger.rest()) == []
    assert read.said(*LOUD) == set()


@pytest.mark.parametrize("form", ACCEPTED)
@given(row=st.integers(0, 16), col=st.integers(0, 16), mark=MARKS, behind=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mark_anywhere_is_named_or_said_and_never_changes_a_figure_in_silence(form, row, col, mark, behind):
    """Take any accepted return and write anything anywhere, in a blank cell or behind what stands there."""
    before = BEFORE[form]
    height, width = len(before.grid.rows) + 1, len(before.grid.rows[0]) + 1
    rows = [[*r, None] for r in before.grid.rows] + [[None] * width]
    row, col = row % height, col % width
    old = rows[row][col]
    rows[row][col] = mark if old is None or not behind else f"{old}{mark}"
    after = sheet(rows, form)
    new = [f for f in after.findings if f not in before.findings]
    loud = [f for f in new if f.severity in LOUD]
    address = after.ledger.view.address(row, col)
    if not after.tables:
        return  # the whole form is no longer found: the return says that it is missing
    changed = {k for k, v in figures(before).items() if figures(after).get(k) != v}
    own = after.ledger.taker(row, col) == "value" and len(changed) == 1  # a cell that says something else now
    assert loud or own or not changed, (address, mark, changed)
    assert new or after.ledger.taker(row, col), (address, mark)


def test_every_book_has_a_name_in_chinese():
    assert all(name and not name.isascii() for name in BOOKS.values())


@pytest.mark.parametrize("cell", ["D5", "A1", "M20"])
def test_ink_that_is_no_cells_value_is_said_at_its_place(cell):
    read = sheet(matrix())
    grid = Sheet(read.grid.__class__(**{**vars(read.grid), "ink": (Ink(cell, "text box", "应为15件"),)}), "cases")
    [finding] = grid.findings
    assert (finding.rule, finding.severity, finding.cell) == ("form.ink", "warning", cell)
    assert "文本框" in finding.message and "应为15件" in finding.message
