"""A period's status as a person reads it, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from tally.cli.console import table
from tally.life.next_steps import WHO, next_steps
from tally.life.status import UNREAD, Rates, Status, UnitStatus
from tally.totals.record import STATES, Submission

_RULES = 12  # with a confirmation rate of their own


def lines(status: Status) -> Iterator[str]:
    """The status on a terminal: record, rates over periods, what is unwritten, what to do next."""
    period, campaign = status.period, status.campaign
    yield f"{campaign.title} {period.name}（{period.start} 至 {period.end}）"
    yield ""
    if not status.processed:
        yield f"本期还没有读取和核对，需先运行 python pipeline.py check {status.typed}"
        yield table([("报送单位", "已收文件"), *((u.name, f"{u.files} 个") for u in status.units)])
    else:
        yield from _record(status)
    yield ""
    yield from _periods(status)
    if status.todos:
        yield f"\n报告中还有 {len(status.todos)} 处【待补充】："
        yield from (f"  {n}. {todo}" for n, todo in enumerate(status.todos, 1))
    if status.release:
        yield f"\n已发布：第 {status.release.number} 次，{status.release.when}，审批人 {status.release.by}"
    yield from _next(status)


def _record(status: Status) -> Iterator[str]:
    if status.stale:
        yield f"注意：下列情况是上次处理时的，之后{'；'.join(status.stale)}"
    signed = any(u.acceptance for u in status.units)
    heads = ("报送单位", *status.forms.values(), "差错", "疑点", *(["认可"] if signed else []))
    rows = []
    for unit in status.units:
        states = [_state(unit.record.get(form)) for form in status.forms]
        rows.append((unit.name, *states, *_counts(unit), *([_accepted(unit)] if signed else [])))
    yield table([heads, *rows])
    yield ""
    if status.words:
        writings = [f"{w.kind}“{w.written}”即“{w.means}”" for w in status.words]
        yield f"已确认的写法 {len(writings)} 条：{'；'.join(writings[:20])}{'……' if len(writings) > 20 else ''}"
    if status.changes.found or status.changes.gone:
        yield f"上次核对：新增 {len(status.changes.found)} 处，解决 {len(status.changes.gone)} 处，仍有 {status.changes.standing} 处未变"
    if status.verdicts:
        yield _verdicts(status)
    names = {**status.forms}
    if status.rates is None:
        return
    came = [f"{names[f]} {r.received}/{r.required}" for f, r in status.by_form.items()]
    yield f"齐报率 {_percent(status.rates)}（{'，'.join(came)}）"
    timely = [f"{names[f]} {r.on_time}/{r.required}" for f, r in status.by_form.items()]
    yield f"及时率 {_percent(status.rates, 'timeliness')}（{'，'.join(timely)}）"


def _state(s: Submission | None) -> str:
    if s is None:
        return ""
    words = STATES[s.state]
    if s.state == "zero return" and s.late:
        words += "（逾期）"
    return words + (f"，更正{s.replaced}次" if s.replaced else "")


def _counts(unit: UnitStatus) -> tuple[str, str]:
    answered = f"（另{unit.answered}处已说明）" if unit.answered else ""
    return f"{unit.errors}{answered}", str(unit.warnings)


def _accepted(unit: UnitStatus) -> str:
    a = unit.acceptance
    if a is None:
        return "未认可"
    return f"{a.who} {a.when}" if a.stands else "认可后有变化"


def _verdicts(status: Status) -> str:
    """Which rules find faults: of the findings that were answered, how many were."""
    true, answered = (sum(getattr(v, n) for v in status.verdicts.values()) for n in ("true", "answered"))
    worst = sorted(status.verdicts.values(), key=lambda v: (-v.answered, v.rule))[:_RULES]
    rules = "；".join(f"{v.rule} {v.true}/{v.answered}" for v in worst)
    return f"问题的证实率 {true / answered:.0%}（有答复的 {answered} 处中 {true} 处确是差错）：{rules}"


def _percent(rates: Rates, which: str = "completeness") -> str:
    return f"{getattr(rates, which):.1%}"


def _periods(status: Status) -> Iterator[str]:
    if not status.periods:
        return
    rows = [("报送期", "齐报率", "及时率", "差错", "疑点", "发布")]
    for p in status.periods:
        release = f"第 {p.release} 次" if p.release else "未发布"
        if p.rates is None:
            rows.append((p.period, "未处理", "", "", "", release))
        else:
            rows.append(
                (p.period, _percent(p.rates), _percent(p.rates, "timeliness"), str(p.errors), str(p.warnings), release)
            )
    yield table(rows)


def _next(status: Status) -> Iterator[str]:
    todo = next_steps(status)
    if not todo:
        yield "\n没有待办事项。"
        return
    yield "\n下一步："
    for who, title in WHO.items():
        mine = [s for s in todo if s.who == who]
        if mine:
            yield f"{title}："
        for step in mine:
            name = f"{step.name}：" if step.name else ""
            yield f"  {name}{step.what}" + (f"　→ {step.command}" if step.command else "")


def as_json(status: Status) -> str:
    """The status for programs. The keys are stable; new ones may be added.

    campaign, title, period, start, end (ISO dates), due {form: date};
    processed (false: `rates` and every state are null or "unread"), stale [reasons], report "" | "stale" | "made",
    release null | {number, by, when};
    rates null | {required, received, on_time, completeness, timeliness} (shares from 0 to 1), rates_by_form {form: the same};
    periods [{period, rates, errors, warnings, release (0: none)}], oldest first, this one last;
    units [{code, name, files, forms {form: {state, received, due, late, replaced, file}}, errors, errors_answered,
    warnings, accepted null | {unit, who, when, stands}}]; verdicts {rule: {true, answered}}; remarks [open ones]; state is "on time", "late", "missing", "zero return" or "unread"; `errors` count forms that are missing too;
    unassigned [messages on files of no unit]; todos [what is 【待补充】];
    next [{who: unit | analyst | reviewer, unit (code or ""), name, what, command}], in the order of doing it.
    Forms are named as in the campaign, the text summary "summary".
    """
    period, release = status.period, status.release
    data = {
        "campaign": status.campaign.name,
        "title": status.campaign.title,
        "period": period.name,
        "start": period.start,
        "end": period.end,
        "due": period.due,
        "processed": status.processed,
        "stale": status.stale,
        "report": status.report,
        "release": {"number": release.number, "by": release.by, "when": release.when} if release else None,
        "rates": _rates(status.rates),
        "rates_by_form": {f: _rates(r) for f, r in status.by_form.items()},
        "periods": [
            {
                "period": p.period,
                "rates": _rates(p.rates),
                "errors": p.errors,
                "warnings": p.warnings,
                "release": p.release,
            }
            for p in status.periods
        ],
        "units": [_unit(status, u) for u in status.units],
        "unassigned": status.elsewhere,
        "verdicts": {rule: {"true": v.true, "answered": v.answered} for rule, v in status.verdicts.items()},
        "remarks": [asdict(r) for r in status.remarks],
        "todos": status.todos,
        "next": [asdict(s) for s in next_steps(status)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, default=str)


def _rates(rates: Rates | None) -> dict | None:
    if rates is None:
        return None
    shares = {name: round(getattr(rates, name), 4) for name in ("completeness", "timeliness")}
    return {**asdict(rates), **shares}


def _unit(status: Status, unit: UnitStatus) -> dict:
    return {
        "code": unit.code,
        "name": unit.name,
        "files": unit.files,
        "forms": {f: _submission(unit.record.get(f)) for f in status.forms},
        "errors": unit.errors,
        "errors_answered": unit.answered,
        "warnings": unit.warnings,
        "accepted": asdict(unit.acceptance) if unit.acceptance else None,
    }


def _submission(s: Submission | None) -> dict:
    if s is None:
        return {"state": UNREAD, "received": None, "due": None, "late": False, "replaced": 0, "file": ""}
    names = ("state", "received", "due", "late", "replaced", "file")
    return {name: getattr(s, name) for name in names}
