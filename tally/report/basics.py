"""一、基本情况: what the figures say, in the usual official sentences, with their tables and charts."""

from __future__ import annotations

from decimal import Decimal

from tally import charts, tables
from tally.blocks import Block, Heading
from tally.declare import Form
from tally.report.phrases import (
    changed,
    compared,
    day,
    interval,
    listed,
    month,
    named,
    paragraph,
    rate_changed,
    reported,
)
from tally.totals import TO_DATE, Totals
from tally.totals.sampling import item_names

# How the cases sentence names each measure: before the number, after it. Other measures: label and unit.
_CASES = {
    "officers_dispatched": ("出动执法人员", "人次"),
    "operators_inspected": ("检查经营者", "户次"),
    "cases_handled": ("查办案件", "件"),
    "cases_filed": ("其中立案", "件"),
    "cases_closed": ("结案", "件"),
    "fines_confiscations": ("罚没", "万元"),
    "case_value": ("案值", "万元"),
    "masks_seized": ("查获问题口罩", "万只"),
    "cases_transferred": ("移送公安机关", "件"),
}


def lead(totals: Totals) -> tuple[Block, ...]:
    """What the campaign is, and on whose returns the summary rests."""
    history = totals.history
    campaign, period = history.campaign, campaign_period(totals)
    missing = names(totals, (c for c in _units(totals) if not _any_form(totals, c)))
    part = [n for c in _units(totals) if (n := _incomplete(totals, c))]
    opening = (
        f"根据《{campaign.issuer}关于印发{campaign.title}责任清单的通知》（{campaign.notice}）要求，"
        f"{history.whole}认真组织开展{campaign.title}。现将截至{day(period.end, year=True)}的有关情况总结如下。"
    )
    told = [f"{month(history.now.period)}报送期，{reported(history.whole, len(campaign.units), missing)}"]
    told += [f"其中{'；'.join(part)}"] if part else []
    carried = _carried(totals)
    return (paragraph(opening), paragraph("，".join(told) + "。" + carried))


def _incomplete(totals: Totals, code: str) -> str:
    """建湖县缺附件5, if the unit sent some forms but not all."""
    gone = [f.number for f in totals.history.campaign.forms if code in totals.history.missing(f.name)]
    return f"{totals.history.units[code]}缺{'、'.join(gone)}" if gone and _any_form(totals, code) else ""


def _any_form(totals: Totals, code: str) -> bool:
    history = totals.history
    return any(code in history.reported(history.now, f.name) for f in history.campaign.forms)


def _carried(totals: Totals) -> str:
    """The word on units whose earlier returns stand in, form by form where they differ."""
    history, groups = totals.history, {}
    for form in history.campaign.forms:
        for code, period in history.carried(form.name).items():
            groups.setdefault((code, period), []).append(form.number)
    told = [f"{history.units[c]}的{'、'.join(n)}沿用{month(p)}报送数" for (c, p), n in groups.items()]
    return f"累计数中{'，'.join(told)}。" if told else ""


def campaign_period(totals: Totals):
    return totals.history.campaign.period(totals.history.now.period)


def names(totals: Totals, codes) -> list[str]:
    return [totals.history.units[c] for c in codes]


def _units(totals: Totals) -> list[str]:
    return [u.code for u in totals.history.campaign.units]


def cases(totals: Totals, form: Form) -> tuple[Block, ...]:
    """The cases sentence to date, this period's, by category and by unit, with tables and charts."""
    stem = f"{form.name}.{form.total}"
    clauses = [c for f in form.fields if (c := _clause(totals, form, f, TO_DATE))]
    if not clauses:
        return (paragraph(f"{form.title}没有可用的填报数。"),)
    start = f"截至{day(campaign_period(totals).end)}，{totals.history.whole}共"
    blocks: list[Block] = [paragraph(start, *listed(clauses))]
    if len(totals.history.periods) > 1:
        fresh = [c for f in form.fields if not f.cumulative and (c := _clause(totals, form, f, ""))]
        blocks += [paragraph("其中本期", *listed(fresh))] if fresh else []
    blocks += [paragraph(t) for t in (_left_out(totals, form, stem), _leading(totals, form)) if t]
    blocks.append(tables.by_category(totals, form, TO_DATE, f"{form.name}-category", f"{form.title}（按类别，累计）"))
    blocks.append(tables.by_unit(totals, form, TO_DATE, f"{form.name}-unit", f"{form.title}（按报送单位，累计）"))
    return (*blocks, *charts.cases(totals, form))


def _clause(totals: Totals, form: Form, field, scope: str) -> tuple:
    figure = totals.book[f"{form.name}.{form.total}.{field.name}{scope}"]
    before, after = _CASES.get(field.name, (field.label, field.unit))
    return () if figure.value is None else (before, figure, after)


def _left_out(totals: Totals, form: Form, stem: str) -> str:
    told = [
        f"{field.label}：{named(names(totals, out))}"
        for field in form.fields
        if (out := totals.left_out.get(f"{stem}.{field.name}"))
    ]
    return f"下列单位的合计未填或无法识别，未计入相应的本期合计：{'；'.join(told)}。" if told else ""


def _leading(totals: Totals, form: Form) -> tuple | str:
    """Which categories have cases, largest first, for the form's first plain count."""
    field = next((f for f in form.fields if f.name == "cases_handled"), None)
    if field is None:
        return ""
    figures = [(c, totals.book[f"{form.name}.{c.name}.{field.name}{TO_DATE}"]) for c in form.parts]
    some = sorted((x for x in figures if x[1].value), key=lambda x: -x[1].value)
    none = [c.label for c, f in figures if not f.value]
    if not some:
        return ""
    clauses = [(f"{c.label}", f, field.unit) for c, f in some]
    return Sentence("从案件类别看，", *listed(clauses, end=""), f"；{'、'.join(none)}未查办。" if none else "。")


class Sentence(tuple):
    """Pieces of one sentence, for `paragraph`."""

    def __new__(cls, *pieces):
        return super().__new__(cls, pieces)


def sampling(totals: Totals) -> tuple[Block, ...]:
    """Batches, failing batches and the rate with its interval; by unit, size and item."""
    book = totals.book
    firms, batches, failing, rate, unknown = (
        book[f"sampling.{m}{TO_DATE}"] for m in ("firms", "batches", "failing", "failing_rate", "unknown")
    )
    if not batches.value:
        return (paragraph("截至目前，各单位报送的抽查表中没有抽查记录。"),)
    start = f"截至{day(campaign_period(totals).end)}，{totals.history.whole}共抽查"
    found = ("发现", failing, "批次不合格") if failing.value else ("未发现不合格产品",)
    said = [(start, firms, "家企业生产的", batches, "批次产品"), found]
    said.append(("不合格发现率为", rate, "%" + interval(int(failing.value), int(batches.value))))
    change = totals.changes.get("sampling.failing_rate")
    tail = (*rate_changed(change), *([compared(names(totals, change.absent), len(change.units))] if change else []))
    blocks: list[Block] = [paragraph(*listed([*said[:2], said[2]], end=""), *(("；", *tail) if tail else ()), "。")]
    if unknown.value:
        blocks.append(
            paragraph("另有", unknown, "批次未注明结果或结果无法识别，已计入抽查批次，实际不合格发现率可能更高。")
        )
    blocks += [paragraph(*s) for s in (_items(totals), _market(totals)) if s]
    parts = (
        tables.sampling_by_unit(totals, "sampling-unit", "口罩抽查情况（按报送单位，累计）"),
        tables.sampling_by_size(totals, "sampling-size", "口罩抽查情况（按企业规模，累计）"),
        tables.failing_item_table(totals, "sampling-items", "不合格项目分布（累计）"),
    )
    return (*blocks, *(p for p in parts if p), *charts.sampling(totals))


def _items(totals: Totals) -> tuple:
    items = item_names(totals.book)
    clauses = [(name, totals.book[f"sampling.items.{name}{TO_DATE}"], "批次") for name, _ in items]
    return ("不合格项目涉及", *listed(clauses, between="、")) if clauses else ()


def _market(totals: Totals) -> tuple:
    book = totals.book
    failing, entered, handled = (book.get(f"sampling.{m}{TO_DATE}") for m in ("failing", "entered_market", "handled"))
    if not failing.value or handled is None:
        return ()
    rest = int(failing.value - handled.value)
    done = (
        ("不合格批次均已填报后处理措施",) if not rest else ("已填报后处理措施的", handled, f"批次，尚有{rest}批次未填")
    )
    into = (
        () if entered is None else ("流入市场的", entered, "批次") if entered.value else ("未填报有不合格产品流入市场",)
    )
    return listed([done, into])


def manufacturers(totals: Totals) -> tuple[Block, ...]:
    """Manufacturers by status and size, coverage, and who has not been sampled."""
    book, roster = totals.book, totals.roster
    count, producing = book["enterprises.count"], book["coverage.producing"]
    if not count.value:
        return (paragraph("各单位报送的生产企业表中没有企业记录。"),)
    blocks: list[Block] = [
        paragraph(f"{totals.history.whole}共排查上报非医用口罩生产企业", count, "家，其中在产", producing, "家。")
    ]
    if totals.sampling is not None:
        blocks.append(paragraph(*_coverage(totals)))
    blocks.append(tables.manufacturers(totals, "enterprises-unit", "非医用口罩生产企业及抽查覆盖情况"))
    lists = (
        tables.firms(totals, roster.unsampled, "coverage-unsampled", "尚未抽查的在产企业", "生产状况"),
        tables.firms(totals, roster.stopped, "coverage-stopped", "不计入覆盖率的企业", "生产状况"),
        tables.firms(totals, roster.strangers, "coverage-strangers", "未列入生产企业表的被抽查企业", "抽查产品"),
    )
    return (*blocks, *(t for t in lists if t), *charts.coverage(totals))


def _coverage(totals: Totals) -> tuple:
    book = totals.book
    producing, sampled, rate = (book[f"coverage.{m}"] for m in ("producing", "sampled", "rate"))
    if not producing.value:
        return ("没有在产企业，不计算抽查覆盖率。",)
    rest = int(producing.value - sampled.value)
    tail = f"，尚有{rest}家在产企业未见抽查记录。" if rest else "，在产企业已全部抽查。"
    return ("在产企业中已抽查", sampled, "家，抽查覆盖率为", rate, "%", tail)


def comparison(totals: Totals, form: Form) -> tuple[Block, ...]:
    """Against the last period, like with like; or why nothing is compared."""
    history = totals.history
    if history.last is None:
        before = history.campaign.before(history.now.period)
        why = f"上期（{month(before.name)}）数据尚未处理" if before else "本期为首个报送期"
        return (paragraph(f"{why}，不作比较。"), *charts.trend(totals, form))
    clauses, units, absent = [], 0, ()
    for field in form.fields:
        change = totals.changes.get(f"{form.name}.{form.total}.{field.name}")
        if change:
            before, after = _CASES.get(field.name, (field.label, field.unit))
            clauses.append((before.removeprefix("其中"), *changed(change, after)))
            units, absent = (units, absent) if len(absent) > len(change.absent) else (len(change.units), change.absent)
    table = tables.against_last(totals, form, f"{form.name}-change", f"与上期（{month(history.last.period)}）比较")
    if table is None:
        return (paragraph("两期都填报的单位没有可比的数据，不作比较。"),)
    start = f"与上期（{month(history.last.period)}）相比{compared(names(totals, absent), units)}，"
    return (paragraph(start, *listed(clauses)), table, *charts.trend(totals, form))


def submission(totals: Totals) -> tuple[Block, ...]:
    """Who sent what and when; errors and warnings that stand."""
    book = totals.book
    expected, complete, late = (book[f"submission.{m}"] for m in ("expected", "complete", "late"))
    said = [("应报送单位", expected, "个"), ("统计表报送齐全的", complete, "个")]
    said.append(("有逾期报送的", late, "个") if late.value else ("没有逾期报送",))
    errors, warnings = book["findings.error"], book["findings.warning"]
    checked = (
        (
            "经核查，发现差错",
            errors,
            "处、疑点",
            warnings,
            "处，明细见数据质量清单；差错未更正前，有关数字以填报数列示。",
        )
        if errors.value or warnings.value
        else ("经核查，未发现差错和疑点。",)
    )
    table = tables.submission_record(totals, "submission", "报送情况")
    return (paragraph(*listed(said)), paragraph(*checked), table, *charts.submissions(totals))


def heading(text: str, id: str, level: int = 2) -> Heading:
    return Heading(text, level, id)


def share(part: Decimal, whole: Decimal) -> str:
    return f"{100 * part / whole:.1f}%"
