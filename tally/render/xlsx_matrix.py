"""A matrix form: the city's sheet summed over the units' sheets, units by measures, and a sheet a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tally.declare import Form
from tally.render.xlsx_sheet import (
    Workbook,
    comment,
    exact_sum,
    heading,
    number,
    number_format,
    open_form,
    sheet_name,
    width,
    write_text,
)

_HEAD = 3  # 0-based row of the header; the categories follow it
_LONGEST_FORMULA = 8_000  # Excel takes 8,192 characters
Number = int | float | None


@dataclass(frozen=True)
class Matrix:
    """A form's reported values: `value(unit, category, field)` is None where nothing usable was written."""

    form: Form
    values: Mapping[tuple[str, str, str], Number]
    formats: Mapping[str, str]  # field -> number format, the same on every sheet
    codes: Sequence[str]

    def value(self, code: str, category: str, name: str) -> Number:
        return self.values.get((code, category, name))

    def total(self, category: str, name: str) -> Number:
        """The city's figure: the sum over the units, of 合计 as of any other row."""
        return exact_sum([self.value(code, category, name) for code in self.codes])


def write_matrix(book: Workbook, form: Form) -> None:
    """The city's sheet, summed over the sheets that `write_units` makes."""
    _city(book, _matrix(book, form))


def write_units(book: Workbook, form: Form) -> None:
    """The units side by side, then each unit's sheet as it reported."""
    matrix = _matrix(book, form)
    _by_unit(book, matrix)
    for code in matrix.codes:
        _unit(book, matrix, code)


def _matrix(book: Workbook, form: Form) -> Matrix:
    frame = book.tables.forms[form.name]
    values = {}
    for record in frame.to_dict("records"):
        for f in form.fields:
            values[str(record["unit"]), str(record["category"]), f.name] = number(record[f.name])
    formats = {
        f.name: number_format(f, [v for (_, _, name), v in values.items() if name == f.name]) for f in form.fields
    }
    return Matrix(form, values, formats, book.codes(form))


def _unit_sheet(book: Workbook, form: Form, code: str) -> str:
    return sheet_name(f"{form.number}-{book.unit_name(code)}")


def _city(book: Workbook, matrix: Matrix) -> None:
    form = matrix.form
    sheet = open_form(book, form, form.number, book.campaign.issuer, len(form.fields) + 1)

    def write(row: int, col: int, category: str, name: str) -> None:
        places = [_at(book, form, code, row, col) for code in matrix.codes]
        bold = category == form.total
        style = book.style("text", number=matrix.formats[name], bold=bold)
        _write_sum(sheet, row, col, ",".join(places), matrix.total(category, name), style)

    last = _body(book, sheet, form, write)
    _notes(book, sheet, last + 1, len(form.fields), _city_notes(book, matrix))


def _at(book: Workbook, form: Form, code: str, row: int, col: int) -> str:
    """The address of a cell on a unit's sheet, as a formula writes it."""
    name = _unit_sheet(book, form, code).replace("'", "''")
    return f"'{name}'!{xl_rowcol_to_cell(row, col)}"


def _write_sum(sheet: Worksheet, row: int, col: int, places: str, value: Number, style) -> None:
    """A live sum with its stored value; where there is nothing to add the cell stays empty, not 0."""
    formula = f"=SUM({places})" if value is not None else f'=IF(COUNT({places})=0,"",SUM({places}))'
    if not places or len(formula) > _LONGEST_FORMULA:
        sheet.write(row, col, value, style)
    else:
        sheet.write_formula(row, col, formula, style, "" if value is None else value)


def _body(book: Workbook, sheet: Worksheet, form: Form, write: Callable[[int, int, str, str], None]) -> int:
    """The header and a row a category, each cell by `write(row, col, category, field)`; the last row's number."""
    _header(book, sheet, form, form.row_header or "类别")
    for r, category in enumerate(form.categories, _HEAD + 1):
        sheet.set_row(r, 32)
        write_text(book, sheet, r, 0, category.label, "total" if category.name == form.total else "label")
        for c, f in enumerate(form.fields, 1):
            write(r, c, category.name, f.name)
    sheet.freeze_panes(_HEAD + 1, 1)
    return _HEAD + len(form.categories)


def _header(book: Workbook, sheet: Worksheet, form: Form, corner: str) -> None:
    sheet.set_row(_HEAD, 52)
    write_text(book, sheet, _HEAD, 0, corner, "head")
    sheet.set_column(0, 0, width([corner, *(c.label for c in form.categories)]) + 2)
    for c, f in enumerate(form.fields, 1):
        write_text(book, sheet, _HEAD, c, heading(f), "head")
        sheet.set_column(c, c, max(12, width([f.label])))
    sheet.repeat_rows(_HEAD)


def _by_unit(book: Workbook, matrix: Matrix) -> None:
    form = matrix.form
    sheet = open_form(book, form, f"{form.number}分单位", book.campaign.issuer, len(form.fields) + 1)
    _header(book, sheet, form, "填报单位")
    at_total = _HEAD + 1 + [c.name for c in form.categories].index(form.total)
    rows = [*matrix.codes, *(code for code in book.missing(form))]
    for r, code in enumerate(rows, _HEAD + 1):
        sheet.set_row(r, 24)
        name = book.unit_name(code)
        write_text(book, sheet, r, 0, name if code in matrix.codes else f"{name}（未报）", "label")
        for c, f in enumerate(form.fields, 1):
            _write_link(book, sheet, matrix, code, (r, c), at_total, f.name)
    last = _HEAD + len(rows)
    sheet.set_row(last + 1, 24)
    write_text(book, sheet, last + 1, 0, "合计", "total")
    for c, f in enumerate(form.fields, 1):
        places = f"{xl_rowcol_to_cell(_HEAD + 1, c)}:{xl_rowcol_to_cell(last, c)}" if rows else ""
        style = book.style("text", number=matrix.formats[f.name], bold=True)
        _write_sum(sheet, last + 1, c, places, matrix.total(form.total, f.name), style)
    sheet.freeze_panes(_HEAD + 1, 1)
    _notes(book, sheet, last + 2, len(form.fields), ["各单位数据取自其报表合计行。"])


def _write_link(book: Workbook, sheet: Worksheet, matrix: Matrix, code: str, at: tuple[int, int], row: int, name: str):
    """A unit's figure as a reference to its own sheet; empty stays empty (a reference would show 0)."""
    value, form = matrix.value(code, matrix.form.total, name), matrix.form
    wrong = book.errors.get((code, form.name, form.total, name))
    style = book.style("text", number=matrix.formats[name], bad=bool(wrong))
    if value is None:
        sheet.write_blank(*at, None, style)
    else:
        sheet.write_formula(*at, f"={_at(book, form, code, row, at[1])}", style, value)
    if wrong:
        comment(sheet, *at, wrong)


def _unit(book: Workbook, matrix: Matrix, code: str) -> None:
    form = matrix.form
    sheet = open_form(book, form, _unit_sheet(book, form, code), book.office(code), len(form.fields) + 1)

    def write(row: int, col: int, category: str, name: str) -> None:
        wrong = book.errors.get((code, form.name, category, name))
        style = book.style("text", number=matrix.formats[name], bad=bool(wrong), bold=category == form.total)
        sheet.write(row, col, matrix.value(code, category, name), style)
        if wrong:
            comment(sheet, row, col, wrong)

    last = _body(book, sheet, form, write)
    _notes(
        book,
        sheet,
        last + 1,
        len(form.fields),
        ["本表为该单位上报数据；标红单元格有未更正的错误，详见批注和“数据质量清单”。"],
    )


def _city_notes(book: Workbook, matrix: Matrix) -> list[str]:
    form, missing = matrix.form, book.missing(matrix.form)
    due, names = len(book.campaign.units), "、".join(book.unit_name(c) for c in missing)
    notes = [f"应报 {due} 家，已报 {due - len(missing)} 家" + (f"，未报：{names}。" if missing else "。")]
    notes.append("各栏为各单位上报数之和，合计行为各单位上报合计数之和；标“累计”的为累计数。")
    if uneven := [text for f in form.fields if (text := _uneven(matrix, f.name, f.label))]:
        notes.append(f"合计与各类之和不一致的栏目：{'；'.join(uneven)}。详见“数据质量清单”。")
    return notes


def _uneven(matrix: Matrix, name: str, label: str) -> str:
    """What to say of a column whose total is not the sum of its categories; "" if it is, or nobody gave any."""
    total = matrix.total(matrix.form.total, name)
    parts = exact_sum([matrix.total(c.name, name) for c in matrix.form.parts])
    if total is None or parts is None or abs(total - parts) < 1e-9:
        return ""
    return f"{label}（合计 {total}，各类之和 {parts}）"


def _notes(book: Workbook, sheet: Worksheet, row: int, last_col: int, notes: Sequence[str]) -> None:
    for i, text in enumerate(notes):
        sheet.set_row(row + i, 16 * (1 + len(text) // 60))
        prefix = "注：" if i == 0 else "　　"
        numbered = f"{i + 1}. " if len(notes) > 1 else ""
        sheet.merge_range(row + i, 0, row + i, last_col, f"{prefix}{numbered}{text}", book.style("note"))
