"""What the formula of a figure says of it: taken from another period's, another unit's or another file's sheet, or from chance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally import catalogue
from tally.clean.unit_names import others_named
from tally.declare import Campaign, Field, Form, Period, Unit
from tally.locate.times import other_times
from tally.locate.view import View
from tally.model import Finding, Place, RawTable
from tally.writing.characters import narrow

# A sheet named before a cell, quoted or not, with its workbook and folder: '[4月.xlsx]附件4'!D6, 上月!D6.
_NAMED = re.compile(r"(?P<sign>[-+*/(,=]?)\s*(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[\w.\[\]]+))!\$?[A-Z]{1,3}\$?\d+")
_BEFORE = re.compile(r"上[月期周季年]|去年|前[月期]|往[月期年]")
_CHANGING = re.compile(r"\b(RAND|RANDBETWEEN|RANDARRAY|TODAY|NOW)\s*\(", re.IGNORECASE)
_CELL = re.compile(r"=?\+?\$?([A-Z]{1,3})\$?(\d+)")


def formula_findings(campaign: Campaign, period: Period, unit: Unit, form: Form, table: RawTable) -> Iterator[Finding]:
    """One finding for each figure of the table whose formula names what the figure cannot be of."""
    marks = {at: m.formula for at, m in table.grid.marks.items() if m.formula}
    if not marks:
        return
    by_col = {c.col: form.field(c.field) for c in table.columns if form.field(c.field).numeric}
    rows = {at: key for key, at in table.rows}
    for (row, col), formula in marks.items():
        if row in rows and col in by_col and (doubt := _doubt(campaign, period, unit, by_col, col, formula)):
            kind, name = doubt
            at = Place(table.grid.file, table.grid.sheet, View(table.grid).address(row, col), formula[:200])
            where = {"unit": unit.code, "form": form.name, "row": rows[row], "field": by_col[col].name}
            words = {"label": by_col[col].label, "formula": formula[:80], "name": name}
            yield catalogue.finding(f"returns.formula{kind}", at, **where, **words)


def _doubt(
    campaign: Campaign, period: Period, unit: Unit, by_col: dict[int, Field], col: int, formula: str
) -> tuple[str, str] | None:
    """The variant of the finding and the name that it quotes; None for a formula that is as it should be."""
    if match := _CHANGING.search(formula):
        return "/chance", match[1]
    linked = ""
    for match in _NAMED.finditer(formula):
        name = (match["quoted"] or match["bare"] or "").replace("''", "'")
        words = narrow(name.rsplit("\\", 1)[-1])
        if others := others_named(campaign, unit, words):
            return "/unit", others
        # What is taken off, and what goes into a figure to date, may be the last period's.
        told = other_times(words, period, days=False) or _BEFORE.search(words)
        if told and not by_col[col].cumulative and match["sign"] != "-":
            return "", words
        linked = linked or (words if "[" in words else "")
    if linked:
        return "/link", linked
    return _of_another_measure(by_col, col, formula)


def _of_another_measure(by_col: dict[int, Field], col: int, formula: str) -> tuple[str, str] | None:
    """A figure that is nothing but the one of a column counted in something else: 罚没 = 案值 counts alike, = 查办案件 does not."""
    match = _CELL.fullmatch(formula)
    if match is None:
        return None
    other = by_col.get(_index(match[1]))
    mine = by_col[col]
    return ("/measure", other.label) if other is not None and other.name != mine.name and _apart(mine, other) else None


def _apart(mine: Field, other: Field) -> bool:
    """Whether the one is no count of the other's kind: cases may all be filed, money is never the same money."""
    return mine.unit != other.unit or mine.kind == "quantity"


def _index(letters: str) -> int:
    col = 0
    for letter in letters:
        col = col * 26 + ord(letter) - 64
    return col - 1
