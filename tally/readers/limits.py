"""How much of a received file is taken in before its reader says `too_large`: every limit, in one place.

All that is read on behalf of one received file draws on one allowance, an archive in an archive too:

    with allowance():            one received file begins; inside another allowance it changes nothing
        spend("merges", area)    UnreadableFile("too_large") once that is more than `LIMITS` allow

A limit is far above what any form needs, and low enough that reaching it costs seconds, not hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from tally.errors import UnreadableFile

FILE_BYTES = 300 * 2**20  # a file as received
PART_BYTES = 1 * 2**30  # one unpacked part of an office file or archive
ARCHIVE_BYTES = 1 * 2**30  # everything unpacked from one file as received, archives within archives counted together
ARCHIVE_MEMBERS = 2_000  # likewise
NESTED_ARCHIVES = 5  # archives and mails within one another
TEXT_BYTES = 100 * 2**20  # delimited or running text
GRID_CELLS = 40_000_000  # rows × columns of one grid
MOST_COLUMNS = 16_384  # of any grid, as in Excel
MERGED_CELLS = 2_000_000  # cells under the merged ranges of one grid, where that is more than the grid has
TAG_ATTRIBUTES = 500  # of one tag of a web page: the parser compares each with all others
STYLE_RULES = 300  # of a web page's style sheets, each looked for in the whole page
LONGEST_TEXT = 100_000  # characters of one cell; Excel takes 32,767, a whole summary has some thousand
LONGEST_FORMULA = 8_192  # characters, as in Excel; a longer one is copied nowhere
FLAT_ROW = 3.0  # points: nothing in a lower row can be read
NARROW_COLUMN = 0.3  # characters: likewise
WIDEST_SPACE = 256  # spaces that OpenDocument writes as one element
PDF_PAGES = 60  # a form has a few; reading takes some 40 ms a page
PDF_GLYPHS = 40_000  # of one page
PDF_DRAWN = 30_000  # lines of one page; a map has more
SCAN_PAGES = 6  # of one file: reading takes some 10 to 30 s a page
SCAN_PIXELS = 80_000_000  # of one picture
SCAN_SECONDS = 240.0  # by the clock, one file
SCAN_MEMORY = 1_536 * 2**20  # bytes of the process that reads it
CONVERT_SECONDS = 120  # LibreOffice, one file

# The process that opens received files (`tally.readers.apart`)
READ_MEMORY = 1_536 * 2**20  # bytes beyond what it starts with
READ_SECONDS = 8.0  # of computing, for one file
READ_SECONDS_A_MEGABYTE = 4.0  # more, for each MB of the file as received
WAIT_SECONDS = 300.0  # by the clock: a file that computes nothing all that time waits for something that never comes


@dataclass(frozen=True)
class Patience:
    """How long the process may take over one request: seconds of computing beyond those of the file's size, and by the clock."""

    computing: float
    waiting: float


ONE_FILE = Patience(0.0, WAIT_SECONDS)
WHOLE_UNIT = Patience(
    120.0, 1800.0
)  # all that a unit has sent, read (each file within its own limits), cleaned and checked


@dataclass(frozen=True)
class Limit:
    """`most` of something in one received file; `words` complete the finding: "文件过大，超出读取上限" and then these."""

    most: int
    words: str


LIMITS: dict[str, Limit] = {
    "bytes": Limit(5 * 2**28, "解压后的内容超过 1.25 GB"),
    "text": Limit(200 * 2**20, "文字超过 2 亿字"),
    "sheets": Limit(1_000, "工作表超过 1000 张"),
    "cells": Limit(GRID_CELLS, f"单元格超过 {GRID_CELLS // 10_000} 万格"),
    "repeated": Limit(1_000_000, "同一内容重复填满整列"),
    "hidden": Limit(5_000_000, "隐藏的行列重复声明过多"),
    "summed": Limit(2_000_000, "公式求和的范围过大"),
}


class Allowance:
    """What has been drawn for one received file so far."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def spend(self, what: str, amount: int) -> None:
        self.spent[what] += amount
        if self.spent[what] > LIMITS[what].most:
            raise UnreadableFile("too_large", LIMITS[what].words)


_current: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


@contextmanager
def allowance() -> Iterator[None]:
    """One received file, with all that is in it."""
    if _current.get() is not None:
        yield
        return
    token = _current.set(Allowance())
    try:
        yield
    finally:
        _current.reset(token)


def spend(what: str, amount: int = 1) -> None:
    """Draws `amount` of one of `LIMITS` for the file that is being read; UnreadableFile("too_large") above the limit."""
    (_current.get() or Allowance()).spend(what, amount)


def left(what: str) -> int:
    """How much of it the file that is being read may still take."""
    current = _current.get()
    return LIMITS[what].most - (current.spent[what] if current else 0)
