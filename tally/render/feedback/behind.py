"""The sheets behind the list: the hints, which ask nothing, and which files came and what became of them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from tally.catalogue import RETURN_STATES, SEVERITIES, SEVERITY_DUTIES, place_in_words
from tally.render.feedback.list import HEADS, WIDTHS, Front, finding, heading
from tally.render.feedback.sources import Source
from tally.render.feedback.writer import Writer
from tally.report.phrases import day

_RECORD_WIDTHS = (28, 18, 18, 12, 34, 34)


def write_hints(sheet: Worksheet, front: Front) -> None:
    """What was tidied while reading; the unit need do nothing."""
    writer = Writer(sheet, WIDTHS)
    heading(writer, front)
    writer.line(f"{SEVERITIES['note']} {front.count('note')} 处：{SEVERITY_DUTIES['note']}；列在这里，供核对。")
    writer.heading(HEADS)
    for number, n in enumerate(front.part("note"), 1):
        finding(writer, front, n, number, answered=False)
    writer.page()


def write_record(sheet: Worksheet, front: Front) -> None:
    """Which forms were due, came, are missing; which sheet of this workbook came from which file."""
    writer = Writer(sheet, _RECORD_WIDTHS)
    heading(writer, front)
    _forms(writer, front)
    _sheets(writer, front)
    writer.page()


def _forms(w: Writer, front: Front) -> None:
    w.line("一、报送情况", size=12, bold=True)
    spans = (1, 1, 1, 1, 2)
    w.record(("统计表", "报送期限", "收到日期", "状态", "文件"), head=True, spans=spans)
    forms = {f.name: f"{f.number} {f.title}" for f in front.campaign.forms} | {"summary": "工作总结"}
    for r in front.returns.to_dict("records"):
        files = "" if pd.isna(r["file"]) else r["file"].replace("\n", "；")
        days = ("" if pd.isna(r[c]) else day(r[c], year=True) for c in ("due", "received"))
        state = RETURN_STATES.get(r["state"], r["state"])
        w.record((forms.get(r["form"], r["form"]), *days, state, files), spans=spans)


def _sheets(w: Writer, front: Front) -> None:
    """Which sheet came from which file, and what was not kept."""
    if not front.pages and not front.withheld:
        return
    w.row += 1
    w.line("二、本文件中的工作表与来文对照", size=12, bold=True)
    spans = (1, 2, 1, 2)
    w.record(("工作表", "来自文件", "原工作表", "备注"), head=True, spans=spans)
    for p in front.pages:
        cells = w.record((p.name, p.grid.file, p.grid.sheet or "—", "；".join(p.remarks)), spans=spans)
        if p.sheet.sheet_state == "visible":
            w.link(cells[0], p.name, "A1")
    for text in front.withheld:
        w.line(text)


def withheld_lines(received: Iterable[Source]) -> list[str]:
    """What of the unit's files is not in the workbook, and why, a line a sheet."""
    lines = []
    for source in received:
        for sheet, why in source.withheld:
            lines.append(f"未附：{place_in_words(source.file, sheet)}（{why}）")
    return lines
