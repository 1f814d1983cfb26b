"""A run: which notebooks are due, run them, put the units together, make the report. Used by the command line.

    units (county.ipynb each)  ->  together  ->  totals.ipynb  ->  report.ipynb  ->  HTML, PDF, Word, Excel

A unit whose notebook fails is left out and named; what has not changed since the last run is not run again.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from tally import campaigns, engine, lock, outputs, steps
from tally.declare import Campaign
from tally.errors import TallyError
from tally.executors import Job
from tally.newest import newest_period
from tally.paths import Paths, notebooks
from tally.settings import Options, Result, Told, run_notebooks
from tally.totals.levels import owners, within
from tally.units_step import units_and_join

__all__ = ["Options", "Result", "Told", "newest_period", "run_period"]


def run_period(
    campaign_name: str, period_name: str, root: Path, options: Options, told: Told, *, report: bool = True
) -> Result:
    """Runs everything that is due for a period (`report=False`: reading and checking only).

    TallyError where the run as a whole cannot go on; nothing that is wrong with one unit raises.
    """
    campaign = campaigns.load(campaign_name, root)
    campaign.period(period_name)
    within(campaign, options.area or campaign.top.code)  # an unknown area is refused before anything is read
    options = _settled(options, told)
    root = Path(root).resolve()
    if not (raw := Paths(root, campaign.name, period_name).raw).is_dir():
        raise TallyError(f"没有找到 {period_name} 的上报文件夹：{raw}", "请把各单位的文件放进该文件夹后重试")
    with lock.held(root, told.say):
        return _run_period(campaign, period_name, root, options, told, report)


def _run_period(campaign: Campaign, period_name: str, root: Path, options: Options, told: Told, report: bool) -> Result:
    for earlier in campaign.periods:
        if earlier.name == period_name:
            break
        earlier_paths = Paths(root, campaign.name, earlier.name)
        if earlier_paths.raw.is_dir() and any(earlier_paths.raw.iterdir()):
            units_and_join(campaign, earlier_paths, options, told, f"上期 {earlier.name}")
    result = units_and_join(campaign, Paths(root, campaign.name, period_name), options, told, period_name)
    if report:
        _report(campaign, result, options, told)
    return result


def _settled(options: Options, told: Told) -> Options:
    """With the engine and the number of jobs decided; a fallback is announced."""
    chosen = options.engine
    if not chosen or chosen == "fork":
        why = engine.available()
        if why and chosen == "fork":
            raise TallyError(f"这台机器不能使用 fork 引擎：{why}", "请改用 --engine plain")
        if why:
            told.say(f"注意：{why}，改用普通的 papermill 执行（较慢）")
        chosen = "plain" if why else "fork"
    return replace(options, engine=chosen, jobs=options.jobs or os.cpu_count() or 1)


def _report(campaign: Campaign, result: Result, options: Options, told: Told) -> None:
    """totals.ipynb, report.ipynb and every output; skipped if nothing changed and every output still stands."""
    edition, area = options.edition, "" if options.area == campaign.top.code else options.area
    paths, level = replace(result.paths, area=area), within(campaign, area or campaign.top.code)
    parameters = {"campaign": campaign.name, "period": paths.period, "root": str(paths.root), "area": area}
    state = steps.report_state(campaign, paths, edition, area)
    stored = outputs.edition_folder(paths, edition) / "runs" / "report.state.json"
    if not options.force and not steps.reasons(stored, state) and not list(_broken(paths, edition)):
        return
    stored.unlink(missing_ok=True)
    here = replace(options, executor="local")  # only units' notebooks go to other machines
    for name, more in (("totals", {}), ("report", {"edition": edition})):
        job = Job(name, notebooks() / f"{name}.ipynb", outputs.executed(paths, name, edition), {**parameters, **more})
        (outcome,) = run_notebooks("汇总" if name == "totals" else "报告", [job], here, told)
        if not outcome.ok:
            raise TallyError(f"{name}.ipynb 没有执行成功：{outcome.error}", f"请打开 {job.output} 查看出错的单元格")
        result.ran.append(name)
    written = outputs.write_report(level, paths, edition, told.say)
    surveyed = result.surveyed.of_units(owners(campaign, level.top.code)) if area else result.surveyed
    if edition == "internal" and not level.areas:  # units have their pages and files from the level they report to
        written += outputs.write_units(level, paths, surveyed, result.tables)
    outputs.write_manifest(level, paths, surveyed, edition, written)
    steps.keep(stored, state)
    result.ran.append("outputs")


def _broken(paths: Paths, edition: str):
    try:
        yield from outputs.changed_outputs(paths, edition)
    except TallyError:
        yield "manifest.json", "缺失"
