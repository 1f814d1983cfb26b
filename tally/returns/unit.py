"""One unit's return for a period: every file opened, every form found, cleaned and checked. What county.ipynb runs.

Nothing a unit sends stops this: what cannot be opened, placed or read is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from tally import catalogue
from tally.campaigns.words import with_words, words
from tally.check.corrections import Corrections, corrected, load_corrections
from tally.check.findings import check_return, check_unit
from tally.clean.dates import date_in
from tally.declare import Campaign, Form, Period, Unit
from tally.intake.survey import Survey, survey
from tally.model import Finding, Place, RawTable, ReceivedFile, Return
from tally.paths import Paths
from tally.returns.blanks import blank_measures
from tally.returns.candidates import Candidate
from tally.returns.companions import companions
from tally.returns.confirmed import with_confirmed
from tally.returns.formulas import formula_findings
from tally.returns.from_scans import with_scans
from tally.returns.header_units import header_unit_findings
from tally.returns.letters import letter_figures
from tally.returns.opening import Opened, open_files
from tally.returns.other_scopes import scope_findings
from tally.returns.own_corrections import own_faults_named
from tally.returns.resent import unasked
from tally.returns.summaries import Passage, compare, passages
from tally.returns.summaries.texts import Summary
from tally.returns.through_parts import joined_findings
from tally.returns.values import clean_tables
from tally.returns.versions import Counted, choose, same


@dataclass(frozen=True)
class UnitReturn:
    """All that one unit sent in a period. `returns` has every form of the campaign, missing ones empty."""

    unit: Unit
    returns: Mapping[str, Return]
    findings: tuple[Finding, ...]  # of files and of checks across forms; each Return has its own beside
    summary: Summary | None = None
    passages: tuple[Passage, ...] = ()  # of the summary, sorted to the duties
    files: tuple[ReceivedFile, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return (*self.findings, *(f for r in self.returns.values() for f in r.findings))


def read_unit(
    campaign: Campaign,
    period_name: str,
    unit_code: str,
    root: Path,
    surveyed: Survey | None = None,
    previous: Mapping[str, Return] | None = None,
    earlier: Callable[[], Sequence[Mapping[str, Return]]] | None = None,
) -> UnitReturn:
    """What `unit_code` sent in the period, read, cleaned, corrected and checked, alone and against `previous`.

    `earlier` gives its returns of all periods before, oldest first, where the summary's figures may be to date;
    without it only `previous` is known.
    Errors: UsageError for an unknown period or unit. Files are only read.
    """
    sent = read_sent(campaign, period_name, unit_code, root, surveyed, previous, earlier)
    paths = Paths(Path(root), campaign.name, period_name)
    return judged(sent, load_corrections(paths.corrections, sent.campaign).of(sent.unit.code))


@dataclass(frozen=True, eq=False)
class Sent:
    """What one unit sent, read and cleaned, before our corrections and the checks; with what these need beside it.

    `replaced`: form -> the return that a later file replaced, and that one as it was read.
    """

    campaign: Campaign  # with the writings that hold for the unit
    period: Period
    unit: Unit
    opened: Opened
    returns: Mapping[str, Return]
    replaced: Mapping[str, tuple[Return, Return]]
    previous: Mapping[str, Return]
    earlier: Callable[[], Sequence[Mapping[str, Return]]] | None = None


def read_sent(
    campaign: Campaign,
    period_name: str,
    unit_code: str,
    root: Path,
    surveyed: Survey | None = None,
    previous: Mapping[str, Return] | None = None,
    earlier: Callable[[], Sequence[Mapping[str, Return]]] | None = None,
) -> Sent:
    """The unit's files opened, its forms found and cleaned. As `read_unit`."""
    paths = Paths(Path(root), campaign.name, period_name)
    confirmed = words(paths.mappings, campaign)
    campaign = with_words(campaign, confirmed, unit_code)
    period, unit = campaign.period(period_name), campaign.unit(unit_code)
    surveyed = surveyed or survey(campaign, paths)
    previous = previous or {}
    opened = open_files(campaign, paths, period, unit, surveyed)
    returns: dict[str, Return] = {}
    replaced: dict[str, tuple[Return, Return]] = {}
    for form in campaign.forms:
        candidates = [c for c in opened.candidates if c.table.form == form.name]
        choice = choose(campaign, period, form, candidates)
        ret = _return(campaign, period, unit, form, choice, opened.zeros.get(form.name))
        if opened.scans:
            ours = load_corrections(paths.corrections, campaign).of(unit.code)
            known = [corrected(campaign.form(n), r, ours) for n, r in returns.items()]
            read = partial(_return, campaign, period, unit, form, zero_file=None)
            ret = with_scans(campaign, period, form, ret, opened.scans, read, [*known, *previous.values()])
        older = _superseded(candidates, choice)
        if older and not same(form, older, choice.counted):
            before = _return(campaign, period, unit, form, choose(campaign, period, form, older), None)
            replaced[form.name] = (before, ret)
        returns[form.name] = with_confirmed(form, ret, confirmed)
    return Sent(campaign, period, unit, opened, returns, replaced, previous, earlier)


def judged(sent: Sent, corrections: Corrections) -> UnitReturn:
    """What the unit sent with our corrections of it, checked alone and against its returns before."""
    campaign, period, unit, opened, previous = sent.campaign, sent.period, sent.unit, sent.opened, sent.previous
    returns = {form.name: corrected(form, sent.returns[form.name], corrections) for form in campaign.forms}
    for form in campaign.forms:
        ret = returns[form.name]
        witnessed = scope_findings(campaign, period, form, ret, sent.earlier or tuple)
        check = partial(_checked, form, previous.get(form.name))
        checked = own_faults_named(corrections, check, sent.returns, returns)
        returns[form.name] = replace(ret, findings=(*ret.findings, *witnessed, *checked))
    of_files = companions(_still_true(opened.findings, returns), returns, opened.files)
    across = partial(check_unit, campaign, period, unit, previous=previous)
    findings = (*of_files, *own_faults_named(corrections, across, sent.returns, returns))
    known = sent.earlier or (lambda: [previous] if previous else [])
    for name, (before, after) in sent.replaced.items():
        form = campaign.form(name)
        found = [*before.findings, *check_return(form, before, previous.get(name))]
        found += check_unit(campaign, period, unit, {**returns, name: before}, previous)
        if opened.summary is not None:
            found += compare(campaign, unit, opened.summary, {**returns, name: before}, known)
        findings = (*findings, *unasked(form, before, after, found))
    for letter in opened.letters:
        findings = (*findings, *letter_figures(campaign, unit, letter, returns, known))
    if opened.summary is None:
        return UnitReturn(unit, returns, findings, files=opened.files)
    findings = (*findings, *compare(campaign, unit, opened.summary, returns, known))
    return UnitReturn(unit, returns, findings, opened.summary, passages(campaign, opened.summary.text), opened.files)


def _checked(form: Form, last: Return | None, returns: Mapping[str, Return]) -> Iterable[Finding]:
    return check_return(form, returns[form.name], last)


_OF_NAMES = ("returns.title_", "returns.filled_early")  # what is asked of a table that counts, for its name or its day


def _still_true(findings: Sequence[Finding], returns: Mapping[str, Return]) -> list[Finding]:
    """Without what is said of how a table counts, where it does not count."""
    counted = {(t.grid.file, t.grid.sheet) for r in returns.values() for t in r.tables}
    return [f for f in findings if not (f.rule.startswith(_OF_NAMES) and (f.file, f.sheet) not in counted)]


def _superseded(candidates: Sequence[Candidate], choice: Counted) -> list[Candidate]:
    """The tables of the files that a later one replaced."""
    paths = {f.path for f in choice.superseded}
    return [c for c in candidates if c.file.path in paths]


def _return(
    campaign: Campaign, period: Period, unit: Unit, form: Form, choice: Counted, zero_file: ReceivedFile | None
) -> Return:
    tables = tuple(c.table for c in choice.counted)
    files = tuple({c.file.path: c.file for c in choice.counted}.values())
    frame, cells, cleaned = clean_tables(unit.code, form, tables)
    findings = [
        replace(f, unit=unit.code, form=f.form or form.name)
        for f in (*choice.findings, *joined_findings(form, choice.counted))
    ]
    findings += [f for t in tables for f in header_unit_findings(unit.code, form, t)] + cleaned
    findings += [f for t in tables for f in formula_findings(campaign, period, unit, form, t)]
    if not tables and zero_file is None:
        must = unit.must(form.name)
        findings += [_missing(period, unit, form)] * must
        return Return(unit.code, form.name, "missing" if must else "not asked", frame, cells, tuple(findings))
    if not tables and zero_file is not None:
        return Return(unit.code, form.name, "zero return", frame, cells, tuple(findings), (zero_file,))
    if zero_file is not None and any(t.rows for t in tables):
        findings.append(_contradicted(unit, form, tables[0], zero_file.path))
    state = _state(period, form, files, choice.superseded)
    if blank := _blank(unit, form, tables, cells):
        state, empty = blank
        findings += empty
    else:
        findings += blank_measures(unit.code, form, tables, cells)
    reported = next((day for t in tables if (day := date_in(t.date_text))), None)
    sent, latest = (*files, *choice.superseded), max(period.end, period.due.get(form.name, period.end))
    return Return(unit.code, form.name, state, frame, cells, tuple(findings), sent, reported, tables, latest=latest)


def _blank(unit: Unit, form: Form, tables: tuple[RawTable, ...], cells: pd.DataFrame):
    """(state, findings) of a form that came without one figure or record; None if it holds something.

    Said in words it is a zero return; a list without a line is taken for one and must be confirmed; a matrix
    handed back as it was handed out is no return at all.
    """
    written = cells[cells["state"] != "blank"] if form.layout == "matrix" else cells
    if len(written):
        return None
    if any(t.zero for t in tables):
        return "zero return", []
    words = (~cells["raw"].dropna().str.startswith("=")).any()  # the total's formula is nobody's word
    outcome = "按零报告处理" if words or form.layout == "list" else "按未报处理"
    what = "只填了“无”“/”之类，没有一个数" if words else "没有一条记录" if form.layout == "list" else "没有填写一个数"
    kind = "returns.empty/words" if words else "returns.empty"
    finding = catalogue.finding(kind, _at(tables[0]), unit=unit.code, form=form.name, what=what, outcome=outcome)
    return ("missing" if outcome == "按未报处理" else "zero return"), [finding]


def _contradicted(unit: Unit, form: Form, table: RawTable, zero: str) -> Finding:
    """A form with rows beside a text that says that there is nothing to report."""
    return catalogue.finding("returns.zero_and_rows/text", _at(table), unit=unit.code, form=form.name, zero=zero)


def _at(table: RawTable) -> Place:
    return Place(table.grid.file, table.grid.sheet)


def _state(period: Period, form: Form, files: tuple[ReceivedFile, ...], earlier: tuple[ReceivedFile, ...]):
    """A form that first came in time is no late one, whenever it was corrected: to mend must not cost a unit its record."""
    due: date | None = period.due.get(form.name)
    in_time = not due or max(f.received for f in files) <= due or any(f.received <= due for f in earlier)
    return "on time" if in_time else "late"


def _missing(period: Period, unit: Unit, form: Form) -> Finding:
    due = period.due.get(form.name)
    expected = f"{due.year}年{due.month}月{due.day}日前报送" if due else ""
    return catalogue.finding("returns.missing", unit=unit.code, form=form.name, title=form.title, expected=expected)
