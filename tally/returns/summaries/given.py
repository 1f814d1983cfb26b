"""What a unit's forms give for the measures that a summary states, with the place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tally.returns.summaries.measures import Measure
from tally.rules.view import FormView
from tally.rules.words import filled
from tally.writing.firms import NOT_PRODUCING, PRODUCING, firm_key
from tally.writing.numbers import exact, plain

STOPPED = ("停产",)
FAILING, PASSING = "不合格", "合格"


@dataclass(frozen=True, slots=True)
class Given:
    """What the form gives: a figure, or bounds where some of its cells cannot be read; and where it stands.

    `told` names the figure as a clerk knows it; `exact` figures have least == most.
    """

    least: Decimal
    most: Decimal
    basis: str
    file: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def shown(self) -> str:
        return plain(self.least) if self.least == self.most else f"{plain(self.least)}至{plain(self.most)}"

    @property
    def place(self) -> str:
        """附件4.xlsx Sheet1!D13, "" where the form came without a cell."""
        at = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.cell or self.sheet
        return " ".join(p for p in (self.file.rsplit("/", 1)[-1], at) if p)


def given(measure: Measure, views: Mapping[str, FormView]) -> Given | None:
    """The form's figure, None where the form did not come (and has no view), the cell is blank or unreadable."""
    if (view := views.get(measure.form)) is None:
        return None
    return _cell(view, measure) if view.form.layout == "matrix" else _counted(view, measure)


def _cell(view: FormView, measure: Measure) -> Given | None:
    form = view.form
    at = view.index.get(form.total)
    value = None if at is None else exact(view.value(at, measure.field))
    if at is None or value is None:
        return None
    place = view.place(at, measure.field)
    basis = f"{form.number}合计行“{view.label(measure.field)}”"
    return Given(value, value, basis, place.file, place.sheet, place.cell)


def _counted(view: FormView, measure: Measure) -> Given | None:
    count = _COUNTS.get(measure.key)
    column = _COLUMNS.get(measure.key, "enterprise")
    if count is None or {"enterprise", column} & view.missing_columns:
        return None
    bounds = count(view)
    if bounds is None:
        return None
    return Given(*bounds, f"{view.form.number}的{measure.label}", *_where(view, column))


def _where(view: FormView, column: str) -> tuple[str, str, str]:
    """The file, the sheet and the stretch of cells that were counted."""
    cells = [(at, column) for at in range(view.size)]
    places = [p for p in view.places(cells) if p.cell]
    if not places:
        return (view.ret.files[0].path if view.ret.files else "", "", "")
    first, last = places[0], places[-1]
    together = (first.file, first.sheet) == (last.file, last.sheet) and first.cell != last.cell
    return first.file, first.sheet, f"{first.cell}:{last.cell}" if together else first.cell


Bounds = tuple[Decimal, Decimal]


def _batches(view: FormView) -> Bounds:
    return _same(view.size)


def _firms(view: FormView) -> Bounds:
    """Distinct names, and up to one more for each record without a name."""
    names = view.column("enterprise")
    known = {firm_key(n) for n in names if filled(n)}
    return Decimal(len(known)), Decimal(len(known) + sum(not filled(n) for n in names))


def _of(view: FormView, column: str, wanted: Iterable[str], known: Iterable[str]) -> Bounds:
    """Records whose column says one of `wanted`, and up to those of which it says nothing known."""
    values, known = view.column(column), set(known)
    certain = sum(v in wanted for v in values)
    return Decimal(certain), Decimal(certain + sum(v not in known for v in values))


def _results(wanted: str) -> Callable[[FormView], Bounds]:
    return lambda view: _of(view, "result", (wanted,), (FAILING, PASSING))


def _rate(wanted: str) -> Callable[[FormView], Bounds | None]:
    def rate(view: FormView) -> Bounds | None:
        if not view.size:
            return None
        least, most = _results(wanted)(view)
        return _percent(least, view.size), _percent(most, view.size)

    return rate


def _percent(part: Decimal, whole: int) -> Decimal:
    return (100 * part / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _status(wanted: Iterable[str]) -> Callable[[FormView], Bounds]:
    return lambda view: _of(view, "production_status", wanted, (PRODUCING, *NOT_PRODUCING))


def _roster(view: FormView) -> Bounds:
    """Firms of the roster; one that is written twice may be meant once or twice."""
    least, most = _firms(view)
    return least, max(most, Decimal(view.size))


def _stopped(view: FormView) -> Bounds:
    """停产 alone, or with what has been turned to other products or closed: people mean either."""
    least, most = _status(STOPPED)(view)
    return least, max(most, _status(NOT_PRODUCING)(view)[1])


def _same(n: int) -> Bounds:
    return Decimal(n), Decimal(n)


_COUNTS: dict[tuple[str, str], Callable[[FormView], Bounds | None]] = {
    ("sampling", "batches"): _batches,
    ("sampling", "firms"): _firms,
    ("sampling", "failing"): _results(FAILING),
    ("sampling", "passing"): _results(PASSING),
    ("sampling", "failing_rate"): _rate(FAILING),
    ("sampling", "passing_rate"): _rate(PASSING),
    ("enterprises", "firms"): _roster,
    ("enterprises", "producing"): _status((PRODUCING,)),
    ("enterprises", "stopped"): _stopped,
}
_COLUMNS = {key: "result" for key in _COUNTS if key[1] in ("failing", "passing", "failing_rate", "passing_rate")}
_COLUMNS |= {key: "production_status" for key in _COUNTS if key[1] in ("producing", "stopped")}
