"""The index over periods and units, and a unit's page: what they show, and that their links lead somewhere."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from html import unescape
from urllib.parse import unquote

import pytest

from tally.blocks import Paragraph, Run
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import PeriodTables
from tally.paths import Paths
from tally.render.html.figures import unpacked
from tally.render.pages.index import campaign_page, unit_links, unit_page
from tally.render.pages.sparkline import sparkline
from tally.report.amendments.record import Release
from tally.store.files import write_text
from tally.store.seals import write_record
from tally.store.tables import load_period, schema, write_table


def put(root, tables, period: str, *files: str) -> Paths:
    paths = Paths(root, CAMPAIGN.name, period)
    for name in ("returns", "findings"):
        write_table(getattr(tables, name), paths.processed / f"{name}.parquet", schema(name, CAMPAIGN))
    for file in files:
        write_text(paths.reports / file, "x")
    return paths


def rows(html: str, table: str) -> list[list[str]]:
    part = re.search(rf'<div class="table[^"]*" id=b-{table}>.*?</table>', html, re.S)[0]
    return [
        [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.split(r"<t[hd]\b[^>]*>", row)[1:]]
        for row in re.split(r"<tr\b[^>]*>", part)[1:]
    ]


def numbered(html: str, text: str) -> int:
    """The number of the figure that the cell showing `text` opens: left out where it is the one after the last."""
    last = -1
    for number, shown in re.findall(r"<\w+[^>]* data-f(?:=(\d+))?[^>]*>([^<]*)", html):
        last = int(number or last + 1)
        if shown == text:
            return last
    raise AssertionError(f"no figure behind {text!r}")


def figures(html: str) -> dict[str, list]:
    return {
        ref: [label, value, [(name, said, cells) for name, said, _, cells in parts]]
        for ref, label, value, _, parts in unpacked(html)
    }


def test_processed_periods_are_shown_newest_first_with_how_complete_they_are(tables, tmp_path):
    put(tmp_path, tables, "2021-04")
    put(tmp_path, tables, "2021-05")

    shown = rows(campaign_page(CAMPAIGN, tmp_path), "periods")

    assert [r[0] for r in shown] == ["报送期", "2021年5月", "2021年4月"]
    assert shown[1][1:5] == ["30 / 33", "2", "1", "尚无报告"]


def test_each_unit_shows_how_its_return_came_and_what_was_found(tables, tmp_path):
    put(tmp_path, tables, "2021-05")

    shown = dict(rows(campaign_page(CAMPAIGN, tmp_path), "units"))

    assert shown["亭湖区"] == "按时，差错1"
    assert shown["盐都区"] == "按时，疑点1"
    assert shown["大丰区"] == "逾期"
    assert shown["盐南高新区"] == "未报，差错1"


def test_a_unit_that_sent_some_forms_only_is_not_called_on_time(tables, tmp_path):
    part = tables.returns.query("not (unit == '320981' and form == 'sampling')")
    put(tmp_path, PeriodTables("2021-05", {}, tables.cells, tables.findings, part), "2021-05")

    assert dict(rows(campaign_page(CAMPAIGN, tmp_path), "units"))["东台市"] == "缺1份材料"


def test_the_index_links_only_to_files_that_are_there(tables, tmp_path):
    put(tmp_path, tables, "2021-04")
    put(tmp_path, tables, "2021-05", "report.html", "forms.xlsx", "units/320902.html")

    html = campaign_page(CAMPAIGN, tmp_path)

    links = {a for a in re.findall(r'href="([^"]+)"', html) if not a.startswith(("#", "data:"))}
    assert links == {"2021-05/report.html", "2021-05/forms.xlsx", "2021-05/units/320902.html"}
    assert all((tmp_path / "reports" / CAMPAIGN.name / a).exists() for a in links)
    assert "尚无报告" in html


def test_the_index_leads_to_editions_lists_letters_and_blank_forms(tables, tmp_path):
    files = (
        "report.html", "问题清单.xlsx", "public/report.pdf", "handover/credit_publicity.xlsx", "remind/320902.docx",
        "feedback/320902.xlsx",
    )  # fmt: skip
    put(tmp_path, tables, "2021-05", *files)
    put(tmp_path, tables, "2021-04")
    write_text(Paths(tmp_path, CAMPAIGN.name, "2021-06").reports / "templates" / "亭湖区-2021年6月-统计表.xlsx", "x")

    links = {unquote(a) for a in re.findall(r'href="([^"]+)"', campaign_page(CAMPAIGN, tmp_path))}

    assert {*(f"2021-05/{name}" for name in files), "2021-06/templates/亭湖区-2021年6月-统计表.xlsx"} <= links


def test_the_index_says_what_is_open_and_who_it_waits_for(tables, tmp_path):
    put(tmp_path, tables, "2021-05", "report.html")

    html = campaign_page(CAMPAIGN, tmp_path, (Paragraph((Run("【待补充】", kind="todo"),)),))

    items = [re.sub("<[^>]+>", "", item) for item in re.findall(r"<li>(.*?)</li>", html)]
    assert items == [
        "1个单位没有报齐：盐南高新区。",
        "差错2处（2个单位）、疑点1处（1个单位）待更正或说明，见问题清单。",
        "催报和更正通知尚未生成：python pipeline.py remind 2021-05。",
        "报告有1处【待补充】，在 data/narrative/masks_2021/2021-05.md 中撰写。",
        "报告尚未发布，审核后运行 python pipeline.py approve 2021-05 --by 姓名。",
    ]


@pytest.mark.parametrize(("corrections", "behind"), [("一", False), ("二", True)])
def test_a_public_edition_made_from_other_data_than_the_report_is_called_out_of_date(
    tables, tmp_path, corrections, behind
):
    put(tmp_path, tables, "2021-05", "report.html", "public/report.html")
    runs = Paths(tmp_path, CAMPAIGN.name, "2021-05").runs
    write_record(runs / "report.state.json", {"units": "甲", "corrections": corrections, "parameters": "内"})
    write_record(runs / "public" / "report.state.json", {"units": "甲", "corrections": "一", "parameters": "外"})

    assert ("已过时，须重新生成" in campaign_page(CAMPAIGN, tmp_path)) is behind


def released(paths: Paths, number: int, page: str) -> None:
    """A release of the period that printed `page`."""
    files = {"report.html": hashlib.sha256(page.encode()).hexdigest()}
    record = Release(number, CAMPAIGN.name, paths.period, "李审", "2021-06-20", {}, (), files, (), {}, "", "")
    write_text(paths.reports / "releases" / str(number) / "release.json", record.json())


@pytest.mark.parametrize(
    ("printed", "state"),
    [("x", "第2次发布，2021-06-20，李审"), ("y", "第2次发布，2021-06-20，李审；其后有改动，未再次发布")],
)
def test_the_index_says_which_release_the_report_is_or_that_it_is_none(tables, tmp_path, printed, state):
    paths = put(tmp_path, tables, "2021-05", "report.html")
    released(paths, 1, "x")
    released(paths, 2, printed)

    html = campaign_page(CAMPAIGN, tmp_path)

    assert rows(html, "periods")[1][4] == state
    assert ("审核更正说明后再次发布" in html) == (printed == "y")


def test_a_damaged_release_record_is_said_and_stops_no_index(tables, tmp_path):
    paths = put(tmp_path, tables, "2021-05", "report.html")
    write_text(paths.reports / "releases" / "1" / "release.json", "{")

    html = campaign_page(CAMPAIGN, tmp_path)

    assert rows(html, "periods")[1][4] == "发布记录已损坏，请核对"


def test_a_line_over_the_periods_is_broken_where_a_period_has_no_value():
    drawn = sparkline([Decimal(1), Decimal(2), None, Decimal(4), Decimal(3)], "查办案件 1，2，—，4，3")

    assert drawn.count("<polyline") == 2 and drawn.count("<circle") == 1
    assert 'aria-label="查办案件 1，2，—，4，3"' in drawn


def test_an_index_before_the_first_run_is_a_page_without_rows(tmp_path):
    assert rows(campaign_page(CAMPAIGN, tmp_path), "periods")[1:] == []


def test_every_cell_of_a_matrix_form_opens_to_its_raw_value_state_and_address(tables):
    made = figures(unit_page(CAMPAIGN, "2021-05", "320903", tables))

    label, value, parts = made["cases.quality.cases_handled"]
    assert (label, value) == ("质量类案件　查办案件", "38件")
    assert parts == [("查办案件（直接读取）", "", [["320903/报表.xlsx", "附件4", "D14", "38", "38", []]])]
    assert len([ref for ref in made if ref.startswith("cases.")]) == 72


def test_an_empty_cell_says_that_it_is_empty_and_still_opens(tables):
    html = unit_page(CAMPAIGN, "2021-05", "320902", tables)

    name, _, cells = figures(html)["cases.price.officers_dispatched"][2][0]
    assert (name, cells[0][3:]) == ("出动执法人员（空白）", ["", "（空）", []])
    assert "（空）" in rows(html, "table-cases")[1]


def test_a_record_of_a_list_form_opens_to_all_its_cells(tables):
    label, _, parts = figures(unit_page(CAMPAIGN, "2021-05", "320902", tables))["sampling.1"]

    assert label == "口罩专项抽查/抽检情况统计表　第1条"
    assert len(parts) == len(CAMPAIGN.form("sampling").fields)
    assert ("抽查结果（直接读取）", "", [["320902/报表.xlsx", "附件5", "F8", "不合格", "不合格", []]]) in parts


def test_findings_are_grouped_by_severity_and_lead_to_the_cell_they_speak_of(tables):
    html = unit_page(CAMPAIGN, "2021-05", "320902", tables)

    assert rows(html, "list-error")[1] == [
        "1", "附件4　合计　罚没", "9.9", "2.1", "合计与各类之和不符", "请核对合计", "320902/报表.xlsx　附件4　G12",
    ]  # fmt: skip
    assert list(figures(html))[numbered(html, "合计与各类之和不符")] == "cases.total.fines_confiscations"
    assert "疑点（" not in html


def test_findings_come_before_what_was_reported(tables):
    html = unit_page(CAMPAIGN, "2021-05", "320902", tables)

    assert html.index("一、发现的问题") < html.index("二、报送记录") < html.index("三、填报数据")


def test_a_cell_in_doubt_says_in_words_why(tables):
    words = [
        cell[5]
        for *_, parts in figures(unit_page(CAMPAIGN, "2021-05", "320902", tables)).values()
        for *_, cells in parts
        for cell in cells
    ]

    assert ["存疑：合计与各类之和不符 请核对合计"] in words


def test_a_unit_that_sent_nothing_has_a_page_that_says_so(tables):
    html = unit_page(CAMPAIGN, "2021-05", "320990", tables)

    assert [r[4] for r in rows(html, "returns")[1:]] == ["未报", "未报", "未报"]
    assert html.count("没有可用的数据。") == 3
    assert "未报送附件4" in html and "未报材料3份，须补报" in html


def test_a_unit_of_which_no_table_speaks_has_a_page_too(tables):
    nothing = PeriodTables(
        "2021-05", {n: f.iloc[:0] for n, f in tables.forms.items()},
        tables.cells.iloc[:0], tables.findings.iloc[:0], tables.returns.iloc[:0],
    )  # fmt: skip

    html = unit_page(CAMPAIGN, "2021-05", "320902", nothing)

    assert "本期没有收到该单位的任何材料。" in html and "没有发现问题。" in html


def test_a_unit_page_links_to_those_of_its_files_that_are_there(tables, tmp_path):
    paths = put(tmp_path, tables, "2021-05", "feedback/320902.xlsx", "runs/county-320903.ipynb")

    pages = {
        code: unit_page(CAMPAIGN, "2021-05", code, tables, links=unit_links(paths, code))
        for code in ("320902", "320903")
    }

    links = {code: re.findall(r'href="(\.[^"#]+)"', html) for code, html in pages.items()}
    assert links["320902"] == ["../../index.html", "../report.html", "../feedback/320902.xlsx"]
    assert links["320903"] == ["../../index.html", "../report.html", "../runs/county-320903.ipynb"]


def test_addresses_of_files_hold_any_character(tables):
    html = unit_page(CAMPAIGN, "2021-05", "320902", tables, links=(("反馈表", "../反馈 #1.xlsx"),))

    assert 'href="../%E5%8F%8D%E9%A6%88%20%231.xlsx"' in html


def test_a_cell_with_an_open_error_bears_the_mark_of_the_report(tables):
    html = unit_page(CAMPAIGN, "2021-05", "320902", tables)

    assert len(re.findall(r"<td class=doubt", html)) == 1


def test_hostile_texts_of_returns_are_inert(tables):
    html = unit_page(CAMPAIGN, "2021-05", "320902", tables)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html


def test_tables_read_back_from_disk_give_the_same_page(tables, tmp_path):
    paths = Paths(tmp_path, CAMPAIGN.name, "2021-05")
    for name, frame in {
        **tables.forms,
        "cells": tables.cells,
        "findings": tables.findings,
        "returns": tables.returns,
    }.items():
        write_table(frame, paths.processed / f"{name}.parquet", schema(name, CAMPAIGN))

    again = load_period(paths, CAMPAIGN)

    assert unit_page(CAMPAIGN, "2021-05", "320902", again) == unit_page(CAMPAIGN, "2021-05", "320902", tables)
