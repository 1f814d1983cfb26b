"""The text summaries (工作总结): figures in sentences, passages on the duties, problems and plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.duties_text import OPENINGS, PASSAGES, PLANS, PROBLEMS
from samples.letter import Part
from samples.names import PLACES
from samples.truth import UnitTruth
from samples.wording import plain

NUMERALS = "一二三四五六七八九"
# What a summary says otherwise than its forms: (unit, period) -> field -> the wrong figure made from the true one.
DISAGREEMENTS = {
    ("320904", "2021-04"): {"cases_closed": lambda v: v + 1},
    ("320990", "2021-05"): {"cases_handled": lambda v: v + 2},
    ("320922", "2021-05"): {"batches": lambda v: v - 2},
}
# How a unit rounds in its text: field -> 余, 约 or 近.
ROUNDED = {
    "320903": {"officers_dispatched": "余", "operators_inspected": "余"},
    "320925": {"operators_inspected": "约"},
    "320923": {"officers_dispatched": "近"},
}


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that a summary states: `value`, with `word` 余, 约, 近 or "" and the sentence it stands in."""

    form: str
    field: str
    value: Decimal | int
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One unit's text and the figures in it."""

    parts: tuple[Part, ...]
    said: tuple[Said, ...]

    @property
    def text(self) -> str:
        return "\r\n".join(p.text for p in self.parts) + "\r\n"


def summary(truth: UnitTruth, reporter: str, reported: date) -> Summary:
    """The unit's summary of the period; the same truth gives the same text."""
    number = [p.code for p in PLACES].index(truth.unit)
    place = PLACES[number]
    figures = _Figures(truth)
    month = int(truth.period[-2:])
    sentences = _figure_sentences(figures, month, truth)
    later = number + (month == 5) * 3
    passages = [PASSAGES[(later + 2 * k) % len(PASSAGES)] for k in range(5)]
    passages = list(dict.fromkeys(passages))
    parts = [
        Part(f"{place.name}关于口罩产品质量提升专项整治行动的工作总结", "title"),
        Part(OPENINGS[number % len(OPENINGS)].format(place=place.name, month=month)),
        Part("一、基本情况", "heading"),
        *(Part(s) for s in sentences),
        Part("二、主要做法", "heading"),
        *(Part(f"（{NUMERALS[i]}）{p}") for i, p in enumerate(passages)),
        Part("三、存在问题", "heading"),
        Part(PROBLEMS[later % len(PROBLEMS)]),
        Part("四、下一步打算", "heading"),
        Part(PLANS[later % len(PLANS)].format(next=month + 1)),
        Part(reporter, "right"),
        Part(f"{reported.year}年{reported.month}月{reported.day}日", "right"),
    ]
    return Summary(tuple(parts), tuple(figures.said))


class _Figures:
    """Says figures one after the other and remembers what was said, and where."""

    def __init__(self, truth: UnitTruth):
        total = truth.cases["total"]
        producing = [f for f in truth.firms if f.production_status == "在产"]
        self.values = {
            **{("cases", m): v for m, v in total.items()},
            ("sampling", "batches"): len(truth.batches),
            ("sampling", "firms"): len({b.enterprise for b in truth.batches}),
            ("sampling", "failing"): sum(b.result == "不合格" for b in truth.batches),
            ("enterprises", "firms"): len(truth.firms),
            ("enterprises", "producing"): len(producing),
        }
        self.otherwise = DISAGREEMENTS.get((truth.unit, truth.period), {})
        self.words = ROUNDED.get(truth.unit, {})
        self.said: list[Said] = []
        self.pending: list[tuple[str, str, Decimal | int, str]] = []

    def say(self, form: str, name: str) -> str:
        value = self.values[form, name]
        if name in self.otherwise:
            value = self.otherwise[name](value)
        word = self.words.get(name, "")
        if word:
            value = {"余": value // 10 * 10, "约": round(value, -1), "近": -(-value // 10) * 10}[word]
        self.pending.append((form, name, value, word))
        text = plain(value)
        return {"余": f"{text}余", "": text}.get(word, f"{word}{text}")

    def ends(self, sentence: str) -> str:
        self.said += [Said(*figure, sentence) for figure in self.pending]
        self.pending = []
        return sentence


def _figure_sentences(figures: _Figures, month: int, truth: UnitTruth) -> list[str]:
    day = 30 if month == 4 else 31
    s = figures.say
    cases = figures.ends(
        f"截至{month}月{day}日，共出动执法人员{s('cases', 'officers_dispatched')}人次，"
        f"检查经营者{s('cases', 'operators_inspected')}户次，查办案件{s('cases', 'cases_handled')}件，"
        f"其中立案{s('cases', 'cases_filed')}件，结案{s('cases', 'cases_closed')}件，"
        f"罚没{s('cases', 'fines_confiscations')}万元，案值{s('cases', 'case_value')}万元，"
        f"查获问题口罩{s('cases', 'masks_seized')}万只，移送公安机关{s('cases', 'cases_transferred')}件。"
    )
    sampled = figures.ends(
        f"共抽查{s('sampling', 'firms')}家企业生产（销售）的{s('sampling', 'batches')}批次产品，"
        f"发现{s('sampling', 'failing')}批次不合格。"
    )
    if not truth.firms:
        return [cases, "经全面排查，辖区内无非医用口罩生产企业，附件3作零报告。" + sampled]
    roster = figures.ends(
        f"经全面排查，辖区内共有非医用口罩生产企业{s('enterprises', 'firms')}家，其中在产{s('enterprises', 'producing')}家。"
    )
    return [cases, roster + sampled]
