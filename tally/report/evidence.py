"""Each duty, unit by unit: done, done in part, overdue, nothing to do, under way or no word, with what shows it.

Evidence: the form that the duty asks for with the day it first came, the sampling coverage, the follow-up of
failing batches step by step, and what the unit's text summary says. Figures come before words: a passage is quoted
beside them with its month and speaks alone only where no form can. A duty is done (完成) when every step that it asks for
is shown; a standing one (长期坚持) never is, only under way (进行中).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from tally.declare import Campaign, Duty, Form
from tally.paths import Paths
from tally.report.basics import campaign_period
from tally.report.follow_up import FailingBatch, asked_steps, failing_batches
from tally.report.phrases import day
from tally.store.tables import read_table
from tally.totals import TO_DATE, Totals
from tally.totals.history import RECEIVED
from tally.writing.periods import month


class Passage(NamedTuple):
    """What a unit's summary of a period says of one duty; the text is "" where it is hidden."""

    text: str
    period: str


Passages = Mapping[tuple[str, str], Passage]  # by unit and duty name; one passage proves one duty, never two

DONE, PARTLY, OVERDUE, NOTHING, UNDER_WAY, NO_WORD = "完成", "部分完成", "逾期", "无需办理", "进行中", "未反映"
LONGEST_QUOTE = 44  # characters
_HEADING = 20  # a first sentence this short is a heading


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one unit is with one duty, and what shows it."""

    state: str
    evidence: str


def standing(totals: Totals, duty: Duty, unit: str, passages: Passages) -> Standing:
    """One unit's standing with one duty."""
    return Evidence(totals, passages).of(duty, unit)


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a period's totals and the summaries' passages show of the duties."""

    totals: Totals
    passages: Passages

    def of(self, duty: Duty, unit: str) -> Standing:
        late = isinstance(duty.due, date) and campaign_period(self.totals).end > duty.due
        standing = self._found(duty, unit)
        if standing.state == NO_WORD and not self._owed(duty, unit):
            return Standing(NOTHING, "无须报送该项材料")
        if standing.state in (DONE, NOTHING) or not late or self._told(duty, unit):
            return standing
        return Standing(OVERDUE, standing.evidence)

    def states(self, duty: Duty) -> set[str]:
        """The states in which the units are with a duty."""
        return {self.of(duty, unit).state for unit in self.totals.history.units}

    def _owed(self, duty: Duty, unit: str) -> bool:
        """Whether the unit reports anything that would show the duty; where nothing is named, everybody might."""
        reporter = self.totals.history.campaign.unit(unit)
        return not duty.evidence or any(map(reporter.must, duty.evidence))

    def _told(self, duty: Duty, unit: str) -> bool:
        """Whether a text is all the evidence there can be: then what has been done is not ours to deny."""
        return "summary" in duty.evidence and self._summary(unit)

    def _found(self, duty: Duty, unit: str) -> Standing:
        shown, quoted = self._complete(duty, unit, self._by_figures(duty, unit)), self._quoted(duty, unit)
        if shown is None and quoted:
            return Standing(DONE if isinstance(duty.due, date) else UNDER_WAY, quoted)
        if shown is None:
            return self._silent(duty, unit)
        state = UNDER_WAY if shown.state == NO_WORD and quoted else shown.state
        return Standing(state, "；".join(t for t in (shown.evidence, quoted) if t))

    def _quoted(self, duty: Duty, unit: str) -> str:
        """总结提及（5月）：“……”; of an earlier period's summary the month says so."""
        passage = self.passages.get((unit, duty.name))
        if passage is None:
            return ""
        words = f"：“{quoted(passage.text)}”" if passage.text else ""
        return f"总结提及（{month(passage.period)}）{words}"

    def _silent(self, duty: Duty, unit: str) -> Standing:
        """No form and no passage: nothing is claimed for the unit."""
        summed = "summary" in duty.evidence and self._summary(unit)
        return Standing(NO_WORD, "总结未提及" if summed else "")

    def _by_figures(self, duty: Duty, unit: str) -> Standing | None:
        if "sampling" in duty.evidence and self.totals.sampling is not None:
            form = self.totals.sampling.form
            return self._covered(unit, form) if "enterprises" in duty.evidence else self._handled(unit, form)
        for form in self.totals.history.campaign.forms:
            if form.name in duty.evidence and (latest := self.totals.history.latest(form.name, unit)):
                came = f"{form.number}已报（{self._when(form.name, unit, duty, latest.period)}）"
                what, number = self._counted(duty, unit)
                state = DONE if isinstance(duty.due, date) else NO_WORD if number == 0 else UNDER_WAY
                return Standing(state, "，".join(t for t in (came, what) if t))
        return None

    def _complete(self, duty: Duty, unit: str, shown: Standing | None) -> Standing | None:
        """What an area's forms show is all of it only where all its units have sent theirs."""
        records = [self.totals.record.get((unit, form)) for form in duty.evidence]
        part = any(r is not None and r.state == "partial" for r in records)
        if shown is None or not part or shown.state not in (DONE, NOTHING):
            return shown
        return Standing(PARTLY, f"{shown.evidence}，尚有所属单位未报")

    def reported(self, duty: Duty, unit: str) -> bool:
        """Whether a form that shows the duty came for this period; where no form shows it, whatever was sent did."""
        history = self.totals.history
        forms = [f.name for f in history.campaign.forms if f.name in duty.evidence]
        return not forms or any(unit in history.reported(history.now, name) for name in forms)

    def _when(self, form: str, unit: str, duty: Duty, latest: str) -> str:
        """4月8日首报，最新2021-05期, with a word where the first came after the duty's day."""
        period, received = self._first_received.get((unit, form), (latest, None))
        over = (received - duty.due).days if received and isinstance(duty.due, date) else 0
        came = f"{day(received)}{'首报' if period != latest else '收到'}" if received else month(latest)
        words = [came, f"晚于期限{over}天" if over > 0 else "", f"最新{month(latest)}" if period != latest else ""]
        return "，".join(t for t in words if t)

    def _counted(self, duty: Duty, unit: str) -> tuple[str, Decimal | None]:
        """The unit's figure that speaks most plainly of the duty, in words and as a number; "" and None for none."""
        book = self.totals.book
        if "cases" in duty.evidence:
            category, what = ("total", "案件") if duty.annex == 1 else ("drug_device_licensing", "药械资质类案件")
            value = book.value(f"cases.{category}.cases_handled{TO_DATE}@{unit}")
            return ("", None) if value is None else (f"查办{what}{value}件", value)
        value = book.value(f"enterprises.count@{unit}") if "enterprises" in duty.evidence else None
        return ("", None) if value is None else (f"排查生产企业{value}家", value)

    def _covered(self, unit: str, form: Form) -> Standing:
        book = self.totals.book
        producing, sampled = (book.value(f"coverage.{m}@{unit}") for m in ("producing", "sampled"))
        batches = book.value(f"sampling.batches{TO_DATE}@{unit}")
        if producing is None or batches is None:
            return (
                Standing(NO_WORD, "") if batches is None else Standing(PARTLY, f"已{form.act}{batches}{form.counted}")
            )
        if not producing:
            return Standing(NOTHING, "无在产企业")
        if producing == sampled:
            return Standing(DONE, f"在产企业{producing}家已全部{form.act}")
        return Standing(PARTLY if sampled else NO_WORD, f"在产企业{producing}家，已{form.act}{sampled}家")

    def _handled(self, unit: str, form: Form) -> Standing:
        """The follow-up of a unit's failing batches: done when every step asked for is named for every batch."""
        if self.totals.book.value(f"sampling.failing{TO_DATE}@{unit}") is None or "follow_up" not in form.field_names:
            return Standing(NO_WORD, "")
        batches = self._failing.get(unit, ())
        if not batches:
            return Standing(NOTHING, f"无不合格{form.record}")
        whole = sum(not b.missing for b in batches)
        silent = sum(not b.follow_up for b in batches)
        gaps = {step for b in batches for step in b.missing}
        lacking = [step for step in asked_steps(self.totals.history.campaign) if step in gaps]
        shown = f"不合格{len(batches)}{form.counted}，后处理步骤齐全的{whole}{form.counted}"
        shown += f"，{silent}{form.counted}没有填报后处理" if silent else ""
        shown += f"，未写明：{'、'.join(lacking)}" if lacking else ""
        return Standing(OVERDUE if silent else PARTLY if lacking else DONE, shown)

    @cached_property
    def _failing(self) -> dict[str, list[FailingBatch]]:
        batches: dict[str, list[FailingBatch]] = {}
        for batch in failing_batches(self.totals):
            batches.setdefault(batch.unit, []).append(batch)
        return batches

    def _summary(self, unit: str) -> bool:
        record = self.totals.record.get((unit, "summary"))
        return record is not None and record.state in RECEIVED

    @cached_property
    def _first_received(self) -> dict[tuple[str, str], tuple[str, date]]:
        """The period in which each unit's form first came, and the day."""
        first: dict[tuple[str, str], tuple[str, date]] = {}
        for tables in self.totals.history.periods:
            r = tables.returns
            for unit, form, received in zip(r["unit"], r["form"], r["received"], strict=True):
                if isinstance(received, date):
                    known = first.setdefault((unit, form), (tables.period, received))
                    if known[0] == tables.period and received < known[1]:
                        first[unit, form] = (tables.period, received)
        return first


def read_passages(campaign: Campaign, paths: Paths) -> dict[tuple[str, str], Passage]:
    """What the units' summaries of this and earlier periods say of each duty: the newest period's best passage.

    The same words of a unit, in whatever month, stand for the one duty that they speak of most.
    """
    names = [p.name for p in campaign.periods]
    passages: dict[tuple[str, str], Passage] = {}
    used: set[tuple[str, str]] = set()  # unit and text
    for name in reversed(names[: names.index(paths.period) + 1]):
        stored = paths.beside(name).processed / "passages.parquet"
        if not stored.exists():
            continue
        best = read_table(stored).sort_values("score", ascending=False, kind="stable")
        for unit, duty, text in zip(best["unit"], best["duty"], best["text"], strict=True):
            quotation = (str(unit), "".join(str(text).split()))
            if (unit, duty) not in passages and quotation not in used:
                passages[unit, duty] = Passage(text, name)
                used.add(quotation)
    return passages


_INNER = str.maketrans("“”", "‘’")


def quoted(text: str) -> str:
    """What stands between a sentence's quotation marks: `cut`, its own marks single ones."""
    return cut(text).translate(_INNER).rstrip("。；，、：")


def without_heading(text: str) -> str:
    """A passage without the words that it is headed by."""
    heading, stop, rest = text.partition("。")
    return rest if stop and rest and len(heading) <= _HEADING else text


def attributed(unit: str, text: str) -> str:
    """A passage as the city's report quotes it whole: whose words they are, without their heading."""
    words = without_heading(" ".join(text.split())).translate(_INNER).rstrip("。；，、：")
    return f"如{unit}：“{words}”。"


_CLAUSE_END = (re.compile("[。！？；，：]"), re.compile("、"))  # where a quotation may stop: the second where it must
_SHORTEST_QUOTE = 12  # characters: a clause that ends before says too little


def cut(text: str) -> str:
    """A quotation: without the words of its own heading; of a long one the clauses that fit, …… for the rest."""
    text = without_heading(text)
    if len(text) <= LONGEST_QUOTE:
        return text
    for mark in _CLAUSE_END:
        if ends := [m.start() for m in mark.finditer(text, _SHORTEST_QUOTE, LONGEST_QUOTE)]:
            return text[: ends[-1]] + ("" if text[ends[-1]] in "。！？" else "……")
    return text[: LONGEST_QUOTE - 2] + "……"
