"""Whether a period's report still says what its inputs say: nothing is run, only compared."""

from __future__ import annotations

from tally.declare import Campaign
from tally.intake.survey import survey
from tally.paths import Paths
from tally.render import outputs
from tally.returns.processing import reporting_units
from tally.run import states as steps


def stale(campaign: Campaign, paths: Paths, edition: str = "internal") -> list[str]:
    """Why the report must be made anew before it can be relied on, [] if it stands; each reason once, with where.

    TallyError if there is no report at all.
    """
    broken = [f"{file}：{what}" for file, what in outputs.changed_outputs(paths, edition)]
    reasons = [
        (why, f"{p.period} {who}".strip())
        for p in _periods_before(campaign, paths)
        for why, who in _inputs(campaign, p)
    ]
    reasons += _inputs(campaign, paths)
    state = steps.report_state(campaign, paths, edition)
    stored = outputs.runs_folder(paths, edition) / "report.state.json"
    reasons += [(why, "") for why in steps.reasons(stored, state)]
    return broken + _grouped(reasons)


def _grouped(reasons: list[tuple[str, str]]) -> list[str]:
    """上报文件有变动（亭湖区、盐都区）; what concerns everything names nobody."""
    where: dict[str, list[str]] = {}
    for why, who in reasons:
        where.setdefault(why, []).append(who)
    named = {why: "" if "" in who else f"（{'、'.join(who)}）" for why, who in where.items()}
    return [why + who for why, who in named.items()]


def _periods_before(campaign: Campaign, paths: Paths) -> list[Paths]:
    """The earlier periods that a run reads first."""
    names = [p.name for p in campaign.periods]
    earlier = (paths.beside(name) for name in names[: names.index(paths.period)])
    return [p for p in earlier if p.raw.is_dir() and any(p.raw.iterdir())]


def _inputs(campaign: Campaign, paths: Paths) -> list[tuple[str, str]]:
    """(reason, unit) where a unit's tables, or with "" those of all units together, no longer follow from what came."""
    surveyed = survey(campaign, paths)
    units = reporting_units(campaign, surveyed)
    states = steps.UnitStates(campaign, paths, surveyed)
    wrong = []
    for unit in units:
        why = steps.reasons(steps.state_file(paths.unit(unit)), states.of(unit))
        wrong += [(w, campaign.unit(unit).name) for w in why]
    joined = steps.joined_state(campaign, paths, units)
    return wrong + [(w, "") for w in steps.reasons(steps.state_file(paths.processed), joined)]
