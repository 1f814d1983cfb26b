"""By how much each open finding could move the city's figures, largest first: what to ask about before anything else.

An estimate from the tables as they stand, each with its basis in words; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from tally.declare import Campaign, Form, Rule
from tally.model import Finding, PeriodTables, Severity
from tally.rules.cases import AtMost, Scale
from tally.rules.view import values_of
from tally.writing.numbers import addend

ZERO = Decimal(0)
AVERAGE = "按其他单位的平均数估计"
# The columns of a list whose values are counted in the report, and what one record moves there.
COUNTED = {"result": "不合格批次", "enterprise": "企业", "product_name": "批次", "entered_market": "流入市场批次"}


@dataclass(frozen=True)
class Influence:
    """`amount` in `unit`, None if nothing can be said; `share` of the city's figure (1.0 = all of it), None if that is 0."""

    finding: Finding
    measure: str
    unit: str
    amount: Decimal | None
    share: float | None
    basis: str


def influence(
    findings: Iterable[Finding],
    campaign: Campaign,
    tables: PeriodTables,
    severities: tuple[Severity, ...] = ("error",),
) -> list[Influence]:
    """One entry for each finding of the severities asked for, the largest share of a city figure first."""
    matrices = {f.name: Matrix(f, tables) for f in campaign.forms if f.layout == "matrix"}
    sizes = {f.name: len(tables.forms[f.name]) for f in campaign.forms}
    entries = []
    for finding in findings:
        if finding.severity in severities and finding.form in sizes:
            form = campaign.form(finding.form)
            matrix = matrices.get(form.name)
            entries.append(matrix.weigh(finding) if matrix else weigh_record(finding, form, sizes[form.name]))
    return sorted(entries, key=lambda i: (-(i.share or 0), i.amount is None, -(i.amount or 0)))


def weigh_record(finding: Finding, form: Form, size: int) -> Influence:
    """A list's record moves a count by one, or nothing where its column is not counted."""
    field = next((f for f in form.fields if f.name == finding.field), None)
    label = COUNTED.get(finding.field, field.label if field else form.title)
    if finding.row and finding.field in COUNTED:
        return Influence(finding, label, "条", Decimal(1), 1 / max(size, 1), "一条记录")
    if finding.row:
        return Influence(finding, label, field.unit if field else "", ZERO, 0.0, "不影响汇总数")
    return Influence(finding, label, "条", None, None, "整表或整栏，无法估计")


class Matrix:
    """The figures of all units in one matrix form."""

    def __init__(self, form: Form, tables: PeriodTables):
        self.form = form
        self.rules: dict[str, Rule] = {r.id: r for r in form.rules}
        frame = tables.forms[form.name]
        keys = list(zip(values_of(frame["unit"]), values_of(frame["category"]), strict=True))
        self.units = list(dict.fromkeys(u for u, _ in keys))
        self.numeric = [f.name for f in form.fields if f.summed]
        self.values = {
            (*key, n): None if v is None else addend(v)
            for n in self.numeric
            for key, v in zip(keys, values_of(frame[n]), strict=True)
        }
        self.city: dict[str, Decimal] = {}
        for name in self.numeric:
            figures = [self.values.get((unit, form.total, name)) or ZERO for unit in self.units]
            self.city[name] = sum(figures, ZERO)

    def weigh(self, finding: Finding) -> Influence:
        """The finding's own column; of a whole row or form, the column it could move most."""
        if finding.field in self.numeric:
            return self.entry(finding, finding.field, *self.amount(finding))
        if finding.row:
            options = [
                self.entry(finding, n, abs(self.gap(finding.unit, n)), "合计与其余各类之差") for n in self.numeric
            ]
        else:
            options = [self.entry(finding, n, self.mean(finding.unit, n), AVERAGE) for n in self.numeric]
        return max(options, key=lambda i: i.share or 0)

    def entry(self, finding: Finding, name: str, amount: Decimal | None, basis: str) -> Influence:
        city = self.city[name]
        share = None if amount is None or not city else float(abs(amount / city))
        field = self.form.field(name)
        return Influence(finding, field.label, field.unit, amount, share, basis)

    def gap(self, unit: str, name: str) -> Decimal:
        """The unit's total less the sum of its parts, null as 0."""
        parts = sum((self.values.get((unit, c.name, name)) or ZERO for c in self.form.parts), ZERO)
        return (self.values.get((unit, self.form.total, name)) or ZERO) - parts

    def mean(self, unit: str, name: str) -> Decimal | None:
        """The average of the other units' totals; of a count the next whole number."""
        others = [v for u in self.units if u != unit and (v := self.values.get((u, self.form.total, name))) is not None]
        if not others:
            return None
        mean = sum(others, ZERO) / len(others)
        whole = self.form.field(name).kind == "count"
        return mean.to_integral_value(ROUND_CEILING) if whole else mean.quantize(Decimal("0.01"))

    def amount(self, finding: Finding) -> tuple[Decimal | None, str]:
        unit, row, name = finding.unit, finding.row or self.form.total, finding.field
        value, gap = self.values.get((unit, row, name)), self.gap(unit, name)
        rule = self.rules.get(finding.rule)
        if value is None and row != self.form.total and self.values.get((unit, self.form.total, name)) is None:
            return None, "本格和合计都没有可用的数，无法估计"
        if value is None:
            return abs(gap), "合计与其余各类之差"
        if value < 0:
            return 2 * abs(value), "改为正数的变动"
        if isinstance(rule, Scale):
            meant = rule.suspected(value, self.values.get((unit, row, rule.base)) or ZERO)
            return abs(value - meant) if meant is not None else value, "按疑似的计量单位更正的变动"
        if isinstance(rule, AtMost):
            return value - (self.values.get((unit, row, rule.upper)) or ZERO), "超出的部分"
        return (abs(gap), "合计与各类之和的差") if gap else (value, "本格的数")
