"""Step four of the flow: the rules looked up, asked, and their faults given addresses.

Rules say what is wrong; this module says where it stands, drops what another rule has said already, and adds
what `tally.check.culprits` suspects. Nothing here changes a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tally.check.culprits import Suggestion, suspects, worded
from tally.declare import Campaign, Form, Period, Rule, Unit
from tally.model import ABSENT, Finding, PeriodTables, Place, Return
from tally.rules.base import CityRule, CityScope, Fault, FormRule, UnitRule, UnitScope
from tally.rules.matrix import TotalIsSum
from tally.rules.view import FormView, values_of

RuleFault = tuple[Rule, Fault]
NOWHERE = Place("", "", "", "")


def check_return(form: Form, ret: Return, previous: Return | None = None) -> list[Finding]:
    """Findings of the form's own rules.

    `previous`, the unit's return before, is evidence for suggestions, and tells how much cumulative figures grew.
    """
    if ret.state in ABSENT or (ret.state == "zero return" and ret.frame.isna().all(axis=None)):
        return []
    before = FormView(form, previous) if previous is not None and previous.state not in ABSENT else None
    view = FormView(form, ret, before)
    faults = not_implied(
        (rule, fault) for rule in form.rules if isinstance(rule, FormRule) for fault in rule.faults(view)
    )
    broken = [(r.id, f.at, f.field) for r, f in faults if r.arithmetic and (f.severity or r.severity) == "error"]
    suggestions: list[Suggestion] = []
    if broken and form.layout == "matrix":
        suggestions = suspects(view)
    return addressed(view, faults, suggestions)


def check_unit(
    campaign: Campaign,
    period: Period,
    unit: Unit,
    returns: Mapping[str, Return],
    previous: Mapping[str, Return],
) -> list[Finding]:
    """Findings across one unit's forms and against its returns of the period before (not of each form's own rules)."""
    scope = UnitScope(campaign, period, unit, views(campaign, returns), views(campaign, previous))
    by_form: dict[str, list[RuleFault]] = {}
    findings: list[Finding] = []
    for rule in campaign.rules:
        if isinstance(rule, UnitRule):
            for fault in rule.faults(scope):
                by_form.setdefault(fault.form, []).append((rule, fault))
    for name, some in by_form.items():
        findings += addressed(scope.forms[name], not_implied(some), [])
    return findings


def check_all(
    campaign: Campaign,
    period: Period,
    tables: PeriodTables,
    previous: PeriodTables | None,
    earlier: tuple[PeriodTables, ...] = (),
) -> list[Finding]:
    """Findings across units, on the tables of all units together."""
    scope = CityScope(campaign, period, tables, previous, earlier)
    faults = [(rule, fault) for rule in campaign.rules if isinstance(rule, CityRule) for fault in rule.faults(scope)]
    places = table_places(tables, {(f.unit, f.form, f.row, f.field) for _, f in faults if f.field})
    files = form_files(tables)
    return [
        finding(rule, fault, fault.unit, fault.form, fault.row, places.get(key(fault)) or files.get(key(fault)[:2]))
        for rule, fault in faults
    ]


def views(campaign: Campaign, returns: Mapping[str, Return]) -> dict[str, FormView]:
    """The forms that came in, as rules see them."""
    return {n: FormView(campaign.form(n), r) for n, r in returns.items() if r.state not in ABSENT}


def not_implied(faults: Iterable[RuleFault]) -> list[RuleFault]:
    """Without the faults that a rule named in `implied_by` has told of the same record and field, or whole record."""
    faults = list(faults)
    if not any(rule.implied_by for rule, _ in faults):
        return faults
    cells = {(r.id, f.at, f.field) for r, f in faults}
    return [(rule, fault) for rule, fault in faults if cells.isdisjoint(_implying(rule, fault))]


def _implying(rule: Rule, fault: Fault) -> set[tuple[str, int | None, str]]:
    return {(name, fault.at, fault.field) for name in rule.implied_by}


def addressed(view: FormView, faults: list[RuleFault], suggestions: list[Suggestion]) -> list[Finding]:
    """Findings of one form with file, sheet and cell, and with what is suspected of those it explains."""
    wanted = [(f.at, f.field or view.form.fields[0].name) for _, f in faults if f.at is not None]
    places = iter(view.places(wanted))
    hints: dict[tuple[str, int | None, str], list[Suggestion]] = {}
    for suggestion in suggestions:
        for mended in suggestion.mends:
            hints.setdefault(mended, []).append(suggestion)
    result = []
    for rule, fault in faults:
        place = next(places) if fault.at is not None else somewhere(view)
        row = fault.row if fault.at is None else view.keys[fault.at]
        some = hints.get((rule.id, fault.at, fault.field))
        fault = replace(fault, expected=_not_to_type_in(rule, fault, row, some) or fault.expected)
        result.append(
            finding(rule, fault, view.ret.unit, view.form.name, row, place, worded(view, some) if some else "")
        )
    return result


def _not_to_type_in(rule: Rule, fault: Fault, row: str, some: list[Suggestion] | None) -> str:
    """What is expected of a total whose parts are the suspects: their sum is wrong too, and must not be typed over it."""
    mended_here = not some or any((r, f) == (row, fault.field) for r, f, _ in some[0].changes)
    return "" if mended_here or not isinstance(rule, TotalIsSum) else f"与各类之和一致（现为 {fault.expected}）"


def somewhere(view: FormView) -> Place:
    """The file and sheet the form was read from, without a cell."""
    for file, sheet in zip(view.ret.cells["file"], view.ret.cells["sheet"], strict=True):
        if file:
            return Place(file, sheet or "", "", "")
    return Place(view.ret.files[0].path, "", "", "") if view.ret.files else NOWHERE


def finding(rule: Rule, fault: Fault, unit: str, form: str, row: str, place: Place | None, hint: str = "") -> Finding:
    place = place or NOWHERE
    return Finding(
        unit=unit,
        form=form,
        rule=rule.id,
        severity=fault.severity or rule.severity,
        message=fault.message,
        row=row,
        field=fault.field,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        found=place.raw if fault.found is None else fault.found,
        expected=fault.expected,
        suggestion=hint or fault.suggestion,
    )


def key(fault: Fault) -> tuple[str, str, str, str]:
    return fault.unit, fault.form, fault.row, fault.field


def table_places(
    tables: PeriodTables, wanted: set[tuple[str, str, str, str]]
) -> dict[tuple[str, str, str, str], Place]:
    """Addresses of cells by unit, form, row and field."""
    if not wanted:
        return {}
    cells = tables.cells
    some = cells[
        cells["field"].isin({w[3] for w in wanted})
        & cells["unit"].isin({w[0] for w in wanted})
        & cells["form"].isin({w[1] for w in wanted})
    ]
    keys = zip(*(values_of(some[c]) for c in ("unit", "form", "row", "field")), strict=True)
    addresses = zip(*(values_of(some[c]) for c in ("file", "sheet", "cell", "raw")), strict=True)
    places: dict[tuple[str, str, str, str], Place] = {}
    for (unit, form, row, name), address in zip(keys, addresses, strict=True):
        key = (unit, form, str(row), name)
        if key in wanted:
            places[key] = Place(*(text or "" for text in address))
    return places


def form_files(tables: PeriodTables) -> dict[tuple[str, str], Place]:
    """The file of each unit's form, for findings on a whole form."""
    columns = (values_of(tables.returns[c]) for c in ("unit", "form", "file"))
    return {(u, f): Place(file or "", "", "", "") for u, f, file in zip(*columns, strict=True)}
