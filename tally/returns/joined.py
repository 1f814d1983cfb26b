"""All units' tables of a period put together, reading again only the units that changed since the last time.

What is kept: the joined tables themselves, the units' own findings (`units/findings.parquet`, before checks across
units) and `units/joined.json`, written last, which says of which files they were made. Whatever does not fit what
lies on disk is read anew, so the result never depends on what was kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tally.declare import Campaign
from tally.paths import Paths
from tally.returns.stored import OF_SUMMARIES
from tally.store.seals import read_record, sha256, write_record
from tally.store.tables import read_arrow, read_tables, schema, table_names, write_arrow

READER = "reader"  # beside the findings: the unit whose notebook made them
Tables = dict[str, pa.Table]
Marks = dict[str, list]


def together(paths: Paths, campaign: Campaign, units: Sequence[str]) -> Tables:
    """The contract's tables of `units`, in their order, and those of their summaries; findings have a column `reader` more."""
    held = _held(paths, campaign, _marks(paths, units))
    fresh = {u: read_tables(paths.unit_tables(u)) for u in units if u not in held}
    return {name: _table(paths, campaign, name, units, held, fresh) for name in _names(campaign)}


def keep(paths: Paths, campaign: Campaign, units: Sequence[str], tables: Tables, findings: pa.Table) -> None:
    """Writes the joined tables, with `findings` (of all checks) in the place of the units' own, and what was kept."""
    _note(paths).unlink(missing_ok=True)
    write_arrow(tables["findings"], _own_findings(paths))
    for name, table in {**tables, "findings": findings}.items():
        write_arrow(table, paths.processed / f"{name}.parquet")
    write_record(_note(paths), {"made": _made(paths, campaign), "units": _marks(paths, units)})


def _held(paths: Paths, campaign: Campaign, marks: Marks) -> frozenset[str]:
    """Units whose rows in the joined tables are still those of their own tables."""
    noted = read_record(_note(paths))
    if noted is None or noted["made"] != _made(paths, campaign):
        return frozenset()
    return frozenset(u for u, m in marks.items() if noted["units"].get(u) == m)


def _table(
    paths: Paths, campaign: Campaign, name: str, units: Sequence[str], held: frozenset[str], fresh: Mapping[str, Tables]
) -> pa.Table:
    keeps, key = name == "findings", READER if name == "findings" else "unit"
    expected = OF_SUMMARIES.get(name) or schema(name, campaign)
    expected = expected.append(pa.field(READER, pa.string())) if keeps else expected
    parts = [expected.empty_table()]
    if held:
        old = read_arrow(_own_findings(paths) if keeps else paths.processed / f"{name}.parquet").cast(expected)
        parts.append(old.filter(pc.is_in(old[key], pa.array(sorted(held), pa.string()))))
    for unit, tables in fresh.items():
        part = tables[name]
        parts.append(part.append_column(READER, pa.array([unit] * len(part), pa.string())) if keeps else part)
    joined = pa.concat_tables(p.cast(expected) for p in parts)
    if held and fresh:
        rank = pc.index_in(joined[key], pa.array(list(units), pa.string()))
        joined = joined.take(pc.sort_indices(pa.table({"rank": rank}), [("rank", "ascending")]))
    return joined.combine_chunks()


def _names(campaign: Campaign) -> tuple[str, ...]:
    return (*table_names(campaign), *OF_SUMMARIES)


def _marks(paths: Paths, units: Sequence[str]) -> Marks:
    return {u: _mark([paths.unit_tables(u)]) for u in units}


def _mark(files: Sequence[Path]) -> list[list[int]]:
    """What tells a file that was written anew: every write makes a new one."""
    stats = [f.stat() for f in files]
    return [[s.st_size, s.st_mtime_ns, s.st_ino] for s in stats]


def _made(paths: Paths, campaign: Campaign) -> list[str]:
    """The hashes of what was kept, "" for what is not there."""
    names = [n for n in _names(campaign) if n != "findings"]
    files = [_own_findings(paths), *(paths.processed / f"{name}.parquet" for name in names)]
    return [sha256(f.read_bytes()) if f.exists() else "" for f in files]


def _own_findings(paths: Paths) -> Path:
    return paths.processed / "units" / "findings.parquet"


def _note(paths: Paths) -> Path:
    return paths.processed / "units" / "joined.json"
