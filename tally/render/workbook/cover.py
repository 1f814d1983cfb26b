"""The workbook's first sheet: who reported."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from tally.catalogue import RETURN_STATES
from tally.declare import Form
from tally.render.workbook.sheet import Workbook, set_page, write_text
from tally.writing.periods import month


def write_cover(book: Workbook, edition_note: str = "") -> None:
    """Title with `edition_note`, period, how complete the data is, then unit by unit what came."""
    campaign, period = book.campaign, book.period
    sheet = book.file.add_worksheet("封面")
    set_page(sheet, landscape=False)
    last = max(len(campaign.forms), 5)
    sheet.set_row(1, 40)
    sheet.merge_range(1, 0, 1, last, f"{campaign.title}统计表{edition_note}", book.style("title"))
    lines = [
        f"报送单位：{campaign.issuer}",
        f"报送期：{month(period.name)}（{_day(period.start)}至{_day(period.end)}）",
        f"依据：{campaign.notice}",
        *(_completeness(book, form) for form in campaign.forms),
        "汇总栏为公式，取自各单位报表；没有填报的单元格留空，不作零处理。",
    ]
    for r, text in enumerate(lines, 3):
        sheet.set_row(r, 20 * (1 + len(text) // 44))
        sheet.merge_range(r, 0, r, last, text, book.style("note"))
    _submissions(book, sheet, len(lines) + 4)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _completeness(book: Workbook, form: Form) -> str:
    missing, due = book.missing(form), sum(u.must(form.name) for u in book.campaign.units)
    text = f"{form.number}　{form.title}：应报 {due} 个单位，已报 {due - len(missing)} 个"
    return text + (f"，未报：{'、'.join(book.unit_name(c) for c in missing)}" if missing else "")


def _submissions(book: Workbook, sheet: Worksheet, top: int) -> None:
    forms = book.campaign.forms
    heads = ["填报单位", *(f.number for f in forms)]
    for c, text in enumerate(heads):
        write_text(book, sheet, top, c, text, "head")
        sheet.set_column(c, c, 16 if c == 0 else 11)
    states = {f.name: book.states(f) for f in forms}
    due = [u.code for u in book.campaign.units]
    extra = set().union(*states.values()) - set(due)
    for r, code in enumerate([*due, *sorted(extra)], top + 1):
        write_text(book, sheet, r, 0, book.unit_name(code), "label")
        for c, f in enumerate(forms, 1):
            state = states[f.name].get(code, "missing")
            write_text(book, sheet, r, c, RETURN_STATES.get(state, state), "missing" if state == "missing" else "label")
