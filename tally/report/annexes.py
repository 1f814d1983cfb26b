"""The annexes: duty lists, the consolidated forms in their official layout, the data-quality list.

Duty lists come first, as in the notice, so that forms 3 to 5 keep their official numbers.
"""

from __future__ import annotations

from tally import tables
from tally.blocks import Annex, Block
from tally.declare import Form
from tally.report.duties import Passages, duty_table
from tally.totals import Totals


def duties(totals: Totals, passages: Passages) -> tuple[Block, ...]:
    """One annex for each duty list of the notice."""
    blocks: list[Block] = []
    for n, annex in enumerate(_lists(totals), 1):
        title = totals.history.campaign.duty_lists.get(annex, "责任清单") + "落实情况"
        blocks.append(_annex(n, title, f"annex-duties-{annex}"))
        blocks.append(duty_table(totals, annex, f"duties-{annex}", title, passages))
    return tuple(blocks)


def forms(totals: Totals) -> tuple[Block, ...]:
    """One annex for each form."""
    blocks: list[Block] = []
    for n, form in enumerate(totals.history.campaign.forms, len(_lists(totals)) + 1):
        blocks += [_annex(n, form.title, f"annex-{form.name}"), *_form(totals, form)]
    return tuple(blocks)


def quality(totals: Totals, influence: dict[int, str]) -> tuple[Block, ...]:
    """The last annex: every error and warning, those that move the totals most first."""
    number = len(_lists(totals)) + len(totals.history.campaign.forms) + 1
    title = "数据质量清单"
    return (_annex(number, title, "annex-quality"), tables.quality(totals, "quality", title, influence))


def _lists(totals: Totals) -> list[int]:
    return list(dict.fromkeys(d.annex for d in totals.history.campaign.duties))


def _annex(number: int, title: str, id: str) -> Annex:
    return Annex(f"附件{number}", title, landscape=True, id=id)


def _form(totals: Totals, form: Form) -> tuple[Block, ...]:
    if form.layout == "list":
        return (tables.full_list(totals, form, f"list-{form.name}", f"{form.title}（汇总）"),)
    stem = f"{form.name}-official"
    return (
        tables.by_category(totals, form, "official", stem, f"{form.title}（汇总）", landscape=True),
        tables.by_unit(totals, form, "official", f"{stem}-unit", f"{form.title}（分单位）", landscape=True),
    )
