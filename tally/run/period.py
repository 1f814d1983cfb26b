"""A run: which notebooks are due, run them, put the units together, make the report. Used by the command line.

    units (county.ipynb each)  ->  together  ->  totals.ipynb  ->  report.ipynb  ->  HTML, PDF, Word, Excel

A unit whose notebook fails is left out and named; what has not changed since the last run is not run again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tally import campaigns, engine
from tally.campaigns.words import words
from tally.check.corrections import load_corrections
from tally.check.explanations import load_explanations
from tally.declare import Campaign
from tally.errors import TallyError
from tally.intake.survey import newest_period
from tally.paths import Paths
from tally.returns.processing import reporting_units
from tally.run.settings import Options, Reporting, Result
from tally.run.units import leave_out, put_together, units_and_join
from tally.store import lock
from tally.totals.levels import within

__all__ = ["Options", "Result", "Reporting", "newest_period", "run_period"]


def run_period(
    campaign_name: str, period_name: str, root: Path, options: Options, reporting: Reporting, *, report: bool = True
) -> Result:
    """Runs everything that is due for a period (`report=False`: reading and checking only).

    TallyError where the run as a whole cannot go on; nothing that is wrong with one unit raises.
    """
    campaign = campaigns.load(campaign_name, root)
    campaign.period(period_name)
    within(campaign, options.area or campaign.top.code)  # an unknown area is refused before anything is read
    options = _settled(options, reporting)
    root = Path(root).resolve()
    if not (raw := Paths(root, campaign.name, period_name).raw).is_dir():
        raise TallyError(f"没有找到 {period_name} 的上报文件夹：{raw}", "请把各单位的文件放进该文件夹后重试")
    _analysts_files(campaign, Paths(root, campaign.name, period_name), reporting.say)
    with lock.held(root, reporting.say):
        return _run_period(campaign, period_name, root, options, reporting, report)


def _run_period(
    campaign: Campaign, period_name: str, root: Path, options: Options, reporting: Reporting, report: bool
) -> Result:
    _earlier(campaign, period_name, root, options, reporting)
    result = units_and_join(campaign, Paths(root, campaign.name, period_name), options, reporting, period_name)
    if report:
        _report(campaign, result, options, reporting)
    return result


def read_earlier(campaign: Campaign, period_name: str, root: Path, reporting: Reporting) -> None:
    """The periods before one, read and checked as far as they have changed: what a new period begins with.

    UsageError for an unknown period; TallyError where the run as a whole cannot go on.
    """
    campaign.period(period_name)
    options, root = _settled(Options(), reporting), Path(root).resolve()
    with lock.held(root, reporting.say):
        _earlier(campaign, period_name, root, options, reporting)


def _earlier(campaign: Campaign, period_name: str, root: Path, options: Options, reporting: Reporting) -> None:
    for earlier in campaign.periods:
        if earlier.name == period_name:
            break
        paths = Paths(root, campaign.name, earlier.name)
        if paths.raw.is_dir() and any(paths.raw.iterdir()):
            units_and_join(campaign, paths, options, reporting, f"上期 {earlier.name}")


def _report(campaign: Campaign, result: Result, options: Options, reporting: Reporting) -> None:
    """The report; without a unit whose tables break it, rather than none at all."""
    from tally.run.report import make_report  # here: a check need not wait for what writes documents

    try:
        make_report(campaign, result, options, reporting)
    except Exception as e:
        units = reporting_units(campaign, result.surveyed)

        def without(failed: dict[str, str]) -> None:
            put_together(result, units, failed, options)
            make_report(campaign, result, options, Reporting(say=lambda line: None))

        leave_out(result, units, e, without, reporting)


def _analysts_files(campaign: Campaign, paths: Paths, say: Callable[[str], None]) -> None:
    """A slip in what the analyst keeps is told once, before any unit is read: it is no unit's fault.

    A file that cannot be read stops the run; a line that cannot be meant is kept out alone.
    """
    words(paths.mappings, campaign)
    _, of_explanations = load_explanations(paths.explanations, campaign)
    for finding in (*load_corrections(paths.corrections, campaign).refused, *of_explanations):
        say(f"注意：{finding.message}")


def _settled(options: Options, reporting: Reporting) -> Options:
    """With the engine and the number of jobs decided; a fallback is announced."""
    chosen = options.engine
    if not chosen or chosen == "fork":
        why = engine.available()
        if why and chosen == "fork":
            raise TallyError(f"这台机器不能使用 fork 引擎：{why}", "请改用 --engine plain")
        if why:
            reporting.say(f"注意：{why}，改用普通的 papermill 执行（较慢）")
        chosen = "plain" if why else "fork"
    return replace(options, engine=chosen, jobs=options.jobs or os.cpu_count() or 1)
