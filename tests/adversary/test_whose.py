"""Whose a file is, when it came and what was passed over: never a guess, never in silence."""

import zipfile
from io import BytesIO

import pytest

from tests.adversary.world import NONE, TITLES, cases, form4, workbook

TINGHU, YANDU, CITY = "320902", "320903", "320900"
FEW = (9, 9, 1, 1, 1, 1, 1, 0, 0)


def book(sheet: str = "附件4", **more) -> bytes:
    return workbook({sheet: form4(**more)})


def archive(members: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(sink := BytesIO(), "w") as z:
        for name, content in members.items():
            z.writestr(name, content)
    return sink.getvalue()


def handled(out, unit: str) -> int | None:
    try:
        return out.value("total", "cases_handled", unit=unit)
    except LookupError:
        return None


WHOSE = {
    "a folder by code": ("320902/表.xlsx", book(unit=""), TINGHU),
    "a file by code": ("320902.xlsx", book(unit=""), TINGHU),
    "province and city before it": ("表.xlsx", book(unit="江苏省盐城市亭湖区市场监督管理局"), TINGHU),
    "an old name": ("表.xlsx", book(unit="盐都县市场监管局"), YANDU),
    "城南新区": ("表.xlsx", book(unit="城南新区市场监督管理局"), "320990"),
    "a line that begins 单位名称": (
        "表.xlsx", workbook({"表": [["附件4"], [TITLES["cases"]], ["单位名称（公章）：盐都区  单位：件、万元"], *cases()]}), YANDU,
    ),
    "in the title only": ("表.xlsx", workbook({"表": [["亭湖区" + TITLES["cases"]], *cases()]}), TINGHU),
    "in the sheet's name only": ("表.xlsx", book("亭湖区", unit=""), TINGHU),
    "below a folder of all": ("各县区/亭湖区/表.xlsx", book(unit=""), TINGHU),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOSE)
def test_a_unit_is_known_by_what_is_written(world, name):
    path, content, unit = WHOSE[name]
    world.put(path, content)
    assert handled(world.run(), unit) == 6


NOBODYS = {
    "a bare 开发区": ("表.xlsx", book(unit="开发区市场监管局"), "intake.no_unit"),
    "a bare 高新区": ("表.xlsx", book(unit="高新区"), "intake.no_unit"),
    "another's 填报单位": ("亭湖区/表.xlsx", book(unit="盐都区"), "intake.unit_disagrees"),
    "another's 单位名称": (
        "亭湖区/表.xlsx", workbook({"表": [["附件4"], [TITLES["cases"]], ["单位名称（盖章）", "响水县"], *cases()]}), "intake.unit_disagrees",
    ),
    "another's title": ("亭湖区/表.xlsx", workbook({"表": [["盐都区" + TITLES["cases"]], *cases()]}), "intake.unit_disagrees"),
    "another's sheet": ("亭湖区/表.xlsx", book("盐都区", unit=""), "intake.unit_disagrees"),
    "another's file name": ("亭湖区/盐都区报表.xlsx", book(unit=""), "intake.two_units"),
    "another's subfolder": ("亭湖区/盐都区/表.xlsx", book(unit=""), "intake.two_units"),
    "another's within an archive": ("亭湖区/表.zip", archive({"盐都区/附件4.xlsx": book(unit="")}), "intake.unit_disagrees"),
    "two at once": ("表.xlsx", book(unit="大丰经开区分局"), "intake.unit_disagrees"),
    "a consolidation": ("全市汇总.xlsx", book(unit="盐城市市场监督管理局"), "intake.city_total"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOBODYS)
def test_where_names_disagree_nobody_is_given_the_figures(world, name):
    path, content, rule = NOBODYS[name]
    world.put(path, content)
    out = world.run()
    assert {s for _, s, *_ in out.said(rule)} == {"error"}
    assert out.tables.forms["cases"]["cases_handled"].isna().all()


@pytest.mark.parametrize("written", ["大丰区经济开发区市场监管分局", "大丰区某某镇", "大丰区市场监管局某某分局"])
def test_a_part_of_a_unit_is_not_taken_for_the_unit_unsaid(world, written):
    world.put("表.xlsx", book(unit=written))
    assert [s for _, s, *_ in world.run().said("intake.part_of_unit")] == ["warning"]


@pytest.mark.parametrize(
    ("label", "doubted"),
    [("全市合计", True), ("城区合计", True), ("盐都区总计", True), ("全区合计", False), ("本县合计", False), ("亭湖区合计", False)],
)  # fmt: skip
def test_a_total_by_the_name_of_another_place_is_a_doubt(world, label, doubted):
    rows = form4()
    rows[-1][0] = label
    world.put("亭湖区/表.csv", "\n".join(",".join("" if c is None else str(c) for c in row) for row in rows))
    out = world.run()
    assert handled(out, TINGHU) == 6
    assert [s for _, s, *_ in out.said("intake.total_of_place")] == ["warning"] * doubted


def test_one_archive_and_one_workbook_may_hold_several_units(world):
    world.put(
        "全部.zip", archive({"亭湖区/附件4.xlsx": book(unit=""), "盐都区/附件4.xlsx": book(unit="", quality=FEW)})
    )
    out = world.run()
    assert (handled(out, TINGHU), handled(out, YANDU)) == (6, 3)
    assert out.rules("error", unit=TINGHU) == {"returns.missing"}


def test_sheets_named_by_unit_are_each_units_own(world):
    world.put("表.xlsx", workbook({"亭湖区": form4(unit=""), "盐都区": form4(unit="", quality=FEW)}))
    out = world.run()
    assert (handled(out, TINGHU), handled(out, YANDU)) == (6, 3)


def test_the_citys_own_return_counts_once_and_its_bare_name_is_asked_about(world):
    world.put("市本级/表.xlsx", book(unit="盐城市市场监督管理局", quality=FEW))
    world.put("亭湖区/表.xlsx", book())
    world.put("表.xlsx", book(unit="盐城市", quality=FEW))
    out = world.run()
    assert (handled(out, CITY), handled(out, TINGHU)) == (3, 6)
    assert [s for _, s, *_ in out.said("intake.bare_city")] == ["warning"]


REGISTERS = {
    "no column file": ("a,b\n1,2\n", "error"),
    "an unknown unit": ("file,received,unit\n表.xlsx,2021-06-01,某某区\n", "warning"),
    "an unknown file": ("file,received,unit\n没有.xlsx,2021-06-01,亭湖区\n", "warning"),
    "no date": ("file,received,unit\n表.xlsx,昨天,亭湖区\n", "warning"),
    "two units": ("file,received,unit\n表.xlsx,2021-06-01,亭湖区\n表.xlsx,2021-06-01,盐都区\n", "error"),
    "two days": ("file,received,unit\n表.xlsx,2021-06-01,亭湖区\n表.xlsx,2021-06-09,亭湖区\n", "note"),
}


@pytest.mark.parametrize("name", REGISTERS)
def test_what_cannot_be_used_of_the_register_is_said(world, name):
    text, severity = REGISTERS[name]
    world.put("表.xlsx", book(unit=""))
    world.put("received.csv", text)
    assert {s for _, s, *_ in world.run().said("intake.register")} == {severity}


LINE = "file,received,unit\n表.xlsx,2021-06-01,亭湖区\n"
READ = {
    "GBK": LINE.encode("gbk"),
    "semicolons": LINE.replace(",", ";").encode(),
    "tabs": LINE.replace(",", "\t").encode(),
    "Chinese heads": LINE.replace("file,received,unit", "文件,收文日期,单位").encode(),
    "UTF-16": LINE.encode("utf-16"),
}


@pytest.mark.parametrize("name", READ)
def test_a_register_is_read_as_office_programs_save_it(world, name):
    world.put("表.xlsx", book(unit=""))
    world.put("received.csv", READ[name])
    out = world.run()
    assert (handled(out, TINGHU), out.state()) == (6, ["on time"])


def test_hidden_files_and_links_are_named(world):
    world.put("亭湖区/.表.xlsx", book())
    here = world.put("亭湖区/readme_附件4.xlsx", book())
    (here.parent / "断.xlsx").symlink_to("nowhere.xlsx")
    (here.parent.parent / "盐都区").symlink_to(here.parent)
    out = world.run()
    passed = out.findings[out.findings["rule"] == "intake.passed_over"]
    assert sorted(passed["file"]) == ["亭湖区/.表.xlsx", "亭湖区/断.xlsx", "盐都区"]
    assert handled(out, TINGHU) == 6


BROKEN = {
    "no bytes": (b"", "file.empty"),
    "five megabytes of junk": (bytes(range(256)) * 20_480, "file.unknown_type"),
    "a cut workbook": (book()[:3000], "file.damaged"),
    "a picture": (b"\xff\xd8\xff\xe0" + bytes(300), "file.picture"),
    "half a rar": (b"Rar!\x1a\x07\x00" + bytes(300), "file.damaged"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_an_error_and_stops_nothing(world, name):
    content, rule = BROKEN[name]
    world.put("亭湖区/坏.xlsx", content)
    world.put("亭湖区/😀报\n表.xlsx", book())
    out = world.run()
    assert [s for _, s, *_ in out.said(rule)] == ["error"]
    assert handled(out, TINGHU) == 6


def test_last_periods_sheet_is_left_out_and_a_return_of_last_period_is_asked_about(world):
    world.put("亭湖区/表.xlsx", workbook({"附件4": form4(), "4月": form4(day="2021年5月1日", quality=FEW)}))
    world.put("盐都区/表.xlsx", book(unit="盐都区", day="2021年4月20日", quality=NONE))
    out = world.run()
    assert handled(out, TINGHU) == 6
    assert sorted((u, s) for u, s, *_ in out.said("returns.other_period")) == [(TINGHU, "warning"), (YANDU, "error")]


def of_units(*units: tuple[str, tuple]) -> bytes:
    """One table in which the rows of each unit stand below one another behind a column 单位."""
    head, *_ = cases()
    rows = [[unit, *row] for unit, quality in units for row in cases(quality=quality, other=NONE)[1:]]
    return workbook({"表": [["附件4"], [TITLES["cases"]], ["单位", *head], *rows]})


MORE = (40, 60, 8, 6, 4, 3, 4, 1, 0)
BOTH = (49, 69, 9, 7, 5, 4, 5, 1, 0)


@pytest.mark.parametrize("total", [(), (("合计", BOTH),)], ids=["units alone", "the city's total below"])
def test_a_matrix_of_several_units_behind_a_column_of_units_is_each_ones_own(world, total):
    world.put("汇总.xlsx", of_units(("亭湖区", FEW), ("盐都区", MORE), *total))
    out = world.run()
    assert (handled(out, TINGHU), handled(out, YANDU)) == (1, 8)
    assert out.rules("error", unit=TINGHU) <= {"returns.missing"} >= out.rules("error", unit=YANDU)


def test_another_units_rows_in_a_units_own_folder_are_asked_about(world):
    world.put("亭湖区/附件4.xlsx", of_units(("亭湖区", FEW), ("盐都区", MORE)))
    out = world.run()
    assert handled(out, TINGHU) == 1
    assert "intake.unit_disagrees" in out.rules("error", unit=TINGHU)


def test_a_column_of_townships_is_no_column_of_units(world):
    world.put("亭湖区/附件4.xlsx", of_units(("样例镇", FEW), ("样例街道", MORE), ("合计", BOTH)))
    assert handled(world.run(), TINGHU) == 9
