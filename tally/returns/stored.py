"""One unit's tables of one period on disk, before all units are put together: written by county.ipynb.

All of them are in one file. They go into Arrow column by column as they are: frames made and taken apart again would
cost more than reading the return.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tally.declare import Campaign, Form, Period
from tally.model import ReceivedFile, Return
from tally.paths import Paths
from tally.returns.unit import UnitReturn
from tally.rules.view import arrow
from tally.store.tables import (
    CELL_COLUMNS,
    as_frame,
    findings_table,
    form_schema,
    read_tables,
    schema,
    write_tables,
)

PASSAGES = pa.schema(
    [
        ("unit", pa.string()),
        ("duty", pa.string()),
        ("text", pa.string()),
        ("score", pa.float64()),
        ("file", pa.string()),
    ]
)
TEXTS = pa.schema([("unit", pa.string()), ("file", pa.string()), ("sheet", pa.string()), ("text", pa.string())])
OF_SUMMARIES = {"passages": PASSAGES, "texts": TEXTS}  # tables beside the contract's: what the units' summaries say


def save_unit(paths: Paths, campaign: Campaign, read: UnitReturn) -> None:
    """Writes the unit's forms, cells, findings, returns and the passages of its summary."""
    tables = {form.name: form_table(form, read.returns[form.name]) for form in campaign.forms}
    tables["cells"] = cells_table(campaign, read.returns.values())
    tables["findings"] = findings_table(read.all_findings)
    tables["returns"] = returns_table(campaign, campaign.period(paths.period), read)
    tables["passages"] = passages_table(read)
    tables["texts"] = texts_table(read)
    write_tables(tables, paths.unit_tables(read.unit.code))


def form_table(form: Form, ret: Return) -> pa.Table:
    """The contract's table of one form for one unit: unit, category or row, then the fields."""
    whole, frame = form_schema(form), ret.frame
    columns = [pa.array([ret.unit] * len(frame), pa.string()), pa.array(frame.index.tolist(), whole.field(1).type)]
    columns += [_column(frame[f.name], whole.field(f.name).type) for f in form.fields]
    return pa.Table.from_arrays(columns, schema=whole)


def _column(column: pd.Series, kind: pa.DataType) -> pa.Array:
    """A column of a frame; dates stand in it as Python's own."""
    return pa.array(column.array, kind, from_pandas=True) if column.dtype == object else arrow(column).cast(kind)


def cells_table(campaign: Campaign, returns: Iterable[Return]) -> pa.Table:
    """The cell lists of all forms in one."""
    lists = [r.cells for r in returns]
    columns = [_stacked(lists, name) for name in CELL_COLUMNS]
    return pa.Table.from_arrays(columns, schema=schema("cells", campaign))


def _stacked(lists: Sequence[pd.DataFrame], name: str) -> pa.ChunkedArray:
    """A column of text of several lists, one below the other."""
    return pa.chunked_array([arrow(cells[name]).cast(pa.string()) for cells in lists], pa.string())


def passages_table(read: UnitReturn) -> pa.Table:
    """What the unit's summary says of each duty, the best passage of each first."""
    file = read.summary.name if read.summary else ""
    rows = [(read.unit.code, p.duty, p.text, p.score, file) for p in read.passages]
    return _of_rows(rows, PASSAGES)


def texts_table(read: UnitReturn) -> pa.Table:
    """The whole of the unit's summary, none where none came."""
    summary = read.summary
    rows = [(read.unit.code, summary.name, summary.sheet, summary.text)] if summary else []
    return _of_rows(rows, TEXTS)


def _of_rows(rows: list[tuple], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def returns_table(campaign: Campaign, period: Period, read: UnitReturn) -> pa.Table:
    """One row a form (and the summary) with the file counted; one more for each file that a later one replaced."""
    rows = []
    for name, ret in read.returns.items():
        used = {t.grid.file.split("!")[0] for t in ret.tables} or {f.path for f in ret.files}
        counted = [f for f in ret.files if f.path in used]
        due = period.due.get(name)
        rows.append(_row(read.unit.code, name, counted, due, ret.state))
        rows += [_row(read.unit.code, name, [f], due, "replaced") for f in ret.files if f.path not in used]
    due = period.due.get("summary")
    if due is not None or read.summary is not None:  # asked for, or sent all the same
        came = [read.summary.file] if read.summary else []
        absent = "missing" if read.unit.must("summary") else "not asked"
        state = ("late" if due and came[0].received > due else "on time") if came else absent
        rows.append(_row(read.unit.code, "summary", came, due, state))
    return _of_rows(rows, schema("returns", campaign))


def _row(unit: str, form: str, files: Sequence[ReceivedFile], due: date | None, state: str) -> tuple[object, ...]:
    """Several files of one form stand in one row, separated by line breaks."""
    paths = "\n".join(f.path for f in files) or None
    hashes = "\n".join(f.sha256 for f in files) or None
    return unit, form, paths, hashes, max((f.received for f in files), default=None), due, state


def load_unit(paths: Paths, campaign: Campaign, unit: str) -> Mapping[str, Return]:
    """The unit's returns of an earlier run, without findings and tables; {} if it was never processed."""
    if not (stored := paths.unit_tables(unit)).exists():
        return {}
    tables = read_tables(stored)
    cells, states = tables["cells"], _states(tables["returns"])
    out = {}
    for form in campaign.forms:
        frame = as_frame(tables[form.name].drop_columns("unit"))
        frame = frame.set_index("category" if form.layout == "matrix" else "row")
        mine = as_frame(cells.filter(pc.equal(cells["form"], form.name)))
        out[form.name] = Return(unit, form.name, states[form.name], frame, mine, period=paths.period)
    return out


def unit_findings(paths: Paths, unit: str) -> set[tuple[str, str, str, str]]:
    """Form, row, field and rule of what was found in the unit's own return and summary at the last check."""
    if not (stored := paths.unit_tables(unit)).exists():
        return set()
    findings = read_tables(stored)["findings"]
    columns = [findings[name].to_pylist() for name in ("form", "row", "field", "rule")]
    return {(form or "", row or "", field or "", rule) for form, row, field, rule in zip(*columns, strict=True)}


def _states(returns: pa.Table) -> dict[str, Any]:
    """Form -> the state of its return; what was replaced stands behind what counts."""
    states: dict[str, Any] = {}
    for form, state in zip(returns["form"].to_pylist(), returns["state"].to_pylist(), strict=True):
        states.setdefault(form, state)
    return states
