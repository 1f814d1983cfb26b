"""The workbook's first and last sheets: who reported, and what a reader must know about the data."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from tally.catalogue import RETURN_STATES, SEVERITIES
from tally.render.workbook.sheet import Workbook, height, set_page, width, write_text
from tally.returns.summaries.measures import LABELS

_COLUMNS = (
    "序号",
    "填报单位",
    "统计表",
    "等级",
    "行",
    "栏目",
    "文件",
    "工作表",
    "单元格",
    "填报内容",
    "应为",
    "说明",
    "处理建议",
)
_TEXTS = ("file", "sheet", "cell", "found", "expected", "message", "suggestion")


def write_cover(book: Workbook, edition_note: str = "") -> None:
    """Title with `edition_note`, period, how complete the data is, then unit by unit what came and how many findings stand."""
    campaign, period = book.campaign, book.period
    sheet = book.file.add_worksheet("封面")
    set_page(sheet, landscape=False)
    last = len(campaign.forms) + 3
    sheet.set_row(1, 40)
    sheet.merge_range(1, 0, 1, last, f"{campaign.title}统计表{edition_note}", book.style("title"))
    lines = [
        f"报送单位：{campaign.issuer}",
        f"报送期：{period.name}（{_day(period.start)}至{_day(period.end)}）",
        f"依据：{campaign.notice}",
        *(_completeness(book, form) for form in campaign.forms),
        _findings_line(book),
        "汇总栏为公式，取自各单位报表；没有填报的单元格留空，不作零处理。",
    ]
    for r, text in enumerate(lines, 3):
        sheet.set_row(r, 20 * (1 + len(text) // 44))
        sheet.merge_range(r, 0, r, last, text, book.style("note"))
    _submissions(book, sheet, len(lines) + 4)


def _day(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _completeness(book: Workbook, form) -> str:
    missing, due = book.missing(form), len(book.campaign.units)
    text = f"{form.number}　{form.title}：应报 {due} 个单位，已报 {due - len(missing)} 个"
    return text + (f"，未报：{'、'.join(book.unit_name(c) for c in missing)}" if missing else "")


def _findings_line(book: Workbook) -> str:
    counts = Counter(book.tables.findings["severity"])
    return "数据质量：" + "，".join(f"{label} {counts.get(name, 0)} 条" for name, label in SEVERITIES.items())


def _submissions(book: Workbook, sheet: Worksheet, top: int) -> None:
    forms = book.campaign.forms
    heads = ["填报单位", *(f.number for f in forms), *SEVERITIES.values()]
    for c, text in enumerate(heads):
        write_text(book, sheet, top, c, text, "head")
        sheet.set_column(c, c, 16 if c == 0 else 11)
    states = {f.name: book.states(f) for f in forms}
    counts = Counter(zip(book.tables.findings["unit"].astype(str), book.tables.findings["severity"], strict=True))
    extra = {code for s in states.values() for code in s} - {u.code for u in book.campaign.units}
    for r, code in enumerate([*(u.code for u in book.campaign.units), *sorted(extra)], top + 1):
        write_text(book, sheet, r, 0, book.unit_name(code), "label")
        for c, f in enumerate(forms, 1):
            state = states[f.name].get(code, "missing")
            write_text(book, sheet, r, c, RETURN_STATES.get(state, state), "label", bad=state == "missing")
        for c, severity in enumerate(SEVERITIES, len(forms) + 1):
            sheet.write_number(r, c, counts[code, severity], book.style("label"))


def write_findings(book: Workbook) -> None:
    """The data-quality list: every finding with its address, errors first."""
    sheet = book.file.add_worksheet("数据质量清单")
    set_page(sheet)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, "数据质量清单", book.style("title"))
    for c, text in enumerate(_COLUMNS):
        write_text(book, sheet, 1, c, text, "head")
    rows = [_finding(book, f) for f in _in_order(book)]
    widths = [width([name, *(t[c] for t in rows)]) for c, name in enumerate(_COLUMNS[1:])]
    for r, texts in enumerate(rows, 2):
        sheet.set_row(r, height(texts, widths))
        sheet.write_number(r, 0, r - 1, book.style("label"))
        for c, text in enumerate(texts, 1):
            write_text(book, sheet, r, c, text, bad=c == 3 and text == SEVERITIES["error"])
    for c, wide in enumerate((7, *widths)):
        sheet.set_column(c, c, wide)
    sheet.autofilter(1, 0, max(len(rows) + 1, 2), len(_COLUMNS) - 1)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(1)


def _in_order(book: Workbook) -> list:
    """Errors before warnings before notes, then by unit and form in the campaign's order."""
    severities, forms = list(SEVERITIES), [f.name for f in book.campaign.forms]
    units = [u.code for u in book.campaign.units]

    def place(value: str, known: list[str]) -> int:
        return known.index(value) if value in known else len(known)

    found = book.tables.findings.astype(object)  # a column without one value has the type of none
    return sorted(
        found.where(found.notna(), "").astype(str).itertuples(),
        key=lambda f: (place(f.severity, severities), place(f.unit, units), place(f.form, forms)),
    )


def _finding(book: Workbook, f: pd.Series) -> list[str]:
    form = next((x for x in book.campaign.forms if x.name == f.form), None)
    number = form.number if form else {"summary": "工作总结"}.get(f.form, f.form)
    labels = {x.name: x.label for x in form.fields} if form else LABELS
    rows = {c.name: c.label for c in form.categories} if form else {}
    row = rows.get(f.row) or (f"第{f.row}条" if f.row.isdigit() else f.row)
    place = (book.unit_name(f.unit), number, SEVERITIES.get(f.severity, f.severity), row, labels.get(f.field, f.field))
    return [*place, *(getattr(f, name) for name in _TEXTS)]
