"""Rules across the forms of one unit: the roster, the sampled batches and the cases tell one story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tally.model import Severity
from tally.rules.base import Fault, UnitRule, UnitScope, fault
from tally.rules.figures import day_shown
from tally.rules.view import FormView
from tally.rules.words import filled, follow_up_steps, is_shop
from tally.writing.firms import firm_key, produces

ROSTER, SAMPLES, CASES = "enterprises", "sampling", "cases"


def firms(view: FormView | None) -> dict[str, int]:
    """Each firm of a list with the position of its first record."""
    first: dict[str, int] = {}
    for at, name in enumerate(view.column("enterprise") if view else ()):
        if filled(name):
            first.setdefault(firm_key(name), at)
    return first


def firm_words(view: FormView, at: int) -> dict[str, Any]:
    """A record and its firm, as a finding speaks of them."""
    return {"who": view.row_label(at), "firm": view.value(at, "enterprise")} | view.names


def answered(view: FormView | None) -> bool:
    """Whether the form came in and names its firms (a zero return is an answer)."""
    return view is not None and view.ret.state != "missing" and "enterprise" not in view.missing_columns


@dataclass(frozen=True, kw_only=True)
class Coverage(UnitRule):
    """Each producing firm of the roster has a sample by `due`; before that day it is only noted."""

    about = "到 `due` 为止，名单中在产企业都有抽查记录。"
    needs = {"enterprises": ("enterprise", "production_status"), "sampling": ("enterprise",)}
    due: date

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples = scope.forms.get(ROSTER), scope.forms.get(SAMPLES)
        if roster is None or samples is None or not (answered(roster) and answered(samples)):
            return
        sampled, status = firms(samples), roster.column("production_status")
        due: Severity = "warning" if scope.period.end >= self.due else "note"
        for key, at in firms(roster).items():
            if key not in sampled and produces(status[at]):
                words: dict[str, Any] = firm_words(roster, at) | {
                    "state": "为在产企业",
                    "day": day_shown(self.due),
                    "roster": roster.form.number,
                    "samples": samples.form.number,
                    "status": roster.label("production_status"),
                }
                yield fault("Coverage", "enterprise", at, form=ROSTER, severity=due, **words)


@dataclass(frozen=True, kw_only=True)
class KnownFirm(UnitRule):
    """Each sampled firm stands in the roster, or is a shop: said once a firm, only noted where its name says shop."""

    about = "抽查的企业在企业名单中，或是经营单位。"
    needs = {"enterprises": ("enterprise",), "sampling": ("enterprise",)}
    makers: str = "企业"
    sellers: str = "经营单位"

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples = scope.forms.get(ROSTER), scope.forms.get(SAMPLES)
        if roster is None or samples is None or not (answered(roster) and answered(samples)):
            return
        known = firms(roster)
        for key, at in firms(samples).items():
            if key not in known:
                severity: Severity | None = "note" if is_shop(samples.value(at, "enterprise")) else None
                words: dict[str, Any] = firm_words(samples, at) | {
                    "roster": roster.form.number,
                    "makers": self.makers,
                    "sellers": self.sellers,
                }
                yield fault("KnownFirm", "enterprise", at, form=SAMPLES, severity=severity, **words)


@dataclass(frozen=True, kw_only=True)
class SameFirmFacts(UnitRule):
    """What form 5 says of a firm agrees with form 3: said once for each firm and column."""

    about = "同一企业在两张表中的情况一致。"
    needs = {"enterprises": ("enterprise",), "sampling": ("enterprise",)}
    fields: tuple[str, ...]

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples = scope.forms.get(ROSTER), scope.forms.get(SAMPLES)
        if not (roster and samples):
            return
        known = firms(roster)
        for name in self.fields:
            for at, there in self.disagreeing(roster, samples, known, name):
                words: dict[str, Any] = firm_words(samples, at) | {
                    "label": samples.label(name),
                    "value": samples.value(at, name),
                }
                words |= {"there": roster.row_label(there), "other": roster.value(there, name)}
                words["roster"] = roster.form.number
                yield fault("SameFirmFacts", name, at, form=SAMPLES, **words)

    @staticmethod
    def disagreeing(roster: FormView, samples: FormView, known: dict[str, int], name: str) -> Iterator[tuple[int, int]]:
        """Sample and roster positions of firms of which the two say different things."""
        theirs, firms = roster.column(name), set()
        for at, (firm, here) in enumerate(zip(samples.column("enterprise"), samples.column(name), strict=True)):
            if here is None or firm is None:
                continue
            there = known.get(key := firm_key(firm))
            if there is not None and theirs[there] not in (None, here) and key not in firms:
                firms.add(key)
                yield at, there


@dataclass(frozen=True, kw_only=True)
class StoppedByRoster(UnitRule):
    """A firm that the roster calls stopped was sampled, and form 5 says nothing of its state."""

    about = "名单中已停产的企业却有样品。"
    needs = {"enterprises": ("enterprise", "production_status"), "sampling": ("enterprise", "production_status")}

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples = scope.forms.get(ROSTER), scope.forms.get(SAMPLES)
        if not (roster and samples):
            return
        status, known = roster.column("production_status"), firms(roster)
        for key, at in firms(samples).items():
            there = known.get(key)
            if there is not None and produces(status[there]) is False and samples.blank(at, "production_status"):
                words: dict[str, Any] = firm_words(samples, at) | {
                    "status": status[there],
                    "roster": roster.form.number,
                }
                yield fault("StoppedByRoster", "enterprise", at, form=SAMPLES, **words)


@dataclass(frozen=True, kw_only=True)
class FailureHasCase(UnitRule):
    """A manufacturer of the roster failed a sample, and no case of `category` was ever handled."""

    about = "有生产企业抽查不合格，却没有查办案件。"
    needs = {"enterprises": ("enterprise",), "sampling": ("enterprise", "result"), "cases": ()}
    category: str
    field: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples, cases = (scope.forms.get(f) for f in (ROSTER, SAMPLES, CASES))
        if not (roster and samples and cases) or self.any_case(cases) or self.any_case(scope.previous.get(CASES)):
            return
        known, results = firms(roster), samples.column("result")
        failed = {
            name: None
            for name, result in zip(samples.column("enterprise"), results, strict=True)
            if result == "不合格" and firm_key(name) in known
        }
        if failed and (at := cases.index.get(self.category)) is not None:
            words: dict[str, Any] = cases.words(at, self.field) | {"count": len(failed), "firms": "、".join(failed)}
            words |= {"samples": samples.form.number, "cases": cases.form.number}
            yield fault("FailureHasCase", self.field, at, form=CASES, **words)

    def any_case(self, cases: FormView | None) -> bool:
        at = cases.index.get(self.category) if cases else None
        return cases is not None and at is not None and not cases.zero(at, self.field)


@dataclass(frozen=True, kw_only=True)
class FollowUpSteps(UnitRule):
    """Which of the notice's steps 后处理措施 names for a failing batch: none is a warning, some missing a note."""

    about = "不合格的记录写明通知要求的各项后处理措施：`steps` 各项的名称和认得出它的词。"
    needs = {"sampling": ("result", "follow_up")}
    steps: tuple[tuple[str, tuple[str, ...]], ...]

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        samples = scope.forms.get(SAMPLES)
        if samples is None:
            return
        columns = zip(samples.column("result"), samples.column("follow_up"), strict=True)
        for at, (result, text) in enumerate(columns):
            if result != "不合格" or not filled(text):
                continue
            named = follow_up_steps(text, dict(self.steps))
            missing = [step for step, _ in self.steps if step not in named]
            if missing:
                kind = "FollowUpSteps/some" if named else "FollowUpSteps"
                words: dict[str, Any] = {
                    "who": samples.row_label(at),
                    "label": samples.label("follow_up"),
                    "named": "、".join(named),
                    "missing": "、".join(missing),
                }
                yield fault(
                    kind, "follow_up", at, form=SAMPLES, expected="、".join(step for step, _ in self.steps), **words
                )
