"""The duty list, unit by unit, from the evidence at hand (`tally.report.evidence`); and 二、主要做法."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tally.blocks import CENTER, Align, Block, Entry, Head, Heading, Paragraph, Run, Table
from tally.declare import Duty
from tally.report.basics import names
from tally.report.evidence import (
    DONE,
    NO_WORD,
    NOTHING,
    OVERDUE,
    PARTLY,
    UNDER_WAY,
    Evidence,
    Passages,
    quoted,
    standing,
)
from tally.report.narrative import Narrative
from tally.report.phrases import Clause, day, listed, named, paragraph, several, todo
from tally.totals import TO_DATE, Totals

__all__ = ["DONE", "NOTHING", "NO_WORD", "OVERDUE", "PARTLY", "UNDER_WAY", "Passages", "duty_table", "evidence_table", "measures", "ordinal", "standing"]  # fmt: skip

_SIGN = {DONE: "●", PARTLY: "◐", OVERDUE: "×", UNDER_WAY: "○", NOTHING: "/", NO_WORD: "—"}


def duty_table(totals: Totals, annex: int, id: str, caption: str, passages: Passages) -> Table:
    """Duties × units for one annex of the notice, with counts at the end of each line."""
    duties = [d for d in totals.history.campaign.duties if d.annex == annex]
    units = totals.history.units
    head = (Head("序号"), Head("工作任务"), Head("完成时间"), *(Head(n) for n in units.values()), Head("小结"))
    evidence = Evidence(totals, passages)
    body = tuple(_row(evidence, d) for d in duties)
    note = "　".join(f"{sign}{state}" for state, sign in _SIGN.items())
    note += "。后处理步骤写全的为完成，长期坚持的为进行中。依据见网页版。"  # a line, so that it stays below its table
    n = len(units)
    align: tuple[Align, ...] = ("center", "left", "center", *[CENTER] * n, "left")
    return Table(
        id, caption, (head,), body, align, (0.5, 3.2, 1.2, *[0.6] * n, 2.4), note=note, landscape=True, sortable=False
    )


def _row(evidence: Evidence, duty: Duty) -> tuple[Entry, ...]:
    stands = [evidence.of(duty, code) for code in evidence.totals.history.units]
    cells = (Entry(_SIGN[s.state], kind="bad" if s.state == OVERDUE else "") for s in stands)
    counts = Counter(s.state for s in stands)
    parts = [f"{state}{counts[state]}" for state in _SIGN if counts[state]]  # in words: —1 reads as a number
    lines = ["，".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    summed = "，\n".join(lines)
    due = day(duty.due, year=True) if isinstance(duty.due, date) else duty.due
    return (Entry(str(duty.number)), Entry(duty.title), Entry(due), *cells, Entry(summed))


def evidence_table(totals: Totals, annex: int, id: str, caption: str, passages: Passages) -> Table:
    """What shows each unit's standing with each duty of an annex; units of which the same can be said in one line.

    A duty's title stands once, in a line above its units.
    """
    evidence, units = Evidence(totals, passages), totals.history.units
    body: list[tuple[Entry, ...]] = []
    for duty in (d for d in totals.history.campaign.duties if d.annex == annex):
        alike: dict[tuple[str, str], list[str]] = {}
        for code, name in units.items():
            stands = evidence.of(duty, code)
            alike.setdefault((stands.state, stands.evidence), []).append(name)
        body.append((Entry(str(duty.number), rowspan=1 + len(alike)), Entry(duty.title, colspan=3)))
        for (state, shown), who in alike.items():
            state_entry = Entry(state, kind="bad" if state == OVERDUE else "muted" if state == NO_WORD else "")
            body.append((Entry("、".join(who)), state_entry, Entry(shown or "—")))
    head = (tuple(Head(t) for t in ("序号", "工作任务、报送单位", "进展", "依据")),)
    note = "“总结提及”后为工作总结原文摘录，括号内为总结的月份，只说明该单位如此报告；同一句话只作一项任务的依据。"
    return Table(
        id, caption, head, tuple(body), ("center", "left", "center", "left"), (0.6, 3, 0.9, 7.8),
        note=note, landscape=True, only="screen",
    )  # fmt: skip


_ORDER = "一二三四五六七八九十"


def ordinal(n: int) -> str:
    """1 as 一, 12 as 十二 (below 100)."""
    tens, ones = divmod(n, 10)
    return ("" if not tens else ("" if tens == 1 else _ORDER[tens - 1]) + "十") + (_ORDER[ones - 1] if ones else "")


def measures(totals: Totals, narrative: Narrative, passages: Passages) -> tuple[Block, ...]:
    """二、主要做法, duty by duty: what the figures show, then the analyst's text, else the mark of a gap."""
    blocks: list[Block] = [Heading("二、主要做法", 1, "measures")]
    blocks += [Paragraph((Run(t),)) for t in narrative.under("主要做法")]
    evidence = Evidence(totals, passages)
    for n, duty in enumerate(totals.history.campaign.duties, 1):
        blocks.append(Heading(f"（{ordinal(n)}）{duty.title}", 2, f"duty-{duty.name}"))
        written = narrative.at(duty.title)
        shown = _reported(evidence, duty, n, written) if "summary" in duty.evidence else _shown(evidence, duty)
        blocks += [paragraph(*shown)] if shown else []
        blocks += [Paragraph((Run(t),)) for t in written]
        if not written and (not shown or "summary" in duty.evidence):
            blocks.append(todo(f"{duty.title}的具体做法。"))
    return tuple(blocks) if len(blocks) > 1 else (*blocks, todo("主要做法。"))


def _reported(evidence: Evidence, duty: Duty, number: int, written: Sequence[str]) -> Clause:
    """Which units' summaries of this period speak of a duty that no form shows, with one example; () where none does.

    What the analyst's own text (`written`) says already is no example.
    """
    totals, now = evidence.totals, evidence.totals.history.now.period
    passages = {code: evidence.passages.get((code, duty.name)) for code in totals.history.units}
    codes = [code for code, passage in passages.items() if passage and passage.period == now]
    if not codes:
        return ()
    said = _plain("".join(written))
    examples = ((c, p.text) for c in codes if (p := passages[c]) and p.text)
    fresh = ((c, words) for c, text in examples if _plain((words := quoted(text)).removesuffix("……")) not in said)
    example = next((f"如{totals.history.units[c]}：“{words}”" for c, words in fresh), "")
    who, count = named(names(totals, codes)), len(codes)
    everyone = count == len(totals.history.units) > 1
    ways = (
        f"{who}在本期工作总结中报告了该项工作",
        f"本期报告该项工作的有{who}",
        f"该项工作见于{who}的本期工作总结",
    )
    sentence = "各报送单位在本期工作总结中均报告了该项工作" if everyone else ways[number % len(ways)]
    return listed([(sentence,), (example,) if example else ()])


def _shown(evidence: Evidence, duty: Duty) -> Clause:
    """The sentence that figures allow for a duty."""
    totals = evidence.totals
    by_state: dict[str, list[str]] = {}
    for code in totals.history.units:
        by_state.setdefault(evidence.of(duty, code).state, []).append(code)
    by_state, waiting = _apart(evidence, duty, by_state)
    counted = [(f"{_how_many(totals, by_state[s])}{_SAID[s]}",) for s in (DONE, UNDER_WAY) if by_state.get(s)]
    if waiting:
        everyone = len(waiting) == len(totals.history.units) > 1
        who = "各报送单位本期均" if everyone else f"{several(names(totals, waiting))}本期"
        counted.append((f"{who}未报送",))
    by_name = [
        (f"{_who(totals, by_state[s])}{_SAID[s]}",) for s in (PARTLY, OVERDUE, NOTHING, NO_WORD) if s in by_state
    ]
    return listed([*_figures(totals, duty), *counted, *by_name])


def _apart(evidence: Evidence, duty: Duty, by_state: dict[str, list[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """Of those under way, who reported nothing of it this period: its earlier figures stand, but no progress is claimed."""
    under_way = by_state.get(UNDER_WAY, [])
    waiting = [code for code in under_way if not evidence.reported(duty, code)]
    return {**by_state, UNDER_WAY: [code for code in under_way if code not in waiting]}, waiting


def _plain(text: str) -> str:
    """A text's letters and digits: what two writings of one sentence share."""
    return "".join(filter(str.isalnum, text))


_SAID = {
    DONE: "已完成",
    PARTLY: "部分完成",
    UNDER_WAY: "已报送进展",
    OVERDUE: "逾期未完成",
    NOTHING: "无需办理",
    NO_WORD: "未反映进展",
}


def _how_many(totals: Totals, codes: list[str]) -> str:
    return _who(totals, codes) if len(codes) == len(totals.history.units) else f"{len(codes)}个单位"


def _who(totals: Totals, codes: list[str]) -> str:
    everyone = len(codes) == len(totals.history.units) > 1
    return "各报送单位均" if everyone else several(names(totals, codes))


def _figures(totals: Totals, duty: Duty) -> list[Clause]:
    book = totals.book
    if "cases" in duty.evidence and f"cases.total.cases_handled{TO_DATE}" in book:
        figure = book[f"cases.total.cases_handled{TO_DATE}"]
        whole: list[Clause] = [] if figure.value is None else [("查办案件", figure, "件")]
        return whole if duty.annex == 1 else _drug(totals)
    if not any(
        totals.history.latest(name, code)
        for name in duty.evidence
        if name != "summary"
        for code in totals.history.units
    ):
        return []  # nobody has sent what would be counted: that is not nought
    form = totals.sampling.form if totals.sampling else None
    if "sampling" not in duty.evidence or form is None:
        return [("排查生产企业", book["enterprises.count"], "家")] if "enterprises.count" in book else []
    if "enterprises" in duty.evidence:
        return [(form.act, book[f"sampling.batches{TO_DATE}"], form.counted)]
    return [(f"不合格{form.goods}", book[f"sampling.failing{TO_DATE}"], form.counted)]


def _drug(totals: Totals) -> list[Clause]:
    ref = f"cases.drug_device_licensing.cases_handled{TO_DATE}"
    return [("查办药械资质类案件", totals.book[ref], "件")] if totals.book.value(ref) is not None else []
