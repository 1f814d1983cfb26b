"""The life of findings: when each came up and when it was gone, from check to check.

`data/findings/<campaign>/<period>.csv` has when, what (发现 or 解决), unit, form, row, field, rule, severity, message. Lines are
added at the end of a check, never changed: the file outlives the tables, which may be thrown away and made again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from tally.paths import Paths
from tally.store.lines import Columns, append, read

FOUND, GONE = "发现", "解决"
_PLACE = ("unit", "form", "row", "field", "rule", "file")
PAST = Columns(("when", "what", *_PLACE, "severity", "message"), {})
Key = tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """A finding came up or was gone. `when` is a day and time, sortable."""

    when: str
    what: str
    key: Key
    severity: str
    message: str


@dataclass(frozen=True)
class Changes:
    """What differs between now and an earlier check."""

    found: tuple[Event, ...] = ()
    gone: tuple[Event, ...] = ()
    standing: int = 0


def key_of(unit: str, form: str, row: str, field: str, rule: str, file: str) -> Key:
    """What makes a finding the same from check to check: its place; a file's name only where there is no form."""
    return unit, form, row, field, rule, "" if form else file


def open_findings(findings: pd.DataFrame) -> dict[Key, tuple[str, str]]:
    """The errors and the warnings that nobody explained: key -> (severity, message)."""
    some = findings[findings["severity"].isin(["error", "warning"])]
    columns = (some[c].fillna("") for c in (*_PLACE, "severity", "message"))
    return {key_of(*row[:6]): (row[6], row[7]) for row in zip(*columns, strict=True)}


def past(paths: Paths) -> list[Event]:
    """All events, in the order they were written. TallyError for a file that cannot be meant."""
    events = []
    for _, r in read(paths.past, PAST).records:
        events.append(Event(r["when"], r["what"], tuple(r[c] for c in _PLACE), r["severity"], r["message"]))
    return events


def remember(paths: Paths, findings: pd.DataFrame, when: str) -> Changes:
    """Adds what came up and what is gone since the last time; what that was."""
    before, now = standing(past(paths)), open_findings(findings)
    came = [Event(when, FOUND, k, *now[k]) for k in now if k not in before]
    gone = [Event(when, GONE, k, e.severity, e.message) for k, e in before.items() if k not in now]
    records = []
    for event in (*came, *gone):
        place = dict(zip(_PLACE, event.key, strict=True))
        words = {"when": event.when, "what": event.what, "severity": event.severity, "message": event.message}
        records.append(place | words)
    if records:
        append(paths.past, PAST, records)
    return Changes(tuple(came), tuple(gone), len(now) - len(came))


def standing(events: Iterable[Event]) -> dict[Key, Event]:
    """The findings whose last word is that they came up."""
    last = {e.key: e for e in events}
    return {key: e for key, e in last.items() if e.what == FOUND}


def since(events: Iterable[Event], when: str) -> Changes:
    """What came up and was gone after a day or moment, what did both left out."""
    every = list(events)
    before = standing(e for e in every if e.when <= when)
    now = standing(every)
    came = [e for k, e in now.items() if k not in before]
    gone = [e for k, e in before.items() if k not in now]
    return Changes(tuple(came), tuple(gone), len(now) - len(came))


def last_check(events: Iterable[Event]) -> Changes:
    """What the last check that changed anything brought."""
    every = list(events)
    moments = sorted({e.when for e in every})
    return since(every, moments[-2] if len(moments) > 1 else "")
