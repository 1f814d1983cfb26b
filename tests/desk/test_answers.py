"""A unit's answer in the list it sends back is a proposal at the desk, and nobody is asked again for what was answered."""

from __future__ import annotations

import openpyxl

import pipeline
from tally.locate.imprint import ANSWER
from tests.desk import world

WHY = "抽的是停产前的库存，4月29日生产"
UNIT = "320981"


def test_an_answer_in_the_returned_file_is_ready_to_be_agreed_to(desk):
    paths = desk.paths
    remind = ["remind", paths.period, "--root", str(paths.root), "--lang", "zh"]
    assert pipeline.main(remind) == 0
    letter = paths.reports / "remind" / f"{UNIT}.txt"
    assert "为停产" in letter.read_text("utf-8") or "为 停产" in letter.read_text("utf-8")
    answer(paths.feedback / f"{UNIT}.xlsx", paths.raw / "东台市反馈.xlsx")
    world.check(paths)
    desk.renew()
    item = next(i for i in desk.answer({"ask": "overview"})["items"] if "停产" in i["members"][0]["message"])
    assert item["state"] == "answered"
    evidence = desk.answer({"ask": "evidence", "name": item["name"]})
    assert [a["text"] for a in evidence["answers"]] == [WHY]
    assert pipeline.main(remind) == 0
    assert "停产" not in letter.read_text("utf-8")
    names = [m["name"] for m in item["members"]]
    assert "error" not in desk.answer({"ask": "explain", "names": names, "text": evidence["answers"][0]["text"]})
    world.check(paths)
    desk.renew()
    assert item["name"] not in {i["name"] for i in desk.answer({"ask": "overview"})["items"]}


def answer(sent, returned) -> None:
    """The clerk answers the doubt about the stopped firm and sends the workbook back."""
    book = openpyxl.load_workbook(sent)
    sheet = book["问题清单"]
    for row in sheet.iter_rows():
        texts = [str(c.value or "") for c in row]
        if "停产" in "".join(texts) and texts[1] == "疑点":
            row[9].value = WHY
    assert any(c.value == ANSWER for row in sheet.iter_rows() for c in row)
    book.save(returned)
