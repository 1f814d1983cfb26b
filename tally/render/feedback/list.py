"""问题清单, the first sheet of the file that goes back: what is wrong, where, what to do, and what came at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from tally.catalogue import RETURN_STATES, SEVERITIES, place_in_words
from tally.declare import Campaign, Period, Unit
from tally.imprint import ANSWER, LIST_TITLE, RULE_LINE
from tally.render.feedback.marks import MOST_COMMENTS, Marked
from tally.render.feedback.notices import Notice, gathered
from tally.render.feedback.original import COLOURS
from tally.render.feedback.rebuilt import set_text
from tally.render.feedback.sheets import Page
from tally.render.feedback.sources import Source
from tally.render.workbook.sheet import height

_HEADS = ("序号", "等级", "统计表", "行、栏目", "位置", "填报内容", "应为", "问题", "怎么办", ANSWER)
_WIDTHS = (6, 7, 8, 18, 18, 16, 18, 40, 38, 20)
_CENTRED = (2, 3)  # columns
_MOST_LINKS = 60_000  # Excel takes 65,530 on a sheet
_TASKS = {
    "error": "差错：请改正后重新报送",
    "warning": "疑点：请核实；有误的改正，无误的在最后一栏写明原因",
    "note": "提示：读取时已作整理，不影响数值，一般不必修改",
}
_LINE = Side(style="thin", color="A6A6A6")
_HEAD_FILL = "FFE7E6E6"
_BOX = Border(_LINE, _LINE, _LINE, _LINE)


@dataclass(frozen=True)
class Front:
    """What the list sheet is made of."""

    campaign: Campaign
    period: Period
    unit: Unit
    notices: Sequence[Notice]
    pages: Sequence[Page]
    withheld: Sequence[str]  # sheets and files that are not shown here, with the reason
    marked: Marked
    returns: pd.DataFrame  # the unit's rows


def write_list(sheet: Worksheet, front: Front) -> None:
    """Fills the empty `sheet`: heading, findings by severity with links, then the forms and sheets that came."""
    for c, wide in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJ"[c]].width = wide
    writer = _Writer(sheet)
    _heading(writer, front)
    _findings(writer, front)
    _forms(writer, front)
    _sheets(writer, front)
    _page(sheet)


class _Writer:
    """Writes from the top down; `row` is the next row, counted from 1."""

    def __init__(self, sheet: Worksheet):
        self.sheet, self.row = sheet, 1
        self._looks: dict[tuple[tuple[str, float | str], ...], StyleArray] = {}

    def line(self, text: str, *, size: float = 10.5, bold: bool = False, fill: str = "", center: bool = False) -> None:
        """One text across the whole width."""
        cell = self.sheet.cell(self.row, 1)
        self.dress(cell, size=size, bold=bold, fill=fill, center=center, boxed=False)
        set_text(cell, text)
        self._merge(1, len(_HEADS))
        self.sheet.row_dimensions[self.row].height = min(max(height([text], [sum(_WIDTHS)]) * size / 10.5, 20), 409)
        self.row += 1

    def record(self, texts: Sequence[str], *, head: bool = False, spans: Sequence[int] = ()) -> list[Cell]:
        """A row of boxed texts, the nth over `spans[n]` columns; its height shows them all."""
        cells, widths, col = [], [], 1
        for text, span in zip(texts, spans or (1,) * len(texts), strict=True):
            for c in range(col, col + span):
                centred = head or c in _CENTRED
                self.dress(self.sheet.cell(self.row, c), bold=head, fill=_HEAD_FILL if head else "", center=centred)
            cells.append(self.sheet.cell(self.row, col))
            set_text(cells[-1], text)
            self._merge(col, span)
            widths.append(sum(_WIDTHS[col - 1 : col - 1 + span]))
            col += span
        self.sheet.row_dimensions[self.row].height = height(texts, widths)
        self.row += 1
        return cells

    def dress(self, cell: Cell, **look: Any) -> None:
        """Gives a cell a look; each look is worked out once."""
        key = tuple(sorted(look.items()))
        if key not in self._looks:
            _dress(cell, **look)
            self._looks[key] = cell._style
        cell._style = StyleArray(self._looks[key])

    def link(self, cell: Cell, sheet: str, target: str, tooltip: str = "") -> None:
        """Makes `cell` lead to a cell of this workbook."""
        quoted = sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref="", location=f"'{quoted}'!{target}", tooltip=tooltip or None)
        self.dress(cell, link=True)

    def _merge(self, col: int, span: int) -> None:
        if span > 1:  # added bare: merge_cells would work out the borders once more
            self.sheet.merged_cells.add(CellRange(None, col, self.row, col + span - 1, self.row))


def _dress(
    cell: Cell,
    size: float = 10,
    bold: bool = False,
    fill: str = "",
    center: bool = False,
    boxed: bool = True,
    link: bool = False,
) -> None:
    cell.font = Font(
        name="宋体", size=size, bold=bold, **({"color": "FF0563C1", "underline": "single"} if link else {})
    )
    cell.alignment = Alignment("center" if center else "left", "center", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if boxed:
        cell.border = _BOX


def _heading(w: _Writer, front: Front) -> None:
    w.line(f"{front.campaign.title}{LIST_TITLE}", size=16, bold=True, center=True)
    p = front.period
    w.line(f"填报单位：{front.unit.name}　　报送期：{p.name}（{_day(p.start)}至{_day(p.end)}）", bold=True)
    counts = Counter(n.severity for n in front.notices)
    if not counts["error"] and not counts["warning"]:
        w.line("没有发现差错和疑点，不必修改。", fill="FFE2EFDA", bold=True)
        return
    words = [f"差错 {counts['error']} 处，须改正", f"疑点 {counts['warning']} 处，请核实"]
    words += [f"提示 {counts['note']} 处，不必修改"] if counts["note"] else []
    w.line(
        "；".join(t for t in words if " 0 处" not in t) + "。",
        bold=True,
        fill=COLOURS["error" if counts["error"] else "warning"],
    )
    if front.pages:
        w.line(
            "怎么办：点“位置”一栏的蓝字，可跳到有问题的单元格；单元格标红的是差错，标黄的是疑点，标蓝的是提示，"
            "鼠标停在上面可看说明。改好后请把各表重新报送（可直接报送改好的本文件）。"
        )
    if front.marked.uncommented:
        w.line(f"问题较多：每张表只给前 {MOST_COMMENTS} 个单元格加了批注，其余只标颜色，说明见本清单。")


def _findings(w: _Writer, front: Front) -> None:
    parts: dict[str, list[Notice]] = {severity: [] for severity in _TASKS}
    for n in gathered(front.notices):
        parts[n.severity].append(n)
    there = [severity for severity, some in parts.items() if some]
    number = 0
    for title, severity in zip("一二三", there, strict=False):
        w.line(f"{title}、{_TASKS[severity]}", size=12, bold=True)
        w.record(_HEADS, head=True)
        for n in parts[severity]:
            number += 1
            _finding(w, front.marked, n, number)


def _finding(w: _Writer, marked: Marked, n: Notice, number: int) -> None:
    target, place = _target(marked, n)
    texts = (
        str(number),
        SEVERITIES[n.severity],
        n.form,
        n.spot,
        place,
        n.found,
        n.expected,
        n.message,
        n.suggestion,
        "",
    )
    cells = w.record(texts)
    w.dress(cells[1], fill=COLOURS[n.severity], center=True)
    if target and number <= _MOST_LINKS:
        w.link(cells[4], *target, tooltip=f"{RULE_LINE}{n.rule}")


def _target(marked: Marked, n: Notice) -> tuple[tuple[str, str] | None, str]:
    """Where the link leads (a sheet of this workbook and a cell), and what its text says."""
    there = marked.places.get((n.file, n.sheet, n.cells[0])) if n.cells else None
    if there:
        return there, f"{there[0]}　{n.place.rpartition('　')[2]}"
    if name := marked.sheets.get((n.file, n.sheet)):
        return (name, "A1"), name
    return None, n.place or "—"


def _forms(w: _Writer, front: Front) -> None:
    """Which forms were due, came, are missing."""
    w.row += 1
    w.line("附一、报送情况", size=12, bold=True)
    spans = (3, 1, 1, 1, 4)
    w.record(("统计表", "报送期限", "收到日期", "状态", "文件"), head=True, spans=spans)
    forms = {f.name: f"{f.number} {f.title}" for f in front.campaign.forms} | {"summary": "工作总结"}
    for r in front.returns.to_dict("records"):
        files = "" if pd.isna(r["file"]) else r["file"].replace("\n", "；")
        days = ("" if pd.isna(r[c]) else _day(r[c]) for c in ("due", "received"))
        w.record(
            (forms.get(r["form"], r["form"]), *days, RETURN_STATES.get(r["state"], r["state"]), files), spans=spans
        )


def _sheets(w: _Writer, front: Front) -> None:
    """Which sheet of this workbook came from which file, and what was not kept."""
    if not front.pages and not front.withheld:
        return
    w.row += 1
    w.line("附二、本文件中的工作表与来文对照", size=12, bold=True)
    spans = (4, 3, 1, 2)
    w.record(("工作表", "来自文件", "备注", "原工作表"), head=True, spans=spans)
    for p in front.pages:
        cells = w.record((p.name, p.grid.file, "；".join(p.remarks), p.grid.sheet or "—"), spans=spans)
        if p.sheet.sheet_state == "visible":
            w.link(cells[0], p.name, "A1")
    for text in front.withheld:
        w.line(text)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _page(sheet: Worksheet) -> None:
    """A4 across, one page wide, page numbers."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.35
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.sheet_view.showGridLines = False


def withheld_lines(received: Iterable[Source]) -> list[str]:
    """What of the unit's files is not in the workbook, and why, a line a sheet."""
    lines = []
    for source in received:
        for sheet, why in source.withheld:
            lines.append(f"未附：{place_in_words(source.file, sheet)}（{why}）")
    return lines
