"""The query log as a printable record, and its questions in the next letter."""

from __future__ import annotations

import docx
import openpyxl

import pipeline
from tests.desk import world


def test_a_question_is_put_in_the_next_letter_and_kept_in_the_record(desk):
    paths = desk.paths
    item = next(i for i in desk.answer({"ask": "overview"})["items"] if "停产" in i["members"][0]["message"])
    names = [m["name"] for m in item["members"]]
    question = "这批样品是停产前抽的吗？请附抽样单"
    desk.answer({"ask": "ask", "names": names, "text": question, "channel": "电话"})
    assert pipeline.main(["remind", paths.period, "--root", str(paths.root), "--lang", "zh"]) == 0
    assert question in (paths.reports / "remind" / "320981.txt").read_text("utf-8")
    assert record(paths)[1:] == [["东台市", question, "电话", "李分析", "", "尚未解决"]] * len(names)
    desk.answer({"ask": "answer", "names": names, "text": "是停产前的库存", "channel": "书面"})
    desk.answer({"ask": "explain", "names": names, "text": "抽的是停产前的库存"})
    world.check(paths)
    assert pipeline.main(["remind", paths.period, "--root", str(paths.root), "--lang", "zh"]) == 0
    assert record(paths)[1] == ["东台市", question, "电话", "李分析", "是停产前的库存", "已解决"]
    words = [c.text for t in docx.Document(paths.reports / "审核查询记录.docx").tables for r in t.rows for c in r.cells]
    assert question in words and "已解决" in words


def record(paths) -> list[list[str]]:
    """Unit, question, channel, who, answer and outcome of each line, headings first."""
    sheet = openpyxl.load_workbook(paths.reports / "审核查询记录.xlsx").worksheets[0]
    return [[row[c].value or "" for c in (1, 4, 6, 7, 8, 11)] for row in sheet.iter_rows(min_row=2)]
