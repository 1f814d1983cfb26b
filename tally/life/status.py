"""Where a period stands: who sent what and when, what is wrong with it, what nobody has written yet. Only reads.

status(campaign, paths) -> Status -> `tally.life.next_steps` (what has to be done, by whom) -> `tally.cli.status_text` (words, JSON)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tally.campaigns.words import Word, words
from tally.check import explanations
from tally.check.acceptances import Acceptance, acceptances
from tally.check.past import Changes, last_check, past
from tally.check.remarks import Remark, remarks
from tally.check.verdicts import Verdict, verdicts
from tally.declare import Campaign, Period
from tally.intake import known_files
from tally.intake.survey import Survey, survey
from tally.model import PeriodTables
from tally.paths import Paths
from tally.report import open_report
from tally.report.amendments.record import Release, latest, sha256
from tally.returns.processing import reporting_units
from tally.run import states as steps
from tally.store.tables import is_processed, load_period
from tally.totals import History
from tally.totals.history import RECEIVED
from tally.totals.record import Submission, submissions

SUMMARY = "summary"
UNREAD = "unread"  # the state of every form of a period that has not been processed


@dataclass(frozen=True, slots=True)
class Rates:
    """How many returns were required, came at all (completeness) and came on time (timeliness)."""

    required: int
    received: int
    on_time: int

    @property
    def completeness(self) -> float:
        return self.received / self.required if self.required else 0.0

    @property
    def timeliness(self) -> float:
        return self.on_time / self.required if self.required else 0.0


@dataclass(frozen=True)
class UnitStatus:
    """One unit. `record`: form (and "summary") -> its submission, {} if unread; `errors` have no written reason yet."""

    code: str
    name: str
    files: int
    record: Mapping[str, Submission] = field(default_factory=dict)
    errors: int = 0
    answered: int = 0  # errors that stand with a written reason
    warnings: int = 0  # that nobody has explained
    acceptance: Acceptance | None = None  # of its figures, standing or lapsed

    def missing(self) -> list[str]:
        return [form for form, s in self.record.items() if s.state == "missing"]

    @property
    def open(self) -> bool:
        """Whether the unit has anything left to do."""
        return bool(self.missing() or self.errors or self.warnings)


@dataclass(frozen=True)
class PastPeriod:
    """One period in a line: its rates, None while it is not processed, and what is still open."""

    period: str
    rates: Rates | None
    errors: int = 0
    warnings: int = 0
    release: int = 0  # number of its last release, 0 if there is none


@dataclass(frozen=True)
class Status:
    """All that is known of one period without running anything.

    `stale`: why it must be processed (again), () if its tables stand; `rates` is None before that; `by_form` likewise {}.
    `unanswered`: errors without a correction or a reason, as `approve` counts them.
    `elsewhere`: messages of open findings that no unit can answer (files of nobody); `report`: "", "stale" or "made".
    """

    campaign: Campaign
    period: Period
    processed: bool
    stale: tuple[str, ...]
    units: tuple[UnitStatus, ...]
    rates: Rates | None
    by_form: Mapping[str, Rates]
    periods: tuple[PastPeriod, ...]
    elsewhere: tuple[str, ...] = ()
    unanswered: int = 0
    todos: tuple[str, ...] = ()
    report: str = ""
    release: Release | None = None
    words: tuple[Word, ...] = ()  # confirmed writings in use
    changes: Changes = Changes()  # findings that came up and were gone with the last check
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)  # rule -> how often its findings proved true
    remarks: tuple[Remark, ...] = ()  # the reviewer's that are not settled
    typed: str = ""  # the period as a command line must name it
    amended: bool = False  # whether the report that lies there is another than the one released last

    @property
    def forms(self) -> dict[str, str]:
        """Form (and "summary") -> what people call it."""
        return names_of_forms(self.campaign, self.period)


def names_of_forms(campaign: Campaign, period: Period) -> dict[str, str]:
    """Form -> its number; the text summary too, if the period asks for one."""
    return {f.name: f.number for f in campaign.forms} | ({SUMMARY: "工作总结"} if SUMMARY in period.due else {})


def status(campaign: Campaign, paths: Paths) -> Status:
    """Where the period of `paths` stands now; nothing is run or written. UsageError for an unknown period."""
    period = campaign.period(paths.period)
    surveyed = survey(campaign, paths, known_files.load(paths)) if paths.raw.is_dir() else Survey((), {}, {})
    processed = is_processed(paths, campaign)
    tables = load_period(paths, campaign) if processed else None
    periods = _periods(campaign, paths)
    release = latest(paths)
    common: dict[str, Any] = {"elsewhere": _elsewhere(tables, surveyed), "release": release, "typed": paths.typed}
    if tables is None:
        units = tuple(UnitStatus(u.code, u.name, len(surveyed.of(u.code))) for u in campaign.units)
        return Status(campaign, period, False, ("还没有运行过",), units, None, {}, periods, **common)
    record = submissions(History(campaign, (tables,)))
    forms = names_of_forms(campaign, period)
    return Status(
        campaign,
        period,
        True,
        tuple(outdated(campaign, paths, surveyed)),
        tuple(_units(campaign, paths, tables, surveyed, record, forms)),
        rates(campaign, record, forms),
        {form: rates(campaign, record, (form,)) for form in forms},
        periods,
        unanswered=len(explanations.error_answers(campaign, paths, tables.findings)[1]),
        words=words(paths.mappings, campaign),
        changes=last_check(past(paths)),
        verdicts=verdicts(campaign, paths),
        remarks=tuple(r for r in remarks(paths.remarks) if r.open),
        todos=open_report(period.name, campaign.name, paths.root).todos(),
        report=report_standing(campaign, paths),
        amended=release is not None and _differs(paths, release),
        **common,
    )


def rates(campaign: Campaign, record: Mapping[tuple[str, str], Submission], forms: Iterable[str]) -> Rates:
    """Over all units that must report and `forms`; a zero return counts like any other."""
    forms = tuple(forms)
    asked = [(u.code, f) for u in campaign.units for f in forms if u.must(f)]
    mine = [record[at] for at in asked if at in record]
    came = [s for s in mine if s.state in RECEIVED]
    return Rates(len(asked), len(came), sum(not s.late for s in came))


def _units(
    campaign: Campaign,
    paths: Paths,
    tables: PeriodTables,
    surveyed: Survey,
    record: Mapping[tuple[str, str], Submission],
    forms: Iterable[str],
) -> list[UnitStatus]:
    answered, without = explanations.error_answers(campaign, paths, tables.findings)
    signed = acceptances(paths.acceptances, tables)
    warned = tables.findings[tables.findings["severity"] == "warning"]["unit"].value_counts()
    units = []
    for code in reporting_units(campaign, surveyed):
        mine = {f: s for f in forms if (s := record.get((code, f)))}
        if code == campaign.top.code:
            mine = {f: s for f, s in mine.items() if s.state != "missing"}  # it must not report; what it sent is shown
        name = campaign.unit(code).name + ("本级" if code == campaign.top.code else "")
        errors, reasoned = _of(without, code), _of(answered, code)
        units.append(
            UnitStatus(
                code, name, len(surveyed.of(code)), mine, errors, reasoned, int(warned.get(code, 0)), signed.get(code)
            )
        )
    return units


def _of(errors: Iterable[Mapping[str, str]], unit: str) -> int:
    return sum(e["unit"] == unit for e in errors)


def _elsewhere(tables: PeriodTables | None, surveyed: Survey) -> tuple[str, ...]:
    """Open findings of no unit, with their file."""
    if tables is None:
        return tuple(f"{f.file}：{f.message}" for f in surveyed.findings if f.severity != "note")
    f = tables.findings
    mine = f[(f["unit"].fillna("") == "") & (f["severity"] != "note")].fillna("")
    return tuple(f"{r.file}：{r.message}" if r.file else r.message for r in mine.itertuples())


def outdated(campaign: Campaign, paths: Paths, surveyed: Survey) -> list[str]:
    """Why the period's tables no longer follow from what came, each reason once with the units it concerns."""
    states = steps.UnitStates(campaign, paths, surveyed)
    units = reporting_units(campaign, surveyed)
    where: dict[str, list[str]] = {}
    for unit in units:
        for why in steps.reasons(steps.state_file(paths.unit(unit)), states.of(unit)):
            where.setdefault(why, []).append(campaign.unit(unit).name)
    return [why if len(names) == len(units) else f"{why}（{'、'.join(names)}）" for why, names in where.items()]


def report_standing(campaign: Campaign, paths: Paths) -> str:
    """ "made" if the report says what the tables say, "stale" if not, "" if there is none."""
    if not (paths.reports / "manifest.json").exists():
        return ""
    now = steps.report_state(campaign, paths, "internal", "")
    return "stale" if steps.reasons(paths.runs / "report.state.json", now) else "made"


def issued(paths: Paths) -> Release | None:
    """The release that says what the report says now; None if there is none, or something changed since."""
    release = latest(paths)
    return None if release is None or _differs(paths, release) else release


def _differs(paths: Paths, release: Release) -> bool:
    report = paths.reports / "report.html"
    return report.exists() and sha256(report) != release.files.get(report.name)


def _periods(campaign: Campaign, paths: Paths) -> tuple[PastPeriod, ...]:
    """Every period up to this one that has returns or tables, oldest first."""
    names = [p.name for p in campaign.periods]
    upto = (paths.beside(n) for n in names[: names.index(paths.period) + 1])
    return tuple(_past(campaign, p) for p in upto if p.raw.is_dir() or is_processed(p, campaign))


def _past(campaign: Campaign, paths: Paths) -> PastPeriod:
    release = latest(paths)
    number = release.number if release else 0
    if not is_processed(paths, campaign):
        return PastPeriod(paths.period, None, release=number)
    tables = load_period(paths, campaign)
    record = submissions(History(campaign, (tables,)))
    count = tables.findings["severity"].value_counts()
    shares = rates(campaign, record, names_of_forms(campaign, campaign.period(paths.period)))
    return PastPeriod(paths.period, shares, int(count.get("error", 0)), int(count.get("warning", 0)), number)
