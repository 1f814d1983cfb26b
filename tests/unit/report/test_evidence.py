"""What shows a unit's standing with a duty: figures first, then words; days against the deadline."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.paths import Paths
from tally.report import Report, narrative
from tally.report.evidence import DONE, NO_WORD, OVERDUE, UNDER_WAY, Evidence, Passage, quoted, read_passages
from tally.returns.stored import PASSAGES
from tally.store.tables import write_table
from tally.totals import History, work_out
from tests.unit.totals.invented import periods

BEFORE, NOW = periods()
DUTY = {d.name: d for d in CAMPAIGN.duties}
UNIT = "320902"


def of(name, unit=UNIT, tables=(BEFORE, NOW), passages=None):
    return Evidence(work_out(History(CAMPAIGN, tables)), passages or {}).of(DUTY[name], unit)


def with_summary(tables, unit=UNIT):
    row = tables.returns.iloc[[0]].assign(unit=unit, form="summary", state="on time")
    return replace(tables, returns=pd.concat([tables.returns, row]))


def received(tables, when):
    return replace(tables, returns=tables.returns.assign(received=when))


def test_a_form_is_shown_with_the_day_it_first_came_and_its_figure():
    assert of("1-2").evidence == "附件3已报（4月9日首报，最新2021年5月），排查生产企业5家"


def test_a_form_that_first_came_after_the_duty_was_due_says_by_how_much():
    late = received(BEFORE, date(2021, 4, 30))
    assert "晚于期限20天" in of("1-2", tables=(late,)).evidence and of("1-2", tables=(late,)).state == DONE


def test_an_area_of_which_some_units_sent_nothing_has_not_done_all_of_it():
    worked = work_out(History(CAMPAIGN, (BEFORE, NOW)))
    worked.record[UNIT, "enterprises"] = replace(worked.record[UNIT, "enterprises"], state="partial")
    some = Evidence(worked, {}).of(DUTY["1-2"], UNIT)

    assert of("1-2").state == DONE
    assert some.state == OVERDUE and some.evidence.endswith("尚有所属单位未报")


def test_cases_are_shown_by_their_number():
    assert "查办案件" in of("1-6").evidence and "查办药械资质类案件" in of("2-3").evidence


def test_words_never_outweigh_figures():
    rows = NOW.forms["sampling"]
    some = rows[rows["enterprise"] != rows[rows["unit"] == UNIT]["enterprise"].iloc[0]]
    tables = (BEFORE, replace(NOW, forms={**NOW.forms, "sampling": some}))
    said = {(UNIT, "1-3"): Passage("已实现全覆盖抽查。", "2021-05")}
    shown = of("1-3", tables=tables, passages=said)
    assert shown.state == of("1-3", tables=tables).state == OVERDUE
    assert shown.evidence == f"{of('1-3', tables=tables).evidence}；总结提及（2021年5月）：“已实现全覆盖抽查”"


def test_a_passage_alone_shows_a_duty_that_no_form_can():
    assert of("1-1", passages={(UNIT, "1-1"): Passage("已成立专班。", "2021-05")}).state == DONE
    assert of("1-9", passages={(UNIT, "1-9"): Passage("已办理投诉。", "2021-05")}).state == UNDER_WAY


def test_a_sorted_summary_that_is_silent_says_no_word_and_never_overdue():
    told = {("320903", "1-9"): Passage("已办理投诉。", "2021-05")}
    assert of("1-1", tables=(BEFORE, with_summary(NOW)), passages=told).state == NO_WORD
    assert of("1-1", tables=(BEFORE, with_summary(NOW)), passages=told).evidence == "总结未提及"


def test_a_quotation_leaves_out_its_heading_and_is_cut():
    shown = of(
        "1-9", passages={(UNIT, "1-9"): Passage("保护消费者权益。" + "办理投诉举报、" * 20 + "完毕。", "2021-05")}
    )
    assert shown.evidence.startswith("总结提及（2021年5月）：“办理投诉举报") and shown.evidence.endswith("……”")
    assert len(shown.evidence) < 68


def test_passages_of_earlier_periods_stand_until_newer_ones_come(tmp_path):
    def save(period, *rows):
        frame = pd.DataFrame(rows, columns=PASSAGES.names)
        write_table(frame, Paths(tmp_path, CAMPAIGN.name, period).processed / "passages.parquet", PASSAGES)

    save("2021-04", (UNIT, "1-1", "四月。", 3.0, "a"), (UNIT, "1-9", "四月投诉。", 3.0, "a"))
    save("2021-05", (UNIT, "1-9", "顺带。", 3.0, "b"), (UNIT, "1-9", "五月投诉。", 8.0, "b"))
    save("2021-06", (UNIT, "1-9", "六月。", 9.0, "c"))
    found = read_passages(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, "2021-05"))
    assert found == {(UNIT, "1-1"): Passage("四月。", "2021-04"), (UNIT, "1-9"): Passage("五月投诉。", "2021-05")}


def test_one_passage_never_proves_two_duties_nor_the_same_duty_twice(tmp_path):
    def save(period, *rows):
        frame = pd.DataFrame(rows, columns=PASSAGES.names)
        write_table(frame, Paths(tmp_path, CAMPAIGN.name, period).processed / "passages.parquet", PASSAGES)

    save("2021-04", (UNIT, "1-8", "检查了资质 。", 9.0, "a"))
    save("2021-05", (UNIT, "2-1", "检查了资质。", 5.0, "b"), (UNIT, "2-2", "检查了资质。", 4.0, "b"))
    found = read_passages(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, "2021-05"))
    assert found == {(UNIT, "2-1"): Passage("检查了资质。", "2021-05")}


def test_an_earlier_months_words_are_not_told_as_this_months():
    old = {(UNIT, "1-9"): Passage("四月投诉。", "2021-04"), ("320903", "1-9"): Passage("五月投诉。", "2021-05")}
    report = Report(work_out(History(CAMPAIGN, (BEFORE, NOW))), narrative.Narrative({}), passages=old)
    said = "".join(b.as_text() for b in report.section("measures"))
    assert "五月投诉" in said and "四月投诉" not in said
    assert of("1-9", passages=old).evidence == "总结提及（2021年4月）：“四月投诉”"


def test_the_public_edition_prints_no_words_of_a_summary():
    def text(edition):
        totals = work_out(History(CAMPAIGN, (BEFORE, NOW)))
        report = Report(
            totals, narrative.Narrative({}), edition, {(UNIT, "1-9"): Passage("示某某经办的投诉。", "2021-05")}
        )
        return "\n".join(b.as_text() for name in ("duties", "measures") for b in report.section(name, charts=False))

    assert "示某某" in text("internal") and "示某某" not in text("public")


def test_the_evidence_table_names_each_duty_once_and_every_unit_once_below_it():
    totals = work_out(History(CAMPAIGN, (BEFORE, NOW)))
    report = Report(totals, narrative.Narrative({}))
    table = next(b for b in report.section("duties", charts=False) if getattr(b, "id", "") == "evidence-1")
    rows = iter(table.body)
    for number in range(1, 13):
        first = next(rows)
        lines = [next(rows) for _ in range(first[0].rowspan - 1)]
        assert (first[0].text, len(first)) == (str(number), 2)
        units = "、".join(row[0].text for row in lines).split("、")
        assert sorted(units) == sorted(u.name for u in CAMPAIGN.units)
    assert next(rows, None) is None


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ("办理投诉举报，及时回复。", "办理投诉举报，及时回复"),
        ("成立由主要负责人任组长的工作专班，制定实施方案，明确各股室、分局职责和完成时限，按周调度进展并通报", "成立由主要负责人任组长的工作专班，制定实施方案，明确各股室、分局职责和完成时限……"),
        ("对平台内销售的“三无”口罩和标识不全的口罩逐一排查。随后对辖区内所有网店开展了为期一个月的自查自清并建立台账备查", "对平台内销售的‘三无’口罩和标识不全的口罩逐一排查"),
        ("甲" * 20 + "、" + "乙" * 30, "甲" * 20 + "……"),
        ("甲" * 60, "甲" * 42 + "……"),
    ],
)  # fmt: skip
def test_a_long_quotation_ends_with_a_clause_and_has_no_marks_of_its_own_kind(passage, shown):
    assert quoted(passage) == shown
