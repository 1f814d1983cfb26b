"""What a report says of another campaign's lists is that campaign's: no word of masks, batches or sampling, no step that it does not ask for.

The masks campaign's forms are declared anew (`test_words_of_another_campaign`), as an inspection of canteens, and the invented
returns of two periods are told as its report, its public edition and its lists to pass on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tally.declare import Campaign, Form
from tally.render.workbook.passed_on import handover_workbooks
from tally.report import SECTIONS, Report, narrative
from tally.report.follow_up import failing_batches
from tally.rules import FollowUpSteps
from tally.totals import History, Totals, work_out
from tally.totals.sampling import sampling_form
from tests.campaigns.test_words_of_another_campaign import ANOTHER
from tests.unit.totals.invented import periods

BEFORE, NOW = periods()
OF_MASKS = re.compile(
    r"\S{0,12}(?:问题口罩|口罩(?:产品|生产|专项|案件)|批次|抽查|抽检|商务|海关|药店|检验报告|召回|信用公示)\S{0,8}"
)


def canteens(form: Form) -> Form:
    each = {"sampling": "家", "enterprises": "家"}.get(form.name, "个")
    fields = tuple(replace(f, label="检测结果") if f.name == "result" else f for f in form.fields)
    fields = tuple(f for f in fields if f.name != "product_name" or form.name != "sampling")
    fields = tuple(replace(f, spoken=None) for f in fields)
    return replace(form, fields=fields, each=each, key=tuple(n for n in form.key if n != "product_name"), rules=())


CANTEENS: Campaign = replace(
    ANOTHER,
    name="canteens",
    forms=tuple(map(canteens, ANOTHER.forms)),
    rules=(FollowUpSteps(id="sampling.steps", steps=(("停业", ("停售", "停业")), ("约谈", ("约谈",)))),),
    duties=(),
    duty_lists={},
    notice="某市监〔2024〕9号",
)


def totals(campaign: Campaign = CANTEENS) -> Totals:
    return work_out(History(campaign, (BEFORE, NOW)))


def of_masks(text: str) -> list[str]:
    return OF_MASKS.findall(text)


@pytest.fixture(scope="module")
def report() -> Report:
    return Report(totals(), narrative.Narrative({}))


def test_every_sentence_table_and_chart_says_the_campaigns_own_words(report):
    blocks = [block for section in SECTIONS for block in report.section(section)]
    assert of_masks("\n".join(b.as_text() for b in blocks)) == []
    drawn = [f"{b.caption}{b.alt}" for b in blocks if b.kind == "chart"]
    assert drawn and of_masks("\n".join(drawn)) == []


def test_records_are_counted_in_their_own_measure_and_named_by_what_gave_their_result(report):
    said = "\n".join(b.as_text() for b in report.blocks() if b.kind in ("paragraph", "heading"))
    assert re.search(r"共检测\d+家、\d+家食堂，发现\d+家食堂不合格", said)
    assert "检测覆盖率为" in said and "（二）食堂检测" in said


def test_figures_say_it_where_they_are_traced(report):
    book = report.totals.book
    words = "\n".join(f"{f.label}{f.unit}{f.rule}" for f in (book[ref] for ref in book))
    assert of_masks(words) == []


def test_the_public_edition_says_it_too(report):
    public = replace(report, edition="public")
    assert of_masks("\n".join(b.as_text() for b in public.blocks())) == []


def test_steps_are_the_declared_ones_and_lists_are_passed_on_only_where_a_step_asks_for_it():
    batches = failing_batches(totals())
    assert batches and {step for b in batches for step in (*b.named, *b.missing)} <= {"停业", "约谈"}
    assert handover_workbooks(CANTEENS, NOW.period, NOW, timestamp=datetime(2024, 1, 1, tzinfo=UTC)) == {}


def test_without_declared_steps_what_is_asked_is_that_something_is_written():
    batches = failing_batches(totals(replace(CANTEENS, rules=())))
    assert batches and all(b.missing == (() if b.follow_up else ("后处理",)) for b in batches)


def test_results_of_other_names_are_told_by_these_and_counted_as_no_failures():
    form = CANTEENS.form("sampling")
    graded = tuple(
        replace(f, choices=tuple(replace(c, name=n) for c, n in zip(f.choices, ("优", "良"), strict=True)))
        if f.name == "result"
        else f
        for f in form.fields
    )
    campaign = replace(CANTEENS, forms=(*CANTEENS.forms[:2], replace(form, fields=graded)))
    assert sampling_form(campaign) is None
