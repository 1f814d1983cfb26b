"""The last steps of a run: totals.ipynb, report.ipynb and every output. Used by `tally.run.period`.

The notebooks run one after the other; what needs the joined tables alone (`tally.render.unit_outputs`) is made beside them, on the
cores that they leave free.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tally import engine
from tally.declare import Campaign
from tally.errors import TallyError
from tally.executors.jobs import Job
from tally.intake import survey_file
from tally.intake.survey import Survey
from tally.paths import Paths, notebooks
from tally.render import outputs
from tally.returns.processing import reporting_units
from tally.run import states
from tally.run.left_out import StepFailed
from tally.run.settings import Options, Reporting, Result, run_notebooks
from tally.store import files
from tally.totals.levels import owners, within

MANY = 25  # units at a time: so many are made again when a process is lost


def make_report(campaign: Campaign, result: Result, options: Options, reporting: Reporting) -> None:
    """Makes the report and all that goes with it; nothing if nothing changed and every output still stands."""
    edition, area = options.edition, "" if options.area == campaign.top.code else options.area
    paths, level = replace(result.paths, area=area), within(campaign, area or campaign.top.code)
    state = states.report_state(campaign, paths, edition, area)
    stored = outputs.runs_folder(paths, edition) / "report.state.json"
    if not options.force and not states.reasons(stored, state) and _stand(paths, edition):
        return
    stored.unlink(missing_ok=True)
    surveyed = result.surveyed.of_units(owners(campaign, level.top.code)) if area else result.surveyed
    with_units = (
        edition == "internal" and not level.areas
    )  # units have their pages and files from the level they report to
    try:
        with _beside(_calls(level, paths, surveyed, options) if with_units else [], options) as others:
            _run_notebooks(campaign, paths, options, reporting)
            written = outputs.write_report(level, paths, edition, reporting.say) + [Path(path) for path in others]
    finally:
        _sweep(paths, edition)
    outputs.write_index(level, paths)
    outputs.write_manifest(level, paths, surveyed, edition, written)
    states.keep(stored, state)
    result.ran += ["totals", "report", "outputs"]


def _sweep(paths: Paths, edition: str) -> None:
    """Removes what processes that were lost had half written."""
    reports = outputs.edition_folder(paths, edition)
    tables = (paths.processed, paths.processed / "areas" / paths.area)
    inside = (reports / name for name in ("units", "feedback", "handover"))
    files.sweep(*tables, reports, outputs.runs_folder(paths, edition), *inside)


def _stand(paths: Paths, edition: str) -> bool:
    """Whether every output is there as it was written."""
    try:
        return not any(outputs.changed_outputs(paths, edition))
    except TallyError:  # no manifest
        return False


def _run_notebooks(campaign: Campaign, paths: Paths, options: Options, reporting: Reporting) -> None:
    here = replace(options, executor="local")  # only units' notebooks go to other machines
    parameters = {"campaign": campaign.name, "period": paths.period, "root": str(paths.root), "area": paths.area}
    for name, title, more in (("totals", "汇总", {}), ("report", "报告", {"edition": options.edition})):
        output = outputs.executed(paths, name, options.edition)
        job = Job(name, notebooks() / f"{name}.ipynb", output, {**parameters, **more})
        (outcome,) = run_notebooks(title, [job], here, reporting)
        if not outcome.ok:
            fact, _, remedy = outcome.error.partition("\n")
            raise StepFailed(f"{name}.ipynb 没有执行成功：{fact}", remedy or f"请打开 {output} 查看出错的单元格")


Call = tuple[str, dict[str, Any]]  # function, arguments


def _calls(level: Campaign, paths: Paths, surveyed: Survey, options: Options) -> list[Call]:
    """What is made of the joined tables alone: the files of some units at a time, and the lists to pass on."""
    where = {"root": str(paths.root), "campaign": paths.campaign, "period": paths.period, "area": paths.area}
    units = reporting_units(level, surveyed)
    size = min(MANY, -(-len(units) // max(options.jobs - 1, 1)))
    portions = [units[at : at + size] for at in range(0, len(units), size)]
    files = [{**where, "units": some, "surveyed": survey_file.written(surveyed.part(*some))} for some in portions]
    return [
        ("tally.render.unit_outputs:write_lists", where),
        *(("tally.render.unit_outputs:write_unit_files", a) for a in files),
    ]


@contextmanager
def _beside(calls: list[Call], options: Options) -> Iterator[Iterator[str]]:
    """The calls being made while the body goes on, at most `jobs` - 1 at a time; yields the files they wrote.

    With one job, or on "plain", they are made when the files are asked for. An interrupt ends them at once.
    """
    if options.jobs < 2 or options.engine != "fork":
        made = (engine.call(*call, engine=options.engine) for call in calls)
        yield (path for paths in made for path in paths)
        return
    pool = ThreadPoolExecutor(options.jobs - 1)
    try:
        futures = [pool.submit(engine.call, *call) for call in calls]
        yield (path for future in futures for path in future.result())
    except BaseException as e:
        if not isinstance(e, Exception):
            pool.shutdown(wait=False, cancel_futures=True)  # first: what waits must not begin anew
            engine.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
