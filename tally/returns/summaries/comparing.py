"""Whether a summary's figures are the forms': `compare`. Disagreements are warnings at the summary.

A figure may be to date while the form's column is of the period, or the other way round: then it is set against
the sum with earlier returns, or the growth since the last one. One sentence has one basis: where its other
figures are the form's own, its to-date reading of one of them is no excuse, unless 累计 stands before that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from tally import catalogue
from tally.check.findings import views
from tally.declare import Campaign, Unit
from tally.model import Finding, Return
from tally.returns.summaries.given import Given, given
from tally.returns.summaries.growth import growth_behind
from tally.returns.summaries.measures import Measure, measures_of
from tally.returns.summaries.stating import Stated, figures, ranked
from tally.returns.summaries.texts import Summary
from tally.rules.view import FormView
from tally.writing.numbers import plain

Earlier = Callable[[], Sequence[Mapping[str, Return]]]
Saying = Mapping[str, str]  # what was found -> the kind of finding that says it; "" where nothing is said of it
OF_SUMMARY: Saying = {
    "contradicts": "summary.contradicts",
    "disagrees": "summary.disagrees",
    "rounded": "summary.rounded",
    "range": "summary.range",
    "growth": "summary.growth",
}
OF_LETTER: Saying = {
    "contradicts": "",
    "disagrees": "intake.letter_figure",
    "rounded": "intake.letter_figure/rounded",
    "range": "",
    "growth": "",
}
_STRONG = 3  # weight of a statement that can contradict another: a word for the whole, or several measures
_RATES = ("failing_rate", "passing_rate")


def compare(
    campaign: Campaign,
    unit: Unit,
    summary: Summary,
    returns: Mapping[str, Return],
    earlier: Earlier = tuple,
    saying: Saying = OF_SUMMARY,
) -> list[Finding]:
    """Disagreements between the text and the unit's forms, and of the text with itself.

    `earlier` gives the unit's returns of the periods before, oldest first; it is called only where a figure is not the
    form's. Nothing is said of what the form does not give.
    """
    by_measure = ranked(figures(summary.text, unit.name, measures_of(campaign)))
    leading = {s for some in by_measure.values() for s in some[:1]}
    asked = _Asked(campaign, unit, summary, returns, earlier, leading, saying)
    findings: list[Finding] = []
    for statements in by_measure.values():
        for group in _scopes(statements):
            findings += asked.contradiction(group)
            findings += asked.disagreement(group[0])
            findings += asked.growth(group[0])
    return findings


def _scopes(statements: list[Stated]) -> Iterator[list[Stated]]:
    """Statements of this period alone are no statements of the whole to date."""
    for period in (False, True):
        if group := [s for s in statements if (s.scope == "period") == period]:
            yield group


class _Asked:
    """One summary and the forms it is set against."""

    def __init__(
        self,
        campaign: Campaign,
        unit: Unit,
        summary: Summary,
        returns: Mapping[str, Return],
        earlier: Earlier,
        leading: set[Stated],
        saying: Saying,
    ):
        self.campaign, self.unit, self.summary, self.views = campaign, unit, summary, views(campaign, returns)
        self._earlier, self._leading, self._saying = earlier, leading, saying
        self._given: dict[tuple[str, str], Given | None] = {}
        self._sums: list[Mapping[str, FormView]] | None = None

    def contradiction(self, group: list[Stated]) -> list[Finding]:
        """Two weighty statements of one measure that cannot both be right."""
        first = group[0]
        differing = (s for s in group[1:] if s.weight >= _STRONG and not s.amount.agrees(first.amount))
        other = next((s for s in differing if not (self._is_right(first) and self._is_right(s))), None)
        if other is None or not self._saying["contradicts"]:
            return []
        quoted = first.sentence if first.sentence == other.sentence else f"{first.sentence} / {other.sentence}"
        words = {"other": other.amount.written, "first": first.amount.written}
        return [self._finding(first.measure, "contradicts", _cut(quoted), **words)]

    def _is_right(self, stated: Stated) -> bool:
        """Whether the figure is the forms', of this period or to date, as its words say."""
        form = self.given(stated.measure)
        return form is not None and (stated.amount.fits(form.least, form.most) or self._otherwise(stated, form))

    def disagreement(self, stated: Stated) -> list[Finding]:
        form = self.given(stated.measure)
        measure = stated.measure
        if form is not None and self._is_right(stated) and stated.amount.is_range and self._saying["range"]:
            words = {"written": stated.amount.written, "shown": f"{form.shown}{measure.unit}", "basis": form.basis}
            return [self._finding(measure, "range", stated.sentence, **words)]
        if form is None or self._is_right(stated):
            return []
        place = f"（{form.place}）" if form.place else ""
        rounded = form.least == form.most and stated.amount.rounded(form.least)
        shown = f"{form.shown}{measure.unit}"
        return [
            self._finding(
                measure, "rounded" if rounded else "disagrees", stated.sentence,
                written=stated.amount.written, basis=form.basis, shown=shown, expected=f"{form.basis}：{shown}{place}",
            )
        ]  # fmt: skip

    def growth(self, stated: Stated) -> list[Finding]:
        """What stands behind a figure of how it has grown since the last period, where the forms say otherwise."""
        growth, form, said = growth_behind(stated), self.given(stated.measure), self._saying["growth"]
        if growth is None or form is None or form.least != form.most or not said:
            return []
        before = self._before(stated.measure)
        steps = [(was, form.least) for was in reversed(before if growth.named else before[-1:])]
        if self._cumulative(stated.measure) and before:
            earlier = before[-2] if len(before) > 1 else Decimal(0)
            steps.append((before[-1] - earlier, form.least - before[-1]))
        if not steps or any(growth.fits(was, now) for was, now in steps):
            return []
        was, now = (f"{plain(value)}{stated.measure.unit}" for value in steps[0])
        words = {"growth": growth.text, "was": was, "now": now}
        return [self._finding(stated.measure, "growth", stated.sentence, **words)]

    def given(self, measure: Measure) -> Given | None:
        if measure.key not in self._given:
            self._given[measure.key] = given(measure, self.views)
        return self._given[measure.key]

    def _otherwise(self, stated: Stated, form: Given) -> bool:
        """Whether the figure fits another basis than the form's, which its sentence allows."""
        if stated.measure.field in _RATES or form.least != form.most:
            return False
        if stated.scope == "period":
            return self._period_only(stated, form)
        return (stated.alone or not self._own_basis(stated)) and self._to_date(stated, form)

    def _period_only(self, stated: Stated, form: Given) -> bool:
        """This period's part of a form's figure to date: its growth; unknown where no earlier return is."""
        if not self._cumulative(stated.measure):
            return False
        before = self._before(stated.measure)
        if not before:
            return stated.amount.fits(Decimal(0), form.most)
        return stated.amount.fits(form.least - before[-1])

    def _to_date(self, stated: Stated, form: Given) -> bool:
        """The sum of a form's figures of the period with those of the periods before, or of some of them."""
        if self._cumulative(stated.measure):
            return False
        total = form.least
        for value in reversed(self._before(stated.measure)):
            total += value
            if stated.amount.fits(total):
                return True
        return False

    def _own_basis(self, stated: Stated) -> bool:
        """Whether other figures of the same sentence, of columns of the period, are the form's own and tell so.

        A figure of nought, or one that both readings give, tells nothing.
        """
        for other in self._leading:
            same = other.at[0] == stated.at[0] and other.key != stated.key and other.measure.form == stated.measure.form
            if same and other.measure.field not in _RATES and not self._cumulative(other.measure):
                form = self.given(other.measure)
                if (
                    form
                    and form.least
                    and other.amount.fits(form.least, form.most)
                    and any(self._before(other.measure))
                ):
                    return True
        return False

    def _cumulative(self, measure: Measure) -> bool:
        form = self.campaign.form(measure.form)
        if form.layout == "matrix":
            return form.field(measure.field).cumulative
        return form.accumulates == "whole"

    def _before(self, measure: Measure) -> list[Decimal]:
        """The measure's figures of the earlier periods, oldest first, those that are known."""
        if self._sums is None:
            self._sums = [views(self.campaign, returns) for returns in self._earlier()]
        figures = (given(measure, before) for before in self._sums)
        return [g.least for g in figures if g is not None]

    def _finding(self, measure: Measure, what: str, found: str, **words: object) -> Finding:
        remark = catalogue.remark(self._saying[what], label=measure.label, **words)
        return catalogue.finding_at(
            remark, self.summary.at(found), unit=self.unit.code, form="summary", field=measure.field
        )


def _cut(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
