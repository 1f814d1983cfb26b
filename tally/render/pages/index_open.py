"""What is open, newest period first: the units' part, the analyst's, the reviewer's; each with where it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from markupsafe import Markup

from tally.blocks import Block
from tally.catalogue import SEVERITIES
from tally.check import explanations
from tally.declare import Campaign, Unit
from tally.paths import Paths
from tally.render.blank_forms.names import FORMS, file_name
from tally.render.html import file_link
from tally.render.html.page import shown
from tally.render.pages.stand import Stand
from tally.report.gaps import todos
from tally.writing.periods import month

_NAMED = 5  # units that a line names


def open_actions(stands: Sequence[Stand], blocks: Sequence[Block]) -> Markup:
    """A list of what is to be done; `blocks` is the report of the newest period, () if there is none."""
    lines = [*_newest(stands[0], blocks), *chain.from_iterable(map(_older, stands[1:]))] if stands else []
    if not lines:
        return Markup("<p>没有待办事项。</p>") if stands else Markup("<p>还没有处理过任何一期。</p>")
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<ul class=open>{}</ul>").format(items)


def _newest(stand: Stand, blocks: Sequence[Block]) -> Iterator[Markup]:
    period = stand.period.name
    silent = [unit for unit in stand.campaign.units if stand.missing(unit.code)]
    if silent:
        yield Markup("{}个单位没有报齐：{}。").format(len(silent), _named(stand, silent))
    yield from _findings(stand)
    if not stand.has("remind") and (silent or stand.counts()["error"]):
        yield Markup("催报和更正通知尚未生成：<code>python pipeline.py remind {}</code>。").format(
            shown(stand.paths.printed)
        )
    if gaps := todos(blocks):
        where = shown(f"data/narrative/{stand.campaign.name}/{period}.md")
        yield Markup("报告有{}处【待补充】，在 <code>{}</code> 中撰写。").format(len(gaps), where)
    yield from _release(stand)


def _findings(stand: Stand) -> Iterator[Markup]:
    """Errors without a written reason, and doubts, with the list in which they are decided."""
    _, unanswered = explanations.error_answers(stand.campaign, stand.paths, stand.findings)
    doubts = stand.findings[stand.findings["severity"] == "warning"]
    units = {e["unit"] for e in unanswered}
    counts = (("error", len(unanswered), len(units)), ("warning", len(doubts), doubts["unit"].nunique()))
    parts = [f"{SEVERITIES[name]}{count}处（{of}个单位）" for name, count, of in counts if count]
    if parts:
        listed = f"{stand.period.name}/问题清单.xlsx"
        where = file_link("问题清单", listed) if stand.has("问题清单.xlsx") else Markup("问题清单")
        yield Markup("{}待更正或说明，见{}。").format("、".join(parts), where)


def _release(stand: Stand) -> Iterator[Markup]:
    command = Markup("<code>python pipeline.py approve {} --by 姓名</code>").format(shown(stand.paths.printed))
    if stand.broken:
        yield Markup("{}发布记录已损坏：{}。").format(shown(month(stand.period.name)), shown(stand.broken))
    elif stand.has("report.html") and stand.release is None:
        yield Markup("报告尚未发布，审核后运行 {}。").format(command)
    elif stand.amended:
        yield Markup("{}报告与第{}次发布的不同，审核更正说明后再次发布：{}。").format(
            shown(month(stand.period.name)), stand.release.number if stand.release else "", command
        )


def _older(stand: Stand) -> Iterator[Markup]:
    """Of an earlier period only what must not be forgotten: what the figures to date still rest on, and its release."""
    _, unanswered = explanations.error_answers(stand.campaign, stand.paths, stand.findings)
    if unanswered:
        yield Markup("{}还有差错{}处没有更正或说明，本期累计数以其为依据。").format(
            shown(month(stand.period.name)), len(unanswered)
        )
    if stand.broken or stand.amended or (stand.has("report.html") and stand.release is None):
        yield Markup("{}：{}。").format(shown(month(stand.period.name)), shown(stand.state))


def _named(stand: Stand, units: Sequence[Unit]) -> Markup:
    named = Markup("、").join(_unit(stand, unit) for unit in units[:_NAMED])
    return named + (f"等{len(units)}个单位" if len(units) > _NAMED else "")


def _unit(stand: Stand, unit: Unit) -> Markup:
    page = f"units/{unit.code}.html"
    return file_link(unit.name, f"{stand.period.name}/{page}") if stand.has(page) else shown(unit.name)


def blank_forms(campaign: Campaign, paths: Iterable[Paths]) -> Markup:
    """The blank forms of periods for which nothing was processed yet; "" for none."""
    lines = []
    for place in paths:
        files = {unit.name: f"templates/{file_name(unit, place.period, FORMS)}" for unit in campaign.units}
        there = {name: file for name, file in files.items() if (place.reports / file).exists()}
        if there:
            links = (file_link(name, f"{place.period}/{file}") for name, file in there.items())
            lines.append(Markup("<li>{}空白表：{}</li>").format(shown(month(place.period)), Markup("　").join(links)))
    return Markup("<ul class=open>{}</ul>").format(Markup("").join(lines)) if lines else Markup("")
