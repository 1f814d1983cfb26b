"""A form sent again, held against the version it replaces: what was to be mended is; what nobody asked about is said.

The version before was checked as it lay; every error and doubt of it asked for something: a column of a matrix, a record
of a list. A cell that differs elsewhere is a finding, so that no figure moves under cover of a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tally import catalogue
from tally.declare import Form
from tally.model import Finding, Place, Return
from tally.returns.changes import EMPTY, CellChange, changes

_SHOWN = 5  # changes told one by one


def unasked(form: Form, before: Return, after: Return, found: Iterable[Finding]) -> list[Finding]:
    """The finding that a version sent again changed what nothing asked about; [] if it did not.

    `found`: all that was found about the version before. Where nothing was, the unit corrects of its own accord, which
    the list of differences tells.
    """
    asked = [f for f in found if f.severity != "note" and f.form in (form.name, "summary")]
    more = [c for c in changes(form, before, after) if not _asked(form, c, asked)] if asked else []
    if not more:
        return []
    lines = "；".join(c.line(form).removeprefix(form.number).strip() for c in more[:_SHOWN])
    rest = f"等{len(more)}处" if len(more) > _SHOWN else ""
    grid = after.tables[0].grid if after.tables else None
    cell = next((c.cell for c in more if c.cell), "")
    at = Place(grid.file if grid else "", grid.sheet if grid else "", cell, more[0].new)
    words: dict[str, Any] = {"title": form.title, "count": len(more), "changes": f"{lines}{rest}"}
    one = more[0] if len(more) == 1 and more[0].field and form.layout == "matrix" else None
    if one is None:
        return [catalogue.finding("returns.changed_unasked", at, unit=after.unit, form=form.name, **words)]
    words["expected"] = "" if one.old == EMPTY else one.old  # at its cell, so that the old figure can be put back
    place = {"unit": after.unit, "form": form.name, "row": one.record, "field": one.field}
    return [catalogue.finding("returns.changed_unasked", at, **place, **words)]


def _asked(form: Form, change: CellChange, findings: Sequence[Finding]) -> bool:
    return any(_concerns(form, change, f) for f in findings)


def _concerns(form: Form, change: CellChange, finding: Finding) -> bool:
    """Whether a finding asked for the change: of the whole form, of a column of a matrix, of a record of a list."""
    if not finding.row and not finding.field:
        return finding.form == form.name
    if form.layout == "list" or not finding.field:
        return finding.row in ("", change.record)
    return change.field in _fields(form, finding)


def _fields(form: Form, finding: Finding) -> set[str]:
    """The columns in which a finding may be mended: its own, and those that its rule holds against it."""
    rule = next((r for r in form.rules if r.id == finding.rule), None)
    named = {v for v in vars(rule).values() if isinstance(v, str)} if rule is not None else set()
    return {finding.field, *(named & {f.name for f in form.fields})}
