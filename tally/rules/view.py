"""A return as rules see it: columns as plain Python lists, made once, null as None.

Plain lists are as fast as any for 100,000 records and far faster than frames for 50.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tally.declare import Field, Form
from tally.model import CORRECTED, Place, Return

LOST = (
    "unreadable",
    "scanned",
)  # states of a cell in which something stands and no value is had; its own finding says so


def values_of(column: pd.Series) -> list[Any]:
    """The column as Python values, null as None."""
    array = column.array
    if hasattr(array, "__arrow_array__"):
        values: list[Any] = arrow(column).to_pylist()
        return values
    return [None if v is None or v is pd.NA or v != v else v for v in array.tolist()]


def arrow(column: pd.Series) -> pa.Array:
    """A column of text or of numbers with nulls as Arrow holds it: from there, a few values cost next to nothing."""
    values = pa.array(column.array, from_pandas=True)  # a column of nothing but nulls may be one of NaN
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


class FormView:
    """One unit's form: values by record position, and where each of them stands."""

    def __init__(self, form: Form, ret: Return, previous: FormView | None = None):
        self.form, self.ret, self.previous = form, ret, previous
        self.keys = [str(k) for k in ret.frame.index]
        self.size = len(self.keys)
        self._nth = {f.name: j for j, f in enumerate(form.fields)}
        self._columns: dict[str, list[Any]] = {}
        self._cells: dict[str, pa.Array] = {}

    def column(self, name: str) -> list[Any]:
        """All values of a field in the form's order."""
        if name not in self._columns:
            frame = self.ret.frame
            self._columns[name] = values_of(frame[name]) if name in frame else [None] * self.size
        return self._columns[name]

    def value(self, at: int | None, name: str) -> Any:
        return None if at is None else self.column(name)[at]

    def carried(self, at: int, name: str, against: str) -> int | float:
        """What of a cumulative figure stems from earlier periods, where it is set against one of this period alone.

        0 where both are of one kind, or where the last period's return is not known.
        """
        if (
            self.form.layout == "list"
            or self.previous is None
            or not self.field(name).cumulative
            or self.field(against).cumulative
        ):
            return 0
        return self.previous.value(self.previous.index.get(self.keys[at]), name) or 0

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each record by its key."""
        return {k: i for i, k in enumerate(self.keys)}

    @cached_property
    def parts(self) -> list[int]:
        """Positions of a matrix's rows that the total adds up, those that were received."""
        return [self.index[c.name] for c in self.form.parts if self.received(c.name)]

    @property
    def total_at(self) -> int:
        """Position of the total row of a matrix that has one."""
        return self.index[self.form.total]

    @property
    def total(self) -> int | None:
        """Position of the total row, None if it was not received."""
        return self.index[self.form.total] if self.received(self.form.total) else None

    def received(self, key: str) -> bool:
        """Whether a row stands in the file: it has a value, or a cell of its own."""
        at = self.index.get(key)
        if at is None:
            return False
        return any(self.value(at, f.name) is not None or self._address(at, f.name) for f in self.form.fields)

    @cached_property
    def _addresses(self) -> list[str]:
        addresses: list[str] = self._cell_column("cell").to_pylist()
        return addresses

    def _address(self, at: int, name: str) -> str:
        p = self.position(at, name)
        return "" if p is None else self._addresses[p] or ""

    def _cell_column(self, name: str) -> pa.Array:
        """One column of the cell list."""
        if name not in self._cells:
            self._cells[name] = arrow(self.ret.cells[name])
        return self._cells[name]

    @cached_property
    def _lost(self) -> frozenset[int]:
        states = self._cell_column("state")
        lost = pc.is_in(states, pa.array(LOST, states.type))
        return frozenset(pc.indices_nonzero(lost).to_pylist())

    @cached_property
    def _positions(self) -> dict[tuple[str, str], int] | None:
        """Where cells are not records × fields in order, the position of each by row and field."""
        cells = self.ret.cells
        if len(cells) == self.size * len(self._nth):
            return None
        return {(str(r), f): i for i, (r, f) in enumerate(zip(cells["row"], cells["field"], strict=True))}

    def position(self, at: int, name: str) -> int | None:
        """The position in `ret.cells` of one cell."""
        if self._positions is None:
            return at * len(self._nth) + self._nth[name]
        return self._positions.get((self.keys[at], name))

    @cached_property
    def missing_columns(self) -> frozenset[str]:
        """The columns that are not in the file, which has its own finding already."""
        return frozenset(f.field for f in self.ret.findings if f.rule == "form.missing_column")

    @cached_property
    def faulty(self) -> frozenset[tuple[str, str]]:
        """Row and field of the cells of which cleaning has told an error already."""
        return frozenset((f.row, f.field) for f in self.ret.findings if f.severity == "error" and f.field)

    @cached_property
    def _settled(self) -> frozenset[int]:
        states = self._cell_column("state")
        settled = pc.equal(states, pa.scalar(CORRECTED, states.type))
        return frozenset(pc.indices_nonzero(settled).to_pylist())

    def settled(self, at: int, name: str) -> bool:
        """Whether a person has settled what the cell says."""
        return bool(self._settled) and self.position(at, name) in self._settled

    def lost(self, at: int | None, name: str) -> bool:
        """Whether the cell is unreadable or its column is missing, which has its own finding already."""
        if at is None:
            return False
        return name in self.missing_columns or (bool(self._lost) and self.position(at, name) in self._lost)

    def blank(self, at: int | None, name: str) -> bool:
        """Whether nothing stands in the cell."""
        return at is not None and self.value(at, name) is None and not self.lost(at, name)

    def zero(self, at: int, name: str) -> bool:
        """Whether the cell is 0 or empty (an unreadable one is neither)."""
        return not self.value(at, name) and not self.lost(at, name)

    def places(self, wanted: list[tuple[int, str]]) -> list[Place]:
        """The addresses of many cells at once."""
        if not wanted:
            return []
        positions = [self.position(at, name) for at, name in wanted]
        at = pa.array([p for p in positions if p is not None], pa.int64())
        taken = (self._cell_column(c).take(at).to_pylist() for c in ("file", "sheet", "cell", "raw"))
        rows = iter(zip(*taken, strict=True))
        places = []
        for position in positions:
            row = () if position is None else next(rows)
            places.append(Place(*(text or "" for text in row)) if row else Place("", "", "", ""))
        return places

    def place(self, at: int, name: str) -> Place:
        return self.places([(at, name)])[0]

    @cached_property
    def raws(self) -> list[str]:
        return [r or "" for r in self._cell_column("raw").to_pylist()]

    def raw(self, at: int, name: str) -> str:
        """What the cell says as written."""
        p = self.position(at, name)
        return "" if p is None else str(self.raws[p])

    @cached_property
    def as_of(self) -> date | None:
        """The day the return speaks of: 填报时间, else the day its last file came, be it copied long after its period."""
        came = max((f.received for f in self.ret.files), default=None)
        return self.ret.reported or min((day for day in (came, self.ret.latest) if day), default=None)

    def field(self, name: str) -> Field:
        return self.form.fields[self._nth[name]]

    def label(self, name: str) -> str:
        return self.field(name).noun

    def words(self, at: int, name: str) -> dict[str, Any]:
        """The cell as a finding speaks of it: whose it is, the column's heading and its unit of measure."""
        return {"who": self.row_label(at), "label": self.label(name), "measure": self.field(name).unit} | self.names

    @property
    def names(self) -> dict[str, str]:
        """What the campaign calls one record of the form."""
        return {"record": self.form.record}

    def row_label(self, at: int) -> str:
        """How a clerk calls the record: the category's label, or 第3条."""
        if self.form.layout == "matrix":
            return self.form.category(self.keys[at]).label
        return f"第{self.keys[at]}条"
