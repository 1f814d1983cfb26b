"""A period's steps as plain functions: one unit, then all units together. The notebooks and the command line call these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

import pandas as pd
import pyarrow as pa

from tally import campaigns, catalogue
from tally.check.corrections import load_corrections
from tally.check.explanations import explained
from tally.check.findings import check_all
from tally.check.standing import Standing
from tally.clean.unit_names import units_in
from tally.declare import Campaign
from tally.intake.survey import Survey, survey
from tally.intake.survey_file import taken_over
from tally.locate.labels import names_of
from tally.model import ABSENT, Finding, PeriodTables, Return
from tally.paths import Paths, chosen
from tally.returns.joined import READER, keep, together
from tally.returns.stored import OF_SUMMARIES, load_unit, save_unit
from tally.returns.summaries.copied import copied
from tally.returns.unit import Sent, UnitReturn, judged, read_sent
from tally.store.tables import as_frame, findings_table, is_processed, load_period, read_table, schema


def prepare(campaign: str, root: str) -> None:
    """Loads a campaign and works out what its units' and forms' names are told by, for all that follows here."""
    declared = campaigns.load(campaign, root)
    units_in(declared, declared.unit(declared.top.code).name)
    for form in declared.forms:
        names_of(form)


def process_unit(
    campaign: str, period: str, unit: str, root: str, surveyed: Survey | None = None, received: str = ""
) -> UnitReturn:
    """Reads, cleans and checks one unit's returns and writes its tables; what county.ipynb calls.

    `received`: where the run's survey of this unit's files lies below the root, "" to make a survey now.
    """
    declared = campaigns.load(campaign, root)
    unit, period = declared.unit(unit).code, declared.period(period).name  # as typed on papermill's command line
    paths = Paths(chosen(root), declared.name, period)
    surveyed = surveyed or taken_over(paths, received)
    read = judged(unit_sent(declared, paths, unit, surveyed), load_corrections(paths.corrections, declared).of(unit))
    save_unit(paths, declared, read)
    return read


def unit_sent(campaign: Campaign, paths: Paths, unit: str, surveyed: Survey | None) -> Sent:
    """What a unit sent in the period of `paths`, with its returns of earlier periods beside it."""
    stored = cache(lambda name: load_unit(paths.beside(name), campaign, unit))  # asked for twice
    previous, period = _last_sent(campaign, paths.period, stored), paths.period
    return read_sent(campaign, period, unit, paths.root, surveyed, previous, lambda: _earlier(campaign, period, stored))


Stored = Callable[[str], Mapping[str, Return]]  # period -> what the unit sent in it


def _last_sent(campaign: Campaign, period: str, stored: Stored) -> dict[str, Return]:
    """By form, what the unit sent last before this period: a period in which nothing came is passed over."""
    names = [p.name for p in campaign.periods]
    last: dict[str, Return] = {}
    for name in reversed(names[: names.index(period)]):
        for form, ret in stored(name).items():
            if ret.state not in ABSENT:
                last.setdefault(form, ret)
        if len(last) == len(campaign.forms):
            break
    return last


def _earlier(campaign: Campaign, period: str, stored: Stored) -> list[Mapping[str, Return]]:
    """The unit's returns of every processed period before, oldest first."""
    names = [p.name for p in campaign.periods]
    before = map(stored, names[: names.index(period)])
    return [returns for returns in before if returns]


def reporting_units(campaign: Campaign, surveyed: Survey) -> list[str]:
    """The units to read: all that must report, and the top itself where it sent something of its own."""
    codes = [u.code for u in campaign.units]
    return [*codes, campaign.top.code] if surveyed.of(campaign.top.code) else codes


def join_units(
    campaign: str, period: str, root: str, failed: dict[str, str] | None = None, surveyed: Survey | None = None
) -> PeriodTables:
    """Puts all units' tables together, checks across units and writes the contract's tables.

    `failed`: unit -> reason for units whose notebook failed: they are left out, with an error that says so.
    """
    declared = campaigns.load(campaign, root)
    paths = Paths(chosen(root), declared.name, period)
    surveyed = surveyed or survey(declared, paths)
    units = [
        u for u in reporting_units(declared, surveyed) if paths.unit_tables(u).exists() and u not in (failed or {})
    ]
    tables = together(paths, declared, units)
    frames = {name: as_frame(table) for name, table in tables.items()}
    stored = frames.pop("findings").drop(columns=READER)
    cells, returns, _, texts = (frames.pop(name) for name in ("cells", "returns", *OF_SUMMARIES))
    joined = PeriodTables(period, frames, cells, stored, returns)
    refused = load_corrections(paths.corrections, declared).refused
    findings = [*surveyed.findings, *refused, *_failures(failed or {})]
    before = _earlier_periods(declared, paths)
    last = next((t for t in before if t.period == _name_before(declared, period)), None)
    findings += check_all(declared, declared.period(period), joined, last, tuple(before))
    findings += copied(declared, texts, list(_earlier_texts(declared, paths)))
    findings += Standing(declared, (*before, joined)).findings()
    every = pd.concat([stored, as_frame(findings_table(findings))], ignore_index=True)
    every = explained(paths, declared, every)
    table = pa.Table.from_pandas(every, schema=schema("findings", declared), preserve_index=False)
    keep(paths, declared, units, tables, table)
    return replace(joined, findings=as_frame(table))


def _earlier_periods(campaign: Campaign, paths: Paths) -> list[PeriodTables]:
    """The processed periods before this one, oldest first."""
    names = [p.name for p in campaign.periods]
    places = [paths.beside(name) for name in names[: names.index(paths.period)]]
    return [load_period(place, campaign) for place in places if is_processed(place, campaign)]


def _earlier_texts(campaign: Campaign, paths: Paths) -> Iterator[tuple[str, pd.DataFrame]]:
    """The units' summaries of the periods before, oldest first."""
    names = [p.name for p in campaign.periods]
    for name in names[: names.index(paths.period)]:
        stored = paths.beside(name).processed / "texts.parquet"
        if stored.exists():
            yield name, read_table(stored)


def _name_before(campaign: Campaign, period: str) -> str:
    before = campaign.before(period)
    return before.name if before else ""


def _failures(failed: dict[str, str]) -> list[Finding]:
    facts = {unit: reason.partition("\n")[0] for unit, reason in failed.items()}
    return [catalogue.finding("run.notebook_failed", unit=unit, reason=fact[:200]) for unit, fact in facts.items()]
