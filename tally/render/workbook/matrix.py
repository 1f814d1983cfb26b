"""A matrix form: the city's sheet summed over the units' sheets, units by measures, and a sheet a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tally.declare import Field, Form
from tally.render.workbook.sheet import (
    Workbook,
    comment,
    heading,
    number,
    number_format,
    open_form,
    sheet_name,
    width,
    write_text,
)
from tally.report import marks
from tally.report.tables import scope_words
from tally.totals import TO_DATE, Book, Figure
from tally.totals.figures import total
from tally.totals.matrix import COPIED
from tally.writing.numbers import plain
from tally.writing.periods import month

_HEAD = 3  # 0-based row of the header; the categories follow it
_IN_DOUBT = marks.note("，详见批注和“问题清单”")
_LONGEST_FORMULA = 8_000  # Excel takes 8,192 characters
Number = int | float | None


@dataclass(frozen=True)
class Matrix:
    """A form's figures as the official form asks for them: cumulative columns to date, the others this period's."""

    form: Form
    book: Book
    formats: Mapping[str, str]  # field -> number format, the same on every sheet
    codes: Sequence[str]  # of the units that have any figure

    def figure(self, code: str, category: str, field: Field) -> Figure | None:
        return self.book.get(f"{_ref(self.form, category, field)}@{code}")

    def value(self, code: str, category: str, field: Field) -> Number:
        """A unit's figure; None where nothing usable was written."""
        figure = self.figure(code, category, field)
        return number(figure.value) if figure else None

    def total(self, category: str, field: Field) -> Number:
        """The city's figure."""
        return number(self.book.value(_ref(self.form, category, field)))

    def counted(self, category: str, field: Field) -> list[str]:
        """The units whose figures the city's adds up: not those that copied 合计 into every row."""
        figures = {code: self.figure(code, category, field) for code in self.codes}
        return [code for code, figure in figures.items() if figure and figure.note != COPIED]


def _ref(form: Form, category: str, field: Field) -> str:
    return f"{form.name}.{category}.{field.name}" + (TO_DATE if field.cumulative else "")


def write_matrix(book: Workbook, form: Form) -> None:
    """The city's sheet, summed over the sheets that `write_units` makes."""
    _city(book, matrix_of(book, form))


def write_units(book: Workbook, form: Form) -> None:
    """The units side by side, then each unit's sheet as it reported."""
    matrix = matrix_of(book, form)
    if form.total:  # without a total row nothing says what a unit has in all
        _by_unit(book, matrix)
    for code in matrix.codes:
        _unit(book, matrix, code)


def matrix_of(book: Workbook, form: Form) -> Matrix:
    figures, units = book.figures, tuple(book.history.units)
    formats: dict[str, str] = {}
    there: set[str] = set()
    for field in form.fields:
        formats[field.name] = number_format(field)
        for category in form.categories:
            ref = _ref(form, category.name, field)
            there |= {u for u in units if f"{ref}@{u}" in figures}
    return Matrix(form, figures, formats, [u for u in units if u in there])


def _unit_sheet(book: Workbook, form: Form, code: str) -> str:
    return sheet_name(f"{form.number}-{book.unit_name(code)}")


def _city(book: Workbook, matrix: Matrix) -> None:
    form = matrix.form
    sheet = open_form(book, form, form.number, book.campaign.issuer, len(form.fields) + 1)

    def write(row: int, col: int, category: str, field: Field) -> None:
        places = [_at(book, form, code, row, col) for code in matrix.counted(category, field) if field.summed]
        bad = _in_doubt(matrix, category, field)
        style = book.style("text", number=matrix.formats[field.name], bad=bad, bold=category == form.total)
        _write_sum(sheet, row, col, ",".join(places), matrix.total(category, field), style)

    last = _body(book, sheet, form, write)
    _notes(book, sheet, last + 1, len(form.fields), _city_notes(book, matrix))


def _in_doubt(matrix: Matrix, category: str, field: Field) -> bool:
    """Whether the city's figure is in doubt, as the report has it: a cell that it counts is."""
    figure = matrix.book.get(_ref(matrix.form, category, field))
    return bool(figure and figure.doubt)


def doubts_of(book: Workbook, matrix: Matrix, code: str, category: str, field: Field) -> Sequence[str]:
    """What is said of a unit's figure that is in doubt: of its cell now, or of an earlier one that it rests on."""
    words = book.doubted.get((code, matrix.form.name, category, field.name))
    figure = matrix.figure(code, category, field)
    return words or ([figure.doubt] if figure and figure.doubt else [])


def _at(book: Workbook, form: Form, code: str, row: int, col: int) -> str:
    """The address of a cell on a unit's sheet, as a formula writes it."""
    name = _unit_sheet(book, form, code).replace("'", "''")
    return f"'{name}'!{xl_rowcol_to_cell(row, col)}"


def _write_sum(sheet: Worksheet, row: int, col: int, places: str, value: Number, style: Format) -> None:
    """A live sum with its stored value; where there is nothing to add the cell stays empty, not 0."""
    if value is None or not places or len(places) > _LONGEST_FORMULA:
        sheet.write(row, col, value, style)
    else:
        sheet.write_formula(row, col, f"=SUM({places})", style, value)


def _body(book: Workbook, sheet: Worksheet, form: Form, write: Callable[[int, int, str, Field], None]) -> int:
    """The header and a row a category, each cell by `write(row, col, category, field)`; the last row's number."""
    _header(book, sheet, form, form.row_header or "类别")
    for r, category in enumerate(form.categories, _HEAD + 1):
        sheet.set_row(r, 32)
        write_text(book, sheet, r, 0, category.label, "total" if category.name == form.total else "label")
        for c, f in enumerate(form.fields, 1):
            write(r, c, category.name, f)
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
    missing = book.missing(form)
    rows = [*matrix.codes, *(code for code in missing if code not in matrix.codes)]
    for r, code in enumerate(rows, _HEAD + 1):
        sheet.set_row(r, 24)
        name = book.unit_name(code)
        write_text(book, sheet, r, 0, f"{name}（未报）" if code in missing else name, "label")
        for c, f in enumerate(form.fields, 1):
            _write_link(book, sheet, matrix, code, (r, c), at_total, f)
    last = _HEAD + len(rows)
    sheet.set_row(last + 1, 24)
    write_text(book, sheet, last + 1, 0, "合计", "total")
    for c, f in enumerate(form.fields, 1):
        places = f"{xl_rowcol_to_cell(_HEAD + 1, c)}:{xl_rowcol_to_cell(last, c)}" if rows and f.summed else ""
        style = book.style("text", number=matrix.formats[f.name], bad=_in_doubt(matrix, form.total, f), bold=True)
        _write_sum(sheet, last + 1, c, places, matrix.total(form.total, f), style)
    sheet.freeze_panes(_HEAD + 1, 1)
    notes = [f"各单位数据取自其报表合计行；{scope_words(form)}。{_IN_DOUBT}", *_carried(book, form)]
    _notes(book, sheet, last + 2, len(form.fields), notes)


def _write_link(
    book: Workbook, sheet: Worksheet, matrix: Matrix, code: str, at: tuple[int, int], row: int, field: Field
) -> None:
    """A unit's figure as a reference to its own sheet; empty stays empty (a reference would show 0)."""
    form = matrix.form
    value = matrix.value(code, form.total, field)
    wrong = doubts_of(book, matrix, code, form.total, field)
    style = book.style("text", number=matrix.formats[field.name], bad=bool(wrong))
    if value is None:
        sheet.write_blank(*at, None, style)
    else:
        sheet.write_formula(*at, f"={_at(book, form, code, row, at[1])}", style, value)
    if wrong:
        comment(sheet, *at, wrong)


def _unit(book: Workbook, matrix: Matrix, code: str) -> None:
    form = matrix.form
    sheet = open_form(book, form, _unit_sheet(book, form, code), book.office(code), len(form.fields) + 1)

    def write(row: int, col: int, category: str, field: Field) -> None:
        wrong = doubts_of(book, matrix, code, category, field)
        bold = category == form.total
        style = book.style("text", number=matrix.formats[field.name], bad=bool(wrong), bold=bold)
        figure = matrix.figure(code, category, field)
        if figure and figure.derived:
            places = f"{xl_rowcol_to_cell(_HEAD + 1, col)}:{xl_rowcol_to_cell(row - 1, col)}"
            _write_sum(sheet, row, col, places, number(figure.value), style)
        else:
            sheet.write(row, col, matrix.value(code, category, field), style)
        if wrong:
            comment(sheet, row, col, wrong)

    last = _body(book, sheet, form, write)
    _notes(book, sheet, last + 1, len(form.fields), _unit_notes(book, matrix, code))


def _unit_notes(book: Workbook, matrix: Matrix, code: str) -> list[str]:
    form = matrix.form
    notes = [f"本表为该单位上报数据（{scope_words(form)}）；{_IN_DOUBT}"]
    if code in book.missing(form):
        notes.append(f"该单位本期未报，累计栏沿用{month(book.history.carried(form.name)[code])}报送数。")
    derived = [f.label for f in form.fields if (x := matrix.figure(code, form.total, f)) and x.derived]
    if derived:
        notes.append(f"合计栏未填，由各类别相加得出：{'、'.join(derived)}。")
    return notes


def _carried(book: Workbook, form: Form) -> list[str]:
    carried = book.carried(form)
    return [f"累计栏中，{carried}。"] if carried else []


def _city_notes(book: Workbook, matrix: Matrix) -> list[str]:
    form, missing = matrix.form, book.missing(matrix.form)
    due, names = sum(u.must(form.name) for u in book.campaign.units), "、".join(book.unit_name(c) for c in missing)
    notes = [f"应报 {due} 个单位，已报 {due - len(missing)} 个" + (f"，未报：{names}。" if missing else "。")]
    where = f"，详见“{form.number}分单位”表批注和“问题清单”"
    notes.append(f"各栏为各单位上报数之和，合计行为各单位上报合计数之和；{scope_words(form)}。{marks.note(where)}")
    notes += _carried(book, form)
    if copied := [text for f in form.fields if (text := _copied(book, matrix, f))]:
        notes.append(f"合计数在各类别重复填写、不计入类别数的：{'；'.join(copied)}。")
    if uneven := [text for f in form.fields if (text := _uneven(matrix, f))]:
        notes.append(f"合计与各类之和不一致的栏目：{'；'.join(uneven)}。详见“问题清单”。")
    return notes


def _copied(book: Workbook, matrix: Matrix, field: Field) -> str:
    names = "、".join(book.unit_name(code) for code in matrix.codes if _copies(matrix, code, field))
    return f"{names}的{field.label}" if names else ""


def _copies(matrix: Matrix, code: str, field: Field) -> bool:
    """Whether the unit gave its total again in any category."""
    figures = [matrix.figure(code, category.name, field) for category in matrix.form.parts]
    return any(figure and figure.note == COPIED for figure in figures)


def _uneven(matrix: Matrix, field: Field) -> str:
    """What to say of a column whose total is not the sum of its categories; "" if it is, or nobody gave any."""
    if not field.summed:
        return ""
    whole = matrix.book.value(_ref(matrix.form, matrix.form.total, field))
    parts = total(matrix.book.value(_ref(matrix.form, c.name, field)) for c in matrix.form.parts)
    if whole is None or parts is None or whole == parts:
        return ""
    return f"{field.label}（合计 {plain(whole)}，各类之和 {plain(parts)}）"


def _notes(book: Workbook, sheet: Worksheet, row: int, last_col: int, notes: Sequence[str]) -> None:
    for i, text in enumerate(notes):
        sheet.set_row(row + i, 16 * (1 + len(text) // 60))
        prefix = "注：" if i == 0 else "　　"
        numbered = f"{i + 1}. " if len(notes) > 1 else ""
        sheet.merge_range(row + i, 0, row + i, last_col, f"{prefix}{numbered}{text}", book.style("note"))
