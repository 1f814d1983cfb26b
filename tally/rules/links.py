"""Rules across the forms of one unit: the roster, the sampled batches and the cases tell one story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tally.rules.base import Fault, UnitRule, UnitScope
from tally.rules.view import FormView
from tally.rules.words import FOLLOW_UP_STEPS, filled, firm_key, follow_up_steps, is_shop

ROSTER, SAMPLES, CASES = "enterprises", "sampling", "cases"
STOPPED = ("停产", "转产", "注销")


def firms(view: FormView | None) -> dict[str, int]:
    """Each firm of a list with the position of its first record."""
    first: dict[str, int] = {}
    for at, name in enumerate(view.column("enterprise") if view else ()):
        if filled(name):
            first.setdefault(firm_key(name), at)
    return first


def answered(view: FormView | None) -> bool:
    """Whether the form came in and names its firms (a zero return is an answer)."""
    return view is not None and view.ret.state != "missing" and "enterprise" not in view.missing_columns


@dataclass(frozen=True, kw_only=True)
class Coverage(UnitRule):
    """Each producing firm of the roster has a sample by `due`; before that day it is only noted."""

    due: date

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples = scope.forms.get(ROSTER), scope.forms.get(SAMPLES)
        if not (answered(roster) and answered(samples)):
            return
        sampled, status = firms(samples), roster.column("production_status")
        severity = "warning" if scope.period.end >= self.due else "note"
        for key, at in firms(roster).items():
            if key not in sampled and status[at] not in STOPPED:
                state = "为在产企业" if status[at] else "未注明停产"
                yield Fault(
                    f"{roster.row_label(at)}“{roster.value(at, 'enterprise')}”{state}，附件5 中没有它的抽查记录",
                    "enterprise",
                    at,
                    expected=f"{self.due.year}年{self.due.month}月{self.due.day}日前抽查全部在产企业",
                    suggestion="请补报抽查结果；如企业已停产，请在附件3 更新生产状况；如两表名称不一致，请统一为全称",
                    form=ROSTER,
                    severity=severity,
                )


@dataclass(frozen=True, kw_only=True)
class KnownFirm(UnitRule):
    """Each sampled firm stands in the roster, or is a shop: said once a firm, only noted where its name says shop."""

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples = scope.forms.get(ROSTER), scope.forms.get(SAMPLES)
        if not (answered(roster) and answered(samples)):
            return
        known = firms(roster)
        for key, at in firms(samples).items():
            if key not in known:
                yield Fault(
                    f"{samples.row_label(at)}“{samples.value(at, 'enterprise')}”不在附件3 的生产企业名单中",
                    "enterprise",
                    at,
                    expected="附件3 名单内的生产企业，或说明为经营单位",
                    suggestion="如为漏报的生产企业，请补入附件3；如为商店、药店等经营单位，请说明；如名称不一致，请统一",
                    form=SAMPLES,
                    severity="note" if is_shop(samples.value(at, "enterprise")) else None,
                )


@dataclass(frozen=True, kw_only=True)
class SameFirmFacts(UnitRule):
    """What form 5 says of a firm agrees with form 3: said once for each firm and column."""

    fields: tuple[str, ...]

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples = scope.forms.get(ROSTER), scope.forms.get(SAMPLES)
        if not (roster and samples):
            return
        known = firms(roster)
        for name in self.fields:
            for at, there in self.disagreeing(roster, samples, known, name):
                here = samples.value(at, name)
                yield Fault(
                    f"{samples.row_label(at)}“{samples.value(at, 'enterprise')}”的“{samples.label(name)}”为 {here}，"
                    f"附件3 {roster.row_label(there)}为 {roster.value(there, name)}",
                    name,
                    at,
                    expected=f"与附件3 一致（{roster.value(there, name)}）",
                    suggestion="请核对两张表，改正填错或未更新的一处",
                    form=SAMPLES,
                )

    @staticmethod
    def disagreeing(roster, samples, known: dict[str, int], name: str) -> Iterator[tuple[int, int]]:
        """Sample and roster positions of firms of which the two say different things."""
        theirs, said = roster.column(name), set()
        for at, (firm, here) in enumerate(zip(samples.column("enterprise"), samples.column(name), strict=True)):
            if here is None or firm is None:
                continue
            there = known.get(key := firm_key(firm))
            if there is not None and theirs[there] not in (None, here) and key not in said:
                said.add(key)
                yield at, there


@dataclass(frozen=True, kw_only=True)
class StoppedByRoster(UnitRule):
    """A firm that the roster calls stopped was sampled, and form 5 says nothing of its state."""

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        roster, samples = scope.forms.get(ROSTER), scope.forms.get(SAMPLES)
        if not (roster and samples):
            return
        status, known = roster.column("production_status"), firms(roster)
        for key, at in firms(samples).items():
            there = known.get(key)
            if there is not None and status[there] in STOPPED and samples.blank(at, "production_status"):
                yield Fault(
                    f"{samples.row_label(at)}“{samples.value(at, 'enterprise')}”在附件3 中为{status[there]}，却有抽查样品",
                    "enterprise",
                    at,
                    expected="在产企业的样品；停产企业请说明样品来源",
                    suggestion="请核对企业生产状况；如抽的是库存或流通领域样品，请说明",
                    form=SAMPLES,
                )


@dataclass(frozen=True, kw_only=True)
class FailureHasCase(UnitRule):
    """A manufacturer of the roster failed a sample, and no case of `category` was ever handled."""

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
            yield Fault(
                f"附件5 中 {len(failed)} 家生产企业抽查不合格（{'、'.join(failed)}），"
                f"附件4“{cases.row_label(at)}”的“{cases.label(self.field)}”却为 0 或未填",
                self.field,
                at,
                expected="不合格生产企业依法立案查处并计入本表",
                suggestion="请核对是否漏报案件；尚未立案的，请说明进展",
                form=CASES,
            )

    def any_case(self, cases: FormView | None) -> bool:
        at = cases.index.get(self.category) if cases else None
        return at is not None and not cases.zero(at, self.field)


@dataclass(frozen=True, kw_only=True)
class FollowUpSteps(UnitRule):
    """Which of the notice's steps 后处理措施 names for a failing batch: none is a warning, some missing a note."""

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        samples = scope.forms.get(SAMPLES)
        if samples is None:
            return
        columns = zip(samples.column("result"), samples.column("follow_up"), strict=True)
        for at, (result, text) in enumerate(columns):
            if result != "不合格" or not filled(text):
                continue
            named = follow_up_steps(text)
            missing = [s for s in FOLLOW_UP_STEPS if s not in named]
            if missing:
                said = f"写明了{'、'.join(named)}，未提到" if named else "没有提到通知要求的任何一项措施："
                yield Fault(
                    f"{samples.row_label(at)}的后处理措施{said}{'、'.join(missing)}",
                    "follow_up",
                    at,
                    expected="、".join(FOLLOW_UP_STEPS),
                    suggestion="已采取的措施请补写明；不适用的无需填写",
                    form=SAMPLES,
                    severity="note" if named else "warning",
                )
