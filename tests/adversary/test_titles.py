"""What a title, a sheet's name, a file's name, the seal line and a note say of the figures is known or said."""

import io

import docx
import pytest

from tests.adversary.world import TITLES, form4, workbook

TITLE = TITLES["cases"]


def returned(title: str = TITLE, day: str = "2021年6月1日", seal: list | None = None, note: str = "") -> list[list]:
    rows = form4(day=day)
    rows[1] = [title]
    rows[2] = seal or rows[2]
    return [*rows, [note]] if note else rows


OTHERWISE = {
    "title of another year": ("附件4", "表", returned("2020年" + TITLE)),
    "title of a half year": ("附件4", "表", returned("上半年" + TITLE)),
    "title of a sample": ("附件4", "表", returned(TITLE + "（样表）")),
    "title of a plan": ("附件4", "表", returned("口罩案件查处计划表")),
    "title of another article": ("附件4", "表", returned("防护服案件查处情况统计表")),
    "sheet of a draft": ("附件4", "草稿", returned()),
    "sheet of a half year": ("附件4", "上半年", returned()),
    "file of last year": ("附件4 上年同期", "表", returned()),
    "another stretch of days": ("附件4", "表", returned(day="统计时段：4月26日至5月25日")),
    "another year behind the seal": ("附件4", "表", returned(seal=["填报单位（盖章）：亭湖区市场监督管理局　2020年5月31日"])),
    "another year in numerals": ("附件4", "表", returned(seal=["填报单位：亭湖区　二〇二〇年五月三十一日"])),
    "file of an earlier day": ("附件4_0430", "表", returned()),
    "file of an earlier day with a point": ("附件4 4.30", "表", returned()),
    "sheet of a part": ("附件4", "医用", returned()),
    "sheet of sales on line": ("附件4", "线上", returned()),
    "sheet of another unit": ("附件4", "盐都", returned()),
    "sheet of an English month": ("附件4", "Apr", returned()),
    "sheet not to be used": ("附件4", "备份", returned()),
    "sheet before adding up": ("附件4", "汇总前", returned()),
    "sheet called old": ("附件4", "old", returned()),
    "file of a part": ("附件4-医用", "表", returned()),
    "file without a part": ("附件4（不含稽查）", "表", returned()),
    "file that was sent back": ("附件4（退回）", "表", returned()),
    "file before a deduction": ("附件4 核减前", "表", returned()),
    "file of another year behind a stroke": ("附件4_2020", "表", returned()),
    "title of medical masks": ("附件4", "表", returned(TITLE + "（医用口罩）")),
    "title of another unit": ("附件4", "表", returned("盐都区" + TITLE)),
    "a line of a draft above": ("附件4", "表", [*returned()[:3], ["（征求意见稿）"], *returned()[3:]]),
    "a line of a draft below": ("附件4", "表", returned(note="本表作废")),
    "another month in cells of its own": ("附件4", "表", returned(seal=["填报单位：亭湖区", None, 2021, "年", 4, "月", 30, "日"])),
    "another month as a number": ("附件4", "表", returned(seal=["填报单位：亭湖区", "报告期", 202104])),
    "another month behind its label": ("附件4", "表", returned(seal=["填报单位：亭湖区", "月份：", 4])),
    "stretch of another month in cells": ("附件4", "表", returned(seal=["填报单位：亭湖区", "自", 4, "月", 1, "日至4月30日"])),
    "another unit's code": ("附件4", "表", returned(seal=["填报单位：亭湖区", "行政区划代码：320903"])),
    "another unit's code as a number": ("附件4", "表", returned(seal=["填报单位：亭湖区", "单位代码", 320903])),
    "note of another month": ("附件4", "表", returned(note="以上为4月数据")),
    "note of provisional figures": ("附件4", "表", returned(note="注：以上数据未经审核，以正式上报为准")),
}  # fmt: skip
ORDINARY = {
    "month and unit": ("附件4", "表", returned("亭湖区2021年5月份" + TITLE)),
    "campaign": ("附件4", "Sheet1", returned("盐城市亭湖区口罩产品质量提升专项整治行动案件查处情况统计表")),
    "short name": ("2021年5月口罩专项整治报表", "附件4", returned("亭湖" + TITLE)),
    "spaces": ("最终版(2)", "案件", returned("口 罩 案 件 查 处 情 况 统 计 表")),
    "to date": ("附件4—案件查处（亭湖）", "5月", returned("全区口罩案件统计表（1-5月）")),
    "file sent back and sent again": ("附件4 退回后重报", "Sheet1 (2)", returned()),
    "file of a mistake that was mended": ("附件4 错误已改", "案件查处", returned()),
    "file of several forms": ("亭湖附件3-5 非医用口罩生产企业及案件", "第5期", returned()),
    "a template that was filled in": ("附件4模板", "上报", returned()),
    "sheet of a day's report": ("附件4_0531", "2021年5月31日报", returned()),
    "file of its own day": ("附件4 5.31", "4.1", returned()),
    "a form of ours in one line": (
        "附件4",
        "表",
        returned(f"附件4 表式版本be473967 {TITLE} 报送期：2021年5月（2021年5月1日至5月31日）"),
    ),
    "its own days": ("附件4", "表4", returned(day="统计时段：5月1日至5月31日")),
    "day behind the seal": ("附件4", "表", returned(seal=["填报单位（盖章）：亭湖区市场监督管理局　2021年5月31日"])),
    "its own month in cells": ("附件4", "表", returned(seal=["填报单位：亭湖区", None, 2021, "年", 5, "月", 31, "日"])),
    "its own month as a number": ("附件4", "表", returned(seal=["填报单位：亭湖区", "报告期", 202105])),
    "its own code": ("附件4", "表", returned(seal=["填报单位：亭湖区", "行政区划代码：320902"])),
    "note of this month": ("附件4", "表", returned(note="注：本表为5月数据")),
}


@pytest.mark.parametrize(
    ("april", "may"),
    [
        ("4/30/2021", "5/31/2021"), ("30.04.2021", "31.05.2021"), ("二Ｏ二一年四月三十日", "二Ｏ二一年五月三十一日"), ("21.4.30", "21.5.31"),
        ("2021年04月30曰", "2021年05月31曰"), ("2021-4", "2021-5"), ("（4）月", "（5）月"), ("2021年肆月", "2021年伍月"),
    ],
)  # fmt: skip
def test_a_day_above_the_table_is_understood_however_it_is_written(world, april, may):
    world.put("亭湖区/附件4.xlsx", {"表": returned(day=may)})
    assert world.run().rules() <= {"returns.missing"}
    world.put("亭湖区/附件4.xlsx", {"表": returned(day=april)})
    assert "returns.other_period" in world.run().rules("error")


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_name_that_says_something_else_is_said(world, name):
    stem, sheet, rows = OTHERWISE[name]
    world.put(f"亭湖区/{stem}.xlsx", {sheet: rows})
    assert world.run().rules() - {"returns.missing"}


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_name_says_nothing(world, name):
    stem, sheet, rows = ORDINARY[name]
    world.put(f"亭湖区/{stem}.xlsx", {sheet: rows})
    out = world.run()
    assert out.value("quality", "cases_handled") == 4
    assert out.rules() <= {"returns.missing"}


def test_a_word_in_a_sheet_name_that_nobody_knows_is_noted(world):
    world.put("亭湖区/附件4.xlsx", {"质监科": returned()})
    assert "returns.title_words" in world.run().rules("note")


@pytest.mark.parametrize("place", ["header", "footer"])
def test_a_page_that_says_it_is_a_draft_is_asked_about(world, place):
    def change(book) -> None:
        sheet = book.active
        part = sheet.oddHeader if place == "header" else sheet.oddFooter
        part.center.text = "征求意见稿"

    world.put("亭湖区/附件4.xlsx", workbook({"表": form4()}, change))
    assert "returns.title_status" in world.run().rules("warning")


def test_a_letter_with_an_empty_table_is_named(world):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("附件4中质量类查办案件应为14件，特此更正。")
    document.add_table(1, 1)
    document.save(out)
    world.put("亭湖区/附件4.xlsx", {"表": form4()})
    world.put("亭湖区/更正说明.docx", out.getvalue())
    assert "intake.no_form" in world.run().rules("error")


@pytest.mark.parametrize(
    ("office", "day", "rules"),
    [
        ("亭湖区市场监督管理局（章）", "2021年5月31日", set()),
        ("亭湖区市场监督管理局（章）", "2021年4月30日", {"returns.other_period"}),
        ("填报单位（盖章）：盐都区市场监督管理局", "2021年5月31日", {"intake.unit_disagrees"}),
    ],
)
def test_seal_and_day_at_the_foot_say_what_they_say_at_the_head(world, office, day, rules):
    rows = [row for at, row in enumerate(form4()) if at != 2]
    foot = [[office, *[None] * 6, day]] if "：" in office else [[*[None] * 7, office], [*[None] * 7, day]]
    world.put("亭湖区/附件4.xlsx", {"表": [*rows, *foot]})
    assert world.run().rules("error") - {"returns.missing"} == rules


def test_of_sheets_before_and_after_a_mending_the_mended_one_counts(world):
    before, after = returned(), returned()
    before[5][3] = 99
    world.put("亭湖区/附件4.xlsx", {"修改前": before, "修改后": after})
    out = world.run()
    assert "returns.set_aside" in out.rules() and not {"returns.versions", "returns.title_words"} & out.rules()
