"""问题清单, the first sheet of the file that goes back: what is missing and wrong, where, what to do, by when, whom to ask.

What asks nothing of the unit stands on sheets behind it: the hints, and what came at all (`behind`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from tally.catalogue import SEVERITIES
from tally.declare import Campaign, Period, Unit
from tally.locate.imprint import ANSWER, KEY, LIST_TITLE, RULE_LINE
from tally.paths import Paths
from tally.render.feedback.asking import about_earlier, answer_by, whom_to_ask
from tally.render.feedback.marks import MOST_COMMENTS, Marked
from tally.render.feedback.notices import Notice, gathered
from tally.render.feedback.original import COLOURS
from tally.render.feedback.sheets import Page
from tally.render.feedback.writer import Writer
from tally.render.workbook.sheet import digits
from tally.report.phrases import day
from tally.returns.cut_outs import cut_out_file
from tally.writing.periods import month

HEADS = ("序号", "等级", "统计表", "行、栏目", "位置", "填报内容", "应为", "问题", "怎么办")
WIDTHS = (6, 7, 8, 18, 18, 16, 18, 40, 38)
_ANSWER_WIDTH = 20
_MOST_LINKS = 60_000  # Excel takes 65,530 on a sheet
_PARTS = (
    ("missing", "未报送的材料请补报"),
    ("error", "差错请改正后重新报送"),
    ("warning", "疑点请核实，有误的改正，无误的在最后一栏写明原因"),
)


@dataclass(frozen=True)
class Front:
    """What the sheets of the list are made of."""

    campaign: Campaign
    period: Period
    unit: Unit
    notices: Sequence[Notice]
    pages: Sequence[Page]
    withheld: Sequence[str]  # sheets and files that are not shown here, with the reason
    marked: Marked
    returns: pd.DataFrame  # the unit's rows
    paths: Paths

    def part(self, name: str) -> list[Notice]:
        """Of the list: what is `missing`, or the other errors, doubts or notes; many alike on one line."""
        return [n for n in gathered(self.notices) if n.part == name]

    def count(self, name: str) -> int:
        return sum(n.part == name for n in self.notices)


def write_list(sheet: Worksheet, front: Front) -> None:
    """Fills the empty `sheet`: what is to be done in short, then each thing with a link to its cell."""
    writer = Writer(sheet, (*WIDTHS, _ANSWER_WIDTH))
    heading(writer, front)
    number = 0
    if _summary(writer, front):
        writer.heading((*HEADS, ANSWER))
        writer.aside(KEY)
        for name, _ in _PARTS:  # no line between them: a page might end with it, and 等级 says which is which
            for n in front.part(name):
                number += 1
                finding(writer, front, n, number, answered=True)
    writer.page()


def heading(writer: Writer, front: Front) -> None:
    """The title, by which the sheet is known again, and whose it is."""
    writer.line(f"{front.campaign.title}{LIST_TITLE}", size=16, bold=True, center=True)
    p = front.period
    span = f"{day(p.start, year=True)}至{day(p.end, year=True)}"
    writer.line(f"填报单位：{front.unit.name}　　报送期：{month(p.name)}（{span}）", bold=True)


def _summary(writer: Writer, front: Front) -> bool:
    """What is to be done, by when, and how; whether there is anything."""
    counts = (("missing", "未报材料 {} 份，请补报"), ("error", "差错 {} 处，须改正"), ("warning", "疑点 {} 处，请核实"))
    words = [text.format(front.count(name)) for name, text in counts if front.count(name)]
    if not words:
        writer.line("没有发现差错和疑点，不必修改。", fill="FFE2EFDA", bold=True)
        return False
    grave = front.count("missing") or front.count("error")
    writer.line(f"{'；'.join(words)}。", bold=True, fill=COLOURS["error" if grave else "warning"])
    writer.line("；".join(title for name, title in _PARTS if front.count(name)) + "。")
    writer.line(f"{answer_by(front.period)}报回。{whom_to_ask(front.campaign)}")
    if how := _how(front):
        writer.line(f"怎么办：{how}")
    if earlier := about_earlier(front.notices):
        writer.line(earlier)
    if front.marked.uncommented:
        writer.line(f"问题较多：每张表只给前 {MOST_COMMENTS} 个单元格加了批注，其余只标颜色，说明见本清单。")
    return True


def _how(front: Front) -> str:
    """How the file is used: what is coloured in it there is not for whoever sent no cells."""
    if front.marked.places:
        return (
            "点“位置”一栏的蓝字，可跳到有问题的单元格；单元格标红的是差错，标黄的是疑点，标蓝的是提示，"
            "鼠标停在上面可看说明。改好后请把各表重新报送（可直接报送改好的本文件）。"
        )
    if front.pages:
        return "请按清单逐条核对，改好后把各表重新报送（可直接在本文件所附各表上修改）。"
    if front.returns["file"].notna().any():
        return "来文中没有可以逐格标注的电子表格，请按清单逐条办理，用电子表格（Excel、WPS）报送统计表。"
    return "请用电子表格（Excel、WPS）报送各表。"


def finding(writer: Writer, front: Front, n: Notice, number: int, *, answered: bool) -> None:
    """One line; `answered`: with a cell for the unit's own words."""
    target, place, file = _target(front, n)
    spot = "\n".join(filter(None, (n.spot, file)))
    texts = (str(number), SEVERITIES[n.severity], n.form, spot, place, n.found, n.expected, n.message, n.suggestion)
    cells = writer.record((*texts, "") if answered else texts)
    writer.dress(cells[1], fill=COLOURS[n.severity], center=True)
    if target and number <= _MOST_LINKS:
        writer.link(cells[4], *target, tooltip=f"{RULE_LINE}{n.rule}")
    if answered:
        writer.aside(n.key)
    if cut := cut_out_file(front.paths, n.source):
        writer.picture(cut)


def _target(front: Front, n: Notice) -> tuple[tuple[str, str] | None, str, str]:
    """Where the link leads (a sheet of this workbook and a cell), what its text says, and the file where that must be told.

    A link stands on one line: LibreOffice does not break it.
    """
    there = front.marked.places.get((n.file, n.sheet, n.cells[0])) if n.cells else None
    if there:
        return there, shortened(there[0], n.cells[0]), _file(front, n, there[0])
    if name := front.marked.sheets.get((n.file, n.sheet)):
        return (name, "A1"), shortened(name, ""), _file(front, n, name)
    return None, n.place or "—", ""


def shortened(sheet: str, cell: str) -> str:
    """A sheet's name and a cell as the column of links holds them on one line, the name cut in the middle where it is long."""
    room = WIDTHS[4] - 2 - len(cell) - 2 * bool(cell)
    name = sheet
    while digits(name) > room:
        at = len(sheet) - (len(sheet) - len(name)) - 1
        name = f"{sheet[: at // 2]}…{sheet[len(sheet) - (at - at // 2 - 1) :]}"
    return f"{name}　{cell}" if cell else name


def _file(front: Front, n: Notice, sheet: str) -> str:
    """Which of several files a sheet came from, where its name does not tell: Sheet1 says nothing."""
    several = len({page.grid.file for page in front.pages}) > 1
    name = PurePosixPath(n.file.rpartition("!")[2]).name
    return f"（{name}）" if several and n.form not in sheet else ""
