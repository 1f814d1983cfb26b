"""What the page asks beside the queue: the units' sign-off, the report with the reviewer's remarks, the report's own text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tally.check.past import past
from tally.check.remarks import remarks
from tally.desk import review
from tally.desk.decisions import Decision
from tally.desk.manuscript import manuscript
from tally.desk.narrative_text import slot, text_of, write_part
from tally.desk.own_lines import own_lines
from tally.desk.refusal import Refusal
from tally.life.accepting import accept, accepted, withdraw
from tally.life.status import issued, report_standing
from tally.store.tables import is_processed

if TYPE_CHECKING:
    from tally.desk.desk import Desk

Answer = dict[str, Any]
Request = Mapping[str, Any]
STALE = {"stale": "报告不是最新的，下面是上一次生成的", "": "", "made": ""}


def units(desk: Desk, request: Request) -> Answer:
    """Every unit: what is open, who accepted its figures, whether that still stands."""
    if not is_processed(desk.paths, desk.campaign):
        raise Refusal("本期还没有核对过", "请先核对（按 R）")
    findings, signed = desk.snapshot.tables.findings, accepted(desk.campaign, desk.paths)
    count = findings.groupby(["unit", "severity"]).size()
    shown = []
    for unit in desk.campaign.units:
        errors, doubts = (int(count.get((unit.code, s), 0)) for s in ("error", "warning"))
        one = signed.get(unit.code)
        state = "" if one is None else "accepted" if one.stands else "changed"
        line = {"unit": unit.code, "name": unit.name, "errors": errors, "warnings": doubts, "state": state}
        shown.append(line | {"who": one.who if one else "", "when": one.when if one else ""})
    examples = {event.key[4]: event.message for event in past(desk.paths)}
    verdicts = [[v.rule, v.true, v.answered, examples.get(v.rule, "")] for v in desk.snapshot.verdicts.values()]
    lines = [line.shown() for line in own_lines(desk.campaign, desk.paths)]
    return {"units": shown, "verdicts": verdicts, "lines": lines}


def sign(desk: Desk, request: Request) -> Answer:
    """Accepts the figures of the units named, or takes that back."""
    some = [desk.campaign.unit(str(code)) for code in request["units"]]
    by, names = desk.author(), "、".join(u.name for u in some)
    if request["ask"] == "withdraw":
        written, sentence = withdraw(desk.paths, some, by.who, by.when), f"撤回认可：{names}"
    else:
        written, sentence = accept(desk.campaign, desk.paths, some, by.who, by.when), f"认可：{names}"
    return desk.decided(Decision("acceptances", written, (), sentence)) | units(desk, request)


def report(desk: Desk, request: Request) -> Answer:
    """The report as it was made last, with every remark on it."""
    release = issued(desk.paths)
    blocks = review.report(desk.paths, draft=release is None)
    standing = STALE[report_standing(desk.campaign, desk.paths)]
    said = f"第 {release.number} 次发布，{release.when}，{release.by}批准；下面就是发布的内容" if release else ""
    return {"blocks": blocks, "stale": standing, "released": said, "remarks": review.shown(remarks(desk.paths.remarks))}


def remark(desk: Desk, request: Request) -> Answer:
    heading, quote, figure, text = (str(request.get(n, "")) for n in ("heading", "quote", "figure", "text"))
    return _remarked(desk, review.remark(desk.paths, heading, quote, figure, text, desk.author()))


def settle(desk: Desk, request: Request) -> Answer:
    return _remarked(desk, review.settle(desk.paths, str(request["number"]), str(request["text"]), desk.author()))


def _remarked(desk: Desk, decision: Decision) -> Answer:
    return desk.decided(decision) | {"every": review.shown(remarks(desk.paths.remarks))}


def text(desk: Desk, request: Request) -> Answer:
    """Every heading of the report's own text."""
    return {"parts": manuscript(desk.campaign, desk.paths), "file": str(desk.paths.narrative)}


def write(desk: Desk, request: Request) -> Answer:
    """Saves what stands under one heading."""
    desk.author()  # nobody writes without a name
    part = slot(desk.campaign, str(request["heading"]))
    write_part(desk.paths.narrative, desk.campaign, part, str(request["text"]), str(request["before"]))
    return {"told": f"已保存“{part.heading}”", "text": text_of(desk.paths.narrative, part, desk.campaign)}


VIEWS: dict[str, Callable[[Desk, Request], Answer]] = {
    "units": units, "accept": sign, "withdraw": sign, "report": report, "remark": remark, "settle": settle,
    "text": text, "write": write,
}  # fmt: skip
