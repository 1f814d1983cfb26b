"""What stands against a unit's return only because of our own corrections: nobody else can mend it, and no letter asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from tally.check.corrections import BROUGHT_ABOUT, Corrections
from tally.model import Finding, Return
from tally.writing.characters import narrow

Check = Callable[[Mapping[str, Return]], Iterable[Finding]]


def own_faults_named(
    corrections: Corrections, check: Check, sent: Mapping[str, Return], now: Mapping[str, Return]
) -> list[Finding]:
    """What `check` finds in the returns as they are `now`; at what it does not find in them as `sent`, and at cells that
    we changed, that we did it."""
    found = list(check(now))
    changed = {(c.form, c.row, c.field) for c in corrections.entries if narrow(c.old) != narrow(c.new)}
    if not changed:
        return found
    theirs = {_place(f) for f in check(sent)}
    return [f if _place(f) in theirs and _place(f)[1:] not in changed else _ours(f) for f in found]


def _place(f: Finding) -> tuple[str, str, str, str]:
    return f.rule, f.form, f.row, f.field


def _ours(f: Finding) -> Finding:
    return f if f.severity == "note" else replace(f, message=f"{f.message}{BROUGHT_ABOUT}")
