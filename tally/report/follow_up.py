"""Failing batches followed through the steps that the notice names: which 后处理措施 tells of, which are missing.

The steps are those of `tally.rules.words`. A recall is asked only of what entered the market; every other step
of every failing batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tally.blocks import CENTER, RIGHT, Align, Entry, EntryKind, Head, Table
from tally.report.tables.lists import shown
from tally.rules.words import FOLLOW_UP_STEPS, follow_up_steps
from tally.totals import TO_DATE, Totals
from tally.totals.sampling import FAILING

RECALL = "召回"
NAMED, MISSING, NOT_ASKED = "●", "缺", "不适用"


@dataclass(frozen=True, slots=True)
class FailingBatch:
    """One failing batch to date. `named` and `missing` are steps of the notice; texts "" where nothing is written."""

    unit: str
    period: str  # whose return it stands in
    row: int  # record number in the unit's form
    enterprise: str
    product: str
    model: str
    items: str
    quantity: str  # 只
    entered_market: str
    destination: str
    follow_up: str
    named: tuple[str, ...]
    missing: tuple[str, ...]

    def mark(self, step: str) -> str:
        """How the table shows one step."""
        return NAMED if step in self.named else MISSING if step in self.missing else NOT_ASKED


def failing_batches(totals: Totals) -> tuple[FailingBatch, ...]:
    """The failing batches that count to date, by unit in the campaign's order; () without a sampling form."""
    if totals.sampling is None:
        return ()
    rows = totals.sampling.by_scope[TO_DATE]
    return tuple(batch(r) for r in rows[rows["result"].fillna("") == FAILING].to_dict("records"))


def batch(record: Mapping[str, Any]) -> FailingBatch:
    """A record of the sampling form with the steps its 后处理措施 names."""

    def text(name: str) -> str:
        value = record.get(name)
        return "" if value is None or pd.isna(value) else shown(value)

    entered = {"True": "是", "False": "否"}.get(text("entered_market"), text("entered_market"))
    named = follow_up_steps(text("follow_up"))
    asked = (s for s in FOLLOW_UP_STEPS if not (s == RECALL and entered == "否"))
    return FailingBatch(
        str(record["unit"]),
        str(record["period"]),
        int(record["row"]),
        text("enterprise"),
        text("product_name"),
        text("model"),
        text("failed_items"),
        text("failed_quantity"),
        entered,
        text("market_destination"),
        text("follow_up"),
        named,
        tuple(s for s in asked if s not in named),
    )


MOST_BATCHES = 60  # that a table lists one by one


def follow_up_table(totals: Totals, id: str, caption: str) -> Table | None:
    """Failing batches × steps with what is missing; None where nothing has failed.

    Above the level that units report to, and of very many, units × steps with how many batches lack each.
    """
    batches = failing_batches(totals)
    if not batches:
        return None
    if totals.history.rolled or len(batches) > MOST_BATCHES:
        return _by_unit(totals, batches, id, f"{caption}（按报送单位汇总）")
    units, steps = totals.history.units, tuple(FOLLOW_UP_STEPS)
    head = tuple(map(Head, ("序号", "报送单位", "企业名称", "产品、规格", "不合格项目", *steps, "小结")))
    body = tuple(_row(n, b, units[b.unit]) for n, b in enumerate(batches, 1))
    note = f"{NAMED} 后处理措施栏已写明；{MISSING} 未写明（不等于未做，请补写）；未流入市场的不要求召回。"
    align: tuple[Align, ...] = ("center", "left", "left", "left", "left", *[CENTER] * len(steps), "left")
    widths = (0.6, 1.2, 2.6, 2.2, 1.6, *[0.8] * len(steps), 0.9)
    return Table(id, caption, (head,), body, align, widths, note=note, landscape=True)


def _by_unit(totals: Totals, batches: Sequence[FailingBatch], id: str, caption: str) -> Table:
    steps, units = tuple(FOLLOW_UP_STEPS), totals.history.units
    of_unit = {code: [batch for batch in batches if batch.unit == code] for code in units}
    body = [_counts(units[code], mine) for code, mine in of_unit.items() if mine]
    body.append(_counts("合计", batches))
    head = (Head("报送单位", rowspan=2), Head("不合格批次", rowspan=2), Head("步骤齐全", rowspan=2), Head("未写明的批次", colspan=len(steps)))  # fmt: skip
    note = "未写明不等于未做，请补写；未流入市场的不要求召回。逐批情况见各地区本级的报告和网页版。"
    align: tuple[Align, ...] = ("left", *[RIGHT] * (len(steps) + 2))
    widths = (1.6, *[1.0] * (len(steps) + 2))
    rows = (head, tuple(map(Head, steps)))
    return Table(id, caption, rows, tuple(body), align, widths, note=note, landscape=True, totals=(len(body) - 1,))


def _counts(label: str, batches: Sequence[FailingBatch]) -> tuple[Entry, ...]:
    whole = sum(not batch.missing for batch in batches)
    lacking = (sum(step in batch.missing for batch in batches) for step in FOLLOW_UP_STEPS)
    return tuple(map(Entry, (label, *map(str, (len(batches), whole, *lacking)))))


def _row(number: int, batch: FailingBatch, unit: str) -> tuple[Entry, ...]:
    product = "\n".join(t for t in (batch.product, batch.model) if t)
    texts = (str(number), unit, batch.enterprise, product, batch.items or "未填")
    marks = (_entry(batch.mark(step)) for step in FOLLOW_UP_STEPS)
    return (*map(Entry, texts), *marks, Entry(f"缺{len(batch.missing)}项" if batch.missing else "齐全"))


def _entry(mark: str) -> Entry:
    return Entry(mark, kind=_LOOK.get(mark, ""))


_LOOK: Mapping[str, EntryKind] = {MISSING: "bad", NOT_ASKED: "muted"}
