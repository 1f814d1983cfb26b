"""A few figures period by period, like for like: how the campaign has gone since it began.

    cases handled, fines      what was returned for each period, by the units that returned it for all of them
    failing rate              the same, of the returns of each period
    coverage                  of the roster and the samples to date, as they stood at the end of each period
    on time                   returns that came on time, of all that were due

Where no unit gave a figure in every period, all units are added up and `alike` is false: the numbers do not compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from tally.declare import Field, Form
from tally.totals.figures import percent
from tally.totals.history import RECEIVED, History
from tally.totals.record import submissions
from tally.totals.reported import Matrix
from tally.totals.roster import roster, roster_form
from tally.totals.sampling import FAILING, Sampling, sampling_form
from tally.writing.firms import PRODUCING

MEASURES = ("cases_handled", "fines_confiscations")
COMPLETE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over the periods. `values` and `units` (how many units it rests on) are in the order of `periods`."""

    name: str
    label: str
    unit: str
    decimals: int
    periods: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    units: tuple[int, ...]
    alike: bool = True  # whether the same units stand behind every value
    target: Decimal | None = None
    doubts: tuple[bool, ...] = ()  # whether a value rests on a cell in doubt, in the order of `periods`


def trends(history: History) -> tuple[Series, ...]:
    """The series that the campaign has forms for, () before there are two periods."""
    if len(history.periods) < 2:
        return ()
    forms = [f for f in history.campaign.forms if f.layout == "matrix"]
    made = [_measure(history, f, field) for f in forms for field in f.measures if _followed(field)]
    samples, firms = sampling_form(history.campaign), roster_form(history.campaign)
    if samples:
        made.append(_failing_rate(history, samples))
    if samples and firms:
        made.append(_coverage(history, samples, firms))
    made.append(_on_time(history))
    return tuple(s for s in made if len(s.values) - s.values.count(None) > 1)


def _followed(field: Field) -> bool:
    return field.name in MEASURES and not field.cumulative


def _measure(history: History, form: Form, field: Field) -> Series:
    """The sums of what was returned for each period."""
    matrix = Matrix(history, form)

    def given(period: str, code: str) -> Decimal | None:
        reported = matrix.get(period, code, form.total, field.name)
        return reported.value if reported else None

    codes, alike = _common(history, given)
    values, units, doubts = [], [], []
    for tables in history.periods:
        given_values = [v for code in codes if (v := given(tables.period, code)) is not None]
        values.append(sum(given_values, Decimal(0)) if given_values else None)
        units.append(len(given_values))
        doubts.append(any(_in_doubt(matrix, tables.period, code, field) for code in codes))
    name = f"{form.name}.{field.name}"
    return _series(
        history, name, f"各期{field.label}", field.unit, field.places, values, units, alike=alike, doubts=doubts
    )


def _in_doubt(matrix: Matrix, period: str, code: str, field: Field) -> bool:
    form = matrix.form
    reported = matrix.get(period, code, form.total, field.name)
    return reported is not None and matrix.doubt(reported, code, form.category(form.total), field) is not None


def _common(history: History, given: Callable[[str, str], object]) -> tuple[tuple[str, ...], bool]:
    """The units that gave a figure in every period, and whether there are any; else all units."""
    periods = [t.period for t in history.periods]

    def always(code: str) -> bool:
        return all(given(period, code) is not None for period in periods)

    both = tuple(filter(always, history.units))
    return (both, True) if both else (tuple(history.units), False)


def _failing_rate(history: History, form: Form) -> Series:
    sent = {t.period: history.reported(t, form.name) for t in history.periods}
    codes, alike = _common(history, lambda period, code: True if code in sent[period] else None)
    values, units, doubts = [], [], []
    for tables in history.periods:
        rows = tables.forms[form.name]
        mine = rows[rows["unit"].isin(codes)]
        values.append(percent(int((mine["result"].fillna("") == FAILING).sum()), len(mine)))
        units.append(len(sent[tables.period] & set(codes)))
        doubts.append(_shaken(history, tables.period, codes, form))
    return _series(history, "sampling.failing_rate", "不合格发现率", "%", 2, values, units, alike=alike, doubts=doubts)


def _shaken(history: History, period: str, codes: Iterable[str], *forms: Form) -> bool:
    """Whether any unit's list of a period probably has too many records or too few."""
    lists = history.lists_in_doubt[period]
    return any((code, form.name) in lists for form in forms for code in codes)


def _coverage(history: History, samples: Form, firms: Form) -> Series:
    """As each period's report had it."""
    values, units, doubts = [], [], []
    for at in _as_they_stood(history):
        doubts.append(_shaken(at, at.now.period, at.units, samples, firms))
        batches = Sampling(at, samples, {})
        listed = roster(at, firms, batches).firms
        producing = listed[listed["status"] == PRODUCING]
        values.append(percent(int(producing["sampled"].sum()), len(producing)))
        units.append(int(producing["unit"].nunique()))
    return _series(
        history, "coverage.rate", f"{samples.act}覆盖率", "%", 2, values, units, target=COMPLETE, doubts=doubts
    )


def _on_time(history: History) -> Series:
    """Returns of all forms that came on time, of all that were due."""
    values, units = [], []
    for at in _as_they_stood(history):
        record = [s for s in submissions(at).values() if s.state != "not asked"]
        timely = sum(s.state in RECEIVED and s.state != "partial" and not s.late for s in record)
        values.append(percent(timely, len(record)))
        units.append(len(at.campaign.reporters))
    return _series(history, "submission.on_time", "按时报送率", "%", 2, values, units, target=COMPLETE)


def _as_they_stood(history: History) -> list[History]:
    """The history as it was at the end of each period."""
    return [replace(history, periods=history.periods[: n + 1]) for n in range(len(history.periods))]


def _series(
    history: History,
    name: str,
    label: str,
    unit: str,
    decimals: int,
    values: Iterable[Decimal | None],
    units: Iterable[int],
    *,
    alike: bool = True,
    target: Decimal | None = None,
    doubts: Iterable[bool] = (),
) -> Series:
    periods = tuple(t.period for t in history.periods)
    marks = tuple(doubts) or (False,) * len(periods)
    return Series(name, label, unit, decimals, periods, tuple(values), tuple(units), alike, target, marks)
