"""When and by whom a report is issued: a draft says what it waits for, an issued one which release it is.

An official document bears the day on which it is issued, never one before the facts that it tells. Until somebody
approves it that day is open: 【待定】, or the day of the run where the campaign declares so (`Campaign.dated`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pandas as pd

from tally.blocks import Block, Paragraph, Run, RunKind, Title, as_json
from tally.declare import Campaign
from tally.paths import Paths
from tally.report.amendments.record import Release, latest
from tally.report.phrases import day
from tally.store.digests import digest
from tally.totals import History

UNDATED = "【待定】"


def facts_until(history: History) -> date:
    """The day of the last fact that a report of the period tells: the period's end, or a return that came after it."""
    received = [d for d in history.now.returns["received"] if not pd.isna(d)]
    return max([history.campaign.period(history.now.period).end, *received])


def draft_date(campaign: Campaign, facts: date) -> str:
    """What a draft says for its date."""
    return day(max(date.today(), facts), year=True) if campaign.dated == "run" else UNDATED


def signature(campaign: Campaign, written: str) -> tuple[Paragraph, ...]:
    """Issuer and date at the end of the text; an open date stands out."""
    kind: RunKind = "todo" if written == UNDATED else ""
    return (
        Paragraph((Run(campaign.issuer),), "signature"),
        Paragraph((Run(written, kind=kind),), "signature"),
    )


def content_digest(blocks: Iterable[Block]) -> str:
    """What tells whether a report says the same as one that was released."""
    return digest(json.dumps([[b.kind, as_json(b)] for b in blocks], ensure_ascii=False, sort_keys=True))


def release_of(paths: Paths, edition: str, blocks: Iterable[Block]) -> Release | None:
    """The period's last release, if it says what `blocks` say."""
    release = latest(paths) if not paths.area else None
    return release if release and release.contents.get(edition) == content_digest(blocks) else None


def issued(blocks: Iterable[Block], release: Release, edition: str = "internal") -> tuple[Block, ...]:
    """The same report as the release prints it: dated, with its number and who approved it, without a draft's lines.

    The public edition names no person.
    """
    written = day(date.fromisoformat(release.when), year=True)
    approver = f"　审批人：{release.by}" if edition == "internal" else ""
    line = f"第{release.number}次发布{approver}"
    return tuple(_issued(block, written, line) for block in blocks)


def _issued(block: Block, written: str, line: str) -> Block:
    if isinstance(block, Title):
        return replace(block, date=written, lines=(line, *block.lines), working=())
    if isinstance(block, Paragraph) and block.style == "signature":
        return replace(block, runs=tuple(Run(written) if _open(run) else run for run in block.runs))
    return block


def _open(run: Run) -> bool:
    """Whether a line of the signature is the date: open, or the day of the run."""
    return run.text == UNDATED or (run.text.endswith("日") and run.text[:4].isdigit())
