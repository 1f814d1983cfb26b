"""The same cell in every version that a unit sent of a form within the period: what decides between a slip and a correction."""

from __future__ import annotations

from collections.abc import Iterator

from tally.declare import Form
from tally.desk.snapshot import Snapshot
from tally.returns.values import clean_tables


def in_versions(snapshot: Snapshot, unit: str, form: Form | None, row: str, field: str) -> list[dict[str, str]]:
    """When and in which file each version came and what it says there, oldest first; [] where there is but one."""
    if form is None or form.layout != "matrix" or not (unit and row and field) or not _resent(snapshot, unit, form):
        return []
    said = list(_said(snapshot, unit, form, row, field))
    return said if len(said) > 1 else []


def _resent(snapshot: Snapshot, unit: str, form: Form) -> bool:
    """Whether a later file replaced one of the form: known without opening any."""
    returns = snapshot.tables.returns
    mine = returns[(returns["unit"] == unit) & (returns["form"] == form.name)]
    return bool((mine["state"] == "replaced").any())


def _said(snapshot: Snapshot, unit: str, form: Form, row: str, field: str) -> Iterator[dict[str, str]]:
    candidates = (c for c in snapshot.readings.sent(unit).opened.candidates if c.table.form == form.name)
    for c in sorted(candidates, key=lambda c: (c.file.received, c.file.path)):
        _, cells, _ = clean_tables(unit, form, (c.table,))
        at = cells[(cells["row"] == row) & (cells["field"] == field)]
        for cell in at.fillna("").to_dict("records"):
            if cell["cell"]:
                yield {"received": c.file.received.isoformat(), "file": c.file.path, "value": str(cell["raw"])}
