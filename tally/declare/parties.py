"""Who reports, when, and what must be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tally.declare.forms import Form


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit, or a level above one. `parent` is the code it adds up to, "" for the top.

    `forms`: what it must report (forms' names, "summary"), () for everything: what it need not and sends all the same counts.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    office: str = ""  # the bureau that reports for it
    note: str = ""
    forms: tuple[str, ...] = ()

    def must(self, form: str) -> bool:
        """Whether the unit has to report a form (or "summary")."""
        return not self.forms or form in self.forms

    def owed(self, forms: Iterable[Form]) -> tuple[Form, ...]:
        """Those of the campaign's forms that it has to report."""
        return tuple(f for f in forms if self.must(f.name))


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period; `due` maps form name (and "summary") to the last day it is on time.

    `answer` is the day by which a unit is to answer what it is asked about its return; None: as soon as it can.
    """

    name: str
    start: date
    end: date
    due: dict[str, date] = field(default_factory=dict)
    answer: date | None = None

    @property
    def moment(self) -> datetime:
        """The time that all files of the period carry: the end of its last day, so that a second run makes the same bytes."""
        return datetime(self.end.year, self.end.month, self.end.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the duty list. `due` is a date, "即时办理" or "长期坚持"."""

    annex: int
    number: int
    title: str
    steps: tuple[str, ...]
    offices: tuple[str, ...]
    due: date | str
    evidence: tuple[str, ...] = ()  # forms that show it: "enterprises", "cases", "sampling", "summary"
    keywords: tuple[str, ...] = ()  # words by which a summary's passage is told to speak of it

    @property
    def name(self) -> str:
        return f"{self.annex}-{self.number}"
