"""Units read anew in memory, with corrections as they would stand: what the next check would make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tally.check.corrections import Correction, Corrections, load_corrections
from tally.declare import Campaign
from tally.intake import known_files
from tally.intake.survey import Survey, survey
from tally.paths import Paths
from tally.returns.processing import unit_sent
from tally.returns.unit import Sent, UnitReturn, judged
from tally.store.digests import mark_of

MOST = 60  # readings kept: one stands for what somebody typed and thought better of
Place = tuple[str, str, str]  # form, row, field


@dataclass(frozen=True, eq=False)
class Readings:
    """One period's. What a unit sent is opened once, and again when a writing was remembered meanwhile."""

    campaign: Campaign
    paths: Paths
    _sent: dict[tuple[object, ...], Sent] = field(default_factory=dict)
    _judged: dict[tuple[object, ...], UnitReturn] = field(default_factory=dict)

    @cached_property
    def _surveyed(self) -> Survey:
        return survey(self.campaign, self.paths, known_files.load(self.paths))

    def lines(self, unit: str) -> tuple[Correction, ...]:
        """The corrections of a unit as the file says now."""
        return load_corrections(self.paths.corrections, self.campaign).of(unit).entries

    def known(self, unit: str) -> bool:
        """Whether the unit was opened already."""
        return any(at[0] == unit for at in self._sent)

    def now(self, unit: str) -> UnitReturn:
        """The unit with the corrections as the file says now."""
        return self.judged(unit, self.lines(unit))

    def judged(self, unit: str, lines: Sequence[Correction]) -> UnitReturn:
        """The unit with these corrections, checked alone and against its returns before."""
        sent, at = self.sent(unit), (unit, self.words, tuple(lines))
        if at not in self._judged:
            if len(self._judged) >= MOST:
                self._judged.clear()
            self._judged[at] = judged(sent, Corrections(self.paths.corrections.name, tuple(lines)))
        return self._judged[at]

    def sent(self, unit: str) -> Sent:
        """What the unit sent, opened and cleaned."""
        at = (unit, self.words)
        if at not in self._sent:
            self._sent[at] = unit_sent(self.campaign, self.paths, unit, self._surveyed)
        return self._sent[at]

    @property
    def words(self) -> tuple[int, ...]:
        """What tells whether writings were remembered meanwhile."""
        file = self.paths.mappings
        return mark_of(file.stat()) if file.exists() else ()


@dataclass(frozen=True, slots=True)
class Change:
    """One cell and what it is to say: `old` as the file says it now, `new` as it would be typed."""

    form: str
    row: str
    field: str
    old: str
    new: str


def lines_with(lines: Sequence[Correction], unit: str, changes: Sequence[Change]) -> tuple[Correction, ...]:
    """The corrections as they would stand with the changes among them, each in place of the line of its cell."""
    places: Mapping[Place, Change] = {(c.form, c.row, c.field): c for c in changes}
    others = [line for line in lines if (line.form, line.row, line.field) not in places]
    old = {(line.form, line.row, line.field): line.old for line in lines}
    for place, c in places.items():
        others.append(Correction(unit, *place, old.get(place, c.old), c.new, "预览", "", "", 0))
    return tuple(others)
