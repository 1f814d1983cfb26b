"""From truth, style, mistakes and plan to files: the bytes of each, and the pages that stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from samples import forms
from samples.drawing import drawn
from samples.letter import letter
from samples.mistakes import CLAIMED_TWICE, PLANTED, SUPERSEDED, Mistake
from samples.received import PLAN, Sent
from samples.sheet import Block, Cell, Page, page_of, table_page
from samples.styles import STYLES
from samples.summaries import Summary, summary
from samples.truth import UnitTruth
from samples.writers.delimited import delimited
from samples.writers.ods import ods
from samples.writers.web import web_page
from samples.writers.xls import xls
from samples.writers.xlsx import xlsx
from samples.writers.zips import gbk_zip

Truths = dict[tuple[str, str], UnitTruth]


@dataclass(frozen=True)
class Built:
    """One file: its path below the period's folder (`a.zip!b.csv` inside a ZIP), bytes and what stands in it.

    `pages` carry the sheet names a reader gives them: 表1, 表2, … in Word and HTML, "" in delimited text.
    """

    unit: str
    path: str
    sent: Sent
    content: bytes
    pages: tuple[Page, ...] = ()
    summary: Summary | None = None


def with_double_claim(truths: Truths) -> Truths:
    """In May one firm of a unit stands in another unit's list as well."""
    owner, index, other = CLAIMED_TWICE
    firm = truths[owner, "2021-05"].firms[index]
    claimed = truths[other, "2021-05"]
    return truths | {(other, "2021-05"): replace(claimed, firms=(*claimed.firms, firm))}


def built(truths: Truths, period: str) -> Iterator[tuple[str, bytes, tuple[Built, ...]]]:
    """Each file to write (path, bytes) with what stands in it; a ZIP stands in for its members."""
    for unit, files in PLAN[period].items():
        for sent in files:
            if sent.kind != "zip":
                one = _build(unit, period, sent, truths, sent.path)
                yield sent.path, one.content, (one,)
                continue
            members = tuple(_build(unit, period, m, truths, f"{sent.path}!{m.path}") for m in sent.members)
            yield sent.path, gbk_zip((m.sent.path, m.content) for m in members), members


def _build(unit: str, period: str, sent: Sent, truths: Truths, path: str) -> Built:
    truth, style = truths[unit, period], STYLES[unit]
    told = date.fromisoformat(sent.received)
    text = summary(truth, style.reporter, told) if any("summary" in f for f in sent.sheets.values()) else None
    blocks = {
        form: _block(form, truth, sent, told, period)
        for names in sent.sheets.values()
        for form in names
        if form != "summary"
    }
    if sent.kind == "txt":
        return Built(unit, path, sent, text.text.encode("gbk"), summary=text)
    if sent.kind == "docx":
        return _word(unit, path, sent, text, blocks)
    pages = [page_of(name, *(blocks[f] for f in names)) for name, names in sent.sheets.items()]
    pages += [Page(name) for name in sent.empty]
    if sent.contacts:
        pages.append(_contacts())
    if sent.leftover:
        pages.append(_leftover(sent.leftover, truths[unit, "2021-04"]))
    return Built(unit, path, sent, _workbook(sent, pages, style.font), tuple(_as_read(p, sent.kind) for p in pages))


def _block(form: str, truth: UnitTruth, sent: Sent, told: date, period: str) -> Block:
    block = forms.block(form, truth, STYLES[truth.unit], None if sent.undated else told)
    for mistake in mistakes(truth.unit, period, sent.superseded):
        if mistake.form == form:
            mistake.apply(block)
    return block


def mistakes(unit: str, period: str, superseded: bool = False) -> tuple[Mistake, ...]:
    return (SUPERSEDED if superseded else PLANTED[period]).get(unit, ())


def _word(unit: str, path: str, sent: Sent, text: Summary | None, blocks: dict[str, Block]) -> Built:
    pages = [table_page(f"表{i}", block) for i, block in enumerate(blocks.values(), 1)]
    parts = [*(text.parts if text else ()), *zip(blocks.values(), pages, strict=True)]
    return Built(unit, path, sent, letter(parts), tuple(pages), text)


def _workbook(sent: Sent, pages: list[Page], font: str) -> bytes:
    sheets = [drawn(page) for page in pages]
    match sent.kind:
        case "xlsx":
            return xlsx(sheets, font, sent.since_1904)
        case "xls":
            return xls(sheets, font)
        case "ods":
            return ods(sheets)
        case "html":
            return web_page(sheets)
        case "gbk":
            return delimited(sheets[0], "gbk")
        case "utf8":
            return delimited(sheets[0], "utf-8-sig")
    raise ValueError(sent.kind)


def _as_read(page: Page, kind: str) -> Page:
    name = {"html": "表1", "gbk": "", "utf8": ""}.get(kind, page.name)
    return replace(page, name=name)


def _contacts() -> Page:
    """A list of contacts, sent along though nobody asked for it."""
    lines = (("口罩整治工作联络员名单", None, None), ("姓名", "职务", "电话"), ("某联络", "联络员", "0515-00000001"))
    cells = {(r, c): Cell(text, "text") for r, line in enumerate(lines) for c, text in enumerate(line)}
    return Page("Sheet1", cells, widths=[14.0, 14.0, 16.0])


def _leftover(leftover: tuple[str, str], truth: UnitTruth) -> Page:
    """Last period's form, still in the workbook on a hidden sheet: it asks for nothing now."""
    name, form = leftover
    page = page_of(name, forms.block(form, truth, STYLES[truth.unit], date(2021, 4, 29)))
    page.cells = {place: replace(cell, key=None) for place, cell in page.cells.items()}
    page.hidden_page = True
    return page
