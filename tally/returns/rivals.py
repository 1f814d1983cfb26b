"""Two versions of one table held against each other: what only one of them says, and what they say differently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tally.declare import Form
from tally.model import RawTable
from tally.returns.candidates import Candidate
from tally.returns.records import Record, pairs, records_of
from tally.writing.characters import narrow

_CORRECTS = re.compile(r"更正|补正|订正|修正|修改|勘误")


def not_replaced(form: Form, newer: Sequence[Candidate], older: Sequence[Candidate]) -> list[Candidate] | None:
    """What of `older` still counts where `newer` holds corrected rows only; None if it holds the whole table."""
    ours, theirs = records_of(form, [c.table for c in newer]), records_of(form, [c.table for c in older])
    if form.layout == "matrix":
        keys = {r.key for r in ours}
        if not keys < {r.key for r in theirs}:
            return None
        return _without(older, [r for r in theirs if r.key in keys])
    says_so = any(_CORRECTS.search(narrow(c.table.grid.file.rsplit("/", 1)[-1] + c.table.grid.sheet)) for c in newer)
    matched = pairs(form, ours, theirs)
    if not says_so or len(ours) * 2 > len(theirs) or len(matched) < len(ours):
        return None
    return _without(older, [theirs[at] for at in matched.values()])


def is_extract(form: Form, part: Sequence[Candidate], whole: Sequence[Candidate]) -> bool:
    """Whether a list has fewer columns than another, and all its records stand in that with the same in them."""
    fields, every = _fields(part), _fields(whole)
    if form.layout != "list" or not fields < every:
        return False
    theirs, ours = records_of(form, [c.table for c in part]), records_of(form, [c.table for c in whole])
    matched = pairs(form, theirs, ours)
    asked = [field for field in form.fields if field.name in fields and field.kind != "seq"]
    same = (theirs[n].meaning(field) == ours[m].meaning(field) for n, m in matched.items() for field in asked)
    return 0 < len(matched) == len(theirs) and all(same)


def _fields(group: Sequence[Candidate]) -> set[str]:
    return {column.field for c in group for column in c.table.columns}


def _without(group: Sequence[Candidate], gone: Sequence[Record]) -> list[Candidate]:
    """The candidates without some of their rows; of those rows nothing is said any more."""
    left = []
    for at, candidate in enumerate(group):
        dropped = {r.row for r in gone if r.table == at}
        keys = {r.key for r in gone if r.table == at}
        rows = tuple((key, row) for key, row in candidate.table.rows if row not in dropped)
        findings = tuple(f for f in candidate.table.findings if not f.row or f.row not in keys)
        left.append(replace(candidate, table=replace(candidate.table, rows=rows, findings=findings)))
    return [c for c in left if c.table.rows]


def with_rivals(form: Form, chosen: Sequence[Candidate], other: Sequence[Candidate]) -> list[Candidate]:
    """The chosen version, each cell that the other says differently marked with what it says."""
    ours, theirs = records_of(form, [c.table for c in chosen]), records_of(form, [c.table for c in other])
    matched = pairs(form, ours, theirs)
    rivals: dict[int, dict[tuple[int, str], str]] = {}
    for at, place in matched.items():
        earlier = other[theirs[place].table].table.rivals
        rivals.setdefault(ours[at].table, {}).update(_differing(form, ours[at], theirs[place], earlier))
    return [replace(c, table=_marked(c.table, rivals.get(at, {}))) for at, c in enumerate(chosen)]


def _marked(table: RawTable, rivals: Mapping[tuple[int, str], str]) -> RawTable:
    return replace(table, rivals={**table.rivals, **rivals})


def _differing(form: Form, a: Record, b: Record, earlier: Mapping[tuple[int, str], str]) -> dict[tuple[int, str], str]:
    """(grid row, field) -> what the other record, or one that it was held against before, says otherwise."""
    rivals: dict[tuple[int, str], str] = {}
    for field in form.fields:
        text = b.texts[field.name]
        if field.kind == "seq":
            continue
        if a.meaning(field) == b.meaning(field):
            text = earlier.get((b.row, field.name), "")
            if not text:
                continue
        rivals[a.row, field.name] = text
    return rivals
