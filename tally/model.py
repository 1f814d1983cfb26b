"""Every type that passes a boundary between steps, in the order of the flow; frozen, no logic.

    ReceivedFile -> Grid -> RawTable -> Return -> Finding -> (totals, report)

Addresses: `file` is the path below the period's raw folder with "/" between parts (a member of a zip is
`a.zip!member.xlsx`); `sheet` is the worksheet's name, "表1", "表2", … for the tables of a Word or HTML
document and "" for delimited text; `cell` is A1 style everywhere (also in Word tables and text: the
column is the grid column, the row the grid row).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

RawValue = str | int | float | bool | Decimal | date | datetime | time | None
Severity = Literal["error", "warning", "note"]
CellState = Literal["read", "repaired", "corrected", "blank", "unreadable", "scanned"]
CORRECTED: Literal["corrected"] = "corrected"  # the state of a cell whose value a person has settled
NOT_AS_WRITTEN = ("repaired", CORRECTED)  # the states of a cell whose value is another than its text
ReturnState = Literal["on time", "late", "missing", "zero return", "replaced", "not asked"]
OVERRUN = "overrun"  # a mark's problem: lines of several texts lie over the cell's rules
ABSENT = ("missing", "not asked")  # the states of a return that did not come, or need not


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file as received. `unit_hint` is the unit its folder, register entry or file name gives."""

    path: str  # below the period's raw folder, "/" between parts
    sha256: str
    size: int  # bytes
    received: date
    folder: str = ""  # first folder below the period, "" if the file lies flat
    mark: tuple[int, ...] = field(default=(), compare=False)  # size, times and inode when it was hashed


class Span(NamedTuple):
    """A merged range; 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Run(NamedTuple):
    """A piece of a cell's text that looks otherwise than the rest.

    `look`: "" as the rest; "struck", "deleted" (by tracked changes) and "unseen" (hidden, or in the colour of its
    ground) are no part of the cell's value; "raised" and "lowered" stand in it as ¹ and ₁; anything else (a colour,
    a size) only tells one look from another: digits of two looks are not one number.
    """

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is special about one cell beside its value; most cells have none.

    `problem`: an error value as shown ("#REF!"), "uncached" (a formula without a stored value that is no plain sum), "computed"
    (a plain sum worked out by the reader), "stale" (a plain sum whose stored result is another than its cells give), "ragged"
    (a row of more or fewer cells than its table has columns) or `OVERRUN` (nobody can tell which lines over a rule are its own). `shown` is the text that the number format makes of a stored
    value where it reads otherwise (`0"元"`, nothing at all), else None. `runs`: all pieces of a text whose looks differ.
    """

    problem: str = ""
    formula: str = ""
    comment: str = ""
    struck: bool = False  # the whole of it
    unseen: bool = False  # the whole of it: hidden, or in the colour of its ground
    crossed: int = 0  # how many lines run from corner to corner of the cell
    number_format: str = ""
    shown: str | None = None
    runs: tuple[Run, ...] = ()


class Ink(NamedTuple):
    """Something that can be seen on a sheet, or is hidden in it, and is no cell's value: what nothing consumes is a finding.

    `cell` is the A1 address of the cell that it lies in or over (its top left corner), "" where it belongs to the
    sheet, page or document as a whole. `kind` is one of `INK_KINDS`; `text` what it says, "" if nothing that can be read.
    """

    cell: str
    kind: str
    text: str = ""


# What stands on a sheet beside the values of its cells -> its Chinese name, as findings say it.
INK_KINDS: Mapping[str, str] = {
    "text box": "文本框",
    "shape": "图形",
    "picture": "图片",
    "chart": "图表",
    "diagram": "图示",
    "control": "控件",
    "list": "下拉列表",
    "tick box": "复选框",
    "entry field": "输入框",
    "equation": "公式对象",
    "field": "未更新的域",
    "numbering": "自动编号",
    "object": "嵌入对象",
    "comment": "批注",
    "prompt": "输入提示",
    "footnote": "脚注",
    "endnote": "尾注",
    "struck": "带删除线的内容",
    "deleted": "修订中删除的内容",
    "unseen": "看不见的内容",
    "page header": "页眉",
    "page footer": "页脚",
    "watermark": "水印",
    "inserted": "修订中插入的内容",
    "condition": "条件格式",
    "zeros": "不显示的零值",
    "cut": "没有写完的末行",
    "foreign": "嵌入的其他文档",
}


@dataclass(frozen=True)
class Grid:
    """One sheet, table or text as a rectangle of raw values, with everything a reader of it would see.

    `rows[r][c]` is 0-based from A1 (nothing is skipped, so addresses hold). A merged range carries its
    value in its top-left cell only; the rest are None. `before` and `after` are the paragraphs around a
    Word or HTML table (up to the neighbouring table), for titles, 填报单位 and notes; `before` also holds the
    text of shapes that lie on a worksheet, and what page headers say; `after` what page footers say. `ink` is everything else that is seen.
    """

    file: str
    sheet: str
    rows: list[list[RawValue]]
    merges: tuple[Span, ...] = ()
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    hidden: bool = False
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ink: tuple[Ink, ...] = ()
    turned: tuple[int, int] | None = None  # rows and columns exchanged, of the part that began at this row and column
    notes: tuple[str, ...] = ()  # remarks of the reader (e.g. how the encoding was told), for the log


@dataclass(frozen=True)
class Document:
    """What a reader makes of one file: its grids in order, and its running text.

    `problem` (a key of `UnreadableFile.PROBLEMS`, with `detail`) is set only for an archive's member that could not be read.
    """

    file: str
    kind: str  # "xlsx", "xls", "docx", "csv", …: what the content is, whatever the name's ending
    grids: tuple[Grid, ...] = ()
    text: str = ""  # all paragraphs outside tables, one a line
    ink: tuple[Ink, ...] = ()  # what lies among those paragraphs and is no text
    problem: str = ""
    detail: str = ""


class Part(NamedTuple):
    """One of several columns that hold a field: what it stands for (a unit, a choice, a name), and what people call it."""

    col: int
    says: str
    name: str = ""


Joining = Literal["", "sum", "ticks", "same", "refused", "shifted"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form found in a grid. `unit` is the unit of measure the header writes, "" if none.

    Where several columns stand under the field's heading, `parts` are all of them, `col` the first, and `how` what is made
    of them: their sum, the ticked choice, the one thing all say, nothing (refused; shifted: they stand beside the heading).
    """

    field: str
    col: int
    label: str
    unit: str = ""
    how: Joining = ""
    parts: tuple[Part, ...] = ()


Booked = Mapping[int, tuple[tuple[frozenset[int], str], ...]]  # grid row -> what took which of its cells


@dataclass(frozen=True)
class RawTable:
    """Where one form stands in one grid: its columns and the grid rows of its records.

    `rows` maps the record (category name, or record number counted from 1 as text) to the grid row.
    `unit_text` and `date_text` are what 填报单位 and 填报时间 say, as written.
    """

    form: str
    grid: Grid
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, int], ...]
    header: tuple[int, int]  # first and last grid row of the header
    title: str = ""
    unit_text: str = ""
    unit_code: str = ""  # the six digits of 行政区划代码：320902
    date_text: str = ""
    times: tuple[str, ...] = ()  # lines above, below or beside that say of which time the table is
    notes: tuple[tuple[str, str], ...] = ()  # (cell, text) of what stands below or beside the table
    findings: tuple[Finding, ...] = ()  # unit still ""; filled in by the caller
    zero: bool = False  # says that there is nothing to report (零报告)
    lines: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # a record's grid row -> its further lines
    refused: Mapping[int, str] = field(default_factory=dict)  # a grid row nothing is read from -> why, in words
    rivals: Mapping[tuple[int, str], str] = field(default_factory=dict)  # (grid row, field) -> what an equal one says
    page: bool = False  # has no header of its own: it goes on under that of the table before
    # grid row -> what a column 单位 of a list, or the name of a matrix's total, says of whose it is, and where
    owners: Mapping[int, Place] = field(default_factory=dict)
    scopes: tuple[Column, ...] = ()  # 本期 beside the 累计 that counts, or the other way round: witnesses, not counted
    booked: Booked = field(default_factory=dict)  # of the sheet's first rows, for a picture of it

    def column(self, field: str) -> Column | None:
        """The column of a field, None if the table has none."""
        return next((c for c in self.columns if c.field == field), None)


class Place(NamedTuple):
    """The address of one cell and what it says as written."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person must know: an error to correct, a warning to explain, a note of a repair.

    `row` is the category (cases), the record number as text (lists) or "" (the whole form); `found`,
    `expected`, `message` and `suggestion` are Chinese, as a county clerk would understand them.
    """

    unit: str
    form: str
    rule: str
    severity: Severity
    message: str
    row: str = ""
    field: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    found: str = ""
    expected: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Return:
    """One unit's form after cleaning.

    `frame`: one row a record, index = row key (category text, or 1-based record number), a column for each
    declared field: counts Int64, money and quantities Float64, dates `object` of datetime.date, the rest
    string; null where nothing usable was written. `cells`: the contract's columns of `cells.parquet`
    (unit, form, row, field, raw, value, state, file, sheet, cell), records × fields in the form's order.
    """

    unit: str
    form: str
    state: ReturnState
    frame: pd.DataFrame
    cells: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    files: tuple[ReceivedFile, ...] = ()
    reported: date | None = None  # what 填报时间 says
    tables: tuple[RawTable, ...] = ()  # what the values were read from
    period: str = ""  # of a return of an earlier run, when it was sent
    latest: date | None = None  # the last day that a return of its period can speak of


@dataclass(frozen=True)
class PeriodTables:
    """All units' tables of one period, as the contract has them; `forms[name]` starts with unit and category or row."""

    period: str
    forms: Mapping[str, pd.DataFrame]
    cells: pd.DataFrame
    findings: pd.DataFrame
    returns: pd.DataFrame
