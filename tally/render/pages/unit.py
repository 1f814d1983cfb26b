"""A unit's page: what it sent, what was read from each cell, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tally.blocks import Block, Entry, Head, Heading, Paragraph, Provenance, Run, Table, Title
from tally.catalogue import CELL_STATES, RETURN_STATES, SEVERITIES, SEVERITY_DUTIES
from tally.declare import Campaign, Field, Form
from tally.model import PeriodTables
from tally.paths import Paths
from tally.render import html
from tally.returns.summaries.measures import LABELS
from tally.totals.doubted import doubted

_NO_FORM = {"summary": "工作总结"}  # what comes beside the forms
_FINDING_HEADS = ("序号", "统计表", "行", "栏目", "填报内容", "应为", "说明", "处理建议", "文件", "工作表", "单元格")


def standing(states: Sequence[str], due: int) -> str:
    """In a word how a unit's `due` forms came, given the states of its return lines: the gravest counts."""
    came = [s for s in states if s not in ("missing", "replaced")]
    if not came:
        return "未报"
    if len(came) < due:
        return f"缺{due - len(came)}份材料"
    if "late" in came:
        return "逾期"
    return "零报告" if set(came) == {"zero return"} else "按时"


def unit_page(
    campaign: Campaign,
    period: str,
    unit: str,
    tables: PeriodTables,
    *,
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """The page `reports/<campaign>/<period>/units/<code>.html` of the unit with code or name `unit`.

    `links` are (text, address relative to the page) of the files beside it: see `unit_links`.
    """
    who = campaign.unit(unit)
    name = who.name if who != campaign.top else "市本级"
    view = _Unit(campaign, who.code, tables)
    blocks: list[Block] = [
        Title(f"{name}报送情况", campaign.issuer, lines=(f"{campaign.title}　{campaign.period(period).name}",)),
        *_records(view),
        *_figures(view),
        *_findings(view),
        Provenance(view.figures),
    ]
    return html.render(blocks, title=f"{name} {period} 报送情况", links=links)


def unit_links(paths: Paths, code: str) -> tuple[tuple[str, str], ...]:
    """What a unit's page links to: overview and report, and those of the unit's own files that are there."""
    own = (
        ("反馈表（Excel）", paths.feedback / f"{code}.xlsx"),
        ("处理记录（Notebook）", paths.runs / f"county-{code}.ipynb"),
    )
    there = ((text, f"../{path.relative_to(paths.reports).as_posix()}") for text, path in own if path.exists())
    return (("总览", "../../index.html"), ("本期报告", "../report.html"), *there)


@dataclass
class _Unit:
    """One unit's part of the tables, and the figures that its page can open."""

    campaign: Campaign
    code: str
    tables: PeriodTables

    def __post_init__(self):
        self.figures: dict[str, Any] = {}
        self.cells = {
            (c["form"], c["row"], c["field"]): c for c in self.of(self.tables.cells).fillna("").to_dict("records")
        }
        self.findings = self.of(self.tables.findings).fillna("").astype(str).to_dict("records")
        self.doubted = {cell[1:] for cell in doubted(self.campaign, self.of(self.tables.findings))}

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["unit"].astype(str) == self.code]

    def form_of(self, name: str) -> Form | None:
        return next((f for f in self.campaign.forms if f.name == name), None)


def _records(view: _Unit) -> Iterable[Block]:
    yield Heading("一、报送记录", 1, "records")
    numbers = _NO_FORM | {f.name: f"{f.number} {f.title}" for f in view.campaign.forms}
    rows = []
    for r in view.of(view.tables.returns).to_dict("records"):
        state = RETURN_STATES.get(r["state"], r["state"])
        texts = (numbers.get(r["form"], r["form"]), *(_text(r[c]) for c in ("file", "received", "due")))
        bad = "bad" if r["state"] in ("missing", "late") else ""
        rows.append((*(Entry(t) for t in texts), Entry(state, kind=bad), Entry(_text(r["sha256"])[:12], kind="muted")))
    if not rows:
        yield Paragraph((Run("本期没有收到该单位的任何材料。"),))
        return
    yield Table(
        "returns", "报送记录", _heads("统计表", "文件", "收到日期", "截止日期", "情况", "文件校验码"), tuple(rows),
        ("left", "left", "center", "center", "center", "left"),
    )  # fmt: skip


def _figures(view: _Unit) -> Iterable[Block]:
    yield Heading("二、填报数据", 1, "figures")
    for form in view.campaign.forms:
        frame = view.of(view.tables.forms[form.name])
        yield Heading(f"{form.number}　{form.title}", 2, f"form-{form.name}")
        if frame.empty:
            yield Paragraph((Run("没有可用的数据。"),))
        else:
            yield _matrix(view, form, frame) if form.layout == "matrix" else _list(view, form, frame)


def _matrix(view: _Unit, form: Form, frame: pd.DataFrame) -> Table:
    """Categories by measures; every cell opens to what was written, where, and how it was read."""
    records = {r["category"]: r for r in frame.to_dict("records")}
    rows = []
    for category in (c for c in form.categories if c.name in records):
        entries = [_cell(view, form, category.name, category.label, f, records[category.name]) for f in form.fields]
        rows.append((Entry(category.label), *entries))
    total = tuple(i for i, row in enumerate(rows) if form.total and row[0].text == form.category(form.total).label)
    heads = _heads(form.row_header or "类别", *(_label(f) for f in form.fields))
    align = ("left", *("right" for _ in form.fields))
    return Table(f"table-{form.name}", form.title, heads, tuple(rows), align, totals=total, note=_HOW)


def _cell(view: _Unit, form: Form, row: str, label: str, field: Field, record: Mapping[str, Any]) -> Entry:
    ref = f"{form.name}.{row}.{field.name}"
    cell = view.cells.get((form.name, row, field.name))
    text, kind = _shown(view, form, row, field, record[field.name])
    if cell is None:
        return Entry(text, kind=kind)
    view.figures[ref] = _figure(
        f"{label}　{field.label}", text + (field.unit if kind != "muted" else ""), [(field, cell, text)]
    )
    return Entry(text, ref=ref, kind=kind)


def _list(view: _Unit, form: Form, frame: pd.DataFrame) -> Table:
    """Records by fields; a record's number opens all its cells."""
    fields = [f for f in form.fields if f.kind != "seq"]
    rows = []
    for record in frame.sort_values("row").to_dict("records"):
        row = str(record["row"])
        entries = [Entry(t, kind=k) for t, k in (_shown(view, form, row, f, record[f.name]) for f in fields)]
        cells = [(f, c, _text(record[f.name])) for f in form.fields if (c := view.cells.get((form.name, row, f.name)))]
        view.figures[f"{form.name}.{row}"] = _figure(f"{form.title}　第{row}条", f"第{row}条", cells)
        rows.append((Entry(row, ref=f"{form.name}.{row}"), *entries))
    align = ("center", *("right" if f.numeric else "left" for f in fields))
    heads = _heads("记录", *(_label(f) for f in fields))
    return Table(f"table-{form.name}", form.title, heads, tuple(rows), align, landscape=True, note=_HOW)


def _figure(label: str, value: str, cells: Sequence[tuple[Field, Mapping[str, str], str]]) -> dict[str, Any]:
    parts = [
        {
            "label": f"{field.label}（{CELL_STATES.get(cell['state'], cell['state'])}）",
            "value": text,
            "cells": [{k: cell[k] for k in ("file", "sheet", "cell", "raw")}],
        }
        for field, cell, text in cells
    ]
    return {"label": label, "value": value, "rule": "取自该单位报送的文件，未作增减。", "parts": parts}


def _shown(view: _Unit, form: Form, row: str, field: Field, value: Any) -> tuple[str, str]:
    """What a cell shows, and how: what is in doubt stands out, what is empty says so."""
    bad = (form.name, row, field.name) in view.doubted
    if text := _text(value, field):
        return text, "bad" if bad else ""
    state = view.cells.get((form.name, row, field.name), {}).get("state", "blank")
    return ("（无法读取）", "bad") if state == "unreadable" else ("（空）", "bad" if bad else "muted")


def _text(value: Any, field: Field | None = None) -> str:
    if value is None or pd.isna(value):
        return ""
    if field and field.numeric:
        return f"{value:,}" if not float(value).is_integer() else f"{int(value):,}"
    return str(value)


def _findings(view: _Unit) -> Iterable[Block]:
    yield Heading("三、发现的问题", 1, "findings")
    if not view.findings:
        yield Paragraph((Run("没有发现问题。"),))
    for severity, word in SEVERITIES.items():
        label = f"{word}（{SEVERITY_DUTIES[severity]}）"
        found = [f for f in view.findings if f["severity"] == severity]
        if found:
            yield Heading(f"{label}：{len(found)} 条", 2, f"findings-{severity}")
            rows = tuple(_finding(view, i, f) for i, f in enumerate(found, 1))
            align = ("center", *("left" for _ in _FINDING_HEADS[1:]))
            yield Table(f"list-{severity}", label, _heads(*_FINDING_HEADS), rows, align, landscape=True)


def _finding(view: _Unit, number: int, finding: Mapping[str, str]) -> tuple[Entry, ...]:
    form = view.form_of(finding["form"])
    rows = {c.name: c.label for c in form.categories} if form else {}
    fields = {f.name: f.label for f in form.fields} if form else LABELS
    row = finding["row"]
    names = (
        form.number if form else _NO_FORM.get(finding["form"], finding["form"]),
        rows.get(row) or (f"第{row}条" if row.isdigit() else row),
    )
    texts = [*names, fields.get(finding["field"], finding["field"])]
    texts += [finding[c] for c in ("found", "expected", "message", "suggestion", "file", "sheet", "cell")]
    ref = next(
        (r for r in (f"{finding['form']}.{row}.{finding['field']}", f"{finding['form']}.{row}") if r in view.figures),
        "",
    )
    link = "" if ref or not form else f"form-{form.name}"
    return (
        Entry(str(number)),
        *(Entry(t, ref=ref if i == 5 else "", link=link if i == 5 else "") for i, t in enumerate(texts)),
    )


def _label(field: Field) -> str:
    return f"{field.label}（{field.unit}）" if field.unit else field.label


def _heads(*texts: str) -> tuple[tuple[Head, ...], ...]:
    return (tuple(Head(t) for t in texts),)


_HOW = "带虚线的数字可以点开，查看原文、读取情况和所在的文件、工作表、单元格。"
