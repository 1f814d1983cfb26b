"""What a unit is asked is one thing: letter, workbook and the file on disk agree; what is answered is not asked again."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.catalogue.audience import OURS, outward
from tally.check.explanations import EXPLANATIONS
from tally.check.queries import ASKED, QUERIES
from tally.errors import UnreadableFile
from tally.intake.survey import survey
from tally.life.remind import write_reminders
from tally.paths import Paths
from tally.render.feedback.answers import Answer, answered
from tally.render.feedback.asked import asked
from tally.render.feedback.book import workbook
from tally.render.feedback.notices import of_unit
from tally.store.lines import append
from tally.store.tables import load_period
from tests.unit.life import checked

PERIOD, UNIT = "2021-05", "320981"
QUESTION = "这一格是否填到了下一行？"


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    return Paths(checked.copied(tmp_path_factory.mktemp("asking")), CAMPAIGN.name, PERIOD)


@pytest.fixture(scope="module")
def tables(paths):
    return load_period(paths, CAMPAIGN)


@pytest.fixture(scope="module")
def faults(tables):
    """Two open findings of the unit: an error that is explained at the desk, a doubt about which a question is typed."""
    mine = tables.findings[tables.findings["unit"] == UNIT].astype(object).fillna("")
    return [mine[mine["severity"] == s].iloc[0] for s in ("error", "warning")]


@pytest.fixture(scope="module")
def written(paths, faults):
    error, doubt = (dict(f[["unit", "form", "row", "field", "rule"]]) for f in faults)
    signed = {"who": "李某", "when": "2021-06-08"}
    append(paths.explanations, EXPLANATIONS, [error | signed | {"explanation": "系4月补报，另附说明"}])
    append(paths.queries, QUERIES, [doubt | signed | {"what": ASKED, "text": QUESTION, "channel": "书面"}])
    return {p.name: p.read_bytes() for p in write_reminders(CAMPAIGN, paths)}


def parts(book: openpyxl.Workbook) -> dict[str, str]:
    """Sheet of the list -> all that it says."""
    sheets = (s for s in book if s.title.startswith("问题清单"))
    return {s.title: "\n".join(str(v) for row in s.iter_rows(values_only=True) for v in row if v) for s in sheets}


def test_what_is_explained_is_to_be_mended_in_neither_letter_nor_workbook(written, faults):
    told = parts(openpyxl.load_workbook(io.BytesIO(written[f"{UNIT}.xlsx"])))
    letter = written[f"{UNIT}.txt"].decode()
    assert faults[0].message not in told["问题清单"] and faults[0].message not in letter
    assert faults[0].message in told["问题清单（提示）"]


def test_a_question_typed_at_the_desk_stands_in_both(written):
    told = parts(openpyxl.load_workbook(io.BytesIO(written[f"{UNIT}.xlsx"])))
    assert QUESTION in told["问题清单"] and QUESTION in written[f"{UNIT}.txt"].decode()


def test_the_enclosure_lies_beside_the_letter_under_the_name_that_the_letter_gives_it(paths, written):
    name = "东台市2021年5月报送期问题清单.xlsx"
    assert f"“{name}”" in written[f"{UNIT}.txt"].decode()
    assert (paths.reports / "remind" / name).read_bytes() == written[f"{UNIT}.xlsx"]


def test_a_file_that_is_no_summary_is_told_once_with_the_summary_that_is_missing(tables):
    owed = tables.returns[tables.returns["form"] == "summary"].iloc[0]
    returns = tables.returns.assign(state=tables.returns["state"].mask(tables.returns.index == owed.name, "missing"))
    blank = dict.fromkeys(tables.findings.columns, "")
    file = f"{owed.unit}/5月工作总结.docx"
    no_form = blank | {
        "unit": owed.unit,
        "rule": "intake.no_form",
        "severity": "error",
        "message": "不是",
        "file": file,
    }
    both = replace(tables, returns=returns, findings=pd.DataFrame([no_form]))
    (only,) = of_unit(CAMPAIGN, both, owed.unit)
    assert only.part == "missing" and "5月工作总结.docx" in only.message


def test_what_stands_open_from_an_earlier_period_says_in_which_file_of_which_month_it_is_mended(paths, tables):
    blank = dict.fromkeys(tables.findings.columns, "")
    place = {"form": "cases", "row": "total", "field": "cases_filed", "sheet": "附件4", "cell": "E12"}
    what = {"rule": "carried.error", "severity": "error", "message": "仍未更正", "file": "2021-04/东台市/4月附件4.xls"}
    carried = blank | place | what | {"unit": UNIT}
    mine = replace(tables, findings=pd.DataFrame([carried]), returns=tables.returns.iloc[:0])
    (notice,) = of_unit(CAMPAIGN, mine, UNIT)
    assert "2021年4月报送的 4月附件4.xls" in notice.suggestion and "E12" in notice.suggestion
    when = CAMPAIGN.period(PERIOD).moment
    data = workbook(CAMPAIGN, paths, UNIT, survey(CAMPAIGN, paths), mine, timestamp=when)
    assert "1 处是以前报送期的" in parts(openpyxl.load_workbook(io.BytesIO(data)))["问题清单"]


def test_no_unit_is_told_what_only_the_bureau_can_do():
    remedies = [remedy for _, remedy in UnreadableFile.PROBLEMS.values()]
    for remedy in remedies:
        assert OURS not in outward(remedy) and "requirements" not in outward(remedy)
    assert outward("请报送可编辑的表格；本局可安装组件") == "请报送可编辑的表格" and outward("本局检查权限") == ""


DOUBT = "其他案件的“检查经营者数”本期新增为 40户/人，明显异常（按以往约 {}户/人）"


@pytest.mark.parametrize(
    ("key", "spot", "row", "is_about"),
    [
        ("cases|other|operators_inspected|cases.outlier", "", "other", True),
        ("cases|*|operators_inspected|cases.outlier", "", "other", True),
        ("cases|other|operators_inspected|cases.outlier", "", "quality", False),
        ("", "其他案件　检查经营者数", "other", True),  # a list sent out before lines bore their finding
        ("", "其他案件　检查经营者数", "quality", False),
    ],
)
def test_an_answer_belongs_to_the_place_whatever_the_sentence_says_by_now(key, spot, row, is_about):
    answer = Answer(UNIT, "附件4", spot, DOUBT.format(9), key, "见检查台账", "甲.xlsx", "J8")
    now = {"unit": UNIT, "form": "cases", "row": row, "field": "operators_inspected", "rule": "cases.outlier"}
    findings = pd.DataFrame([now | {"severity": "warning", "message": DOUBT.format(7)}])
    assert (0 in answered(CAMPAIGN, findings, [answer])) is is_about


def test_asking_changes_no_finding_but_what_is_said_of_it(paths, tables):
    out = asked(CAMPAIGN, paths, tables.findings)
    same = [c for c in out if c not in ("severity", "message", "suggestion")]
    assert out[same].equals(tables.findings[same])
