"""One unit's tables of one period on disk, before all units are put together: written by county.ipynb."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import pyarrow as pa

from tally.county import UnitReturn
from tally.declare import Campaign, Form, Period
from tally.model import Finding, Return
from tally.paths import Paths
from tally.store import (
    CELL_COLUMNS,
    FINDING_COLUMNS,
    RETURN_COLUMNS,
    as_frame,
    read_table,
    schema,
    write_table,
    write_text,
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


def save_unit(paths: Paths, campaign: Campaign, read: UnitReturn) -> None:
    """Writes the unit's forms, cells, findings, returns, summary and its passages below `processed/units/<code>`."""
    folder = paths.unit(read.unit.code)
    for form in campaign.forms:
        write_table(
            form_table(form, read.returns[form.name]), folder / f"{form.name}.parquet", schema(form.name, campaign)
        )
    cells = pd.concat([r.cells for r in read.returns.values()], ignore_index=True)[list(CELL_COLUMNS)]
    write_table(cells, folder / "cells.parquet", schema("cells", campaign))
    write_table(findings_table(read.all_findings), folder / "findings.parquet", schema("findings", campaign))
    write_table(
        returns_table(campaign, campaign.period(paths.period), read),
        folder / "returns.parquet",
        schema("returns", campaign),
    )
    write_text(folder / "summary.txt", read.summary.text if read.summary else "")
    write_table(passages_table(read), folder / "passages.parquet", PASSAGES)


def form_table(form: Form, ret: Return) -> pd.DataFrame:
    """The contract's table of one form for one unit: unit, category or row, then the fields."""
    key = "category" if form.layout == "matrix" else "row"
    frame = ret.frame.reset_index(names=key)
    frame.insert(0, "unit", ret.unit)
    return frame


def passages_table(read: UnitReturn) -> pd.DataFrame:
    """What the unit's summary says of each duty, the best passage of each first: the columns of `PASSAGES`."""
    file = read.summary.name if read.summary else ""
    rows = [(read.unit.code, p.duty, p.text, p.score, file) for p in read.passages]
    return pd.DataFrame(rows, columns=PASSAGES.names)


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Findings as the contract's columns, empty texts as nulls; the same finding is kept once."""
    kept = list(dict.fromkeys(findings))
    text = pa.string()
    return as_frame(pa.table({c: pa.array([getattr(f, c) or None for f in kept], text) for c in FINDING_COLUMNS}))


def returns_table(campaign: Campaign, period: Period, read: UnitReturn) -> pd.DataFrame:
    """One row a form (and the summary) with the file counted; one more for each file that a later one replaced."""
    rows = []
    for name, ret in read.returns.items():
        used = {t.grid.file.split("!")[0] for t in ret.tables} or {f.path for f in ret.files}
        counted = [f for f in ret.files if f.path in used]
        due = period.due.get(name)
        rows.append(_row(read.unit.code, name, counted, due, ret.state))
        rows += [_row(read.unit.code, name, [f], due, "replaced") for f in ret.files if f.path not in used]
    due = period.due.get("summary")
    if due is None and read.summary is None:  # not asked for
        return pd.DataFrame(rows, columns=list(RETURN_COLUMNS))
    came = [read.summary.file] if read.summary else []
    state = ("late" if due and came[0].received > due else "on time") if came else "missing"
    rows.append(_row(read.unit.code, "summary", came, due, state))
    return pd.DataFrame(rows, columns=list(RETURN_COLUMNS))


def _row(unit: str, form: str, files, due, state: str) -> tuple:
    """Several files of one form stand in one row, separated by line breaks."""
    paths = "\n".join(f.path for f in files) or None
    hashes = "\n".join(f.sha256 for f in files) or None
    return unit, form, paths, hashes, max((f.received for f in files), default=None), due, state


def load_unit(paths: Paths, campaign: Campaign, unit: str) -> Mapping[str, Return]:
    """The unit's returns of an earlier run, without findings and tables; {} if it was never processed."""
    folder = paths.unit(unit)
    if not (folder / "returns.parquet").exists():
        return {}
    cells = read_table(folder / "cells.parquet")
    states = read_table(folder / "returns.parquet").drop_duplicates("form").set_index("form")["state"]
    out = {}
    for form in campaign.forms:
        frame = read_table(folder / f"{form.name}.parquet").drop(columns="unit")
        frame = frame.set_index("category" if form.layout == "matrix" else "row")
        out[form.name] = Return(
            unit, form.name, states[form.name], frame, cells[cells["form"] == form.name].reset_index(drop=True)
        )
    return out
