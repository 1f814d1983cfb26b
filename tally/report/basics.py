"""The lead, and the submission record: on whose returns the summary rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tally.blocks import Block
from tally.check.acceptances import Acceptance
from tally.declare import Campaign, Period
from tally.report import tables
from tally.report.phrases import Clause, day, listed, named, paragraph, reported, several
from tally.totals import Totals
from tally.writing.periods import month


def lead(totals: Totals) -> tuple[Block, ...]:
    """What the campaign is, and on whose returns the summary rests."""
    history = totals.history
    campaign, period = history.campaign, campaign_period(totals)
    failed = [c for c in _units(totals) if c in history.failed]
    missing = [c for c in _units(totals) if c not in failed and not _any_form(totals, c)]
    part = _in_part(totals)
    opening = (
        f"根据{_notice(campaign)}要求，"
        f"{history.whole}认真组织开展{campaign.title}。现将截至{day(period.end, year=True)}的有关情况总结如下。"
    )
    gone = reported(history.whole, len(campaign.reporters), names(totals, missing), names(totals, failed))
    sentence = f"{month(history.now.period)}报送期，{gone}" + (f"；{part}" if part else "") + "。"
    return (paragraph(opening), paragraph(sentence + _carried(totals)))


def _notice(campaign: Campaign) -> str:
    """What the summary answers to: a notice with duty lists by its title, any other by its number."""
    if not campaign.duties:
        return campaign.notice
    return f"《{(campaign.whole or campaign).issuer}关于印发{campaign.title}责任清单的通知》（{campaign.notice}）"


def _in_part(totals: Totals) -> str:
    """石桥镇和望湖镇缺附件5，建湖县缺附件4: units that sent some forms but not all, those that lack the same together."""
    lacking: dict[str, list[str]] = {}
    for code in _units(totals):
        if words := _incomplete(totals, code):
            lacking.setdefault(words, []).append(totals.history.units[code])
    return "，".join(f"{named(names)}{words}" for words, names in lacking.items())


def _incomplete(totals: Totals, code: str) -> str:
    """缺附件5, if the unit sent some forms but not all; of an area, the forms that some of its units owe; else ""."""
    forms = totals.history.campaign.forms
    if part := [f.number for f in forms if totals.record[code, f.name].state == "partial"]:
        return f"的{'、'.join(part)}尚有所属单位未报"
    gone = [f.number for f in forms if code in totals.history.missing(f.name)]
    gone += ["工作总结"] * lacks_summary(totals, code)
    return f"缺{'、'.join(gone)}" if gone and _any_form(totals, code) else ""


def lacks_summary(totals: Totals, code: str) -> bool:
    """Whether a unit owes a text summary that has not come."""
    record = totals.record.get((code, "summary"))
    return record is not None and record.state == "missing"


def _any_form(totals: Totals, code: str) -> bool:
    history = totals.history
    return any(code in history.reported(history.now, f.name) for f in history.campaign.forms)


def _carried(totals: Totals) -> str:
    """The word on units whose earlier returns stand in, form by form where they differ."""
    history = totals.history
    of_unit: dict[tuple[str, str], list[str]] = {}
    for form in history.campaign.forms:
        for code, period in history.carried(form.name).items():
            of_unit.setdefault((code, period), []).append(form.number)
    alike: dict[tuple[str, str], list[str]] = {}
    for (code, period), numbers in of_unit.items():
        alike.setdefault(("、".join(numbers), period), []).append(history.units[code])
    clauses = [f"{several(who)}的{numbers}沿用{month(period)}报送数" for (numbers, period), who in alike.items()]
    return f"累计数中{'，'.join(clauses)}。" if clauses else ""


def campaign_period(totals: Totals) -> Period:
    return totals.history.campaign.period(totals.history.now.period)


def names(totals: Totals, codes: Iterable[str]) -> list[str]:
    return [totals.history.units[c] for c in codes]


def _units(totals: Totals) -> list[str]:
    return [u.code for u in totals.history.campaign.reporters]


def submission(totals: Totals, accepted: Mapping[str, Acceptance] | None = None) -> tuple[Block, ...]:
    """Who sent what and when; errors and warnings that stand."""
    book = totals.book
    expected, complete, late = (book[f"submission.{m}"] for m in ("expected", "complete", "late"))
    clauses: list[Clause] = [("应报送单位", expected, "个"), ("统计表报送齐全的", complete, "个")]
    if late.value:
        clauses.append(("统计表逾期报送的", late, "个"))
    elif complete.value == expected.value:
        clauses.append(("没有逾期",))
    silent = [c for c in _units(totals) if lacks_summary(totals, c)]
    if silent:
        clauses.append((f"工作总结未报的{len(silent)}个（{named(names(totals, silent))}）",))
    errors, warnings = book["findings.error"], book["findings.warning"]
    checked = (
        (
            "经核查，发现差错",
            errors,
            "处、疑点",
            warnings,
            "处，明细见数据质量清单；差错未更正前，有关数字按填报数列示并标▲。",
        )
        if errors.value or warnings.value
        else ("经核查，未发现差错和疑点。",)
    )
    table = tables.submission_record(totals, "submission", "报送情况", accepted)
    return (paragraph(*listed(clauses)), paragraph(*checked), table)
