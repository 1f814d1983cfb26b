"""The main job on the sample: what is left behind, and that it is right against a truth worked out elsewhere."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal

import nbformat
import pandas as pd
import pypdf
import pytest

from tests.end_to_end.conftest import PROJECT, pipeline, sample

TRUTH = json.loads((PROJECT / "tests/golden/truth_2021-05.json").read_text(encoding="utf-8"))
APRIL = json.loads((PROJECT / "tests/golden/truth_2021-04.json").read_text(encoding="utf-8"))
MEASURES = [
    "officers_dispatched",
    "operators_inspected",
    "cases_handled",
    "cases_filed",
    "cases_closed",
    "fines_confiscations",
    "case_value",
    "masks_seized",
    "cases_transferred",
]
CUMULATIVE = {"officers_dispatched", "operators_inspected", "masks_seized", "cases_transferred"}


def table(ran, name: str) -> pd.DataFrame:
    return pd.read_parquet(ran.processed / f"{name}.parquet")


def exact(values) -> Decimal:
    return sum((Decimal(str(v)) for v in values if pd.notna(v)), Decimal(0))


def test_the_run_succeeds_and_says_where_the_report_is(ran):
    assert ran.code == 0, ran.output
    assert "已报送 10 个" in ran.output
    assert "report.html" in ran.output and "响水县" in ran.output


def test_everything_that_the_contract_names_is_there(ran):
    for name in ("cases", "sampling", "enterprises", "cells", "findings", "returns"):
        assert len(table(ran, name)) > 0
    for name in ("report.html", "report.pdf", "report.docx", "forms.xlsx", "manifest.json", "feedback/320902.xlsx"):
        assert (ran.reports / name).stat().st_size > 0
    runs = {p.name for p in (ran.reports / "runs").glob("*.ipynb")}
    assert {"county-320902.ipynb", "totals.ipynb", "report.ipynb"} <= runs


def test_a_units_page_of_a_first_run_links_to_the_file_that_goes_back(ran):
    for code in ("320902", "320921"):
        page = (ran.reports / "units" / f"{code}.html").read_text(encoding="utf-8")
        assert f"../feedback/{code}.xlsx" in page


def test_the_tables_have_the_contracts_columns_and_types(ran):
    cases = table(ran, "cases")
    assert list(cases.columns) == ["unit", "category", *MEASURES]
    assert cases["unit"].str.fullmatch(r"\d{6}").all()
    assert cases.groupby("unit")["category"].count().eq(8).all()
    cells = table(ran, "cells")
    assert list(cells.columns) == ["unit", "form", "row", "field", "raw", "value", "state", "file", "sheet", "cell"]
    assert set(cells["state"]) <= {"read", "repaired", "corrected", "blank", "unreadable"}
    findings = table(ran, "findings")
    assert list(findings.columns) == [
        "unit",
        "form",
        "row",
        "field",
        "rule",
        "severity",
        "file",
        "sheet",
        "cell",
        "found",
        "expected",
        "message",
        "suggestion",
    ]
    assert set(findings["severity"]) <= {"error", "warning", "note"}


@pytest.mark.parametrize("measure", MEASURES)
def test_city_totals_equal_those_worked_out_independently(ran, measure):
    cases = table(ran, "cases")
    reported = cases[cases["category"] == "total"][measure]
    assert exact(reported) == Decimal(str(TRUTH["totals"]["cases"]["total"][measure]))


def test_sampling_and_coverage_equal_those_worked_out_independently(ran):
    sampling = table(ran, "sampling")
    assert len(sampling) == TRUTH["totals"]["sampling"]["batches"]
    assert (sampling["result"] == "不合格").sum() == TRUTH["totals"]["sampling"]["failing"]


def test_every_cell_of_the_sample_is_what_a_right_reading_gives(ran):
    cells = table(ran, "cells")
    got = {(c.unit, c.form, c.row, c.field): (None if pd.isna(c.value) else c.value) for c in cells.itertuples()}
    wrong = [
        (unit, form, row, field, value, got.get((unit, form, row, field)))
        for unit, forms in TRUTH["values"].items()
        for form, rows in forms.items()
        for row, fields in (rows or {}).items()
        for field, value in fields.items()
        if got.get((unit, form, row, field)) != (None if value is None else str(value))
    ]
    assert wrong == []


def test_planted_mistakes_are_found_at_their_cells(ran):
    """One cause is told once: of a stopped firm's batches, or a firm's name and code, one cell carries the finding."""
    findings = table(ran, "findings")
    findings = findings[findings["severity"] != "note"]
    at = set(zip(findings["file"], findings["sheet"].fillna(""), findings["cell"], strict=True))
    lines = {(file, sheet, re.sub(r"\D", "", cell or "")) for file, sheet, cell in at if isinstance(cell, str)}
    wanted = [
        p
        for p in TRUTH["planted"]
        if p["cell"] and p["outcome"] in ("as written", "unreadable", "flagged") and not p["superseded"]
    ]
    told_once = {"stopped firm sampled", "claimed twice"}
    missed = [p for p in wanted if p["kind"] not in told_once and (p["file"], p["sheet"] or "", p["cell"]) not in at]
    assert len(wanted) > 20
    assert missed == []
    for kind in told_once:
        for unit in {p["unit"] for p in wanted if p["kind"] == kind}:
            rows = [
                (p["file"], p["sheet"] or "", re.sub(r"\D", "", p["cell"]))
                for p in wanted
                if (p["kind"], p["unit"]) == (kind, unit)
            ]
            assert any(r in lines for r in rows), (kind, unit)


def test_the_lead_sentence_in_the_pdf_states_the_cities_figures(ran):
    text = "".join(
        "".join(page.extract_text() for page in pypdf.PdfReader(ran.reports / "report.pdf").pages[:4]).split()
    )
    said = re.search(
        r"截至5月31日，全市共出动执法人员(\d+)人次，检查经营者(\d+)户次，查办案件(\d+)件，其中立案(\d+)件，结案(\d+)件，罚没([\d.]+)万元，案值([\d.]+)万元，查获问题口罩([\d.]+)万只，移送公安机关(\d+)件",
        text.replace("▲", ""),  # a figure in doubt is marked, and stated as reported
    )
    assert said, text[:1500]
    for measure, shown in zip(MEASURES, said.groups(), strict=True):
        places = Decimal(shown).as_tuple().exponent
        assert Decimal(shown) == to_date(measure).quantize(Decimal(1).scaleb(places), ROUND_HALF_UP), measure


def to_date(measure: str) -> Decimal:
    """Plain Python on the truth: a cumulative column is each unit's latest, any other the sum of both periods."""

    def total(truth, unit):
        rows = (truth["values"].get(unit) or {}).get("cases") or {}
        value = rows.get("total", {}).get(measure)
        if value is not None:
            return Decimal(str(value))
        # A 合计 that says nothing usable is worked out from its categories, and the report marks it so.
        parts = [Decimal(str(r[measure])) for name, r in rows.items() if name != "total" and r.get(measure) is not None]
        return sum(parts, Decimal(0)) if parts else None

    units = {*TRUTH["values"], *APRIL["values"]}
    if measure not in CUMULATIVE:
        return sum((v for t in (TRUTH, APRIL) for u in units if (v := total(t, u)) is not None), Decimal(0))
    latest = (total(TRUTH, u) if TRUTH["values"].get(u, {}).get("cases") else total(APRIL, u) for u in units)
    return sum((v for v in latest if v is not None), Decimal(0))


def test_the_report_names_who_is_missing(ran):
    html = (ran.reports / "report.html").read_text(encoding="utf-8")
    assert "响水县" in html and "11个报送单位" in re.sub(r"<[^>]+>|\s", "", html)


def test_a_cities_figure_can_be_followed_to_its_cells(ran):
    traced = pipeline("trace", "2021-05", "cases.total.cases_handled", root=ran.root)
    assert traced.code == 0
    assert "75" in traced.output and "亭湖区/亭湖区5月附件3-5.xlsx" in traced.output


def test_an_unchanged_run_does_nothing_and_verifies(ran):
    before = (ran.reports / "report.html").stat().st_mtime_ns
    again = pipeline("run", "2021-05", root=ran.root)
    assert again.code == 0
    assert "没有任何变化" in again.output
    assert (ran.reports / "report.html").stat().st_mtime_ns == before
    assert pipeline("verify", "2021-05", root=ran.root).code == 0


def test_strict_ends_with_three_while_errors_remain(ran):
    assert pipeline("run", "2021-05", "--strict", root=ran.root).code == 3


def test_executed_notebooks_are_whole_and_without_errors(ran):
    for path in (ran.reports / "runs").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert not [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"]


def test_the_second_root_gives_the_same_bytes(ran, tmp_path):
    """Another folder, time zone and locale."""
    other = pipeline(
        "run", "2021-05", root=sample(tmp_path, "2021-04", "2021-05"), TZ="America/New_York", LC_ALL="C.UTF-8"
    )
    assert other.code == 0, other.output
    names = ["report.html", "report.pdf", "report.docx", "forms.xlsx", "feedback/320902.xlsx", "feedback/320981.xlsx"]
    differ = [n for n in names if (other.reports / n).read_bytes() != (ran.reports / n).read_bytes()]
    tables = ("cases", "sampling", "enterprises", "cells", "findings", "returns", "totals")
    differ += [
        n
        for n in tables
        if (other.processed / f"{n}.parquet").read_bytes() != (ran.processed / f"{n}.parquet").read_bytes()
    ]
    assert differ == []
