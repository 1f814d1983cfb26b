"""The two lists that the notice asks to pass on, as Excel: to commerce and customs, and for credit publicity.

Both list the failing batches to date, with what the roster knows of each firm (credit code, address) and what
后处理措施 says; a list without batches says so, so that nobody takes it for forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

from tally.declare import Campaign, Form
from tally.model import PeriodTables
from tally.render.workbook.sheet import Workbook, height, set_page, sheet_name, width, write_text
from tally.report.follow_up import FailingBatch, asked_steps, failing_batches
from tally.returns.summaries.subject import subject_of
from tally.totals import Book, History, Totals
from tally.writing.firms import firm_key

PUNISHED, PASSED_ON, PUBLISHED = "行政处罚", "通报商务、海关", "信用公示"
_HEAD = 3  # title, issuer and day, then the header


@dataclass(frozen=True, slots=True)
class Line:
    """One failing batch with the roster's word on its firm."""

    batch: FailingBatch
    unit: str
    credit_code: str = ""
    address: str = ""

    def word_on(self, step: str) -> str:
        return "已写明" if step in self.batch.named else "未写明，待核实"


@dataclass(frozen=True)
class Handover:
    """One list to pass on: file name, the step of the notice that asks for it, title, columns (label and what stands in it), and the note below.

    {product} stands for what the campaign is about, {form} and {record} for its sampling form and a record of it, {column} for its column of follow-up.
    """

    file: str
    step: str
    title: str
    columns: tuple[tuple[str, Callable[[Line], str]], ...]
    note: str
    none: str = "截至数据日，各单位没有报送不合格{record}。"  # before the note, of a list without lines
    counted: str = "{counted}"  # behind the number of lines


_FIRM = (
    ("报送单位", lambda x: x.unit),
    ("企业名称", lambda x: x.batch.enterprise),
    ("统一社会信用代码", lambda x: x.credit_code),
    ("地址", lambda x: x.address),
    ("产品名称", lambda x: x.batch.product),
    ("规格型号", lambda x: x.batch.model),
    ("不合格项目", lambda x: x.batch.items),
)
HANDOVERS = (
    Handover(
        "commerce_customs.xlsx",
        PASSED_ON,
        "不合格{product}产品和生产企业信息通报清单（商务、海关）",
        (
            *_FIRM,
            ("不合格数量（只）", lambda x: x.batch.quantity),
            ("是否流入市场", lambda x: x.batch.entered_market),
            ("流入市场方向", lambda x: x.batch.destination),
            ("后处理措施", lambda x: x.batch.follow_up),
            ("是否已通报", lambda x: x.word_on(PASSED_ON)),
        ),
        "供通报商务、海关部门。“是否已通报”按{form}{column}栏的填报列示。",
    ),
    Handover(
        "credit_publicity.xlsx",
        PUBLISHED,
        "拟归集公示的{product}产品行政处罚和监督抽查信息清单（信用公示）",
        (
            *_FIRM,
            ("抽查结果", lambda x: "不合格"),
            ("后处理措施", lambda x: x.batch.follow_up),
            ("行政处罚", lambda x: x.word_on(PUNISHED)),
            ("是否已公示", lambda x: x.word_on(PUBLISHED)),
        ),
        "供通过国家企业信用信息公示系统归集公示。处罚决定文书号、处罚日期由办案单位补充；“行政处罚”“是否已公示”按{form}{column}栏的填报列示。",
    ),
)


def handover_workbooks(
    campaign: Campaign, period: str, tables: PeriodTables, *, timestamp: datetime, earlier: Sequence[PeriodTables] = ()
) -> dict[str, bytes]:
    """File name to content of each list; {} for a campaign without a sampling form or whose rules ask for no such step.

    `earlier` are the tables of the periods before, oldest first. The same tables and timestamp give the same bytes.
    """
    history = History(campaign, (*earlier, tables))
    totals = Totals(history, Book())
    if totals.sampling is None or totals.roster is None:
        return {}
    asked, form = asked_steps(campaign), totals.sampling.form
    lines = _lines(history, failing_batches(totals))
    due = [_worded(handover, campaign, form) for handover in HANDOVERS if handover.step in asked]
    return {h.file: _workbook(h, campaign, period, history, lines, timestamp) for h in due}


def _worded(handover: Handover, campaign: Campaign, form: Form) -> Handover:
    """The list in the campaign's own words."""
    column = form.field("follow_up").label if "follow_up" in form.field_names else ""
    words = {"product": "、".join(subject_of(campaign).parts[:1]), "form": form.number, "column": column}
    words |= {"record": form.record, "counted": form.counted}
    worded = {name: getattr(handover, name).format(**words) for name in ("title", "note", "none", "counted")}
    return replace(handover, **worded)


def _lines(history: History, batches: Sequence[FailingBatch]) -> list[Line]:
    """The batches with what the unit's own roster, else any unit's, says of the firm."""
    known = _roster_facts(history)
    lines = []
    for batch in batches:
        key = firm_key(batch.enterprise)
        code, address = known.get((batch.unit, key)) or known.get(("", key)) or ("", "")
        lines.append(Line(batch, history.units[batch.unit], code, address))
    return lines


def _roster_facts(history: History) -> dict[tuple[str, str], tuple[str, str]]:
    """(unit, firm) -> credit code and address; under the unit "" what whichever unit says first."""
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for form in history.campaign.forms:
        names = {f.name for f in form.fields}
        if form.layout == "list" and {"enterprise", "credit_code", "address"} <= names:
            rows = history.rows(form, to_date=True)
            for unit, name, code, address in zip(*(rows[c] for c in _ROSTER), strict=True):
                key, facts = firm_key(name), (_text(code), _text(address))
                known[str(unit), key] = facts
                known.setdefault(("", key), facts)
    return known


_ROSTER = ("unit", "enterprise", "credit_code", "address")


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _workbook(
    handover: Handover, campaign: Campaign, period: str, history: History, lines: list[Line], timestamp: datetime
) -> bytes:
    content = BytesIO()
    options = {"in_memory": True, "default_format_properties": {"font_name": "宋体", "font_size": 10.5}}
    with xlsxwriter.Workbook(content, options) as file:
        properties = {"title": handover.title, "author": campaign.issuer, "created": timestamp.replace(tzinfo=None)}
        file.set_properties(properties)
        _write(Workbook.of(file, campaign.period(period), history), handover, lines)
    return content.getvalue()


def _width(head: str, texts: Sequence[str]) -> float:
    return max(width(texts), min(width([head]), 12))


def _write(book: Workbook, handover: Handover, lines: list[Line]) -> None:
    sheet = book.file.add_worksheet(sheet_name("清单"))
    heads = ("序号", *(label for label, _ in handover.columns))
    last, end = len(heads) - 1, book.period.end
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, last, handover.title, book.style("title"))
    dated = (
        f"{book.campaign.issuer}　　数据截至{end.year}年{end.month}月{end.day}日　　共{len(lines)}{handover.counted}"
    )
    sheet.merge_range(1, 0, 1, last, dated, book.style("line"))
    columns = [column for _, column in handover.columns]
    texts = []
    for n, line in enumerate(lines, 1):
        texts.append([str(n), *(column(line) for column in columns)])
    widths = [_width(head, [row[c] for row in texts]) for c, head in enumerate(heads)]
    sheet.set_row(_HEAD - 1, 32)
    for c, head in enumerate(heads):
        sheet.set_column(c, c, widths[c])
        write_text(book, sheet, _HEAD - 1, c, head, "head")
    for r, row in enumerate(texts, _HEAD):
        sheet.set_row(r, height(row, widths))
        for c, text in enumerate(row):
            write_text(book, sheet, r, c, text, "text" if c else "label")
    foot = _HEAD + len(texts)
    note = handover.note if lines else f"{handover.none}{handover.note}"
    sheet.set_row(foot, 32)
    sheet.merge_range(foot, 0, foot, last, note, book.style("note"))
    sheet.freeze_panes(_HEAD, 3)
    sheet.repeat_rows(_HEAD - 1)
    set_page(sheet)
