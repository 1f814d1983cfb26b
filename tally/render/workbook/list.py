"""A list form: all units' records on one sheet, with the unit beside each, ready to sort and filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tally.declare import Field, Form
from tally.render.workbook.sheet import (
    Workbook,
    comment,
    heading,
    height,
    number,
    number_format,
    open_form,
    width,
    write_text,
    write_value,
)
from tally.report import marks
from tally.totals.figures import total
from tally.writing.numbers import exact

_HEAD = 3
_BEFORE = ("序号", "填报单位")  # numbered through; each unit's own number stands in the last column
_AFTER = "本单位序号"
_A3 = 8  # Excel's number of the paper
_PRINTED = 250.0  # digits across an A3 page at which texts are still 8 points high
Records = Sequence[Mapping[str, Any]]
_LEAST = 10.0  # digits; narrower columns stay as they are


def write_list(book: Workbook, form: Form) -> None:
    """The sheet of a list form; the column of the units' own record numbers is on screen, not in print."""
    fields = [f for f in form.fields if f.kind != "seq"]
    last_col = len(_BEFORE) + len(fields) - 1
    sheet = open_form(book, form, form.number, book.campaign.issuer, last_col + 1)
    sheet.set_paper(_A3)
    records = _records(book, form)
    formats = {f.name: number_format(f) for f in fields if f.numeric}
    widths = _header(book, sheet, fields, records)
    for at, record in enumerate(records):
        sheet.set_row(_HEAD + 1 + at, height([_text(record[f.name]) for f in fields], widths))
        _record(book, sheet, form, fields, formats, at, record)
    end = _HEAD + len(records)
    sheet.autofilter(_HEAD, 0, end, last_col + 1)
    sheet.freeze_panes(_HEAD + 1, len(_BEFORE))
    _totals(book, sheet, fields, formats, records, end + 1)
    note_row = end + 2
    sheet.set_row(note_row, 32)
    sheet.merge_range(note_row, 0, note_row, last_col, _note(book, form, len(records)), book.style("note"))
    sheet.print_area(0, 0, note_row, last_col)
    sheet.repeat_rows(_HEAD)


def _records(book: Workbook, form: Form) -> list[Mapping[str, Any]]:
    """The records that count, by unit in the campaign's order and in the order in which each unit gave them."""
    history = book.history
    order = {code: i for i, code in enumerate(history.units)}
    records = history.rows(form, to_date=True).to_dict("records")
    return sorted(records, key=lambda r: (order[str(r["unit"])], r["period"], int(r["row"])))


def _header(book: Workbook, sheet: Worksheet, fields: list[Field], records: Records) -> list[float]:
    """Writes the header and sets the columns' widths; gives those of `fields`."""
    texts_of = {f.name: [_text(r[f.name]) for r in records] for f in fields}
    widths = [max(width(texts_of[f.name]), min(width([f.label]), 12)) for f in fields]
    widths = _fitted(widths, _PRINTED)
    unit_width = width([_BEFORE[1], *(book.unit_name(str(r["unit"])) for r in records)])
    texts = (*_BEFORE, *(heading(f) for f in fields), _AFTER)
    sheet.set_row(_HEAD, 48)
    for c, (text, wide) in enumerate(zip(texts, (7, unit_width, *widths, 11), strict=True)):
        write_text(book, sheet, _HEAD, c, text, "head")
        sheet.set_column(c, c, wide)
    return widths


def _fitted(widths: list[float], room: float) -> list[float]:
    """The widths, the wider ones made narrower where all together would be printed too small."""
    narrow = sum(wide for wide in widths if wide <= _LEAST)
    broad = sum(wide for wide in widths if wide > _LEAST)
    if not broad or narrow + broad <= room:
        return widths
    scale = max(room - narrow, 0.0) / broad
    return [wide if wide <= _LEAST else max(wide * scale, _LEAST) for wide in widths]


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _record(
    book: Workbook,
    sheet: Worksheet,
    form: Form,
    fields: Sequence[Field],
    formats: Mapping[str, str],
    at: int,
    record: Mapping[str, Any],
) -> None:
    r, unit, row = _HEAD + 1 + at, str(record["unit"]), str(record["row"])
    now = record["period"] == book.period.name  # what is in doubt is this period's
    sheet.write_number(r, 0, at + 1, book.style("label"))
    write_text(book, sheet, r, 1, book.unit_name(unit), "label")
    for c, f in enumerate(fields, len(_BEFORE)):
        wrong = book.doubted.get((unit, form.name, row, f.name)) if now else None
        write_value(book, sheet, r, c, record[f.name], f, formats.get(f.name, ""), bool(wrong))
        if wrong:
            comment(sheet, r, c, wrong)
    sheet.write_number(r, len(_BEFORE) + len(fields), int(record["row"]), book.style("label"))


def _totals(
    book: Workbook, sheet: Worksheet, fields: list[Field], formats: Mapping[str, str], records: Records, row: int
) -> None:
    """合计: the number of records, and a live sum below every column of quantities."""
    write_text(book, sheet, row, 0, "合计", "total")
    write_text(book, sheet, row, 1, f"共{len(records)}条", "total")
    for c, f in enumerate(fields, len(_BEFORE)):
        value = number(total(exact(r[f.name]) for r in records)) if f.summed else None
        if value is None:
            sheet.write_blank(row, c, None, book.style("total"))
            continue
        places = f"{xl_rowcol_to_cell(_HEAD + 1, c)}:{xl_rowcol_to_cell(row - 1, c)}"
        sheet.write_formula(row, c, f"=SUM({places})", book.style("text", number=formats[f.name], bold=True), value)


def _note(book: Workbook, form: Form, records: int) -> str:
    zero = [book.unit_name(u) for u, state in book.states(form).items() if state == "zero return"]
    missing = [book.unit_name(u) for u in book.missing(form)]
    parts = [f"注：共 {records} 条记录"]
    if zero:
        parts.append(f"零报告：{'、'.join(zero)}")
    if missing:
        parts.append(f"未报：{'、'.join(missing)}")
    if carried := book.carried(form):
        parts.append(carried)
    return "；".join(parts) + "。" + marks.note("，详见批注和“问题清单”")
