"""What a mail's envelope and quotations say beside its forms: sent before the forms' day, nothing attached, a demand not met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tally import catalogue
from tally.clean.dates import date_in
from tally.declare import Campaign, Period, Unit
from tally.model import Document, Finding, Place, RawTable
from tally.readers.parcels.letter import HEAD_LINE, QUOTED_NAME
from tally.returns.candidates import Candidate
from tally.returns.letters import Sent, body, letter_findings, letter_unit
from tally.writing.characters import narrow

_SENT = re.compile(r"^发送时间：(\d{4})-(\d{2})-(\d{2})", re.MULTILINE)
_SPEAKS_OF_FILES = re.compile(r"见附件|附件[如见]下|附上|随附|附后|见附表")
_DEMAND = re.compile(r"(?:应为|应是|改为|更正为)[^\d，。；]{0,6}(\d+(?:\.\d+)?)")
_QUOTE = (">", "＞")
_ENDS = re.compile(r"[。；;！!\n]")


def of_letters(
    campaign: Campaign,
    period: Period,
    unit: Unit,
    letters: Sequence[Sent],
    candidates: Sequence[Candidate],
    names: Sequence[str],
) -> Iterator[Finding]:
    """What mails say of the forms that came in them; `names`: every document that was opened."""
    for _, letter in letters:
        parcel = letter.file.rpartition("!")[0] + "!"
        tables = [c.table for c in candidates if c.table.grid.file.startswith(parcel)]
        demands = [*_demands(unit, letter, tables)]
        yield from demands
        if letter.file.endswith(QUOTED_NAME):
            continue
        yield from letter_unit(campaign, unit, letter)
        yield from letter_findings(campaign, period, unit, letter, list(dict.fromkeys(t.form for t in tables)))
        yield from _sent_before(unit, letter, tables)
        inside = [name for name in names if name.startswith(parcel) and not name.startswith(letter.file)]
        if not inside and _SPEAKS_OF_FILES.search(narrow(body(letter))):
            yield _said("intake.letter_bare", letter, unit)


def _said(kind: str, letter: Document, unit: Unit, found: str = "", form: str = "", **words: object) -> Finding:
    at = Place(letter.file, raw=found[:200])
    return catalogue.finding_at(catalogue.remark(kind, **words), at, unit=unit.code, form=form)


def _sent_before(unit: Unit, letter: Document, tables: Sequence[RawTable]) -> Iterator[Finding]:
    """One warning for each form that bears a later day than the mail that brought it."""
    match = _SENT.search(letter.text)
    sent = date(*map(int, match.groups())) if match else None
    for table in tables:
        day = date_in(table.date_text)
        if sent and day and day > sent:
            at = Place(table.grid.file, table.grid.sheet, raw=table.date_text)
            remark = catalogue.remark("intake.letter_before", day=str(day), sent=str(sent))
            yield catalogue.finding_at(remark, at, unit=unit.code, form=table.form)


def _demands(unit: Unit, letter: Document, tables: Sequence[RawTable]) -> Iterator[Finding]:
    """Sentences that a mail quotes which ask for a figure, where no form that it brought holds that figure."""
    figures = {text for table in tables for row in table.grid.rows for text in map(_figure, row)} if tables else set()
    for line in _quoted(letter) if tables else ():
        for sentence in filter(None, map(str.strip, _ENDS.split(line))):
            match = _DEMAND.search(narrow(sentence))
            if match and _figure(match[1]) not in figures:
                yield _said("intake.letter_quotes", letter, unit, sentence, text=sentence[:80], figure=match[1])


def _quoted(letter: Document) -> Iterator[str]:
    lines = [line for line in letter.text.splitlines() if not HEAD_LINE.match(line)]
    if letter.file.endswith(QUOTED_NAME):
        yield from lines
    yield from (line.lstrip(" >＞") for line in lines if line.lstrip().startswith(_QUOTE))


def _figure(value: object) -> str:
    """A figure's text, however many noughts stand behind its point; "" for what is none."""
    text = narrow(str(value)) if value is not None else ""
    return str(float(text)) if re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", text) else ""
