"""The first two steps of a run: every unit's notebook that is due, then all units together. Used by `tally.run.period`.

A unit's state is removed before its notebook runs and kept the moment it has ended well: a run that is killed goes on
from there, and tables half made are never taken for finished ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tally import engine
from tally.check.closing import close_mended
from tally.check.past import remember
from tally.declare import Campaign
from tally.engine.preload import preloaded
from tally.errors import TallyError
from tally.executors.jobs import Job, Outcome
from tally.intake import known_files, survey_file
from tally.intake.survey import Survey, survey
from tally.paths import Paths, notebooks
from tally.returns import processing
from tally.returns.stored import OF_SUMMARIES
from tally.run import states as steps
from tally.run.left_out import is_perhaps_a_units, must_be_left_out
from tally.run.settings import Options, Reporting, Result, run_notebooks
from tally.store import files
from tally.store.tables import is_processed, load_period, table_names

_NOT_YET: Any = None  # the tables, until all units are together
_WHILE_READING = "请在没有人改动上报文件时再次运行"
_AGAIN = "再次运行会重做这个单位；仍然失败，请打开它的笔记本，查看出错的单元格"


def units_and_join(campaign: Campaign, paths: Paths, options: Options, reporting: Reporting, title: str) -> Result:
    """Brings every unit's tables and the joined tables of one period up to date."""
    surveyed = surveyed_now(campaign, paths)
    if not surveyed.files:
        raise TallyError(f"{paths.raw} 里没有任何上报文件", "请把各单位的文件放进该文件夹后重试")
    step = _UnitsStep(campaign, paths, surveyed, options, reporting)
    due = step.due()
    if reporting.explain:
        step.explain(due)
    failed = step.run(title, due)
    result = Result(campaign, paths, _NOT_YET, surveyed, failed, [f"county:{u}" for u in due])
    try:
        put_together(result, step.units, failed, options)
    except Exception as e:
        leave_out(result, step.units, e, lambda failed: put_together(result, step.units, failed, options), reporting)
    if closed := close_mended(paths, result.tables, date.today()):
        reporting.say(f"所问的 {closed} 处已改正或已说明，询问记录已登记")
    result.changes = remember(paths, result.tables.findings, datetime.now().isoformat(" ", "seconds"))
    return result


def surveyed_now(campaign: Campaign, paths: Paths) -> Survey:
    """A survey that opens only files that have changed since the last one."""
    known = known_files.load(paths)
    surveyed = survey(campaign, paths, known)
    known_files.keep(paths, known)
    return surveyed


@dataclass(frozen=True)
class _UnitsStep:
    """The units of one period, and which of their notebooks are due."""

    campaign: Campaign
    paths: Paths
    surveyed: Survey
    options: Options
    reporting: Reporting

    @property
    def units(self) -> list[str]:
        return processing.reporting_units(self.campaign, self.surveyed)

    def due(self) -> dict[str, tuple[steps.State, list[str]]]:
        """The units whose notebook must run, with the state they will be in and why."""
        known = steps.UnitStates(self.campaign, self.paths, self.surveyed)
        states = ((u, known.of(u)) for u in self.units)
        return {u: (state, why) for u, state in states if (why := self._why(u, state))}

    def _why(self, unit: str, state: steps.State) -> list[str]:
        if self.options.force:
            return ["要求全部重新运行"]
        if not self.paths.unit_tables(unit).exists():
            return ["还没有运行过"]
        return steps.reasons(steps.state_file(self.paths.unit(unit)), state)

    def explain(self, due: Mapping[str, tuple[steps.State, list[str]]]) -> None:
        for unit in self.units:
            why = "、".join(due[unit][1]) if unit in due else "没有变化，不必重新运行"
            self.reporting.say(f"{self.campaign.unit(unit).name}：{why}")

    def run(self, title: str, due: dict[str, tuple[steps.State, list[str]]]) -> dict[str, str]:
        """Runs the notebooks that are due; unit -> what went wrong for those that failed."""
        failed: dict[str, str] = {}
        causes: set[str] = set()

        def ended(outcome: Outcome) -> None:
            unit = outcome.job.name
            error = outcome.error if not outcome.ok else self._disturbed(unit)
            if not error:
                steps.keep(steps.state_file(self.paths.unit(unit)), due[unit][0], [self.paths.unit_tables(unit)])
            else:
                failed[unit] = error
                cause = outcome.cause or error
                self._tell_lost(unit, error, again=cause in causes)
                causes.add(cause)

        jobs = []
        for unit in due:
            steps.state_file(self.paths.unit(unit)).unlink(missing_ok=True)
            jobs.append(self._job(unit))
        if jobs and self.options.engine == "fork" and self.options.executor == "local":
            engine.warm(preloaded(self.campaign.name, str(self.paths.root)))
        try:
            run_notebooks(title, jobs, self.options, self.reporting, ended)
        finally:
            for unit in self.units:  # also what a killed run has handed over
                survey_file.withdraw(self.paths, unit)
            files.sweep(self.paths.runs, *map(self.paths.unit, due))  # of notebooks whose process was lost
        return failed

    def _tell_lost(self, unit: str, error: str, *, again: bool) -> None:
        """Why a unit is left out; `again`: for a cause that was told of another, so that it is told once."""
        fact, _, remedy = error.partition("\n")
        self.reporting.say(f"{self.campaign.unit(unit).name}：处理失败，已跳过：{'原因同上' if again else fact}")
        if not again:
            self.reporting.say(f"办法：{remedy or _AGAIN}")

    def _disturbed(self, unit: str) -> str:
        """Why nothing of a unit counts whose files were changed while they were read, be it for a moment; "" if none was."""
        touched = self.surveyed.touched(self.paths, unit)
        return f"{'、'.join(touched)} 在读取期间被改动\n{_WHILE_READING}" if touched else ""

    def _job(self, unit: str) -> Job:
        received = survey_file.hand_over(self.paths, unit, self.surveyed)
        names = {"campaign": self.campaign.name, "period": self.paths.period, "unit": unit}
        parameters = {**names, "root": str(self.paths.root), "received": received}
        return Job(unit, notebooks() / "county.ipynb", self.paths.runs / f"county-{unit}.ipynb", parameters)


def leave_out(
    result: Result,
    units: Sequence[str],
    failure: Exception,
    step: Callable[[dict[str, str]], None],
    reporting: Reporting,
) -> None:
    """Does `step` (which takes unit -> why it is left out) without the units that it fails for; they count as failed.

    Raises `failure`, which it met with all units, where they are not the cause.
    """
    counted = [u for u in units if u not in result.failed]
    why = f"该单位的数据使后面的步骤无法完成：{(str(failure).splitlines() or [''])[0]}"

    def works(left: frozenset[str]) -> bool:
        try:
            step(result.failed | dict.fromkeys(sorted(left), why))
        except Exception:
            return False
        return True

    breaking = must_be_left_out(counted, works) if is_perhaps_a_units(failure) else frozenset()
    if not breaking:
        raise failure
    for unit in sorted(breaking):
        reporting.say(f"{result.campaign.unit(unit).name}：{why}；已略去该单位，继续处理其余单位")
    result.failed.update(dict.fromkeys(sorted(breaking), why))
    step(result.failed)


def put_together(result: Result, units: Sequence[str], failed: dict[str, str], options: Options) -> None:
    """The tables of all units that did not fail, in `result`; as they are stored if nothing has changed."""
    campaign, paths = result.campaign, result.paths
    state = steps.joined_state(campaign, paths, units, failed)
    stored = steps.state_file(paths.processed)
    if not options.force and is_processed(paths, campaign) and not steps.reasons(stored, state):
        result.tables = load_period(paths, campaign)
        return
    stored.unlink(missing_ok=True)
    result.tables = processing.join_units(campaign.name, paths.period, str(paths.root), failed, result.surveyed)
    names = (*table_names(campaign), *OF_SUMMARIES)
    steps.keep(stored, state, [paths.processed / f"{name}.parquet" for name in names])
    result.ran += ["join"] * ("join" not in result.ran)
