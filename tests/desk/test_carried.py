"""What stands from an earlier period is worked where it is open: its own file beside it, the line in that period's file."""

from __future__ import annotations

import openpyxl
import pytest

from tally.check.corrections import CORRECTIONS, load_corrections
from tally.desk import city_list
from tally.store.lines import append
from tests.desk import world
from tests.desk.world import ask

UNIT, REASON = "320902", "县局6月8日来电更正"
PLACE = (UNIT, "cases", "quality", "fines_confiscations")


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    """April's and May's fines of one category ten thousand times too large; both checked."""
    true = world.records(UNIT, world.APRIL)["cases"]["quality"]["fines_confiscations"]
    mistake = {PLACE: world.Mistake(int(true * 10_000), true)}
    may = world.send(tmp_path_factory.mktemp("carried"), mistake, also=world.APRIL)
    world.check(may.beside(world.APRIL))
    world.check(may)
    return may


def carried(desk):
    items = ask(desk, ask="overview")["items"]
    return [i for i in items if i["members"][0]["rule"].startswith("carried.")]


def test_april_stands_beside_it_and_is_corrected_in_april(paths):
    desk = world.desk(paths)
    (item,) = carried(desk)
    evidence = ask(desk, ask="evidence", name=item["name"])
    assert evidence["home"] == {"period": "2021年4月", "release": 0}
    (change,) = evidence["proposals"][0]["changes"]
    assert evidence["cell"]["guard"] == change["old"] and evidence["sheet"]["rows"]
    assert evidence["periods"][-1]["period"] == world.APRIL

    effect = ask(desk, ask="effect", name=item["name"], changes=[change])
    assert effect["solved"] and not effect["raised"]
    names = [m["name"] for m in item["members"]]
    ask(desk, ask="correct", names=names, changes=[change], reason=REASON)
    april = paths.beside(world.APRIL).corrections
    (line,) = load_corrections(april, desk.campaign).entries
    assert (line.unit, line.form, line.row, line.field) == PLACE and not paths.corrections.exists()
    assert carried(desk)[0]["state"] == "decided"

    ask(desk, ask="undo")
    assert not load_corrections(april, desk.campaign).entries and carried(desk)[0]["state"] != "decided"
    ask(desk, ask="correct", names=names, changes=[change], reason=REASON)
    ask(desk, ask="check")
    assert not carried(desk)


def test_a_page_that_another_check_has_overtaken_writes_nothing(paths):
    desk = world.desk(paths)
    item = ask(desk, ask="overview")["items"][0]
    names = [m["name"] for m in item["members"]]
    append(paths.corrections, CORRECTIONS, [{"unit": UNIT, "form": "cases", "row": "total", "field": "cases_closed"}])
    world.check(paths)
    refusal = desk.answer({"ask": "explain", "names": names, "text": "含以前月份立案的案件2件"})["error"]
    assert "已重新核对过" in refusal["fact"] and not paths.explanations.exists()
    ask(desk, ask="overview")
    ask(desk, ask="explain", names=names, text="含以前月份立案的案件2件")


def test_a_list_taken_back_writes_to_the_period_in_which_the_finding_is_open(tmp_path):
    true = world.records(UNIT, world.APRIL)["cases"]["quality"]["fines_confiscations"]
    paths = world.send(tmp_path, {PLACE: world.Mistake(int(true * 10_000), true)}, also=world.APRIL)
    world.check(paths.beside(world.APRIL))
    world.check(paths)
    desk = world.desk(paths)
    (item,) = carried(desk)
    listed = city_list.write_list(desk.snapshot)
    book = openpyxl.load_workbook(listed)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[city_list.HEAD_ROW]}
    numbers = {sheet.cell(r, heads["编号"]).value: r for r in range(city_list.HEAD_ROW + 1, sheet.max_row + 1)}
    row = numbers[item["members"][0]["name"]]
    sheet.cell(row, heads["处理"]).value = city_list.ACCEPT
    book.save(listed)
    (outcome,) = city_list.take_back(desk.snapshot, listed, desk.author())
    assert not outcome.refused and outcome.period == world.APRIL and "写入2021年4月的文件" in outcome.sentence
    (line, *_) = load_corrections(paths.beside(world.APRIL).corrections, desk.campaign).entries
    assert (line.unit, line.form, line.row, line.field) == PLACE and not paths.corrections.exists()


def test_a_proposal_for_a_part_carries_the_total_that_adds_it_up(tmp_path):
    true = world.records(UNIT, world.MAY)["cases"]
    part, total = (true[row]["fines_confiscations"] for row in ("quality", "total"))
    wrong = int(part * 10_000)
    mistakes = {
        PLACE: world.Mistake(wrong, part),
        (UNIT, "cases", "total", "fines_confiscations"): world.Mistake(round(total - part + wrong, 4), total),
    }
    desk = world.desk(world.checked(tmp_path, mistakes))
    items = ask(desk, ask="overview")["items"]
    item = next(i for i in items if i["unit"] == UNIT and "疑似把元" in i["members"][0]["suggestion"])
    first = ask(desk, ask="evidence", name=item["name"])["proposals"][0]["changes"]
    assert {(c["row"], float(c["new"])) for c in first} == {("quality", float(part)), ("total", float(total))}
    effect = ask(desk, ask="effect", name=item["name"], changes=first)
    assert effect["solved"] and not effect["raised"]
