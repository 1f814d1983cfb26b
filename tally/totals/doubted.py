"""Cells whose value is in doubt, and figures that rest on them: the one definition that every output shows.

A cell is in doubt where an open error stands, or where a check says that it is probably the wrong one. A total that
disagrees with its categories is an error at the total, though the slip is often in a category: the cells that the
error's suggestion names are in doubt too. So is a value far from the usual scale (元 for 万元), though it is only a
warning: it moves a sum more than any error; once explained it is none. Then the row's 合计, which holds it, is too.

A figure is in doubt where a cell that it counts is, whatever period that cell was reported in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import pandas as pd

from tally.check.standing import CARRIED, record_rules, value_rules
from tally.declare import Campaign, Form

Cell = tuple[str, str, str, str]  # unit, form, row, field

_MEANT = re.compile(r"(?:（单元格 [^）]*）)?：(\S+?) 应为 ([^\s，；。]+)")
_NUMBER = re.compile(r"\d+")
_MEANT_HERE = re.compile(r"疑似.*?应为 ([\d.]+)")


@dataclass
class Doubt:
    """What is said of one cell, and by how much its value would change if what is suspected is right."""

    words: dict[str, None] = field(default_factory=dict)  # in order, each once
    moves: dict[str, Decimal] = field(default_factory=dict)  # by the sheet that it stands on: an area has several

    @property
    def move(self) -> Decimal | None:
        """The change of the value; None where nothing is suspected."""
        return sum(self.moves.values(), Decimal(0)) if self.moves else None


def doubts(campaign: Campaign, findings: pd.DataFrame) -> Mapping[Cell, Doubt]:
    """Every cell of one period's returns that is in doubt."""
    if findings.empty:
        return {}
    scales = value_rules(campaign)
    grave = (findings["severity"] == "error") | (findings["rule"].isin(scales) & (findings["severity"] != "note"))
    here = ~findings["rule"].fillna("").str.startswith(CARRIED)  # what earlier periods left open is of their own cells
    some = findings[grave & here & findings["field"].notna()].astype(object)
    forms = {form.name: form for form in campaign.forms}
    names = {form.name: _names(form) for form in campaign.forms}
    by_cell: dict[Cell, Doubt] = {}
    for record in some.where(some.notna(), "").to_dict("records"):
        cell, form = (str(record["row"]), record["field"]), record["form"]
        named = _named(names.get(form, {}), record["suggestion"])
        moved = {**named, **({cell: _here(record)} if record["rule"] in scales else {})}
        sentence = " ".join(filter(None, (record["message"], record["suggestion"])))
        for at in {cell, *moved, *_totals(forms.get(form), moved)}:
            doubt = by_cell.setdefault((str(record["unit"]), form, *at), Doubt())
            doubt.words[sentence] = None
            move = moved.get(at)
            if move is not None:
                doubt.moves.setdefault(f"{record['file']} {record['sheet']}", move)
    return by_cell


def doubted(campaign: Campaign, findings: pd.DataFrame) -> Mapping[Cell, tuple[str, ...]]:
    """Every cell of one period's returns that is in doubt, to what is said of it (message and suggestion)."""
    return {cell: tuple(doubt.words) for cell, doubt in doubts(campaign, findings).items()}


def records_in_doubt(doubts: Mapping[Cell, Doubt]) -> Mapping[tuple[str, str, str], int]:
    """Unit, form and field of lists to the number of records whose cell there is in doubt."""
    counts: dict[tuple[str, str, str], int] = {}
    for unit, form, _, name in doubts:
        counts[unit, form, name] = counts.get((unit, form, name), 0) + 1
    return counts


def lists_in_doubt(campaign: Campaign, findings: pd.DataFrame) -> Mapping[tuple[str, str], str]:
    """Unit and form of lists that probably have too many records or too few, to what is said of them."""
    rules = record_rules(campaign)
    some = findings[findings["rule"].isin(rules) & (findings["severity"] != "note")] if len(findings) else findings
    counts: dict[tuple[str, str, str], int] = {}
    for unit, form, rule, found in zip(some["unit"], some["form"], some["rule"], some["found"], strict=True):
        number = _NUMBER.search(found or "") if rules[rule].startswith("上期") else None
        counts[unit, form, rule] = counts.get((unit, form, rule), 0) + (int(number[0]) if number else 1)
    words: dict[tuple[str, str], str] = {}
    for (unit, form, rule), count in counts.items():
        before = f"{words[unit, form]}，" if (unit, form) in words else ""
        words[unit, form] = before + rules[rule].format(count)
    return words


def _named(names: Mapping[str, tuple[str, str]], suggestion: str) -> dict[tuple[str, str], Decimal | None]:
    """The cells that a suggestion names, to how the value would change; only the likeliest says so."""
    places = {suggestion.index(name): name for name in names if name in suggestion}
    moved: dict[tuple[str, str], Decimal | None] = {}
    for place, name in sorted(places.items()):
        meant = _MEANT.match(suggestion, place + len(name))
        first = not moved
        moved[names[name]] = _difference(meant[1], meant[2]) if meant and first else None
    return moved


def _here(record: Mapping[str, str]) -> Decimal | None:
    """How the finding's own cell would change, by what its suggestion says it should be."""
    meant = _MEANT_HERE.search(record["suggestion"])
    return _difference(record["found"], meant[1]) if meant else None


def _difference(written: str, meant: str) -> Decimal | None:
    try:
        return Decimal(meant.replace(",", "")) - Decimal(written.replace(",", ""))
    except InvalidOperation:
        return None


def _names(form: Form) -> dict[str, tuple[str, str]]:
    """What a suggestion calls each cell of a matrix, 质量类案件“罚没”, to its row and field."""
    return {f"{c.label}“{f.noun}”": (c.name, f.name) for c in form.categories for f in form.fields}


def _totals(form: Form | None, cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The cells of the total row that hold the given ones."""
    if form is not None and form.total:
        yield from ((form.total, name) for _, name in cells)
