"""A summary typed into a workbook: a sheet of lines, one below the other, that reads as a work summary of this campaign."""

from __future__ import annotations

from collections.abc import Sequence

from tally.declare import Campaign
from tally.model import Document, Grid, RawTable
from tally.returns.summaries.texts import TITLED, kind_of

_LINES = 0.8  # of the filled rows that hold one text, from which a sheet is running text and no table


def summary_sheets(campaign: Campaign, document: Document, tables: Sequence[RawTable]) -> dict[str, str]:
    """Sheet -> its text, of the sheets without a form that are a summary as a text file with these lines would be."""
    placed = {t.grid.sheet for t in tables}
    texts: dict[str, str] = {}
    for grid in document.grids:
        if grid.sheet in placed or not grid.sheet:
            continue
        text = _running_text(grid)
        if TITLED.search(f"{grid.sheet}\n{text}") and not kind_of(campaign, text):
            texts[grid.sheet] = text
    return texts


def _running_text(grid: Grid) -> str:
    """The sheet's lines, "" where most rows hold several values."""
    rows = [[str(v) for v in row if v is not None and str(v).strip()] for row in grid.rows]
    rows = [row for row in rows if row]
    alone = sum(len(row) == 1 for row in rows)
    return "\n".join(" ".join(row) for row in rows) if rows and alone >= _LINES * len(rows) else ""
