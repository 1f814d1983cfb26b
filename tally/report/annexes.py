"""The annexes: duty lists, the consolidated forms in their official layout, the data-quality list.

Duty lists come first, as in the notice, so that forms 3 to 5 keep their official numbers.
"""

from __future__ import annotations

from tally.blocks import Annex, Block, Entry, Head, Table
from tally.catalogue import SEVERITIES
from tally.declare import Form
from tally.report import tables
from tally.report.duties import Passages, duty_table, evidence_table
from tally.report.follow_up import follow_up_table
from tally.report.phrases import paragraph
from tally.totals import Totals


def duties(totals: Totals, passages: Passages) -> tuple[Block, ...]:
    """One annex for each duty list of the notice."""
    blocks: list[Block] = []
    for n, annex in enumerate(_lists(totals), 1):
        title = totals.history.campaign.duty_lists.get(annex, "责任清单") + "落实情况"
        blocks.append(_annex(n, title, f"annex-duties-{annex}"))
        blocks.append(duty_table(totals, annex, f"duties-{annex}", title, passages))
        blocks += _handled(totals, annex)
        blocks.append(evidence_table(totals, annex, f"evidence-{annex}", "各单位进展及依据", passages))
    return tuple(blocks)


def _handled(totals: Totals, annex: int) -> tuple[Block, ...]:
    """The follow-up of failing products, in the annex whose duties ask for it: the first with sampling as evidence."""
    asked = [d.annex for d in totals.history.campaign.duties if "sampling" in d.evidence]
    table = follow_up_table(totals, "follow-up", "抽查不合格产品后处理情况") if asked[:1] == [annex] else None
    return (table,) if table else ()


def forms(totals: Totals) -> tuple[Block, ...]:
    """One annex for each form."""
    blocks: list[Block] = []
    for n, form in enumerate(totals.history.campaign.forms, len(_lists(totals)) + 1):
        blocks += [_annex(n, form.title, f"annex-{form.name}"), *_form(totals, form)]
    return tuple(blocks)


def quality(totals: Totals, influence: dict[int, str]) -> tuple[Block, ...]:
    """The last annex: every error and warning, those that move the totals most first."""
    title = "数据质量清单"
    if totals.history.rolled:
        return _annex(count(totals), title, "annex-quality"), _counted(totals, title)
    return (_annex(count(totals), title, "annex-quality"), tables.quality(totals, "quality", title, influence))


def count(totals: Totals) -> int:
    """How many annexes a report has that amends nothing."""
    return len(_lists(totals)) + len(totals.history.campaign.forms) + 1


def _counted(totals: Totals, caption: str) -> Table:
    """Below a level that adds areas up: how many findings each has; they are listed in its own report."""
    units, severities = totals.history.units, SEVERITIES
    head = (Head("地区"), *(Head(word) for word in severities.values()))
    body = [
        (Entry(name), *(Entry(totals.book[ref].number, ref) for s in severities if (ref := f"findings.{s}@{code}")))
        for code, name in units.items()
    ]
    whole = (Entry("合计"), *(Entry(totals.book[f"findings.{s}"].number, f"findings.{s}") for s in severities))
    note = "逐条的差错和疑点见各地区本级的报告。"
    return Table("quality", caption, (head,), (*body, whole), ("left", *["right"] * 3), note=note, totals=(len(body),), landscape=True)  # fmt: skip


def _lists(totals: Totals) -> list[int]:
    return list(dict.fromkeys(d.annex for d in totals.history.campaign.duties))


def _annex(number: int, title: str, id: str) -> Annex:
    return Annex(f"附件{number}", title, landscape=True, id=id)


def _form(totals: Totals, form: Form) -> tuple[Block, ...]:
    if form.layout == "list" and totals.history.rolled:
        return (paragraph("逐条记录见各地区本级的报告和汇总表；本级只列合计数。"),)
    if form.layout == "list":
        return (tables.full_list(totals, form, f"list-{form.name}", form.title),)
    stem, scope = f"{form.name}-official", tables.scope_words(form)
    return (
        tables.by_category(totals, form, "official", stem, f"{form.title}（汇总，{scope}）", landscape=True),
        tables.by_unit(totals, form, "official", f"{stem}-unit", f"{form.title}（分单位，{scope}）", landscape=True),
    )
