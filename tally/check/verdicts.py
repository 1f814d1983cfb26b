"""How often the findings of each rule proved true: what people decided about them, in this and all earlier periods.

A finding proved true if it is gone because a cell or a file was mended, or if it stands with a written reason; it proved
none if it was explained as a doubt or said to be no fault. What is only a question of how a word is meant is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tally.check.explanations import load_explanations
from tally.check.past import GONE, past
from tally.declare import Campaign
from tally.paths import Paths

NO_FAULT = "不是问题："  # begins an explanation that says so
QUESTIONS = (
    "form.column_guessed",
    "form.row_guessed",
    "form.unknown_column",
    "form.unknown_row",
    "intake.unknown_unit",
)
_PRIOR = 4  # answers that what is thought of a rule beforehand is worth


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of `answered` findings of one rule, `true` were faults."""

    rule: str
    true: int
    answered: int

    @property
    def rate(self) -> float:
        return self.true / self.answered

    def weighed(self, prior: float) -> float:
        """The rate as far as so few answers can tell it: `prior` before there are any."""
        return (self.true + _PRIOR * prior) / (self.answered + _PRIOR)


def verdicts(campaign: Campaign, paths: Paths) -> Mapping[str, Verdict]:
    """Rule -> what became of its findings up to the period; of rules with any answer. TallyError for a broken file."""
    true: dict[str, int] = {}
    answered: dict[str, int] = {}
    names = [p.name for p in campaign.periods]
    for name in names[: names.index(paths.period) + 1]:
        for rule, proved in _answers(campaign, paths.beside(name)):
            answered[rule] = answered.get(rule, 0) + 1
            true[rule] = true.get(rule, 0) + proved
    return {rule: Verdict(rule, true[rule], count) for rule, count in sorted(answered.items())}


def _answers(campaign: Campaign, paths: Paths) -> Iterator[tuple[str, bool]]:
    """(rule, whether it was a fault) of every finding of a period that has an answer."""
    explanations, _ = load_explanations(paths.explanations, campaign)
    last = {event.key: event for event in past(paths)}
    for event in last.values():
        rule = event.key[4]
        if rule in QUESTIONS:
            continue
        reason = next((e for e in explanations if e.answers(event.key[:5], event.severity)), None)
        if reason is not None:
            yield rule, event.severity == "error" and not reason.explanation.startswith(NO_FAULT)
        elif event.what == GONE:
            yield rule, True
