"""Sampling and manufacturers in words: batches, failing batches, the rate and its interval, coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tally.blocks import Block
from tally.declare import Form
from tally.report import tables
from tally.report.basics import campaign_period, names
from tally.report.phrases import Clause, by_count, day, few, interval, listed, paragraph, rate_changed, without
from tally.report.tables.lists import shown
from tally.totals import TO_DATE, Totals
from tally.totals.change import CHANGE, COMPARED
from tally.totals.roster import Roster
from tally.totals.sampling import item_names


def sampling(totals: Totals, form: Form) -> tuple[Block, ...]:
    """Batches, failing batches and the rate with its interval; by unit, size and item."""
    book = totals.book
    firms, batches, failing, rate, unknown = (
        book[f"sampling.{m}{TO_DATE}"] for m in ("firms", "batches", "failing", "failing_rate", "unknown")
    )
    if not batches.value:
        return (paragraph(f"截至目前，各单位报送的{form.act}表中没有{form.act}记录。"),)
    start = f"截至{day(campaign_period(totals).end)}，{totals.history.whole}共{form.act}"
    failures: Clause = ("发现", failing, f"{form.counted}不合格") if failing.value else (f"未发现不合格{form.goods}",)
    made, goods = ("家企业生产的", form.goods) if form.goods != form.record else ("家、", "")
    clauses: list[Clause] = [(start, firms, made, batches, f"{form.counted}{goods}"), failures]
    clauses.append(
        ("不合格发现率为", rate, "%" + interval(book.count(failing.ref), book.count(batches.ref), form.record))
    )
    blocks: list[Block] = [paragraph(*listed(clauses))]
    if tail := _against_last(totals):
        blocks.append(paragraph(*tail))
    if unknown.value:
        blocks.append(
            paragraph(
                "另有",
                unknown,
                f"{form.counted}未注明结果或结果无法识别，已计入{form.act}{form.record}，实际不合格发现率可能更高。",
            )
        )
    blocks += [paragraph(*s) for s in (_items(totals, form), _market(totals, form)) if s]
    parts = (
        replace(
            tables.sampling_by_unit(totals, form, "sampling-unit", f"{form.act}情况（按报送单位，累计）"), only="screen"
        ),
        tables.sampling_by_size(totals, form, "sampling-size", f"{form.act}情况（按企业规模，累计）"),
        tables.failing_item_table(totals, form, "sampling-items", "不合格项目分布（累计）"),
    )
    return (*blocks, *(p for p in parts if p))


def _against_last(totals: Totals) -> Clause:
    """Both periods' rates over the units that gave both, and the difference; () if they cannot be compared."""
    change = totals.changes.get("sampling.failing_rate")
    if change is None:
        return ()
    now, last = (totals.book[f"sampling.failing_rate.{which}{CHANGE}"] for which in COMPARED)
    absent = names(totals, change.absent)
    whom = (
        f"两期都报送的{without(absent, names(totals, change.units))}"
        if absent
        else "全部报送单位"
        if len(totals.history.units) > 1
        else "与上期"
    )
    chance = "，变化在随机波动范围内，不能据此认为好转或恶化" if change.chance and change.difference else ""
    return (
        f"按{whom}同口径比较，不合格发现率本期为",
        now,
        "%、上期为",
        last,
        "%，",
        *rate_changed(change),
        f"{chance}。",
    )


def _items(totals: Totals, form: Form) -> Clause:
    items = item_names(totals.book)
    clauses = [(name, totals.book[f"sampling.items.{name}{TO_DATE}"], form.counted) for name, _ in items]
    return ("不合格项目涉及", *listed(clauses, between="、")) if clauses else ()


def _market(totals: Totals, form: Form) -> Clause:
    book = totals.book
    failing, entered, handled = (book.get(f"sampling.{m}{TO_DATE}") for m in ("failing", "entered_market", "handled"))
    if failing is None or not failing.value or handled is None:
        return ()
    rest = book.count(failing.ref) - book.count(handled.ref)
    done: Clause = (
        (f"不合格{form.record}均已填报后处理措施",)
        if not rest
        else ("已填报后处理措施的", handled, f"{form.counted}，尚有{rest}{form.counted}未填")
    )
    into: Clause = (
        ()
        if entered is None
        else ("流入市场的", entered, form.counted)
        if entered.value
        else (f"未填报有不合格{form.goods}流入市场",)
    )
    return listed([done, into])


def manufacturers(totals: Totals, roster: Roster) -> tuple[Block, ...]:
    """Manufacturers by status and size, coverage, and who has not been sampled."""
    book = totals.book
    count, producing = book["enterprises.count"], book["coverage.producing"]
    if not count.value:
        return (paragraph("各单位报送的生产企业表中没有企业记录。"),)
    who = roster.form.title.removesuffix("统计表").removesuffix("情况")
    blocks: list[Block] = [
        paragraph(f"{totals.history.whole}共排查上报{who}", count, "家，其中在产", producing, "家。")
    ]
    if totals.sampling is None:
        table = tables.manufacturers(totals, roster.form, "enterprises-unit", f"{who}情况")
        return (*blocks, replace(table, only="screen"))
    samples = totals.sampling.form
    act = samples.act
    blocks.append(paragraph(*_coverage(totals, act)))
    blocks += [paragraph(t) for t in _named_firms(totals, roster, act) if t]
    blocks.append(
        replace(tables.manufacturers(totals, roster.form, "enterprises-unit", f"{who}及{act}覆盖情况"), only="screen")
    )
    lists = (
        tables.firms(totals, roster.unsampled, "coverage-unsampled", f"尚未{act}的在产企业", "生产状况"),
        tables.firms(totals, roster.stopped, "coverage-stopped", "不计入覆盖率的企业", "生产状况"),
        tables.firms(
            totals, roster.strangers, "coverage-strangers", f"未列入生产企业表的被{act}企业", f"{act}{samples.goods}"
        ),
    )
    return (*blocks, *(t for t in lists if t))


MOST_NAMED = 6  # firms that a sentence names; the others stand in the page's lists


def _named_firms(totals: Totals, roster: Roster, act: str) -> list[str]:
    """Who has not been sampled, who does not count and who stands in no roster: by name where they are few."""
    units = totals.history.units
    sentences = []
    for rows, what in (
        (roster.unsampled, f"尚未{act}的在产企业"),
        (roster.stopped, "停产、转产、注销或未注明状况、不计入覆盖率的企业"),
        (roster.strangers, f"被{act}而未列入生产企业表的企业"),
    ):
        named_ones = [f"{shown(e)}（{units[u]}）" for u, e in zip(rows["unit"], rows["enterprise"], strict=True)]
        many = len(named_ones) > MOST_NAMED
        counts = [(units[u], int(n)) for u, n in rows["unit"].value_counts(sort=False).items()]
        named_or_counted = f"{by_count(counts, '家')}，名单见网页版" if many else few(named_ones, MOST_NAMED, "家")
        if named_ones:
            sentences.append(f"{what}有{len(named_ones)}家：{named_or_counted}")
    return ["。".join((*sentences, ""))] if sentences else []


def _coverage(totals: Totals, act: str) -> Clause:
    book = totals.book
    producing, sampled, rate = (book[f"coverage.{m}"] for m in ("producing", "sampled", "rate"))
    if not producing.value:
        return (f"没有在产企业，不计算{act}覆盖率。",)
    rest = book.count(producing.ref) - book.count(sampled.ref)
    tail = f"，尚有{rest}家在产企业未见{act}记录。" if rest else "。"
    return (f"在产企业中已{act}", sampled, f"家，{act}覆盖率为", rate, f"%{_target(totals, rest)}", tail)


def _target(totals: Totals, rest: int) -> str:
    """The day by which all producing firms were to be sampled, and whether that was met."""
    asked = (d.due for d in totals.history.campaign.duties if {"sampling", "enterprises"} <= set(d.evidence))
    due = next((d for d in asked if isinstance(d, date)), None)
    if due is None:
        return ""
    over = campaign_period(totals).end > due
    return f"（要求{day(due)}前达到100%，{'未达到' if rest and over else '尚未到期' if rest else '已达到'}）"
