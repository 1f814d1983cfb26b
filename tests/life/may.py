"""The second period: last figures in the forms, a column that falls, release 1; then a late correction and release 2."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal

import openpyxl

from tests.life import clerks, truth
from tests.life.april import MEASURES, sentence
from tests.life.bureau import Bureau

MAY = truth.MAY
FALLEN, LATE, AMENDED = "320904", "320990", "320924"
CELL = ("quality", "fines_confiscations")
MORE = Decimal("1.5")


def blank_forms_show_the_last_figures(bureau: Bureau) -> None:
    bureau.types("templates", MAY)
    for unit in truth.UNITS:
        sheet = openpyxl.load_workbook(bureau.blank_file(unit, MAY))["附件4"]
        shown = {c.value.split("·")[1].split("（")[0]: c.column for c in sheet[4] if "上期累计数" in str(c.value)}
        assert list(shown) == ["出动执法人员", "检查经营者数", "查获口罩", "移送公安机关案件数"]
        for measure, column in zip(truth.CUMULATIVE, shown.values(), strict=True):
            last = [sheet.cell(row, column).value for row in range(5, 12)]
            assert [Decimal(str(v)) for v in last] == [
                r[measure] for r in truth.happened(unit, truth.APRIL).cases.values()
            ]


def returns_come_in(bureau: Bureau) -> None:
    """All send; one gives what the period added where the form asks for the figure to date."""
    sent = {
        unit: (
            clerks.sends(bureau, unit, MAY, _as_if_per_period(unit) if unit == FALLEN else None),
            clerks.writes(bureau, unit, MAY),
        )
        for unit in truth.UNITS
    }
    in_time = [file for unit, files in sent.items() if unit != LATE for file in files]
    bureau.types("receive", *in_time, "--period", MAY, "--date", "2021-06-03")
    bureau.types("receive", *sent[LATE], "--date", "2021-06-09")


def _as_if_per_period(unit: str) -> dict[tuple[str, str], int]:
    before, now = (truth.happened(unit, p).cases for p in truth.PERIODS)
    return {
        (c, "officers_dispatched"): now[c]["officers_dispatched"] - before[c]["officers_dispatched"] - 1 for c in now
    }


def a_column_that_falls_is_asked_about(bureau: Bureau) -> None:
    bureau.types("check", MAY)
    assert bureau.told(MAY) == set()
    assert (FALLEN, "cases", "cases.cumulative_never_falls", "B12") in bureau.told(MAY, "warning")
    bureau.types("remind", MAY)
    sheet = openpyxl.load_workbook(bureau.feedback(FALLEN, MAY))["附件4"]
    assert "累计数不小于上期" in sheet["B12"].comment.text
    again = clerks.sends(bureau, FALLEN, MAY, name="更正表")
    assert "与前一版相比有 8 处不同" in bureau.types("receive", again, "--date", "2021-06-04")


def the_report_adds_up(bureau: Bureau) -> None:
    """This period's figures and those to date; nothing is left to ask."""
    bureau.types("run", MAY)
    assert bureau.told(MAY) == bureau.told(MAY, "warning") == set()
    assert {m: bureau.total(MAY, m) for m in MEASURES} == {m: truth.of_city(MAY, m) for m in MEASURES}
    report = bureau.report(MAY)
    assert sentence(MAY) in report.replace("▲", "")
    every, failing, firms = truth.batches(MAY)
    assert f"全市共抽查{firms}家企业生产的{every}批次产品，发现{failing}批次不合格" in report
    added = truth.of_city(MAY, "officers_dispatched") - truth.of_city(truth.APRIL, "officers_dispatched")
    assert f"出动执法人员新增{added}人次" in report
    late = {u["code"] for u in bureau.status(MAY)["units"] if u["forms"]["cases"]["late"]}
    assert late == {LATE}
    traced = bureau.types("trace", MAY, "cases.total.officers_dispatched", "--json")
    assert json.loads(traced.text)["number"] == str(truth.of_city(MAY, "officers_dispatched"))


def release(bureau: Bureau) -> None:
    assert "待补充" in bureau.types("approve", MAY, "--by", "柳青", "--date", "2021-06-10", code=1)
    said = bureau.types("approve", MAY, "--by", "柳青", "--date", "2021-06-10", "--allow-gaps")
    assert "第1次" in said
    shutil.copy(bureau.paths(MAY).reports / "report.pdf", bureau.inbox / "手头的报告.pdf")
    assert "第1次发布，2021-06-10，审批人 柳青" in bureau.types("verify", MAY, bureau.inbox / "手头的报告.pdf")


def a_correction_comes_too_late(bureau: Bureau) -> None:
    right = truth.happened(AMENDED, MAY).cases[CELL[0]][CELL[1]] + MORE
    again = clerks.sends(bureau, AMENDED, MAY, {CELL: right}, name="补充更正")
    bureau.types("receive", again, "--date", "2021-06-20")
    assert "报告已过时" in bureau.types("approve", MAY, "--by", "柳青", "--allow-gaps", code=1)
    bureau.types("run", MAY)
    last = bureau.status(MAY)["next"][-1]
    assert (last["who"], last["what"]) == ("reviewer", "报告与第 1 次发布的不同，审核更正说明后再次发布")


def every_changed_figure_is_told_with_its_cause(bureau: Bureau) -> None:
    """The cell, the unit's and the city's sums, this period and to date: exactly those, in the file and in the report."""
    told = json.loads((bureau.paths(MAY).reports / "amendments.json").read_text("utf-8"))
    category, measure = CELL
    before = {
        f"cases.{category}.{measure}": sum(truth.happened(u, MAY).cases[category][measure] for u in truth.UNITS),
        f"cases.total.{measure}": truth.of_city(MAY, measure),
        f"cases.total.{measure}.to_date": truth.to_date(MAY, measure),
        f"cases.total.{measure}@{AMENDED}": truth.of_unit(AMENDED, MAY, measure),
    }
    entries = {e["ref"]: e for e in told["entries"] if e["stated"]}
    assert {r: (entries[r]["old"], entries[r]["new"]) for r in before} == {
        r: (f"{old:.2f}万元", f"{old + MORE:.2f}万元") for r, old in before.items()
    }
    assert all(measure in ref for ref in entries)
    right = truth.happened(AMENDED, MAY).cases[category][measure]
    cause = f"射阳县“罚没”射阳县/射阳县补充更正.xlsx　附件4　G6：“{right}”→“{right + MORE}”"
    assert entries[f"cases.{category}.{measure}"]["causes"] == [cause]
    report = bureau.report(MAY)
    assert "更正说明" in report and cause in report


def the_amended_report_is_released(bureau: Bureau) -> None:
    new = bureau.paths(MAY).reports / "report.pdf"
    assert "不是发布稿" in bureau.types("verify", MAY, new, code=1)
    bureau.types("run", MAY, "--edition", "public")
    assert "第2次" in bureau.types("approve", MAY, "--by", "柳青", "--date", "2021-06-21", "--allow-gaps")
    assert "第2次发布" in bureau.types("verify", MAY, new)
    assert "已被更正：最新的是第2次发布" in bureau.types("verify", MAY, bureau.inbox / "手头的报告.pdf")
    assert "全部输出与清单一致" in bureau.types("verify", MAY)
    assert "reviewer" not in {step["who"] for step in bureau.status(MAY)["next"]}


def the_public_edition_names_no_firm(bureau: Bureau) -> None:
    public = bureau.paths(MAY).reports / "public"
    assert "是发布稿：第2次" in bureau.types("verify", MAY, public / "report.html")
    told = (public / "report.html").read_text("utf-8") + bureau.text(public / "report.docx")
    assert "公开版" in told
    assert not [f[n] for u in truth.UNITS for f in truth.happened(u, MAY).firms
                for n in ("enterprise", "credit_code", "contact_phone") if f[n] in told]  # fmt: skip


CHAPTERS = (
    blank_forms_show_the_last_figures, returns_come_in, a_column_that_falls_is_asked_about, the_report_adds_up, release,
    a_correction_comes_too_late, every_changed_figure_is_told_with_its_cause, the_amended_report_is_released,
    the_public_edition_names_no_firm,
)  # fmt: skip
