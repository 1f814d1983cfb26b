"""The records of the three forms as cells: each with its shown value, its key and what it means."""

from __future__ import annotations

from decimal import Decimal

from samples import wording
from samples.sheet import Cell
from samples.styles import Style
from samples.truth import CATEGORIES, CUMULATIVE, PARTS, Batch, Firm, UnitTruth, Value

Rows = tuple[list[list[Cell]], list[tuple[int, int, int, int]]]
OTHER_BRACKETS = str.maketrans({"（": " (", "）": ") ", "(": "（", ")": "）"})
FIRM_COLUMNS = ("production_status", "enterprise_size", "established")


def case_records(truth: UnitTruth, style: Style, fields: tuple[str, ...], head: int) -> Rows:
    """Seven categories and the total, first or last."""
    order = ("total", *PARTS) if style.total_first else (*PARTS, "total")
    rows = []
    for i, category in enumerate(order):
        cells = [_figure(truth, category, f, style, i * len(fields) + k) for k, f in enumerate(fields)]
        rows.append([Cell(_label(category, style), "text"), *cells])
    return rows, []


def _label(category: str, style: Style) -> str:
    if category == "total":
        return style.total
    return CATEGORIES[category].removesuffix("案件") if style.categories == "short" else CATEGORIES[category]


def _figure(truth: UnitTruth, category: str, name: str, style: Style, at: int) -> Cell:
    key = ("cases", category, name)
    value = truth.cases[category][name]
    if style.only_total and name in CUMULATIVE[:2] and category != "total":
        return Cell(None, key=key)
    if not value:
        return Cell(style.zero, key=key, means=wording.zero(style.zero, name))
    if category == "total" and style.sums:
        return Cell(wording.number(value, "native", name), key=key, means=value, above=len(PARTS))
    return Cell(wording.number(value, style.numbers, name, at), key=key, means=value)


def enterprise_records(truth: UnitTruth, style: Style, fields: tuple[str, ...], head: int) -> Rows:
    """One firm a row; a unit without any writes 零报告."""
    if not truth.firms:
        nothing = [Cell("零报告（辖区内无非医用口罩生产企业）", "text"), *[Cell(None, "text")] * (len(fields) - 1)]
        return [nothing], [(head, 0, head, len(fields) - 1)]
    return [
        [_listed("enterprises", str(i), f, _firm_value(firm, f, i), style) for f in fields]
        for i, firm in enumerate(truth.firms, 1)
    ], []


def _firm_value(firm: Firm, name: str, i: int) -> Value:
    return i if name == "seq" else getattr(firm, name)


def sampling_records(truth: UnitTruth, style: Style, fields: tuple[str, ...], head: int) -> Rows:
    """One batch a row; with `merge_firms` the batches of a firm stand together under its merged name."""
    batches = sorted(truth.batches, key=lambda b: b.enterprise) if style.merge_firms else truth.batches
    rows = [
        [_listed("sampling", str(i), f, _batch_value(batch, f, i, style), style) for f in fields]
        for i, batch in enumerate(batches, 1)
    ]
    return rows, _merged_firms(rows, fields, head) if style.merge_firms else []


def _batch_value(batch: Batch, name: str, i: int, style: Style) -> Value:
    if name == "seq":
        return i
    if name == "enterprise" and style.other_brackets:
        return batch.enterprise.translate(OTHER_BRACKETS)
    if name in FIRM_COLUMNS:
        return getattr(batch.firm, name) if batch.firm and style.firm_columns else None
    return getattr(batch, name)


def _merged_firms(rows: list[list[Cell]], fields: tuple[str, ...], head: int) -> list[tuple[int, int, int, int]]:
    c, merges, start = fields.index("enterprise"), [], 0
    for r in range(1, len(rows) + 1):
        if r < len(rows) and rows[r][c].means == rows[start][c].means:
            rows[r][c] = Cell(None, "text", rows[r][c].key, rows[r][c].means)
            continue
        if r - start > 1:
            merges.append((head + start, c, head + r - 1, c))
        start = r
    return merges


def _listed(form: str, row: str, name: str, value: Value, style: Style) -> Cell:
    key = (form, row, name)
    if value is None:
        quiet = name in (*FIRM_COLUMNS, "remarks", "assistance")
        return Cell(None if quiet else style.empty, "text", key)
    look = "body" if isinstance(value, int | Decimal) else "text"
    return Cell(_shown(name, value, style), look, key, value)


def _shown(name: str, value: Value, style: Style) -> object:
    match name:
        case "seq":
            return value
        case "failed_quantity" | "daily_capacity":
            return wording.number(value, style.numbers, name)
        case "contact_phone":
            return float(value) if style.phones == "number" and value.isdigit() else value
        case "established":
            return wording.day(value, style.dates)
        case "result":
            return wording.RESULTS[style.results][value]
        case "entered_market":
            return wording.YES[style.yes][value]
        case "production_status":
            return wording.STATUSES[style.statuses].get(value, value)
        case "enterprise_size":
            return wording.SIZES[style.sizes].get(value, value)
    return value
