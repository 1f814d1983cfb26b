"""The list of a period's releases, kept apart from them: what was released cannot be renamed, replaced or lost unnoticed.

    data/releases/<campaign>/<period>.csv    number, date, approver, sha256 of its release.json

Whoever may write everything below the root can change the list too. Against that stands the fingerprint of the newest
release, on paper or in the minutes: each release.json names the hash of the one before, so one fingerprint holds them all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from tally.paths import Paths
from tally.report.amendments.record import RECORD, Release, place, releases, sha256
from tally.store.files import kept, write_text

_HEAD = ("number", "date", "approved_by", "sha256")


@dataclass(frozen=True)
class Entry:
    """One line of the list."""

    number: int
    when: str
    by: str
    record: str  # sha256 of release.json


def entries(paths: Paths) -> tuple[Entry, ...]:
    """The list's lines that can be read, oldest first; a line that cannot be is none."""
    if not paths.ledger.exists():
        return ()
    rows = csv.DictReader(io.StringIO(kept(paths.ledger).decode("utf-8-sig", "replace")))
    lines = []
    for row in rows:
        number, when, by, record = ((row.get(name) or "").strip() for name in _HEAD)
        if number.isascii() and number.isdigit():
            lines.append(Entry(int(number), when, by, record))
    return tuple(lines)


def enter(paths: Paths, release: Release) -> None:
    """Adds a release that lies in its folder; on the disk before this returns."""
    added = Entry(release.number, release.when, release.by, sha256(place(paths, release.number) / RECORD))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows((e.number, e.when, e.by, e.record) for e in (*entries(paths), added))
    write_text(paths.ledger, "\ufeff" + text.getvalue(), lasting=True)


def fingerprint(record: str) -> str:
    """The hash of a release.json as people copy it: five groups of four, 80 bits of it."""
    return "-".join(record[at : at + 4].upper() for at in range(0, 20, 4))


def head(paths: Paths) -> str:
    """The fingerprint of the newest release as it lies there, "" if there is none."""
    there = releases(paths)
    return fingerprint(sha256(place(paths, there[-1].number) / RECORD)) if there else ""


def released_with(paths: Paths, given: str) -> int:
    """The number of the release whose fingerprint is `given`, 0 if none is: each names the one before it by its hash, so that
    an earlier one holds as well, up to it.
    """
    chain = {fingerprint(sha256(place(paths, r.number) / RECORD)): r.number for r in releases(paths)}
    return chain.get(given.strip().upper(), 0)


def disagreements(paths: Paths) -> Iterator[tuple[str, str]]:
    """(file, what is wrong) where the releases are not what the list says."""
    named = {r.number: r for r in releases(paths)}
    there = {number: sha256(place(paths, number) / RECORD) for number in named}
    listed = {e.number: e for e in entries(paths)}
    for number, entry in listed.items():
        name = f"releases/{number}/{RECORD}"
        if number not in there:
            yield name, f"发布过（{entry.when}，{entry.by}），现已不在"
        elif there[number] != entry.record:
            yield name, "发布记录与发布时不同"
        elif (entry.when, entry.by) != (named[number].when, named[number].by):
            yield paths.ledger.name, f"第{number}次发布的日期或审批人与发布记录不同：{entry.when}，{entry.by}"
    for number in there.keys() - listed.keys():
        yield f"releases/{number}/{RECORD}", f"不在发布登记 {paths.ledger.relative_to(paths.root).as_posix()} 中"
