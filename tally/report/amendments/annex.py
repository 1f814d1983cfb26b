"""更正说明: the released figures that this edition corrects, with their causes; printed as the report's last annex."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tally.blocks import Align, Annex, Block, Entry, Head, Table
from tally.report.amendments.amend import Amendments
from tally.report.phrases import day, paragraph

TITLE = "更正说明"


COUNTED = ("findings.",)  # figures that count what is open: they follow from the others, and are none of the campaign's


def annex(amended: Amendments | None, number: int) -> tuple[Block, ...]:
    """The annex, () for a report that amends nothing."""
    if amended is None:
        return ()
    changes = _changes(amended)
    count = sum(len(group) for group in changes.values())
    start = f"{_released(amended)}的报告"
    said = f"（审批人：{amended.by}）中有{count}个数字与现有数据不同，更正如下。" if count else "中列出的数字没有变动。"
    table = [_table(changes, _note(amended))] if count else []
    return Annex(f"附件{number}", TITLE, landscape=True, id="annex-amendments"), paragraph(start + said), *table


def title_line(amended: Amendments | None, number: int) -> tuple[str, ...]:
    """What the title page says of it."""
    if amended is None:
        return ()
    count = sum(len(group) for group in _changes(amended).values())
    return (f"更正稿：更正{count}个数字，见附件{number}" if count else f"更正稿：数字没有变动，见附件{number}",)


@dataclass(frozen=True, slots=True)
class _Change:
    """A figure as a line of the table: what it is, what it was, what it is now."""

    label: str
    old: str
    new: str


def _changes(amended: Amendments) -> dict[str, list[_Change]]:
    """Causes -> the figures that they changed. One that changed alike this period and to date is told once."""
    groups: dict[str, dict[tuple[str, str, str], str]] = {}
    for entry in amended.stated:
        if entry.ref.startswith(COUNTED):
            continue
        group = groups.setdefault("；".join(map(_line, entry.causes)), {})
        key = (bare := _SCOPE.sub("", entry.label), entry.old, entry.new)
        group[key] = bare if key in group else entry.label
    return {why: [_Change(label, old, new) for (_, old, new), label in group.items()] for why, group in groups.items()}


_SCOPE = re.compile(r"（(?:本期|累计)）$")


def _table(changes: Mapping[str, Sequence[_Change]], note: str) -> Table:
    body: list[tuple[Entry, ...]] = []
    for why, group in changes.items():
        for at, change in enumerate(group):
            cause = () if at else (Entry(why, rowspan=len(group)),)
            figures = (Entry(change.label), Entry(change.old), Entry(change.new))
            body.append((Entry(str(len(body) + 1)), *figures, *cause))
    head = (tuple(Head(t) for t in ("序号", "数字", "发布时", "更正后", "原因")),)
    align: tuple[Align, ...] = ("center", "left", "right", "right", "left")
    widths = (0.6, 4.4, 1.6, 1.6, 5)
    return Table("amendments", "更正的数字", head, tuple(body), align, widths, note=note, landscape=True)


def _note(amended: Amendments) -> str:
    rest = sum(not e.stated for e in amended.entries)
    counted = any(e.ref.startswith(COUNTED) for e in amended.stated)
    note = f"另有{rest}个没有列入报告的数字随之变动。" if rest else ""
    return note + ("差错、疑点的处数随之变化，见数据质量清单。" if counted else "")


def _line(cause: str) -> str:
    return " ".join(cause.splitlines())


def _released(amended: Amendments) -> str:
    return f"{day(date.fromisoformat(amended.when), year=True)}第{amended.release}次发布"
