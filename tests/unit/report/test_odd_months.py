"""Months that nobody planned for: next to nothing came, nothing happened, nothing came before. The report is true and short."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from tally.blocks import Chart, Table
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import PeriodTables
from tally.report import Report, narrative
from tally.totals import History, work_out
from tests.unit.totals.invented import periods

BEFORE, NOW = periods()


def report(*tables: PeriodTables) -> Report:
    return Report(work_out(History(CAMPAIGN, tables)), narrative.parse(""))


def told(report: Report) -> str:
    texts = (b.as_text() for b in report.blocks() if b.kind == "paragraph")
    return "\n".join(texts)


def only(tables: PeriodTables, units: Collection[str]) -> PeriodTables:
    mine = tables.returns["unit"].isin(units)
    returns = tables.returns.assign(state=tables.returns["state"].where(mine, "missing"))
    forms = {name: frame[frame["unit"].isin(units)] for name, frame in tables.forms.items()}
    return replace(tables, returns=returns, forms=forms)


def with_cases(tables: PeriodTables, number: int) -> PeriodTables:
    frame = tables.forms["cases"].copy()
    for measure in frame.columns[2:]:
        frame[measure] = number
    return replace(tables, forms={**tables.forms, "cases": frame})


def test_where_one_unit_came_it_is_named_and_the_others_are_counted():
    said = told(report(BEFORE, only(NOW, ["320902"])))
    assert said.count("盐都区、大丰区、响水县、滨海县、阜宁县") == 1  # the lead names all that are missing, once
    assert "两期均有数据的只有亭湖区" in said and "按两期都报送的亭湖区同口径比较" in said
    assert said.count("沿用2021年4月报送数") == 1


def test_where_nobody_came_that_is_the_first_problem():
    blocks = report(BEFORE, only(NOW, [])).cover()
    problems = next(b.as_text() for b in blocks if b.as_text().startswith("主要问题"))
    assert problems.startswith("主要问题：（1）各报送单位均未报送本期报表")
    assert "责成各报送单位限期补报" in next(b.as_text() for b in blocks if b.as_text().startswith("请审定"))


def test_what_nobody_ever_sent_is_no_nought():
    said = told(report(only(NOW, [])))
    assert not any(words in said for words in ("查办案件—", "抽查0批次", "不合格产品0批次", "没有逾期"))


def test_where_nothing_happened_that_is_said_once():
    said = told(report(with_cases(BEFORE, 0), with_cases(NOW, 0)))
    assert "各报送单位填报的口罩案件查处情况统计表各项合计均为0。" in said
    assert "各项均无变化。" in said and "出动执法人员0人次" not in said and "持平" not in said


def test_where_nothing_failed_no_chart_compares_rates():
    columns = {"result": "合格", "failed_items": None, "failed_quantity": None, "follow_up": None}
    sampling = {"sampling": NOW.forms["sampling"].assign(**columns)}
    passing = report(BEFORE, replace(NOW, forms={**NOW.forms, **sampling}))
    assert "未发现不合格产品" in told(passing)
    assert not [b for b in passing.sampling() if isinstance(b, Chart) and b.id == "chart-rate-unit"]


@pytest.mark.parametrize("count", [1, 2, len(CAMPAIGN.periods)])
def test_however_many_periods_there_are_page_one_is_the_same_page(count: int):
    names = [p.name for p in CAMPAIGN.periods]
    many = [replace(NOW if at % 2 else BEFORE, period=name) for at, name in enumerate(names[:count])]
    cover = report(*many).cover()
    table = next(b for b in cover if isinstance(b, Table))
    assert [row[0].text for row in table.body][:2] == ["查办案件", "罚没"] and len(table.body) == 5
    assert all(row[2].text == row[3].text == "—" for row in table.body[:4]) == (count == 1)


def test_an_enormous_figure_stands_whole_in_every_sentence():
    frame = NOW.forms["cases"].copy()
    mine = (frame["unit"] == "320902") & (frame["category"] == "total")
    frame.loc[mine, "fines_confiscations"] = 98765432.1
    said = told(report(BEFORE, replace(NOW, forms={**NOW.forms, "cases": frame})))
    assert "9876" in said and "E+" not in said and "e+" not in said
