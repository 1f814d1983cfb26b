"""Working out formulas without a stored value where they are plain sums, differences or products.

Only cells that hold numbers (or nothing, or a mark for nothing) are added up: a text such as "12件" in the
range makes the formula stay open, since the spreadsheet itself would leave it out without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from decimal import Decimal

from tally.model import RawValue
from tally.readers.formats import tidy
from tally.readers.limits import spend
from tally.writing.nothing import says_nothing

_LONGEST = 2_000
_TOKEN = re.compile(
    r"\s*+(?:(?P<number>\d++(?:\.\d*+)?|\.\d++)(?![A-Za-z0-9])|(?P<sum>SUM(?=\s*\())|"
    r"\$?(?P<col>[A-Z]{1,3})\$?(?P<row>[1-9]\d{0,6})(?![A-Za-z0-9_(!])|(?P<sign>[-+*(),:]))",
    re.IGNORECASE,
)


# A total that shows nothing as long as nothing is filled in, as blank forms have it.
_GUARDED = re.compile(r'=?IF\(COUNT\(([A-Z0-9$:,]+)\)=0,"",(SUM\(\1\))\)', re.IGNORECASE)


_ValueOf = Callable[[tuple[int, int]], Decimal]  # the number in a cell


class _NotPlain(Exception):
    """The formula is no plain sum, or a cell it needs holds no number."""


def column_index(letters: str) -> int:
    """0-based column of its letters: A is 0."""
    n = 0
    for letter in letters.upper():
        n = n * 26 + ord(letter) - 64
    return n - 1


def column_letters(index: int) -> str:
    """Letters of a 0-based column: 0 is A."""
    letters, n = "", index + 1
    while n > 0:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def work_out(
    rows: list[list[RawValue]], formulas: Mapping[tuple[int, int], str], errors: Collection[tuple[int, int]] = ()
) -> dict[tuple[int, int], int | float]:
    """The values of those `formulas` (A1 text, with or without "=", by cell) that are plain sums.

    What needs one of the cells in `errors`, which hold an error value, has none.

    A formula may refer to other open formulas; a circle leaves all of its members out. One that is no plain
    sum counts with the number `rows` stores for it, if any. Sums are exact in decimal: 0.1 + 0.2 gives 0.3.
    """
    formulas = {cell: unguarded(formula) for cell, formula in formulas.items()}
    known: dict[tuple[int, int], Decimal | None] = {}

    def value(cell: tuple[int, int]) -> Decimal:
        if cell in errors:
            raise _NotPlain(cell)
        if cell in formulas:
            if cell not in known:
                known[cell] = None  # a circle meets this None
                known[cell] = _evaluated(formulas[cell], value)
            if (number := known[cell]) is not None:
                return number
            if stored(cell) is None:
                raise _NotPlain(cell)
        return _number(stored(cell))

    def stored(cell: tuple[int, int]) -> RawValue:
        row, col = cell
        return rows[row][col] if row < len(rows) and col < len(rows[row]) else None

    for cell in formulas:
        with suppress(_NotPlain, RecursionError):
            value(cell)
    return {cell: tidy(float(number)) for cell, number in known.items() if number is not None}


def cells_of(formula: str) -> set[tuple[int, int]]:
    """The cells that a plain sum adds up; none for any other formula."""
    cells: set[tuple[int, int]] = set()

    def value(cell: tuple[int, int]) -> Decimal:
        cells.add(cell)
        return Decimal(0)

    return cells if _evaluated(unguarded(formula), value) is not None else set()


def unguarded(formula: str) -> str:
    """The sum within `=IF(COUNT(B5:B11)=0,"",SUM(B5:B11))`; any other formula as it is."""
    guarded = _GUARDED.fullmatch("".join(formula.split()))
    return guarded[2] if guarded else formula


def shows_nothing(rows: list[list[RawValue]], formula: str) -> bool:
    """True for such a sum while none of its cells holds a number."""
    guarded = _GUARDED.fullmatch("".join(formula.split()))
    if not guarded:
        return False
    parts = guarded[1].replace("$", "").split(",")
    return not any(_counted(rows, part) for part in parts)


def _counted(rows: list[list[RawValue]], part: str) -> bool:
    """Whether a cell or range (B5, B5:B11) holds a number."""
    first, _, last = part.partition(":")
    start, end = (re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", corner.upper()) for corner in (first, last or first))
    if start is None or end is None:
        return True
    left, right = column_index(start[1]), column_index(end[1])
    within = [line[left : right + 1] for line in rows[int(start[2]) - 1 : int(end[2])]]
    spend("summed", sum(map(len, within)))
    return any(isinstance(v, int | float) and not isinstance(v, bool) for line in within for v in line)


def _number(value: RawValue) -> Decimal:
    if says_nothing(value):
        return Decimal(0)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _NotPlain(value)
    return Decimal(repr(value))


def _evaluated(formula: str, value: _ValueOf) -> Decimal | None:
    """The formula's number, None where it is no plain sum."""
    try:
        return _evaluate(formula, value)
    except (_NotPlain, ArithmeticError):
        return None


def _evaluate(formula: str, value: _ValueOf) -> Decimal:
    tokens = _Tokens(formula.lstrip("="))
    result = _sum(tokens, value)
    if tokens.kind:
        raise _NotPlain(formula)
    return result


class _Tokens:
    """The formula's tokens, one ahead: `kind` is "" at the end."""

    def __init__(self, formula: str):
        if len(formula) > _LONGEST:
            raise _NotPlain("long")
        self.text, self.at = formula.rstrip(), 0
        self.kind = ""
        self.next()

    def next(self) -> None:
        if self.at >= len(self.text):
            self.kind = ""
            return
        if not (match := _TOKEN.match(self.text, self.at)):
            raise _NotPlain(self.text)
        self.at, self.match = match.end(), match
        self.kind = match["sign"] or match.lastgroup or ""

    def take(self, kind: str) -> bool:
        if self.kind != kind:
            return False
        self.next()
        return True

    def need(self, kind: str) -> None:
        if not self.take(kind):
            raise _NotPlain(self.text)

    def cell(self) -> tuple[int, int]:
        if self.kind != "row":
            raise _NotPlain(self.text)
        place = int(self.match["row"]) - 1, column_index(self.match["col"])
        self.next()
        return place


def _sum(tokens: _Tokens, value: _ValueOf) -> Decimal:
    total = _product(tokens, value)
    while tokens.kind in ("+", "-") and tokens.kind:
        negative = tokens.kind == "-"
        tokens.next()
        term = _product(tokens, value)
        total = total - term if negative else total + term
    return total


def _product(tokens: _Tokens, value: _ValueOf) -> Decimal:
    result = _factor(tokens, value)
    while tokens.take("*"):
        result *= _factor(tokens, value)
    return result


def _factor(tokens: _Tokens, value: _ValueOf) -> Decimal:
    if tokens.take("-"):
        return -_factor(tokens, value)
    if tokens.take("+"):
        return _factor(tokens, value)
    if tokens.take("("):
        inner = _sum(tokens, value)
        tokens.need(")")
        return inner
    if tokens.take("sum"):
        return _sum_call(tokens, value)
    if tokens.kind == "number":
        number = Decimal(tokens.match["number"])
        tokens.next()
        return number
    return value(tokens.cell())


def _sum_call(tokens: _Tokens, value: _ValueOf) -> Decimal:
    tokens.need("(")
    total = Decimal(0)
    while True:
        total += _argument(tokens, value)
        if not tokens.take(","):
            break
    tokens.need(")")
    return total


def _argument(tokens: _Tokens, value: _ValueOf) -> Decimal:
    """A range or any plain sum. "A1:B2" is told from "A1+1" by the colon after the first cell."""
    if tokens.kind != "row" or not tokens.text[tokens.at :].lstrip().startswith(":"):
        return _sum(tokens, value)
    top, left = tokens.cell()
    tokens.need(":")
    bottom, right = tokens.cell()
    size = (bottom - top + 1) * (right - left + 1)
    if size > 100_000:
        raise _NotPlain("range")
    spend("summed", max(0, size))
    cells = ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
    return sum((value(cell) for cell in cells), Decimal(0))


def shifted(formula: str, down: int, right: int) -> str:
    """The text of a shared formula as it stands `down` rows and `right` columns from its master."""

    def move(m: re.Match) -> str:
        if m["quoted"]:
            return m["quoted"]
        col = m["col"] if m["fixed_col"] else column_letters(column_index(m["col"]) + right)
        row = m["row"] if m["fixed_row"] else str(int(m["row"]) + down)
        return f"{m['fixed_col']}{col}{m['fixed_row']}{row}"

    return _REFERENCE.sub(move, formula)


_REFERENCE = re.compile(
    r"(?P<quoted>\"[^\"]*\"|'[^']*')|(?<![A-Za-z0-9_.])(?P<fixed_col>\$?)(?P<col>[A-Z]{1,3})"
    r"(?P<fixed_row>\$?)(?P<row>[1-9]\d{0,6})(?![A-Za-z0-9_(!])"
)
