"""Accepting units' figures, or taking that back: refused with the reason, or a line that says who and when.

What is accepted is what the tables of the last check say; when they say something else the acceptance is no more
(`tally.check.acceptances`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tally.check import explanations
from tally.check.acceptances import ACCEPTANCES, ACCEPTED, WITHDRAWN, Acceptance, acceptances, figures_digest
from tally.declare import Campaign, Unit
from tally.errors import TallyError, UsageError
from tally.intake import known_files
from tally.intake.survey import survey
from tally.life.status import outdated
from tally.model import PeriodTables
from tally.paths import Paths
from tally.store.lines import append
from tally.store.tables import load_period


def accept(campaign: Campaign, paths: Paths, units: Sequence[Unit], who: str, when: str) -> str:
    """Enters that `who` accepts the figures of `units` as the last check read them; the lines that were written.

    TallyError, and nothing is written, without a name, where the check is not up to date, and for a unit with an error
    that nobody mended or answered for.
    """
    _refuse_nameless(who)
    tables = load_period(paths, campaign)
    if why := outdated(campaign, paths, survey(campaign, paths, known_files.load(paths))):
        raise TallyError(
            f"核对结果不是最新的，不能认可：{'；'.join(why)}", f"请先运行 python pipeline.py check {paths.typed}"
        )
    for unit in units:
        _refuse_errors(campaign, paths, tables, unit)
    records = [_record(unit, ACCEPTED, figures_digest(tables, unit.code), who, when) for unit in units]
    return append(paths.acceptances, ACCEPTANCES, records)


def withdraw(paths: Paths, units: Sequence[Unit], who: str, when: str) -> str:
    """Enters that `who` takes the acceptance of `units` back; the lines that were written."""
    _refuse_nameless(who)
    return append(paths.acceptances, ACCEPTANCES, [_record(unit, WITHDRAWN, "", who, when) for unit in units])


def _record(unit: Unit, what: str, figures: str, who: str, when: str) -> dict[str, str]:
    return {"unit": unit.code, "what": what, "figures": figures, "who": who.strip(), "when": when}


def _refuse_nameless(who: str) -> None:
    if not who.strip():
        raise UsageError("没有写明由谁认可", "请用 --by 写明姓名")


def _refuse_errors(campaign: Campaign, paths: Paths, tables: PeriodTables, unit: Unit) -> None:
    findings = tables.findings[tables.findings["unit"] == unit.code]
    _, without = explanations.error_answers(campaign, paths, findings)
    if without:
        raise TallyError(
            f"{unit.name}还有{len(without)}处差错没有更正也没有书面说明，不能认可：{without[0]['message']}",
            "请先更正或写明原因",
        )


def accepted(campaign: Campaign, paths: Paths) -> Mapping[str, Acceptance]:
    """Unit -> its acceptance, standing or lapsed, by the tables as they lie there."""
    return acceptances(paths.acceptances, load_period(paths, campaign)) if paths.acceptances.exists() else {}


def not_accepted(campaign: Campaign, paths: Paths) -> list[str]:
    """The names of the units whose figures nobody accepts as they are now."""
    known = accepted(campaign, paths)
    return [u.name for u in campaign.units if u.code not in known or not known[u.code].stands]
