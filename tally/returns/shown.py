"""What county.ipynb shows of one unit's return: what came, what was read, what was repaired, what was found."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from tally.blocks import Chart, Entry, Head, Table
from tally.blocks.bars import bars
from tally.blocks.section import Section
from tally.catalogue import RETURN_STATES, SEVERITIES, place_in_words
from tally.check.alike import and_more, first_of_each
from tally.declare import Campaign, Field, Form
from tally.model import NOT_AS_WRITTEN, Finding
from tally.returns.unit import UnitReturn
from tally.rules.view import values_of

_MOST = 200  # rows shown in a notebook; the Parquet tables hold all


def received(read: UnitReturn, campaign: Campaign) -> Table:
    """Form by form: the state, the files counted and when they came."""
    body = []
    for form in campaign.forms:
        ret = read.returns[form.name]
        files = "；".join(f.path for f in ret.files)
        day = max((f.received.isoformat() for f in ret.files), default="")
        body.append((Entry(f"{form.number} {form.title}"), Entry(RETURN_STATES[ret.state]), Entry(day), Entry(files)))
    summary = read.summary
    body.append(
        (
            Entry("工作总结"),
            Entry("已收" if summary else "未报"),
            Entry(summary.file.received.isoformat() if summary else ""),
            Entry(summary.name if summary else ""),
        )
    )
    return _table("received", f"{read.unit.name}：收到的材料", ("材料", "状态", "收文日期", "文件"), body)


def values(read: UnitReturn, campaign: Campaign) -> Section:
    """The values read of each form that came."""
    return Section(_values(form, read) for form in campaign.forms if len(read.returns[form.name].frame))


def _values(form: Form, read: UnitReturn) -> Table:
    frame = read.returns[form.name].frame.iloc[:_MOST]
    first = {c.name: c.label for c in form.categories} if form.layout == "matrix" else {}
    labels = (first.get(key, str(key)) for key in frame.index)
    columns = [map(_text, values_of(frame[f.name])) for f in form.fields]
    body = [tuple(map(Entry, row)) for row in zip(labels, *columns, strict=True)]
    heads = ("行", *(f.label + (f"（{f.unit}）" if f.unit else "") for f in form.fields))
    return _table(form.name, f"{form.title}：读取结果", heads, body)


def repairs(read: UnitReturn, campaign: Campaign) -> Table:
    """Every cell whose text was not taken as it stood."""
    body = []
    for form in campaign.forms:
        cells = read.returns[form.name].cells
        at = [i for i, state in enumerate(values_of(cells["state"])) if state in NOT_AS_WRITTEN][:_MOST]
        columns = (values_of(cells[c].take(at)) for c in ("row", "field", "raw", "value", "file", "sheet", "cell"))
        for row, field, raw, value, file, sheet, cell in zip(*columns, strict=True):
            where = f"{form.field(field).label}（{_row_label(form, row)}）"
            texts = (form.number, where, _text(raw), _text(value), f"{file} {_text(sheet)} {cell}")
            body.append(tuple(map(Entry, texts)))
    return _table("repairs", "修正读取的单元格", ("表", "项目", "原文", "读作", "位置"), body)


def findings(read: UnitReturn) -> Table:
    """Errors first, then warnings; notes are in the list of repairs."""
    order = {"error": 0, "warning": 1}
    findings = sorted((f for f in read.all_findings if f.severity in order), key=lambda f: order[f.severity])
    body = []
    for f, more in first_of_each(findings, lambda f: (f.rule, f.form, f.field)):
        body.append(_told(f))
        if more:
            body.append((Entry("……"), Entry(and_more(more)), Entry(""), Entry("")))
    return _table("findings", f"差错与疑点（{len(findings)} 条）", ("类别", "问题", "位置", "建议"), body)


def _told(f: Finding) -> tuple[Entry, ...]:
    severity = Entry(SEVERITIES[f.severity], kind="bad" if f.severity == "error" else "")
    return (severity, Entry(f.message), Entry(place_in_words(f.file, f.sheet, f.cell)), Entry(f.suggestion))


def chart(read: UnitReturn, campaign: Campaign) -> Chart | None:
    """The first count that a matrix form's categories add up, as bars; None where none of them was read."""
    for form in campaign.forms:
        measure = next((f for f in form.fields if f.kind == "count" and not f.cumulative), None)
        if form.layout == "matrix" and measure and (drawn := _bars(form, measure, read)):
            return drawn
    return None


def _bars(form: Form, measure: Field, read: UnitReturn) -> Chart | None:
    column = read.returns[form.name].frame[measure.name]
    rows = [(c.label, int(column[c.name])) for c in form.parts if pd.notna(column[c.name])]
    if not rows:
        return None
    alt = "；".join(f"{label}{n}{measure.unit}" for label, n in rows)
    caption = f"{read.unit.name}各类{measure.label}（{measure.unit}）"
    return bars("county-cases", caption, alt, [(label, max(n, 0), str(n)) for label, n in rows])


def _row_label(form: Form, row: str) -> str:
    return form.category(row).label if form.layout == "matrix" else f"第{row}行"


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _table(id: str, caption: str, heads: tuple[str, ...], body: Iterable[tuple[Entry, ...]]) -> Table:
    return Table(id, caption, (tuple(Head(h) for h in heads),), tuple(body), tuple("left" for _ in heads))
