"""A campaign as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from tally.declare.forms import Form
from tally.declare.parties import Duty, Period, Unit
from tally.declare.rule import Rule
from tally.errors import UsageError
from tally.writing.periods import meant


@dataclass(frozen=True, eq=False)
class Campaign:
    """A campaign: who reports what, when, and what is checked."""

    name: str
    title: str  # 口罩产品质量提升专项整治行动
    issuer: str  # 盐城市市场监督管理局
    notice: str  # 盐市监质监〔2021〕55号
    top: Unit  # the level the report is for
    units: tuple[Unit, ...]
    forms: tuple[Form, ...]
    periods: tuple[Period, ...]
    duties: tuple[Duty, ...] = ()
    duty_lists: dict[int, str] = field(default_factory=dict)  # annex number -> the list's title
    rules: tuple[Rule, ...] = ()  # across forms, periods and units
    subject: tuple[str, ...] = ()  # what a summary of it must name (口罩); by default what is left of the title
    contact: str = ""  # whom units may ask, as letters and lists name them; "" names nobody
    telephone: str = ""
    unit_suffixes: tuple[str, ...] = ()  # stripped from a written unit name: 市场监督管理局, …
    ambiguous_units: tuple[str, ...] = ()  # written forms that name no one unit
    smallest: int = 3  # cases or firms; of fewer the public edition gives no number
    dominance: float = 0.85  # the share of a number that fewer than these may make up before it is as good as theirs
    areas: tuple[Unit, ...] = ()  # levels between the units and the top (cities, provinces), which report nothing
    dated: Literal["issue", "run"] = "issue"  # what a draft's date is: open until it is approved, or the day of the run
    whole: Campaign | None = None  # the campaign that this one is a level of (`tally.totals.levels.within`)

    def __post_init__(self) -> None:
        if not self.areas:
            return
        known = {u.code: u for u in (*self.units, *self.areas)}
        for code in known:
            above, steps = code, 0
            while above != self.top.code:
                above, steps = known[above].parent if above in known else "", steps + 1
                if not above or steps > len(known):
                    raise ValueError(f"单位 {code} 逐级向上到不了 top {self.top.code}：请核对 parent")

    @cached_property
    def reporters(self) -> tuple[Unit, ...]:
        """The units that owe statistical forms; any other owes no more than a summary."""
        return tuple(u for u in self.units if u.owed(self.forms))

    def form(self, name: str) -> Form:
        for f in self.forms:
            if f.name == name:
                return f
        raise UsageError(f"没有名为 {name!r} 的统计表", f"可用：{'、'.join(f.name for f in self.forms)}")

    def unit(self, code: str | int) -> Unit:
        """The unit of that code or name; a number is a code (papermill makes one of it)."""
        if unit := self._units.get(str(code)):
            return unit
        raise UsageError(
            f"没有代码为 {code!r} 的报送单位", f"可用：{'、'.join(f'{u.code} {u.name}' for u in self.units)}"
        )

    @cached_property
    def _units(self) -> dict[str, Unit]:
        """By code and by name, of two units of one name the first; codes are never another's name."""
        every = (*self.units, self.top, *self.areas)
        return {key: u for keys in ("name", "code") for u in reversed(every) if (key := getattr(u, keys))}

    def period(self, name: str | int) -> Period:
        """The period of that name, however it is typed: 2021-5, 202105, 2021年5月, 5月."""
        wanted = meant(str(name), [p.name for p in self.periods])
        for p in self.periods:
            if p.name == wanted:
                return p
        raise UsageError(f"没有名为 {name!r} 的报送期", f"可用：{'、'.join(p.name for p in self.periods)}")

    def without_rules(self) -> Campaign:
        """As much of it as finding, reading and comparing tables takes: plain values, which any process can be handed."""
        return replace(self, rules=(), forms=tuple(replace(f, rules=()) for f in self.forms), whole=None)

    def before(self, name: str) -> Period | None:
        """The period before `name`, None for the first."""
        names = [p.name for p in self.periods]
        at = names.index(self.period(name).name)
        return self.periods[at - 1] if at else None
