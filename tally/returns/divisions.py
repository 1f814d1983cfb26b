"""A unit's form that came township by township: the summary beside the parts counts; parts alone are no matrix of the unit.

A part names itself: in its title, its sheet's name, 填报单位 or its file's name (南洋镇, 盐东分局).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tally import catalogue
from tally.clean.unit_names import units_in
from tally.declare import Campaign, Form
from tally.locate.extra_columns import PLACE
from tally.model import Finding, Place
from tally.returns.candidates import Candidate
from tally.returns.records import pairs, records_of
from tally.returns.values import clean_tables
from tally.writing.characters import narrow
from tally.writing.numbers import exact

_WHOLE = re.compile(r"汇总|合计|总表|全[县区市]|[县区市]级")
_KIND = re.compile(r"非医用|医用|(?:生产|流通|销售)(?:环节|领域)|线[上下]|城区|农村")
_SLIGHT = 1e-6


def division(campaign: Campaign, form: Form, candidate: Candidate) -> str:
    """The part of a unit that a table says it is of, "" for the unit's own."""
    table = candidate.table
    sheet, stem = narrow(table.grid.sheet), narrow(table.grid.file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    if _WHOLE.search(sheet):
        return ""
    title = _without_name(narrow(table.title), form)
    for text in (title, sheet, narrow(table.unit_text), "" if _WHOLE.search(stem) else stem):
        match = PLACE.search(text)
        if match and not units_in(campaign, match[0]).codes:
            return match[0]
    return ""


def _kinds(form: Form, candidates: Sequence[Candidate]) -> list[str]:
    """The kind of article or place that each table's names limit it to (医用 beside 非医用), where several kinds came."""
    own = "|".join(narrow(name) for name in (form.title, *form.aliases))
    names: list[str] = []
    for candidate in candidates:
        grid = candidate.table.grid
        stem = grid.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        texts = (narrow(text) for text in (grid.sheet, _without_name(narrow(candidate.table.title), form), stem))
        kinds = [match[0] for text in texts if (match := _KIND.search(text)) and match[0] not in own]
        names.append(kinds[0] if kinds else "")
    return names if len(set(names) - {""}) > 1 else [""] * len(candidates)


def _without_name(title: str, form: Form) -> str:
    """A title's words before and behind the form's own name."""
    for name in (form.title, *form.aliases):
        title = title.replace(narrow(name), "|")
    return title


def without_parts(
    campaign: Campaign, form: Form, candidates: Sequence[Candidate], findings: list[Finding]
) -> list[Candidate]:
    """The candidates that count: the unit's own where there is one, of a list else all parts, of a matrix else none."""
    names = [division(campaign, form, c) for c in candidates]
    if not any(names):
        names = _kinds(form, candidates)
    wholes = [c for c, name in zip(candidates, names, strict=True) if not name]
    parts = [c for c, name in zip(candidates, names, strict=True) if name]
    distinct = "”“".join(dict.fromkeys(name for name in names if name))
    if not parts or (not wholes and form.layout == "list"):
        return list(candidates)
    if wholes:
        findings.append(_beside(form, wholes, parts, distinct))
        return wholes
    if len(set(names)) == 1:
        if not PLACE.search(narrow(parts[0].table.unit_text)):  # 填报单位 that names a part was spoken of already
            findings.append(_about(form, parts[0], "returns.part_alone", name=names[0]))
        return list(candidates)
    findings.append(_about(form, parts[0], "returns.parts_without_whole", names=distinct))
    return []


def _beside(form: Form, wholes: Sequence[Candidate], parts: Sequence[Candidate], names: str) -> Finding:
    """What is said of parts beside the whole: that they were not counted, or that they do not agree with it."""
    if form.layout == "list":
        missing = _missing_records(form, wholes, parts)
        if missing:
            return _about(form, parts[0], "returns.parts_more", names=names, count=missing)
    elif differing := _differing(form, wholes, parts):
        return _about(form, wholes[0], "returns.parts_differ", names=names, where="、".join(differing[:6]))
    return _about(form, parts[0], "returns.parts_beside", names=names)


def _missing_records(form: Form, wholes: Sequence[Candidate], parts: Sequence[Candidate]) -> int:
    """How many records of the parts stand in none of the whole's tables."""
    whole = records_of(form, [c.table for c in wholes])
    part = records_of(form, [c.table for c in parts])
    return len(part) - len(pairs(form, part, whole))


def _differing(form: Form, wholes: Sequence[Candidate], parts: Sequence[Candidate]) -> list[str]:
    """The cells of the whole that are not the sum of the parts, in words; blanks are no figure."""
    whole = clean_tables("", form, [c.table for c in wholes[:1]])[0]
    frames = [clean_tables("", form, [c.table])[0] for c in parts]
    differing: list[str] = []
    for field in form.fields:
        for category in form.categories:
            figures = [exact(frame.loc[category.name, field.name]) for frame in (whole, *frames)]
            if not field.numeric or field.ratio or None in figures:
                continue
            total, *rest = (float(f) for f in figures if f is not None)
            if abs(total - sum(rest)) > _SLIGHT:
                differing.append(f"{category.label}“{field.label}”")
    return differing


def _about(form: Form, candidate: Candidate, kind: str, **words: object) -> Finding:
    grid = candidate.table.grid
    return catalogue.finding_at(catalogue.remark(kind, **words), Place(grid.file, grid.sheet), form=form.name)
