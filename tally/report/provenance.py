"""Following the report's own numbers: each figure, the units' figures it is the sum of, and their cells.

The command `trace` follows any figure, down to the files (`tally.explore.trace`).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tally.blocks import Provenance, Table
from tally.model import Place
from tally.report.origins import Origins
from tally.totals import Book, Figure, Part, Totals
from tally.writing.numbers import plain


def refs(blocks: Iterable[object]) -> list[str]:
    """Refs that blocks' texts and tables carry, each once, in order."""
    refs_of_blocks = (r for b in blocks for r in _refs(b))
    return list(dict.fromkeys(r for r in refs_of_blocks if r))


def _refs(block: object) -> Iterable[str]:
    if isinstance(block, Table):
        return (e.ref for row in block.body for e in row)
    return (r.ref for r in getattr(block, "runs", ()))


def block(totals: Totals, shown: Iterable[str]) -> Provenance:
    """Provenance of the shown figures and of those they lead to.

    A unit's figure that is shown nowhere is not an entry of its own: its cells stand with the city's part.
    """
    shown = [r for r in dict.fromkeys(shown) if r in totals.book]
    entered, todo, figures = set(shown), list(shown), {}
    origins = Origins(totals.history)
    while todo:
        ref = todo.pop(0)
        f = totals.book[ref]
        parts = [_part(totals.book, p, entered, todo, origins) for p in f.parts]
        figures[ref] = {
            "label": f.label,
            "value": f.text,
            "rule": _rule(f),
            "parts": parts,
        }
    return Provenance(figures)


def _rule(f: Figure) -> str:
    """How a figure was worked out, its exact value where fewer decimals are printed, and why it may be wrong."""
    exact = "" if f.value is None else plain(f.value)
    note = f"（{f.note}）" if f.note else ""
    more = f"。未舍入的数为{exact}{f.unit}" if exact and Decimal(exact) != Decimal(f.number) else ""
    return f.rule + note + more + (f"。▲存疑：{f.doubt}" if f.doubt else "")


def _part(book: Book, p: Part, entered: set[str], todo: list[str], origins: Origins) -> dict:
    target = book.get(p.ref)
    doubt = f"（▲{target.doubt}）" if target is not None and target.doubt else ""
    made = {"label": p.label, "value": p.value + doubt}
    if target is not None and p.ref not in entered and "@" in p.ref and not any(q.ref for q in target.parts):
        return made | {"cells": [c for q in target.parts for c in _cells(q, origins)]}
    if target is not None:
        if p.ref not in entered:
            entered.add(p.ref)
            todo.append(p.ref)
        return made | {"ref": p.ref}
    return made | {"cells": _cells(p, origins)}


def _cells(p: Part, origins: Origins) -> list[dict[str, object]]:
    """Cells with their file's path from the report's own raw folder: an earlier period's lies beside it."""
    cells = []
    for c in p.cells:
        origin = origins.at(p.period, c)
        reading = {"value": origin.value, "words": list(origin.words)} if origin.value or origin.words else {}
        cells.append(c._replace(file=path(p, c))._asdict() | reading)
    return cells


def path(p: Part, c: Place) -> str:
    return f"../{p.period}/{c.file}" if p.period else c.file
