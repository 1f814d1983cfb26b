"""Manufacturers (form 3) and coverage: producing firms that stand in the sampling form over all producing firms.

Names are compared by their letters alone (`tally.writing.firms`). Firms that do not produce are
left out of coverage and listed. A firm whose status is blank is neither: it is listed too.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tally.declare import Campaign, Form
from tally.totals.figures import TO_DATE, Book, Figure, Part, doubts_of, share
from tally.totals.history import History, reporter
from tally.totals.lists import Counted, add_count
from tally.totals.sampling import Sampling, sampling_form
from tally.writing.firms import PRODUCING, firm_key

NEEDED = {"enterprise", "production_status"}


def roster_form(campaign: Campaign) -> Form | None:
    """The campaign's list of manufacturers (a list with a status but no result), None if it has none."""
    lists = (f for f in campaign.forms if f.layout == "list")
    return next((f for f in lists if f.field_names >= NEEDED and "result" not in f.field_names), None)


@dataclass(frozen=True)
class Roster:
    """The manufacturers that count (to date), with firm key, status and whether they were sampled."""

    history: History
    form: Form
    firms: pd.DataFrame
    strangers: pd.DataFrame  # sampled firms that stand in no roster: missed, or shops

    @property
    def unsampled(self) -> pd.DataFrame:
        return self.firms[(self.firms["status"] == PRODUCING) & ~self.firms["sampled"]]

    @property
    def stopped(self) -> pd.DataFrame:
        """Firms left out of coverage: not producing, or status not stated."""
        return self.firms[self.firms["status"] != PRODUCING]


def sizes(history: History, form: Form | None) -> dict[str, str]:
    """Firm key to size, from the roster."""
    if form is None or "enterprise_size" not in {f.name for f in form.fields}:
        return {}
    rows = history.rows(form, to_date=True)
    pairs = zip(rows["enterprise"], rows["enterprise_size"], strict=True)
    return {firm_key(e): s for e, s in pairs if not pd.isna(s)}


def roster(history: History, form: Form, sampling: Sampling | None) -> Roster:
    """The roster to date; the same firm twice within a unit counts once."""
    rows = history.rows(form, to_date=True)
    rows = rows.assign(firm=[firm_key(e) for e in rows["enterprise"]])
    rows = rows[rows["firm"] != ""].drop_duplicates([reporter(rows), "firm"])
    batches = None if sampling is None else sampling.by_scope[TO_DATE]
    sampled = set() if batches is None else set(batches["firm"])
    status = rows["production_status"].fillna("未注明")
    size = rows["enterprise_size"].fillna("未注明") if "enterprise_size" in rows else "未注明"
    rows = rows.assign(status=status, size=size, sampled=rows["firm"].isin(sampled))
    empty = rows.iloc[:0]
    strangers = (
        empty if batches is None else batches[(batches["firm"] != "") & ~batches["firm"].isin(set(rows["firm"]))]
    )
    return Roster(history, form, rows, strangers.drop_duplicates([reporter(strangers), "firm"]))


def roster_figures(r: Roster, samples: Form | None) -> Book:
    """Firms by status and by size, and coverage if there is a sampling form (`samples`)."""
    book, firms = Book(), r.firms
    _count(book, r, firms, "enterprises.count", "生产企业", "企业名称去重后的家数")
    for column, what in (("status", "企业生产状况"), ("size", "企业规模")):
        for value, some in firms.groupby(column, sort=False):
            _count(book, r, some, f"enterprises.{column}.{value}", f"{value}企业", f"{what}为{value}的家数")
    producing = firms[firms["status"] == PRODUCING]
    _count(book, r, producing, "coverage.producing", "在产企业", "企业生产状况为在产的家数")
    if samples is not None:
        act = samples.act
        both = producing[producing["sampled"]]
        _count(
            book,
            r,
            both,
            "coverage.sampled",
            f"已{act}的在产企业",
            f"在产企业中名称出现在{act}表里的家数（括号宽窄、空格不论）",
        )
        _count(
            book,
            r,
            r.strangers,
            "coverage.strangers",
            f"未列入生产企业名册的被{act}企业",
            f"{act}表中有、生产企业表中没有的家数",
        )
        for at in ("", *(f"@{code}" for code in _units(r))):
            _rate(book, r, at, act)
    return book


def _units(r: Roster) -> list[str]:
    return [c for c in r.history.units if r.history.latest(r.form.name, c) is not None]


def _count(book: Book, r: Roster, counted: pd.DataFrame, ref: str, label: str, rule: str) -> None:
    sampling = sampling_form(r.history.campaign)
    form, beside = r.form.name, sampling.name if sampling and ref in _OF_BOTH else ""
    if ref == "coverage.strangers":
        form, beside = beside, form
    add_count(book, r.history, counted, Counted(ref, label, "家", rule, form, "enterprise", beside), _units(r))


_OF_BOTH = ("coverage.sampled", "coverage.strangers")  # figures that rest on the roster and on the samples


def _rate(book: Book, r: Roster, at: str, act: str) -> None:
    sampled, producing = book[f"coverage.sampled{at}"], book[f"coverage.producing{at}"]
    name = r.history.units[at[1:]] if at else r.history.whole
    parts = tuple(Part(f.label, f.text, f.ref) for f in (sampled, producing))
    value = share(sampled, producing)
    rule = f"已{act}的在产企业÷在产企业（停产、转产、注销的不计）"
    doubt = doubts_of((sampled, producing))
    book.add(
        Figure(
            f"coverage.rate{at}", f"{name} {act}覆盖率", value, "%", rule, parts,
            n_units=producing.n_units, decimals=2, doubt=doubt,
        )
    )  # fmt: skip
