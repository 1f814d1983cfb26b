"""Where a summary and the unit's forms disagree, and where they only seem to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import ReceivedFile, Return
from tally.returns.summaries import compare
from tally.returns.summaries.texts import Summary
from tally.store.tables import CELL_COLUMNS
from tally.writing.numbers import plain

UNIT = CAMPAIGN.unit("320922")
SOUND = {
    "officers_dispatched": 430, "operators_inspected": 617, "cases_handled": 8, "cases_filed": 7, "cases_closed": 3,
    "fines_confiscations": 2.87, "case_value": 7.3127, "masks_seized": 12.7, "cases_transferred": 1,
}  # fmt: skip


def form(name: str, rows: dict, state="on time") -> Return:
    declared = CAMPAIGN.form(name)
    index = list(rows)
    kinds = {"count": "Int64", "quantity": "Float64"}
    frame = pd.DataFrame(
        {f.name: pd.Series([rows[r].get(f.name) for r in index], index=index, dtype=kinds.get(f.kind, "object")) for f in declared.fields}
    )  # fmt: skip
    cells = [
        (UNIT.code, name, str(r), f.name, "", "", "read", f"{declared.number}.xlsx", "Sheet1", f"{chr(65 + c)}{n + 4}")
        for n, r in enumerate(index)
        for c, f in enumerate(declared.fields)
    ]
    return Return(UNIT.code, name, state, frame, pd.DataFrame(cells, columns=list(CELL_COLUMNS)))


def cases(**total) -> Return:
    return form("cases", {"total": {**SOUND, **total}})


def sampling(*results: str | None, firms: int = 2) -> Return:
    rows = {i: {"enterprise": f"样例{i % firms}口罩厂", "product_name": "口罩", "result": r} for i, r in enumerate(results, 1)}  # fmt: skip
    return form("sampling", rows)


def roster(*statuses: str | None) -> Return:
    return form("enterprises", {i: {"enterprise": f"样例{i}口罩厂", "production_status": s} for i, s in enumerate(statuses, 1)})  # fmt: skip


def told(text: str, *returns: Return, earlier=()):
    file = ReceivedFile("滨海/总结.txt", "0" * 64, 1, date(2021, 6, 3))
    summary = Summary(file, file.path, text)
    before = [{r.form: r for r in some} for some in earlier]
    return compare(CAMPAIGN, UNIT, summary, {r.form: r for r in returns}, lambda: before)


def rules(*args, **more) -> list[tuple[str, str]]:
    return [(f.rule.removeprefix("summary."), f.field) for f in told(*args, **more)]


def sentence(**otherwise) -> str:
    v = {k: plain(x) for k, x in (SOUND | otherwise).items()}
    return (
        f"截至5月31日，共出动执法人员{v['officers_dispatched']}人次，检查经营者{v['operators_inspected']}户次，"
        f"查办案件{v['cases_handled']}件，其中立案{v['cases_filed']}件，结案{v['cases_closed']}件，"
        f"罚没{v['fines_confiscations']}万元，案值{v['case_value']}万元，查获问题口罩{v['masks_seized']}万只，"
        f"移送公安机关{v['cases_transferred']}件。"
    )


def test_a_summary_that_agrees_is_left_in_peace():
    assert told(sentence(), cases()) == []


@pytest.mark.parametrize("field", SOUND)
def test_each_figure_that_differs_is_a_warning_at_the_measure(field):
    (finding,) = told(sentence(**{field: SOUND[field] * 2}), cases())
    assert (finding.rule, finding.severity, finding.form, finding.field) == ("summary.disagrees", "warning", "summary", field)  # fmt: skip
    assert finding.file == "滨海/总结.txt" and finding.found.startswith("截至5月31日")


def test_the_finding_names_the_forms_cell_and_both_figures():
    (finding,) = told(sentence(operators_inspected=517), cases())
    assert finding.expected == "附件4合计行“检查经营者数”：617户/人（附件4.xlsx Sheet1!B4）"
    assert "517户次" in finding.message and "617" in finding.message and "不一致" in finding.message


def test_pieces_for_ten_thousands_are_the_same_figure():
    assert rules("共查获问题口罩127000只。", cases()) == []
    assert rules("共查获问题口罩12700只。", cases()) == [("disagrees", "masks_seized")]


def test_what_is_rounded_to_a_whole_is_only_noted():
    (finding,) = told("累计罚没3万元。", cases())
    assert (finding.rule, finding.severity) == ("summary.rounded", "note")
    assert told("累计罚没2.9万元。", cases()) == []


@pytest.mark.parametrize("text", ["没有数字。", "共查办案件9件。"])
def test_nothing_is_said_of_what_the_form_does_not_give(text):
    assert told(text, cases(cases_handled=None)) == []
    assert told(text, form("cases", {"total": {}}, "missing")) == []
    assert told(text) == []


def test_a_figure_to_date_fits_the_sum_with_earlier_returns():
    text = "截至5月31日，累计查办案件13件。"
    assert rules(text, cases(), earlier=[[cases(cases_handled=5)]]) == []
    assert rules(text, cases(), earlier=[[cases(cases_handled=2)], [cases(cases_handled=3)]]) == []
    assert rules(text, cases(), earlier=[[cases(cases_handled=6)]]) == [("disagrees", "cases_handled")]
    assert rules(text, cases()) == [("disagrees", "cases_handled")]


def test_one_sentence_has_one_basis():
    """The other figures are the period's own, so 查办案件 is no figure to date either."""
    earlier = [[cases(cases_handled=5)]]
    assert rules(sentence(cases_handled=13), cases(), earlier=earlier) == [("disagrees", "cases_handled")]


def test_a_cumulative_column_is_never_added_up():
    earlier = [[cases(officers_dispatched=100)]]
    assert rules("截至5月31日，共出动执法人员530人次。", cases(), earlier=earlier) == [("disagrees", "officers_dispatched")]  # fmt: skip


def test_a_figure_of_the_period_fits_the_growth_of_a_cumulative_column():
    text = "本月共出动执法人员130人次。"
    assert rules(text, cases(), earlier=[[cases(officers_dispatched=300)]]) == []
    assert rules(text, cases()) == []  # without the last return nobody can tell
    assert rules(text, cases(), earlier=[[cases(officers_dispatched=200)]]) == [("disagrees", "officers_dispatched")]


def test_more_in_the_period_than_to_date_cannot_be():
    assert rules("本月共出动执法人员500人次。", cases()) == [("disagrees", "officers_dispatched")]


def test_two_statements_that_disagree_are_a_warning():
    text = "一、基本情况\n截至5月31日，共查办案件8件，立案7件。\n二、主要做法\n（一）严厉打击。累计查办案件11件，形成震慑。"
    (finding,) = told(text, cases())
    assert finding.rule == "summary.contradicts" and "8件" in finding.message and "11件" in finding.message


def test_batches_firms_and_failures_are_counted_in_form_5():
    sampled = sampling("合格", "合格", "不合格", "合格")
    assert told("共抽查2家企业的4批次产品，发现1批次不合格，不合格发现率25%，合格率75.0%。", sampled) == []
    assert rules("共抽查3家企业的5批次产品，发现2批次不合格，不合格发现率40%。", sampled) == [
        ("disagrees", "batches"), ("disagrees", "firms"), ("disagrees", "failing"), ("disagrees", "failing_rate")
    ]  # fmt: skip


def test_a_result_that_cannot_be_read_may_be_either():
    sampled = sampling("合格", None, "不合格", "合格")
    assert told("共抽查4批次，发现2批次不合格。", sampled) == []
    assert rules("共抽查4批次，发现3批次不合格。", sampled) == [("disagrees", "failing")]


def test_firms_and_those_producing_are_counted_in_form_3():
    firms = roster("在产", "在产", "停产", "转产")
    assert told("现有非医用口罩生产企业4家，其中在产2家，停产1家。", firms) == []
    assert told("现有非医用口罩生产企业4家，其中在产2家，停产2家。", firms) == []  # 转产 taken in
    assert rules("现有非医用口罩生产企业5家，其中在产3家。", firms) == [("disagrees", "firms"), ("disagrees", "producing")]  # fmt: skip


def test_a_zero_return_agrees_with_no_maker_and_quarrels_with_one():
    zero = form("enterprises", {}, "zero return")
    assert told("辖区内无非医用口罩生产企业。", zero) == []
    assert rules("辖区内共有非医用口罩生产企业2家。", zero) == [("disagrees", "firms")]
    assert rules("辖区内无非医用口罩生产企业。", roster("在产")) == [("disagrees", "firms")]


counts = st.integers(0, 5000)
money = st.decimals(Decimal(0), Decimal(500), places=4).map(float)
totals = st.fixed_dictionaries(
    {k: money if isinstance(v, float) else counts for k, v in SOUND.items()},
)


@settings(deadline=None, max_examples=50)
@given(totals)
def test_a_summary_written_from_its_form_never_raises_an_alarm(total):
    assert told(sentence(**total), cases(**total)) == []


@settings(deadline=None, max_examples=50)
@given(totals, st.sampled_from([k for k, v in SOUND.items() if isinstance(v, int)]), st.integers(1, 900))
def test_one_changed_count_is_always_found_and_alone(total, field, by):
    assert rules(sentence(**{**total, field: total[field] + by}), cases(**total)) == [("disagrees", field)]


def test_a_figure_to_date_in_words_of_its_own_is_none_of_the_periods():
    """查办 8 in this period, 5 before: 累计查办案件13件 beside figures of the period is right, and so are both in one text."""
    earlier = [[cases(cases_handled=5)]]
    mixed = sentence(cases_handled=13).replace("查办案件", "累计查办案件", 1)
    assert rules(mixed, cases(), earlier=earlier) == []
    assert rules(sentence() + "今年以来，共查办案件13件。", cases(), earlier=earlier) == []
    assert rules(sentence() + "今年以来，共查办案件14件。", cases(), earlier=earlier) != []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("共罚款2万元、没收违法所得0.87万元。", False),
        ("共罚款2万元，并没收0.87万元。", False),
        ("共没收违法所得8700元，罚款2万元。", False),
        ("共罚款2万元、没收违法所得1.87万元。", True),
    ],
)
def test_fines_and_confiscations_told_apart_are_added(text, wrong):
    assert rules(text, cases()) == [("disagrees", "fines_confiscations")] * wrong


def test_a_range_that_leaves_the_figure_open_is_asked_about():
    assert rules("共查办案件5-9件。", cases()) == [("range", "cases_handled")]
    assert rules("共查办案件9-12件。", cases()) == [("disagrees", "cases_handled")]


@pytest.mark.parametrize(
    ("growth", "wrong"),
    [
        ("较上期增加3件", False), ("比上月多3件", False), ("环比增长60%", False), ("较4月增加3件", False),
        ("较上期增加9件", True), ("较上期减少3件", True), ("环比增长50%", True), ("同比增长80%", False),
    ],
)  # fmt: skip
def test_what_is_said_of_the_last_period_is_held_against_it(growth, wrong):
    earlier = [[cases(cases_handled=5)]]
    assert rules(f"共查办案件8件（{growth}）。", cases(), earlier=earlier) == [("growth", "cases_handled")] * wrong
    assert rules(f"共查办案件8件（{growth}）。", cases()) == []


def test_growth_of_a_column_to_date_is_that_of_the_figure_or_of_its_growth():
    earlier = [[cases(officers_dispatched=100)], [cases(officers_dispatched=300)]]
    for growth, wrong in (("增加130人次", False), ("减少70人次", False), ("增加100人次", True)):
        text = f"截至5月31日，累计出动执法人员430人次，较上期{growth}。"
        assert rules(text, cases(), earlier=earlier) == [("growth", "officers_dispatched")] * wrong
