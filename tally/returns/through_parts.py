"""What was found in tables that are counted together: said once, and by the numbers that records have through all parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tally.declare import Form
from tally.model import Finding
from tally.returns.candidates import Candidate


def joined_findings(form: Form, counted: Sequence[Candidate]) -> list[Finding]:
    """The tables' own findings; a category missing in one part but present in another is not missing."""
    present = {k for c in counted for k, _ in c.table.rows}
    fields = {column.field for c in counted for column in c.table.columns}
    out: list[Finding] = []
    for c in counted:
        for f in c.table.findings:
            known = f.rule == "form.missing_row" and (
                f.row in present or any(o.rule == f.rule and o.row == f.row for o in out)
            )
            known = known or (f.rule == "form.missing_column" and f.field in fields and len(counted) > 1)
            if not known:
                out.append(f)
    return _renumbered(form, counted, out)


def _renumbered(form: Form, counted: Sequence[Candidate], findings: list[Finding]) -> list[Finding]:
    """List records are numbered through all parts; findings of later parts follow."""
    if form.layout == "matrix" or len(counted) == 1:
        return findings
    offsets, total = {}, 0
    for c in counted:
        offsets[(c.table.grid.file, c.table.grid.sheet, c.table.header)] = total
        total += len(c.table.rows)
    shift = {(g, s): n for (g, s, _), n in offsets.items()}
    return [
        replace(f, row=str(int(f.row) + shift.get((f.file, f.sheet), 0))) if f.row.isdigit() else f for f in findings
    ]
