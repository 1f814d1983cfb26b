"""Whom a kind of finding concerns: what a unit is told, and what stays with the bureau's own people.

Slips in the analyst's own files, and how a reader opened a file, are nothing that a unit could mend: they stand in the
city's list and in the report's record, never in what goes out to a unit.
"""

from __future__ import annotations

import re

OURS = "本局"  # begins, in what helps, the part that only the bureau's own people can do
_OURS = re.compile(f"(?:^|；){OURS}.*$", re.S)
INSIDE = frozenset(
    {
        "corrections.line",
        "corrections.needless",
        "corrections.no_cell",
        "corrections.stale",
        "corrections.unreadable",
        "explanations.empty",
        "explanations.line",
        "explanations.unused",
        "feedback.answered",
        "file.remark",
        "run.notebook_failed",
        "words.used",
    }
)


def addressee(rule: str) -> str:
    """Whose matter a finding is that names no unit."""
    return "本局" if rule in INSIDE else "单位不明"


def concerns_units(rule: str) -> bool:
    """Whether a unit is told of findings of this kind."""
    return rule not in INSIDE


def outward(remedy: str) -> str:
    """What helps, as a unit is told it: without the bureau's own part."""
    return _OURS.sub("", remedy)
