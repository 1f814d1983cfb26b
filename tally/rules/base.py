"""What a rule is, and what it says: `Fault`s, which `tally.check.findings` gives their addresses and turns into findings.

A rule is a frozen dataclass declared in a campaign. It looks at one form (`FormRule`), at one unit's forms and
their last period (`UnitRule`), or at all units of a period (`CityRule`). It never raises over what is written in a return.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from tally.catalogue import SAYINGS
from tally.declare import Rule
from tally.model import Severity
from tally.writing.periods import month

if TYPE_CHECKING:
    from tally.declare import Campaign, Period, Unit
    from tally.model import PeriodTables
    from tally.rules.view import FormView


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found, before it has an address.

    `at` is the record's position in the form's frame, None for the whole form or a record that is not
    there (then `row` names it). `found` is what the cell says unless given. `severity` overrides the rule's.
    """

    message: str
    field: str = ""
    at: int | None = None
    row: str = ""
    found: str | None = None
    expected: str = ""
    suggestion: str = ""
    severity: Severity | None = None
    form: str = ""  # given by rules over several forms
    unit: str = ""  # given by rules over several units


def fault(
    key: str,
    field: str = "",
    at: int | None = None,
    *,
    row: str = "",
    found: str | None = None,
    form: str = "",
    unit: str = "",
    severity: Severity | None = None,
    **words: object,
) -> Fault:
    """What the catalogue has a rule say under `key` (its class's name, a variant behind a stroke), filled with `words`."""
    saying = SAYINGS[key]
    expected = str(words.setdefault("expected", saying.expected.format_map(words)))
    return Fault(
        message=saying.text.format_map(words),
        field=field,
        at=at,
        row=row,
        found=found,
        expected=expected,
        suggestion=saying.remedy.format_map(words),
        severity=severity or saying.severity,
        form=form,
        unit=unit,
    )


class FormRule(Rule):
    """A rule within one form."""

    scope: ClassVar[str] = "form"

    def faults(self, view: FormView) -> Iterable[Fault]:
        raise NotImplementedError


@dataclass(frozen=True)
class UnitScope:
    """One unit's forms of this period and what it sent last before it (empty for the first); forms not received are absent."""

    campaign: Campaign
    period: Period
    unit: Unit
    forms: Mapping[str, FormView]
    previous: Mapping[str, FormView]

    def last(self, form: str) -> str:
        """What the period of the return before is called: 上期, or by its name where nothing came since."""
        sent, before = self.previous[form].ret.period, self.campaign.before(self.period.name)
        return "上期" if not sent or (before and sent == before.name) else f"上次报送（{month(sent)}）"


class UnitRule(Rule):
    """A rule across one unit's forms and periods."""

    scope: ClassVar[str] = "unit"

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        raise NotImplementedError


@dataclass(frozen=True)
class CityScope:
    """All units' tables of this period, of the one before (None for the first) and of all before, oldest first."""

    campaign: Campaign
    period: Period
    tables: PeriodTables
    previous: PeriodTables | None
    earlier: tuple[PeriodTables, ...] = ()


class CityRule(Rule):
    """A rule across units. In its faults `row` is the record's key, and `at` is not used."""

    scope: ClassVar[str] = "city"

    def faults(self, scope: CityScope) -> Iterable[Fault]:
        raise NotImplementedError
