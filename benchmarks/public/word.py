"""Word tables by our reader and by python-docx: each cell that python-docx shows is held against those that ours read."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import docx
from docx.table import Table, _Cell

from tally.model import Document


def word_verdicts(documents: tuple[Document, ...], data: bytes) -> Iterator[tuple[str, str]]:
    """As a bag: python-docx counts columns by another rule than addresses do. Our text may hold more: it reads tagged
    words, content controls and tick boxes, which python-docx leaves out."""
    try:
        tables = docx.Document(io.BytesIO(data)).tables
    except Exception:  # the other reader's limits are no verdict on ours
        return
    theirs = Counter(text for table in tables for text in _texts(table) if text)
    ours = Counter(_flat(v) for d in documents for g in d.grids for row in g.rows for v in row if v is not None)
    flagged = [_flat("".join(run.text for run in m.runs)) for d in documents for g in d.grids for m in g.marks.values()]
    for text, count in (theirs & ours).items():
        yield from [("right", text)] * count
    for text, count in (theirs - ours).items():
        verdict = "flagged" if any(text in words for words in flagged) else "silent"
        yield from [(verdict, f"{text[:60]!r} where ours has {_likest(text, ours)!r}")] * count


def _texts(table: Table) -> Iterator[str]:
    for row in table._tbl.tr_lst:
        for cell in row.tc_lst:
            if cell.vMerge != "continue":
                shown = _Cell(cell, table)
                yield _flat("".join(p.text for p in shown.paragraphs))
                for nested in shown.tables:
                    yield from _texts(nested)


def _likest(text: str, ours: Counter[str]) -> str:
    return next((other for other in ours if other and (text in other or other in text)), "")[:60]


def _flat(value: object) -> str:
    return "".join(str(value).split())
