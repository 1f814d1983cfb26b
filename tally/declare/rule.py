"""What every kind of rule has; the kinds are in `tally.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tally.model import Severity


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a campaign has checked; the kinds of rule are in `tally.rules`.

    `implied_by`: ids of rules whose fault at the same cell has already said it, so that this one is silent.

    Of a kind of rule: `about` is what it looks for, as an analyst says it (`docs/rules.md`); `scope` is what it looks at;
    `arithmetic` says that a failure may be a slip in another cell, so that `tally.check.culprits` looks for it; `doubts_value` that its
    warning says that the value itself is probably wrong; `relates` that it doubts one of two cells, which one is open: either
    stays open in later periods, as an error does, until it is answered; `doubts_records` says, with {} for how many, that records of a
    list are probably too many or too few, "" of a kind that does not; `asks` maps a setting that names columns to the kind of column it takes (`tally.campaigns.soundness`), `needs` a form that
    it looks at by name to the columns it takes there; `layouts` are the forms it can judge.
    """

    id: str
    severity: Severity = "error"
    implied_by: tuple[str, ...] = ()
    about: ClassVar[str] = ""
    scope: ClassVar[str] = ""
    arithmetic: ClassVar[bool] = False
    doubts_value: ClassVar[bool] = False
    relates: ClassVar[bool] = False
    doubts_records: ClassVar[str] = ""
    asks: ClassVar[Mapping[str, str]] = {}
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    layouts: ClassVar[tuple[str, ...]] = ("matrix", "list")

    def __post_init__(self) -> None:
        form, _, name = self.id.partition(".")
        if not (form.isidentifier() and name.isidentifier()):
            raise ValueError(f"规则编号 {self.id!r} 不合用：应写成“表.名称”，如 visits.not_negative")
