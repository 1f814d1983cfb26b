"""Why a figure is no longer what it was: down to the cell, what it said and what it says, or which correction.

Where no cell has changed, the cause is a count of units or findings, or the program: one of them is always named.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from tally.catalogue import place_in_words
from tally.check.corrections import APPLIED
from tally.model import CORRECTED
from tally.report.amendments.cells import Cells, Name, Written
from tally.totals import Figure, Totals
from tally.totals.change import CHANGE
from tally.writing.periods import month

NOTHING = "上报的单元格和核查结论都没有变化，是计算口径或程序有改动"
READ_ANEW = "程序改进了读法（文件没有变化）"
MOST = 4  # causes of a count of findings that are told one by one


class Causes:
    """The causes of changes between two workings-out of the same period.

    `untouched`: whether a file of the period, by its name in `cells`, is byte for byte what it was then.
    """

    def __init__(self, was: Totals, now: Totals, untouched: Callable[[str], bool] = lambda file: False):
        self.was, self.now, self.untouched = was, now, untouched
        self._before, self._after = Cells(was.history), Cells(now.history)

    def of(self, ref: str) -> tuple[str, ...]:
        """The causes of one figure's change, in the order of units and cells, each once."""
        named = [*self._names(self.was, self._before, ref), *self._names(self.now, self._after, ref)]
        if ref.endswith(CHANGE):
            named += self._alike(ref)
        causes = [self._told(n) for n in dict.fromkeys(named) if n in self.changed]
        if ref.startswith("findings."):
            return self._of_findings(ref)
        return tuple(dict.fromkeys(causes)) or tuple(self._parts(ref)) or (NOTHING,)

    def _of_findings(self, ref: str) -> tuple[str, ...]:
        """Why a count of findings differs: the unit's cells that changed, else what the check now says otherwise."""
        stem, _, unit = ref.partition("@")
        severity = stem.removeprefix("findings.")
        units = {unit} if unit else self._units_that_differ(severity)
        causes = list(dict.fromkeys(self._told(n) for n in sorted(self.changed) if n.unit in units))
        if not causes:
            causes = list(self._conclusions(severity, units))
        more = [f"等共{len(causes)}处改动"] if len(causes) > MOST else []
        return (*causes[:MOST], *more) or (NOTHING,)

    def _units_that_differ(self, severity: str) -> set[str]:
        counts = [_counts(t.history.now.findings, severity) for t in (self.was, self.now)]
        return {unit for unit in counts[0].keys() | counts[1].keys() if counts[0].get(unit) != counts[1].get(unit)}

    def _conclusions(self, severity: str, units: set[str]) -> Iterator[str]:
        """What is no longer found, and what is found anew, where no cell of these units has changed."""
        before, after = (_said(t.history.now.findings, severity, units) for t in (self.was, self.now))
        answered = _said(self.now.history.now.findings, "note", units)
        names = self.now.history.units
        for key in (k for k in before if k not in after):
            how = "已有书面说明" if key in answered else "因往期数据、其他单位或核查规则的改动不再成立"
            yield f"{names.get(key[0], key[0])}：“{before[key]}”{how}"
        for key in (k for k in after if k not in before):
            yield f"{names.get(key[0], key[0])}：新查出“{after[key]}”"

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
            return f"{unit}{what}《{form.title}》（{month(name.period)}{_file(after if now else before)}）"
        label = form.field(name.field).label
        if before is None or after is None:
            return self._one_more_or_less(name, before, after)
        where = self._place(name, after)
        if before.raw == after.raw and CORRECTED in (before.state, after.state):
            return f"{unit}“{label}”{where}：{self._correction(name, after)}"
        was_read, reads = (f"“{w.raw}”" if w.raw else "空白" for w in (before, after))
        if before.raw != after.raw and self._read_anew(name, before, after):
            return f"{unit}“{label}”{where}：{READ_ANEW}：原读作{was_read}，现读作{reads}"
        same = "（原文未变，读法有变）" if before.raw == after.raw else ""
        return f"{unit}“{label}”{where}：{was_read}→{reads}{same}"

    def _read_anew(self, name: Name, *written: Written) -> bool:
        """Whether what differs is the program's reading: the file has not changed."""
        files = {w.file for w in written}
        return name.period == self.now.history.now.period and len(files) == 1 and self.untouched(files.pop())

    def _one_more_or_less(self, name: Name, before: Written | None, after: Written | None) -> str:
        """A cell that stands in one of the two only."""
        written = after or before
        start = f"{self.now.history.units.get(name.unit, name.unit)}《{self._after.forms[name.form].title}》"
        if written is None:
            return start
        how = READ_ANEW + "，" if self._read_anew(name, written) else ""
        return f"{start}{how}{'增加' if after else '删去'}一条：{self._place(name, written)}“{written.raw}”"

    def _place(self, name: Name, written: Written) -> str:
        period = "" if name.period == self.now.history.now.period else f"{name.period}/"
        return place_in_words(f"{period}{written.file}", written.sheet, written.cell)

    def _correction(self, name: Name, written: Written) -> str:
        """What the corrections file says of a cell: its note quotes old, new, reason, who and when."""
        tables = next(t for t in self.now.history.periods if t.period == name.period)
        f = tables.findings
        mine = f[(f["unit"] == name.unit) & (f["form"] == name.form) & (f["field"] == name.field)]
        notes = mine[(mine["row"] == written.row) & (mine["rule"] == APPLIED)]["message"]
        return notes.iloc[0] if len(notes) else f"撤销更正，恢复为原文“{written.raw}”"

    def _parts(self, ref: str) -> Iterator[str]:
        """For figures without cells (units counted, findings): which of their parts differ."""
        was, now = (_by_label(t.book.get(ref)) for t in (self.was, self.now))
        for label in dict.fromkeys((*was, *now)):
            if was.get(label) != now.get(label):
                yield f"{label}：{was.get(label, '无')}→{now.get(label, '无')}"


_Key = tuple[str, ...]  # unit, form, row, field and rule of a finding


def _counts(findings: pd.DataFrame, severity: str) -> dict[str, int]:
    return findings.loc[findings["severity"] == severity, "unit"].value_counts().to_dict()


def _said(findings: pd.DataFrame, severity: str, units: set[str]) -> dict[_Key, str]:
    """What is found in some units, by where and which rule, in the table's order."""
    some = findings[(findings["severity"] == severity) & findings["unit"].isin(units)].astype(object)
    records = some.where(some.notna(), "").to_dict("records")
    return {_key(r): r["message"] for r in records}


def _key(record: Mapping[Hashable, Any]) -> _Key:
    return tuple(str(record[n]) for n in ("unit", "form", "row", "field", "rule"))


def _by_label(figure: Figure | None) -> dict[str, str]:
    return {p.label: p.value for p in figure.parts} if figure else {}


def _file(written: Written | None) -> str:
    return f" {written.file}" if written and written.file else ""
