"""Whose the rows of a table are: records of several units in one list, told apart by a column 单位, and 全市合计 of a matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tally import catalogue
from tally.clean.unit_names import unit_of
from tally.declare import Campaign, Unit
from tally.locate.extra_columns import is_place
from tally.model import Finding, Place, RawTable
from tally.writing.characters import narrow


def rows_of(campaign: Campaign, unit: Unit, table: RawTable, shared: bool) -> tuple[RawTable, list[Finding]]:
    """The table with the unit's own records, and what is to be said of the others.

    `shared`: the file is read for each of its units, so that a row which names another of them is that one's. Else such
    a row is nobody's, an error. A row that names no unit (a township, nothing) is the unit's whose file it is; in a
    shared file nobody knows whose.
    """
    if campaign.form(table.form).layout == "matrix":
        return table, _of_total(campaign, unit, table)
    texts = {place.raw for place in table.owners.values()}
    codes = {text: unit_of(campaign, text).codes for text in texts}
    owners = {row: codes[p.raw] for row, p in table.owners.items()}
    others = {row for row, named in owners.items() if named and named != {unit.code}}
    lost = {row for _, row in table.rows if not owners.get(row)} if shared else set()
    findings = [] if shared else _of_others(campaign, unit, table, sorted(others))
    findings += [] if shared else _of_unknown(unit, table, codes)
    if not others and not lost:
        return table, findings
    first = min(frozenset().union(*codes.values()), default="")
    if lost and unit.code == first:
        at = table.owners.get(min(lost)) or Place(table.grid.file, table.grid.sheet)
        findings.append(catalogue.finding("intake.row_of_nobody", at, unit=unit.code, form=table.form, count=len(lost)))
    return _without(table, others | lost), findings


def _of_total(campaign: Campaign, unit: Unit, table: RawTable) -> list[Finding]:
    """A doubt where the total of a matrix is called another's: 全市合计 of a district, 城区合计."""
    findings: list[Finding] = []
    for place in table.owners.values():
        if not _is_its_own(campaign, unit, narrow(place.raw)):
            remark = catalogue.remark("intake.total_of_place", written=place.raw, unit_name=unit.name)
            total = campaign.form(table.form).total
            findings.append(catalogue.finding_at(remark, place, unit=unit.code, form=table.form, row=total))
    return findings


def _is_its_own(campaign: Campaign, unit: Unit, place: str) -> bool:
    """True for 本县, the unit's own name, and 全区 or 全县 of whatever lies below the top."""
    if place[0] == "本" or place == "以上" or unit_of(campaign, place).codes == {unit.code}:
        return True
    level = place[-1]
    return place[0] == "全" and len(place) <= 2 and (unit.name.endswith(level) or not campaign.top.name.endswith(level))


def _of_others(campaign: Campaign, unit: Unit, table: RawTable, rows: list[int]) -> list[Finding]:
    """One error for each other unit."""
    by_text: dict[str, list[int]] = {}
    for row in rows:
        by_text.setdefault(table.owners[row].raw, []).append(row)
    findings: list[Finding] = []
    for text, of_unit in by_text.items():
        words = {"written": text, "count": len(of_unit), "unit_name": unit.name}
        remark = catalogue.remark("intake.rows_of_others", **words)
        findings.append(catalogue.finding_at(remark, table.owners[of_unit[0]], unit=unit.code, form=table.form))
    return findings


def _of_unknown(unit: Unit, table: RawTable, codes: Mapping[str, frozenset[str]]) -> list[Finding]:
    """A doubt for each name that is no unit's and no part of one, where others in the column are units'."""
    if not any(codes.values()):
        return []
    strange = {text for text, named in codes.items() if not named and not is_place(narrow(text))}
    findings: list[Finding] = []
    for place in {p.raw: p for p in table.owners.values() if p.raw in strange}.values():
        remark = catalogue.remark("intake.row_of_unknown", written=place.raw, unit_name=unit.name)
        findings.append(catalogue.finding_at(remark, place, unit=unit.code, form=table.form))
    return findings


def _without(table: RawTable, rows: set[int]) -> RawTable:
    """The table without some of its rows, the others numbered anew; of those rows nothing is said any more."""
    left = [(key, row) for key, row in table.rows if row not in rows]
    numbers = {key: str(n) for n, (key, _) in enumerate(left, 1)}
    findings = tuple(replace(f, row=numbers.get(f.row, f.row)) for f in table.findings if not f.row or f.row in numbers)
    return replace(table, rows=tuple((numbers[key], row) for key, row in left), findings=findings)
