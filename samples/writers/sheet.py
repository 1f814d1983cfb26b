"""What a file shall show: inks by place, and what surrounds them. Each format writes what it can hold of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import product

Raw = str | int | float | bool | date | datetime | None
Range = tuple[int, int, int, int]  # top, left, bottom, right, 0-based, all included
DAY = "yyyy/m/d"


@dataclass(frozen=True, slots=True)
class Ink:
    """What is written in one cell. `formula` without a stored value has raw None; `gone` is struck text before raw.

    `look` is the place in the page that decides font, border and alignment: annex, title, line, line_right, note,
    head, body, text; "" is a cell nobody has styled. `xml` is the cell's whole element, for formats made of markup.
    """

    raw: Raw = None
    number_format: str = ""
    formula: str = ""
    struck: bool = False
    gone: str = ""
    look: str = ""
    xml: str = ""

    @property
    def code(self) -> str:
        """The number format in force; "" is General."""
        return self.number_format or (DAY if isinstance(self.raw, date) else "")

    @property
    def empty(self) -> bool:
        return self.raw is None or self.raw == ""


@dataclass
class Sheet:
    """One sheet being drawn: inks by 0-based (row, column), and what surrounds them.

    `before` and `after` are paragraphs round the table where a format has them. `landscape`: printed across, one page wide.
    """

    name: str
    inks: dict[tuple[int, int], Ink] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    hidden: bool = False
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)  # digits
    heights: dict[int, float] = field(default_factory=dict)  # points
    landscape: bool = False

    def put(self, row: int, col: int, ink: Ink | Raw) -> None:
        self.inks[row, col] = ink if isinstance(ink, Ink) else Ink(ink)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def size(self) -> tuple[int, int]:
        ends = [*self.inks, *((m[2], m[3]) for m in self.merges)]
        return (max((r for r, _ in ends), default=-1) + 1, max((c for _, c in ends), default=-1) + 1)

    @property
    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Rows and columns that a merge takes, by its upper left corner."""
        return {(t, le): (b - t + 1, r - le + 1) for t, le, b, r in self.merges}

    @property
    def covered(self) -> set[tuple[int, int]]:
        """Cells hidden under a merge, its upper left corner excepted."""
        under = {place for t, le, b, r in self.merges for place in product(range(t, b + 1), range(le, r + 1))}
        return under - {(t, le) for t, le, _, _ in self.merges}


def sheet_of(
    rows: Sequence[Sequence[Raw]], name: str = "Sheet1", xml: Mapping[str, str] | None = None, top: int = 0
) -> Sheet:
    """Rows from A1 as a sheet; `xml` by A1 address stands for a cell. The first `top` rows are paragraphs before the table."""
    sheet = Sheet(name)
    for row in rows[:top]:
        sheet.before.append("　　".join(as_text(v) for v in row if v is not None))
    for r, row in enumerate(rows[top:]):
        for c, value in enumerate(row):
            sheet.put(r, c, Ink(value, xml=(xml or {}).get(a1(r + top, c), "")))
    return sheet


def as_text(value: Raw) -> str:
    """What a cell of the format General shows."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, float):
        return f"{value:.5E}" if value > 1e12 else str(int(value) if value.is_integer() else value)
    return str(value)


def a1(row: int, col: int) -> str:
    """0-based row and column as A1."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
