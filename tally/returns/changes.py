"""What differs between two versions of a unit's return, cell by cell.

Categories are compared with themselves; records of a list are matched by the fields that make them the same (`Form.key`),
so that a line put in above does not make every line below a difference. Running numbers are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    renamed = _renamed(old, new)
    differences: list[CellChange] = []
    for key, (row, name, record) in new.items():
        former = old.get(renamed.get(key, key))
        if former:
            differences += _within(form, name, former, record)
        else:
            differences.append(CellChange(form.name, name, "", "", name, record=row))
    gone = set(old) - set(new) - set(renamed.values())
    for key, (row, name, _) in old.items():
        if key in gone:
            differences.append(CellChange(form.name, name, "", name, "", record=row))
    return tuple(differences)


def _renamed(old: Mapping[tuple, tuple], new: Mapping[tuple, tuple]) -> dict[tuple, tuple]:
    """New key -> old key of records that stand on the same line and of which nothing else could be the former."""
    left = {row: key for key, (row, _, _) in old.items() if key not in new}
    return {key: left[row] for key, (row, _, _) in new.items() if key not in old and row in left}


def _within(form: Form, name: str, former: tuple[str, str, Record], new: Record) -> Iterator[CellChange]:
    row, _, old = former
    for field in form.fields:
        was, now = _said(old[field.name]), _said(new[field.name])
        if was != now and field.kind != "seq":
            yield CellChange(form.name, name, field.name, was, now, new[field.name]["cell"], row)


def _said(cell: Mapping[str, str]) -> str:
    """What counts of a cell: its value, or what stands there where none could be read."""
    return cell["value"] or cell["raw"].strip()


def _records(form: Form, ret: Return) -> dict[tuple, tuple[str, str, Record]]:
    """Key -> (row, name, cells) of each record; several that are the same by their key are told apart by their order."""
    cells = ret.cells.astype(object).where(ret.cells.notna(), "")
    seen: Counter[tuple] = Counter()
    records: dict[tuple[Any, ...], tuple[str, str, Record]] = {}
    for row, lines in cells.groupby("row", sort=False):
        record = {c["field"]: c for c in lines.to_dict("records")}
        key = _key(form, row, record)
        seen[key] += 1
        records[*key, seen[key]] = (row, _name(form, row, record), record)
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
