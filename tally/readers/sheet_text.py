"""A large worksheet's rows cut out of its XML text by pattern, which is more than twice as fast as a parser.

Only what is spelt as Excel and its imitators spell it is taken this way, cell by cell without a gap; a row
that holds anything else goes to the parser, and so does the sheet as a whole where its frame is unusual.
"""

from __future__ import annotations

import re

from tally.model import RawValue
from tally.readers.rectangle import Sheet
from tally.readers.sheet_xml import Scan, Workbook, place_value
from tally.readers.strings import Text, unescaped

LONGEST_FRAME = 10_000  # bytes of the worksheet's own tag, which goes with every row that the parser must read
LARGE = 300_000  # bytes; below, the parser is fast enough
_FRAME = re.compile(rb"\s*+(?:<\?xml[^>]*+>)?\s*+(<worksheet\b[^>]*+>).*?<sheetData>", re.DOTALL)
_DECLARED = re.compile(rb"\s*+<\?xml([^>]*+)>")
_ENCODING = re.compile(rb"encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
_ROW = re.compile(rb"\s*+<row\b([^<>]*+)(?:(?<=/)>|>(.*?)</row>)", re.DOTALL)
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\b(?:hidden="(?:1|true)"|ht="[0-2](?:\.\d*)?")')
_CELL = re.compile(
    r'(<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?'
    r"(?:/>|>(?:<f>([^<&]+)</f>)?(?:<v>([^<&]*)</v>|<is><t(?: xml:space=\"preserve\")?>([^<&]*)</t></is>)?</c>))"
)


def read_large_sheet(data: bytes, book: Workbook) -> Sheet | None:
    """The same as `read_sheet`, or None where the part is small or not spelt plainly."""
    frame = _FRAME.match(data) if len(data) >= LARGE and _is_utf8(data) else None
    end = data.rfind(b"</sheetData>")
    if not frame or len(frame[1]) > LONGEST_FRAME or end < 0 or any(odd in data for odd in (b"<!", b"<sheetData/>")):
        return None
    scan = _Scan(book, opening=frame[1])
    at = frame.end()
    while row := _ROW.match(data, at, end):
        scan.take_row(row[1], row[2] or b"")
        at = row.end()
    if data[at:end].strip():
        return None
    scan.parse(data[: frame.end()] + data[end:])
    return scan.finished()


def _is_utf8(data: bytes) -> bool:
    """Whether no other encoding is declared."""
    declared = _DECLARED.match(data)
    return not declared or not _ENCODING.search(declared[1])


class _Scan(Scan):
    def __init__(self, book: Workbook, opening: bytes):
        super().__init__(book)
        self.opening = opening
        self.shown = {"": self.style(None)}  # s -> style

    def take_row(self, attributes: bytes, inner: bytes) -> None:
        cells = _CELL.findall(text := inner.decode())
        if sum(len(cell[0]) for cell in cells) != len(text):
            self.parse(b"%b<row%b>%b</row></worksheet>" % (self.opening, attributes, inner))
            return
        number = _NUMBER.search(attributes)
        self.begin_row(number[1].decode() if number else None, bool(_HIDDEN.search(attributes)))
        line: list[RawValue] = []
        for cell in cells:
            self._take_cell(line, cell)
        if line:
            self.content.rows[self.row] = line

    def _take_cell(self, line: list[RawValue], cell: tuple[str, ...]) -> None:
        _, letters, number, kind, formula, text, inline = cell
        col = self.columns.get(letters)
        if col is None:
            col = self.col(letters)
        style = self.shown.get(number)
        if style is None:
            style = self.shown[number] = self.style(number)
        if not text and not formula and not inline and kind != "e":
            return
        value: RawValue
        if kind == "s" and not formula and style.mark is None and style.format.plain_text:
            value = self.book.strings[int(text)]
            if type(value) is Text:
                value = self.value(col, kind, text, style)
        elif not kind and not formula and text and style.quick:
            value = number_value = float(text)
            if number_value == number_value and abs(number_value) < 1e15 and number_value.is_integer():
                value = int(number_value)
            elif (mark := style.number_mark(number_value)) is not None:
                self._mark(col, mark)
        else:
            value = self.value(
                col, kind or "n", text or None, style, f"={formula}" if formula else None, unescaped(inline) or None
            )
        place_value(line, col, value)
