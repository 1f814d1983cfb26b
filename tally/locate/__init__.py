"""Where the forms of a campaign stand in what a reader returned; what stands in the way is a finding.

`find_tables` looks at content only: labels of the header, the title, 填报单位. It finds several forms on a sheet,
below or beside one another, and several pages of one form. Which tables are counted, the caller decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from tally.declare import Form, Period
from tally.locate.between import told_apart
from tally.locate.pages import with_pages
from tally.locate.sheet import tables_in
from tally.model import Document, RawTable


def find_tables(document: Document, forms: Sequence[Form], period: Period | None = None) -> tuple[RawTable, ...]:
    """All tables of the given forms in `document`, in reading order; words of time are held against `period`."""
    tables: list[RawTable] = []
    grids = told_apart(document.grids, forms)
    for grid in grids:
        tables += tables_in(grid, forms, period)
    return tuple(with_pages(tables, grids, forms, period))
