"""Why a figure is no longer what it was: down to the cell, what it said and what it says, or which correction.

Where no cell has changed, the cause is a count of units or findings, or the program: one of them is always named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from tally.catalogue import place_in_words
from tally.report.amendments.cells import Cells, Name, Written
from tally.totals import Figure, Totals
from tally.totals.change import CHANGE

NOTHING = "上报的单元格没有变化：程序、专项的声明或软件版本有改动"


class Causes:
    """The causes of changes between two workings-out of the same period."""

    def __init__(self, was: Totals, now: Totals):
        self.was, self.now = was, now
        self._before, self._after = Cells(was.history), Cells(now.history)

    def of(self, ref: str) -> tuple[str, ...]:
        """The causes of one figure's change, in the order of units and cells, each once."""
        named = [*self._names(self.was, self._before, ref), *self._names(self.now, self._after, ref)]
        if ref.endswith(CHANGE):
            named += self._alike(ref)
        told = [self._told(n) for n in dict.fromkeys(named) if n in self.changed]
        return tuple(dict.fromkeys(told)) or tuple(self._parts(ref)) or (NOTHING,)

    @cached_property
    def changed(self) -> frozenset[Name]:
        """The cells that say something else, or stand in one of the two only."""
        a, b = self._before.by_name, self._after.by_name
        return frozenset(n for n in a.keys() | b.keys() if n not in a or n not in b or a[n].told != b[n].told)

    @staticmethod
    def _names(totals: Totals, cells: Cells, ref: str) -> Iterable[Name]:
        return cells.names(totals.book[ref], totals.book) if ref in totals.book else ()

    def _alike(self, ref: str) -> list[Name]:
        """Changed cells of a comparison's measure in any period: its parts lead to this period's only."""
        form, row, field = (*ref.removesuffix(CHANGE).split("."), "")[:3]
        figures = (t.book[ref] for t in (self.was, self.now) if ref in t.book)
        units = {p.ref.rpartition("@")[2] for f in figures for p in f.parts}
        return sorted(
            n for n in self.changed if (n.form, n.record, n.field) == (form, (row,), field) and n.unit in units
        )

    def _told(self, name: Name) -> str:
        unit = self.now.history.units.get(name.unit, name.unit)
        form = self._after.forms[name.form]
        before, after = self._before.by_name.get(name), self._after.by_name.get(name)
        was, now = (c.received(name.period, name.unit, name.form) for c in (self._before, self._after))
        if was != now:
            what = "补报" if now else "不再有"
            return f"{unit}{what}《{form.title}》（{name.period}期{_file(after if now else before)}）"
        label = form.field(name.field).label
        where = self._place(name, after or before)
        if before is None or after is None:
            return f"{unit}《{form.title}》{'增加' if after else '删去'}一条：{where}“{(after or before).raw}”"
        if before.raw == after.raw and "corrected" in (before.state, after.state):
            return f"{unit}“{label}”{where}：{self._correction(name, after)}"
        raws = (f"“{w.raw}”" if w.raw else "空白" for w in (before, after))
        same = "（原文未变，读法有变）" if before.raw == after.raw else ""
        return f"{unit}“{label}”{where}：{'→'.join(raws)}{same}"

    def _place(self, name: Name, written: Written) -> str:
        period = "" if name.period == self.now.history.now.period else f"{name.period}/"
        return place_in_words(f"{period}{written.file}", written.sheet, written.cell)

    def _correction(self, name: Name, written: Written) -> str:
        """What the corrections file says of a cell: its note quotes old, new, reason, who and when."""
        tables = next(t for t in self.now.history.periods if t.period == name.period)
        f = tables.findings
        mine = f[(f["unit"] == name.unit) & (f["form"] == name.form) & (f["field"] == name.field)]
        notes = mine[(mine["row"] == written.row) & (mine["rule"] == "corrections.applied")]["message"]
        return notes.iloc[0] if len(notes) else f"撤销更正，恢复为原文“{written.raw}”"

    def _parts(self, ref: str) -> Iterator[str]:
        """For figures without cells (units counted, findings): which of their parts differ."""
        was, now = (_by_label(t.book.get(ref)) for t in (self.was, self.now))
        for label in dict.fromkeys((*was, *now)):
            if was.get(label) != now.get(label):
                yield f"{label}：{was.get(label, '无')}→{now.get(label, '无')}"


def _by_label(figure: Figure | None) -> dict[str, str]:
    return {p.label: p.value for p in figure.parts} if figure else {}


def _file(written: Written | None) -> str:
    return f" {written.file}" if written and written.file else ""
