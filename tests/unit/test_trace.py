"""A figure followed down: every step adds up, and every cell says in its file what the trace says it says."""

from __future__ import annotations

import hashlib
import json
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import pipeline
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.errors import TallyError, UsageError
from tally.explore.trace import Traced, trace
from tests.unit import processed

MEASURES = ("cases_handled", "fines_confiscations", "masks_seized")


@cache
def follow(ref: str, period: str = "2021-05", root: Path | None = None) -> Traced:
    return trace("masks_2021", period, ref, root or processed.root())


def table(name: str, period: str = "2021-05") -> pd.DataFrame:
    return pd.read_parquet(processed.root() / "data" / "processed" / "masks_2021" / period / f"{name}.parquet")


def total_of(frame: pd.DataFrame, column: str) -> Decimal:
    return sum((Decimal(str(v)) for v in frame[column] if not pd.isna(v)), Decimal(0))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("category", ["price", "quality"])
def test_a_city_figure_is_the_sum_that_the_parquet_table_gives(category, measure):
    cases = table("cases")
    there = cases[(cases["category"] == category) & cases[measure].notna()]
    found = follow(f"cases.{category}.{measure}")
    assert Decimal(found.number or 0) == total_of(there, measure)
    assert [p.ref.rpartition("@")[2] for p in found.parts] == [
        u.code for u in CAMPAIGN.units if u.code in set(there["unit"])
    ]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_figure_on_the_way_down_is_the_sum_of_what_stands_below_it(measure):
    found = follow(f"cases.total.{measure}.to_date")
    for f in (found, *found.parts):
        if f.parts:
            assert f.sum_of_parts and sum(Decimal(p.number) for p in f.parts) == Decimal(f.number)
        else:
            assert sum(Decimal(c.value) for c in f.cells if c.value) == Decimal(f.number)


def test_a_cumulative_figure_to_date_rests_on_the_latest_return_alone():
    found = follow("cases.total.masks_seized.to_date")
    latest = {p.ref.rpartition("@")[2]: {c.period for c in p.cells} for p in found.parts}
    assert latest["320902"] == {"2021-05"}
    assert latest["320921"] == {"2021-04"}  # sent nothing in May
    assert "沿用2021年4月报送数" in next(p.note for p in found.parts if p.ref.endswith("@320921"))


def test_the_cells_of_workbooks_say_in_the_file_what_the_trace_quotes():
    raw = processed.root() / "data" / "raw" / "masks_2021"
    cells = [c for c in follow("cases.total.officers_dispatched").every_cell() if c.file.endswith(".xlsx")]
    assert len(cells) >= 5
    for c in cells:
        sheet = openpyxl.load_workbook(raw / c.period / c.file, data_only=True)[c.sheet]
        assert str(sheet[c.cell].value).strip() == c.raw.strip()


def test_hashes_are_those_of_the_files_on_disk():
    found = follow("cases.total.cases_handled")
    assert len(found.files) == 10
    for f in found.files:
        path = processed.root() / "data" / "raw" / "masks_2021" / f.period / f.file
        assert f.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() and f.on_disk == "same"


def test_a_member_of_an_archive_carries_the_archives_hash():
    cell = next(c for c in follow("cases.total.cases_handled", "2021-04").every_cell() if "!" in c.file)
    archive = processed.root() / "data" / "raw" / "masks_2021" / "2021-04" / cell.file.split("!")[0]
    assert cell.sha256 == hashlib.sha256(archive.read_bytes()).hexdigest()


def test_a_file_changed_or_removed_since_it_was_read_is_told(tmp_path):
    shutil.copytree(processed.root() / "data", tmp_path / "data")
    raw = tmp_path / "data" / "raw" / "masks_2021" / "2021-05"
    changed, gone = "亭湖区/亭湖区5月附件3-5.xlsx", "高新区5月附件4、5.xlsx"
    (raw / changed).write_bytes(b"another file")
    (raw / gone).unlink()
    found = follow("cases.total.cases_handled", root=tmp_path)
    states = {f.file: f.on_disk for f in found.files}
    assert (states[changed], states[gone]) == ("changed", "missing")
    assert any(changed in line and "有改动" in line for line in found.lines())
    assert any(gone in line and "不在" in line for line in found.lines())


def test_repairs_and_open_errors_stand_beside_their_cell():
    cell = follow("cases.total.fines_confiscations@320922").cells[0]
    assert (cell.raw, cell.value, cell.state) == ("2.87万元", "2.87", "repaired")
    assert {f.severity for f in cell.findings} == {"note", "error"}


def test_units_without_a_figure_are_named_with_the_reason():
    found = follow("cases.total.cases_handled")
    assert [(o.unit, o.why) for o in found.left_out] == [("320921", "本期没有报送《口罩案件查处情况统计表》")]


def test_a_blank_cell_is_a_reason_with_its_address():
    why = {o.unit: o.why for o in follow("cases.price.officers_dispatched").left_out}
    assert why["320924"].startswith("该格空白（") and "射阳县5月附件3-5.docx" in why["320924"]


def test_a_total_worked_out_from_the_categories_leads_to_their_cells():
    found = follow("cases.total.case_value@320971")
    assert "由各类别相加得出" in found.rule and len(found.cells) > 3
    assert sum(Decimal(c.value) for c in found.cells) == Decimal(found.number)


def test_batches_lead_to_one_cell_a_record():
    sampling = table("sampling")
    for ref, records in (
        ("sampling.batches", sampling),
        ("sampling.failing", sampling[sampling["result"] == "不合格"]),
    ):
        found = follow(ref)
        assert found.number == str(len(records)) and len(list(found.every_cell())) == len(records)


def test_firms_are_counted_once_and_lead_to_their_names():
    found = follow("enterprises.count@320902")
    names = {c.value for c in found.cells}
    assert (
        found.number == str(len(names)) == str(table("enterprises").query("unit == '320902'")["enterprise"].nunique())
    )


def test_a_rate_leads_to_both_counts_and_is_not_their_sum():
    found = follow("sampling.failing_rate.to_date")
    assert [p.ref for p in found.parts] == ["sampling.failing.to_date", "sampling.batches.to_date"]
    assert not found.sum_of_parts and found.unit == "%"


def test_many_plain_cells_share_a_line_while_repaired_ones_keep_their_own():
    found = follow("sampling.batches@320904")
    lines = found.lines()
    assert len(found.cells) > 12
    repaired = [c for c in found.cells if c.state == "repaired"]
    assert repaired and all(any(c.cell in line and "整理后" in line for line in lines) for c in repaired)


def test_the_last_lines_name_the_files_with_their_hashes():
    lines = follow("cases.total.cases_handled").lines()
    assert lines[1].strip() == "6 + 8 + 9 + 8 + 5 + 7 + 6 + 14 + 9 + 3 = 75"
    assert lines.index("所据文件（sha256）：") > lines.index("未计入的单位：")


def test_json_holds_the_whole_tree():
    data = json.loads(follow("cases.total.cases_handled").json())
    assert data["number"] == "75" and len(data["parts"]) == 10
    assert set(data["parts"][0]["cells"][0]) >= {"period", "file", "sheet", "cell", "raw", "value", "state", "sha256"}


def test_a_unit_may_be_named():
    assert follow("cases.total.cases_handled@亭湖区") == follow("cases.total.cases_handled@320902")


def test_a_misspelt_figure_is_refused_with_the_nearest_names():
    with pytest.raises(UsageError, match=r"cases\.total\.cases_handled"):
        follow("cases.total.case_handled")


def test_a_unit_without_that_figure_is_refused_with_the_reason():
    with pytest.raises(UsageError, match="响水县.*没有报送"):
        follow("cases.total.cases_handled@320921")


def test_unknown_periods_units_and_unprocessed_periods_are_refused(tmp_path):
    with pytest.raises(UsageError):
        follow("cases.total.cases_handled", "2031-05")
    with pytest.raises(UsageError):
        follow("cases.total.cases_handled@999999")
    with pytest.raises(TallyError, match="尚未处理"):
        follow("cases.total.cases_handled", root=tmp_path)


def test_a_corrected_cell_keeps_what_was_written(tmp_path):
    shutil.copytree(processed.root() / "data", tmp_path / "data")
    path = tmp_path / "data" / "corrections" / "masks_2021" / "2021-05.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "unit,form,row,field,old,new,reason,who,when\n"
        "320922,cases,quality,fines_confiscations,9000,0.9,县局来电更正单位,某某,2021-06-07\n",
        encoding="utf-8",
    )
    processed.process(tmp_path, "2021-05")
    found = follow("cases.quality.fines_confiscations@320922", root=tmp_path)
    (cell,) = found.cells
    assert (found.number, cell.raw, cell.value, cell.state) == ("0.9", "9000", "0.9", "corrected")
    assert any("原文 “9000”　按更正记录改为 0.9" in line for line in found.lines())


def test_the_command_prints_lines_or_json_and_refuses_with_exit_code_2(capsys):
    command = ["trace", "2021-05", "cases.total.cases_handled", "--root", str(processed.root())]
    assert pipeline.main(command) == 0
    assert capsys.readouterr().out.splitlines() == follow("cases.total.cases_handled").lines()
    assert pipeline.main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["number"] == "75"
    assert pipeline.main(["trace", "2021-05", "cases.total.handled", "--root", str(processed.root())]) == 2
    assert "cases.total.cases_handled" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "ref"),
    [
        ("查办案件", "cases.total.cases_handled"),
        ("合计.立案", "cases.total.cases_filed"),
        ("质量类 罚没金额 累计", "cases.quality.fines_confiscations.to_date"),
        ("附件4/质量类案件/结案", "cases.quality.cases_closed"),
        ("不合格发现率", "sampling.failing_rate"),
        ("查办案件@亭湖", "cases.total.cases_handled@320902"),
        ("查办案件＠亭湖区市场监管局", "cases.total.cases_handled@320902"),
    ],
)
def test_a_figure_may_be_called_as_the_form_calls_it(said, ref):
    assert follow(said).ref == ref


def test_a_name_that_several_figures_bear_is_refused_with_their_names():
    with pytest.raises(UsageError, match="不止一个") as refused:
        follow("在产企业")
    assert "coverage.producing" in refused.value.remedy and "enterprises.status.在产" in refused.value.remedy
