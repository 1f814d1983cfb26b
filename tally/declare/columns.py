"""The columns of a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

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
    a public edition hides ("firm", "code" or "contact"). A `ratio` (a per cent, an average) is never added up; with
    `ratio_of` (the columns above and below its stroke, 100 × the one by the other) that of all units is worked out.
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
    contributors: str = ""  # the form's count of the cases or firms that a quantity tells of: see Campaign.smallest
    decimals: int | None = None  # printed of its figures, in every output; None: none of counts, two of quantities
    pieces: tuple[str, ...] = ()  # headings of columns that each hold a part of the figure: 罚款 and 没收 for 罚没
    spoken: tuple[str, str] | None = (
        None  # how a sentence says it, before and after the number: 检查经营者, 户次; by default as in a table
    )
    ratio: bool = False
    ratio_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"栏目 {self.name} 的种类 {self.kind!r} 不在可用之列：{'、'.join(get_args(Kind))}")
        if self.confidential not in ("", "firm", "code", "contact"):
            raise ValueError(
                f"栏目 {self.name} 的 confidential 写的是 {self.confidential!r}，可用：firm、code、contact"
            )
        if self.kind == "choice" and not self.choices:
            raise ValueError(f"栏目 {self.name} 是选项，却没有写 choices")
        if (self.ratio or self.ratio_of) and self.kind != "quantity":
            raise ValueError(f"栏目 {self.name} 是比率，种类应为 quantity")
        if self.ratio_of and len(self.ratio_of) != 2:
            raise ValueError(f"栏目 {self.name} 的 ratio_of 要写两栏：分子、分母")
        if not self.name.isidentifier():
            raise ValueError(f"栏目名称 {self.name!r} 不合用：只能用英文字母、数字和下划线，不以数字开头")

    @property
    def noun(self) -> str:
        """The label as it is called away from its neighbours: 立案 for 其中：立案."""
        return self.label.removeprefix("其中：")

    @property
    def places(self) -> int:
        """How many decimals its figures are printed with."""
        return self.decimals if self.decimals is not None else 2 if self.kind == "quantity" else 0

    @property
    def numeric(self) -> bool:
        return self.kind in ("count", "quantity")

    @property
    def summed(self) -> bool:
        """Whether figures of this column may be added up: a number, and no ratio."""
        return self.numeric and not (self.ratio or self.ratio_of)

    @property
    def names_firm(self) -> bool:
        return self.confidential == "firm" or self.name == "enterprise"

    def key(self, value: object) -> str:
        """What every writing of one value of this column shares, "" for none: firms are told apart by their letters alone."""
        return firm_key(value) if self.names_firm else text_key(value)
