"""Where a period stands: the record, the two rates, what is open and who has to do it."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.cli.status_text import as_json, lines
from tally.errors import UsageError
from tally.life.next_steps import next_steps
from tally.life.status import status
from tally.paths import Paths
from tally.returns.processing import join_units
from tally.store.tables import load_period
from tests.unit.life import checked, clerk

PERIOD = "2021-05"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return checked.copied(tmp_path_factory.mktemp("checked"))


@pytest.fixture(scope="module")
def now(root):
    return status(CAMPAIGN, Paths(root, CAMPAIGN.name, PERIOD))


@pytest.fixture
def own(tmp_path):
    return Paths(checked.copied(tmp_path), CAMPAIGN.name, PERIOD)


def unit(now, name: str):
    return next(u for u in now.units if u.name == name)


def test_each_form_of_each_unit_has_its_state(now):
    states = {n: [s.state for s in unit(now, n).record.values()] for n in ("亭湖区", "响水县", "射阳县", "盐南高新区")}
    assert states == {
        "亭湖区": ["on time"] * 4,
        "响水县": ["missing"] * 4,
        "射阳县": ["late"] * 4,
        "盐南高新区": ["zero return", "on time", "on time", "on time"],
    }
    assert unit(now, "东台市").record["cases"].replaced == 1


def test_completeness_and_timeliness_are_two_rates(now):
    assert (now.rates.required, now.rates.received, now.rates.on_time) == (44, 40, 36)
    assert {f: (r.received, r.on_time) for f, r in now.by_form.items()} == dict.fromkeys(
        ("enterprises", "cases", "sampling", "summary"), (10, 9)
    )
    assert [p.period for p in now.periods] == ["2021-04", PERIOD]
    assert now.periods[-1].rates == now.rates != now.periods[0].rates


def test_errors_and_warnings_are_those_of_the_findings(now, root):
    findings = load_period(Paths(root, CAMPAIGN.name, PERIOD), CAMPAIGN).findings
    for one in now.units:
        mine = findings[findings["unit"] == one.code]["severity"]
        assert (one.errors, one.warnings) == ((mine == "error").sum(), (mine == "warning").sum())


def test_everyone_is_told_what_to_do(now):
    told = [(s.who, s.name, s.what) for s in next_steps(now)]
    assert ("unit", "响水县", "补报附件3、附件4、附件5、工作总结（应于2021年6月5日前报送）") in told
    assert not [t for t in told if t[1] == "盐都区"]
    assert any(who == "unit" and name == "东台市" and what.startswith("更正 ") for who, name, what in told)
    assert any(who == "analyst" and "【待补充】" in what for who, _, what in told)
    assert [who for who, _, _ in told if who == "reviewer"] == ["reviewer"]


def test_the_reviewer_is_told_of_errors_alone_as_many_as_stand_in_the_way_of_a_release(now, root):
    findings = load_period(Paths(root, CAMPAIGN.name, PERIOD), CAMPAIGN).findings
    errors = int((findings["severity"] == "error").sum())
    (step,) = [s for s in next_steps(now) if s.who == "reviewer"]
    assert step.what.startswith(f"还有 {errors} 处差错")


def test_a_form_that_is_missing_is_sent_and_not_corrected(now):
    mine = [s.what for s in next_steps(now) if s.name == "响水县"]
    assert len(mine) == 1 and mine[0].startswith("补报")


def test_what_nobody_has_written_is_listed(now):
    assert "下一步工作打算。" in now.todos
    assert any("下一步工作打算" in line for line in lines(now))


def test_a_file_that_came_since_makes_it_stale_and_names_the_unit(own):
    clerk.send(own.root, PERIOD, "320921", b"x" * 100, "附件4.xlsx")
    now = status(CAMPAIGN, own)
    assert now.stale == ("上报文件有变动（响水县）",)
    assert next_steps(now)[0].command == f"python pipeline.py check {own.typed}"


def test_a_written_reason_answers_an_error(own):
    before = status(CAMPAIGN, own)
    wrong = load_period(own, CAMPAIGN).findings.fillna("")
    error = wrong[(wrong["unit"] == "320981") & (wrong["rule"] == "sampling.result_agrees")].iloc[0]
    own.explanations.parent.mkdir(parents=True, exist_ok=True)
    with own.explanations.open("w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows(
            [
                ("unit", "form", "row", "field", "rule", "explanation", "who", "when"),
                (*error[["unit", "form", "row", "field", "rule"]], "后处理正在听证，结论未定", "某甲", "2021-06-07"),
            ]
        )
    after = status(CAMPAIGN, own)
    assert unit(after, "东台市").errors == unit(before, "东台市").errors - 1
    assert unit(after, "东台市").answered == 1


def test_a_file_of_nobody_is_the_analysts_to_settle(own):
    target = own.raw / "不明.xlsx"
    target.write_bytes(clerk.opened_without_unit((own.raw / "高新区5月附件4、5.xlsx").read_bytes()))
    join_units(CAMPAIGN.name, PERIOD, str(own.root))
    now = status(CAMPAIGN, own)
    assert any("不明.xlsx" in message for message in now.elsewhere)
    assert any(s.who == "analyst" and "不明.xlsx" in s.what for s in next_steps(now))


def test_before_processing_it_says_so_and_counts_the_files(tmp_path):
    clerk.send(tmp_path, PERIOD, "320902", b"x" * 100, "附件4.xlsx")
    now = status(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, PERIOD))
    told = "\n".join(lines(now))
    assert not now.processed and "需先运行 python pipeline.py check 2021-05" in told
    assert unit(now, "亭湖区").files == 1 and "1 个" in told
    assert [s.who for s in next_steps(now)] == ["analyst"]
    assert json.loads(as_json(now))["units"][0]["forms"]["cases"]["state"] == "unread"


def test_a_period_without_any_file_asks_for_blank_forms(tmp_path):
    now = status(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, "2021-07"))
    (step,) = next_steps(now)
    assert step.command == f"python pipeline.py templates 2021-07 --root {tmp_path}"


def test_programs_get_the_same_as_json_with_the_keys_it_promises(now):
    told = json.loads(as_json(now))
    assert list(told) == [
        "campaign", "title", "period", "start", "end", "due", "processed", "stale", "report", "release", "rates",
        "rates_by_form", "periods", "units", "unassigned", "verdicts", "remarks", "todos", "next",
    ]  # fmt: skip
    assert told["rates"] == {
        "required": 44, "received": 40, "on_time": 36, "completeness": 0.9091, "timeliness": 0.8182
    }  # fmt: skip
    late = next(u for u in told["units"] if u["code"] == "320924")["forms"]["cases"]
    assert late == {
        "state": "late", "received": "2021-06-09", "due": "2021-06-05", "late": True, "replaced": 0,
        "file": "射阳县局/射阳县5月附件3-5.docx",
    }  # fmt: skip
    assert told["due"]["cases"] == str(date(2021, 6, 5))


def test_status_writes_nothing(own):
    before = sorted(p for p in own.root.rglob("*"))
    status(CAMPAIGN, own)
    assert sorted(p for p in own.root.rglob("*")) == before


@pytest.mark.parametrize("period", ["2021-13", "../x"])
def test_an_unknown_period_is_refused(period, tmp_path):
    with pytest.raises(UsageError, match="可用"):
        status(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, period))
