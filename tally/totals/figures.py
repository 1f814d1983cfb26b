"""Figures: what the report states, each with the figures and cells it was worked out from.

A figure is named by its `ref`: `<form>.<row>.<measure>`, `.to_date` after it for the figure to date,
`@<unit>` at the end for one unit's. All arithmetic is exact (Decimal); nothing is rounded but rates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

import pandas as pd

from tally.model import CORRECTED, Place
from tally.writing.numbers import plain

TO_DATE = ".to_date"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a figure is made of: another figure (`ref`) or cells as written."""

    label: str
    value: str
    ref: str = ""
    cells: tuple[Place, ...] = ()
    period: str = ""  # the period whose raw folder the cells lie in, "" for the report's own


def doubts_of(figures: Iterable[Figure]) -> str:
    """Why a figure that is worked out from others may be wrong: what is said of those, each once."""
    return "；".join(dict.fromkeys(f.doubt for f in figures if f.doubt))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` None: nothing usable was reported. `rule`: how it was worked out, in Chinese."""

    ref: str
    label: str
    value: Decimal | None
    unit: str
    rule: str
    made_of: tuple[Part, ...] | Callable[[], tuple[Part, ...]] = ()  # worked out only when a figure is followed
    derived: bool = False  # a total worked out from the categories because 合计 was left blank
    n_units: int = 0
    note: str = ""
    decimals: int | None = None  # as many are printed; None: as many as the value has
    doubt: str = ""  # why it may be wrong, in words (`tally.totals.doubted`); "" for a figure that rests on sound cells
    meant: Decimal | None = None  # what it would be if what is suspected is right; None if nothing is

    @property
    def parts(self) -> tuple[Part, ...]:
        """The figures or cells it was worked out from."""
        return self.made_of() if callable(self.made_of) else self.made_of

    @property
    def number(self) -> str:
        """The value as printed in every output, without its unit; "—" where there is none."""
        return "—" if self.value is None else printed(self.value, self.decimals)

    @property
    def text(self) -> str:
        return "—" if self.value is None else f"{self.number}{self.unit}"


class Book(dict[str, Figure]):
    """All figures by ref. `number(ref)` and `value(ref)` are safe for figures that do not exist."""

    def add(self, figure: Figure) -> Figure:
        self[figure.ref] = figure
        return figure

    def value(self, ref: str) -> Decimal | None:
        return self[ref].value if ref in self else None

    def count(self, ref: str) -> int:
        """A count that reads 0 where there is none."""
        return int(self.value(ref) or 0)


def printed(value: Decimal, decimals: int | None) -> str:
    """A value with so many decimals, halves up; one that would then read as nothing keeps its digits."""
    if decimals is None:
        return plain(value)
    rounded = rounded_to(value, decimals)
    return plain(value) if value and not rounded else f"{rounded:f}"


def rounded_to(value: Decimal, decimals: int | None) -> Decimal:
    """Halves up; as it is for None."""
    return value if decimals is None else value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The exact sum of what is there; None if nothing is."""
    there = [v for v in values if v is not None]
    return sum(there, Decimal(0)) if there else None


def percent(part: int, whole: int) -> Decimal | None:
    """part / whole in percent, two decimals, halves up; None for an empty whole."""
    return (Decimal(part * 100) / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None


def share(part: Figure, whole: Figure) -> Decimal | None:
    """One count of another in percent; a count that nobody gave is 0."""
    return percent(int(part.value or 0), int(whole.value or 0))


def wilson(part: int, whole: int, z: float = 1.959964) -> tuple[Decimal, Decimal] | None:
    """The 95 % Wilson score interval of part / whole in percent, two decimals; None for an empty whole."""
    if not whole:
        return None
    p, zz = part / whole, z * z / whole
    middle = (p + zz / 2) / (1 + zz)
    half = z * sqrt(p * (1 - p) / whole + zz / (4 * whole)) / (1 + zz)
    low, high = max(0.0, middle - half) if part else 0.0, min(1.0, middle + half) if part < whole else 1.0
    return _hundredths(100 * low), _hundredths(100 * high)


def _hundredths(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)


_CELL = ("unit", "form", "row", "field", "file", "sheet", "cell", "raw", "state")
_NOWHERE = ("", "", "", "", "")


class Cells:
    """Where each field of each record stood, over all periods that were read."""

    def __init__(self, by_period: Mapping[str, pd.DataFrame]):
        self._by_period = by_period
        self._places: dict[str, dict[tuple[str, ...], list[str]]] = {}

    def _of(self, period: str) -> dict[tuple[str, ...], list[str]]:
        if period not in self._places:
            f = self._by_period[period]
            read = (f[c].astype(object).where(f[c].notna(), "").tolist() for c in _CELL)
            self._places[period] = {(u, g, r, n): rest for u, g, r, n, *rest in zip(*read, strict=True)}
        return self._places[period]

    def at(self, period: str, unit: str, form: str, row: object, field: str) -> tuple[Place, ...]:
        """The one cell of a field of a record, () where the form had no such cell."""
        file, sheet, cell, raw, _ = self._of(period).get((unit, form, str(row), field), _NOWHERE)
        return (Place(file, sheet, cell, raw),) if cell or file else ()

    def corrected(self, period: str, unit: str, form: str, row: object, field: str) -> bool:
        return self._of(period).get((unit, form, str(row), field), _NOWHERE)[-1] == CORRECTED


def ranged(places: Iterable[Place]) -> tuple[Place, ...]:
    """The same cells with runs of four or more below one another written as one range: a long list stays short."""
    done: list[Place] = []
    run: list[Place] = []
    for place in [*places, None]:
        if place is not None and run and _follows(run[-1], place):
            run.append(place)
            continue
        done += run if len(run) < 4 else [_one_range(run)]
        run = [place] if place is not None else []
    return tuple(done)


def _one_range(run: list[Place]) -> Place:
    """One place for a run of cells."""
    return run[0]._replace(cell=f"{run[0].cell}:{run[-1].cell}", raw=f"共{len(run)}个单元格")


def _follows(a: Place, b: Place) -> bool:
    (col, row), (next_col, next_row) = _split(a.cell), _split(b.cell)
    return (a.file, a.sheet, col, row + 1) == (b.file, b.sheet, next_col, next_row)


def _split(cell: str) -> tuple[str, int]:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return cell[: len(cell) - len(digits)], int(digits) if digits.isdigit() else -9
