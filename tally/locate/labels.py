"""Header texts and row labels: which field or category a written label means."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from tally.clean.units import is_unit, unit_named
from tally.declare import Field, Form
from tally.writing.characters import narrow

_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_NOISE = re.compile(r"[的★☆*#※●:,.;、/·\-—_\"'“”‘’?!。<>《》]")
_SEPARATOR = re.compile(r"[/,:、;\-—~]")
_DERIVED = re.compile(
    r"率|占比|比例|比重|同比|环比|增减|增幅|增长|上期|上月|上年|去年|同期|平均"
)  # measures of their own
# 结案 and 未结案, 日产能 and 年产能 differ by a word that turns the meaning: no slip of the pen.
TURNING = frozenset("未非不无除拟待应已被上下前去旧初复再仅只另退")
SPANS = frozenset("年月日周季")
_TAIL = re.compile(r"(累计数?|小计)$")
_COUNTED = re.compile(r"(批次|批)数?$")
_ASIDES = re.compile(r"[，、;；。]|,(?!\d{3})")
_NUMBERING = re.compile(
    r"^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-Ha-h]|[IVX]{1,4})[.、)](?=\D)"
    r"|第[\d一二三四五六七八九十]{1,2}[类项][.、:]?(?=\D{2})"
    r"|[A-H]\d{2}[.、]?(?=[\u4e00-\u9fff]{2})"
    r"|\d{1,2}(?=[\u4e00-\u9fff]{2})(?![月年日季周天时点个家件起批次只户人名万千百元号类至到以]))"
)
_COMPUTED = re.compile(r"^(?:求和项[:：]?|Sumof(?=[\u4e00-\u9fff]))")  # what a pivot table puts before a heading
_MANY = 20  # brackets in one label, more are no label
_WORD = 2  # letters of an English word beside a label
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’&-]*\.?")
_UNIT_WORD = re.compile(r"(计量|货币|金额)?单位$")
_UNIT_AT_END = re.compile(r"(万元|万只|人次|万个)$")


@dataclass(frozen=True, slots=True)
class Label:
    """A written header or row label: `core` for matching, `unit` that it names in brackets or alone.

    `asides` is what it says beside them, in brackets or behind its name: 本月, 累计, 含上年结转. None of its words
    is left out of the three but numbering, marks and blanks.
    """

    core: str
    unit: str = ""
    asides: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def parse(text: str) -> Label:
    """`text` without spaces, marks, numbering and brackets; the first unit of measure it names, and what else it says."""
    flat = _COMPUTED.sub("", narrow(text))
    core, inside = _without_brackets(flat)
    if not core and len(inside) == 1:
        core, inside = inside[0], []
    unit, asides = _units_and_asides(inside)
    alone, tail = _without_tail(core)
    alone = alone if is_unit(alone) else unit_named(alone) if alone.startswith("单位") else ""
    if alone:
        return Label("", alone, (*asides, *tail))
    core, foreign = _without_foreign(_NUMBERING.sub("", core))
    core, behind = _unit_behind(core)
    unit = unit or behind
    core, tail = _without_tail(_NOISE.sub("", core)) if len(_NOISE.sub("", core)) > 3 else (_NOISE.sub("", core), ())
    if (match := _UNIT_AT_END.search(core)) and len(core) > len(match[1]) + 1:
        unit, core = unit or match[1], core[: -len(match[1])]
    return Label(core.lower() if core.isascii() else core, unit, (*asides, *foreign, *tail))


def completes(above: str, below: str, known: Container[str]) -> bool:
    """True if a label goes on in the cell below it: together they are one of the names `known`.

    What is below must be Chinese words (a stroke for nought completes nothing, XX in a row of examples neither) and name
    nothing by itself, unless what is above does already (移送公安机关 over 案件数).
    """
    if not re.search("[\u4e00-\u9fff]", below):
        return False
    upper, lower = parse(above).core, parse(below).core
    return (lower not in known or upper in known) and parse(above + below).core in known


def _without_brackets(flat: str) -> tuple[str, list[str]]:
    """`flat` without brackets, those within brackets too, and what stands in them, outer ones last."""
    inside: list[str] = []
    while _BRACKETS.search(flat):
        inside += [m[1] for m in _BRACKETS.finditer(flat)]
        flat = _BRACKETS.sub("", flat)
        if len(inside) > _MANY:
            break
    return flat, [text for text in inside if text]


def _without_foreign(core: str) -> tuple[str, list[str]]:
    """A Chinese label without the English words that stand before or behind it, and those words."""
    if core.isascii() or not re.search("[\u4e00-\u9fff]{2}", core):
        return core, []
    words = [m for m in _LATIN.findall(core) if len(m) >= _WORD and (core.startswith(m) or core.endswith(m))]
    for word in words:
        core = core.removeprefix(word).removesuffix(word)
    return core, words


def is_foreign(word: str) -> bool:
    """True for a word of a label that is not Chinese: the English beside it in a bilingual form."""
    return word.isascii() and len(_LATIN.findall(word)) > 0 and max(map(len, _LATIN.findall(word))) >= _WORD


def _units_and_asides(inside: list[str]) -> tuple[str, list[str]]:
    """The first unit of measure among the texts of a label's brackets, and the parts of them that name none."""
    unit, asides = "", []
    for text in inside:
        named = unit_named(text)
        unit = unit or named
        if not named or named != text:
            asides += [part for part in _ASIDES.split(text) if part and not unit_named(part)]
    return unit, asides


def _without_tail(core: str) -> tuple[str, tuple[str, ...]]:
    """`core` without 累计 or 小计 at its end, and that word."""
    match = _TAIL.search(core)
    return (core[: match.start()], (match[0],)) if match else (core, ())


def _unit_behind(core: str) -> tuple[str, str]:
    """`core` without a unit of measure behind a separator (罚没/元, 案值：万元), and that unit; the longest one."""
    for match in _SEPARATOR.finditer(core, 1):
        if unit := unit_named(core[match.end() :]):
            return _UNIT_WORD.sub("", core[: match.start()]), unit
    return core, ""


@dataclass(frozen=True, eq=False)
class Names:
    """The vocabulary of one form: normalised writing -> field or category name. One is told from another by identity."""

    form: str
    fields: dict[str, str]
    categories: dict[str, str]
    row_header: str = ""  # what stands over the categories
    cumulative: frozenset[str] = frozenset()  # fields that give the figure to date
    kinds: dict[str, str] = field(default_factory=dict)  # field -> its kind
    choices: dict[str, frozenset[str]] = field(default_factory=dict)  # field -> words for its choices
    pieces: dict[str, str] = field(default_factory=dict)  # heading of a part of a field -> the field
    _slips: dict[str, str] = field(default_factory=dict, repr=False)

    def field(self, core: str) -> str:
        return self.fields.get(core, "")

    def field_and_unit(self, core: str) -> tuple[str, str]:
        """The field that `core` names, and the unit that stands right behind its name (罚没款元), "" if none."""
        if name := self.field(core):
            return name, ""
        for cut in range(len(core) - 1, max(0, len(core) - 5), -1):
            if is_unit(core[cut:]) and (name := self.field(core[:cut])):
                at = next((c for c in range(cut - 1, 0, -1) if is_unit(core[c:]) and self.field(core[:c])), cut)
                return self.field(core[:at]), core[at:]
        return "", ""

    def field_resembling(self, core: str) -> str:
        """The field whose writing differs from `core` by a slip of the pen; units mostly write the same headers."""
        if core not in self._slips:
            self._slips[core] = resembling(core, self.fields)
        return self._slips[core]

    def category(self, core: str) -> str:
        return self.categories.get(core, "")


@lru_cache(maxsize=200)
def names_of(form: Form) -> Names:
    """All writings of a form's labels; the first declaration wins where two share one."""
    fields: dict[str, str] = {}
    for f in form.fields:
        fields.setdefault(parse(f.label).core, f.name)
    for f in form.fields:
        for alias in (*f.aliases, f.name):
            fields.setdefault(parse(alias).core, f.name)
    categories: dict[str, str] = {}
    for c in form.categories:
        for text in (c.label, *c.aliases):
            core = parse(text).core
            categories.setdefault(core, c.name)
            categories.setdefault(core.removesuffix("案件"), c.name)
            categories.setdefault(core.removesuffix("案件").removesuffix("类"), c.name)
        categories.setdefault(parse(c.name).core, c.name)
    to_date = frozenset(f.name for f in form.fields if f.cumulative)
    kinds = {f.name: str(f.kind) for f in form.fields}
    choices = {f.name: _choices(f) for f in form.fields}
    pieces = {parse(piece).core: f.name for f in form.fields for piece in f.pieces}
    return Names(form.name, fields, categories, parse(form.row_header).core, to_date, kinds, choices, pieces)


def _choices(field: Field) -> frozenset[str]:
    """The words by which a choice of the field may head a column of its own."""
    if field.kind == "yesno":
        return frozenset(("是", "否"))
    return frozenset(word for c in field.choices for word in (c.name, *c.aliases))


def choice_word(core: str) -> str:
    """The word by which a heading names a choice: 合格 of 合格批次, under which a record puts its tick."""
    return _COUNTED.sub("", core)


def resembling(core: str, known: dict[str, str], threshold: float = 0.8) -> str:
    """The one name whose writing differs from `core` by a slip of the pen, "" if none or several."""
    if len(core) < 3 or _DERIVED.search(core):
        return ""
    close = {name for text, name in known.items() if _is_slip(core, text, threshold)}
    return close.pop() if len(close) == 1 else ""


def _is_slip(core: str, text: str, threshold: float) -> bool:
    """True if the two differ by a slip of the pen, and by no word that turns the meaning (结案 and 未结案)."""
    if abs(len(text) - len(core)) > 2 or _ratio(core, text) < threshold:
        return False
    differing = set(core) ^ set(text)
    return not TURNING & differing and not (differing and differing <= SPANS)


def _ratio(a: str, b: str) -> float:
    """How alike two texts are, from 0 to 1; texts that share few characters are not compared further."""
    if 2 * sum(c in b for c in a) < 0.8 * (len(a) + len(b)):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
