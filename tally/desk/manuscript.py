"""What the editor of the report's text shows: every heading with its text, last period's, and what the units say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tally.declare import Campaign
from tally.desk.narrative_text import slots, text_of
from tally.desk.sheet import documents
from tally.errors import TallyError
from tally.paths import Paths
from tally.report.evidence import attributed
from tally.rules.view import values_of
from tally.store.tables import is_processed, load_period, read_table

MOST = 40  # passages shown under one heading
LONGEST = 600  # characters of a passage
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十]+[、.．)）]")


def manuscript(campaign: Campaign, paths: Paths) -> list[dict[str, Any]]:
    """Every slot in the report's order, with its text now, that of the period before, and the units' passages."""
    before = campaign.before(paths.period)
    passages = list(_passages(campaign, paths))
    gaps = _gaps(campaign, paths)
    shown = []
    for part in slots(campaign):
        last = text_of(paths.beside(before.name).narrative, part, campaign) if before else ""
        mine = [p for p in passages if part.duty == p["duty"] and (part.duty or part.holds(p["heading"]))]
        shown.append({
            "heading": part.heading, "text": text_of(paths.narrative, part, campaign),
            "needed": None if gaps is None else any(part.asked_by(gap) for gap in gaps),
            "last": {"period": before.name if before else "", "text": last}, "passages": [p | {"quote": attributed(p["unit"], p["text"])} for p in mine[:MOST]],
        })  # fmt: skip
    return shown


def _gaps(campaign: Campaign, paths: Paths) -> tuple[str, ...] | None:
    """What the report leaves to be written; None where that is not known yet."""
    from tally.report import open_report  # here: the queue need not wait for what writes reports

    if not is_processed(paths, campaign):
        return None
    with suppress(TallyError):
        return open_report(paths.period, campaign.name, paths.root).todos()
    return None


def _passages(campaign: Campaign, paths: Paths) -> Iterator[dict[str, str]]:
    """What this period's summaries say: of each duty as sorted by the check, of the other parts under their headings."""
    stored = paths.processed / "passages.parquet"
    if stored.exists():
        best = read_table(stored).sort_values("score", ascending=False, kind="stable")
        for unit, duty, text in zip(best["unit"], best["duty"], best["text"], strict=True):
            yield {"unit": campaign.unit(unit).name, "duty": duty, "heading": "", "text": str(text)[:LONGEST]}
    if is_processed(paths, campaign):
        for unit, text in _summaries(campaign, paths):
            for heading, passage in _under_headings(text):
                yield {"unit": unit, "duty": "", "heading": heading, "text": passage[:LONGEST]}


def _summaries(campaign: Campaign, paths: Paths) -> Iterator[tuple[str, str]]:
    """(unit's name, text) of each text summary that counts."""
    returns = load_period(paths, campaign).returns
    mine = returns[(returns["form"] == "summary") & (returns["state"] != "replaced")]
    for unit, file in zip(values_of(mine["unit"]), values_of(mine["file"]), strict=True):
        for name in (file or "").splitlines()[:1]:
            text = "\n".join(d.text for d in documents(paths.raw, name) if d.file == name or not d.file)
            yield campaign.unit(unit).name, text


def _under_headings(text: str) -> Iterator[tuple[str, str]]:
    """(heading, what stands under it) of a summary with headings such as 四、存在问题."""
    heading, lines = "", list[str]()
    for line in (line.strip() for line in text.splitlines()):
        if _NUMBERED.match(line) and len(line) <= 30:
            if heading and lines:
                yield heading, "\n".join(lines)
            heading, lines = line, []
        elif line:
            lines.append(line)
    if heading and lines:
        yield heading, "\n".join(lines)
