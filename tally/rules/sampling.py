"""Rules between the columns of one sampled batch: a pass has no failure, a failure is told in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tally.rules.base import Fault, FormRule
from tally.rules.view import FormView
from tally.rules.words import destination_named, filled


@dataclass(frozen=True, kw_only=True)
class ResultAgrees(FormRule):
    """合格 goes without the columns of a failure, 不合格 with all of them.

    The smallest repair decides where the fault is: one column that contradicts is itself wrong; where most of the
    row contradicts the result, the result is.
    """

    result: str = "result"
    items: str = "failed_items"
    quantity: str = "failed_quantity"
    entered: str = "entered_market"
    destination: str = "market_destination"
    follow_up: str = "follow_up"

    def faults(self, view: FormView) -> Iterable[Fault]:
        columns = (self.result, self.items, self.quantity, self.entered, self.destination, self.follow_up)
        for at, (result, *rest) in enumerate(zip(*map(view.column, columns), strict=True)):
            if result == "合格" and any(v is not None for v in rest):
                yield from self.passed(view, at, *rest)
            elif result == "不合格":
                yield from self.failed(view, at, *rest)

    def passed(self, view: FormView, at: int, items, quantity, entered, destination, follow_up) -> Iterable[Fault]:
        wrong = {
            self.items: filled(items),
            self.quantity: bool(quantity),
            self.entered: entered == "是",
            self.destination: destination_named(destination),
        }
        contrary = [name for name, is_wrong in wrong.items() if is_wrong]
        if len(contrary) >= 2 and (wrong[self.items] or filled(follow_up)):
            labels = "、".join(f"“{view.label(n)}”" for n in contrary)
            yield Fault(
                f"{view.row_label(at)}结果为合格，却填有{labels}，疑似结果填错",
                self.result,
                at,
                expected="不合格（或清空不合格各栏）",
                suggestion="请对照检验报告核对抽查结果",
            )
            return
        for name in contrary:
            yield Fault(
                f"{view.row_label(at)}结果为合格，却填有“{view.label(name)}”",
                name,
                at,
                expected="合格批次本栏不填",
                suggestion="请对照检验报告：合格的请清空本栏，不合格的请更正抽查结果",
            )

    def failed(self, view: FormView, at: int, items, quantity, entered, destination, follow_up) -> Iterable[Fault]:
        empty = {
            self.items: not filled(items),
            self.quantity: not quantity,
            self.entered: not filled(entered),
            self.follow_up: not filled(follow_up),
        }
        missing = [name for name, is_empty in empty.items() if is_empty and not view.lost(at, name)]
        if len(missing) == len(empty) and not filled(destination):
            yield Fault(
                f"{view.row_label(at)}结果为不合格，但不合格各栏和后处理措施都未填",
                self.result,
                at,
                expected="填全不合格项目、数量、流向和后处理措施；如实际合格请更正",
                suggestion="请对照检验报告核对抽查结果，并补填有关各栏",
            )
            return
        for name in missing:
            yield Fault(
                f"{view.row_label(at)}结果为不合格，但没有填写“{view.label(name)}”",
                name,
                at,
                found=None if view.raw(at, name) else "空白",
                expected="大于 0 的整数（只）" if name == self.quantity else "应当填写",
                suggestion=f"请补填“{view.label(name)}”",
            )


@dataclass(frozen=True, kw_only=True)
class DestinationAgrees(FormRule):
    """A batch that entered the market says where to; one that did not names no place."""

    entered: str = "entered_market"
    destination: str = "market_destination"
    result: str = "result"

    def faults(self, view: FormView) -> Iterable[Fault]:
        name, label = self.destination, view.label(self.destination)
        columns = (self.entered, self.destination, self.result)
        for at, (entered, place, result) in enumerate(zip(*map(view.column, columns), strict=True)):
            if result == "合格" or entered is None or view.lost(at, name):
                continue
            if entered == "是" and not destination_named(place):
                yield Fault(
                    f"{view.row_label(at)}不合格产品已流入市场，但没有写明流向",
                    name,
                    at,
                    found=None if view.raw(at, name) else "空白",
                    expected="写明流入的地区或单位",
                    suggestion=f"请补填“{label}”，或核对是否流入市场",
                )
            elif entered == "否" and destination_named(place):
                yield Fault(
                    f"{view.row_label(at)}不合格产品未流入市场，却填有流向",
                    name,
                    at,
                    expected="未流入市场的本栏不填",
                    suggestion=f"请清空“{label}”，或核对是否流入市场",
                )


@dataclass(frozen=True, kw_only=True)
class StoppedButSampled(FormRule):
    """A firm marked as stopped in the same record was sampled all the same."""

    status: str = "production_status"
    stopped: tuple[str, ...] = ("停产", "转产", "注销")

    def faults(self, view: FormView) -> Iterable[Fault]:
        for at, status in enumerate(view.column(self.status)):
            if status in self.stopped:
                yield Fault(
                    f"{view.row_label(at)}的企业为{status}，却有抽查样品",
                    self.status,
                    at,
                    expected="在产企业的样品；停产企业请说明样品来源",
                    suggestion="请核对企业生产状况；如抽的是库存或流通领域样品，请说明",
                )
