"""Errors do not expire: what was found in earlier periods, is open still, and bears a figure of this one.

A figure to date rests on the returns of earlier periods: the sums of per-period columns and of lists of additions on all of
them, a cumulative column or a whole list on the last return where none has come since. An open error there, or a doubt of the
value itself, stays on the figure until the cell is corrected or the finding explained in its own period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from tally import catalogue
from tally.check.explanations import EXPLAINED
from tally.declare import Campaign, Form
from tally.model import Finding, PeriodTables, Place
from tally.writing.periods import month

RECEIVED = ("on time", "late", "zero return", "partial")  # "partial": of an area, some units' have come
CARRIED = "carried."  # how the rules of these findings begin


def value_rules(campaign: Campaign) -> frozenset[str]:
    """Ids of the rules whose warnings say that the value itself is probably wrong, not that it needs a word."""
    every = (*campaign.rules, *(rule for form in campaign.forms for rule in form.rules))
    return frozenset(rule.id for rule in every if rule.doubts_value)


def lasting_rules(campaign: Campaign) -> frozenset[str]:
    """Ids of the rules whose warnings stay open in later periods: those, and doubts of a relation between two cells."""
    every = (*campaign.rules, *(rule for form in campaign.forms for rule in form.rules))
    return frozenset(rule.id for rule in every if rule.doubts_value or rule.relates)


def record_rules(campaign: Campaign) -> dict[str, str]:
    """Ids of the rules whose warnings say that a list has too many records or too few, to what they say, {} for how many."""
    every = (*campaign.rules, *(rule for form in campaign.forms for rule in form.rules))
    return {rule.id: rule.doubts_records for rule in every if rule.doubts_records}


def open_doubts(campaign: Campaign, findings: pd.DataFrame) -> pd.DataFrame:
    """The findings of one period that put a value or a relation in doubt and that nobody has answered."""
    if findings.empty:
        return findings
    error = findings["severity"] == "error"
    doubt = (findings["severity"] == "warning") & findings["rule"].isin(lasting_rules(campaign))
    answered = findings["message"].fillna("").str.contains(EXPLAINED, regex=False)
    handed_on = findings["rule"].fillna("").str.startswith(CARRIED)
    return findings[(error | doubt) & findings["field"].notna() & ~answered & ~handed_on]


class Standing:
    """What of the periods before the last one of `periods` (oldest first) the last one's figures rest on."""

    def __init__(self, campaign: Campaign, periods: Sequence[PeriodTables]):
        self.campaign, self.periods = campaign, tuple(periods)
        self._forms = {form.name: form for form in campaign.forms}

    def findings(self) -> Iterator[Finding]:
        """A finding of this period for each open one of an earlier period that a figure rests on."""
        for tables in self.periods[:-1]:
            for record in _texts(self.doubts(tables)).to_dict("records"):
                yield self._handed_on(tables.period, record)

    def doubts(self, tables: PeriodTables) -> pd.DataFrame:
        """Of one earlier period the open findings that bear a figure of the last."""
        some = open_doubts(self.campaign, tables.findings)
        columns = zip(some["unit"], some["form"], some["field"], strict=True) if len(some) else ()
        bears = [self.bears(tables.period, unit, form, field) for unit, form, field in columns]
        return some.loc[np.array(bears, dtype=bool)]

    def bears(self, period: str, unit: str, form: str, field: str) -> bool:
        """Whether the last period's figures rest on that unit's column as it was reported in an earlier period."""
        declared = self._forms.get(form)
        if declared is None or (unit, form) not in self._received[period]:
            return False
        if _adds_up(declared, field):
            return True
        names = [t.period for t in self.periods]
        later = names[names.index(period) + 1 :]
        return not any((unit, form) in self._received[name] for name in later)

    @cached_property
    def _received(self) -> dict[str, frozenset[tuple[str, str]]]:
        """By period, the units and forms whose returns count."""
        received = {}
        for tables in self.periods:
            r = tables.returns[tables.returns["state"].isin(RECEIVED)]
            received[tables.period] = frozenset(zip(r["unit"], r["form"], strict=True))
        return received

    def _handed_on(self, period: str, record: dict[str, str]) -> Finding:
        form = self._forms[record["form"]]
        kind = f"{CARRIED}{record['severity']}"
        at = Place(f"{period}/{record['file']}", record["sheet"], record["cell"], record["found"])
        row = record["row"] if form.layout == "matrix" else ""  # a list's own numbers are of its own period
        return catalogue.finding(
            kind, at, unit=record["unit"], form=form.name, row=row, field=record["field"],
            period=month(period), said=record["message"], expected=record["expected"], remedy=record["suggestion"],
        )  # fmt: skip


def _adds_up(form: Form, field: str) -> bool:
    """Whether a figure to date adds up every period's returns of the column."""
    if form.layout == "list":
        return form.accumulates == "additions"
    return not form.field(field).cumulative


def _texts(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), "")
