"""Each duty, unit by unit: done, under way, overdue or no word, with what shows it.

Evidence: the form that the duty asks for with the day it first came, the sampling coverage, the follow-up of
failing batches, and what the unit's text summary says. Figures come before words: a passage is quoted beside
them and speaks alone only where no form can. A standing duty (长期坚持) is never done, only under way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tally.declare import Campaign, Duty
from tally.paths import Paths
from tally.report.basics import campaign_period
from tally.report.phrases import day
from tally.store.tables import read_table
from tally.totals import TO_DATE, Totals
from tally.totals.history import RECEIVED

Passages = Mapping[tuple[str, str], str]  # (unit, duty name) to what the unit's summaries say, "" where it is hidden

DONE, UNDER_WAY, OVERDUE, NO_WORD = "完成", "进行中", "逾期", "未反映"
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
        found = self._found(duty, unit)
        if found.state == DONE or not late or self._told(duty, unit):
            return found
        return Standing(OVERDUE, found.evidence)

    def _told(self, duty: Duty, unit: str) -> bool:
        """Whether a text is all the evidence there can be: then what has been done is not ours to deny."""
        return "summary" in duty.evidence and self._summary(unit)

    def _found(self, duty: Duty, unit: str) -> Standing:
        shown, said = self._by_figures(duty, unit), self._said(duty, unit)
        if shown is None and said:
            return Standing(DONE if isinstance(duty.due, date) else UNDER_WAY, said)
        if shown is None:
            return self._silent(duty, unit)
        state = UNDER_WAY if shown.state == NO_WORD and said else shown.state
        return Standing(state, "；".join(t for t in (shown.evidence, said) if t))

    def _said(self, duty: Duty, unit: str) -> str:
        quoted = self.passages.get((unit, duty.name))
        if quoted is None:
            return ""
        return f"总结提及：“{_cut(quoted)}”" if quoted else "总结提及"

    def _silent(self, duty: Duty, unit: str) -> Standing:
        """No form and no passage: a summary that nobody has sorted may still speak of it."""
        if "summary" not in duty.evidence or not self._summary(unit):
            return Standing(NO_WORD, "")
        return Standing(NO_WORD, "总结未提及") if self.passages else Standing(UNDER_WAY, "已报工作总结")

    def _by_figures(self, duty: Duty, unit: str) -> Standing | None:
        if "sampling" in duty.evidence and self.totals.sampling is not None:
            return self._covered(unit) if "enterprises" in duty.evidence else self._handled(unit)
        for form in self.totals.history.campaign.forms:
            if form.name in duty.evidence and (latest := self.totals.history.latest(form.name, unit)):
                told = f"{form.number}已报（{self._when(form.name, unit, duty, latest.period)}）"
                state = DONE if isinstance(duty.due, date) else UNDER_WAY
                return Standing(state, "，".join(t for t in (told, self._figure(duty, unit)) if t))
        return None

    def _when(self, form: str, unit: str, duty: Duty, latest: str) -> str:
        """4月8日首报，最新2021-05期, with a word where the first came after the duty's day."""
        period, received = self._first_received.get((unit, form), (latest, None))
        over = (received - duty.due).days if received and isinstance(duty.due, date) else 0
        came = f"{day(received)}{'首报' if period != latest else '收到'}" if received else f"{latest}期"
        told = [came, f"晚于期限{over}天" if over > 0 else "", f"最新{latest}期" if period != latest else ""]
        return "，".join(t for t in told if t)

    def _figure(self, duty: Duty, unit: str) -> str:
        """The unit's figure that speaks most plainly of the duty, "" for none."""
        book = self.totals.book
        if "cases" in duty.evidence:
            category, what = ("total", "案件") if duty.annex == 1 else ("drug_device_licensing", "药械资质类案件")
            value = book.value(f"cases.{category}.cases_handled{TO_DATE}@{unit}")
            return "" if value is None else f"查办{what}{value}件"
        value = book.value(f"enterprises.count@{unit}") if "enterprises" in duty.evidence else None
        return "" if value is None else f"排查生产企业{value}家"

    def _covered(self, unit: str) -> Standing:
        book = self.totals.book
        producing, sampled = (book.value(f"coverage.{m}@{unit}") for m in ("producing", "sampled"))
        batches = book.value(f"sampling.batches{TO_DATE}@{unit}")
        if producing is None or batches is None:
            return Standing(NO_WORD, "") if batches is None else Standing(UNDER_WAY, f"已抽查{batches}批次")
        if producing == sampled:
            return Standing(DONE, f"在产企业{producing}家已全部抽查" if producing else "无在产企业")
        return Standing(UNDER_WAY if batches else NO_WORD, f"在产企业{producing}家，已抽查{sampled}家")

    def _handled(self, unit: str) -> Standing:
        failing, handled = (self.totals.book.value(f"sampling.{m}{TO_DATE}@{unit}") for m in ("failing", "handled"))
        if failing is None:
            return Standing(NO_WORD, "")
        if not failing:
            return Standing(DONE, "无不合格批次")
        if handled is None or handled < failing:
            return Standing(OVERDUE, f"不合格{failing}批次，{handled or 0}批次填报后处理")
        return Standing(DONE, f"不合格{failing}批次均填报后处理")

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


def read_passages(campaign: Campaign, paths: Paths) -> dict[tuple[str, str], str]:
    """What the units' summaries of this and earlier periods say of each duty: the newest period's best passage."""
    names = [p.name for p in campaign.periods]
    found: dict[tuple[str, str], str] = {}
    for name in names[: names.index(paths.period) + 1]:
        stored = paths.beside(name).processed / "passages.parquet"
        if stored.exists():
            best = read_table(stored).sort_values("score", ascending=False, kind="stable")
            best = best.drop_duplicates(["unit", "duty"])
            found |= {(u, d): t for u, d, t in zip(best["unit"], best["duty"], best["text"], strict=True)}
    return found


def without_words(passages: Passages) -> Passages:
    """The same passages without their words, for an edition that must not print what a unit wrote freely."""
    return dict.fromkeys(passages, "")


def _cut(text: str) -> str:
    """A quotation: without the words of its own heading, cut where it is long."""
    heading, stop, rest = text.partition("。")
    text = rest if stop and rest and len(heading) <= _HEADING else text
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
