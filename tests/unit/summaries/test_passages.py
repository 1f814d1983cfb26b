"""Which paragraphs of a summary speak of which duty."""

import pytest

from samples.duties_text import OPENINGS, PASSAGES, PLANS, PROBLEMS
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.returns.summaries import passages

DUTIES = [*(f"1-{n}" for n in range(1, 13)), "2-1"]


def duties(text: str) -> set[str]:
    return {p.duty for p in passages(CAMPAIGN, text)}


@pytest.mark.parametrize(("duty", "text"), list(zip(DUTIES, PASSAGES, strict=True)))
def test_a_paragraph_on_a_duty_is_sorted_to_it(duty, text):
    found = passages(CAMPAIGN, f"二、主要做法\n（一）{text}")
    assert max(found, key=lambda p: p.score).duty == duty
    assert len(found) <= 2


@pytest.mark.parametrize(
    "text", [*OPENINGS, *(f"三、存在问题\n{p}" for p in PROBLEMS), *(f"四、下一步打算\n{p}" for p in PLANS)]
)
def test_openings_problems_and_plans_show_no_work_done(text):
    assert duties(text.format(place="响水县", month=5, next=6)) == set()


def test_a_heading_tells_what_its_paragraphs_are_about():
    found = passages(CAMPAIGN, "二、主要做法\n（一）加强缺陷产品召回管理\n收集线索，宣传义务，对全过程加强监督。")
    assert [(p.duty, p.heading) for p in found] == [("1-7", "加强缺陷产品召回管理")]


def test_one_paragraph_may_serve_several_duties():
    text = "二、主要做法\n开展专题培训，督促企业落实主体责任，签订承诺书、健全台账；发挥12315平台作用，办理投诉举报，保护消费者权益。"
    assert duties(text) >= {"1-9", "1-11"}


def test_what_has_not_been_done_is_no_evidence():
    assert duties("二、主要做法\n尚未成立工作专班，未制定实施方案，组织领导有待加强。") == set()
    assert duties("二、主要做法\n成立工作专班，制定实施方案，加强组织领导。") == {"1-1"}


def test_non_medical_masks_are_no_medical_ones():
    assert duties("二、主要做法\n（一）抽查。对非医用口罩开展监督抽查，整改到位。") & {"2-1", "2-2", "2-3"} == set()
    assert "2-1" in duties("二、主要做法\n（一）医用口罩。对药店等医用口罩经营企业的医疗器械注册证进行检查。")


def test_titles_and_signatures_are_no_passages():
    assert duties("响水县关于口罩产品质量提升专项整治行动的工作总结\n响水县市场监督管理局\n2021年6月3日") == set()


def test_the_whole_paragraph_is_given_without_its_number():
    (passage,) = passages(CAMPAIGN, f"二、主要做法\n（一）{PASSAGES[0]}")
    assert passage.text == PASSAGES[0]
