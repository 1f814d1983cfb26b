"""Put sheets into files as clerks send them: which form goes where, in which kind of file, under what name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.mess.truth import Book
from samples.writers.delimited import delimited
from samples.writers.ods import ods
from samples.writers.sheet import Ink, Sheet
from samples.writers.web import web_page
from samples.writers.word import word_tables
from samples.writers.xls import xls
from samples.writers.xlsx import xlsx
from samples.writers.xml_2003 import xml_2003
from samples.writers.zips import gbk_zip

WRITERS: dict[str, Callable[[Book], bytes]] = {
    "xlsx": lambda b: xlsx(b.sheets, since_1904=b.date_1904),
    "xls": lambda b: xls(b.sheets, since_1904=b.date_1904),
    "docx": lambda b: word_tables(_printed(b), paragraphs=True),
    "ods": lambda b: ods(b.sheets),
    "csv gbk": lambda b: delimited(_printed(b)[0], "gb18030"),
    "csv utf-8": lambda b: delimited(_printed(b)[0], "utf-8"),
    "csv utf-8-sig": lambda b: delimited(_printed(b)[0], "utf-8-sig"),
    "csv utf-16": lambda b: delimited(_printed(b)[0], "utf-16", "\t"),
    "tab text": lambda b: delimited(_printed(b)[0], "gb18030", "\t"),
    "html": lambda b: web_page(_printed(b), "gb18030", "", "&nbsp;"),
    "html utf-8": lambda b: web_page(_printed(b), "utf-8", "", "&nbsp;"),
    "xml 2003": lambda b: xml_2003(b.sheets),
}
HOLDS: dict[str, frozenset[str]] = {
    "xlsx": frozenset({"native", "format", "formula", "struck", "gone", "merge", "hide", "epoch", "blanks"}),
    "xls": frozenset({"native", "format", "struck", "merge", "hide", "epoch", "blanks"}),
    "docx": frozenset({"struck", "gone", "merge", "epoch", "blanks"}),
    "ods": frozenset({"native", "merge", "epoch", "blanks"}),
    "html": frozenset({"merge", "epoch"}),
    "html utf-8": frozenset({"merge", "epoch"}),
    "xml 2003": frozenset({"native", "merge", "epoch", "blanks"}),
}
ENDINGS: dict[str, tuple[str, ...]] = {
    "xlsx": ("xlsx", "xlsx", "XLSX", "xls", "et"),
    "xls": ("xls", "et", "xlsx"),
    "docx": ("docx", "docx", "doc"),
    "ods": ("ods",),
    "csv gbk": ("csv", "CSV"),
    "csv utf-8": ("csv", "txt"),
    "csv utf-8-sig": ("csv",),
    "csv utf-16": ("csv", "txt"),
    "tab text": ("xls", "txt"),
    "html": ("xls", "html"),
    "html utf-8": ("xls",),
    "xml 2003": ("xls", "xml"),
}
SINGLE_SHEET = frozenset(k for k in WRITERS if k.startswith(("csv", "tab")))
SEPARATE_TABLES = frozenset({"docx", "html", "html utf-8"})
RECEIVED = datetime(2021, 6, 3, 12)
_TAILS = ("", "", "最终版(2)", "的副本", " - 副本", "（盖章）", "0531", "(1)")


def pick_kind(rng: Random) -> str:
    """A kind of file, the usual ones oftener."""
    return rng.choices(list(WRITERS), (10, 4, 5, 2, 2, 1, 1, 1, 1, 2, 1, 1))[0]


def holds(kind: str, date_1904: bool = False) -> frozenset[str]:
    """What a file of this kind can show beside text."""
    return HOLDS.get(kind, frozenset({"epoch", "blanks"})) - ({"epoch"} if date_1904 else set())


def sheet_name(kind: str, index: int, name: str) -> str:
    """What the sheet is called once it stands in a file: tables are numbered, text has none."""
    if kind in SINGLE_SHEET:
        return ""
    return f"表{index + 1}" if kind in SEPARATE_TABLES else name


def file_name(rng: Random, stem: str, kind: str) -> str:
    return f"{stem}{rng.choice(_TAILS)}.{rng.choice(ENDINGS[kind])}"


def deliver(books: list[Book], folder: Path, packed: str) -> list[Path]:
    """Write the books below `folder`, or into the zip named `packed` with GBK names inside it; all came in on time."""
    folder.mkdir(parents=True, exist_ok=True)
    if packed:
        (folder / packed).write_bytes(gbk_zip((book.name, content(book)) for book in books))
    else:
        for book in books:
            (folder / book.name).parent.mkdir(exist_ok=True)
            (folder / book.name).write_bytes(content(book))
    written = [folder / packed] if packed else [folder / b.name for b in books]
    early = {folder / b.name for b in books if b.earlier}
    for path in written:
        day = RECEIVED - timedelta(days=2 * (path in early))
        os.utime(path, (day.timestamp(),) * 2)
    return written


def content(book: Book) -> bytes:
    """The bytes of the book; of a damaged one the first half."""
    data = WRITERS[book.kind](book)
    return data[: len(data) // 2] if book.damaged else data


def _printed(book: Book) -> list[Sheet]:
    """The sheets with decimals as a program prints them: 26.0, where a spreadsheet would show 26."""
    return [replace(s, inks={place: _ink_printed(ink) for place, ink in s.inks.items()}) for s in book.sheets]


def _ink_printed(ink: Ink) -> Ink:
    return replace(ink, raw=str(ink.raw)) if isinstance(ink.raw, float) else ink
