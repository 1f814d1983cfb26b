"""What a period's figures amend in its last release: figure, old, new, cause. Read by the report and by `run`.

none released, or nothing changed since the first  -> None
changed since the last release                     -> against that one
as in the last release                             -> what that release itself amended
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tally import totals
from tally.blocks import Block, Paragraph, Table
from tally.declare import Campaign
from tally.errors import TallyError
from tally.paths import Paths
from tally.report.amendments.causes import Causes
from tally.report.amendments.record import Release, latest, place, sha256
from tally.store import tables
from tally.store.files import write_text
from tally.totals import TO_DATE, Totals
from tally.totals.figures import printed
from tally.writing.numbers import plain

FILE = "amendments.json"
DECLARED_ANEW = "专项的声明有改动，与发布时的数据不能逐格比较"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One released figure that is no longer so. `old` and `new` with their unit, "—" where there is none."""

    ref: str
    label: str
    old: str
    new: str
    causes: tuple[str, ...]
    stated: bool  # whether the release or the new report states it; the others follow from these


@dataclass(frozen=True)
class Amendments:
    """Against which release, and all that differs, in the order of the report's figures."""

    release: int
    by: str
    when: str
    entries: tuple[Amendment, ...]

    @property
    def stated(self) -> tuple[Amendment, ...]:
        return tuple(e for e in self.entries if e.stated)

    def json(self) -> str:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1)


def amendments(paths: Paths, worked: Totals, stated: tuple[str, ...]) -> Amendments | None:
    """What `worked` amends; `stated`: the refs that the new report states. None if it amends nothing."""
    released = latest(paths)
    if released is None:
        return None
    now = figures(worked)
    differ = [r for r in dict.fromkeys((*now, *released.figures)) if now.get(r) != released.figures.get(r)]
    if not differ:
        return from_json(released.amended) if released.amended else None
    causes = _causes(paths, released, worked)
    shown = {*stated, *released.stated}
    entries = tuple(
        Amendment(
            ref,
            _label(ref, now.get(ref) or released.figures[ref]),
            *_texts(released.figures.get(ref), now.get(ref), worked.book[ref].decimals if ref in worked.book else None),
            causes.of(ref) if causes else (DECLARED_ANEW,),
            ref in shown,
        )
        for ref in differ
    )
    return Amendments(released.number, released.by, released.when, entries)


def figures(worked: Totals) -> dict[str, dict[str, str]]:
    """Every figure as a release keeps it; one without a value says nothing and is left out."""
    return {
        f.ref: {"label": f.label, "value": plain(f.value), "unit": f.unit}
        for f in worked.book.values()
        if f.value is not None
    }


def from_json(record: Mapping[str, Any]) -> Amendments:
    entries = tuple(Amendment(**(e | {"causes": tuple(e["causes"])})) for e in record["entries"])
    return Amendments(record["release"], record["by"], record["when"], entries)


def stored(paths: Paths) -> Mapping[str, Any]:
    """The amendments.json that the last run wrote, {} if it amends nothing."""
    path = paths.reports / FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def update(campaign: Campaign, paths: Paths, blocks: Iterable[Block]) -> list[Path]:
    """Puts amendments.json in its place for a report that shows `blocks`, or removes one that no longer holds.

    Returns the files written.
    """
    path, amended = paths.reports / FILE, None
    if latest(paths) is not None:
        amended = amendments(paths, totals.open_totals(campaign, paths), stated(blocks))
    if amended is None:
        path.unlink(missing_ok=True)
        return []
    write_text(path, amended.json())
    return [path]


def stated(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The refs of the figures that a report's text and tables state."""
    return tuple(dict.fromkeys(r for b in blocks for r in _refs(b) if r))


def _refs(block: Block) -> Iterable[str]:
    if isinstance(block, Table):
        return (e.ref for row in block.body for e in row)
    return (r.ref for r in block.runs) if isinstance(block, Paragraph) else ()


def _causes(paths: Paths, released: Release, worked: Totals) -> Causes | None:
    """None where the frozen tables have other columns than the campaign declares today."""
    campaign = worked.history.campaign
    frozen = Paths(place(paths, released.number), campaign.name, paths.period)
    try:
        history = totals.read_history(campaign, frozen)
    except TallyError:
        return None
    for form in campaign.forms:
        if list(history.now.forms[form.name].columns) != tables.form_schema(form).names:
            return None
    then = {entry["file"]: entry["sha256"] for entry in released.inputs}

    def untouched(file: str) -> bool:
        path = paths.raw / (name := file.split("!")[0])
        return path.is_file() and then.get(name) == sha256(path)

    return Causes(totals.of_history(history, frozen), worked, cache(untouched))


def _label(ref: str, figure: Mapping[str, str]) -> str:
    """The figure's label with its scope, which counts of records do not say by themselves."""
    label = figure["label"]
    return f"{label}（累计）" if TO_DATE in ref and "累计" not in label else label


def _texts(was: _Kept, now: _Kept, decimals: int | None) -> tuple[str, str]:
    """Both as the report prints them; with all their digits where those would read alike."""
    old, new = (_text(figure, decimals) for figure in (was, now))
    return (_text(was, None), _text(now, None)) if old == new else (old, new)


def _text(figure: _Kept, decimals: int | None) -> str:
    return f"{printed(Decimal(figure['value']), decimals)}{figure['unit']}" if figure else "—"


_Kept = Mapping[str, str] | None  # a figure as a release keeps it
