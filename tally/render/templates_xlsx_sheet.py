"""One blank form on a sheet: the official layout, the cells to fill in, the total, last period's figures beside it.

Rows: 附件 number and version, title, 填报单位 / period / 填报时间, header, body, who filled it in, notes. What stands beside the
form for reference is set apart by an empty column and by headings that are no form's, so that a reader never
takes it for data; the texts below the form carry no figures for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tally.declare import Campaign, Field, Form, Period, Unit
from tally.render.templates_xlsx_checks import check, date_rule, note
from tally.render.xlsx_sheet import heading, set_page, sheet_name, width
from tally.store import PeriodTables

HEAD = 3  # 0-based row of the header
LIST_ROWS = 30
_SPARE = 10  # lines beyond those of the last list
_MOST_TEXT = 400  # characters of a reference text
_BODY = {"border": 1, "text_wrap": True}
_GREY = {"font_color": "#808080", "bg_color": "#EFEFEF", "font_size": 9, "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "annex": {"font_name": "黑体", "font_size": 16},
    "version": {"font_size": 9, "font_color": "#808080", "align": "right"},
    "title": {"font_size": 18, "bold": True, "align": "center"},
    "line": {"font_name": "仿宋", "font_size": 12},
    "line_right": {"font_name": "仿宋", "font_size": 12, "align": "right"},
    "day": {
        "font_name": "仿宋",
        "font_size": 12,
        "bottom": 1,
        "num_format": "yyyy-mm-dd",
        "align": "left",
        "locked": False,
    },
    "blank": {"font_name": "仿宋", "font_size": 12, "bottom": 1, "num_format": "@", "locked": False},
    "head": {**_BODY, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"},
    "label": {**_BODY, "align": "center"},
    "total": {**_BODY, "align": "center", "bold": True, "bg_color": "#F2F2F2"},
    "count": {**_BODY, "num_format": "0", "align": "right", "locked": False},
    "quantity": {**_BODY, "num_format": "General", "align": "right", "locked": False},
    "seq": {**_BODY, "num_format": "0", "align": "center", "locked": False},
    "date": {**_BODY, "num_format": "yyyy-mm-dd", "align": "center", "locked": False},
    "text": {**_BODY, "num_format": "@", "locked": False},
    "note": {"font_name": "仿宋", "font_size": 10.5, "text_wrap": True, "valign": "top"},
    "past_head": {**_GREY, "align": "center", "italic": True},
    "past": {**_GREY, "align": "right"},
    "past_text": _GREY,
}


@dataclass
class Blank:
    """One form to be written, and the formats made so far. `last` are the tables of the unit's latest return."""

    file: xlsxwriter.Workbook
    campaign: Campaign
    period: Period
    unit: Unit
    form: Form
    version: str
    last: PeriodTables | None = None
    formats: dict[str, Format] = field(default_factory=dict)

    def style(self, name: str) -> Format:
        if name not in self.formats:
            self.formats[name] = self.file.add_format(_STYLES[name])
        return self.formats[name]

    @property
    def first(self) -> int:
        """The column of the first field: a matrix has its categories before it."""
        return 1 if self.form.layout == "matrix" else 0

    @property
    def right(self) -> int:
        return self.first + len(self.form.fields) - 1

    def earlier(self) -> pd.DataFrame:
        """The unit's records of its latest return; without rows if there is none."""
        if self.last is None:
            return pd.DataFrame()
        frame = self.last.forms[self.form.name]
        return frame[frame["unit"] == self.unit.code]


def write_form(blank: Blank) -> None:
    """Writes one form on a sheet of its own."""
    form = blank.form
    sheet = blank.file.add_worksheet(sheet_name(form.number))
    _top(blank, sheet)
    _header(blank, sheet)
    end = (_matrix if form.layout == "matrix" else _list)(blank, sheet)
    _below(blank, sheet, end + 1)
    sheet.freeze_panes(HEAD + 1, 1 if form.layout == "matrix" else 2)
    sheet.repeat_rows(HEAD)
    set_page(sheet)
    sheet.print_area(0, 0, end + 1 + len(_notes(blank)), blank.right)
    allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))


def _top(blank: Blank, sheet: Worksheet) -> None:
    right, period = blank.right, blank.period
    sheet.write_string(0, 0, blank.form.number, blank.style("annex"))
    sheet.write_string(0, right, f"表式版本 {blank.version}", blank.style("version"))
    sheet.set_row(1, 34)
    sheet.merge_range(1, 0, 1, right, blank.form.title, blank.style("title"))
    sheet.set_row(2, 22)
    third = max((right - 1) // 2, 1)
    sheet.merge_range(2, 0, 2, third, f"填报单位（盖章）：{blank.unit.office or blank.unit.name}", blank.style("line"))
    said = f"报送期：{period.name}（{period.start:%Y-%m-%d}至{period.end:%Y-%m-%d}）"
    if right - 2 > third + 1:
        sheet.merge_range(2, third + 1, 2, right - 2, said, blank.style("line"))
    sheet.write_string(2, right - 1, "填报时间：", blank.style("line_right"))
    sheet.write_blank(2, right, None, blank.style("day"))
    wrong = {"error_title": "填报时间", "error_message": "请填写完整的日期，不晚于今天"}
    sheet.data_validation(2, right, 2, right, {**date_rule(), **wrong, "error_type": "warning"})


def _header(blank: Blank, sheet: Worksheet) -> None:
    form = blank.form
    sheet.set_row(HEAD, 52)
    if form.layout == "matrix":
        corner = form.row_header or "类别"
        sheet.write_string(HEAD, 0, corner, blank.style("head"))
        sheet.set_column(0, 0, width([corner, *(c.label for c in form.categories)]) + 2)
    for c, f in _columns(blank):
        sheet.write_string(HEAD, c, heading(f), blank.style("head"))
        text = note(form, f)
        sheet.write_comment(
            HEAD,
            c,
            text,
            {"author": blank.campaign.issuer, "x_scale": 1.6, "y_scale": 0.6 + 0.2 * len(text.split("\n"))},
        )
        narrow = f.kind == "seq"
        sheet.set_column(c, c, 6 if narrow else max(12, width([f.label])))


def _columns(blank: Blank) -> Iterator[tuple[int, Field]]:
    yield from enumerate(blank.form.fields, blank.first)


def _style_of(f: Field) -> str:
    return f.kind if f.kind in ("count", "quantity", "seq", "date") else "text"


def _matrix(blank: Blank, sheet: Worksheet) -> int:
    """The categories' rows with the total as formulas; the last row's number."""
    form = blank.form
    at = {c.name: r for r, c in enumerate(form.categories, HEAD + 1)}
    for category in form.categories:
        row, is_total = at[category.name], category.name == form.total
        sheet.set_row(row, 28)
        sheet.write_string(row, 0, category.label, blank.style("total" if is_total else "label"))
        for c, f in _columns(blank):
            if is_total:
                parts = [xl_rowcol_to_cell(at[p.name], c) for p in form.parts]
                sheet.write_formula(row, c, _sum(parts), blank.style("total"), "")
            else:
                sheet.write_blank(row, c, None, blank.style(_style_of(f)))
    for c, f in _columns(blank):
        for first, last in _runs([at[p.name] for p in form.parts]):
            sheet.data_validation(first, c, last, c, check(form, f))
    _past_matrix(blank, sheet, at)
    return max(at.values())


def _sum(parts: list[str]) -> str:
    """A sum that stays empty as long as nothing is filled in: an empty form is no report of zero."""
    places = f"{parts[0]}:{parts[-1]}" if _unbroken(parts) else ",".join(parts)
    return f'=IF(COUNT({places})=0,"",SUM({places}))'


def _unbroken(parts: list[str]) -> bool:
    rows = [int("".join(ch for ch in p if ch.isdigit())) for p in parts]
    return rows == list(range(rows[0], rows[0] + len(rows)))


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Row numbers as unbroken stretches: the total may stand between the categories."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _past_matrix(blank: Blank, sheet: Worksheet, at: dict[str, int]) -> None:
    """The cumulative columns of the latest return, right of the form."""
    rows = blank.earlier()
    fields = [f for f in blank.form.fields if f.cumulative]
    if not len(rows) or not fields:
        return
    left = blank.right + 2
    _past_title(blank, sheet, left, left + len(fields) - 1)
    found = rows.set_index("category")
    for c, f in enumerate(fields, left):
        sheet.write_string(
            HEAD, c, f"上期累计数·{f.label}" + (f"（{f.unit}）" if f.unit else ""), blank.style("past_head")
        )
        for name, row in at.items():
            value = found[f.name].get(name)
            if value is None or pd.isna(value):
                sheet.write_blank(row, c, None, blank.style("past"))
            else:
                sheet.write_number(row, c, float(value), blank.style("past"))
    sheet.set_column(left, left + len(fields) - 1, 12)


def _past_title(blank: Blank, sheet: Worksheet, left: int, right: int) -> None:
    text = f"{blank.last.period} 期已报数，仅供参考，不必填写"
    if right > left:
        sheet.merge_range(HEAD - 1, left, HEAD - 1, right, text, blank.style("past_head"))
    else:
        sheet.write_string(HEAD - 1, left, text, blank.style("past_head"))
    sheet.set_column(left - 1, left - 1, 3)


def _list(blank: Blank, sheet: Worksheet) -> int:
    """Numbered lines to fill in; the last one's row number."""
    form, earlier = blank.form, blank.earlier()
    lines = max(LIST_ROWS, len(earlier) + _SPARE)
    first, last = HEAD + 1, HEAD + lines
    for row in range(first, last + 1):
        for c, f in _columns(blank):
            if f.kind == "seq":
                sheet.write_number(row, c, row - HEAD, blank.style("seq"))
            else:
                sheet.write_blank(row, c, None, blank.style(_style_of(f)))
    for c, f in _columns(blank):
        sheet.data_validation(first, c, last, c, check(form, f))
    _past_list(blank, sheet, earlier)
    return last


def _past_list(blank: Blank, sheet: Worksheet, earlier: pd.DataFrame) -> None:
    """Which records the latest return listed, one a line, right of the form."""
    form = blank.form
    if not len(earlier) or not form.key:
        return
    col = blank.right + 2
    _past_title(blank, sheet, col, col)
    labels = "、".join(form.field(k).label for k in form.key)
    sheet.write_string(HEAD, col, f"上期已报名单·{labels}（共 {len(earlier)} 条）", blank.style("past_head"))
    records = earlier.sort_values("row")[list(form.key)].itertuples(index=False)
    for row, record in enumerate(records, HEAD + 1):
        told = "｜".join(str(v) for v in record if v is not None and not pd.isna(v))
        sheet.write_string(row, col, told[:_MOST_TEXT], blank.style("past_text"))
    sheet.set_column(col, col, 44)


def _below(blank: Blank, sheet: Worksheet, row: int) -> None:
    """Who filled it in, each with a cell to fill; then the notes."""
    right = blank.right
    step = max((right + 1) // 3, 2)
    sheet.set_row(row, 24)
    for n, label in enumerate(("填表人：", "审核人：", "联系电话：")):
        if n * step + 1 <= right:
            sheet.write_string(row, n * step, label, blank.style("line_right"))
            sheet.write_blank(row, n * step + 1, None, blank.style("blank"))
    for at, text in enumerate(_notes(blank), row + 1):
        sheet.set_row(at, 18)
        sheet.merge_range(at, 0, at, right, text, blank.style("note"))


def _notes(blank: Blank) -> list[str]:
    """Nothing here may look like a figure that corrects the table, or like a zero return."""
    form = blank.form
    due = blank.period.due.get(form.name)
    told = [f"报送时限：{due.year}年{due.month}月{due.day}日前，逾期按迟报统计。"] if due else []
    told.append(
        "填表说明：各栏要求见表头批注；白色单元格可以填写，灰色的不必填写；没有发生的填零，不清楚的空着并联系市局。"
    )
    if form.layout == "matrix":
        told.append("填表说明：合计行由公式自动得出。")
    else:
        told.append("填表说明：行数不够时在表中插入行，多余的空行不必删除。")
    return told
