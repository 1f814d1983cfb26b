"""Lists from a picture. A list has no sum: a cell is taken only where a rule of its own, or the unit's other files, bear it out.

Witnesses: the check digit of a credit code, numbers of records that follow one another, a firm that an editable file of
the unit names alike. Whatever else is read stays `scanned`, without a value, until a person confirms it; a record of
which a required cell waits is in no figure (`tally.totals.history`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from tally import catalogue
from tally.declare import Field, Form
from tally.model import Finding, Place, Return
from tally.returns.record_pairs import paired
from tally.returns.scans import Scan
from tally.returns.witnesses import SCANNED, disagrees, is_alike, is_certain, seen_in, unconfirmed
from tally.rules.credit_code import right
from tally.writing.firms import firm_key, text_key
from tally.writing.numbers import exact, plain
from tally.writing.similar import one_slip

_NAMED = 5  # cells of a note that are named
_LONG = 5  # characters from which a text may differ from its picture by a slip of the recogniser's
_KEYS = ("seq", "credit_code")
Cell = Mapping[str, Any]


def known_firms(form: Form, returns: Iterable[Return]) -> frozenset[str]:
    """Keys of the firms that the unit's other returns name, as far as they were not read from pictures."""
    columns = [f.name for f in form.fields if f.confidential == "firm"]
    keys: set[str] = set()
    for ret in returns:
        cells = ret.cells[ret.cells["field"].isin(columns) & (ret.cells["state"] != SCANNED)]
        keys |= {firm_key(value) for value in cells["value"].dropna()}
    return frozenset(keys - {""})


def witnessed_list(form: Form, ret: Return, scans: Sequence[Scan], known: frozenset[str]) -> Return:
    """`ret`, read from pictures, with only those cells that have a witness."""
    cells, frame = ret.cells.copy(), ret.frame.copy()
    in_order = _follow_one_another(form, ret, scans)
    findings: list[Finding] = []
    agreed = 0
    for at, cell in cells.iterrows():
        field = form.field(cell["field"])
        if _is_blank(cell, scans):
            continue
        if is_alike(scans, cell) and _borne_out(field, cell, in_order, known):
            agreed += 1
            continue
        findings.append(unconfirmed(ret, cell, seen_in(scans, cell)))
        cells.loc[at, ["value", "state"]] = [None, SCANNED]
        frame.loc[int(cell["row"]), field.name] = None if field.kind == "date" else pd.NA
    waiting = {(f.row, f.field) for f in findings}
    cleaned = (f for f in ret.findings if not (f.rule.startswith("cell.") and (f.row, f.field) in waiting))
    place = Place(scans[0].document.file)
    words = {"title": form.title, "count": str(len(frame)), "agreed": str(agreed), "left": str(len(findings))}
    total = catalogue.finding("scan.list", place, unit=ret.unit, form=form.name, **words)
    return replace(ret, frame=frame, cells=cells, findings=(*cleaned, total, *findings))


def _is_blank(cell: Cell, scans: Sequence[Scan]) -> bool:
    """Whether nothing was seen there by either reading; a column that the picture does not have is told of the form."""
    seen = seen_in(scans, cell)
    return cell["state"] == "blank" and (not cell["cell"] or (seen is not None and seen.alike))


def _borne_out(field: Field, cell: Cell, in_order: bool, known: frozenset[str]) -> bool:
    if field.kind == "seq":
        return in_order
    if field.kind == "credit_code":
        return right([str(cell["value"] or "")])[0]
    return field.confidential == "firm" and firm_key(cell["value"]) in known


def _follow_one_another(form: Form, ret: Return, scans: Sequence[Scan]) -> bool:
    """Whether the records' own numbers are all there, read alike twice, each one more than the one before, from 1."""
    name = next((f.name for f in form.fields if f.kind == "seq"), "")
    column = ret.cells[ret.cells["field"] == name].to_dict("records")
    values = [exact(cell["value"]) for cell in column]
    return values == list(range(1, len(values) + 1)) and all(is_alike(scans, cell) for cell in column)


def list_against(form: Form, ret: Return, scanned: Return, scans: Sequence[Scan]) -> Iterator[Finding]:
    """What differs between the list that counts and its picture, a cell at a time; records that only one of them has."""
    mine, theirs = _records(ret), _records(scanned)
    here, there = list(mine), list(theirs)
    pairs = paired([_texts(mine[n]) for n in here], [_texts(theirs[n]) for n in there])
    missing = [f"第{n}条" for at, n in enumerate(there) if at not in {b for _, b in pairs}]
    more = [f"第{n}条" for at, n in enumerate(here) if at not in {a for a, _ in pairs}]
    # the numbers of the records after a missing one differ with it, and say nothing more
    fields = [f for f in form.fields if f.kind != "seq" or not (missing or more)]
    verdicts: dict[str, list[str]] = {"same": [], "unsure": [], "near": [], "faint": [], "": []}
    for a, b in pairs:
        record, picture = mine[here[a]], theirs[there[b]]
        for field, verdict in _verdicts(form, fields, record, picture, scans):
            verdicts[verdict].append(f"第{here[a]}条“{field.label}”")
            if verdict in ("", "faint"):
                shown = picture[field.name]
                yield disagrees(ret, record[field.name], shown, seen_in(scans, shown), sure=not verdict)
    place = Place(scans[0].document.file)
    if missing or more:
        words = {"scanned": str(len(there)), "counted": str(len(here)), "more": _some(missing), "less": _some(more)}
        yield catalogue.finding("scan.records", place, unit=ret.unit, form=form.name, **words)
    verdicts["unsure"] += verdicts["faint"]
    counts = {name: str(len(verdicts[name])) for name in ("same", "unsure", "near")}
    few = len(verdicts["unsure"]) > len(verdicts["same"])
    kind = "scan.compared/few" if few else "scan.compared/near" if verdicts["near"] else "scan.compared"
    yield catalogue.finding(kind, place, unit=ret.unit, form=form.name, **counts, where=_some(verdicts["near"]))


def _verdicts(
    form: Form, fields: Sequence[Field], record: Mapping[str, Cell], picture: Mapping[str, Cell], scans: Sequence[Scan]
) -> Iterator[tuple[Field, str]]:
    """Each cell that both have: "same", "unsure" (not read for certain), "faint" (nor that, and it differs), "near" (differs
    as a recogniser errs), "" (differs)."""
    steady = _keys_agree(form, record, picture, scans)
    for field in fields:
        cell, shown = record[field.name], picture[field.name]
        if not shown["cell"] or cell["state"] == SCANNED:
            continue
        if not is_certain(scans, shown) or _misread(field, cell, shown):
            faint = field.kind != "text" and is_alike(scans, shown) and _said(field, cell) != _said(field, shown)
            yield field, "faint" if faint and not _misread(field, cell, shown) else "unsure"
        elif _said(field, cell) == _said(field, shown):
            yield field, "same"
        else:
            yield field, "near" if steady and _slip(field, cell, shown) else ""


def _records(ret: Return) -> dict[str, dict[str, Cell]]:
    """Record number -> field -> cell."""
    records: dict[str, dict[str, Cell]] = {}
    for cell in ret.cells.to_dict("records"):
        records.setdefault(str(cell["row"]), {})[str(cell["field"])] = cell
    return records


def _texts(record: Mapping[str, Cell]) -> tuple[str, ...]:
    """What a record says, to find it again in the other list."""
    return tuple(text_key(cell["value"]) for cell in record.values())


def _said(field: Field, cell: Cell) -> str:
    """What a cell says, however it is written; of figures, a blank and a nought say the same."""
    number = exact(cell["value"]) if field.numeric else None
    if number is not None:
        return plain(number) if number else ""
    return firm_key(cell["value"]) if field.confidential == "firm" else text_key(cell["value"])


def _keys_agree(form: Form, record: Mapping[str, Cell], picture: Mapping[str, Cell], scans: Sequence[Scan]) -> bool:
    """Whether a number or code is the same in both, and nothing that is no free text is surely different."""
    certain = [f for f in form.fields if f.kind != "text" and f.name in picture and is_certain(scans, picture[f.name])]
    alike = {f.name: _said(f, record[f.name]) == _said(f, picture[f.name]) for f in certain if f.name in record}
    return all(alike.values()) and any(alike[f.name] and _said(f, record[f.name]) for f in certain if f.kind in _KEYS)


def _slip(field: Field, cell: Cell, shown: Cell) -> bool:
    """Whether two long texts differ as a recogniser errs: by one character or two alike, never in a digit."""
    ours, theirs = _said(field, cell), _said(field, shown)
    return field.kind == "text" and len(ours) >= _LONG and one_slip(ours, theirs)


def _misread(field: Field, cell: Cell, shown: Cell) -> bool:
    """A code whose check digit fails in the picture alone was misread, not written otherwise."""
    if field.kind != "credit_code" or not cell["value"] or not shown["value"]:
        return False
    ours, theirs = right([str(cell["value"]), str(shown["value"])])
    return ours and not theirs


def _some(names: Sequence[str]) -> str:
    if not names:
        return "无"
    return "、".join(names[:_NAMED]) + (f"等{len(names)}处" if len(names) > _NAMED else "")
