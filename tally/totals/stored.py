"""What totals.ipynb writes and the report reads: every figure with what it is made of, and the comparisons.

    data/processed/<campaign>/<period>/totals.parquet    the long table of the contract, for other programs
    data/processed/<campaign>/<period>/figures.parquet   one row a figure, its parts and their cells in it
    data/processed/<campaign>/<period>/changes.parquet   one row a comparison with the last period

A row of `figures` bears a digest of all that it was worked out from (the period's tables and those of the periods
before, the campaign's declaration, the program): figures that no longer follow from it are not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tally import campaigns
from tally.declare import Campaign
from tally.model import Place
from tally.paths import Paths
from tally.store import tables
from tally.store.digests import code_digest, digest, file_digest
from tally.totals.change import Change
from tally.totals.figures import Book, Figure, Part

FIGURES, CHANGES = "figures", "changes"

_CELL = pa.struct([(name, pa.string()) for name in Place._fields])
_PART = pa.struct(
    [("label", pa.string()), ("value", pa.string()), ("ref", pa.string()), ("period", pa.string()), ("cells", pa.list_(_CELL))]
)  # fmt: skip
_FIGURE = pa.schema(
    [
        ("basis", pa.string()),
        *((name, pa.string()) for name in ("ref", "label", "value", "unit", "rule", "note")),
        ("derived", pa.bool_()),
        ("n_units", pa.int64()),
        ("parts", pa.list_(_PART)),
        ("left_out", pa.list_(pa.string())),
    ]
)
_CHANGE = pa.schema(
    [
        *((name, pa.string()) for name in ("figure", "ref", "now", "last")),
        ("units", pa.list_(pa.string())),
        ("absent", pa.list_(pa.string())),
        ("cumulative", pa.bool_()),
    ]
)


def folder(paths: Paths) -> Path:
    """Where a level's totals lie: an area's below `areas/`."""
    return paths.processed / "areas" / paths.area if paths.area else paths.processed


def basis(campaign: Campaign, paths: Paths) -> str:
    """A digest of everything that figures of this period and level are worked out from."""
    names = [p.name for p in campaign.periods]
    before = names[: names.index(paths.period) + 1]
    places = [paths.beside(name) for name in before]
    read = [file_digest(p.processed / f"{table}.parquet") for p in places for table in tables.table_names(campaign)]
    return digest(code_digest(), campaigns.declaration_digest(campaign.name, paths.root), paths.area, *read)


def write(
    paths: Paths, book: Book, changes: dict[str, Change], left_out: dict[str, tuple[str, ...]], made_from: str
) -> None:
    """Puts the figures and comparisons beside the period's tables, each file whole."""
    rows = [_figure_row(f, left_out.get(f.ref, ()), made_from) for f in book.values()]
    tables.write_arrow(pa.Table.from_pylist(rows, schema=_FIGURE), folder(paths) / f"{FIGURES}.parquet")
    compared = [_change_row(figure, change) for figure, change in changes.items()]
    tables.write_arrow(pa.Table.from_pylist(compared, schema=_CHANGE), folder(paths) / f"{CHANGES}.parquet")


def read(paths: Paths, made_from: str) -> tuple[Book, dict[str, Change], dict[str, tuple[str, ...]]] | None:
    """Book, changes and units left out as `write` had them; None if there are none that rest on `made_from`."""
    stored = folder(paths) / f"{FIGURES}.parquet"
    compared = folder(paths) / f"{CHANGES}.parquet"
    if not stored.exists() or not compared.exists():
        return None
    figures = pq.ParquetFile(stored).read()
    if set(figures["basis"].to_pylist()) - {made_from}:
        return None
    rows = figures.drop_columns(["basis", "parts"]).to_pylist()
    parts = figures["parts"]
    book, left_out = Book(), {}
    for number, row in enumerate(rows):
        book.add(_figure(row, parts, number))
        if row["left_out"]:
            left_out[row["ref"]] = tuple(row["left_out"])
    changes = {row["figure"]: _change(row) for row in pq.ParquetFile(compared).read().to_pylist()}
    return book, changes, left_out


def _figure_row(figure: Figure, left_out: Iterable[str], made_from: str) -> dict[str, object]:
    return {
        "basis": made_from,
        "ref": figure.ref,
        "label": figure.label,
        "value": None if figure.value is None else str(figure.value),
        "unit": figure.unit,
        "rule": figure.rule,
        "note": figure.note,
        "derived": figure.derived,
        "n_units": figure.n_units,
        "parts": [_part_row(p) for p in figure.parts],
        "left_out": list(left_out),
    }


def _part_row(part: Part) -> dict[str, object]:
    cells = [place._asdict() for place in part.cells]
    return {"label": part.label, "value": part.value, "ref": part.ref, "period": part.period, "cells": cells}


def _figure(row: dict, parts: pa.ChunkedArray, number: int) -> Figure:
    """A figure whose parts are taken from the table only when it is followed."""
    return Figure(
        row["ref"],
        row["label"],
        None if row["value"] is None else Decimal(row["value"]),
        row["unit"],
        row["rule"],
        lambda: tuple(_part(p) for p in parts[number].as_py()),
        row["derived"],
        row["n_units"],
        row["note"],
    )


def _part(row: dict) -> Part:
    cells = tuple(Place(**cell) for cell in row["cells"])
    return Part(row["label"], row["value"], row["ref"], cells, row["period"])


def _change_row(figure: str, change: Change) -> dict[str, object]:
    return {
        "figure": figure,
        "ref": change.ref,
        "now": str(change.now),
        "last": str(change.last),
        "units": list(change.units),
        "absent": list(change.absent),
        "cumulative": change.cumulative,
    }


def _change(row: dict) -> Change:
    now, last = Decimal(row["now"]), Decimal(row["last"])
    return Change(row["ref"], now, last, tuple(row["units"]), tuple(row["absent"]), row["cumulative"])
