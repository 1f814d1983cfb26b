"""A county's form township by township, and several units in one list: the whole counts, parts are named, nobody takes another's."""

import pytest

from tests.adversary.world import (
    CASES_HEAD,
    MEASURES,
    SAMPLING_HEAD,
    TITLES,
    cases,
    failing,
    form4,
    form5,
    passing,
    workbook,
)

RIGHT = [20, 30, 4, 3, 2, 1.5, 2.0, 0.5, 0]
BODY = cases()[1:]
SECOND = "盐城样例乙口罩有限公司"


def times(k: int) -> list[list]:
    return [[r[0], *(v * k for v in r[1:])] for r in BODY]


def block(title: str, k: int) -> list[list]:
    return [[title + TITLES["cases"]], CASES_HEAD, *times(k)]


def sections(*named: tuple[str, int]) -> list[list]:
    """One header, a line with a name above each run of rows."""
    rows = [*form4()[:4]]
    for name, k in named:
        rows += [[name], *times(k)]
    return rows


def in_a_column(*named: tuple[str, int]) -> list[list]:
    rows = [*form4()[:3], ["镇（街道）", *CASES_HEAD]]
    for name, k in named:
        rows += [[name, *r] for r in times(k)]
    return rows


def beside(a: list[list], b: list[list]) -> list[list]:
    return [[*x, *[None] * (11 - len(x)), *y] for x, y in zip(a, b, strict=True)]


WITH_WHOLE = {
    "sheets, the whole last": {"南洋镇": block("", 0), "盐东镇": block("", 1), "亭湖区": form4()},
    "sheets, the whole first": {"汇总": form4(), "南洋镇": block("", 0), "盐东镇": block("", 1)},
    "blocks of a sheet": {"表": [*block("南洋镇", 0), [], *block("盐东镇", 1), [], *form4()]},
    "a column of places": {"表": in_a_column(("南洋镇", 0), ("盐东镇", 1), ("合计", 1))},
    "sections of one table": {"表": sections(("南洋镇", 0), ("盐东镇", 1), ("全区汇总", 1))},
}
WITHOUT_WHOLE = {
    "sheets": {"南洋镇": block("", 1), "盐东镇": block("", 2)},
    "the same figures": {"南洋镇": block("", 1), "盐东镇": block("", 1)},
    "blocks of a sheet": {"表": [*block("南洋镇", 1), [], *block("盐东镇", 2)]},
    "blocks side by side": {"表": beside(block("南洋镇", 1), block("盐东镇", 2))},
    "a column of places": {"表": in_a_column(("南洋镇", 1), ("盐东镇", 2))},
    "sections of one table": {"表": sections(("一、南洋镇", 1), ("二、盐东镇", 2))},
}


@pytest.mark.parametrize("name", WITH_WHOLE)
def test_the_whole_counts_and_its_parts_do_not(world, name):
    world.put("亭湖区/表.xlsx", WITH_WHOLE[name])
    out = world.run()
    assert [out.value("quality", m) for m in MEASURES] == RIGHT
    assert out.rules() <= {"returns.missing"}


@pytest.mark.parametrize("name", WITHOUT_WHOLE)
def test_parts_without_a_whole_are_no_figures_and_an_error(world, name):
    world.put("亭湖区/表.xlsx", WITHOUT_WHOLE[name])
    out = world.run()
    assert out.value("quality", "cases_handled") is None
    assert out.rules("error") & {"returns.parts_without_whole", "form.places_without_whole"}


def test_files_of_townships_beside_the_county_s(world):
    for name, k in (("南洋镇", 0), ("盐东分局", 1)):
        world.put(f"亭湖区/{name}附件4.xlsx", {"表": block("", k)})
    world.put("亭湖区/附件4.xlsx", {"表": form4()})
    out = world.run()
    assert [out.value("quality", m) for m in MEASURES] == RIGHT
    assert out.rules() <= {"returns.missing"}


def test_parts_that_do_not_add_up_to_the_whole_are_said(world):
    world.put("亭湖区/表.xlsx", {"汇总": form4(), "南洋镇": block("", 1), "盐东镇": block("", 1)})
    assert [s for _, s, *_ in world.run().said("returns.parts_differ")] == ["warning"]


def test_lists_of_townships_are_parts_unless_the_county_s_is_there(world):
    parts = {"南洋镇": form5(failing()), "盐东镇": form5(passing(1, SECOND))}
    world.put("亭湖区/表.xlsx", parts)
    assert world.run().records("sampling") == 2
    world.put("亭湖区/表.xlsx", {"汇总": form5(failing(), passing(2, SECOND)), **parts})
    out = world.run()
    assert out.records("sampling") == 2
    assert out.rules() <= {"returns.missing"}


def test_a_record_that_only_a_part_has_is_said(world):
    parts = {"南洋镇": form5(failing()), "盐东镇": form5(passing(1, SECOND))}
    world.put("亭湖区/表.xlsx", {"汇总": form5(failing()), **parts})
    assert [s for _, s, *_ in world.run().said("returns.parts_more")] == ["warning"]


def test_townships_in_the_place_of_categories_are_named_as_such(world):
    total = [a + b for a, b in zip(BODY[1][1:], BODY[6][1:], strict=True)]
    rows = [*form4()[:3], ["镇（街道）", *CASES_HEAD[1:]], ["南洋镇", *[0] * 9], ["盐东镇", *total], ["合计", *total]]
    world.put("亭湖区/表.xlsx", {"表": rows})
    assert len(world.run().said("form.rows_are_places")) == 1


def test_measures_spread_over_two_tables_are_one_form(world):
    first, second = [r[:6] for r in cases()], [[r[0], *r[6:]] for r in cases()]
    head = form4()[:3]
    for sheets in ({"表": [*head, *first, [], *second]}, {"1": [*head, *first], "2": [*head, *second]}):
        world.put("亭湖区/表.xlsx", sheets)
        out = world.run()
        assert [out.value("quality", m) for m in MEASURES] == RIGHT
        assert out.rules() <= {"returns.missing"}
        assert out.cell("quality", "case_value")["value"] == "2"


def test_a_list_of_what_another_list_of_the_file_holds_is_not_counted_again(world):
    rows = form5(failing(), passing(2, SECOND))
    world.put("亭湖区/表.xlsx", {"表": [*rows, [], ["附：不合格产品清单"], SAMPLING_HEAD, failing()]})
    out = world.run()
    assert out.column("result", "sampling") == ["不合格", "合格"]
    assert out.rules() <= {"returns.missing"}


def listed(*rows: tuple[str, list], heading: str = "单位") -> list[list]:
    return [*form5()[:2], [], [heading, *SAMPLING_HEAD], *([name, *batch] for name, batch in rows)]


THREE = (
    ("亭湖区", failing()),
    ("亭湖区市场监督管理局", passing(2, SECOND)),
    ("响水县", passing(3, "响水样例口罩有限公司")),
)


@pytest.mark.parametrize("heading", ["单位", "报送单位", "县（市、区）", "所属地区"])
def test_a_row_that_another_unit_owns_is_not_counted_and_said_at_its_cell(world, heading):
    world.put("亭湖区/表.xlsx", {"表": listed(*THREE, heading=heading)})
    out = world.run()
    assert out.records("sampling") == 2
    assert ("320902", "error", "A7", "", "") in out.said("intake.rows_of_others")


def test_a_list_of_the_whole_city_is_shared_out_by_its_column(world):
    world.put("抽检情况汇总.xlsx", {"表": listed(*THREE)})
    out = world.run(units=["320902", "320921"])
    assert (out.records("sampling"), out.records("sampling", "320921")) == (2, 1)
    assert out.value(1, "enterprise", "sampling", "320921") == "响水样例口罩有限公司"
    assert out.rules() <= {"returns.missing", "sampling.seq"}


def test_a_row_without_a_unit_in_a_shared_list_is_nobody_s(world):
    world.put("抽检情况汇总.xlsx", {"表": listed(*THREE, ("", passing(4, "某样例口罩有限公司")))})
    out = world.run(units=["320902", "320921"])
    assert (out.records("sampling"), out.records("sampling", "320921")) == (2, 1)
    assert len(out.said("intake.row_of_nobody")) == 1


def test_a_column_of_units_that_are_all_the_sender_is_no_matter(world):
    world.put("亭湖区/表.xlsx", {"表": listed(*THREE[:2])})
    out = world.run()
    assert out.records("sampling") == 2
    assert out.rules() <= {"returns.missing"}


def test_lines_that_name_units_above_their_rows_say_whose_these_are(world):
    rows = [
        *form5()[:4],
        ["亭湖区"],
        failing(),
        passing(2, SECOND),
        ["二、响水县："],
        passing(3, "响水样例口罩有限公司"),
    ]
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert out.records("sampling") == 2
    assert ("320902", "error", "A8", "", "") in out.said("intake.rows_of_others")


def test_a_name_in_the_column_of_units_that_is_none_is_a_doubt(world):
    world.put("亭湖区/表.xlsx", {"表": listed(("亭湖区", failing()), ("停湖区", passing(2, SECOND)))})
    out = world.run()
    assert out.records("sampling") == 2
    assert ("320902", "warning", "A6", "", "") in out.said("intake.row_of_unknown")


def test_merged_names_of_units_hold_for_all_their_rows(world):
    rows = listed(*THREE, ("", passing(4, "响水样例二口罩有限公司")))
    world.put("抽检情况汇总.xlsx", workbook({"表": rows}, lambda book: book.active.merge_cells("A7:A8")))
    assert world.run(units=["320902", "320921"]).records("sampling", "320921") == 2


def part(**rows) -> dict:
    return {"表": form4(**rows)}


WHOLE, MEDICAL, OTHERS = (
    (20, 30, 4, 3, 2, 1.5, 2, 0.5, 0),
    (5, 10, 1, 1, 0, 0.5, 1, 0.5, 0),
    (15, 20, 3, 2, 2, 1, 1, 0, 0),
)


def test_files_of_two_kinds_of_article_beside_their_sum_are_parts_of_it(world):
    for name, quality in (("医用", MEDICAL), ("非医用", OTHERS), ("汇总", WHOLE)):
        world.put(f"亭湖区/附件4{name}.xlsx", part(quality=quality, other=(0,) * 9))
    out = world.run()
    assert out.value("total", "cases_handled") == 4
    assert out.rules() == {"returns.missing"} and "returns.parts_beside" in out.rules("note")


def test_files_of_two_kinds_of_article_without_their_sum_are_no_versions(world):
    for name, quality in (("医用", MEDICAL), ("非医用", OTHERS)):
        world.put(f"亭湖区/附件4{name}.xlsx", part(quality=quality, other=(0,) * 9))
    assert "returns.parts_without_whole" in world.run().rules("error")


def test_a_list_of_the_failing_batches_beside_the_whole_list_is_within_it(world):
    world.put(
        "亭湖区/附件5.xlsx",
        {"表": form5(passing(1, "盐城样例甲口罩有限公司"), failing(2, enterprise="盐城样例乙口罩有限公司"))},
    )
    head = ["序号", "产品名称", "规格型号", "抽查企业名称", "抽查结果", "不合格项目", "实测值"]
    row = [1, "一次性防护口罩", "平面型", "盐城样例乙口罩有限公司", "不合格", "过滤效率", "81%"]
    world.put("亭湖区/不合格清单.xlsx", {"表": [["口罩专项抽查/抽检情况统计表（不合格）"], head, row]})
    out = world.run()
    assert out.column("failed_quantity", "sampling") == [None, 500]
    assert "cell.versions_differ" not in out.rules()
