"""The tables in a notebook output's HTML (pandas data frames above all) -> Table blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml import etree, html

from tally.blocks import Align, Entry, Head, Table

WIDE = 10  # columns; more ask for a landscape page

_NUMBER = re.compile(
    r"[-+−]?(?:(?:,*+\d++)++(?:,*+\.\d++)?|,*+\.\d++)(?:[eE][-+]?\d++)?%?|nan|NaN|<NA>|None|[-—/…]?|\.\.\."
)


def tables_in(source: str) -> tuple[Table, ...]:
    """Every outermost table in a piece of HTML; () if it has none or cannot be parsed."""
    if "<table" not in source.lower():
        return ()
    try:
        tree = html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, ValueError):
        return ()
    tables = [_table(node) for node in tree.iter("table") if not any(node.iterancestors("table"))]
    notes = " ".join(_text(p) for p in tree.iter("p") if not any(p.iterancestors("table")))
    if tables and notes:  # "60 rows × 4 columns": that the frame was cut short must not be lost
        tables[-1] = replace(tables[-1], note=notes)
    return tuple(tables)


def _table(node: html.HtmlElement) -> Table:
    rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
    if "dataframe" in node.get("class", "").split():
        _without_running_number(rows)
    head = [row for row in rows if row.getparent().tag == "thead"]
    if not head and rows and all(cell.tag == "th" for cell in _cells(rows[0])):
        head = rows[:1]
    body = [row for row in rows if row not in head]
    entries = tuple(tuple(map(_entry, _cells(row))) for row in body)
    heads = tuple(tuple(map(_head, _cells(row))) for row in head)
    columns = max([*map(_width, heads), *map(_width, entries)], default=0)
    caption = node.find("caption")
    return Table(
        id="",
        caption="" if caption is None else _text(caption),
        head=heads,
        body=entries,
        align=tuple(map(_alignment, _columns(entries, columns))),
        landscape=columns > WIDE,
        sortable=not any(e.colspan > 1 or e.rowspan > 1 for row in entries for e in row),
    )


def _without_running_number(rows: Sequence[html.HtmlElement]) -> None:
    """Takes away the index that nobody gave a frame: 0, 1, 2 … below an empty heading."""
    first = [cells[0] for row in rows if (cells := _cells(row))]
    marks = [_text(cell) for cell in first]
    if len(marks) < 2 or marks[0] or any(cell.tag != "th" or cell.get("rowspan") for cell in first):
        return
    if marks[1:] == [str(n) for n in range(len(marks) - 1)]:
        for cell in first:
            cell.drop_tree()


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def _width(row: Sequence[Head | Entry]) -> int:
    return sum(cell.colspan for cell in row)


def _columns(entries: Sequence[Sequence[Entry]], columns: int) -> list[list[str]]:
    """The texts of each column, out of the rows that have them all."""
    whole = [row for row in entries if len(row) == columns]
    texts: list[list[str]] = [[] for _ in range(columns)]
    for row in whole:
        for column, entry in zip(texts, row, strict=True):
            column.append(entry.text)
    return texts


def _head(cell: html.HtmlElement) -> Head:
    return Head(_text(cell), _span(cell, "colspan"), _span(cell, "rowspan"))


def _entry(cell: html.HtmlElement) -> Entry:
    return Entry(_text(cell), colspan=_span(cell, "colspan"), rowspan=_span(cell, "rowspan"))


def _span(cell: html.HtmlElement, name: str) -> int:
    written = cell.get(name, "1")
    return max(int(written), 1) if written.isdecimal() else 1


def _alignment(texts: Iterable[str]) -> Align:
    """Numbers to the right, everything else to the left."""
    texts = list(texts)
    return "right" if any(texts) and all(_NUMBER.fullmatch(t) for t in texts) else "left"
