"""One person's desk on one period: what the page asks and what it is answered. Holds the snapshot and what can be undone.

Requests are plain dicts, answers too: the stand-alone page sends them as JSON, the widget as messages. One at a time.
"""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from tally.catalogue import SEVERITIES
from tally.check.past import key_of as past_key
from tally.check.past import last_check, past
from tally.check.remarks import remarks
from tally.declare import Campaign
from tally.desk import decisions, review
from tally.desk.checking import decided_before, run_check, stale_reasons
from tally.desk.decisions import Author, Decision
from tally.desk.effect import effect
from tally.desk.evidence import evidence
from tally.desk.home import home_of, home_of_all, written_in
from tally.desk.listed import item, least_settled
from tally.desk.pending import as_written
from tally.desk.queue import Queue, queue
from tally.desk.readings import Change
from tally.desk.refusal import Refusal
from tally.desk.repairs import changed, totals_of
from tally.desk.rule_names import rule_names
from tally.desk.snapshot import Snapshot, snapshot
from tally.desk.states import STATES, states, written
from tally.desk.teaching import learn
from tally.desk.views import VIEWS, units
from tally.errors import TallyError
from tally.paths import Paths
from tally.store.tables import is_processed

Answer = dict[str, Any]


class Desk:
    """`answer` is all the page knows of it."""

    def __init__(self, campaign: Campaign, paths: Paths, who: str = ""):
        self.campaign, self.paths, self.who = campaign, paths, who or getpass.getuser()
        self.done: list[Decision] = []
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._queue: Queue | None = None

    def answer(self, request: Mapping[str, Any]) -> Answer:
        """The answer to a request by its `ask`; what cannot be done is said in words, never raised."""
        asked = ASKED.get(str(request.get("ask")))
        if asked is None:
            return {"error": {"fact": f"没有这种请求：{request.get('ask')!r}", "remedy": "请刷新页面"}}
        try:
            with self._lock:
                if asked in DECIDING:
                    self.refuse_superseded()
                return asked(self, request)
        except (TallyError, Refusal) as e:
            return {"error": {"fact": e.fact, "remedy": e.remedy}}
        except (KeyError, IndexError, TypeError, ValueError):
            return {"error": {"fact": "这一条已经变了，找不到要处理的内容", "remedy": "请重新核对后再处理"}}

    @property
    def snapshot(self) -> Snapshot:
        """The period's tables; taken when first needed. TallyError if it was never checked."""
        if self._snapshot is None:
            self._snapshot = snapshot(self.campaign, self.paths)
        return self._snapshot

    @property
    def now(self) -> Snapshot:
        """The snapshot with what was written since the check: what evidence, previews and decisions go by."""
        return as_written(self.snapshot)

    @property
    def queue(self) -> Queue:
        if self._queue is None:
            self._queue = queue(self.snapshot)
        return self._queue

    @property
    def outrun(self) -> bool:
        """Whether the period was checked again since its tables were read here."""
        return self._snapshot is not None and not self._snapshot.current

    def refuse_superseded(self) -> None:
        """Nothing is decided on tables that a newer check has replaced."""
        if self.outrun:
            raise Refusal("这一期已重新核对过，页面上的不是最新结果，没有写入", "请刷新页面（F5）后再决定")

    def decided(self, decision: Decision) -> Answer:
        """Enters what was written as the step to take back next; what the page is told."""
        self.done.append(decision)
        return {"told": decision.sentence} | _standing(self)

    def author(self) -> Author:
        """Who decides now, and the day. Refused without a name."""
        return Author(self.who, date.today().isoformat())

    def renew(self) -> None:
        """Lets go of the tables; the next question reads them anew."""
        self._snapshot = self._queue = None


def overview(desk: Desk, request: Mapping[str, Any]) -> Answer:
    """The whole queue with states, the stop line, and what stands in the way of working on it."""
    campaign, paths = desk.campaign, desk.paths
    if desk.outrun:
        desk.renew()
    base: Answer = {"title": campaign.title, "period": paths.period, "who": desk.who}
    base |= {"problems": decisions.check_files(paths)}
    base |= {"remarks": [] if base["problems"] else _open_remarks(desk)}
    if not is_processed(paths, campaign):
        return base | {"unchecked": True, "items": [], "stop": 0, "undo": "", "stale": []}
    stand = {} if base["problems"] else _stand(desk)
    stale = stale_reasons(desk.campaign, desk.paths) if request.get("look") else []
    return base | {
        "unchecked": False, "stale": stale, "solved": len(last_check(past(paths)).gone), "stop": desk.queue.stop, "undo": _undoable(desk),
        "items": [item(desk.snapshot, i, stand) for i in desk.queue.items],
        "words": {"states": STATES, "severities": SEVERITIES, "rules": rule_names(campaign)},
        "units": [[u.code, u.name] for u in campaign.units],
        "forms": [[f.name, f.number] for f in campaign.forms] + [["summary", "工作总结"], ["", "文件"]],
    }  # fmt: skip


def _stand(desk: Desk) -> dict[str, str]:
    """The state of every open finding, as the files are now."""
    events = past(desk.paths)
    several = len({e.when for e in events}) > 1  # at the first check everything is new, which tells nothing
    fresh = {e.key for e in last_check(events).found} if several else set()
    names = [
        n
        for n, f in desk.snapshot.findings.items()
        if past_key(f.unit, f.form, f.row, f.field, f.rule, f.file) in fresh
    ]
    return states(desk.snapshot, written(desk.snapshot), names)


def _open_remarks(desk: Desk) -> list[Answer]:
    """The reviewer's remarks that nobody has settled."""
    return review.shown(r for r in remarks(desk.paths.remarks) if r.open)


def _undoable(desk: Desk) -> str:
    return desk.done[-1].sentence if desk.done else ""


def look(desk: Desk, request: Mapping[str, Any]) -> Answer:
    return evidence(desk.now, str(request["name"]))


def preview(desk: Desk, request: Mapping[str, Any]) -> Answer:
    """The effect of changes, of the totals above them too where the page does not ask to leave these (`totals`: false)."""
    finding = desk.now.findings[str(request["name"])]
    home, _ = home_of(desk.now, finding)
    changes = _changes(request)
    view = home.view(finding.unit, home.campaign.form(changes[0].form))
    more = totals_of(view, changes) if view is not None and changes[0].row in view.index else []
    told = effect(home, finding.unit, [*changes, *more] if request.get("totals", True) else changes)
    return asdict(told) | {"more": [changed(home.campaign, c) for c in more]}


def _changes(request: Mapping[str, Any]) -> list[Change]:
    return [
        Change(str(c["form"]), str(c["row"]), str(c["field"]), str(c["old"]), str(c["new"])) for c in request["changes"]
    ]


def correct(desk: Desk, request: Mapping[str, Any]) -> Answer:
    changes, reason, instead = _changes(request), str(request["reason"]), _instead(request)
    return _at_home(
        desk, request, lambda home, names: decisions.correct(home, names, changes, reason, desk.author(), instead)
    )


def explain(desk: Desk, request: Mapping[str, Any]) -> Answer:
    text, instead = str(request["text"]), _instead(request)
    return _at_home(desk, request, lambda home, names: decisions.explain(home, names, text, desk.author(), instead))


def dismiss(desk: Desk, request: Mapping[str, Any]) -> Answer:
    text, instead = str(request["text"]), _instead(request)
    return _at_home(desk, request, lambda home, names: decisions.dismiss(home, names, text, desk.author(), instead))


def _at_home(desk: Desk, request: Mapping[str, Any], decide: Callable[[Snapshot, Sequence[str]], Decision]) -> Answer:
    """Decides in the period in which the findings are open: there the line is written."""
    names, now = _names(request), desk.now
    home, there = home_of_all(now, names)
    decision = decide(home, there)
    if home is now:
        return desk.decided(decision)
    sentence = f"{decision.sentence}{written_in(home, now)}"
    return desk.decided(replace(decision, findings=tuple(names), period=home.paths.period, sentence=sentence))


def remember(desk: Desk, request: Mapping[str, Any]) -> Answer:
    means, everywhere = str(request["means"]), bool(request.get("everywhere"))
    return desk.decided(learn(desk.now, _names(request), means, everywhere, desk.author(), _instead(request)))


def drop(desk: Desk, request: Mapping[str, Any]) -> Answer:
    line = str(request["line"])
    if not request["names"]:  # in the units' list of what was written, beside no finding
        return desk.decided(decisions.drop(desk.now, (), line)) | {"units": units(desk, request)}
    return _at_home(desk, request, lambda home, names: decisions.drop(home, names, line))


def query(desk: Desk, request: Mapping[str, Any]) -> Answer:
    write = decisions.answer if request["ask"] == "answer" else decisions.ask
    text, channel = str(request["text"]), str(request.get("channel") or "书面")
    return desk.decided(write(desk.now, _names(request), text, channel, desk.author()))


def _instead(request: Mapping[str, Any]) -> list[str]:
    """The lines of ours, by their names, that the page showed beside what is written now."""
    return [str(n) for n in request.get("instead", ())]


def _names(request: Mapping[str, Any]) -> list[str]:
    return [str(n) for n in request["names"]]


def _standing(desk: Desk) -> Answer:
    """The states after a decision, and what could be taken back next."""
    if not is_processed(desk.paths, desk.campaign):
        return {"states": {}, "undo": _undoable(desk), "remarks": _open_remarks(desk)}
    stand = _stand(desk)
    by_cause = {i.cause.name: least_settled(i, stand) for i in desk.queue.items}
    return {"states": by_cause, "undo": _undoable(desk), "remarks": _open_remarks(desk)}


def undo(desk: Desk, request: Mapping[str, Any]) -> Answer:
    if not desk.done:
        raise Refusal("没有可以撤销的操作", "只能撤销这次打开以后写入的内容")
    decision = desk.done[-1]
    decisions.undo(desk.paths.beside(decision.period) if decision.period else desk.paths, decision)
    desk.done.pop()
    return {"told": f"已撤销：{decision.sentence}", "findings": list(decision.findings)} | _standing(desk)


def name(desk: Desk, request: Mapping[str, Any]) -> Answer:
    desk.who = str(request["who"]).strip()[:40]
    return {"who": desk.who}


def due(desk: Desk, request: Mapping[str, Any]) -> Answer:
    """The periods to check, in their order: earlier ones that were decided on, then the desk's own."""
    return {"periods": [*decided_before(desk), desk.paths.period]}


def check(desk: Desk, request: Mapping[str, Any]) -> Answer:
    """Runs `check` for one period of those that are due, as typed; after the desk's own, takes the new tables."""
    period = desk.campaign.period(str(request.get("period") or desk.paths.period)).name
    run_check(desk.campaign, desk.paths.beside(period))
    if period != desk.paths.period:
        return {}
    desk.renew()
    return overview(desk, {"look": True})


# What the page may ask.
ASKED: dict[str, Callable[[Desk, Mapping[str, Any]], Answer]] = {
    "overview": overview,
    "evidence": look,
    "effect": preview,
    "correct": correct,
    "explain": explain,
    "dismiss": dismiss,
    "remember": remember,
    "drop": drop,
    "ask": query,
    "answer": query,
    "undo": undo,
    "name": name,
    "due": due,
    "check": check,
} | VIEWS

# Those that write a line about what the page shows.
DECIDING = (correct, explain, dismiss, remember, drop, query)
