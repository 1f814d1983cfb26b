"""The vocabulary in which a campaign is declared. Frozen, checked when built: a typo fails at import.

A campaign is a package below `tally.campaigns` with a `CAMPAIGN`; its forms are modules beside it and
its units and periods are CSV files beside those. Nothing here reads returns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Literal, get_args

from tally.errors import UsageError
from tally.model import Severity
from tally.writing.firms import firm_key, text_key

Kind = Literal["seq", "count", "quantity", "text", "choice", "yesno", "date", "credit_code", "phone"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a cell may take and the other ways people write it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a form.

    `unit` is the unit of measure the form prescribes (万元, 万只, 件, 只, …). `cumulative` says that each
    return gives the figure to date: such a column is never summed over periods. `confidential` marks what
    a public edition hides ("firm", "code" or "contact").
    """

    name: str
    label: str
    kind: Kind = "text"
    unit: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    cumulative: bool = False
    choices: tuple[Choice, ...] = ()
    confidential: Literal["", "firm", "code", "contact"] = ""
    note: str = ""  # what a clerk should know when filling it in
    elsewhere: bool = False  # another form may carry this column instead: missing here is no fault

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"field {self.name!r}: kind {self.kind!r} is none of {', '.join(get_args(Kind))}")
        if self.confidential not in ("", "firm", "code", "contact"):
            raise ValueError(f"field {self.name!r}: confidential {self.confidential!r} is none of firm, code, contact")
        if self.kind == "choice" and not self.choices:
            raise ValueError(f"field {self.name!r} is a choice without choices")
        if not self.name.isidentifier():
            raise ValueError(f"field name {self.name!r} is not an identifier")

    @property
    def numeric(self) -> bool:
        return self.kind in ("count", "quantity")

    @property
    def names_firm(self) -> bool:
        return self.confidential == "firm" or self.name == "enterprise"

    def key(self, value: object) -> str:
        """What every writing of one value of this column shares, "" for none: firms are told apart by their letters alone."""
        return firm_key(value) if self.names_firm else text_key(value)


@dataclass(frozen=True, slots=True)
class Category:
    """One row of a matrix form."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a campaign has checked; the kinds of rule are in `tally.rules`.

    `implied_by`: ids of rules whose fault at the same cell has already said it, so that this one is silent.

    `arithmetic`: a failure may be a slip in another cell, so `tally.check.culprits` looks for it.
    """

    id: str
    severity: Severity = "error"
    implied_by: tuple[str, ...] = ()
    scope: ClassVar[str] = ""
    arithmetic: ClassVar[bool] = False

    def __post_init__(self) -> None:
        form, _, name = self.id.partition(".")
        if not (form.isidentifier() and name.isidentifier()):
            raise ValueError(f"rule id {self.id!r} is not form.name")


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: forms are singletons and keys of caches
class Form:
    """One statistical form.

    A `matrix` has a fixed set of rows (`categories`, the last of them the total, named by `total`) and
    numeric columns; a `list` has one record a row. `accumulates` (lists only): "whole" if each return is
    the whole list to date and replaces the one before, "additions" if it holds this period's only.
    `key` names the fields that together make two records the same.
    """

    name: str
    number: str  # 附件3
    title: str
    layout: Literal["matrix", "list"]
    fields: tuple[Field, ...]
    categories: tuple[Category, ...] = ()
    total: str = ""
    row_header: str = ""  # the label over the categories
    aliases: tuple[str, ...] = ()  # other titles
    accumulates: Literal["whole", "additions"] = "whole"
    key: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        names = [f.name for f in self.fields]
        if self.layout not in ("matrix", "list") or self.accumulates not in ("whole", "additions"):
            raise ValueError(
                f"form {self.name!r}: no such layout or way to accumulate: {self.layout}, {self.accumulates}"
            )
        if len(set(names)) != len(names):
            raise ValueError(f"form {self.name!r} declares a field twice")
        if (self.layout == "matrix") != bool(self.categories):
            raise ValueError(f"form {self.name!r}: a matrix has categories, a list has none")
        if self.total and self.total not in {c.name for c in self.categories}:
            raise ValueError(f"form {self.name!r}: total {self.total!r} is no category")
        if unknown := set(self.key) - set(names):
            raise ValueError(f"form {self.name!r}: key names unknown fields {sorted(unknown)}")

    def field(self, name: str) -> Field:
        for f in self.fields:
            if f.name == name:
                return f
        raise UsageError(f"表 {self.name} 没有字段 {name!r}", f"可用字段：{'、'.join(f.name for f in self.fields)}")

    def record_key(self, values: Iterable[object]) -> tuple[str, ...]:
        """What every writing of one record shares, from the values of the fields in `key`."""
        return tuple(self.field(name).key(value) for name, value in zip(self.key, values, strict=True))

    def category(self, name: str) -> Category:
        for c in self.categories:
            if c.name == name:
                return c
        raise UsageError(f"表 {self.name} 没有类别 {name!r}", f"可用类别：{'、'.join(c.name for c in self.categories)}")

    @property
    def parts(self) -> tuple[Category, ...]:
        """The categories that the total adds up."""
        return tuple(c for c in self.categories if c.name != self.total)


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit, or a level above one. `parent` is the code it adds up to, "" for the top."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    office: str = ""  # the bureau that reports for it
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period; `due` maps form name (and "summary") to the last day it is on time."""

    name: str
    start: date
    end: date
    due: dict[str, date] = field(default_factory=dict)

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
    unit_suffixes: tuple[str, ...] = ()  # stripped from a written unit name: 市场监督管理局, …
    ambiguous_units: tuple[str, ...] = ()  # written forms that name no one unit
    areas: tuple[Unit, ...] = ()  # levels between the units and the top (cities, provinces), which report nothing
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
                    raise ValueError(f"unit {code!r} does not add up to the top {self.top.code!r}")

    def form(self, name: str) -> Form:
        for f in self.forms:
            if f.name == name:
                return f
        raise UsageError(f"没有名为 {name!r} 的统计表", f"可用：{'、'.join(f.name for f in self.forms)}")

    def unit(self, code: str) -> Unit:
        if found := self._units.get(code):
            return found
        raise UsageError(
            f"没有代码为 {code!r} 的报送单位", f"可用：{'、'.join(f'{u.code} {u.name}' for u in self.units)}"
        )

    @cached_property
    def _units(self) -> dict[str, Unit]:
        """By code and by name, of two units of one name the first; codes are never another's name."""
        every = (*self.units, self.top, *self.areas)
        return {key: u for keys in ("name", "code") for u in reversed(every) if (key := getattr(u, keys))}

    def period(self, name: str) -> Period:
        for p in self.periods:
            if p.name == name:
                return p
        raise UsageError(f"没有名为 {name!r} 的报送期", f"可用：{'、'.join(p.name for p in self.periods)}")

    def before(self, name: str) -> Period | None:
        """The period before `name`, None for the first."""
        names = [p.name for p in self.periods]
        at = names.index(self.period(name).name)
        return self.periods[at - 1] if at else None


def units_from_csv(path: Path) -> tuple[Unit, ...]:
    """Units from a UTF-8 CSV with code, name, aliases (separated by ｜ or |), parent, office, note."""
    return tuple(
        Unit(
            code=r["code"],
            name=r["name"],
            aliases=tuple(a for a in r["aliases"].replace("｜", "|").split("|") if a),
            parent=r["parent"],
            office=r["office"],
            note=r["note"],
        )
        for r in _records(path)
    )


def periods_from_csv(path: Path) -> tuple[Period, ...]:
    """Periods from a UTF-8 CSV: period, start, end, then one column of due dates for each form."""
    return tuple(
        Period(
            name=r["period"],
            start=date.fromisoformat(r["start"]),
            end=date.fromisoformat(r["end"]),
            due={k[4:]: date.fromisoformat(v) for k, v in r.items() if k.startswith("due_") and v},
        )
        for r in _records(path)
    )


def _records(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as f:
        yield from csv.DictReader(f)
