"""Tables and files on disk: whole or not at all, and the same bytes for the same content.

Only this module and `tally.render` write files. Everything goes to a temporary name in the target's own
folder first and is renamed into place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tally.declare import Campaign, Field, Form
from tally.errors import TallyError
from tally.model import Finding, PeriodTables
from tally.paths import Paths
from tally.store.files import write_bytes
from tally.store.seals import vouched, with_sum, without_sum, write_sealed

CELL_COLUMNS = ("unit", "form", "row", "field", "raw", "value", "state", "file", "sheet", "cell")
FINDING_COLUMNS = (
    "unit", "form", "row", "field", "rule", "severity", "file", "sheet", "cell",
    "found", "expected", "message", "suggestion",
)  # fmt: skip
RETURN_COLUMNS = ("unit", "form", "file", "sha256", "received", "due", "state")

_LARGE = 2**20  # bytes of a table

_ARROW = {"seq": pa.int64(), "count": pa.int64(), "quantity": pa.float64(), "date": pa.date32()}


def arrow_type(field: Field) -> pa.DataType:
    """The Parquet type of a field: counts int64, quantities float64, dates date32, the rest text."""
    return _ARROW.get(field.kind, pa.string())


def form_schema(form: Form) -> pa.Schema:
    """The schema of a form's table: unit, category or row, then the declared fields."""
    key = ("category", pa.string()) if form.layout == "matrix" else ("row", pa.int64())
    return pa.schema([("unit", pa.string()), key, *((f.name, arrow_type(f)) for f in form.fields)])


def schema(name: str, campaign: Campaign) -> pa.Schema:
    """The schema of a contract table ("cells", "findings", "returns" or a form's name)."""
    if name == "returns":
        dates = {"received", "due"}
        return pa.schema([(c, pa.date32() if c in dates else pa.string()) for c in RETURN_COLUMNS])
    if name in ("cells", "findings"):
        return pa.schema([(c, pa.string()) for c in (CELL_COLUMNS if name == "cells" else FINDING_COLUMNS)])
    return form_schema(campaign.form(name))


def table_names(campaign: Campaign) -> tuple[str, ...]:
    return (*(f.name for f in campaign.forms), "cells", "findings", "returns")


def write_table(frame: pd.DataFrame, path: Path, schema: pa.Schema | None = None) -> None:
    """Writes a Parquet table; the same content gives the same bytes."""
    write_arrow(pa.Table.from_pandas(frame, schema=schema, preserve_index=False), path)


def write_arrow(table: pa.Table, path: Path) -> None:
    """As `write_table`; how the columns are cut into chunks does not matter."""
    sink = pa.BufferOutputStream()
    whole = table.replace_schema_metadata(None).combine_chunks()
    pq.write_table(whole, sink, compression="zstd", store_schema=False)
    write_sealed(path, sink.getvalue().to_pybytes())


def write_tables(tables: Mapping[str, pa.Table], path: Path) -> None:
    """Several tables in one file: Arrow streams one after another, each with its name in its schema.

    A file costs more than the tables in it where there are thousands of small ones, and packing more than writing
    them; only large tables are packed. The same content gives the same bytes.
    """
    sink = pa.BufferOutputStream()
    for name, table in tables.items():
        named = table.schema.with_metadata({"table": name})
        packed = pa.ipc.IpcWriteOptions(compression="zstd" if table.nbytes > _LARGE else None)
        with pa.ipc.new_stream(sink, named, options=packed) as stream:
            stream.write_table(table.combine_chunks())
    write_bytes(path, with_sum(sink.getvalue().to_pybytes()))


def read_tables(path: Path) -> dict[str, pa.Table]:
    """What `write_tables` wrote, without the names in the schemas. Raises `Broken` where it is not that any more."""
    if not path.exists():
        raise _absent(path)
    tables = {}
    with pa.BufferReader(without_sum(path)) as file:
        size = file.size()
        while file.tell() < size:
            with pa.ipc.open_stream(file, options=pa.ipc.IpcReadOptions(use_threads=False)) as stream:
                name = stream.schema.metadata[b"table"].decode()
                tables[name] = stream.read_all().replace_schema_metadata(None)
    return tables


def _absent(path: Path) -> TallyError:
    return TallyError(f"缺少数据表 {path}", "请先运行 python pipeline.py run 或 check 生成该期数据")


def read_table(path: Path, units: Collection[str] | None = None) -> pd.DataFrame:
    """A Parquet table, or its rows of some `units`, with integers that keep their nulls (Int64) and dates as datetime.date."""
    if not path.exists():
        raise _absent(path)
    table = read_arrow(path)
    return as_frame(table if units is None else table.filter(pc.is_in(table["unit"], pa.array(units, pa.string()))))


def read_arrow(path: Path) -> pa.Table:
    """What `write_arrow` wrote. Raises `Broken` where it is not that any more."""
    return pq.ParquetFile(pa.BufferReader(vouched(path))).read()


def as_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as `read_table` gives it. Small ones start no threads, which would outlast the call."""
    types = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get, use_threads=table.nbytes > _LARGE)
    return frame


def load_period(
    paths: Paths, campaign: Campaign, *, cells: bool = True, units: Collection[str] | None = None
) -> PeriodTables:
    """All tables of one processed period, or the rows of some `units`; TallyError if one is missing.

    Without `cells` that table is left empty.
    """
    names = [name for name in table_names(campaign) if cells or name != "cells"]
    tables = {name: read_table(paths.processed / f"{name}.parquet", units) for name in names}
    if not cells:
        tables["cells"] = as_frame(schema("cells", campaign).empty_table())
    forms = {f.name: tables[f.name] for f in campaign.forms}
    return PeriodTables(paths.period, forms, tables["cells"], tables["findings"], tables["returns"])


def is_processed(paths: Paths, campaign: Campaign) -> bool:
    return all((paths.processed / f"{name}.parquet").exists() for name in table_names(campaign))


def findings_table(findings: Iterable[Finding]) -> pa.Table:
    """Findings as the contract's columns, empty texts as nulls; the same finding is kept once."""
    once = list(dict.fromkeys(findings))
    columns = {}
    for name in FINDING_COLUMNS:
        columns[name] = pa.array([getattr(finding, name) or None for finding in once], pa.string())
    return pa.table(columns)
