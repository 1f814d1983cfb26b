"""Writings that a person confirmed: what a header, row, choice, unit's name or firm's name means, though nobody declared it.

`data/mappings/<campaign>.csv` has kind, form, field, written, means, unit, who, when; an empty unit is all of them. Confirmed
writings join the declared ones, so that reading knows them in every period from then on. One that contradicts a
declaration, or another line, is refused: a declared word never changes its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tally.clean.unit_names import unit_of
from tally.clean.words import clean_choice
from tally.declare import Campaign, Category, Choice, Field, Form, Unit
from tally.errors import TallyError
from tally.locate.labels import names_of, parse
from tally.store.lines import Columns, read
from tally.writing.firms import firm_key

HEADER, ROW, CHOICE, UNIT, FIRM = "表头", "行名", "选项", "单位", "企业"
KINDS = (HEADER, ROW, CHOICE, UNIT, FIRM)
WORD_COLUMNS = ("kind", "form", "field", "written", "means", "unit", "who", "when")
WORDS = Columns(
    WORD_COLUMNS,
    {"类型": "kind", "表": "form", "栏目": "field", "写法": "written", "意思": "means", "单位": "unit", "经办人": "who", "日期": "when"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """`means` is a field's, category's or choice's name, a unit's code, or a firm's name."""

    kind: str
    form: str
    field: str
    written: str
    means: str
    unit: str = ""
    who: str = ""
    when: str = ""


def words(path: Path, campaign: Campaign) -> tuple[Word, ...]:
    """The confirmed writings of `campaign` (as declared). TallyError, with the line, for one that cannot hold."""
    confirmed: list[Word] = []
    for line, record in read(path, WORDS).records:
        word = Word(**{c: record[c] for c in WORD_COLUMNS})
        if why := contradiction(campaign, word, confirmed):
            raise TallyError(f"{path.name} 第 {line} 行不能采用：{why}", "请改正或删去这一行")
        confirmed.append(word)
    return tuple(confirmed)


def contradiction(campaign: Campaign, word: Word, others: Iterable[Word] = ()) -> str:
    """Why a writing cannot mean that; "" if it can."""
    if word.kind not in KINDS or not word.written.strip() or not word.means.strip():
        return f"没有写明类型（{'、'.join(KINDS)}）、写法或意思"
    for other in others:
        same = (other.kind, other.form, other.field, other.written) == (word.kind, word.form, word.field, word.written)
        if same and other.means != word.means and (not other.unit or not word.unit or other.unit == word.unit):
            return f"“{word.written}”已确认为“{other.means}”"
    declared = _declared(campaign, word)
    if declared is None:
        return f"没有“{word.means}”可指"
    return f"“{word.written}”按规定就是“{declared}”" if declared and declared != word.means else ""


def _declared(campaign: Campaign, word: Word) -> str | None:
    """What the declaration says the writing means, "" if nothing; None where what it is to mean is not declared."""
    if word.kind == UNIT:
        named = unit_of(campaign, word.written)
        if word.means not in {u.code for u in campaign.units}:
            return None
        return named.ambiguous or "、".join(sorted(named.codes))
    form = next((f for f in campaign.forms if f.name == word.form), None)
    if form is None:
        return None
    if word.kind == FIRM:
        return ""
    if word.kind == CHOICE:
        field = next((f for f in form.fields if f.name == word.field), None)
        if field is None or word.means not in {c.name for c in field.choices}:
            return None
        reading = clean_choice(word.written, field.choices)
        return str(reading.value) if reading.state in ("read", "repaired") else ""
    core, names = parse(word.written).core, names_of(form)
    known = {f.name for f in form.fields} if word.kind == HEADER else {c.name for c in form.categories}
    if word.means not in known:
        return None
    return names.field(core) if word.kind == HEADER else names.category(core)


def with_words(campaign: Campaign, known: tuple[Word, ...], unit: str = "") -> Campaign:
    """The campaign with the writings that hold for all units, or also those of `unit`, among the declared ones."""
    mine = tuple(w for w in known if not w.unit or w.unit == unit)
    return _extended(campaign, mine) if any(w.kind != FIRM for w in mine) else campaign


@lru_cache(maxsize=64)
def _extended(campaign: Campaign, known: tuple[Word, ...]) -> Campaign:
    forms = tuple(_form(f, known) for f in campaign.forms)
    units = tuple(_unit(u, known) for u in campaign.units)
    return replace(campaign, forms=forms, units=units)


def _unit(unit: Unit, known: tuple[Word, ...]) -> Unit:
    names = [w.written for w in known if w.kind == UNIT and w.means == unit.code]
    return replace(unit, aliases=(*unit.aliases, *names)) if names else unit


def _form(form: Form, known: tuple[Word, ...]) -> Form:
    words = [w for w in known if w.form == form.name]
    if not words:
        return form
    fields = tuple(_field(f, words) for f in form.fields)
    rows = tuple(_category(c, words) for c in form.categories)
    return replace(form, fields=fields, categories=rows)


def _field(field: Field, known: list[Word]) -> Field:
    headers = [w.written for w in known if w.kind == HEADER and w.means == field.name]
    choices = []
    for choice in field.choices:
        writings = [w.written for w in known if (w.kind, w.field, w.means) == (CHOICE, field.name, choice.name)]
        choices.append(Choice(choice.name, (*choice.aliases, *writings)))
    return replace(field, aliases=(*field.aliases, *headers), choices=tuple(choices))


def _category(category: Category, known: list[Word]) -> Category:
    labels = [w.written for w in known if w.kind == ROW and w.means == category.name]
    return replace(category, aliases=(*category.aliases, *labels))


def firm_meant(known: Iterable[Word], unit: str, form: str, name: str) -> Word | None:
    """The confirmed writing that gives a firm's name another one, None if there is none."""
    key = firm_key(name)
    for word in known:
        if word.kind == FIRM and word.unit in ("", unit) and word.form in ("", form) and firm_key(word.written) == key:
            return word
    return None
