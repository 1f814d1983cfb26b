"""Figures from a picture are taken only where a witness agrees: the sums of the form, or the same form in another file.

A figure without a witness has the state `scanned` and no value, until a person confirms it by a line in the corrections.
Where the unit's own file came, the picture is held against it, cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    agreed = _borne_out(form, ret, scan)
    findings: list[Finding] = []
    for at, cell in cells.iterrows():
        if cell["state"] == "blank" or (cell["row"], cell["field"]) in agreed:
            continue
        findings.append(_unconfirmed(ret, cell, _seen(scan, cell)))
        cells.loc[at, ["value", "state"]] = [None, SCANNED]
        frame.loc[cell["row"], cell["field"]] = pd.NA
    cleaned = tuple(f for f in ret.findings if not (f.rule.startswith("cell.") and (f.row, f.field) not in agreed))
    place = Place(scan.document.file)
    total = catalogue.finding(
        "scan.borne_out", place, unit=ret.unit, form=form.name, count=len(agreed), left=len(findings)
    )
    return replace(ret, frame=frame, cells=cells, findings=(*cleaned, total, *findings))


def _borne_out(form: Form, ret: Return, scan: Scan) -> set[tuple[str, str]]:
    """(row, field) of every figure in a column whose cells read alike twice and whose total is the sum of the rest."""
    agreed: set[tuple[str, str]] = set()
    if form.layout != "matrix" or not form.total:
        return agreed
    by_field = dict(tuple(ret.cells.groupby("field", sort=False)))
    for field in form.fields:
        column = by_field[field.name]
        alike = all(_is_alike(scan, cell) for _, cell in column.iterrows())
        values = {row: exact(ret.frame.loc[row, field.name]) for row in column["row"]}
        total = values.pop(form.total)
        if alike and total is not None and sum((v or 0) for v in values.values()) == total:
            agreed |= {(row, field.name) for row in column["row"]}
    return agreed


def _seen(scan: Scan, cell: Mapping) -> CellSeen | None:
    return scan.cells.get((cell["sheet"], cell["cell"]))


def _is_certain(scan: Scan, cell: Mapping) -> bool:
    """Whether a cell was read alike twice and means something; one that was not found at all is not certain to be blank."""
    seen = _seen(scan, cell)
    return seen is not None and seen.certain and cell["state"] != "unreadable"


def _is_alike(scan: Scan, cell: Mapping) -> bool:
    """Whether a cell was found and reads the same twice, however surely: it stands in a sum that holds."""
    seen = _seen(scan, cell)
    return seen is not None and seen.alike and cell["state"] != "unreadable"


def _unconfirmed(ret: Return, cell: Mapping, seen: CellSeen | None) -> Finding:
    at = Place(cell["file"], cell["sheet"], cell["cell"], _written(cell["raw"]))
    where = {"unit": ret.unit, "form": ret.form, "row": cell["row"], "field": cell["field"]}
    cut = f"（原图：{seen.cut}）" if seen and seen.cut else ""
    if seen is not None and not seen.certain:
        kind = "scan.unsure/faint" if seen.alike else "scan.unsure"
        return catalogue.finding(kind, at, **where, first=seen.first, second=seen.second or "空白", cut=cut)
    return catalogue.finding("scan.unconfirmed", at, **where, first=cell["raw"], cut=cut)


def held_against(form: Form, ret: Return, scanned: Return, scan: Scan) -> Iterator[Finding]:
    """What differs between the form that counts and the picture of it: an error a cell; then how much was compared."""
    counted = {(c["row"], c["field"]): c for c in ret.cells.to_dict("records")}
    same = unsure = 0
    for cell in scanned.cells.to_dict("records"):
        mine = counted.get((cell["row"], cell["field"]))
        if mine is None or form.layout != "matrix":
            continue
        if not _is_certain(scan, cell):
            unsure += 1
        elif _value(cell) == _value(mine):
            same += 1
        else:
            yield _disagrees(ret, mine, cell, _seen(scan, cell))
    place = Place(scan.document.file)
    if form.layout == "matrix":
        yield catalogue.finding("scan.compared", place, unit=ret.unit, form=form.name, same=same, unsure=unsure)
    elif len(scanned.frame) != len(ret.frame):
        there, here = len(scanned.frame), len(ret.frame)
        yield catalogue.finding("scan.records", place, unit=ret.unit, form=form.name, scanned=there, counted=here)


def _value(cell: Mapping) -> str:
    """A figure without needless noughts; a blank and a nought say the same in a figure's cell."""
    number = exact(cell["value"])
    return plain(number) if number else "" if number == 0 else _written(cell["value"])


def _written(value: object) -> str:
    return "" if is_null(value) else str(value)


def _disagrees(ret: Return, mine: Mapping, cell: Mapping, seen: CellSeen | None) -> Finding:
    written, picture = _written(mine["raw"]) or "空白", _written(cell["raw"]) or "空白"
    at = Place(mine["file"], mine["sheet"], mine["cell"], written)
    cut = f"（原图：{seen.cut}）" if seen and seen.cut else ""
    where = f"{cell['file']} {cell['sheet']} {cell['cell']}"
    return catalogue.finding(
        "scan.disagrees", at, unit=ret.unit, form=ret.form, row=cell["row"], field=cell["field"],
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
