"""What is found below one header, gathered while reading down, and the way a finding about it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tally import catalogue
from tally.locate.view import View
from tally.model import Finding, Place

if TYPE_CHECKING:
    from tally.declare import Form


@dataclass
class Body:
    """The records of a list or the category rows of a matrix, as (key, grid row), and every other line below the header."""

    rows: list[tuple[str, int]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)  # texts of note lines, for 填报单位 below a table
    findings: list[Finding] = field(default_factory=list)
    denials: list[int] = field(default_factory=list)  # grid rows that say 零报告 in words
    totals: list[int] = field(default_factory=list)  # grid rows of a list's own totals
    subtotals: list[int] = field(default_factory=list)  # grid rows of sums of some of its records
    more: dict[int, tuple[int, ...]] = field(default_factory=dict)  # a record's grid row -> its further lines
    refused: dict[int, str] = field(default_factory=dict)  # a grid row nothing is read from -> why, in words
    struck: list[int] = field(default_factory=list)  # grid rows of records that are struck through, and left out
    zero: bool = False
    owners: dict[int, Place] = field(
        default_factory=dict
    )  # a record's grid row -> the line above that says whose it is; of a matrix its total's, 城区 of 城区合计

    @property
    def read(self) -> list[int]:
        """The grid rows that records are read from, their further lines behind."""
        return [row for _, row in self.rows] + [row for more in self.more.values() for row in more]


class Reporter:
    """Makes findings that stand in one grid for one form."""

    def __init__(self, view: View, form: Form):
        self.view, self.form = view, form

    def __call__(
        self,
        kind: str,
        at: int | None = None,
        col: int = 0,
        *,
        found: str = "",
        row: str = "",
        field: str = "",
        **words: object,
    ) -> Finding:
        """The finding of that kind at grid row `at`, column `col` (None: of the whole sheet)."""
        where = self.view.address(at, col) if at is not None else ""
        place = Place(self.view.grid.file, self.view.grid.sheet, where, found)
        return catalogue.finding_at(catalogue.remark(kind, **words), place, form=self.form.name, row=row, field=field)
