"""问题清单.xlsx goes out with the check and comes back with decisions."""

from __future__ import annotations

import os

import openpyxl
import pytest

from tally.check.corrections import load_corrections
from tally.check.explanations import load_explanations
from tally.check.queries import load_queries
from tally.desk import city_list
from tests.desk import world

UNIT = "320902"
PLACE = (UNIT, "cases", "quality", "fines_confiscations")


@pytest.fixture
def filled(desk):
    """The list, and a function that fills in one line's columns and saves."""
    path = desk.paths.reports / city_list.NAME
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {c.value: c.column for c in sheet[city_list.HEAD_ROW]}
    rows = range(city_list.HEAD_ROW + 1, sheet.max_row + 1)

    def fill(wanted, **columns):
        row = next(r for r in rows if wanted(*(sheet.cell(r, heads[h]).value or "" for h in ("问题", "建议改为"))))
        for head, value in columns.items():
            sheet.cell(row, heads[head]).value = value
        book.save(path)
        return row

    return path, fill


def test_check_writes_every_open_finding(desk):
    sheet = openpyxl.load_workbook(desk.paths.reports / city_list.NAME).worksheets[0]
    numbers = [r[-1].value for r in sheet.iter_rows(min_row=city_list.HEAD_ROW + 1)]
    assert sorted(numbers) == sorted(n for n, f in desk.snapshot.findings.items() if f.severity != "note")


def test_a_filled_in_list_becomes_lines_of_the_analysts_files(desk, filled):
    path, fill = filled
    said = "县局6月8日来电更正"
    fill(lambda message, new: new not in ("", "（空白）"), 处理="更正", 更正为="12", **{"理由、说明或问话": said})
    fill(
        lambda message, new: "停产" in message,
        处理="说明",
        经办人="王复核",
        **{"理由、说明或问话": "抽的是停产前的库存"},
    )
    fill(lambda message, new: "校验位" in message, 处理="询问", **{"理由、说明或问话": "请核对营业执照"})
    done = city_list.take_back(desk.snapshot, path, desk.author())
    assert [o.refused for o in done] == [False] * 3
    (correction,) = load_corrections(desk.paths.corrections, desk.campaign).entries
    assert (correction.new, correction.reason, correction.who) == ("12", said, "李分析")
    (explanation,) = load_explanations(desk.paths.explanations, desk.campaign)[0]
    assert (explanation.who, explanation.explanation) == ("王复核", "抽的是停产前的库存")
    assert [q.text for q in load_queries(desk.paths.queries)] == ["请核对营业执照"]


def test_a_line_that_cannot_be_meant_is_refused_with_its_row_and_the_others_are_taken(desk, filled):
    path, fill = filled
    bad = fill(
        lambda message, new: "没有这一天" in message, 处理="更正", 更正为="去年", **{"理由、说明或问话": "县局来电更正"}
    )
    fill(lambda message, new: "停产" in message, 处理="说明", **{"理由、说明或问话": "抽的是停产前的库存"})
    done = {o.row: o for o in city_list.take_back(desk.snapshot, path, desk.author())}
    assert done[bad].refused and "去年" in done[bad].sentence
    assert sum(o.refused for o in done.values()) == 1


def test_what_is_proposed_can_be_accepted_without_typing_it_again(desk, filled):
    path, fill = filled
    fill(lambda message, new: new not in ("", "（空白）"), 处理="采纳建议")
    (done,) = city_list.take_back(desk.snapshot, path, desk.author())
    (correction, *_) = load_corrections(desk.paths.corrections, desk.campaign).entries
    assert not done.refused and correction.reason.startswith("采纳核对建议：") and int(done.number) > 0


def test_a_line_without_a_proposal_has_nothing_to_accept(desk, filled):
    path, fill = filled
    fill(lambda message, new: "停产" in message, 处理="采纳建议")
    (done,) = city_list.take_back(desk.snapshot, path, desk.author())
    assert done.refused and "没有可以采纳的建议" in done.sentence


def test_a_correction_after_which_something_is_still_wrong_says_so(desk, filled):
    path, fill = filled
    fill(
        lambda message, new: new not in ("", "（空白）"),
        处理="更正",
        更正为="999999",
        **{"理由、说明或问话": "来电更正"},
    )
    (done,) = city_list.take_back(desk.snapshot, path, desk.author())
    assert not done.refused and "更正后仍有问题" in done.sentence


def test_the_command_reads_it_back(desk, filled, capsys):
    path, fill = filled
    fill(lambda message, new: "停产" in message, 处理="说明", **{"理由、说明或问话": "抽的是停产前的库存"})
    import pipeline

    words = [
        "desk",
        desk.paths.period,
        "--root",
        str(desk.paths.root),
        "--take",
        str(path),
        "--by",
        "李分析",
        "--lang",
        "zh",
    ]
    assert pipeline.main(words) == 0
    assert "写入 1 条，未采纳 0 条" in capsys.readouterr().out


def test_another_workbook_is_refused(desk, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(world.workbook("320902", world.records("320902", world.MAY)))
    with pytest.raises(Exception, match="不是问题清单"):
        city_list.take_back(desk.snapshot, path, desk.author())


def test_a_check_renews_the_list_of_an_earlier_period_whose_findings_were_written_anew(tmp_path):
    true = world.records(UNIT, world.APRIL)["cases"]["quality"]["fines_confiscations"]
    may = world.send(tmp_path, {PLACE: world.Mistake(int(true * 10_000), true)}, also=world.APRIL)
    world.check(may)
    april = may.beside(world.APRIL)
    listed = april.reports / city_list.NAME
    assert listed.exists() and not city_list.is_behind(april)
    findings = april.processed / "findings.parquet"
    os.utime(listed, ns=(0, findings.stat().st_mtime_ns - 1))  # the findings are newer, as after a check from the desk
    assert city_list.is_behind(april)
    world.check(may)
    assert not city_list.is_behind(april)
