"""Sampling: batches, failing batches and the rate, by unit, by firm size and by failing item.

One record is one batch. Batches and firms are counted separately. The rate is failing batches over all
batches; batches without a stated result are counted and told (`sampling.unknown`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

import pandas as pd

from tally.declare import Campaign, Form
from tally.totals.figures import TO_DATE, Book, Figure, Part, doubts_of, share
from tally.totals.history import History, reporter
from tally.totals.lists import Counted, add_count
from tally.writing.firms import firm_key
from tally.writing.nothing import says_nothing

FAILING, PASSING = "不合格", "合格"
NEEDED = {
    "enterprise",
    "result",
}  # a list form with these fields, whose result is one of the two above, is a sampling form

LONGEST_ITEM = 60  # characters
_SEPARATORS = "、，,;；/ \t\n\u3000"


def sampling_form(campaign: Campaign) -> Form | None:
    """The campaign's sampling form, None if it has none."""
    return next(
        (f for f in campaign.forms if f.layout == "list" and f.field_names >= NEEDED and _passes_or_fails(f)), None
    )


def _passes_or_fails(form: Form) -> bool:
    """Whether the results are those that are counted here; of any others only their own names can be told."""
    return {FAILING, PASSING} <= {choice.name for choice in form.field("result").choices}


def failing_items(text: object) -> tuple[str, ...]:
    """The failing items a cell names, split at 、，,;；/ and spaces outside brackets, each once.

    >>> failing_items("过滤效率、标识（厂名，厂址）；耳带断裂强力")
    ('过滤效率', '标识(厂名,厂址)', '耳带断裂强力')
    """
    if text is None or pd.isna(text):
        return ()
    depth, item, items = 0, "", []
    for c in unicodedata.normalize("NFKC", str(text)):
        depth = max(0, depth + (c in "([") - (c in ")]"))
        if c in _SEPARATORS and not depth:
            items.append(item)
            item = ""
        else:
            item += c
    names = (re.sub(r"^\d+[.)、]|等$|\s+", "", i).strip("。.") for i in (*items, item))
    return tuple(dict.fromkeys(_nameable(i) for i in names if i != "和" and not says_nothing(i)))


def _nameable(item: str) -> str:
    """The item as the name of a figure may hold it: "@" and "." part a name, and a name has an end.

    The full-width signs that stand for them stand in no other item, since all are in normal form.
    """
    name = re.sub(r"\.(?!\d)", "．", item.replace("@", "＠"))
    if len(name) <= LONGEST_ITEM:
        return name
    return f"{name[:LONGEST_ITEM]}…{hashlib.sha256(item.encode('utf-8', 'replace')).hexdigest()[:4]}"


class Sampling:
    """The sampled batches that count, this period or to date, with firm key and size joined in."""

    def __init__(self, history: History, form: Form, sizes: dict[str, str]):
        self.history, self.form = history, form
        self.by_scope = {scope: self._batches(bool(scope), sizes) for scope in ("", TO_DATE)}

    def _batches(self, to_date: bool, sizes: dict[str, str]) -> pd.DataFrame:
        rows = self.history.rows(self.form, to_date=to_date)
        keys = [firm_key(e) for e in rows["enterprise"]]
        written = rows["enterprise_size"] if "enterprise_size" in rows else [None] * len(rows)
        size = [sizes.get(k, "") if pd.isna(s) else s for s, k in zip(written, keys, strict=True)]
        return rows.assign(firm=keys, size=[s or "未注明" for s in size])


def sampling_figures(s: Sampling) -> Book:
    """Figures of the sampling form; see the module's first lines for what is counted."""
    book = Book()
    for scope, rows in s.by_scope.items():
        _counts(book, s, rows, "sampling", scope, "")
        for size, of_size in rows.groupby("size", sort=False):
            _counts(book, s, of_size, f"sampling.size.{size}", scope, f"{size}企业")
        _items(book, s, rows, scope)
        _market(book, s, rows, scope)
    return book


def _counts(book: Book, s: Sampling, rows: pd.DataFrame, stem: str, scope: str, what: str) -> None:
    result, record, counted, act = rows["result"].fillna(""), s.form.record, s.form.counted, s.form.act
    kinds = {
        "batches": (f"{act}{record}", counted, rows, "result", f"{act}记录的条数（一条为一{counted}）"),
        "failing": (f"不合格{record}", counted, rows[result == FAILING], "result", f"{act}结果为不合格的记录条数"),
        "unknown": (f"未注明结果的{record}", counted, rows[~result.isin([FAILING, PASSING])], "result", f"{act}结果缺失或无法识别的记录条数"),
        "firms": (f"{act}企业", "家", rows[rows["firm"] != ""].drop_duplicates([reporter(rows), "firm"]), "enterprise", f"{act}企业名称去重后的家数"),
    }  # fmt: skip
    for name, (label, unit, those, field, rule) in kinds.items():
        _count(book, s, those, f"{stem}.{name}{scope}", f"{what}{label}", unit, field, rule)
    for code in ("", *rows["unit"].unique()):
        _rate(book, s, stem, scope, what, f"@{code}" if code else "")


def _count(book, s: Sampling, counted: pd.DataFrame, ref: str, label: str, unit: str, field: str, rule: str) -> None:
    what = Counted(ref, label, unit, rule, s.form.name, field)
    add_count(book, s.history, counted, what, _scope_units(s, TO_DATE in ref))


def _rate(book: Book, s: Sampling, stem: str, scope: str, what: str, at: str) -> None:
    failing, batches = book[f"{stem}.failing{scope}{at}"], book[f"{stem}.batches{scope}{at}"]
    parts = tuple(Part(f.label, f.text, f.ref) for f in (failing, batches))
    name = s.history.units[at[1:]] if at else s.history.whole
    value = share(failing, batches)
    book.add(Figure(f"{stem}.failing_rate{scope}{at}", f"{name} {what}不合格发现率", value, "%", f"不合格{s.form.record}÷{s.form.act}{s.form.record}", parts, n_units=batches.n_units, decimals=2, doubt=doubts_of((failing, batches))))  # fmt: skip


def _items(book: Book, s: Sampling, rows: pd.DataFrame, scope: str) -> None:
    if "failed_items" not in rows:
        return
    failing = rows[rows["result"].fillna("") == FAILING]
    named = failing.assign(item=[failing_items(t) for t in failing["failed_items"]]).explode("item")
    for item, of_item in named.dropna(subset="item").groupby("item", sort=False):
        rule = f"不合格项目中列有该项的不合格{s.form.record}数（一{s.form.counted}可有多项）"
        _count(
            book,
            s,
            of_item,
            f"sampling.items.{item}{scope}",
            f"不合格项目“{item}”",
            s.form.counted,
            "failed_items",
            rule,
        )


def _market(book: Book, s: Sampling, rows: pd.DataFrame, scope: str) -> None:
    failing = rows[rows["result"].fillna("") == FAILING]
    if "entered_market" in rows:
        entered = failing[failing["entered_market"].isin(["是", True])]
        _count(book, s, entered, f"sampling.entered_market{scope}", f"不合格{s.form.goods}流入市场的{s.form.record}", s.form.counted, "entered_market", f"是否流入市场填“是”的不合格{s.form.record}")  # fmt: skip
    if "follow_up" in rows:
        handled = failing[failing["follow_up"].fillna("").str.strip() != ""]
        _count(book, s, handled, f"sampling.handled{scope}", f"填报后处理措施的不合格{s.form.record}", s.form.counted, "follow_up", f"后处理措施栏已填的不合格{s.form.record}")  # fmt: skip


def _scope_units(s: Sampling, to_date: bool) -> list[str]:
    if to_date:
        return [c for c in s.history.units if s.history.latest(s.form.name, c) is not None]
    there = s.history.reported(s.history.now, s.form.name)
    return [c for c in s.history.units if c in there]


def item_names(book: Book) -> list[tuple[str, int]]:
    """Failing items to date with their batches, most frequent first, then by name."""
    stem = "sampling.items."
    refs = [r for r in book if r.startswith(stem) and r.endswith(TO_DATE)]
    counted = [(r[len(stem) : -len(TO_DATE)], book.count(r)) for r in refs]
    return sorted(counted, key=lambda x: (-x[1], x[0]))


def size_names(book: Book, order: tuple[str, ...]) -> list[str]:
    """Firm sizes that were sampled, in the declared order, 未注明 last."""
    return [s for s in (*order, "未注明") if f"sampling.size.{s}.batches{TO_DATE}" in book]
