"""The duty list, unit by unit: done, under way, overdue, no word, from the evidence at hand; and 二、主要做法.

Evidence: forms received and their dates, the sampling coverage, follow-up of failing batches, the text
summary. A standing duty (长期坚持) is never done, only under way. A summary's mere arrival shows that a unit
reported, not what it did: where its passages have been sorted to duties, give them as `passages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tally.blocks import Block, Entry, Head, Heading, Paragraph, Run, Table
from tally.declare import Duty
from tally.report.basics import campaign_period, names
from tally.report.narrative import Narrative
from tally.report.phrases import day, listed, named, paragraph, todo
from tally.totals import TO_DATE, Totals
from tally.totals.record import RECEIVED

Passages = Mapping[tuple[str, str], str]  # (unit, duty name) to the passage of the unit's summary

DONE, UNDER_WAY, OVERDUE, NO_WORD = "完成", "进行中", "逾期", "未反映"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one unit is with one duty, and what shows it."""

    state: str
    evidence: str


def standing(totals: Totals, duty: Duty, unit: str, passages: Passages) -> Standing:
    """One unit's standing with one duty."""
    late = isinstance(duty.due, date) and campaign_period(totals).end > duty.due
    found = _evidence(totals, duty, unit, passages)
    if found.state == DONE or not late or _told(totals, duty, unit):
        return found
    return Standing(OVERDUE, found.evidence)


def _told(totals: Totals, duty: Duty, unit: str) -> bool:
    """Whether a text is all the evidence there can be: then what has been done is not ours to deny."""
    return "summary" in duty.evidence and _summary(totals, unit)


def _evidence(totals: Totals, duty: Duty, unit: str, passages: Passages) -> Standing:
    if (unit, duty.name) in passages:
        return Standing(DONE if isinstance(duty.due, date) else UNDER_WAY, passages[unit, duty.name])
    forms = [f for f in totals.history.campaign.forms if f.name in duty.evidence]
    if "sampling" in duty.evidence and totals.sampling is not None:
        return _covered(totals, unit) if "enterprises" in duty.evidence else _handled(totals, unit)
    for form in forms:
        latest = totals.history.latest(form.name, unit)
        if latest is not None:
            state = DONE if isinstance(duty.due, date) else UNDER_WAY
            return Standing(state, f"{form.number}已报（{latest.period}期）")
    if "summary" in duty.evidence and _summary(totals, unit):
        return Standing(UNDER_WAY, "已报工作总结")
    return Standing(NO_WORD, "")


def _summary(totals: Totals, unit: str) -> bool:
    record = totals.record.get((unit, "summary"))
    return record is not None and record.state in RECEIVED


def _covered(totals: Totals, unit: str) -> Standing:
    producing, sampled = (totals.book.value(f"coverage.{m}@{unit}") for m in ("producing", "sampled"))
    batches = totals.book.value(f"sampling.batches{TO_DATE}@{unit}")
    if producing is None or batches is None:
        return Standing(NO_WORD if batches is None else UNDER_WAY, "" if batches is None else f"已抽查{batches}批次")
    if producing == sampled:
        return Standing(DONE, f"在产企业{producing}家已全部抽查" if producing else "无在产企业")
    return Standing(UNDER_WAY if batches else NO_WORD, f"在产企业{producing}家，已抽查{sampled}家")


def _handled(totals: Totals, unit: str) -> Standing:
    failing, handled = (totals.book.value(f"sampling.{m}{TO_DATE}@{unit}") for m in ("failing", "handled"))
    if failing is None:
        return Standing(NO_WORD, "")
    if not failing:
        return Standing(DONE, "无不合格批次")
    if handled is None or handled < failing:
        return Standing(OVERDUE, f"不合格{failing}批次，{handled or 0}批次填报后处理")
    return Standing(DONE, f"不合格{failing}批次均填报后处理")


_SIGN = {DONE: "●", UNDER_WAY: "◐", OVERDUE: "▲", NO_WORD: "—"}


def duty_table(totals: Totals, annex: int, id: str, caption: str, passages: Passages) -> Table:
    """Duties × units for one annex of the notice, with counts at the end of each line."""
    duties = [d for d in totals.history.campaign.duties if d.annex == annex]
    units = totals.history.units
    head = (Head("序号"), Head("工作任务"), Head("完成时间"), *(Head(n) for n in units.values()), Head("小结"))
    body = tuple(_row(totals, d, passages) for d in duties)
    note = "；".join(f"{sign} {state}" for state, sign in _SIGN.items())
    note += "。依据：统计表、抽查覆盖、后处理措施和工作总结的报送情况；长期坚持的任务有材料反映的列为进行中。"
    n = len(units)
    align = ("center", "left", "center", *["center"] * n, "left")
    return Table(id, caption, (head,), body, align, (0.6, 3, 1.5, *[0.9] * n, 2.2), note=note, landscape=True)


def _row(totals: Totals, duty: Duty, passages: Passages) -> tuple[Entry, ...]:
    stands = [standing(totals, duty, code, passages) for code in totals.history.units]
    cells = (Entry(_SIGN[s.state], kind="bad" if s.state == OVERDUE else "") for s in stands)
    counts = ((state, sum(s.state == state for s in stands)) for state in _SIGN)
    told = "，".join(f"{state}{n}" for state, n in counts if n)
    due = day(duty.due, year=True) if isinstance(duty.due, date) else duty.due
    return (Entry(str(duty.number)), Entry(duty.title), Entry(due), *cells, Entry(told))


_ORDER = "一二三四五六七八九十"


def ordinal(n: int) -> str:
    """1 as 一, 12 as 十二 (below 100)."""
    tens, ones = divmod(n, 10)
    return ("" if not tens else ("" if tens == 1 else _ORDER[tens - 1]) + "十") + (_ORDER[ones - 1] if ones else "")


def measures(totals: Totals, narrative: Narrative, passages: Passages) -> tuple[Block, ...]:
    """二、主要做法, duty by duty: what the figures show, then the analyst's text, else the mark of a gap."""
    blocks: list[Block] = [Heading("二、主要做法", 1, "measures")]
    blocks += [Paragraph((Run(t),)) for t in narrative.under("主要做法")]
    for n, duty in enumerate(totals.history.campaign.duties, 1):
        blocks.append(Heading(f"（{ordinal(n)}）{duty.title}", 2, f"duty-{duty.name}"))
        shown = _shown(totals, duty, passages)
        written = narrative.at(duty.title)
        blocks += [paragraph(*shown)] if shown else []
        blocks += [Paragraph((Run(t),)) for t in written]
        if not shown and not written:
            blocks.append(todo(f"{duty.title}的具体做法。"))
    return tuple(blocks) if len(blocks) > 1 else (*blocks, todo("主要做法。"))


def _shown(totals: Totals, duty: Duty, passages: Passages) -> tuple:
    """The sentence that figures allow for a duty, () where they show nothing."""
    if "summary" in duty.evidence:
        return ()
    by_state: dict[str, list[str]] = {}
    for code in totals.history.units:
        by_state.setdefault(standing(totals, duty, code, passages).state, []).append(code)
    told = [(f"{_who(totals, by_state[s])}{s}",) for s in (OVERDUE, NO_WORD) if s in by_state]
    counted = [(f"{s}的单位{len(by_state[s])}个",) for s in (DONE, UNDER_WAY) if s in by_state]
    return listed([*_figures(totals, duty), *counted, *told])


def _who(totals: Totals, codes: list[str]) -> str:
    return "各报送单位均" if len(codes) == len(totals.history.units) else named(names(totals, codes))


def _figures(totals: Totals, duty: Duty) -> list[tuple]:
    book = totals.book
    if "cases" in duty.evidence and f"cases.total.cases_handled{TO_DATE}" in book:
        return [("查办案件", book[f"cases.total.cases_handled{TO_DATE}"], "件")] if duty.annex == 1 else _drug(totals)
    if "sampling" not in duty.evidence:
        return [("排查生产企业", book["enterprises.count"], "家")] if "enterprises.count" in book else []
    if "enterprises" in duty.evidence:
        return [("抽查", book[f"sampling.batches{TO_DATE}"], "批次")]
    return [("不合格产品", book[f"sampling.failing{TO_DATE}"], "批次")]


def _drug(totals: Totals) -> list[tuple]:
    ref = f"cases.drug_device_licensing.cases_handled{TO_DATE}"
    return [("查办药械资质类案件", totals.book[ref], "件")] if totals.book.value(ref) is not None else []
