"""What is released, what is refused and why."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date

import pypdf
import pytest

from tally import campaigns
from tally.errors import TallyError, UsageError
from tally.explore.trace import trace
from tally.life.recognise import recognise
from tally.paths import Paths
from tally.render import outputs
from tally.report.amendments.record import latest, place
from tally.report.public.held import released
from tally.run.period import Options, Reporting, run_period
from tally.totals import open_totals
from tests.end_to_end.conftest import pipeline
from tests.unit.release.conftest import CAMPAIGN, PERIOD, REASONS, explain, release, run


def test_a_release_says_who_when_and_every_figure_and_input(root, paths):
    release(root)
    kept = latest(paths)
    assert (kept.number, kept.by, kept.when) == (1, "柳青", "2022-04-06")
    assert kept.figures["visits.all.hazards_found"] == {
        "label": "全县 总计 发现隐患（本期）",
        "value": "10",
        "unit": "处",
    }
    assert "visits.all.hazards_found.to_date" in kept.stated
    raw = {e["file"]: e["sha256"] for e in kept.inputs}
    file = "石桥街道/电梯检查情况.docx"
    assert raw[file] == hashlib.sha256((paths.raw / file).read_bytes()).hexdigest()
    assert [r["reason"] for r in kept.reasons].count("承诺4月8日前补报") == 2


def text_of(pdf: bytes) -> str:
    return "".join("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_release_keeps_copies_that_later_runs_leave_alone(root, paths):
    release(root)
    released = (paths.reports / "report.pdf").read_bytes()
    (paths.reports / "report.pdf").write_bytes(b"another")
    copy = place(paths, 1) / "report.pdf"
    assert copy.read_bytes() == released
    assert not copy.stat().st_mode & 0o222


def test_a_draft_is_undated_and_a_released_report_bears_its_day_number_and_approver(root, paths):
    draft = text_of((paths.reports / "report.pdf").read_bytes())
    assert "【待定】" in draft and "送审稿" in draft and "审批人" not in draft
    release(root)
    printed = text_of((paths.reports / "report.pdf").read_bytes())
    assert "第1次发布审批人：柳青" in printed and printed.count("2022年4月6日") >= 2
    assert "【待定】" not in printed and "送审稿" not in printed and "已报送单位" not in printed


def test_what_was_released_is_made_again_to_the_byte_until_a_figure_changes(root, paths):
    release(root)
    before = (paths.reports / "report.docx").read_bytes()
    (paths.reports / "report.docx").unlink()
    run(root)
    assert (paths.reports / "report.docx").read_bytes() == before


def test_a_report_is_not_dated_before_the_facts_it_tells(root):
    with pytest.raises(TallyError, match="早于报告所述的事实"):
        release(root, when=date(2022, 3, 1))


def test_a_releases_folder_is_a_root_in_which_its_figures_can_be_followed(root, paths):
    release(root)
    frozen = place(paths, 1)
    (frozen / "campaigns").symlink_to(root / "campaigns")
    traced = trace(CAMPAIGN, PERIOD, "visits.all.fines@995102", frozen)
    assert (traced.number, [c.raw for c in traced.every_cell()]) == ("0.4", ["0.4"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("data/raw/{c}/{p}/望湖镇电梯检查情况统计表.csv", "上报文件有变动（望湖镇）"),
        ("data/corrections/{c}/{p}.csv", "更正或说明有变动"),
        ("data/narrative/{c}/{p}.md", "人工撰写的文字有变动"),
        ("campaigns/{c}/visits.py", "专项的声明有改动"),
        ("reports/{c}/{p}/report.docx", "report.docx：内容与生成时不同"),
    ],
)
def test_a_report_that_no_longer_says_what_its_inputs_say_is_refused(root, changed, said):
    path = root / changed.format(c=CAMPAIGN, p=PERIOD)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as f:
        f.write("# \n")
    with pytest.raises(TallyError) as refused:
        release(root)
    assert "报告已过时" in refused.value.fact and said in refused.value.fact
    assert f"pipeline.py run {PERIOD}" in refused.value.remedy


def test_a_new_file_from_a_unit_that_was_missing_makes_the_report_stale(root, paths):
    (paths.raw / "青岭镇").mkdir()
    (paths.raw / "青岭镇" / "补报.csv").write_text("电梯安全检查情况统计表\n", encoding="utf-8")
    with pytest.raises(TallyError, match="青岭镇"):
        release(root)


@pytest.mark.parametrize("reason", ["核实无误", ""])
def test_errors_without_a_reason_that_says_something_are_refused_each_by_name(root, reason):
    explain(root, *REASONS[:-1], f"995104,hazards,,,returns.missing,{reason},王小明,2022-04-03")
    run(root)
    with pytest.raises(TallyError) as refused:
        release(root)
    assert "青岭镇：没有收到《电梯隐患整改清单》" in refused.value.fact
    assert "995104,hazards,,,returns.missing," in refused.value.fact
    assert "995104,visits" not in refused.value.fact


def test_open_parts_are_counted_and_need_a_word(root, paths):
    paths.narrative.write_text("# 取得成效\n\n隐患减少。\n", encoding="utf-8")
    run(root)
    with pytest.raises(TallyError, match="3处【待补充】"):
        release(root)
    assert release(root, allow_gaps=True).gaps == 3


def test_the_same_report_is_not_released_twice(root):
    release(root)
    with pytest.raises(TallyError, match="已经发布：第1次，2022-04-06，柳青"):
        release(root, by="石桥")


@pytest.mark.parametrize("by", ["", "  ", "柳\n青"])
def test_a_release_needs_a_name(root, by):
    with pytest.raises(UsageError, match="审批人"):
        release(root, by=by)


def test_a_period_without_a_report_is_refused_with_the_remedy(root, paths):
    (paths.reports / "manifest.json").unlink()
    with pytest.raises(TallyError) as refused:
        release(root)
    assert "pipeline.py run" in refused.value.remedy


def test_nothing_is_left_behind_by_a_release_that_could_not_be_written(root, paths):
    (paths.reports / "releases").write_text("in the way", encoding="utf-8")
    with pytest.raises(TallyError, match="无法写入"):
        release(root)
    assert latest(paths) is None


def test_a_damaged_record_is_said_and_not_numbered_over(root, paths):
    release(root)
    record = place(paths, 1) / "release.json"
    record.chmod(0o644)
    record.write_text(json.dumps({"number": 1}), encoding="utf-8")
    with pytest.raises(TallyError, match="缺失或已损坏"):
        latest(paths)


def test_the_public_edition_is_released_with_it_if_it_stands(root, paths):
    run_period(CAMPAIGN, PERIOD, root, Options(edition="public"), Reporting(say=lambda text: None))
    kept = release(root)
    assert {"report.pdf", "public/report.pdf", "public/report.docx"} <= set(kept.files)
    assert recognise(paths, paths.reports / "public" / "report.html").name == "public/report.html"
    campaign = campaigns.load(CAMPAIGN, root)
    (held,) = released(campaign, paths, [PERIOD])  # what a later public edition is held against
    assert {f.ref: f.value for f in held.book.values()} == {
        f.ref: f.value for f in open_totals(campaign, paths).book.values()
    }


def test_a_reason_stands_beside_its_error_in_the_report(made):
    said = "\n".join(b.as_text() for b in outputs.executed_blocks(Paths(made, CAMPAIGN, PERIOD)))
    assert "没有收到《电梯隐患整改清单》【已说明：街道来电说明本期无新增隐患（王小明，2022-04-03）】" in said


def test_the_command_line_refuses_with_the_reason_and_tells_a_released_file(root, paths):
    at = ("--campaign", CAMPAIGN)
    refused = pipeline("approve", PERIOD, "--by", "柳青", "--date", "6月8日", *at, root=root)
    assert refused.code == 2 and "不是日期" in refused.output
    paths.narrative.unlink()
    stale = pipeline("approve", PERIOD, "--by", "柳青", *at, root=root)
    assert stale.code == 1 and "报告已过时" in stale.output and "Traceback" not in stale.output
    unknown = pipeline("approve", "../2022", "--by", "柳青", *at, root=root)
    assert unknown.code == 2 and "没有名为 '../2022' 的报送期" in unknown.output
    told = pipeline("verify", PERIOD, str(paths.reports / "report.pdf"), *at, root=root)
    assert told.code == 1 and "还没有发布过报告" in told.output
