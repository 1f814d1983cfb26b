"""Failing batches followed through the steps that the notice names: which 后处理措施 tells of, which are missing.

The steps are those of the campaign's rule `FollowUpSteps`; of a campaign without it one is asked, that something is
written. A recall is asked only of what entered the market; every other step of every failing batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tally.blocks import CENTER, RIGHT, Align, Entry, EntryKind, Head, Table
from tally.declare import Campaign, Form
from tally.report.tables.lists import shown
from tally.rules import FollowUpSteps, follow_up_steps
from tally.totals import TO_DATE, Totals
from tally.totals.sampling import FAILING

RECALL = "召回"
FOLLOWED = "后处理"  # the one step that is asked where none are declared
NAMED, MISSING, NOT_ASKED = "●", "缺", "不适用"


Steps = Mapping[str, tuple[str, ...]]  # step of the notice -> the words that name it


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
    """The failing batches that count to date, by unit in the campaign's order; () without a sampling form that asks for it."""
    if totals.sampling is None or "follow_up" not in totals.sampling.form.field_names:
        return ()
    rows, steps = totals.sampling.by_scope[TO_DATE], asked_steps(totals.history.campaign)
    return tuple(batch(r, steps) for r in rows[rows["result"].fillna("") == FAILING].to_dict("records"))


def asked_steps(campaign: Campaign) -> Steps:
    """What is asked of every failing record, with the words that name each step."""
    declared = next((rule for rule in campaign.rules if isinstance(rule, FollowUpSteps)), None)
    return dict(declared.steps) if declared else {FOLLOWED: ()}


def failed(form: Form, number: int) -> str:
    """不合格产品11批次, 不合格食堂3家: so many failing records, in words."""
    return f"不合格{form.goods}{number}{form.counted if form.goods != form.record else form.each or form.record}"


def batch(record: Mapping[str, Any], steps: Steps) -> FailingBatch:
    """A record of the sampling form with the steps its 后处理措施 names."""

    def text(name: str) -> str:
        value = record.get(name)
        return "" if value is None or pd.isna(value) else shown(value)

    entered = {"True": "是", "False": "否"}.get(text("entered_market"), text("entered_market"))
    named = _named(text("follow_up"), steps)
    asked = (s for s in steps if not (s == RECALL and entered == "否"))
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


def _named(told: str, steps: Steps) -> tuple[str, ...]:
    return (FOLLOWED,) if FOLLOWED in steps and told else follow_up_steps(told, steps)


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
    units, steps = totals.history.units, tuple(asked_steps(totals.history.campaign))
    head = tuple(map(Head, ("序号", "报送单位", "企业名称", "产品、规格", "不合格项目", *steps, "小结")))
    body = tuple(_row(n, b, units[b.unit], steps) for n, b in enumerate(batches, 1))
    note = f"{NAMED} {_column(totals)}栏已写明；{MISSING} 未写明（不等于未做，请补写）；未流入市场的不要求召回。"
    align: tuple[Align, ...] = ("center", "left", "left", "left", "left", *[CENTER] * len(steps), "left")
    widths = (0.6, 1.2, 2.6, 2.2, 1.6, *[0.8] * len(steps), 0.9)
    return Table(id, caption, (head,), body, align, widths, note=note, landscape=True)


def _column(totals: Totals) -> str:
    """What the form calls the column in which the steps are told."""
    return totals.sampling.form.field("follow_up").label if totals.sampling else ""


def _by_unit(totals: Totals, batches: Sequence[FailingBatch], id: str, caption: str) -> Table:
    steps, units = tuple(asked_steps(totals.history.campaign)), totals.history.units
    record = totals.sampling.form.record if totals.sampling else ""
    of_unit = {code: [batch for batch in batches if batch.unit == code] for code in units}
    body = [_counts(units[code], mine, steps) for code, mine in of_unit.items() if mine]
    body.append(_counts("合计", batches, steps))
    head = (Head("报送单位", rowspan=2), Head(f"不合格{record}", rowspan=2), Head("步骤齐全", rowspan=2), Head(f"未写明的{record}", colspan=len(steps)))  # fmt: skip
    note = "未写明不等于未做，请补写；未流入市场的不要求召回。逐条情况见各地区本级的报告和网页版。"
    align: tuple[Align, ...] = ("left", *[RIGHT] * (len(steps) + 2))
    widths = (1.6, *[1.0] * (len(steps) + 2))
    rows = (head, tuple(map(Head, steps)))
    return Table(id, caption, rows, tuple(body), align, widths, note=note, landscape=True, totals=(len(body) - 1,))


def _counts(label: str, batches: Sequence[FailingBatch], steps: Sequence[str]) -> tuple[Entry, ...]:
    whole = sum(not batch.missing for batch in batches)
    lacking = (sum(step in batch.missing for batch in batches) for step in steps)
    return tuple(map(Entry, (label, *map(str, (len(batches), whole, *lacking)))))


def _row(number: int, batch: FailingBatch, unit: str, steps: Sequence[str]) -> tuple[Entry, ...]:
    product = "\n".join(t for t in (batch.product, batch.model) if t)
    texts = (str(number), unit, batch.enterprise, product, batch.items or "未填")
    marks = (_entry(batch.mark(step)) for step in steps)
    return (*map(Entry, texts), *marks, Entry(f"缺{len(batch.missing)}项" if batch.missing else "齐全"))


def _entry(mark: str) -> Entry:
    return Entry(mark, kind=_LOOK.get(mark, ""))


_LOOK: Mapping[str, EntryKind] = {MISSING: "bad", NOT_ASKED: "muted"}
