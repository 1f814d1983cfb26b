"""Delimited and running text (.csv, .tsv, .txt, .md) -> one grid, or text without any."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from tally.errors import UnreadableFile
from tally.model import Document, Ink, Mark
from tally.readers.limits import TEXT_BYTES, spend
from tally.readers.rectangle import Sheet, grid
from tally.readers.text_tables import drawn_tables, spaced_tables
from tally.readers.text_tables.drawn import Drawn
from tally.writing.encoding import decode

# delimiter -> fewest fields of a row that let it count as a table: a comma also stands in prose
DELIMITERS = {"\t": 2, ",": 3, ";": 3, "，": 4, "|": 3}
_APART = re.compile(r" {2,}|\t+|\u3000{2,}")  # between two things on a line above a table: 填报单位 and the date
_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{1,500}\)")  # Markdown's
_ALIKE = 3  # records above the last whose number of fields tells what is usual
_SET_BY_HAND = 4  # fields of a row of a table that is set in line by tabs
_FORCED_TEXT = re.compile(r'="([^"]*)"')
_RULED = frozenset(" \t:|-")  # what the line below a markdown table's header consists of


def read_text(data: bytes, name: str) -> tuple[Document, ...]:
    """A `Document` with one grid (sheet "") where a delimiter shows clearly, else with text alone.

    All values are text as written; an empty field is None.
    """
    if len(data) > TEXT_BYTES:
        raise UnreadableFile("too_large", f"{len(data) // 2**20} MB")
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFile("unknown_type")
    text, encoding = decoded
    spend("text", len(text))
    text = text.replace("\0", "")  # padding of block-wise writers: no character at all
    lines = re.split(r"\r\n|\r|\n", text)
    if (drawn := drawn_tables(lines))[1]:
        return (_drawn(name, lines, drawn, encoding),)
    delimiter = delimiter_of(text)
    if not delimiter and (spaced := spaced_tables(lines))[1]:
        return (_drawn(name, lines, spaced, encoding),)
    if not delimiter:
        ink = tuple(Ink("", "picture") for line in lines for _ in _PICTURE.finditer(line))
        return (Document(name, "txt", text="\n".join(lines), ink=ink),)
    spend("cells", text.count(delimiter))
    records, notes = _records(text, delimiter)
    content = Sheet()
    for r, record in enumerate(records):
        _put(content, r, record)
    if not text.endswith(("\n", "\r")):
        _tell_cut(content, records)
    shown = {"\t": "制表符"}.get(delimiter, delimiter)
    notes = (f"编码 {encoding}", f"分隔符 {shown}", *notes)
    if gaps := text.count("\ufffd"):
        notes = (*notes, f"有 {gaps} 处字符无法识别")
    return (Document(name, "tsv" if delimiter == "\t" else "csv", (grid(name, "", content, notes=notes),)),)


def _drawn(name: str, lines: list[str], drawn: tuple[str, list[Drawn]], encoding: str) -> Document:
    """The text with its drawn tables in one grid, a row a line; lines around them are rows too, and the running text."""
    kind, tables = drawn
    content = Sheet()
    inside = {n for t in tables for n in range(t.first, t.last + 1)}
    around = [line for n, line in enumerate(lines) if n not in inside]
    for n, line in enumerate(lines):
        for col, piece in enumerate(_APART.split(line.strip()) if n not in inside and line.strip() else ()):
            content.put(n, col, piece)
    for table in tables:
        for (row, col), text in table.cells.items():
            content.put(row, col, text or None)
        for at in table.struck:
            content.mark(*at, struck=True)
        content.merges += table.merges
    return Document(
        name, "txt", (grid(name, "", content, notes=(f"编码 {encoding}", kind)),), "\n".join(around).strip("\n")
    )


def delimiter_of(text: str) -> str:
    """The delimiter that gives the most rows of one width, "" for running text."""
    sample = text[:200_000]
    lines, unquoted = _lines(sample), _lines(re.sub(r'"[^"]*"', "", sample))  # a quoted field may hold newlines
    best, best_score = "", 0.0
    for delimiter, fewest in DELIMITERS.items():
        score = max(_score(lines, delimiter, fewest), _score(unquoted, delimiter, fewest))
        if score > best_score * 1.2:  # an earlier one wins unless a later one is clearly better
            best, best_score = delimiter, score
    return best


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"\r\n|\r|\n", text) if line.strip()][:500]


def _score(lines: list[str], delimiter: str, fewest: int) -> float:
    """How many lines share the commonest number of fields; 0 if that is no table."""
    widths = Counter(_width(line, delimiter) for line in lines)
    tabular = {w: n for w, n in widths.items() if w >= fewest}
    if not tabular:
        return 0.0
    width, lines_of_it = max(tabular.items(), key=lambda item: (item[1], item[0]))
    others = sum(n for w, n in widths.items() if w != width)
    if delimiter == "，" and (lines_of_it < 3 or others > lines_of_it):
        return 0.0
    if lines_of_it < 2 or (others > 3 * lines_of_it and width < 6):
        return 0.0
    return lines_of_it * min(width, 8)


def _width(line: str, delimiter: str) -> int:
    if delimiter == "|":
        line = line.strip().strip("|")
    return re.sub(r'"[^"]*"', "", line).count(delimiter) + 1


def _records(text: str, delimiter: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """The fields of every record; a quote that is never closed makes all quotes ordinary characters."""
    if delimiter == "|":
        return [_piped(line) for line in re.split(r"\r\n|\r|\n", text)], ()
    if '"' not in text:
        return _in_step([line.split(delimiter) for line in re.split(r"\r\n|\r|\n", text)], delimiter), ()
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)), ()
    except csv.Error:
        return [line.split(delimiter) for line in re.split(r"\r\n|\r|\n", text)], ("引号不成对，按普通字符读取",)


def _in_step(records: list[list[str]], delimiter: str) -> list[list[str]]:
    """Records of a table set by hand: two tabs behind a short label, so that what follows stands in line, are one.

    Only where all rows have as many fields then, and had not before.
    """
    rows = [n for n, record in enumerate(records) if sum(map(bool, record)) >= _SET_BY_HAND]
    widths = {len(records[n]) for n in rows}
    if delimiter != "\t" or len(widths) < 2:
        return records
    closed = {n: _behind_label(records[n]) for n in rows}
    if len({len(record) for record in closed.values()}) > 1 or any(not all(record) for record in closed.values()):
        return records
    return [closed.get(n, record) for n, record in enumerate(records)]


def _behind_label(record: list[str]) -> list[str]:
    """The record without the empty fields right behind its first, and behind its last."""
    rest = record[1:]
    while rest and not rest[0].strip():
        rest = rest[1:]
    while rest and not rest[-1].strip():
        rest = rest[:-1]
    return [record[0], *rest]


def _piped(line: str) -> list[str]:
    if "---" in line and _RULED.issuperset(line):
        return []
    return [field.strip() for field in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _tell_cut(content: Sheet, records: list[list[str]]) -> None:
    """Of a text without a last line end: whether its last record is shorter than all before it, which are alike."""
    last = len(records) - 1
    above = {len(record) for record in records[max(last - _ALIKE, 0) : last]}
    if last >= _ALIKE and len(above) == 1 and max(above) // 2 < len(records[last]) < max(above):
        filled = [col for col, field in enumerate(records[last]) if field]
        if filled:
            content.lay(last, filled[-1], "cut", records[last][filled[-1]])


def _put(content: Sheet, row: int, record: list[str]) -> None:
    """One record; `="0123"`, the way to force text into a spreadsheet, is unwrapped."""
    if not any(record):
        return
    if any(field.startswith('="') for field in record):
        for col, field in enumerate(record):
            if match := _FORCED_TEXT.fullmatch(field):
                record[col] = match[1]
                content.marks[row, col] = Mark(formula=field)
    content.rows[row] = [field or None for field in record]
