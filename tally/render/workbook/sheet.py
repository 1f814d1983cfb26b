"""What the sheets of the forms workbook share: cell formats, titles, page set-up, texts that stay texts."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tally.declare import Campaign, Field, Form, Period
from tally.model import PeriodTables
from tally.report.marks import marked_format
from tally.totals import Book, History
from tally.totals.matrix import matrix_figures
from tally.totals.reported import Matrix
from tally.writing.periods import month

LONGEST_TEXT = 32_767  # characters that a cell may hold
_CUT = "…（文字过长，此处截断）"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|")
_NARROWEST, _WIDEST = 7, 32  # in digits of the default font
_HIGHEST = 409  # points; Excel shows no higher row
_BODY: Mapping[str, Any] = {"border": 1, "text_wrap": True, "valign": "vcenter"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "annex": {"font_name": "黑体", "font_size": 16},
    "title": {"font_name": "宋体", "font_size": 18, "bold": True, "align": "center"},
    "line": {"font_name": "仿宋", "font_size": 12},
    "line_right": {"font_name": "仿宋", "font_size": 12, "align": "right"},
    "note": {"font_name": "仿宋", "font_size": 10.5, "text_wrap": True, "valign": "top"},
    "head": {**_BODY, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"},
    "text": _BODY,
    "plain": {"valign": "vcenter"},
    "label": {**_BODY, "align": "center"},
    "code": {**_BODY, "num_format": "@", "align": "center"},
    "date": {**_BODY, "num_format": "yyyy-mm-dd", "align": "center"},
    "total": {**_BODY, "bold": True, "align": "center"},
    "missing": {**_BODY, "align": "center", "bg_color": "#F8CBCB", "font_color": "#9C0006"},
}
_DOUBT = {"font_color": "#9C0006"}  # beside the mark, which print of one colour shows too


@dataclass
class Workbook:
    """The workbook being written, with the tables it is written from and the formats used so far."""

    file: xlsxwriter.Workbook
    campaign: Campaign
    period: Period
    tables: PeriodTables
    history: History
    figures: Book  # of the matrix forms
    doubted: Mapping[tuple[str, str, str, str], Sequence[str]]  # (unit, form, row, field) -> what is wrong there
    _formats: dict[tuple[str, bool, str, bool], Format] = field(default_factory=dict)

    @classmethod
    def of(cls, file: xlsxwriter.Workbook, period: Period, history: History) -> Workbook:
        figures = Book()
        for form in history.campaign.forms:
            if form.layout == "matrix":
                figures |= matrix_figures(Matrix(history, form))
        return cls(file, history.campaign, period, history.now, history, figures, history.official_doubts)

    def style(self, name: str, *, bad: bool = False, number: str = "", bold: bool = False) -> Format:
        """A format by name; made once, because every format lengthens the file."""
        key = (name, bad, number, bold)
        if key not in self._formats:
            more = {"num_format": number, "align": "right"} if number else {}
            self._formats[key] = self.file.add_format(
                {**_STYLES[name], **more, **(_marked(name, number) if bad else {}), **({"bold": True} if bold else {})}
            )
        return self._formats[key]

    def quoted(self, name: str, bad: bool) -> Format:
        """The format of a text that looks like a formula: editing the cell keeps it a text."""
        key = (name, bad, "quoted", False)
        if key not in self._formats:
            marked = _marked(name, "@") if bad else {"num_format": "@"}
            properties = {**_STYLES[name], **marked, "quote_prefix": True}
            self._formats[key] = self.file.add_format(properties)
        return self._formats[key]

    def unit_name(self, code: str) -> str:
        """A unit's name; the top level's own return is its 本级, so that nobody takes it for the city."""
        return self.history.units.get(code, code)

    def office(self, code: str) -> str:
        offices = {u.code: u.office or u.name for u in self.campaign.units}
        return offices.get(code) or (self.campaign.issuer if code == self.campaign.top.code else code)

    def states(self, form: Form) -> dict[str, str]:
        """Unit code -> the state of what it returned for `form`; what was replaced gives way to what replaced it."""
        returns = self.tables.returns[self.tables.returns["form"] == form.name]
        states: dict[str, str] = {}
        for unit, state in zip(returns["unit"].astype(str), returns["state"].astype(str), strict=True):
            if state != "replaced" or unit not in states:
                states[unit] = state
        return states

    def missing(self, form: Form) -> list[str]:
        """Codes of the campaign's units from which nothing came for `form`."""
        return list(self.history.missing(form.name))

    def carried(self, form: Form) -> str:
        """Which units' earlier returns stand in for this period's, as a note says it; "" if none do."""
        carried = self.history.carried(form.name).items()
        return "、".join(f"{self.unit_name(code)}沿用{month(period)}报送数" for code, period in carried)


def number(value: Any) -> int | float | None:
    """A cell's number as Excel holds it; None where nothing usable was written."""
    if value is None or pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _marked(name: str, number: str) -> dict[str, str]:
    """The look of a cell in doubt: the mark of every output before what it shows; the value stays what it is."""
    return {**_DOUBT, "num_format": marked_format(number or str(_STYLES[name].get("num_format", "")))}


def number_format(declared: Field) -> str:
    """As many places as the report prints of the column; what would read as nothing keeps its digits."""
    if not declared.places:
        return "0"
    shown = f"0.{'0' * declared.places}"
    return f"[=0]{shown};[<{Decimal(5).scaleb(-declared.places - 1)}]General;{shown}"


def write_text(
    book: Workbook, sheet: Worksheet, row: int, col: int, text: str, style: str = "text", bad: bool = False
) -> None:
    """Writes `text` as a text, never as a formula, link or number, cut where a cell can hold no more."""
    text = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT
    quoted = text.startswith(_FORMULA_STARTS)
    sheet.write_string(row, col, text, book.quoted(style, bad) if quoted else book.style(style, bad=bad))


def write_value(
    book: Workbook, sheet: Worksheet, row: int, col: int, value: Any, declared: Field, fmt: str, bad: bool
) -> None:
    """Writes one value of a form by its declared kind; a null leaves the cell empty."""
    if value is None or pd.isna(value):
        sheet.write_blank(row, col, None, book.style("text", bad=bad))
    elif declared.numeric or declared.kind == "seq":
        sheet.write_number(row, col, number(value), book.style("text", bad=bad, number=fmt))
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, col, value, book.style("date", bad=bad))
    else:
        style = "code" if declared.kind in ("credit_code", "phone") else "text"
        write_text(book, sheet, row, col, str(value), style, bad)


def comment(sheet: Worksheet, row: int, col: int, messages: Sequence[str]) -> None:
    """A comment that lists what is wrong with a cell."""
    text = "未更正的差错或疑点：\n" + "\n".join(messages)
    sheet.write_comment(
        row, col, text[:8000], {"author": "数据审核", "x_scale": 2.2, "y_scale": 1 + 0.5 * len(messages)}
    )


def open_form(book: Workbook, form: Form, name: str, office: str, columns: int) -> Worksheet:
    """A sheet with the form's top in rows 1 to 3: 附件 number, title, 填报单位（盖章）and date line."""
    sheet = book.file.add_worksheet(sheet_name(name))
    end = book.period.end
    sheet.write_string(0, 0, form.number, book.style("annex"))
    sheet.set_row(1, 34)
    sheet.set_row(2, 22)
    sheet.merge_range(1, 0, 1, columns - 1, form.title, book.style("title"))
    left = max(columns // 2, 1)
    sheet.merge_range(2, 0, 2, left - 1, f"填报单位（盖章）：{office}", book.style("line"))
    dated = f"数据截至{end.year}年{end.month}月{end.day}日　　　　　年　　月　　日"
    sheet.merge_range(2, left, 2, columns - 1, dated, book.style("line_right"))
    set_page(sheet)
    return sheet


def set_page(sheet: Worksheet, landscape: bool = True) -> None:
    """A4, one page wide, page number at the foot."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_footer("&C— &P —")


def heading(declared: Field) -> str:
    """A column's label as the form prints it: label, unit of measure, 累计."""
    unit = f"\n（{declared.unit}）" if declared.unit else ""
    return f"{declared.label}{unit}" + ("\n累计" if declared.cumulative else "")


def sheet_name(text: str) -> str:
    """`text` as Excel takes it for a sheet's name."""
    return re.sub(r"[\[\]:*?/\\]", "-", text).strip("'")[:31]


def width(texts: Sequence[str]) -> float:
    """A column's width that shows most of `texts` on one line, within what a page can bear."""
    longest = max((max(map(digits, t[:80].split("\n"))) for t in texts), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """A row's height in points that shows every wrapped line; programs do not all work it out themselves."""
    lines = max(map(_lines, texts, widths), default=1)
    return min(6 + 14 * lines, _HIGHEST)


def _lines(text: str, wide: float) -> int:
    """Into how many lines a column so wide breaks a text."""
    return sum(max(math.ceil(digits(line) / (wide - 1)), 1) for line in text.split("\n"))


def digits(text: str) -> int:
    """How wide a text is, in digits."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)
