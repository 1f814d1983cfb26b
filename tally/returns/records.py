"""The records of located tables as text, and whether two of them are the same one written twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tally.clean import clean_cell
from tally.clean.stored import value_text
from tally.clean.words import clean_seq
from tally.declare import Field, Form
from tally.locate.view import View
from tally.model import RawTable
from tally.writing.characters import narrow
from tally.writing.firms import text_key
from tally.writing.nothing import says_nothing

_MOST = 2000  # records compared with one another; of longer lists only equal keys tell


@dataclass(frozen=True)
class Record:
    """One record: its category or number, the table and grid row it stands in, the text of each field.

    `measures`: the unit of measure that the heading of a field writes, "" where it writes none.
    """

    key: str
    table: int
    row: int
    texts: dict[str, str]
    measures: Mapping[str, str]

    def meaning(self, field: Field) -> str:
        return meaning(field, self.texts[field.name], self.measures.get(field.name, ""))

    def identity(self, form: Form) -> tuple[str, ...]:
        return form.record_key([self.texts[name] for name in form.key])


def records_of(form: Form, tables: Sequence[RawTable]) -> list[Record]:
    """The records of `tables` in order; a matrix's rows by category."""
    records = []
    for at, table in enumerate(tables):
        view = View(table.grid)
        by_field = {c.field: c.col for c in table.columns}
        measures = {c.field: c.unit for c in table.columns}
        for key, row in table.rows:
            texts = {f.name: view.text(row, by_field[f.name]) if f.name in by_field else "" for f in form.fields}
            records.append(Record(key, at, row, texts, measures))
    return records


def contents(form: Form, tables: Sequence[RawTable]) -> list[tuple[str, ...]]:
    """What the records say, to be compared as a whole."""
    return [
        (record.key if form.layout == "matrix" else "", *record.texts.values()) for record in records_of(form, tables)
    ]


def senses(form: Form, tables: Sequence[RawTable]) -> list[tuple[str, ...]]:
    """As `contents`, by what is meant: 14件 is 14, 126000元 are 12.6万元, and where a number belongs nothing is nought."""
    return [
        (record.key if form.layout == "matrix" else "", *(_sense(record, field) for field in form.fields))
        for record in records_of(form, tables)
    ]


def _sense(record: Record, field: Field) -> str:
    text = record.texts[field.name]
    return "0" if field.numeric and (not text.strip() or says_nothing(text)) else record.meaning(field)


def filled(form: Form, tables: Sequence[RawTable]) -> int:
    """How many cells of the records say something."""
    texts = (text for record in records_of(form, tables) for text in record.texts.values())
    return sum(bool(text.strip()) and not says_nothing(text) for text in texts)


def numbers(tables: Sequence[RawTable]) -> list[int]:
    """The records' own numbers (序号), those that are numbers."""
    values = []
    for table in tables:
        seq = table.column("seq")
        view = View(table.grid)
        if seq is None:
            continue
        for _, row in table.rows:
            if (value := clean_seq(view.own(row, seq.col)).value) is not None:
                values.append(value)
    return values


def pairs(form: Form, a: Sequence[Record], b: Sequence[Record]) -> dict[int, int]:
    """Which record of `b` each of `a` is, by their places: a matrix's rows by category; of lists equal keys first, then those
    that say nearly the same."""
    if form.layout == "matrix":
        by_category = {record.key: at for at, record in enumerate(b)}
        return {at: by_category[record.key] for at, record in enumerate(a) if record.key in by_category}
    matched: dict[int, int] = {}
    free = set(range(len(b)))
    by_key: dict[tuple[str, ...], list[int]] = {}
    for at, record in enumerate(b):
        by_key.setdefault(record.identity(form), []).append(at)
    for at, record in enumerate(a):
        same = [i for i in by_key.get(record.identity(form), ()) if i in free]
        if same:
            matched[at] = same[0]
            free.discard(same[0])
    if len(a) * len(b) > _MOST**2 // 4 or len(matched) == len(a):
        return matched
    ours, theirs = [_meanings(form, r) for r in a], [_meanings(form, r) for r in b]
    for at in range(len(a)):
        if at not in matched:
            near = next((i for i in sorted(free, key=lambda i: abs(i - at)) if _alike(form, ours[at], theirs[i])), None)
            if near is not None:
                matched[at] = near
                free.discard(near)
    return matched


def meaning(field: Field, text: str, measure: str = "") -> str:
    """What a cell says, in whatever way it is written: dates, figures and choices as they are read, words as they stand."""
    if field.kind == "text" or says_nothing(text):
        return text_key(text)
    return value_text(clean_cell(text, field, measure).value) or text_key(text)


def _meanings(form: Form, record: Record) -> dict[str, str]:
    return {f.name: record.meaning(f) for f in form.fields if f.kind != "seq"}


def _alike(form: Form, a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    """True for one record written twice: one code, or nearly all that both say is the same or spelled a little better."""
    shared = equal = words = texts = 0
    for field in form.fields:
        one, other = a.get(field.name), b.get(field.name)
        if not one or not other:
            continue
        if field.kind == "credit_code" and one == other and len(narrow(one)) >= 15:
            return True
        named = one == other or (field.kind == "text" and _one_name(one, other))
        if field.confidential == "firm" and not named:
            return False
        shared += 1
        equal += named
        texts += field.kind == "text"
        words += named and field.kind == "text"
    # what is said of the firm alone (its size, its day) makes two of its batches no one batch
    return shared >= 3 and words >= 2 and words * 3 >= texts * 2 and equal * 4 >= shared * 3


def _one_name(a: str, b: str) -> bool:
    """True for a name and the same name written more fully: all letters of the shorter stand in the longer, in order."""
    short, long = sorted((a, b), key=len)
    if len(short) < 3 or len(short) * 2 < len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
