"""What is confirmed once is read so ever after, with a note; what contradicts a declaration is refused."""

from __future__ import annotations

import pandas as pd
import pytest

import pipeline
from tally.campaigns.words import CHOICE, HEADER, UNIT, Word, contradiction, words
from tests.desk import world
from tests.life import truth

UNITS = ("320902", "320904")
NICKNAMES = {"320902": "湖心综合科", "320904": "麋乡综合科"}
LABELS = {u: {("cases", "cases_closed"): "了结的案子", ("", ""): NICKNAMES[u]} for u in UNITS}
SLANG = {(u, "sampling", "1", "result"): world.Mistake("过关", "合格") for u in UNITS}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """April with odd headers, choices and units' names; May with the same."""
    folder = tmp_path_factory.mktemp("mess")
    paths = world.send(folder, SLANG, LABELS, also=truth.APRIL)
    return paths


def check(paths) -> None:
    assert pipeline.main(["check", paths.period, "--root", str(paths.root), "--lang", "zh"]) == 0


def test_the_second_period_of_the_same_mess_needs_no_hand(root):
    april = root.beside(truth.APRIL)
    check(april)
    desk = world.desk(april)
    hands = 0
    for _ in range(4):
        lessons = taught(desk)
        hands += lessons
        if not lessons:
            break
        check(april)
        desk.renew()
    assert 0 < hands <= 6, "one header in two units is one decision"
    left = [i["members"][0]["message"] for i in desk.answer({"ask": "overview"})["items"]]
    assert left == []
    check(root)
    findings = pd.read_parquet(root.processed / "findings.parquet")
    assert findings[findings["severity"] != "note"]["message"].tolist() == []
    assert (findings["rule"] == "words.used").sum() >= 4
    for unit in UNITS:
        assert read(root, unit, "cases", "total", "cases_closed") == truth.of_unit(unit, truth.MAY, "cases_closed")
        assert read(root, unit, "sampling", "1", "result") == "合格"


def read(paths, unit: str, form: str, row: str, field: str):
    frame = pd.read_parquet(paths.processed / f"{form}.parquet")
    key = "category" if "category" in frame else "row"
    return frame[(frame["unit"] == unit) & (frame[key].astype(str) == row)].iloc[0][field]


MEANT = {"了结的案子": "cases_closed", "过关": "合格"}


def taught(desk) -> int:
    """Confirms what the desk asks about, one cause one decision; how many there were."""
    count = 0
    for name in [i["name"] for i in desk.answer({"ask": "overview"})["items"]]:
        item = next(i for i in desk.answer({"ask": "overview"})["items"] if i["name"] == name)
        lesson = desk.answer({"ask": "evidence", "name": item["name"]})["lesson"]
        if item["state"] == "decided" or not lesson:
            continue
        written = lesson["written"].split("（")[0]
        means = MEANT.get(written) or lesson["options"][0][0]
        names = [m["name"] for m in item["members"]]
        answer = desk.answer({"ask": "remember", "names": names, "means": means, "everywhere": True})
        assert "error" not in answer, answer
        count += 1
    return count


@pytest.mark.parametrize(
    ("word", "why"),
    [
        (Word(HEADER, "cases", "", "结案", "cases_filed"), "按规定就是“cases_closed”"),
        (Word(CHOICE, "sampling", "result", "不合格", "合格"), "按规定就是“不合格”"),
        (Word(UNIT, "", "", "东台", "320902"), "按规定就是"),
        (Word(UNIT, "", "", "高新区", "320990"), "按规定就是"),
        (Word(HEADER, "cases", "", "随便什么", "no_such_field"), "可指"),
        (Word("口味", "cases", "", "甜", "x"), "没有写明类型"),
        (Word(HEADER, "cases", "", "了结", "cases_closed"), ""),
    ],
)
def test_a_writing_that_contradicts_a_declaration_is_refused(word, why):
    said = contradiction(world.CAMPAIGN, word)
    assert why in said and bool(said) == bool(why)


def test_a_line_written_by_hand_that_contradicts_is_told_by_its_number(tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(
        "类型,表,栏目,写法,意思,单位,经办人,日期\r\n表头,cases,,结案,cases_filed,,某甲,1\r\n", encoding="gbk"
    )
    with pytest.raises(Exception, match="第 2 行不能采用"):
        words(path, world.CAMPAIGN)


def test_two_lines_that_give_one_writing_two_meanings_are_refused(tmp_path):
    path = tmp_path / "m.csv"
    line = "表头,cases,,了结,{},,某甲,1\r\n"
    head = "kind,form,field,written,means,unit,who,when\r\n"
    path.write_text(head + line.format("cases_closed") + line.format("cases_filed"), encoding="utf-8")
    with pytest.raises(Exception, match="第 3 行不能采用：“了结”已确认为“cases_closed”"):
        words(path, world.CAMPAIGN)
