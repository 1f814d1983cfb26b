"""What findings say comes from the declaration: a campaign that is not about masks reads no word of theirs.

The forms and rules of the masks campaign are declared anew under other numbers, headings, units of measure and words of their
own, and every rule is made to speak by the returns with which the rules themselves are tested.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.findings import check_all, check_return, check_unit
from tally.declare import Campaign, Field, Form, Rule
from tally.model import Finding
from tally.rules import (
    AtMost,
    FailureHasCase,
    FollowUpSteps,
    KnownFirm,
    NotBatches,
    ResultAgrees,
    Scale,
    SimpleCasesCap,
    WithinScale,
)
from tests.forms.inline import tables, unit
from tests.unit.rules.examples import CITY_EXAMPLES, FORM_EXAMPLES, UNIT_EXAMPLES

MAY = CAMPAIGN.period("2021-05")
NUMBERS = {"enterprises": "表甲", "cases": "表乙", "sampling": "表丙"}
DECLARED_WORDS = {  # settings in which the masks campaign says words of its own
    AtMost: {"unless": ""},
    FollowUpSteps: {"steps": (("停业", ("停业",)), ("立案处罚", ("立案",)))},
    KnownFirm: {"makers": "食堂", "sellers": "供餐单位"},
    ResultAgrees: {"proof": "检查记录"},
    Scale: {"small": "份"},
    WithinScale: {"small": "份"},
}
_MASKS = re.compile(r"附件\s*\d|口罩|只(?![由填有报])|检验报告|药店|商店|批次|生产企业名单|案件|抽查结果|通报商务")
_QUOTED = re.compile(r"\S*口罩厂|日常防护口罩|儿童口罩")  # what the returns themselves say
# Kinds that are of cases or of batches by what they look for, whoever declares them.
OF_CASES, OF_BATCHES = (SimpleCasesCap, FailureHasCase), (NotBatches,)


def heading(at: int, field: Field) -> Field:
    return replace(field, label=f"栏目{at}", aliases=(), note="", unit=field.unit.replace("只", "份"))


def another_rule(rule: Rule) -> Rule:
    settings = DECLARED_WORDS.get(type(rule), {})
    return replace(rule, **settings) if not isinstance(rule, Scale) or rule.small == "只" else rule


def another_form(form: Form) -> Form:
    return replace(
        form,
        number=NUMBERS[form.name],
        title=f"食堂检查情况{NUMBERS[form.name]}",
        aliases=(),
        record="食堂",
        row_header="类别",
        fields=tuple(heading(at, field) for at, field in enumerate(form.fields)),
        categories=tuple(
            c if c.name == form.total else replace(c, label=f"第{at}类", aliases=())
            for at, c in enumerate(form.categories)
        ),
        rules=tuple(map(another_rule, form.rules)),
    )


ANOTHER: Campaign = replace(
    CAMPAIGN,
    title="校园食品安全检查",
    forms=tuple(map(another_form, CAMPAIGN.forms)),
    rules=tuple(map(another_rule, CAMPAIGN.rules)),
)
RULES: dict[str, Rule] = {r.id: r for r in (*ANOTHER.rules, *(r for f in ANOTHER.forms for r in f.rules))}


def words_of_masks(findings: list[Finding], rule: str) -> list[str]:
    spoken = [f for f in findings if f.rule == rule]
    assert spoken, f"{rule} says nothing"
    kind = type(RULES[rule])
    harmless = "案件" if kind in OF_CASES else "批次" if kind in OF_BATCHES else ""
    texts = (_QUOTED.sub("", f"{f.message}｜{f.expected}｜{f.suggestion}") for f in spoken)
    return [text for text in texts if set(_MASKS.findall(text)) - {harmless}]


@pytest.mark.parametrize("rule", FORM_EXAMPLES)
def test_a_rule_within_a_form_says_the_campaigns_own_words(rule):
    bad = FORM_EXAMPLES[rule].bad
    assert words_of_masks(check_return(ANOTHER.form(bad.form), bad), rule) == []


@pytest.mark.parametrize("rule", UNIT_EXAMPLES)
def test_a_rule_within_a_unit_says_the_campaigns_own_words(rule):
    example = UNIT_EXAMPLES[rule]
    forms = tuple(replace(f, accumulates=example.settings.get(f.name, f.accumulates)) for f in ANOTHER.forms)
    now, before = ({r.form: r for r in returns} for returns in (example.bad, example.before))
    assert words_of_masks(check_unit(replace(ANOTHER, forms=forms), MAY, unit(), now, before), rule) == []


@pytest.mark.parametrize("rule", CITY_EXAMPLES)
def test_a_rule_across_units_says_the_campaigns_own_words(rule):
    example = CITY_EXAMPLES[rule]
    earlier = (tables(*example.before, period="2021-04"),) if example.before else ()
    assert words_of_masks(check_all(ANOTHER, MAY, tables(*example.bad), None, earlier), rule) == []
