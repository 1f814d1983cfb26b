"""What totals.ipynb writes and the report reads: every figure with what it is made of, and the comparisons.

    data/processed/<campaign>/<period>/totals.parquet    the long table of the contract, for other programs
    data/processed/<campaign>/<period>/figures.parquet   one row a figure, its parts and their cells in it
    data/processed/<campaign>/<period>/changes.parquet   one row a comparison with the last period
    data/processed/<campaign>/<period>/trends.parquet    one row a series over the periods

A row of `figures` bears a digest of all that it was worked out from (the period's tables and those of the periods
before, the campaign's declaration, the program): figures that no longer follow from it are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from tally import campaigns
from tally.declare import Campaign
from tally.model import Place
from tally.paths import Paths
from tally.store import tables
from tally.store.digests import code_digest, digest, file_digest
from tally.store.seals import Broken
from tally.totals.change import Change
from tally.totals.figures import Book, Figure, Part
from tally.totals.trend import Series

FIGURES, CHANGES, TRENDS = "figures", "changes", "trends"

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
        ("decimals", pa.int64()),
        ("doubt", pa.string()),
        ("meant", pa.string()),
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
        ("decimals", pa.int64()),
        ("chance", pa.bool_()),
        ("doubts", pa.list_(pa.bool_())),
    ]
)

_TREND = pa.schema(
    [
        *((name, pa.string()) for name in ("name", "label", "unit", "target")),
        ("decimals", pa.int64()),
        ("alike", pa.bool_()),
        ("periods", pa.list_(pa.string())),
        ("values", pa.list_(pa.string())),
        ("units", pa.list_(pa.int64())),
        ("doubts", pa.list_(pa.bool_())),
    ]
)


@dataclass(frozen=True)
class Worked:
    """What is worked out for one period and stored."""

    book: Book
    changes: Mapping[str, Change]  # by the figure's ref, without ".change"
    left_out: Mapping[str, tuple[str, ...]]  # by the figure's ref: unit codes
    trends: tuple[Series, ...] = ()


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


def write(paths: Paths, worked: Worked, made_from: str) -> None:
    """Puts the figures, comparisons and series beside the period's tables, each file whole."""
    figures = [_figure_row(f, worked.left_out.get(f.ref, ()), made_from) for f in worked.book.values()]
    changes = [_change_row(figure, change) for figure, change in worked.changes.items()]
    series = [_trend_row(s) for s in worked.trends]
    for name, rows, schema in ((FIGURES, figures, _FIGURE), (CHANGES, changes, _CHANGE), (TRENDS, series, _TREND)):
        tables.write_arrow(pa.Table.from_pylist(rows, schema=schema), folder(paths) / f"{name}.parquet")


def read(paths: Paths, made_from: str) -> Worked | None:
    """What `write` wrote; None if there is nothing that rests on `made_from`."""
    files = [folder(paths) / f"{name}.parquet" for name in (FIGURES, CHANGES, TRENDS)]
    if not all(file.exists() for file in files):
        return None
    try:
        figures, changes, series = map(tables.read_arrow, files)
    except Broken:
        return None
    if set(figures["basis"].to_pylist()) != {made_from}:
        return None
    rows = figures.drop_columns(["basis", "parts"]).to_pylist()
    book, left_out = Book(), {}
    for number, row in enumerate(rows):
        book.add(_figure(row, figures["parts"], number))
        if row["left_out"]:
            left_out[row["ref"]] = tuple(row["left_out"])
    compared = {row["figure"]: _change(row) for row in changes.to_pylist()}
    return Worked(book, compared, left_out, tuple(_trend(row) for row in series.to_pylist()))


def read_series(paths: Paths) -> tuple[Series, ...]:
    """The series as the period's last run worked them out; () where none can be vouched for, or another version wrote them."""
    file = folder(paths) / f"{TRENDS}.parquet"
    if not file.exists():
        return ()
    try:
        return tuple(_trend(row) for row in tables.read_arrow(file).to_pylist())
    except (Broken, KeyError):
        return ()


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
        "decimals": figure.decimals,
        "doubt": figure.doubt,
        "meant": None if figure.meant is None else str(figure.meant),
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
        row["decimals"],
        row["doubt"],
        None if row["meant"] is None else Decimal(row["meant"]),
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
        "decimals": change.decimals,
        "chance": change.chance,
        "doubts": list(change.doubts),
    }


def _change(row: dict) -> Change:
    now, last = Decimal(row["now"]), Decimal(row["last"])
    units, absent = tuple(row["units"]), tuple(row["absent"])
    of_now, of_last = row["doubts"]
    stem = (row["ref"], now, last, units, absent, row["cumulative"], row["decimals"], row["chance"])
    return Change(*stem, (of_now, of_last))


def _trend_row(series: Series) -> dict[str, object]:
    return {
        "name": series.name,
        "label": series.label,
        "unit": series.unit,
        "target": None if series.target is None else str(series.target),
        "decimals": series.decimals,
        "alike": series.alike,
        "periods": list(series.periods),
        "values": [None if v is None else str(v) for v in series.values],
        "units": list(series.units),
        "doubts": list(series.doubts),
    }


def _trend(row: dict) -> Series:
    values = tuple(None if v is None else Decimal(v) for v in row["values"])
    target = None if row["target"] is None else Decimal(row["target"])
    periods, units = tuple(row["periods"]), tuple(row["units"])
    stem = (row["name"], row["label"], row["unit"], row["decimals"])
    return Series(*stem, periods, values, units, row["alike"], target, tuple(row["doubts"]))
