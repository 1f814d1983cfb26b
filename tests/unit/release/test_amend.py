"""What a later run amends, with causes down to the cell; and telling a released file from any other."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, date, datetime

import openpyxl
import pandas as pd
import pypdf
import pytest

from tally import campaigns, totals
from tally.life.recognise import broken, recognise
from tally.paths import Paths
from tally.report.amendments.amend import FILE
from tally.report.amendments.causes import Causes
from tally.report.amendments.record import latest, place
from tally.store.seals import write_sealed
from tests.campaigns import returns
from tests.unit.release.conftest import CAMPAIGN, PERIOD, REASONS, explain, release, run


@pytest.fixture(scope="module")
def amended(made, tmp_path_factory):
    """Released, then a cell corrected by its unit, one by the bureau, a record added, a return come late; run again."""
    root = shutil.copytree(made, tmp_path_factory.mktemp("amended") / "root")
    release(root)
    paths = Paths(root, CAMPAIGN, PERIOD)
    file = paths.raw / "柳塘" / "3月下半月报表.xlsx"
    book = openpyxl.load_workbook(file)
    first, second = book.worksheets
    first["C5"], first["C10"] = 4, 5
    second.append((2, "30105", "塘边百货", "限速器失效", "2022-03-25", "整改中", "否"))
    book.save(file)
    paths.corrections.parent.mkdir(parents=True)
    paths.corrections.write_text(
        "unit,form,row,field,old,new,reason,who,when\n"
        "995102,visits,homes,fines,0.4,0.6,街道4月7日来函更正,王小明,2022-04-07\n"
        "995102,visits,all,fines,0.4,0.6,街道4月7日来函更正,王小明,2022-04-07\n",
        encoding="utf-8",
    )
    returns.workbook(paths.raw / "青岭镇" / "补报.xlsx", "青岭镇", "2022年4月7日", returns.WANGHU, ())
    came = datetime(2022, 4, 7, 9, tzinfo=UTC).timestamp()
    os.utime(paths.raw / "青岭镇" / "补报.xlsx", (came, came))
    explain(root, *REASONS[:3], "995104,hazards,,,returns.empty,镇里来函说明本期无新增隐患,王小明,2022-04-08")
    run(root)
    return paths


def entries(paths: Paths) -> dict[str, dict]:
    told = json.loads((paths.reports / FILE).read_text(encoding="utf-8"))
    return {e["ref"]: e for e in told["entries"]}


def test_a_changed_cell_is_named_with_what_it_said_and_says(amended):
    entry = entries(amended)["visits.all.hazards_found@995101"]
    assert (entry["old"], entry["new"]) == ("4处", "5处")
    assert entry["causes"] == ["柳塘街道“发现隐患”柳塘/3月下半月报表.xlsx　Sheet　C10：“4”→“5”"]


def test_a_city_figure_names_every_cause(amended):
    causes = entries(amended)["visits.all.hazards_found"]["causes"]
    assert len(causes) == 2
    assert causes[1] == "青岭镇补报《电梯安全检查情况统计表》（2022年3月下半月 青岭镇/补报.xlsx）"


def test_a_correction_is_named_with_its_reason(amended):
    (cause,) = entries(amended)["visits.homes.fines@995102"]["causes"]
    assert "石桥街道/电梯检查情况.docx　表1　F2" in cause and "街道4月7日来函更正；王小明" in cause


def test_a_record_put_in_is_named_and_moves_no_other(amended):
    entry = entries(amended)["hazards.records"]
    assert (entry["old"], entry["new"]) == ("1条", "2条")
    assert entry["causes"] == ["柳塘街道《电梯隐患整改清单》增加一条：柳塘/3月下半月报表.xlsx　清单　B6“30105”"]


def test_a_comparison_does_not_blame_a_unit_that_it_leaves_out(amended):
    assert entries(amended)["visits.all.hazards_found.change"]["causes"] == [
        "柳塘街道“发现隐患”柳塘/3月下半月报表.xlsx　Sheet　C10：“4”→“5”"
    ]


def test_a_count_of_findings_names_the_return_or_correction_that_changed_it(amended):
    told = {ref: e["causes"] for ref, e in entries(amended).items() if ref.startswith("findings.")}
    assert told, "what came late and what was corrected changes what is found"
    causes = [c for found in told.values() for c in found]
    assert not [c for c in causes if "程序" in c], causes
    assert any("补报" in c or "“4”→“5”" in c or "来函更正" in c for c in causes)


def test_counts_of_units_say_which_unit(amended):
    assert entries(amended)["submission.late"]["causes"] == ["青岭镇：无→1个"]


def test_figures_that_stand_are_not_listed(amended):
    assert "visits.all.lifts_sealed" not in entries(amended)
    assert "visits.all.hazards_found@995103" not in entries(amended)


def test_the_amendments_are_printed_in_the_report(amended):
    pages = pypdf.PdfReader(amended.reports / "report.pdf").pages
    text = "".join("".join(p.extract_text() for p in pages).split())
    assert "更正稿：更正" in text and "2022年4月6日第1次发布的报告" in text
    assert "amendments.json" not in text, "a paper points to no file of the program's"
    assert "更正说明" in text and "“4”→“5”" in text
    html = (amended.reports / "report.html").read_text(encoding="utf-8")
    assert "更正说明" in html


def test_the_next_approval_makes_the_next_release_and_keeps_its_amendments(amended):
    second = release(amended.root, by="望湖", when=date(2022, 4, 9))
    assert second.number == 2
    assert {e["ref"] for e in second.amended["entries"]} == set(entries(amended))
    before = (amended.reports / "report.pdf").read_bytes()
    (amended.reports / "report.pdf").unlink()
    run(amended.root)  # made anew after its release: still the amended edition, to the byte
    assert (amended.reports / "report.pdf").read_bytes() == before
    assert list(broken(amended)) == []
    old, new = (recognise(amended, place(amended, n) / "report.pdf") for n in (1, 2))
    assert old.superseded and "已被更正：最新的是第2次发布" in "".join(old.lines())
    assert not new.superseded and new.release.by == "望湖"


def test_a_first_release_amends_nothing(made):
    paths = Paths(made, CAMPAIGN, PERIOD)
    assert not (paths.reports / FILE).exists()
    assert "更正说明" not in (paths.reports / "report.html").read_text(encoding="utf-8")


def test_a_file_in_hand_is_known_by_its_content_under_any_name(root, paths, tmp_path):
    release(root)
    sent = tmp_path / "来件.pdf"
    sent.write_bytes((paths.reports / "report.pdf").read_bytes())
    assert recognise(paths, sent).lines() == ["是发布稿：第1次发布，2022-04-06，审批人 柳青（report.pdf）。"]
    sent.write_bytes(sent.read_bytes() + b" ")
    assert "不是发布稿" in recognise(paths, sent).lines()[0]


def test_nothing_is_a_release_before_the_first(paths):
    assert recognise(paths, paths.reports / "report.pdf").lines() == ["不是发布稿：该期还没有发布过报告。"]


def test_what_was_tampered_with_after_its_release_is_told(root, paths):
    release(root)
    copy = place(paths, 1) / "report.html"
    copy.chmod(0o644)
    copy.write_text("changed", encoding="utf-8")
    (place(paths, 1) / "forms.xlsx").unlink()
    assert sorted(broken(paths)) == [
        ("releases/1/forms.xlsx", "文件缺失"),
        ("releases/1/report.html", "内容与发布时不同"),
    ]
    assert latest(paths).number == 1


def test_another_reading_of_the_same_file_is_laid_at_the_programs_door(made, tmp_path):
    """As if an earlier version of the program had read 3 where this one reads 4, in a file that is the same to the byte."""
    root = shutil.copytree(made, tmp_path / "root")
    release(root)
    paths = Paths(root, CAMPAIGN, PERIOD)
    frozen = place(paths, latest(paths).number)
    table = frozen / "data" / "processed" / CAMPAIGN / PERIOD / "cells.parquet"
    cells = pd.read_parquet(table)
    hit = (cells["unit"] == "995101") & (cells["cell"] == "C10") & (cells["form"] == "visits")
    assert hit.sum() == 1
    cells.loc[hit, ["raw", "value"]] = "3"
    write_sealed(table, cells.to_parquet(index=False))
    campaign = campaigns.load(CAMPAIGN, root)
    worked = totals.open_totals(campaign, paths)
    old = totals.of_history(
        totals.read_history(campaign, Paths(frozen, CAMPAIGN, PERIOD)), Paths(frozen, CAMPAIGN, PERIOD)
    )
    causes = Causes(old, worked, lambda file: file == "柳塘/3月下半月报表.xlsx")
    assert causes.of("visits.all.hazards_found@995101") == (
        "柳塘街道“发现隐患”柳塘/3月下半月报表.xlsx　Sheet　C10：程序改进了读法（文件没有变化）：原读作“3”，现读作“4”",
    )
