"""Figures from a picture are taken only where a witness agrees: the sums of the form, or the same form in another file.
Lists, which have no sums: `tally.returns.scanned_lists`.

A figure without a witness has the state `scanned` and no value, until a person confirms it by a line in the corrections.
Where the unit's own file came, the picture is held against it, cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from tally import catalogue
from tally.declare import Form
from tally.model import Finding, Place, Return
from tally.returns.scans import CellSeen, Scan
from tally.writing.nothing import is_null
from tally.writing.numbers import exact, plain

SCANNED = "scanned"
_SIGNED = ("审核人", "填表人", "负责人", "联系电话")


def witnessed(form: Form, ret: Return, scan: Scan) -> Return:
    """`ret`, read from a picture, with only those figures that the form's own sums bear out."""
    cells, frame = ret.cells.copy(), ret.frame.copy()
    scans = (scan,)
    agreed = _borne_out(form, ret, scans)
    findings: list[Finding] = []
    for at, cell in cells.iterrows():
        if cell["state"] == "blank" or (cell["row"], cell["field"]) in agreed:
            continue
        findings.append(unconfirmed(ret, cell, seen_in(scans, cell)))
        cells.loc[at, ["value", "state"]] = [None, SCANNED]
        frame.loc[cell["row"], cell["field"]] = pd.NA
    cleaned = tuple(f for f in ret.findings if not (f.rule.startswith("cell.") and (f.row, f.field) not in agreed))
    place = Place(scan.document.file)
    total = catalogue.finding(
        "scan.borne_out", place, unit=ret.unit, form=form.name, count=len(agreed), left=len(findings)
    )
    return replace(ret, frame=frame, cells=cells, findings=(*cleaned, total, *findings))


def _borne_out(form: Form, ret: Return, scans: Sequence[Scan]) -> set[tuple[str, str]]:
    """(row, field) of every figure in a column whose cells read alike twice and whose total is the sum of the rest."""
    agreed: set[tuple[str, str]] = set()
    if form.layout != "matrix" or not form.total:
        return agreed
    by_field = dict(tuple(ret.cells.groupby("field", sort=False)))
    for field in form.fields:
        column = by_field[field.name]
        alike = all(is_alike(scans, cell) for _, cell in column.iterrows())
        values = {row: exact(ret.frame.loc[row, field.name]) for row in column["row"]}
        total = values.pop(form.total)
        if alike and total is not None and sum((v or 0) for v in values.values()) == total:
            agreed |= {(row, field.name) for row in column["row"]}
    return agreed


def seen_in(scans: Sequence[Scan], cell: Mapping) -> CellSeen | None:
    """What was seen of a cell on the one of the pictures that it was read from; None where it was not found."""
    scan = next((s for s in scans if s.document.file == cell["file"]), None)
    return scan.cells.get((cell["sheet"], cell["cell"])) if scan else None


def is_certain(scans: Sequence[Scan], cell: Mapping) -> bool:
    """Whether a cell was read alike twice and means something; one that was not found at all is not certain to be blank."""
    seen = seen_in(scans, cell)
    return seen is not None and seen.certain and cell["state"] != "unreadable"


def is_alike(scans: Sequence[Scan], cell: Mapping) -> bool:
    """Whether a cell was found and reads the same twice, however surely: another witness makes up for faint ink."""
    seen = seen_in(scans, cell)
    return seen is not None and seen.alike and cell["state"] != "unreadable"


def unconfirmed(ret: Return, cell: Mapping, seen: CellSeen | None) -> Finding:
    """What was read and by nothing borne out, at its cell."""
    at = Place(cell["file"], cell["sheet"], cell["cell"], _in_line(cell["raw"]))
    where = {"unit": ret.unit, "form": ret.form, "row": cell["row"], "field": cell["field"]}
    cut = f"（原图：{seen.cut}）" if seen and seen.cut else ""
    if seen is not None and not seen.certain:
        kind = "scan.unsure/faint" if seen.alike else "scan.unsure"
        return catalogue.finding(kind, at, **where, first=_in_line(seen.first), second=_in_line(seen.second), cut=cut)
    return catalogue.finding("scan.unconfirmed", at, **where, first=_in_line(cell["raw"]), cut=cut)


def held_against(form: Form, ret: Return, scanned: Return, scan: Scan) -> Iterator[Finding]:
    """What differs between a matrix that counts and the picture of it: an error a cell; then how much was compared."""
    scans = (scan,)
    counted = {(c["row"], c["field"]): c for c in ret.cells.to_dict("records")}
    same = unsure = 0
    for cell in scanned.cells.to_dict("records"):
        mine = counted.get((cell["row"], cell["field"]))
        if mine is None or mine["state"] == SCANNED:
            continue
        if not is_certain(scans, cell):
            unsure += 1
            if is_alike(scans, cell) and _value(cell) != _value(mine):
                yield disagrees(ret, mine, cell, seen_in(scans, cell), sure=False)
        elif _value(cell) == _value(mine):
            same += 1
        else:
            yield disagrees(ret, mine, cell, seen_in(scans, cell))
    place = Place(scan.document.file)
    kind = "scan.compared/few" if unsure > same else "scan.compared"
    yield catalogue.finding(kind, place, unit=ret.unit, form=form.name, same=same, unsure=unsure)


def _value(cell: Mapping) -> str:
    """A figure without needless noughts; a blank and a nought say the same in a figure's cell."""
    number = exact(cell["value"])
    return plain(number) if number else "" if number == 0 else _written(cell["value"])


def _written(value: object) -> str:
    return "" if is_null(value) else str(value)


def _in_line(text: object) -> str:
    """What a picture's cell says, its lines as one."""
    return "".join(_written(text).split("\n")) or "空白"


def disagrees(ret: Return, mine: Mapping, cell: Mapping, seen: CellSeen | None, *, sure: bool = True) -> Finding:
    """A cell that the picture shows otherwise than the file that counts, at that file's cell: an error where it reads surely."""
    written, picture = _written(mine["raw"]) or "空白", _in_line(cell["raw"])
    at = Place(mine["file"], mine["sheet"], mine["cell"], written)
    cut = f"（原图：{seen.cut}）" if seen and seen.cut else ""
    where = f"{cell['file']} {cell['sheet']} {cell['cell']}"
    return catalogue.finding(
        "scan.disagrees" if sure else "scan.disagrees/faint", at, unit=ret.unit, form=ret.form, row=mine["row"], field=mine["field"],
        picture=picture, sheet=written, file=where, cut=cut,
    )  # fmt: skip


def facts(unit: str, scan: Scan) -> Finding:
    """What of formalities is to be seen on a picture: a stamp, who is named, which signatures are filled in."""
    if scan.black:
        return catalogue.finding("scan.black", Place(scan.document.file), unit=unit)
    text = "\n".join((scan.document.text, *(line for g in scan.document.grids for line in (*g.before, *g.after))))
    named = next(
        (line.partition("：")[2].split("  ")[0] for line in text.replace(":", "：").splitlines() if "填报单位" in line),
        "",
    )
    signed = [word for word in _SIGNED if f"{word}：" in text.replace(":", "：")]
    words = {
        "stamp": "有红色印章" if scan.stamp else "未见红色印章",
        "named": named or "没有写出",
        "signed": "、".join(signed) or "没有",
    }
    return catalogue.finding("scan.facts", Place(scan.document.file), unit=unit, **words)
