"""The annexes: duty lists, the consolidated forms in their official layout, the data-quality list.

Duty lists come first, as in the notice, so that forms 3 to 5 keep their official numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tally.blocks import RIGHT, Annex, Block, Entry, Head, Paragraph, Run, Table
from tally.catalogue import SEVERITIES
from tally.catalogue.words import ERROR, WARNING
from tally.declare import Form
from tally.report import tables
from tally.report.duties import Passages, duty_table, evidence_table
from tally.report.follow_up import follow_up_table
from tally.report.phrases import Clause, by_count, paragraph
from tally.totals import Totals
from tally.totals.figures import Figure

MOVING = 8  # findings that a printed report lists one by one
SHORT_LIST = 25  # records of a list that paper shows in full


def duties(totals: Totals, passages: Passages) -> tuple[Block, ...]:
    """One annex for each duty list of the notice."""
    blocks: list[Block] = []
    for n, annex in enumerate(_lists(totals), 1):
        title = totals.history.campaign.duty_lists.get(annex, "责任清单") + "落实情况"
        blocks.append(_annex(n, title, f"annex-duties-{annex}"))
        blocks.append(duty_table(totals, annex, f"duties-{annex}", title, passages))
        blocks += _handled(totals, annex)
        blocks.append(evidence_table(totals, annex, f"evidence-{annex}", f"附件{n}各单位进展及依据", passages))
    return tuple(blocks)


def _handled(totals: Totals, annex: int) -> tuple[Block, ...]:
    """The follow-up of failing products, in the annex whose duties ask for it: the first with sampling as evidence."""
    asked = [d.annex for d in totals.history.campaign.duties if "sampling" in d.evidence]
    if totals.sampling is None or asked[:1] != [annex]:
        return ()
    form = totals.sampling.form
    table = follow_up_table(totals, "follow-up", f"{form.act}不合格{form.goods}后处理情况")
    return (table,) if table else ()


def forms(totals: Totals) -> tuple[Block, ...]:
    """One annex for each form."""
    blocks: list[Block] = []
    for n, form in enumerate(totals.history.campaign.forms, len(_lists(totals)) + 1):
        blocks += [_annex(n, form.title, f"annex-{form.name}"), *_form(totals, form)]
    return tuple(blocks)


def quality(totals: Totals, influence: dict[int, str]) -> tuple[Block, ...]:
    """The last annex: how many errors and warnings each unit has, then those that move the totals most."""
    title = "数据质量清单"
    head = _annex(count(totals), title, "annex-quality")
    if totals.history.rolled:
        return head, _counted(totals, title)
    largest = dict(list(influence.items())[:MOVING])
    printed = tables.moving(totals, "quality-moving", "影响汇总数的差错", largest)
    return (
        head,
        replace(paragraph(*_counts(totals, moving=bool(largest))), style="note"),
        *([printed] if largest else []),
        replace(tables.quality(totals, "quality", "差错和疑点清单", influence), only="screen"),
    )


def _counts(totals: Totals, *, moving: bool) -> Clause:
    """差错20处：市开发区8处、…；疑点31处：…。"""
    if not any(totals.book.count(f"findings.{severity}") for severity in (ERROR, WARNING)):
        return ("经核查，各单位报送的报表未发现差错和疑点。",)
    units = totals.history.units
    pieces: list[str | Figure] = []
    for severity in (ERROR, WARNING):
        whole = totals.book[f"findings.{severity}"]
        counts = [(name, totals.book.count(f"findings.{severity}@{code}")) for code, name in units.items()]
        told = by_count([(name, n) for name, n in counts if n], "处")
        pieces += [SEVERITIES[severity], whole, "处" + (f"：{told}" if told else ""), "；"]
    where = "逐条清单见网页版和各单位反馈表。"
    return (*pieces[:-1], f"。差错须更正，疑点须核实或说明；{where}{'下表为影响汇总数的差错。' if moving else ''}")


def announced(blocks: Iterable[Block]) -> Paragraph:
    """附件说明: what is attached, below the text and above the signature."""
    attached = [b for b in blocks if isinstance(b, Annex)]
    width = len(str(len(attached)))
    lines = [f"{n:>{width}}. {b.title}" for n, b in enumerate(attached, 1)]
    return Paragraph((Run("\n".join(lines)),), "attachments")


def count(totals: Totals) -> int:
    """How many annexes a report has that amends nothing."""
    return len(_lists(totals)) + len(totals.history.campaign.forms) + 1


def _counted(totals: Totals, caption: str) -> Table:
    """Below a level that adds areas up: how many findings each has; they are listed in its own report."""
    units, severities = totals.history.units, SEVERITIES
    head = (Head("地区"), *map(Head, severities.values()))

    def row(name: str, at: str) -> tuple[Entry, ...]:
        figures = [totals.book[f"findings.{s}{at}"] for s in severities]
        return (Entry(name), *(Entry(figure.number, figure.ref) for figure in figures))

    body = [row(name, f"@{code}") for code, name in units.items()]
    whole = row("合计", "")
    note = "差错须更正，疑点须核实或说明，提示为已自动整理、不必修改之处。逐条的差错和疑点见各地区本级的报告。"
    return Table("quality", caption, (head,), (*body, whole), ("left", *[RIGHT] * 3), note=note, totals=(len(body),), landscape=True)  # fmt: skip


def _lists(totals: Totals) -> list[int]:
    return list(dict.fromkeys(d.annex for d in totals.history.campaign.duties))


def _annex(number: int, title: str, id: str) -> Annex:
    return Annex(f"附件{number}", title, landscape=True, id=id)


WHERE = "逐条记录见网页版和随附的汇总表（forms.xlsx）。"
BELOW = "逐条记录见各地区本级的报告和汇总表；本级只列合计数。"


def _in_short(totals: Totals, form: Form, where: str) -> Table | None:
    """A list's counts by unit; None for one that is neither a roster nor a list of samples."""
    if totals.roster and form is totals.roster.form:
        table = tables.manufacturers(totals, form, f"{form.name}-short", f"{form.title}（按报送单位汇总）")
    elif totals.sampling and form is totals.sampling.form:
        table = tables.sampling_by_unit(
            totals, form, f"{form.name}-short", f"{form.act}{form.record}（按报送单位汇总）"
        )
    else:
        return None
    return replace(table, note=f"{table.note}{where}", landscape=True)


def _list(totals: Totals, form: Form) -> tuple[Block, ...]:
    """Paper shows a long list's counts by unit, and of samples the failing ones in full; the page all records."""
    whole = replace(tables.full_list(totals, form, f"list-{form.name}", form.title), only="screen")
    short = _in_short(totals, form, WHERE)
    if short is None:
        return (replace(whole, only=""),) if len(whole.body) <= SHORT_LIST else (paragraph(WHERE), whole)
    sampled = totals.sampling is not None and form is totals.sampling.form
    failing = tables.failing_list(totals, form, "failing-batches", f"不合格{form.record}") if sampled else None
    return (replace(short, only="paper"), *([replace(failing, only="paper")] if failing else []), whole)


def _form(totals: Totals, form: Form) -> tuple[Block, ...]:
    if form.layout == "list" and totals.history.rolled:
        return (_in_short(totals, form, BELOW) or paragraph(BELOW),)
    if form.layout == "list":
        return _list(totals, form)
    stem, scope = f"{form.name}-official", tables.scope_words(form)
    return (
        tables.by_category(totals, form, "official", stem, f"{form.title}（汇总，{scope}）", landscape=True),
        tables.by_unit(totals, form, "official", f"{stem}-unit", f"{form.title}（分单位，{scope}）", landscape=True),
    )
