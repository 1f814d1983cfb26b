"""A statistical form: its rows, its columns and what is checked in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tally.declare.columns import Field
from tally.declare.rule import Rule
from tally.errors import UsageError


@dataclass(frozen=True, slots=True)
class Category:
    """One row of a matrix form. A subtotal names the rows that it adds up in `of`: it is checked, and in no other sum."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


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
    record: str = "事项"  # what one record of a list is: 企业, 批次
    each: str = "个"  # the measure word before it (3家食堂); "" for a record that is one itself (3批次, 3户)
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        names = [f.name for f in self.fields]
        if self.layout not in ("matrix", "list") or self.accumulates not in ("whole", "additions"):
            raise ValueError(
                f"表 {self.name} 的 layout（{self.layout}）应为 matrix 或 list，accumulates（{self.accumulates}）应为 whole 或 additions"
            )
        if len(set(names)) != len(names):
            raise ValueError(
                f"表 {self.name} 有两栏名称相同：{'、'.join(sorted({n for n in names if names.count(n) > 1}))}"
            )
        if (self.layout == "matrix") != bool(self.categories):
            raise ValueError(f"表 {self.name}：类别表（matrix）要写 categories，清单（list）不写")
        if self.total and self.total not in {c.name for c in self.categories}:
            raise ValueError(f"表 {self.name} 的 total 写的是 {self.total!r}，categories 里没有这一行")
        counts = {f.name for f in self.fields if f.kind == "count"}
        if unknown := {f.contributors for f in self.fields if f.contributors} - counts:
            raise ValueError(
                f"表 {self.name} 的 contributors 写的是 {'、'.join(sorted(unknown))}，表中没有这个计数栏（count）"
            )
        if unknown := set(self.key) - set(names):
            raise ValueError(f"表 {self.name} 的 key 里有未声明的栏目：{'、'.join(sorted(unknown))}")

    @property
    def field_names(self) -> frozenset[str]:
        return frozenset(f.name for f in self.fields)

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
    def counted(self) -> str:
        """What follows a number of records: 批次, 家食堂."""
        return self.each + self.record

    @property
    def act(self) -> str:
        """What gives each record its result, by the heading of that column (抽查结果: 抽查); 检查 where it does not say."""
        label = next((f.label for f in self.fields if f.name == "result"), "")
        found = label.removesuffix("结果").removesuffix("结论")
        return found if found and found != label else "检查"

    @property
    def goods(self) -> str:
        """What a record's result is of: 产品 where it names one, else the record itself."""
        return "产品" if "product_name" in self.field_names else self.record

    @property
    def measures(self) -> tuple[Field, ...]:
        """The columns of numbers."""
        return tuple(f for f in self.fields if f.numeric)

    @property
    def parts(self) -> tuple[Category, ...]:
        """The categories that the total adds up."""
        return tuple(c for c in self.categories if c.name != self.total and not c.of)

    @property
    def subtotals(self) -> tuple[Category, ...]:
        """The categories that add up some of the parts."""
        return tuple(c for c in self.categories if c.of)
