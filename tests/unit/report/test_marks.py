"""A figure that may be wrong is marked wherever it stands: sentence, table, chart, comparison, dialog, every file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pandas as pd
import pypdf
import pytest

from tally.blocks import DOUBT, Chart, Paragraph, Table
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.render import html, pdf, word
from tally.render.document import fonts
from tally.render.workbook import forms_workbook
from tally.report import Report, narrative
from tally.report.marks import marked_format
from tally.totals import History, work_out
from tests.unit.totals.invented import periods

BEFORE, NOW = periods()
AT = datetime(2021, 6, 6, tzinfo=UTC)
UNIT, NAME, REF = "320902", "亭湖区", "cases.total.officers_dispatched"


def swapped() -> tuple[str, ...]:
    """An error at 亭湖区's 合计 of 出动执法人员, with what was probably meant: 100 less than what stands there."""
    frame = NOW.forms["cases"]
    mine = frame[(frame["unit"] == UNIT) & (frame["category"] == "total")]
    value = int(mine["officers_dispatched"].iloc[0])
    words = f"最可能填错的是合计“出动执法人员”（单元格 B12）：{value} 应为 {value - 100}，有一位数字写错。请核实，系统未作改动"
    return (UNIT, "cases", "total", "officers_dispatched", "cases.total_equals_sum", "error", f"{UNIT}/附件4.xlsx", "Sheet1", "B12", str(value), str(value - 100), "合计与各类之和不符", words)  # fmt: skip


@pytest.fixture(scope="module")
def report():
    findings = pd.DataFrame([swapped()], columns=NOW.findings.columns)
    tables = (replace(BEFORE, findings=BEFORE.findings.iloc[:0]), replace(NOW, findings=findings))
    return Report(work_out(History(CAMPAIGN, tables)), narrative.Narrative({}))


@pytest.fixture(scope="module")
def blocks(report):
    return list(report.blocks())


def test_the_figure_says_what_was_probably_meant_and_by_how_much_the_sum_would_change(report):
    unit, whole = report.totals.book[f"{REF}.to_date@{UNIT}"], report.totals.book[f"{REF}.to_date"]
    assert unit.meant == unit.value - 100 and whole.meant == whole.value - 100
    share = 100 * 100 / whole.value
    assert whole.doubt == f"{NAME}{unit.value}人次疑为{unit.meant}人次，影响{share:.1f}%"


def test_the_lead_sentence_marks_it_and_says_between_what_numbers_it_lies(blocks, report):
    whole = report.totals.book[f"{REF}.to_date"]
    runs = [r for b in blocks if isinstance(b, Paragraph) for r in b.runs if r.ref == f"{REF}.to_date"]
    assert runs and {r.kind for r in runs} == {"doubt"}
    said = "".join(b.as_text() for b in blocks if isinstance(b, Paragraph))
    assert f"{whole.doubt}，更正后为{whole.meant}人次" in said


def test_every_table_that_states_it_marks_it(blocks):
    stated = [
        (b.id, e) for b in blocks if isinstance(b, Table) for row in b.body for e in row if e.ref.startswith(f"{REF}")
    ]
    doubtful = {id for id, e in stated if e.kind == "doubt"}
    assert {"cases-unit", "cases-category", "cases-official", "cases-official-unit", "cases-change"} <= doubtful
    sound = [(id, e) for id, e in stated if e.ref in (f"{REF}.to_date", f"{REF}.to_date@{UNIT}") and e.kind != "doubt"]
    assert not sound


def test_a_chart_drawn_from_such_figures_marks_it(blocks):
    findings = pd.DataFrame([(*swapped()[:3], "cases_handled", *swapped()[4:])], columns=NOW.findings.columns)
    drawn = Report(
        work_out(History(CAMPAIGN, (replace(BEFORE, findings=findings.iloc[:0]), replace(NOW, findings=findings)))),
        narrative.Narrative({}),
    )
    chart = next(b for b in drawn.cases() if isinstance(b, Chart))
    assert f"{NAME}{DOUBT}" in chart.alt and f"全市{DOUBT}" in chart.caption
    trend = next(b for b in drawn.comparison() if isinstance(b, Chart))
    assert f"2021年5月{DOUBT}" in trend.alt and f"2021年4月{DOUBT}" not in trend.alt


def test_the_workbook_draws_the_mark_and_keeps_the_number(report):
    earlier, now = report.totals.history.periods
    book = openpyxl.load_workbook(io.BytesIO(forms_workbook(CAMPAIGN, "2021-05", now, timestamp=AT, earlier=[earlier])))
    marked = [c for sheet in book for row in sheet for c in row if DOUBT in str(c.number_format)]
    value = report.totals.book[f"{REF}.to_date@{UNIT}"].value
    assert value in [c.value for c in marked] and len(marked) >= 3
    assert not [c for c in marked if DOUBT in str(c.value)]


@pytest.mark.parametrize(
    ("number", "marked"),
    [("", '"▲"@'), ("0.00", '"▲"0.00'), ("[=0]0;[<0.5]General;0", '[=0]"▲"0;[<0.5]"▲"General;"▲"0')],
)
def test_a_number_format_bears_the_mark_in_each_of_its_sections(number, marked):
    assert marked_format(number) == marked


def test_the_dialog_says_why(report):
    figure = report.provenance().figures[f"{REF}.to_date"]
    assert "存疑" in figure["rule"] and "疑为" in figure["rule"]
    assert any(DOUBT in part["value"] for part in figure["parts"])


def test_html_pdf_and_word_show_the_mark_in_one_colour_too(blocks):
    page = html.render(blocks, title="报告")
    assert 'class="doubt"' in page or "class=doubt" in page
    paper = pypdf.PdfReader(io.BytesIO(pdf.render(blocks, fonts=fonts.find(system=False), timestamp=0)))
    assert DOUBT in "".join(p.extract_text() for p in paper.pages)
    with zipfile.ZipFile(io.BytesIO(word.render(blocks, timestamp=0))) as file:
        assert DOUBT in file.read("word/document.xml").decode()


def test_without_an_error_nothing_is_marked():
    clean = [replace(t, findings=t.findings.iloc[:0]) for t in (BEFORE, NOW)]
    sound = Report(work_out(History(CAMPAIGN, tuple(clean))), narrative.Narrative({}))
    assert not [f for f in sound.totals.book.values() if f.doubt]
    assert DOUBT not in "".join(b.as_text() for b in sound.blocks())


def test_a_comparison_marks_each_of_its_numbers_that_rests_on_a_doubt(blocks):
    """The error is May's: this period's number and the difference are marked, the last one's is not."""
    table = next(b for b in blocks if isinstance(b, Table) and b.id == "cases-change")
    line = next(row for row in table.body if row[0].text.startswith("出动执法人员"))
    assert [entry.kind for entry in line[1:4]] == ["doubt", "", "doubt"]


def test_a_title_calls_nothing_a_rise_that_may_be_chance(report):
    change = report.totals.changes["sampling.failing_rate"]
    assert change.chance and change.difference
    caption = next(b.caption for b in report.comparison() if isinstance(b, Chart))
    assert "发现率无明显变化" in caption


def vanished(**more: str) -> tuple[str, ...]:
    """A doubt of 亭湖区's whole list of samples: records of the last period are gone."""
    row = dict.fromkeys(FINDINGS, "") | {
        "unit": UNIT, "form": "sampling", "rule": "sampling.nothing_vanishes", "severity": "warning",
        "file": f"{UNIT}/附件5.xlsx", "found": "少 11 条", "message": "上期表中有 11 条记录本期没有", **more,
    }  # fmt: skip
    return tuple(row[name] for name in FINDINGS)


FINDINGS = tuple(NOW.findings.columns)


def with_finding(*rows: tuple[str, ...]) -> Report:
    added = pd.DataFrame(rows, columns=FINDINGS).replace("", None)
    tables = replace(NOW, findings=pd.concat([NOW.findings, added], ignore_index=True))
    return Report(work_out(History(CAMPAIGN, (BEFORE, tables))), narrative.parse(""))


def test_a_list_that_lost_records_marks_every_figure_that_rests_on_it():
    report = with_finding(vanished())
    book = report.totals.book
    for ref in ("sampling.batches.to_date", "sampling.failing_rate.to_date", "coverage.sampled", "coverage.rate"):
        assert book[ref].doubt.startswith("亭湖区上期的11条记录本期没有"), ref
    assert not book["enterprises.count"].doubt
    rows = {row[0].text: row for row in next(b for b in report.cover() if isinstance(b, Table)).body}
    assert rows["不合格发现率"][1].kind == rows["抽查覆盖率"][1].kind == "doubt"
    assert rows["不合格发现率"][-1].text == "存疑"
    series = next(s for s in report.totals.trends if s.name == "sampling.failing_rate")
    assert series.doubts == (False, True)


def test_an_explained_doubt_marks_nothing():
    assert not with_finding(vanished(severity="note")).totals.book["sampling.batches.to_date"].doubt


def test_nobody_is_called_to_account_for_what_a_doubtful_list_says():
    rows = NOW.forms["sampling"]
    gone = rows[rows["unit"] == UNIT]["enterprise"].iloc[0]
    tables = replace(NOW, forms={**NOW.forms, "sampling": rows[rows["enterprise"] != gone]})
    findings = pd.concat([NOW.findings, pd.DataFrame([vanished()], columns=FINDINGS).replace("", None)])
    sound, shaken = (
        Report(work_out(History(CAMPAIGN, (BEFORE, replace(tables, findings=f)))), narrative.parse("")).cover()
        for f in (NOW.findings, findings)
    )
    decide = [next(b.as_text() for b in blocks if b.as_text().startswith("请审定")) for blocks in (sound, shaken)]
    assert "亭湖区限期补抽" in decide[0]
    assert "亭湖区先核实名单" in decide[1] and "责成亭湖区限期补抽" not in decide[1]


def test_a_missing_summary_is_told_on_page_one_and_counted_below():
    row = NOW.returns.iloc[[0]].assign(unit=UNIT, form="summary", state="missing")
    tables = replace(NOW, returns=pd.concat([NOW.returns, row]))
    report = Report(work_out(History(CAMPAIGN, (BEFORE, tables))), narrative.parse(""))
    texts = [b.as_text() for b in (*report.cover(), *report.submission())]
    assert any(t.startswith("主要问题") and "未报送工作总结" in t for t in texts)
    assert any("统计表报送齐全的" in t and "工作总结未报的" in t for t in texts)
