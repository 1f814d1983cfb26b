"""Following a number: this figure = the sum of these units' figures = these cells of these files, with their hashes.

    trace("masks_2021", "2021-05", "cases.total.cases_handled", root).lines()

Reads what a run left behind: the period's tables and those of earlier periods, and the files as received.
"""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from tally import campaigns, totals
from tally.catalogue import SEVERITIES
from tally.clean.unit_names import unit_of
from tally.declare import Campaign
from tally.errors import UsageError
from tally.explore.naming import refs_called, refs_of
from tally.explore.trace_cells import CellFinding, Index, LeftOut, TracedCell, left_out
from tally.paths import PROJECT, Paths
from tally.totals import Book, Figure, Totals
from tally.writing.numbers import plain

__all__ = ["CellFinding", "LeftOut", "Traced", "TracedCell", "TracedFile", "follow", "trace"]

_LISTED = 12  # cells named one by one; of more, those read without a word are drawn together


@dataclass(frozen=True, slots=True)
class TracedFile:
    """A file that a figure rests on. `on_disk`: whether it still is what was read."""

    period: str
    file: str
    sha256: str
    on_disk: Literal["same", "changed", "missing"]


@dataclass(frozen=True)
class Traced:
    """A figure with what it is made of: `parts` (other figures) or `cells`, never both.

    `number` is the exact decimal as text, "" where nothing usable was reported. `sum_of_parts` says that the
    parts' numbers add up to it. `files` and `left_out` stand at the figure that was asked for only.
    """

    ref: str
    label: str
    number: str
    unit: str
    rule: str = ""
    note: str = ""
    sum_of_parts: bool = False
    parts: tuple[Traced, ...] = ()
    cells: tuple[TracedCell, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    files: tuple[TracedFile, ...] = field(default=())

    def lines(self) -> list[str]:
        """The whole way down as indented lines, in Chinese."""
        return [*_figure_lines(self, 0), *_left_out_lines(self), *_file_lines(self)]

    def json(self) -> str:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1)

    def every_cell(self) -> Iterator[TracedCell]:
        """The cells of the figure and of all its parts."""
        yield from self.cells
        for part in self.parts:
            yield from part.every_cell()


def trace(campaign: str, period: str, ref: str, root: Path | str = PROJECT) -> Traced:
    """The figure `ref` of a processed period, followed to its cells.

    `ref` is `<form>.<row or breakdown>.<measure>`, then `.to_date` for the figure to date, then `@<unit>` (code or
    name) for one unit's; or what a person calls it (`tally.explore.naming`). UsageError for an unknown period, figure (naming the nearest) or unit; TallyError if the
    period has not been processed.
    """
    declared = campaigns.load(campaign, root)
    paths = Paths(Path(root), declared.name, declared.period(period).name)
    worked_out = totals.open_totals(declared, paths)
    traced = follow(worked_out, ref)
    return dataclasses.replace(traced, files=_files(paths, traced, Index(worked_out.history)))


def follow(worked_out: Totals, ref: str) -> Traced:
    """As `trace`, from totals that are worked out already; without a look at the files themselves."""
    figure = _figure(worked_out, ref)
    traced = _traced(worked_out, figure, Index(worked_out.history))
    return dataclasses.replace(traced, left_out=left_out(worked_out, figure))


def _figure(worked_out: Totals, ref: str) -> Figure:
    campaign, book = worked_out.history.campaign, worked_out.book
    name, at, unit = unicodedata.normalize("NFKC", ref).strip().partition("@")
    if name not in book:
        name = _in_words(campaign, book, name)
    codes = unit_of(campaign, unit).codes if at else frozenset()
    unit = next(iter(codes)) if len(codes) == 1 else unit
    wanted = f"{name}@{campaign.unit(unit).code}" if at else name
    if wanted in book:
        return book[wanted]
    if at and name in book:
        why = next((o.why for o in left_out(worked_out, book[name]) if o.unit == campaign.unit(unit).code), "")
        raise UsageError(
            f"{campaign.unit(unit).name}没有“{book[name].label}”这个数{f'：{why}' if why else ''}",
            f"看全市的数：{name}",
        )
    near = difflib.get_close_matches(name, [r for r in book if "@" not in r], n=5, cutoff=0.4)
    raise UsageError(
        f"没有名为 {ref!r} 的数字",
        f"相近的：{'、'.join(near)}"
        if near
        else "名称形如 查办案件、质量类案件.罚没.累计，或 cases.total.cases_handled",
    )


def _in_words(campaign: Campaign, book: Book, name: str) -> str:
    """The one figure that a Chinese name means; UsageError if there are several, the name itself if there is none."""
    labels = {ref: figure.label for ref, figure in book.items() if "@" not in ref}
    refs = [r for r in refs_of(campaign, name) if r in book] or refs_called(labels, name)
    if len(refs) > 1:
        raise UsageError(f"“{name}”不止一个：{'、'.join(book[r].label for r in refs)}", f"请写全：{'、'.join(refs)}")
    return refs[0] if refs else name


def _traced(worked_out: Totals, f: Figure, index: Index) -> Traced:
    here = worked_out.history.now.period
    parts: list[Traced] = []
    cells: tuple[TracedCell, ...] = ()
    if len(f.parts) == 1 and not f.parts[0].ref:
        cells = index.cells(f.parts[0].period or here, f.parts[0].cells)
    else:
        for p in f.parts:
            if p.ref in worked_out.book:
                parts.append(_traced(worked_out, worked_out.book[p.ref], index))
            else:
                number, unit = _split(p.value)
                parts.append(Traced("", p.label, number, unit, cells=index.cells(p.period or here, p.cells)))
    numbers = [Decimal(p.number) for p in parts if p.number]
    adds_up = f.value is not None and bool(numbers) and sum(numbers) == f.value and f.unit != "%"
    number = "" if f.value is None else plain(f.value)
    return Traced(f.ref, f.label, number, f.unit, f.rule, f.note, adds_up, tuple(parts), cells)


def _split(value: str) -> tuple[str, str]:
    """A part's number and its unit of measure: 12件 -> 12, 件."""
    digits = len(value) - len(value.lstrip("0123456789.-"))
    return value[:digits], value[digits:]


def _files(paths: Paths, traced: Traced, index: Index) -> tuple[TracedFile, ...]:
    """Each file once, compared with what lies in the raw folder now."""
    known = dict.fromkeys((c.period, c.file.split("!")[0]) for c in traced.every_cell() if c.file)
    return tuple(_file(paths, period, file, index.sha256(period, file)) for period, file in known)


def _file(paths: Paths, period: str, file: str, sha256: str) -> TracedFile:
    path = paths.beside(period).raw / file
    if not path.is_file():
        return TracedFile(period, file, sha256, "missing")
    with path.open("rb") as content:
        same = hashlib.file_digest(content, "sha256").hexdigest() == sha256
    return TracedFile(period, file, sha256, "same" if same else "changed")


def _figure_lines(t: Traced, depth: int) -> Iterator[str]:
    tab = "  " * depth
    rule = f"　＝ {t.rule}" if t.rule else ""
    yield f"{tab}{t.label}：{t.number or '—'}{t.unit if t.number else ''}{rule}{f'（{t.note}）' if t.note else ''}"
    if t.sum_of_parts and len(t.parts) > 1:
        yield f"{tab}  {' + '.join(p.number for p in t.parts if p.number)} = {t.number}"
    for part in t.parts:
        yield from _figure_lines(part, depth + 1)
    quiet = [c for c in t.cells if c.quiet] if len(t.cells) > _LISTED else []
    for cell in t.cells:
        if not (quiet and cell.quiet):
            yield from _cell_lines(cell, f"{tab}  ")
    yield from _ranges(quiet, f"{tab}  ")


def _cell_lines(c: TracedCell, tab: str) -> Iterator[str]:
    raw = f"“{c.raw}”" if c.raw else "（空）"
    taken = "" if c.state == "read" and c.raw == c.value else f"　{_STATES[c.state].format(c.value)}"
    yield f"{tab}{c.place}　原文 {raw}{taken}"
    is_repair = c.state == "repaired"  # what a repair did stands on the line already
    for f in (f for f in c.findings if not (is_repair and f.severity == "note")):
        yield f"{tab}  ！{SEVERITIES[f.severity]}：{f.message}"


def _ranges(cells: list[TracedCell], tab: str) -> Iterator[str]:
    """Cells that were read without a word, a line a sheet."""
    sheets: dict[tuple[str, str, str], list[TracedCell]] = {}
    for c in cells:
        sheets.setdefault((c.period, c.file, c.sheet), []).append(c)
    for mine in sheets.values():
        yield f"{tab}{mine[0].place} 至 {mine[-1].cell}　共 {len(mine)} 个单元格，直接读取"


def _left_out_lines(t: Traced) -> Iterator[str]:
    if t.left_out:
        yield "未计入的单位："
        yield from (f"  {o.name}：{o.why}" for o in t.left_out)


def _file_lines(t: Traced) -> Iterator[str]:
    if t.files:
        yield "所据文件（sha256）："
        yield from (f"  {f.period}/{f.file}　{f.sha256 or '（没有记录）'}{_ON_DISK[f.on_disk]}" for f in t.files)


_STATES = {
    "read": "读作 {}",
    "repaired": "整理后读作 {}",
    "corrected": "按更正记录改为 {}",
    "blank": "空白",
    "unreadable": "无法读取，未计入",
}
_ON_DISK = {"same": "", "changed": "　！文件在读取之后有改动", "missing": "　！文件已不在收件文件夹中"}
