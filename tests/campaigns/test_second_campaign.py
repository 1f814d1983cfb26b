"""A quite different campaign, declared below a root of its own, through the whole pipeline: nothing is changed for it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pypdf
import pytest
from docx import Document

from tests.campaigns import returns
from tests.end_to_end.conftest import Ran, pipeline

CAMPAIGN, PERIOD = "lifts_2022", returns.SECOND
FIRST = (returns.LIUTANG, returns.SHIQIAO, returns.WANGHU)
LATER = (returns.LIUTANG_LATER, returns.SHIQIAO_LATER, returns.WANGHU_LATER)


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Ran:
    root = returns.write_root(tmp_path_factory.mktemp("lifts"))
    return pipeline("run", PERIOD, "--campaign", CAMPAIGN, root=root)


@pytest.fixture(scope="module")
def reports(ran) -> Path:
    return ran.root / "reports" / CAMPAIGN / PERIOD


def processed(ran, name: str, period: str = PERIOD) -> pd.DataFrame:
    return pd.read_parquet(ran.root / "data" / "processed" / CAMPAIGN / period / f"{name}.parquet")


def added(many, measure: int) -> Decimal:
    """One measure over all towns and places, in plain Python."""
    return sum((Decimal(str(row[measure])) for rows in many for row in rows), Decimal(0))


def figure(ran, ref: str) -> Decimal:
    row, measure, *scope = ref.split(".")
    t = processed(ran, "totals")
    hit = t[(t["level"] == "city") & (t["form"] == "visits") & (t["category"] == row) & (t["measure"] == measure)]
    return Decimal(hit[hit["scope"] == (scope[0] if scope else "period")]["value"].item())


def test_it_is_declared_in_under_150_lines():
    files = [p for p in (returns.HERE / CAMPAIGN).iterdir() if p.suffix in (".py", ".csv")]
    assert sum(len(p.read_text(encoding="utf-8").splitlines()) for p in files) < 150


def test_it_runs_and_leaves_every_output(ran, reports):
    assert ran.code == 0, ran.output
    for name in ("report.html", "report.pdf", "report.docx", "forms.xlsx", "manifest.json", "feedback/995101.xlsx"):
        assert (reports / name).stat().st_size > 0
    for name in ("county-995104", "totals", "report"):
        notebook = nbformat.read(reports / "runs" / f"{name}.ipynb", 4)
        assert not [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"]
    manifest = json.loads((reports / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["campaign"] == CAMPAIGN


def test_what_came_is_read_from_workbook_word_and_csv(ran):
    table = processed(ran, "returns").set_index(["unit", "form"])["state"]
    assert table["995101", "visits"] == table["995102", "visits"] == table["995103", "visits"] == "on time"
    assert table["995104", "visits"] == table["995102", "hazards"] == "missing"
    assert len(processed(ran, "hazards", returns.FIRST)) == 3


def test_returns_of_half_months_are_not_taken_for_the_other_half(ran):
    for period in (returns.FIRST, returns.SECOND):
        assert "returns.other_period" not in set(processed(ran, "findings", period)["rule"])


@pytest.mark.parametrize(("measure", "name"), [(1, "hazards_found"), (2, "hazards_mended"), (4, "fines")])
def test_a_measure_per_period_is_summed_over_periods_to_date(ran, measure, name):
    assert figure(ran, f"all.{name}") == added(LATER, measure)
    assert figure(ran, f"all.{name}.to_date") == added(FIRST, measure) + added(LATER, measure)


def test_a_cumulative_measure_is_not(ran):
    assert figure(ran, "all.lifts_inspected.to_date") == added(LATER, 0)


def test_the_report_says_it_in_the_campaigns_own_words(reports):
    text = "".join("".join(p.extract_text() for p in pypdf.PdfReader(reports / "report.pdf").pages).split())
    found = added(FIRST, 1) + added(LATER, 1)
    assert f"截至3月31日，全县共检查电梯{added(LATER, 0)}台，发现隐患{found}处" in text
    assert "全县《电梯隐患整改清单》共列4条，其中本期新增1条" in text
    assert "整改情况：已整改2条、整改中1条、未整改1条" in text
    assert "2022年3月下半月报送期，全县4个报送单位中3个已报送，青岭镇未报送" in text
    assert "与上期（2022年3月上半月）相比" in text


def test_nothing_of_another_campaign_shows_anywhere(reports):
    html = re.sub(r"<[^>]+>", "", (reports / "report.html").read_text(encoding="utf-8"))
    word = Document(reports / "report.docx")
    told = "\n".join(p.text for p in word.paragraphs) + "\n".join(c.text for t in word.tables for c in t._cells)
    book = openpyxl.load_workbook(reports / "forms.xlsx")
    cells = "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None)
    for text in (html, told, cells):
        assert "电梯隐患整改清单" in text
        assert not re.search("口罩|案件|抽检|工作总结　|盐城", text)


def test_its_figures_can_be_followed(ran):
    traced = pipeline("trace", PERIOD, "visits.all.fines@石桥街道", "--campaign", CAMPAIGN, root=ran.root)
    assert traced.code == 0, traced.output
    assert "石桥街道/电梯检查情况.docx" in traced.output and "0.4" in traced.output


def test_an_unchanged_run_does_nothing_and_a_changed_declaration_is_noticed(ran):
    again = pipeline("check", PERIOD, "--campaign", CAMPAIGN, "--explain", root=ran.root)
    assert "没有任何变化" in again.output
    path = ran.root / "campaigns" / CAMPAIGN / "visits.py"
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    told = pipeline("check", PERIOD, "--campaign", CAMPAIGN, "--explain", root=ran.root)
    assert "专项的声明有改动" in told.output
