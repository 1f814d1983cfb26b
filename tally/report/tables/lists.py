"""Tables of the list forms: sampling by unit, size and item; manufacturers and coverage; the full lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from tally.blocks import RIGHT, Align, Entry, Head, Table
from tally.declare import Field, Form
from tally.report.phrases import several
from tally.report.tables.matrix import doubt_note, entry, marks, missing_note, row
from tally.totals import Totals
from tally.totals.figures import TO_DATE, percent, printed, wilson
from tally.totals.sampling import FAILING, item_names, size_names
from tally.writing.numbers import plain
from tally.writing.periods import month

MOST_LISTED = 1_000  # records of one form in an annex
_OF_THE_FIRM = (
    "result",
    "production_status",
    "enterprise_size",
    "established",
)  # nothing of the batch: they would crowd its list
MOST_FIRMS = 300  # in a list within the report
_SAMPLED = ("firms", "batches", "failing", "failing_rate")


def range_note(form: Form) -> str:
    """What the interval beside a rate means."""
    return f"大致范围：{form.act}{form.record}有限，实际的不合格率约有95%的把握在此范围内；{form.record}越少范围越宽，范围重叠的不宜据此排名。"


def sampling_by_unit(totals: Totals, form: Form, id: str, caption: str) -> Table:
    """Firms, batches, failing, rate with its 95 % interval, unit by unit and together."""
    places = [(name, "sampling", f"@{code}") for code, name in totals.history.units.items()]
    rows = [*places, (f"{totals.history.whole}合计", "sampling", "")]
    note = range_note(form) + missing_note(totals, form.name)
    return _sampled(totals, form, id, caption, "报送单位", rows, note, last=True)


def sampling_by_size(totals: Totals, form: Form, id: str, caption: str) -> Table | None:
    """The same by firm size; None if no size is known."""
    field = next((f for f in form.fields if f.name == "enterprise_size"), None)
    order = tuple(c.name for c in field.choices) if field else ()
    rows = [(size, f"sampling.size.{size}", "") for size in size_names(totals.book, order)]
    note = f"{range_note(form)}规模以{form.act}表填报为准，未填的按企业名称取自生产企业表。"
    return _sampled(totals, form, id, caption, "企业规模", rows, note, last=False) if rows else None


def _sampled(
    totals: Totals,
    form: Form,
    id: str,
    caption: str,
    first: str,
    rows: Sequence[tuple[str, str, str]],
    note: str,
    *,
    last: bool,
) -> Table:
    measures = [f".{m}{TO_DATE}" for m in _SAMPLED]
    body = tuple(
        (*row(totals, name, measures, at, before=stem), _interval(totals, stem, at)) for name, stem, at in rows
    )
    labels = (f"{form.act}企业（家）", f"{form.act}{form.record}", f"不合格{form.record}", "不合格发现率（%）")
    head = (tuple(map(Head, (first, *labels, "大致范围（%）"))),)
    ends = (len(body) - 1,) if last else ()
    return Table(
        id,
        caption,
        head,
        body,
        ("left", *[RIGHT] * 5),
        (2, 1.4, 1.4, 1.4, 1.6, 2),
        note=marks(body) + note + doubt_note(totals, body),
        totals=ends,
    )


def _interval(totals: Totals, stem: str, at: str) -> Entry:
    failing, batches = (totals.book.count(f"{stem}.{m}{TO_DATE}{at}") for m in ("failing", "batches"))
    bounds = wilson(failing, batches)
    return Entry(f"{bounds[0]}～{bounds[1]}") if bounds else Entry("—", kind="muted")


def failing_item_table(totals: Totals, form: Form, id: str, caption: str) -> Table | None:
    """Failing items, most frequent first; None if there are none."""
    items = item_names(totals.book)
    if not items:
        return None
    failing = totals.book.count(f"sampling.failing{TO_DATE}")
    body = tuple(
        (
            Entry(name),
            entry(totals, f"sampling.items.{name}{TO_DATE}"),
            Entry(printed(percent(n, failing) or Decimal(0), 2)),
        )
        for name, n in items
    )
    head = (tuple(Head(t) for t in ("不合格项目", form.record, f"占不合格{form.record}（%）")),)
    note = f"一{form.each or '个'}{form.record}可有多个不合格项目，占比之和可超过100%。" + doubt_note(totals, body)
    return Table(id, caption, head, body, ("left", "right", "right"), (3, 1, 1.5), note=note)


def manufacturers(totals: Totals, form: Form, id: str, caption: str) -> Table:
    """Manufacturers by status and size, and coverage, unit by unit."""
    statuses = _present(totals, form, "production_status", "status")
    sizes = _present(totals, form, "enterprise_size", "size")
    columns = [("家数", "enterprises.count"), *((s, f"enterprises.status.{s}") for s in statuses)]
    columns += [(s, f"enterprises.size.{s}") for s in sizes]
    act = totals.sampling.form.act if totals.sampling else ""
    covered = [(f"已{act}", "coverage.sampled"), ("覆盖率（%）", "coverage.rate")] if totals.sampling else []
    columns += covered
    units = totals.history.units
    refs = [ref for _, ref in columns]
    body = [row(totals, name, refs, f"@{code}") for code, name in units.items()]
    body.append(row(totals, f"{totals.history.whole}合计", refs))
    first = [Head("报送单位", rowspan=2), Head("家数", rowspan=2)]
    groups = [("企业生产状况", statuses), ("企业规模", sizes), (f"在产企业{act}", [label for label, _ in covered])]
    first += [Head(label, colspan=len(names)) for label, names in groups if names]
    head = (tuple(first), tuple(Head(t) for _, names in groups for t in names))
    n = len(columns)
    note = marks(body) + (f"覆盖率＝已{act}的在产企业÷在产企业，停产、转产、注销的不计。" if covered else "")
    note += missing_note(totals, form.name) + doubt_note(totals, body)
    return Table(id, caption, head, tuple(body), ("left", *[RIGHT] * n), (2, *[1] * n), note=note, totals=(len(body) - 1,))  # fmt: skip


def _present(totals: Totals, form: Form, field: str, stem: str) -> list[str]:
    declared = next((f for f in form.fields if f.name == field), None)
    order = [c.name for c in declared.choices] if declared else []
    return [s for s in (*order, "未注明") if f"enterprises.{stem}.{s}" in totals.book]


def firms(totals: Totals, rows: pd.DataFrame, id: str, caption: str, reason: str) -> Table | None:
    """A short list of firms with unit and status (`reason` heads the last column); None if there are none."""
    if not len(rows):
        return None
    every, rows = len(rows), rows.iloc[:MOST_FIRMS]
    last = next((rows[c] for c in ("status", "product_name") if c in rows), [""] * len(rows))
    names = zip(rows["unit"], rows["enterprise"], last, strict=True)
    body = tuple(
        (Entry(str(i)), Entry(totals.history.units[u]), Entry(shown(e)), Entry(shown(s)))
        for i, (u, e, s) in enumerate(names, 1)
    )
    head = (tuple(Head(t) for t in ("序号", "报送单位", "企业名称", reason)),)
    note = f"共 {every:,} 家，此处列前 {MOST_FIRMS:,} 家。" if every > MOST_FIRMS else ""
    return Table(
        id, caption, head, body, ("center", "left", "left", "left"), (0.8, 1.6, 4, 1.6), note=note, only="screen"
    )


def full_list(totals: Totals, form: Form, id: str, caption: str) -> Table:
    """Every record of a list form to date, with its unit, numbered through; for a landscape page."""
    return _listed(totals, form, totals.history.rows(form, to_date=True), id, caption)


def failing_list(totals: Totals, form: Form, id: str, caption: str) -> Table | None:
    """The failing batches to date in full; None if there are none."""
    rows = totals.history.rows(form, to_date=True)
    failing = rows[rows["result"].fillna("") == FAILING]
    return _listed(totals, form, failing, id, caption, without=_OF_THE_FIRM) if len(failing) else None


def _listed(
    totals: Totals, form: Form, every: pd.DataFrame, id: str, caption: str, without: tuple[str, ...] = ()
) -> Table:
    """Records with all their columns; one that is empty throughout is left out where some are left out.

    Of a very long list its beginning: what nobody leafs through is in forms.xlsx, and the note says so.
    """
    rows = every.iloc[:MOST_LISTED]
    fields = [f for f in form.fields if f.kind != "seq" and f.name not in without]
    if without:
        fields = [f for f in fields if rows[f.name].notna().any()]
    units = totals.history.units
    columns = [map(shown, rows[f.name].astype(object)) for f in fields]
    texts = enumerate(zip(rows["unit"], *columns, strict=True), 1)
    body = tuple(tuple(map(Entry, (str(n), units[unit], *values))) for n, (unit, *values) in texts)
    labels = [f.label + (f"（{f.unit}）" if f.unit else "") for f in fields]
    head = (tuple(map(Head, ("序号", "报送单位", *labels))),)
    align: tuple[Align, ...] = ("center", "left", *("right" if f.numeric else "left" for f in fields))
    widths = (0.7, 1.2, *(_width(f) for f in fields))
    note = missing_note(totals, form.name) + carried_note(totals, form.name) + cut_note(len(every), len(rows))
    return Table(id, caption, head, body, align, widths, note=note, landscape=True)


def cut_note(every: int, listed: int) -> str:
    """That a list stands here in part, "" where it is whole."""
    return f"共 {every:,} 条，此处列前 {listed:,} 条，全部见 forms.xlsx。" if listed < every else ""


def carried_note(totals: Totals, form: str) -> str:
    """Which units' earlier lists stand in for this period's."""
    alike: dict[str, list[str]] = {}
    for code, period in totals.history.carried(form).items():
        alike.setdefault(period, []).append(totals.history.units[code])
    clauses = [f"{several(who)}沿用{month(period)}" for period, who in alike.items()]
    return f"{'、'.join(clauses)}报送的名单。" if clauses else ""


def _width(field: Field) -> float:
    if field.confidential == "firm" or field.name == "address":
        return 2.6
    return 1.8 if field.kind == "credit_code" or (field.kind == "text" and not field.confidential) else 1.1


def shown(value: object) -> str:
    """A list's value as printed: dates as 2021-05-06, whole numbers plain, null as ""."""
    if value is None or value is pd.NA or pd.isna(value):
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return plain(value)
    return str(value)
