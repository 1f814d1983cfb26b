"""A matrix form's figures one a row, for programs: title, notes, then one table with a name and nothing below or beside it.

Laid out as statistical offices publish spreadsheets: no merged cells, no empty rows or columns in the table, units of
measure in a column of their own, what is in doubt said in words.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from tally.blocks import DOUBT
from tally.declare import Form
from tally.render.workbook.matrix import Matrix, doubts_of, matrix_of
from tally.render.workbook.sheet import Workbook, set_page, sheet_name, width, write_text
from tally.report.tables import scope_words
from tally.writing.periods import month

COLUMNS = ("报送期", "单位代码", "单位", "类别", "指标", "口径", "计量单位", "数值", "存疑")
_VALUE = COLUMNS.index("数值")
_HEAD = 4  # 0-based row of the table's header
Row = tuple[str | int | float | None, ...]


def write_tidy(book: Workbook, form: Form) -> None:
    """The sheet 附件4数据; a form of which nobody gave a figure gets a table of one empty row."""
    matrix = matrix_of(book, form)
    rows: list[Row] = []
    for code in matrix.codes:
        rows += _of_unit(book, matrix, code)
    sheet = book.file.add_worksheet(sheet_name(f"{form.number}数据"))
    _above(book, sheet, form)
    last = _HEAD + max(len(rows), 1)
    columns = [{"header": text, "header_format": book.style("head")} for text in COLUMNS]
    options = {"name": f"data_{form.name}", "columns": columns, "style": "Table Style Light 1"}
    sheet.add_table(_HEAD, 0, last, len(COLUMNS) - 1, options)
    for r, row in enumerate(rows, _HEAD + 1):
        for c, value in enumerate(row):
            if c != _VALUE:
                write_text(book, sheet, r, c, str(value), "plain")
            elif value is not None:
                sheet.write_number(r, c, float(value), book.style("plain", number="General"))
    for c, head in enumerate(COLUMNS):
        sheet.set_column(c, c, width([head, *(str(row[c]) for row in rows)]))
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.print_area(
        0, 0, _HEAD - 1, len(COLUMNS) - 1
    )  # nobody reads a figure a row on paper: one page says what is here
    set_page(sheet)


def _above(book: Workbook, sheet: Worksheet, form: Form) -> None:
    """Title, where the figures are from, and how they are to be read: a line a cell, all in the first column."""
    lines = (
        f"{form.title}：数据（{month(book.period.name)}）",
        f"来源：各单位上报的{form.number}；本表一行一个数，名为 data_{form.name}，供程序读取，打印只印本说明。",
        f"{scope_words(form)}；“合计”为单位填报的合计，不与其他类别相加。没有填报的数值留空，不是零。",
        f"“存疑”一列写明未更正的差错或疑点，其他表中标{DOUBT}。",
    )
    for r, text in enumerate(lines):
        write_text(book, sheet, r, 0, text, "plain")


def _of_unit(book: Workbook, matrix: Matrix, code: str) -> list[Row]:
    rows: list[Row] = []
    for category in matrix.form.categories:
        for field in matrix.form.fields:
            doubt = "；".join(doubts_of(book, matrix, code, category.name, field))
            scope = "累计" if field.cumulative else "本期"
            where = (book.period.name, code, book.unit_name(code), category.label, field.label, scope, field.unit)
            rows.append((*where, matrix.value(code, category.name, field), doubt))
    return rows
