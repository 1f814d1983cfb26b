"""Tables drawn in plain text -> cells at their lines: boxes (┌─│), Markdown, columns set apart by spaces.

`tables_in` tries the kinds in the order in which they leave least to guess. What fits none of them stays running text.
"""

from __future__ import annotations

from collections.abc import Callable

from tally.readers.text_tables.aligned import aligned_tables
from tally.readers.text_tables.boxes import box_tables
from tally.readers.text_tables.drawn import Drawn
from tally.readers.text_tables.markdown import markdown_tables

KINDS: dict[str, Callable[[list[str]], list[Drawn]]] = {
    "制表符画的表格": box_tables,
    "Markdown 表格": markdown_tables,
}
SPACED = "用空格对齐的表格"


def drawn_tables(lines: list[str]) -> tuple[str, list[Drawn]]:
    """What kind of drawn tables the lines hold, and the tables; ("", []) where there is none."""
    for kind, read in KINDS.items():
        if tables := read(lines):
            return kind, tables
    return "", []


def spaced_tables(lines: list[str]) -> tuple[str, list[Drawn]]:
    """Likewise for columns that only spaces tell apart: to be asked last."""
    tables = aligned_tables(lines)
    return (SPACED, tables) if tables else ("", [])
