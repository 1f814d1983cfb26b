"""What a mail says of the forms in it, and what folders say of the files in them, is said; nothing is changed for it."""

from __future__ import annotations

import pytest

from benchmarks.parcels import packing
from samples.writers.xlsx import typed
from tests.unit.county.conftest import cases_sheet, sampling_sheet

FORM = typed({"附件4": cases_sheet()})
UNDATED = typed({"附件4": [row[:4] if n == 2 else row for n, row in enumerate(cases_sheet())]})


def said(read, rule: str) -> list[tuple[str, str]]:
    return [(f.form, f.found) for f in read.all_findings if f.rule == rule]


SPEAKING = [
    ("附件4中质量类查办案件应为16件，请代为修改。", "亭湖区口罩报表"),
    ("此为4月数据，5月数据下周报。", "亭湖区口罩报表"),
    ("表中金额单位为元。", "亭湖区口罩报表"),
    ("请忽略之前发送的邮件，以此为准。", "亭湖区口罩报表"),
    ("请查收。", "（作废）亭湖区5月报表"),
    ("请查收。", "（测试）报表"),
    ("请查收。", "转发：4月报表"),
    ("请查收。", "补报4月"),
    ("本表不含开发区数据。", "亭湖区口罩报表"),
]


@pytest.mark.parametrize(("text", "subject"), SPEAKING)
@pytest.mark.parametrize("kind", ["eml", "msg", "forwarded"])
def test_a_mail_that_speaks_of_its_forms_is_quoted_under_them(folder, text, subject, kind):
    mail = packing.message({"附件4.xlsx": FORM}, text=text, subject=subject)
    if kind == "msg":
        outlook = packing.outlook({"附件4.xlsx": FORM}, text=f"{subject}\n{text}")
        data = outlook.to_bytes()
    elif kind == "forwarded":
        outer = packing.message({}, text="转发", subject="转发")
        outer.add_attachment(mail)
        data = outer.as_bytes()
    else:
        data = mail.as_bytes()
    folder.put(f"亭湖区/报.{'msg' if kind == 'msg' else 'eml'}", data)
    (quoted,) = said(folder.read(), "intake.letter_says")
    assert quoted[0] == "cases" and (quoted[1] in text or quoted[1] == subject)


@pytest.mark.parametrize(
    "text",
    [
        "请查收。",
        "您好！\n附件为亭湖区5月份报表，请查收。如有错误请及时联系某甲。\n联系电话：0515-0000000",
        "6月3日报送5月报表。\n> 请于4月10日前报送4月报表，以此为准",
        "现将本月报表报上，共三张。",
    ],
)
def test_a_covering_letter_gives_nothing_to_ask(folder, text):
    folder.put("亭湖区/报.eml", packing.message({"附件4.xlsx": FORM}, text=text).as_bytes())
    assert not said(folder.read(), "intake.letter_says")


def test_of_several_forms_the_one_that_is_named(folder):
    files = {"附件4.xlsx": FORM, "附件5.xlsx": typed({"附件5": sampling_sheet(["某口罩厂"])})}
    folder.put("亭湖区/报.eml", packing.message(files, text="附件5有误，请以后发的为准。").as_bytes())
    assert [form for form, _ in said(folder.read(), "intake.letter_says")] == ["sampling"]


PLACES = [
    ("亭湖区/4月/附件4.xlsx", "returns.other_period"),
    ("亭湖区/2020年/附件4.xlsx", "returns.other_period"),
    ("亭湖区/上半年/附件4.xlsx", "returns.title_time"),
    ("亭湖区/旧/附件4.xlsx", "returns.title_status"),
    ("亭湖区/模板/附件4.xlsx", "returns.title_status"),
    ("亭湖区/草稿/附件4.xlsx", "returns.title_status"),
    ("亭湖区/测试/附件4.xlsx", "returns.title_status"),
    ("亭湖区/退回/附件4.xlsx", "returns.title_status"),
    ("亭湖区/5月/附件4.xlsx", ""),
    ("亭湖区/2021-06-03/附件4.xlsx", ""),
    ("亭湖区/6月3日/附件4.xlsx", ""),
    ("亭湖区/第二次/附件4.xlsx", ""),
    ("亭湖区/口罩专项整治/附件4.xlsx", ""),
]


@pytest.mark.parametrize(("place", "rule"), PLACES)
def test_a_folder_that_says_another_time_or_that_it_does_not_count_is_quoted(folder, place, rule):
    folder.put(place, UNDATED)
    named = {f.rule for f in folder.read().all_findings if f.rule.startswith(("returns.other", "returns.title"))}
    assert named == ({rule} if rule else set())


@pytest.mark.parametrize("word", ["4月", "作废"])
@pytest.mark.parametrize(("outer", "inner"), [("{}.zip", "附件4.xlsx"), ("报送.zip", "{}/附件4.xlsx")])
def test_an_archives_name_and_the_folders_in_it_count_alike(folder, word, outer, inner):
    outer, inner = outer.format(word), inner.format(word)
    folder.put(f"亭湖区/{outer}", packing.zipped({inner: UNDATED}))
    files = {f.file for f in folder.read().all_findings if f.rule in ("returns.other_period", "returns.title_status")}
    assert files == {f"亭湖区/{outer}!{inner}"}


@pytest.mark.parametrize("aside", ["亭湖区/作废/附件4.xlsx", "亭湖区/附件4（作废）.xlsx", "亭湖区/旧/附件4.xlsx"])
def test_what_a_name_calls_void_is_set_aside_for_what_none_does(folder, aside):
    folder.put(aside, typed({"附件4": cases_sheet(quality=(9, 9, 9, 9, 9, 9, 9, 9, 9))}))
    folder.put("亭湖区/附件4.xlsx", FORM)
    read = folder.read()
    assert read.returns["cases"].frame.loc["quality", "cases_handled"] == 3
    about = [f.rule for f in read.all_findings if f.file == aside and f.severity != "note"]
    assert about == ["returns.set_aside"]


@pytest.mark.parametrize(
    ("line", "asks"), [("关于报送4月份口罩统计表的函", True), ("关于报送5月份口罩统计表的函", False)]
)
def test_a_line_above_the_table_that_speaks_of_another_month_is_quoted(folder, line, asks):
    sheet = [row[:4] if n == 2 else row for n, row in enumerate(cases_sheet())]
    folder.put("亭湖区/附件4.xlsx", {"附件4": [[line], *sheet]})
    quoted = [f.found for f in folder.read().all_findings if f.rule == "form.words_above" and f.severity == "warning"]
    assert quoted == ([line] if asks else [])
