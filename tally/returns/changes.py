"""What differs between two versions of a unit's return, cell by cell.

Categories are compared with themselves; records of a list are matched by the fields that make them the same (`Form.key`),
so that a line put in above does not make every line below a difference. Running numbers are not compared.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tally.declare import Form
from tally.model import ABSENT, Return

EMPTY = "（空）"
Record = Mapping[str, Mapping[str, str]]  # field -> column of the cell list -> text


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs, or (`field` "") a record that came or went. `old` and `new` are texts as read.

    `cell` is the address in the newer version, "" for what it no longer has; `record` the row in the older one, or in
    the newer for what it did not have.
    """

    form: str
    row: str  # the category's or the record's name, as people call it
    field: str
    old: str
    new: str
    cell: str = ""
    record: str = ""

    def line(self, form: Form) -> str:
        """附件4 质量类案件 罚没：1.2 → 1.35（B6）"""
        if not self.field:
            return f"{form.number} {self.row}：{'新增' if self.new else '删去'}该条记录"
        where = f"（{self.cell}）" if self.cell else ""
        return (
            f"{form.number} {self.row} {form.field(self.field).label}：{self.old or EMPTY} → {self.new or EMPTY}{where}"
        )


def changes(form: Form, before: Return, after: Return) -> tuple[CellChange, ...]:
    """The differences from `before` to `after` in the form's order; () if either holds no return of the form."""
    if before.state in ABSENT or after.state in ABSENT:
        return ()
    old, new = _records(form, before), _records(form, after)
    matched = _matched(form, old, new)
    differences: list[CellChange] = []
    for at, record in enumerate(new):
        if at in matched:
            differences += _within(form, record.name, old[matched[at]], record)
        else:
            differences.append(CellChange(form.name, record.name, "", "", record.name, record=record.row))
    for at, record in enumerate(old):
        if at not in matched.values():
            differences.append(CellChange(form.name, record.name, "", record.name, "", record=record.row))
    return tuple(differences)


@dataclass(frozen=True, slots=True)
class _Record:
    """A record of one version: its row, what people call it, what makes it the same, its cells by field."""

    row: str
    name: str
    key: tuple
    cells: Record

    def content(self, form: Form) -> tuple[str, ...]:
        return tuple(_said(self.cells[f.name]) for f in form.fields if f.kind != "seq")


def _matched(form: Form, old: Sequence[_Record], new: Sequence[_Record]) -> dict[int, int]:
    """Which of `old` each of `new` is: first one that says the same, then by key on the same line, by key, by line alone."""
    ways: tuple[Callable[[_Record], object], ...] = (
        lambda r: (r.key, r.content(form)),
        lambda r: (r.key, r.row),
        lambda r: r.key,
        lambda r: r.row,
    )
    matched: dict[int, int] = {}
    for way in ways:
        free: dict[object, deque[int]] = {}
        for at in sorted(set(range(len(old))) - set(matched.values())):
            free.setdefault(way(old[at]), deque()).append(at)
        for at, record in enumerate(new):
            if at not in matched and (places := free.get(way(record))):
                matched[at] = places.popleft()
    return matched


def _within(form: Form, name: str, old: _Record, new: _Record) -> Iterator[CellChange]:
    for field in form.fields:
        was, now = _said(old.cells[field.name]), _said(new.cells[field.name])
        if was != now and field.kind != "seq":
            yield CellChange(form.name, name, field.name, was, now, new.cells[field.name]["cell"], old.row)


def _said(cell: Mapping[str, str]) -> str:
    """What counts of a cell: its value, or what stands there where none could be read."""
    return cell["value"] or cell["raw"].strip()


def _records(form: Form, ret: Return) -> list[_Record]:
    """The records in the order of their rows."""
    cells = ret.cells.astype(object).where(ret.cells.notna(), "")
    records: list[_Record] = []
    for row, lines in cells.groupby("row", sort=False):
        record = {c["field"]: c for c in lines.to_dict("records")}
        records.append(_Record(str(row), _name(form, str(row), record), _key(form, str(row), record), record))
    return records


def _key(form: Form, row: str, record: Record) -> tuple:
    if form.layout == "matrix":
        return (row,)
    return form.record_key([_said(record[k]) for k in form.key]) or (row,)


def _name(form: Form, row: str, record: Record) -> str:
    if form.layout == "matrix":
        return form.category(row).label
    words = "｜".join(t for k in form.key if (t := _said(record[k])))
    return f"第{row}条“{words}”" if words else f"第{row}条"


def counted_files(ret: Return) -> frozenset[str]:
    """The files a return's values come from, as paths below the period's folder."""
    return frozenset(t.grid.file.partition("!")[0] for t in ret.tables) or frozenset(f.path for f in ret.files)
