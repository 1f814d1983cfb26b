"""A run: which notebooks are due, run them, put the units together, make the report. Used by the command line.

    units (county.ipynb each)  ->  together  ->  totals.ipynb  ->  report.ipynb  ->  HTML, PDF, Word, Excel

A unit whose notebook fails is left out and named; what has not changed since the last run is not run again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tally import campaigns, engine, executors, outputs, period, steps
from tally.declare import Campaign
from tally.errors import TallyError, UsageError
from tally.executors import Job, Outcome
from tally.intake import Survey, survey
from tally.paths import Paths, notebooks
from tally.store import PeriodTables, is_processed, load_period


@dataclass(frozen=True)
class Options:
    """How to run. `memory_limit` in bytes, `cell_timeout` in seconds; 0 means none."""

    engine: str = ""  # "" picks the forking engine where it works
    jobs: int = 0  # 0: one a core
    force: bool = False
    edition: str = "internal"
    executor: str = "local"
    scheduler: str = ""
    cell_timeout: float = 0
    memory_limit: int = 0


@dataclass(frozen=True)
class Told:
    """Where a run tells what it does: lines, and the progress over a number of notebooks."""

    say: Callable[[str], None] = print
    progress: Callable[[str, int], Callable[[str], None]] = lambda title, total: lambda name: None
    explain: bool = False


@dataclass
class Result:
    """What came of it. `failed`: unit -> reason; `ran`: names of the steps that were run, in order."""

    campaign: Campaign
    paths: Paths
    tables: PeriodTables
    failed: dict[str, str] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)


def newest_period(campaign: Campaign, root: Path) -> str:
    """The last declared period that has a folder of returns; UsageError if there is none."""
    for p in reversed(campaign.periods):
        folder = Paths(root, campaign.name, p.name).raw
        if folder.is_dir() and any(folder.iterdir()):
            return p.name
    raise UsageError(
        f"{root / 'data' / 'raw' / campaign.name} 下没有任何一期的上报文件",
        "请把各单位的文件放进 data/raw/<专项>/<期>/ 后重试",
    )


def run_period(
    campaign_name: str, period_name: str, root: Path, options: Options, told: Told, *, report: bool = True
) -> Result:
    """Runs everything that is due for a period (`report=False`: reading and checking only).

    TallyError where the run as a whole cannot go on; nothing that is wrong with one unit raises.
    """
    campaign = campaigns.load(campaign_name, root)
    campaign.period(period_name)
    options = _settled(options, told)
    root = Path(root).resolve()
    survey(campaign, Paths(root, campaign.name, period_name))  # says at once if there is nothing to read
    for earlier in campaign.periods:
        if earlier.name == period_name:
            break
        earlier_paths = Paths(root, campaign.name, earlier.name)
        if earlier_paths.raw.is_dir() and any(earlier_paths.raw.iterdir()):
            _units_and_join(campaign, earlier_paths, options, told, f"上期 {earlier.name}")
    result = _units_and_join(campaign, Paths(root, campaign.name, period_name), options, told, period_name)
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
    return Options(
        chosen,
        options.jobs or os.cpu_count() or 1,
        *(getattr(options, n) for n in ("force", "edition", "executor", "scheduler", "cell_timeout", "memory_limit")),
    )


def _units_and_join(campaign: Campaign, paths: Paths, options: Options, told: Told, title: str) -> Result:
    surveyed = survey(campaign, paths)
    if not surveyed.files:
        raise TallyError(f"{paths.raw} 里没有任何上报文件", "请把各单位的文件放进该文件夹后重试")
    before = campaign.before(paths.period)
    previous = paths.beside(before.name) if before else None
    units = period.reporting_units(campaign, surveyed)
    states = {u: _county_state(campaign, paths, surveyed, u, previous) for u in units}
    due = {u: why for u in units if (why := _why(paths, u, states[u], options.force))}
    if told.explain:
        _explain(campaign, units, due, told)
    outcomes = _run(title, [_county_job(campaign, paths, u) for u in due], options, told)
    failed = {}
    for unit, outcome in zip(due, outcomes, strict=True):
        if outcome.ok:
            steps.keep(steps.state_file(paths.unit(unit)), states[unit])
        else:
            failed[unit] = outcome.error
            steps.state_file(paths.unit(unit)).unlink(missing_ok=True)
            told.say(f"{campaign.unit(unit).name}：处理失败，已跳过：{outcome.error.splitlines()[0]}")
    tables, joined = _join(campaign, paths, units, failed, options, told)
    ran = [f"county:{u}" for u in due] + (["join"] if joined else [])
    return Result(campaign, paths, tables, failed, ran)


def _county_state(campaign: Campaign, paths: Paths, surveyed: Survey, unit: str, previous: Paths | None):
    parameters = {"campaign": campaign.name, "period": paths.period, "unit": unit}
    return steps.county_state(paths, surveyed, unit, parameters, previous)


def _why(paths: Paths, unit: str, state, force: bool) -> list[str]:
    if force:
        return ["要求全部重新运行"]
    if not (paths.unit(unit) / "returns.parquet").exists():
        return ["还没有运行过"]
    return steps.reasons(steps.state_file(paths.unit(unit)), state)


def _explain(campaign: Campaign, units: Sequence[str], due, told: Told) -> None:
    for unit in units:
        told.say(f"{campaign.unit(unit).name}：{'、'.join(due[unit]) if unit in due else '没有变化，不必重新运行'}")


def _county_job(campaign: Campaign, paths: Paths, unit: str) -> Job:
    parameters = {"campaign": campaign.name, "period": paths.period, "unit": unit, "root": str(paths.root)}
    return Job(unit, notebooks() / "county.ipynb", paths.runs / f"county-{unit}.ipynb", parameters)


def _run(title: str, jobs: list[Job], options: Options, told: Told) -> list[Outcome]:
    if not jobs:
        return []
    step = told.progress(title, len(jobs))
    return executors.run(
        jobs,
        workers=options.jobs,
        engine=options.engine,
        on_done=lambda outcome: step(outcome.job.name),
        executor=options.executor,
        cell_timeout=options.cell_timeout or None,
        memory_limit=options.memory_limit or None,
        scheduler=options.scheduler,
        announce=told.say,
    )


def _join(
    campaign: Campaign, paths: Paths, units, failed: dict[str, str], options: Options, told: Told
) -> tuple[PeriodTables, bool]:
    """All units together, unless nothing that goes into it has changed."""
    before = campaign.before(paths.period)
    states = [steps.state_file(paths.unit(u)) for u in units]
    states += [steps.state_file(paths.beside(before.name).processed)] if before else []
    state = steps.after(states, paths, "county", {"period": paths.period, "failed": "".join(sorted(failed))})
    stored = steps.state_file(paths.processed)
    if not options.force and is_processed(paths, campaign) and not steps.reasons(stored, state):
        return load_period(paths, campaign), False
    tables = period.join_units(campaign.name, paths.period, str(paths.root), failed)
    steps.keep(stored, state)
    return tables, True


def _report(campaign: Campaign, result: Result, options: Options, told: Told) -> None:
    """totals.ipynb, report.ipynb and every output; skipped if nothing changed and every output still stands."""
    paths, edition = result.paths, options.edition
    parameters = {"campaign": campaign.name, "period": paths.period, "root": str(paths.root)}
    state = steps.after(
        [steps.state_file(paths.processed)], paths, "report", {"edition": edition, "period": paths.period}
    )
    stored = outputs.edition_folder(paths, edition) / "runs" / "report.state.json"
    if not options.force and not steps.reasons(stored, state) and not list(_broken(paths, edition)):
        return
    for name, more in (("totals", {}), ("report", {"edition": edition})):
        job = Job(name, notebooks() / f"{name}.ipynb", outputs.executed(paths, name, edition), {**parameters, **more})
        (outcome,) = _run("汇总" if name == "totals" else "报告", [job], options, told)
        if not outcome.ok:
            raise TallyError(f"{name}.ipynb 没有执行成功：{outcome.error}", f"请打开 {job.output} 查看出错的单元格")
        result.ran.append(name)
    surveyed = survey(campaign, paths)
    written = outputs.write_report(campaign, paths, edition, told.say)
    if edition == "internal":
        written += outputs.write_units(campaign, paths, surveyed, result.tables)
    outputs.write_manifest(campaign, paths, surveyed, edition, written)
    steps.keep(stored, state)
    result.ran.append("outputs")


def _broken(paths: Paths, edition: str):
    try:
        yield from outputs.changed_outputs(paths, edition)
    except TallyError:
        yield "manifest.json", "缺失"
