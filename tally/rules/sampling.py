"""Rules between the columns of one sampled batch: a pass has no failure, a failure is told in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tally.rules.base import Fault, FormRule, fault
from tally.rules.view import FormView
from tally.rules.words import destination_named, filled


@dataclass(frozen=True, kw_only=True)
class ResultAgrees(FormRule):
    """合格 goes without the columns of a failure, 不合格 with all of them.

    The smallest repair decides where the fault is: one column that contradicts is itself wrong; where most of the
    row contradicts the result, the result is.
    """

    about = "合格的不填不合格各栏，不合格的填全。"
    asks = {
        "result": "choice",
        "items": "words",
        "quantity": "number",
        "entered": "choice",
        "destination": "words",
        "follow_up": "words",
    }
    layouts = ("list",)
    result: str = "result"
    items: str = "failed_items"
    quantity: str = "failed_quantity"
    entered: str = "entered_market"
    destination: str = "market_destination"
    follow_up: str = "follow_up"
    proof: str = "原始记录"  # what a clerk holds the result against

    def faults(self, view: FormView) -> Iterable[Fault]:
        columns = (self.result, self.items, self.quantity, self.entered, self.destination, self.follow_up)
        for at, (result, *rest) in enumerate(zip(*map(view.column, columns), strict=True)):
            if result == "合格" and any(v is not None for v in rest):
                yield from self.passed(view, at, *rest)
            elif result == "不合格":
                yield from self.failed(view, at, *rest)

    def held(self, view: FormView) -> dict[str, Any]:
        """What the result is called, and what it is to be held against."""
        return {"result": view.label(self.result), "proof": self.proof}

    def passed(self, view: FormView, at: int, *cells: Any) -> Iterable[Fault]:
        items, quantity, entered, destination, follow_up = cells
        wrong = {
            self.items: filled(items),
            self.quantity: bool(quantity),
            self.entered: entered == "是",
            self.destination: destination_named(destination),
        }
        contrary = [name for name, is_wrong in wrong.items() if is_wrong]
        if len(contrary) >= 2 and (wrong[self.items] or filled(follow_up)):
            labels = "、".join(f"“{view.label(n)}”" for n in contrary)
            yield fault(
                "ResultAgrees/result", self.result, at, labels=labels, who=view.row_label(at), **self.held(view)
            )
            return
        for name in contrary:
            yield fault("ResultAgrees/passed", name, at, **view.words(at, name), **self.held(view))

    def failed(self, view: FormView, at: int, *cells: Any) -> Iterable[Fault]:
        items, quantity, entered, destination, follow_up = cells
        empty = {
            self.items: not filled(items),
            self.quantity: not quantity,
            self.entered: not filled(entered),
            self.follow_up: not filled(follow_up),
        }
        missing = [name for name, is_empty in empty.items() if is_empty and not view.lost(at, name)]
        if len(missing) == len(empty) and not filled(destination):
            labels = "、".join(f"“{view.label(n)}”" for n in (*empty, self.destination))
            yield fault(
                "ResultAgrees/nothing", self.result, at, labels=labels, who=view.row_label(at), **self.held(view)
            )
            return
        for name in missing:
            words: dict[str, Any] = view.words(at, name)
            if name == self.quantity:
                words["expected"] = f"大于 0 的整数（{words['measure']}）"
            yield fault("ResultAgrees", name, at, found=None if view.raw(at, name) else "空白", **words)


@dataclass(frozen=True, kw_only=True)
class DestinationAgrees(FormRule):
    """A batch that entered the market says where to; one that did not names no place."""

    about = "流入市场的写明流向，未流入的不写。"
    asks = {"entered": "choice", "destination": "words", "result": "choice"}
    layouts = ("list",)
    entered: str = "entered_market"
    destination: str = "market_destination"
    result: str = "result"

    def faults(self, view: FormView) -> Iterable[Fault]:
        name = self.destination
        columns = (self.entered, self.destination, self.result)
        for at, (entered, place, result) in enumerate(zip(*map(view.column, columns), strict=True)):
            if result == "合格" or entered is None or view.lost(at, name):
                continue
            if entered == "是" and not destination_named(place):
                written = None if view.raw(at, name) else "空白"
                yield fault("DestinationAgrees", name, at, found=written, **view.words(at, name))
            elif entered == "否" and destination_named(place):
                yield fault("DestinationAgrees/none", name, at, **view.words(at, name))


@dataclass(frozen=True, kw_only=True)
class StoppedButSampled(FormRule):
    """A firm marked as stopped in the same record was sampled all the same."""

    about = "停产、转产、注销的企业却有样品。"
    asks = {"status": "choice"}
    layouts = ("list",)
    status: str = "production_status"
    stopped: tuple[str, ...] = ("停产", "转产", "注销")

    def faults(self, view: FormView) -> Iterable[Fault]:
        for at, status in enumerate(view.column(self.status)):
            if status in self.stopped:
                yield fault("StoppedButSampled", self.status, at, who=view.row_label(at), status=status)
