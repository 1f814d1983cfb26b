"""How far each finding could move the figures people read, at most: the measure for what to decide first and when to stop.

A figure is a city sum of one column (of one category or the total) of a matrix form, or a count over a list form. The
reach of a finding is the largest change that any explanation of it would make there; where nothing bounds it, that of
a whole return. An estimate: it is checked against the truth on made periods (tests/desk).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tally.check.culprits import explains
from tally.declare import Form
from tally.model import ABSENT, Finding
from tally.returns.summaries.measures import measures_of
from tally.rules.cases import AtMost
from tally.rules.view import FormView, values_of
from tally.totals.views import Views
from tally.writing.numbers import addend

ZERO = Decimal(0)
RECORDS = "records"  # the figure that counts a list's records
Figure = tuple[str, str, str]  # form, category ("" in lists), field (RECORDS in lists)
Reach = Mapping[Figure, Decimal]
_STATED = re.compile(r"”[^0-9]{0,3}(-?[0-9][0-9,.]*)[^，]*，.*为(-?[0-9][0-9,.]*)")
_ROUGH = ("cell.approximate",)
_WHOLE = ("returns.", "intake.", "file.", "run.", "form.missing", "form.unknown", "form.duplicate", "form.columns")
# Findings whose subject is in no sum: what was left out of one is counted elsewhere, or nowhere.
_HARMLESS = (
    "returns.other_period",
    "returns.duplicate",
    "returns.replaced",
    "cases.shared_column",
    "enterprises.credit_code",
    "enterprises.all_sampled",
)


@dataclass(frozen=True)
class Scales:
    """What a period's figures come to, and how large one unit's part in them is."""

    views: Views

    @cached_property
    def values(self) -> dict[tuple[str, str, str, str], Decimal]:
        """Form, unit, category, field -> the value read."""
        numbers = {}
        for form in self._matrices:
            frame = self.views.tables.forms[form.name]
            keys = list(zip(values_of(frame["unit"]), values_of(frame["category"]), strict=True))
            for field in (f.name for f in form.fields if f.numeric):
                for (unit, category), value in zip(keys, values_of(frame[field]), strict=True):
                    if value is not None:
                        numbers[form.name, unit, category, field] = addend(value)
        return numbers

    @property
    def _matrices(self) -> list[Form]:
        return [f for f in self.views.campaign.forms if f.layout == "matrix"]

    @cached_property
    def city(self) -> dict[Figure, Decimal]:
        """Every figure as it stands."""
        sums: dict[Figure, Decimal] = {}
        for (name, _, category, field), value in self.values.items():
            sums[name, category, field] = sums.get((name, category, field), ZERO) + value
        for form in self.views.campaign.forms:
            if form.layout == "list":
                frame = self.views.tables.forms[form.name]
                sums[form.name, "", RECORDS] = Decimal(len(frame))
                sums |= {(form.name, "", n): Decimal(int(frame[n].notna().sum())) for n in counted(form)}
        return sums

    @cached_property
    def _doubted(self) -> frozenset[tuple[str, str, str]]:
        """Form, unit and field of the columns in which something is open: no measure for others."""
        some = self.views.tables.findings
        some = some[(some["severity"] != "note") & some["field"].notna()]
        return frozenset(zip(some["form"], some["unit"], some["field"], strict=True))

    @cached_property
    def absent(self) -> frozenset[tuple[str, str]]:
        """Form and unit of the returns that have not come."""
        returns = self.views.tables.returns
        some = returns[returns["state"].isin(ABSENT)]
        return frozenset(zip(some["form"], some["unit"], strict=True))

    @cached_property
    def largest(self) -> dict[Figure, Decimal]:
        """The largest part that one unit has in each figure, of columns nobody doubts: what a return nobody can read may come to."""
        parts: dict[Figure, Decimal] = {}
        for (name, unit, category, field), value in self.values.items():
            at = (name, category, field)
            sound = (name, unit, field) not in self._doubted
            parts[at] = max(parts.get(at, ZERO), abs(value) if sound else ZERO)
        for form in self.views.campaign.forms:
            if form.layout == "list":
                frame = self.views.tables.forms[form.name]
                sizes = {RECORDS: frame.groupby("unit").size()} | {
                    n: frame.groupby("unit")[n].count() for n in counted(form)
                }
                parts |= {(form.name, "", n): Decimal(int(s.max()) if len(s) else 1) for n, s in sizes.items()}
        return parts


def counted(form: Form) -> list[str]:
    """A list's columns by which its records are told apart in the report: choices, yes and no."""
    return [f.name for f in form.fields if f.kind in ("choice", "yesno")]


def reach(scales: Scales, finding: Finding) -> Reach:
    """The figures the finding could move and by how much; {} where none."""
    views, form = scales.views, scales.views.form(finding)
    if finding.form == "summary":
        return _of_summary(scales, finding)
    if finding.rule in _HARMLESS or finding.severity == "note":
        return {}
    if form is None:
        return _of_file(scales, finding) if finding.severity == "error" and not finding.form else {}
    if form.layout == "list":
        return _of_list(scales, form, finding)
    numeric = {f.name for f in form.fields if f.numeric}
    view = views.view(finding.unit, form) if finding.unit else None
    if view is None or finding.field not in numeric or not finding.row:
        return _of_part(scales, form, finding)
    return dict(_of_cell(scales, view, finding))


def _of_file(scales: Scales, finding: Finding) -> Reach:
    """A file that could not be read may be any return that has not come; nobody's may be any at all."""
    missing = {form for form, unit in scales.absent if unit == finding.unit}
    return {at: most for at, most in scales.largest.items() if not finding.unit or at[0] in missing}


def _of_summary(scales: Scales, finding: Finding) -> Reach:
    """A summary that disagrees with a form: the form may be the wrong one of the two."""
    match = _STATED.search(finding.message)
    measure = next((m for m in measures_of(scales.views.campaign) if m.field == finding.field), None)
    if match is None or measure is None:
        return {}
    a, b = (Decimal(n.replace(",", "").rstrip(".")) for n in match.groups())
    form = scales.views.campaign.form(measure.form)
    if form.layout == "matrix":
        return {(form.name, form.total, finding.field): abs(a - b)}
    return dict.fromkeys(((form.name, "", n) for n in (RECORDS, *counted(form))), abs(a - b))


def _of_list(scales: Scales, form: Form, finding: Finding) -> Reach:
    """A record is there or not, falls under one word or another; a whole list, or a whole column of it, is a return's."""
    if finding.rule.startswith(_WHOLE) and finding.severity == "error":
        last = scales.views.last(finding.unit, form) if finding.unit else None
        if last is not None and last.size:
            return _of_last(form, last)
        return {at: most for at, most in scales.largest.items() if at[0] == form.name}
    key = form.key[:1] or tuple(f.name for f in form.fields if f.required)[:1]
    if finding.field in key or not finding.field:
        return {(form.name, "", n): Decimal(1) for n in (RECORDS, *counted(form))}
    rule = next((r for r in form.rules if r.id == finding.rule), None)
    columns = {finding.field, *(vars(rule).values() if rule is not None and finding.severity == "error" else ())}
    return {(form.name, "", n): Decimal(1) for n in counted(form) if n in columns}


def _of_last(form: Form, last: FormView) -> Reach:
    """As many records and answers as the unit sent last: a better measure of it than the largest unit's."""
    filled = {n: sum(v is not None for v in last.column(n)) for n in counted(form)}
    return {(form.name, "", n): Decimal(count) for n, count in ({RECORDS: last.size} | filled).items()}


def _of_part(scales: Scales, form: Form, finding: Finding) -> Reach:
    """A row, a column or a whole return of a matrix that is missing, guessed or counted twice.

    Where the unit's own value stands it is at stake; where none does, as much as the largest unit's.
    """
    moved: dict[Figure, Decimal] = {}
    for at, most in scales.largest.items():
        rows = not finding.row or at[1] in (finding.row, form.total)
        if at[0] == form.name and rows and finding.field in ("", at[2]):
            value = scales.values.get((form.name, finding.unit, *at[1:]))
            moved[at] = most if value is None else abs(value)
    return moved


def _of_cell(scales: Scales, view: FormView, finding: Finding) -> Iterator[tuple[Figure, Decimal]]:
    """One cell of a matrix and every cell that is suspected in its stead, each with its total."""
    form, moved = view.form, dict[Figure, Decimal]()
    for row, field, amount in (*_suspected(scales, view, finding), *_itself(scales, view, finding)):
        for category in {row, form.total}:
            at = (form.name, category, field)
            moved[at] = max(moved.get(at, ZERO), amount)
    yield from moved.items()


def _suspected(scales: Scales, view: FormView, finding: Finding) -> Iterator[tuple[str, str, Decimal]]:
    for suggestion in scales.views.suspects(view):
        if explains(view, suggestion, finding):
            yield from _changes(view, suggestion.changes)


def _changes(view: FormView, changes: Iterable[tuple[str, str, Decimal | None]]) -> Iterator[tuple[str, str, Decimal]]:
    for row, field, value in changes:
        was = view.value(view.index[row], field)
        yield row, field, abs((value or ZERO) - addend(was))


def _itself(scales: Scales, view: FormView, finding: Finding) -> Iterator[tuple[str, str, Decimal]]:
    """What the cell's own value may be off by."""
    at, form = view.index[finding.row], view.form
    value = view.value(at, finding.field)
    if value is None:
        yield finding.row, finding.field, scales.largest.get((form.name, finding.row, finding.field), ZERO)
        return
    number, rule = addend(value), next((r for r in form.rules if r.id == finding.rule), None)
    if finding.rule in _ROUGH:
        yield finding.row, finding.field, abs(number) / 20
    elif isinstance(rule, AtMost):
        yield from _of_pair(view, at, finding.row, rule)
    elif "never_falls" in finding.rule and view.previous is not None:
        before = view.previous.value(view.previous.index.get(finding.row), finding.field)
        yield finding.row, finding.field, addend(before)
    elif finding.row == form.total:
        parts = sum((addend(view.value(p, finding.field)) for p in view.parts), ZERO)
        yield finding.row, finding.field, abs(number - parts) or abs(number)
    else:
        yield finding.row, finding.field, 2 * abs(number) if number < 0 else abs(number)


def _of_pair(view: FormView, at: int, row: str, rule: AtMost) -> Iterator[tuple[str, str, Decimal]]:
    """Either of two columns may be the wrong one."""
    low, high = addend(view.value(at, rule.lower)), addend(view.value(at, rule.upper))
    yield row, rule.lower, abs(low - high)
    yield row, rule.upper, max(abs(low - high), low)
