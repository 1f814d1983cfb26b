"""The public edition's tables as a workbook: a sheet that says what is in it, then one table a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tally.blocks import Block, Paragraph, Table, Title
from tally.render.workbook.sheet import set_page, sheet_name, width
from tally.report.public.columns import UNCERTAIN

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FIRST_ROW = 3  # of a table: title, what the sheet holds and the note stand above


def tables_workbook(blocks: Sequence[Block], *, timestamp: datetime) -> bytes:
    """An .xlsx with the tables of `blocks`: numbers as numbers, what is not told as the sign it is printed as.

    Every sheet holds one table, headed in one row, without merged or empty cells. The same blocks and `timestamp`
    give the same bytes.
    """
    content = BytesIO()
    title = next((block for block in blocks if isinstance(block, Title)), Title("统计表"))
    tables = [block for block in blocks if isinstance(block, Table)]
    with xlsxwriter.Workbook(content, {"in_memory": True}) as file:
        file.set_properties({"title": title.text, "author": title.issuer, "created": timestamp.replace(tzinfo=None)})
        _cover(file, title, blocks, tables)
        for at, table in enumerate(tables, 1):
            _sheet(file, f"表{at}", table)
    return content.getvalue()


def _cover(file: xlsxwriter.Workbook, title: Title, blocks: Sequence[Block], tables: Sequence[Table]) -> None:
    sheet = file.add_worksheet("说明")
    set_page(sheet, landscape=False)
    wrapped = file.add_format({"text_wrap": True, "valign": "top"})
    opening = next((block.as_text() for block in blocks if isinstance(block, Paragraph)), "")
    lines = [
        f"{title.text}（公开版）",
        title.issuer,
        opening,
        "本工作簿每张工作表含一个数据表：",
        *(t.caption for t in tables),
    ]
    sheet.set_column(0, 0, 90)
    for row, text in enumerate(line for line in lines if line):
        sheet.write_string(row, 0, text, wrapped if row else file.add_format({"bold": True, "font_size": 14}))


def _sheet(file: xlsxwriter.Workbook, name: str, table: Table) -> None:
    sheet = file.add_worksheet(sheet_name(name))
    set_page(sheet)
    head, *looks = (file.add_format({"border": 1, **more}) for more in _LOOKS)
    sheet.write_string(0, 0, table.caption, file.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, table.note)
    labels = [cell.text for cell in table.head[-1]]
    for column, label in enumerate(labels):
        sheet.write_string(_FIRST_ROW, column, label, head)
        sheet.set_column(column, column, width([label, *(row[column].text for row in table.body)]))
    for at, row in enumerate(table.body, _FIRST_ROW + 1):
        for column, entry in enumerate(row):
            _write(sheet, at, column, entry.text, looks)
    sheet.freeze_panes(_FIRST_ROW + 1, 1)
    sheet.repeat_rows(_FIRST_ROW)


def _write(sheet: Worksheet, row: int, column: int, text: str, looks: Sequence[Format]) -> None:
    """A number as one, with the mark behind it that the report has; anything else as the text it is."""
    plain, number, marked = looks
    digits = text.removesuffix(UNCERTAIN)
    if column and _NUMBER.fullmatch(digits):
        sheet.write_number(row, column, float(digits), number if digits == text else marked)
    else:
        sheet.write_string(row, column, text, plain)


_LOOKS: tuple[dict[str, Any], ...] = (
    {"bold": True, "bg_color": "#F2F2F2", "text_wrap": True, "align": "center", "valign": "vcenter"},
    {},
    {"num_format": "#,##0.##", "align": "right"},
    {"num_format": f'#,##0.##"{UNCERTAIN}"', "align": "right"},
)
