"""The lines above a table, cell by cell: title, number of the form, 填报单位, date, unit of measure; the rest is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally.declare import Form, Period
from tally.locate.body import Reporter
from tally.locate.context import measures_in, times_in
from tally.locate.headers import Header
from tally.locate.imprint import is_printed, is_reference
from tally.locate.labels import parse
from tally.locate.ledger import Ledger
from tally.locate.lines import is_signature, note_corrects
from tally.locate.notes import LONG, qualifiers_in
from tally.locate.pieces import pieces
from tally.locate.statements import unread
from tally.locate.times import other_times, unread_date
from tally.locate.view import View
from tally.model import Finding
from tally.writing.characters import narrow

_NUMBER = re.compile(r"附(件|表)[\d一二三四五六七八九十]{0,3}[:：之]?\d?[:：]?")
_REPORTING = re.compile(r"(填报|报送|上报|填表|编制|报表)?(单位|部门)(名称)?([(（](盖章|公章|章)[)）])?[:：]?")
_IMPRINT = re.compile(
    r"表号|制[表定]机关|批准(机关|文号)|备案文号|有效期|密级|秘密|内部(资料|使用)|第\d+页|共\d+页|[(（]?(盖章|公章)[)）]?|机密"
)
_SHORT = 24  # characters
_SENTENCE_LIKE = re.compile(
    r"[。;；:：,，]|^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|^第.{1,3}[页条章]|^[-—–－]+\d|^\d+$"
)
_TITLED = re.compile(r".*(统计表|情况表|汇总表|报表|一览表|登记表|明细表|表)([(（].*[)）])?$")


def kind_of_line(text: str, form: Form, title: str) -> str:
    """What a cell above the table is (a key of `BOOKS`), "" if nothing that is known there."""
    flat = narrow(text)
    core = parse(text).core
    if text.strip() == title or any(parse(t).core in core for t in (form.title, *form.aliases)):
        return "title"
    if _NUMBER.fullmatch(flat) or flat.startswith(form.number):
        return "form number"
    if _REPORTING.match(flat) and len(flat) <= LONG:
        return "reporting unit"
    if measures_in(flat):
        return "measure"
    if times_in(flat) or re.search(r"时间|日期|年月日|年.{0,4}月", flat):
        return "date"
    if is_signature(flat):
        return "signature"
    if is_printed(text) or _IMPRINT.match(flat):
        return "imprint"
    return "title" if _TITLED.fullmatch(flat) and len(flat) <= 40 else ""


def read_above(
    view: View, header: Header, first: int, title: str, ledger: Ledger, period: Period | None = None
) -> Iterator[Finding]:
    """Books the lines from grid row `first` to the header and the paragraphs before; a finding for what is left."""
    report = Reporter(view, header.form)
    for row in range(first, header.first):
        cols = [c for c in view.filled(row, range(view.width)) if not ledger.taker(row, c)]
        for piece in pieces([str(view.own(row, c)) for c in cols]):
            col = cols[piece.first]
            if is_reference(piece.text):
                ledger.book("reference", row, (col,))
                continue
            yield from _of_line(piece.text, row, col, report, title, ledger, period)
            ledger.book("date", row, cols[piece.first + 1 : piece.last + 1])
    if first == 0:
        printed = {line for ink in view.grid.ink if ink.kind == "page header" for line in ink.text.split("\n")}
        for text in view.grid.before:
            findings = _of_line(text, None, 0, report, title, None, period)
            yield from (one for one in findings if one.rule != "form.words_above" or text not in printed)


def _of_line(
    text: str,
    row: int | None,
    col: int,
    report: Reporter,
    title: str,
    ledger: Ledger | None,
    period: Period | None,
) -> Iterator[Finding]:
    kind = kind_of_line(text, report.form, title)
    if ledger is not None and row is not None:
        ledger.book(kind or "said", row, (col,))
    if len(text) > LONG:
        return
    words = {"found": text[:200], "text": text[:80]}
    qualifiers = qualifiers_in(_without_title(text, report.form), report.form)
    if note_corrects("".join(text.split())):
        yield report("form.note_corrects/above", row, col, **words)
    elif qualifiers:
        yield report("form.words_above/qualify", row, col, word="”“".join(qualifiers), **words)
    elif kind == "" and (elsewhere := other_times(text, period, days=False)):
        yield report("form.words_above/qualify", row, col, word=elsewhere[0].text, **words)
    elif kind in ("", "date") and unread_date(text):
        yield report("form.date_unread", row, col, **words)
    elif kind in ("", "date") and not times_in(narrow(text)) and (sentence := unread(text, report.form)):
        yield report("form.words_above/unread", row, col, found=text[:200], text=sentence[:80])
    elif not kind and (row is not None or _stands_alone(text)):
        yield report("form.words_above", row, col, **words)


def _stands_alone(text: str) -> bool:
    """True for a paragraph above a table that is a line of its own, no sentence and no heading of a text."""
    flat = narrow(text)
    return 0 < len(flat) <= _SHORT and not _SENTENCE_LIKE.search(flat)


def _without_title(text: str, form: Form) -> str:
    """A line without the form's own title, whose words qualify nothing."""
    flat = narrow(text)
    for title in sorted((form.title, *form.aliases), key=len, reverse=True):
        flat = flat.replace(narrow(title), "")
    return flat
