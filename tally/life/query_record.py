"""审核查询记录: what was asked of the units and what came of it, as the rules on statistics want it kept; Word and Excel.

The query log, each question with its answer and with how the matter stands now.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter

from tally.blocks import Align, Block, Entry, Head, Paragraph, Run, Table, Title
from tally.check.queries import ASKED, Query, load_queries
from tally.declare import Campaign
from tally.paths import Paths
from tally.render import word
from tally.render.feedback.notices import spot_of
from tally.store.files import write_bytes
from tally.writing.periods import month

NAME = "审核查询记录"
HEADS = (
    "序号",
    "单位",
    "统计表",
    "项目",
    "询问内容",
    "询问日期",
    "方式",
    "询问人",
    "答复内容",
    "答复日期",
    "登记人",
    "处理结果",
)
WIDTHS = (0.6, 1, 0.9, 1.6, 3, 1.1, 0.8, 0.9, 2.4, 1.1, 0.9, 1.2)
_EACH: Align = "left"
_LEFT = (_EACH,) * len(HEADS)
OPEN, CLOSED = "尚未解决", "已解决"


@dataclass(frozen=True, slots=True)
class Matter:
    """One question with the answers that followed it."""

    asked: Query
    answers: tuple[Query, ...]
    open: bool  # whether the finding still stands


def entries(log: Sequence[Query], findings: pd.DataFrame) -> list[Matter]:
    """The log's questions in order, each with the answers up to the next question about the same place."""
    open_ones = findings[findings["severity"].isin(["error", "warning"])]
    columns = (open_ones[c].fillna("") for c in ("unit", "form", "row", "field", "rule"))
    standing = set(zip(*columns, strict=True))
    matters = []
    for n, query in enumerate(log):
        if query.what == ASKED:
            later = [q for q in log[n + 1 :] if q.key == query.key]
            until = next((i for i, q in enumerate(later) if q.what == ASKED), len(later))
            matters.append(Matter(query, tuple(later[:until]), query.key in standing))
    return matters


def _together(matters: Sequence[Matter]) -> list[list[Matter]]:
    """What was asked in one sentence and settled in one way is one question, about however many places of a form."""
    groups: dict[tuple[object, ...], list[Matter]] = {}
    for m in matters:
        a, replies = m.asked, tuple((q.text, q.when, q.who) for q in m.answers)
        groups.setdefault((a.unit, a.form, a.text, a.when, a.channel, a.who, replies, m.open), []).append(m)
    return list(groups.values())


def rows(campaign: Campaign, matters: Sequence[Matter]) -> list[tuple[str, ...]]:
    """The record's lines as text, in the order of `HEADS`."""
    forms = {f.name: f for f in campaign.forms}
    lines: list[tuple[str, ...]] = []
    for n, group in enumerate(_together(matters), 1):
        e = group[0]
        form, a = forms.get(e.asked.form), e.asked
        number = form.number if form else {"summary": "工作总结"}.get(a.form, "")
        spots = "、".join(dict.fromkeys(spot_of(form, m.asked.row, m.asked.field) for m in group))
        replies = "；".join(q.text for q in e.answers)
        last = e.answers[-1] if e.answers else None
        lines.append((
            str(n), campaign.unit(a.unit).name, number, spots, a.text, a.when, a.channel, a.who, replies,
            last.when if last else "", last.who if last else "", OPEN if e.open else CLOSED,
        ))  # fmt: skip
    return lines


def write_record(campaign: Campaign, paths: Paths, findings: pd.DataFrame) -> list[Path]:
    """Writes the record below the period's reports; [] where nothing was ever asked."""
    matters = entries(load_queries(paths.queries), findings)
    if not matters:
        return []
    lines = rows(campaign, matters)
    moment = campaign.period(paths.period).moment
    written = [paths.reports / f"{NAME}.docx", paths.reports / f"{NAME}.xlsx"]
    write_bytes(written[0], word.render(_blocks(campaign, paths, lines), timestamp=int(moment.timestamp())))
    write_bytes(written[1], _workbook(campaign, paths, lines))
    return written


def is_behind(paths: Paths) -> bool:
    """Whether something was asked or answered since the record was written."""
    record = paths.reports / f"{NAME}.docx"
    return paths.queries.exists() and (not record.exists() or record.stat().st_mtime < paths.queries.stat().st_mtime)


def _blocks(campaign: Campaign, paths: Paths, lines: Sequence[tuple[str, ...]]) -> tuple[Block, ...]:
    head = (tuple(map(Head, HEADS)),)
    body = tuple(tuple(map(Entry, line)) for line in lines)
    count = sum(line[-1] == OPEN for line in lines)
    lead = f"{month(paths.period)}报送期共询问 {len(lines)} 处，已解决 {len(lines) - count} 处，尚未解决 {count} 处。"
    return (
        Title(f"{campaign.title}{NAME}", campaign.issuer),
        Paragraph((Run(lead),)),
        Table("queries", NAME, head, body, _LEFT, WIDTHS, landscape=True),
    )


def _workbook(campaign: Campaign, paths: Paths, lines: Sequence[tuple[str, ...]]) -> bytes:
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": campaign.period(paths.period).moment.replace(tzinfo=None)})
    sheet = book.add_worksheet(NAME)
    look = {"text_wrap": True, "valign": "top", "border": 1, "font_size": 10}
    plain, head = book.add_format(look), book.add_format({**look, "bold": True, "bg_color": "#E8EDF4"})
    sheet.write(
        0, 0, f"{campaign.title} {month(paths.period)} {NAME}", book.add_format({"bold": True, "font_size": 14})
    )
    for c, (name, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(c, c, 11 * width)
        sheet.write_string(1, c, name, head)
    for r, line in enumerate(lines, 2):
        for c, text in enumerate(line):
            sheet.write_string(r, c, text, plain)
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return sink.getvalue()
