"""Forms as a clerk may lay them out: each is read right, or named as an error; what stands around them is never lost."""

import pytest

from tests.adversary.world import (
    CASES_HEAD,
    MEASURES,
    SAMPLING_HEAD,
    TITLES,
    batch,
    cases,
    form3,
    form4,
    form5,
    workbook,
)

RIGHT = [20, 30, 4, 3, 2, 1.5, 2.0, 0.5, 0]
BARE = [h.split("（")[0] for h in CASES_HEAD]


def quality(out) -> list:
    return [out.value("quality", m) for m in MEASURES]


def headed(head: list, above=(), below=()) -> list[list]:
    return [[TITLES["cases"]], ["填报单位：亭湖区"], *above, head, *cases()[1:], *below]


SAME = {
    "newlines between all characters": headed(["\n".join(h) for h in CASES_HEAD]),
    "units behind a slash": headed(["类别", *(h.replace("（", "/").replace("）", "") for h in CASES_HEAD[1:])]),
    "units on a row of their own": headed(
        BARE, below=[]) [:3] + [["计量单位", "人次", "户", "件", "件", "件", "万元", "万元", "万只", "件"]] + cases()[1:],
    "measures and label reversed": [[TITLES["cases"]], *(r[::-1] for r in cases())],
    "the total first": [*form4()[:4], form4()[-1], *form4()[4:-1]],
    "the total in the middle": [*form4()[:7], form4()[-1], *form4()[7:-1]],
    "far down and right": [*([] for _ in range(49)), *([None] * 26 + r for r in form4())],
    "blank rows inside": [*form4()[:6], [], [], *form4()[6:]],
    "no title and no unit": cases(),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_a_form_is_read_right(world, name):
    world.put("亭湖区/表.xlsx", {"表": SAME[name]})
    out = world.run()
    assert quality(out) == RIGHT
    assert out.rules() <= {"returns.missing"}


YUAN = {
    "in the header behind a slash": headed(["类别", *BARE[1:6], "罚没/元", "案值/元", *BARE[8:]]),
    "in the header behind a comma": headed(["类别", *BARE[1:6], "罚没，元", "案值，元", *BARE[8:]]),
    "in the header without any mark": headed(["类别", *BARE[1:6], "罚没款元", "案值 元", *BARE[8:]]),
    "in brackets with more": headed(["类别", *BARE[1:6], "罚没（人民币元）", "案值（金额：元）", *BARE[8:]]),
    "beside 填报单位": headed(BARE, above=[["", "", "金额单位：元"]]),
    "in the title": [[TITLES["cases"] + "（单位：元）"], *headed(BARE)[1:]],
    "in a line of its own": headed(BARE, above=[["（金额单位：人民币元）"]]),
    "below the table": headed(BARE, below=[["单位：元"]]),
    "in a note": headed(BARE, below=[["注：以上金额以元计"]]),
}


@pytest.mark.parametrize("name", YUAN)
def test_money_in_yuan_is_converted_wherever_the_unit_is_written(world, name):
    world.put("亭湖区/表.xlsx", {"表": YUAN[name]})
    out = world.run()
    assert (out.value("quality", "fines_confiscations"), out.value("quality", "case_value")) == (0.00015, 0.0002)
    assert {f for *_, f in out.said("form.header_unit")} == {"fines_confiscations", "case_value"}


def test_money_in_yuan_by_the_name_of_the_sheet(world):
    world.put("亭湖区/表.xlsx", {"附件4（元）": headed(BARE)})
    assert world.run().value("quality", "fines_confiscations") == 0.00015


@pytest.mark.parametrize("unit", ["万美元", "箱"])
def test_a_unit_that_converts_into_nothing_is_an_error_and_no_figure(world, unit):
    world.put("亭湖区/表.xlsx", {"表": headed([h.replace("万元", unit) for h in CASES_HEAD])})
    out = world.run()
    assert out.value("quality", "fines_confiscations") is None
    assert ("320902", "error", "G3", "", "fines_confiscations") in out.said("form.header_unit")


def test_hundreds_in_the_header_are_counted_as_such(world):
    world.put("亭湖区/表.xlsx", {"表": headed([h.replace("查办案件（件）", "查办案件（百件）") for h in CASES_HEAD])})
    out = world.run()
    assert out.value("quality", "cases_handled") == 400
    assert out.at("D3", "warning") == ["form.header_unit"]


def test_units_that_contradict_are_said_and_the_header_holds(world):
    world.put("亭湖区/表.xlsx", {"表": headed(CASES_HEAD, above=[["单位：元"]])})
    out = world.run()
    assert quality(out) == RIGHT
    assert {f for *_, f in out.said("form.unit_disagrees")} == {"fines_confiscations", "case_value"}


def doubled(rows: list[list]) -> list[list]:
    return [[r[0], *(x for v in r[1:] for x in (v, v * 2))] for r in rows]


def pairs(merged: bool):
    top = ["查办案件情况", *(x for h in CASES_HEAD[1:] for x in (h.replace("累计", ""), None))]
    rows = [[TITLES["cases"]], top, [None, *["本期", "累计"] * 9], *doubled(cases()[1:])]

    def merge(book):
        for at in range(9):
            book.active.merge_cells(start_row=2, end_row=2, start_column=2 + 2 * at, end_column=3 + 2 * at)

    return workbook({"表": rows}, merge if merged else None)


def blocks(merged: bool):
    labels = [h.replace("累计", "") for h in CASES_HEAD[1:]]
    top = ["查办案件情况", "本期", *[None] * 8, "累计", *[None] * 8]
    body = [[*r, *(v * 2 for v in r[1:])] for r in cases()[1:]]

    def merge(book):
        for span in ("A2:A3", "B2:J2", "K2:S2"):
            book.active.merge_cells(span)

    return workbook({"表": [[TITLES["cases"]], top, [None, *labels * 2], *body]}, merge if merged else None)


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("layout", [pairs, blocks])
def test_this_period_and_to_date_are_told_apart(world, layout, merged):
    world.put("亭湖区/表.xlsx", layout(merged))
    out = world.run()
    assert quality(out) == [40, 60, 4, 3, 2, 1.5, 2.0, 1.0, 0]
    assert len(out.said("form.other_scope")) == 9


@pytest.mark.parametrize("gap", [[], [None]])
def test_a_second_block_of_columns_without_a_word_of_its_scope_is_an_error(world, gap):
    body = [[*r, *gap, *(v * 2 for v in r[1:])] for r in cases()[1:]]
    world.put("亭湖区/表.xlsx", {"表": [[TITLES["cases"]], [*CASES_HEAD, *gap, *CASES_HEAD[1:]], *body]})
    assert "form.columns_without_rows" in world.run().rules("error")


def test_a_form_on_its_side_is_read_and_said(world):
    turned = [list(c) for c in zip(*cases(), strict=True)]
    world.put("亭湖区/表.xlsx", {"附件4": [[TITLES["cases"]], *turned]})
    out = world.run()
    assert quality(out) == RIGHT
    assert out.said("form.turned")


LOST = {
    "without a header": cases()[1:],
    "in English": [
        ["Category", "Officers", "Inspected", "Cases", "Filed", "Closed", "Fines", "Value", "Masks", "Moved"]
    ]
    + cases()[1:],
}


@pytest.mark.parametrize("name", LOST)
def test_a_form_that_cannot_be_read_is_an_error_even_beside_others(world, name):
    world.put("亭湖区/表.xlsx", {"附件4": [[TITLES["cases"]], *LOST[name]], "附件5": form5(batch())})
    out = world.run()
    assert "intake.no_form" in out.rules("error")
    assert out.state() == ["missing"]


def test_a_form_typed_in_columns_of_text_is_read(world):
    text = "亭湖区工作总结\n" + "\n".join("    ".join(str(v) for v in r) for r in cases())
    world.put("亭湖区/总结.txt", text)
    assert quality(world.run()) == RIGHT


REMARKS = {
    "beside, with a gap": ((5, [None, "应为15件"]), "L6", "form.beside_table"),
    "beside, adjacent": ((5, ["更正：5件"]), "K6", "form.beside_table"),
    "a bare number beside": ((5, [77]), "K6", "form.beside_table"),
}


@pytest.mark.parametrize("name", REMARKS)
def test_what_stands_beside_the_table_is_said(world, name):
    (row, more), cell, rule = REMARKS[name]
    rows = form4()
    rows[row] = rows[row] + more
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert out.at(cell, "warning") == [rule]
    assert quality(out) == RIGHT


def test_a_correction_above_the_table_is_said(world):
    rows = form4()
    rows.insert(3, ["更正：质量类立案应为13件"])
    world.put("亭湖区/表.xlsx", {"表": rows})
    assert world.run().at("A4", "warning") == ["form.note_corrects"]


def test_a_total_of_a_list_that_disagrees_is_said(world):
    world.put("亭湖区/表.xlsx", {"表": form5(batch(), ["合计", None, None, None, "4批次"])})
    out = world.run()
    assert out.records("sampling") == 1
    assert out.at("E6", "warning") == ["form.total_disagrees"]


def test_a_list_over_pages_of_which_only_the_first_has_a_header_is_an_error(world):
    from io import BytesIO

    import docx

    document = docx.Document()
    document.add_paragraph(TITLES["sampling"])
    for rows in ([SAMPLING_HEAD, batch()], [batch(seq=2, enterprise="盐城样例乙口罩厂")]):
        table = document.add_table(len(rows), len(SAMPLING_HEAD))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, value in zip(cells.cells, row, strict=True):
                cell.text = "" if value is None else str(value)
        document.add_paragraph("（续表）")
    document.save(sink := BytesIO())
    world.put("亭湖区/表.docx", sink.getvalue())
    out = world.run()
    assert out.records("sampling") == 2 or "intake.no_form" in out.rules("error")


TEMPLATE = [*form4()[:4], *([r[0]] for r in cases()[1:])]
NOTHING = {
    "a blank template": (TEMPLATE, "missing", "error"),
    "every cell 无": ([*form4()[:4], *([r[0], *["无"] * 9] for r in cases()[1:])], "zero return", "warning"),
    "every cell /": ([*form4()[:4], *([r[0], *["/"] * 9] for r in cases()[1:])], "zero return", "warning"),
    "零报告 below the template": ([*TEMPLATE, ["本期零报告"]], "zero return", ""),
    "零报告 in place of the rows": ([*form4()[:4], ["零报告"]], "zero return", ""),
    "本期无案件 in place of the rows": ([*form4()[:4], ["本期无口罩案件"]], "zero return", ""),
    "a title and 零报告": ([[TITLES["cases"]], ["零报告"]], "zero return", ""),
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_form_without_a_figure_is_a_zero_return_only_if_it_says_so(world, name):
    rows, state, severity = NOTHING[name]
    world.put("亭湖区/表.xlsx", {"附件4": rows})
    out = world.run()
    assert out.state() == [state]
    assert [s for _, s, *_ in out.said("returns.empty")] == ([severity] if severity else [])


def test_all_zeros_are_figures(world):
    world.put("亭湖区/表.xlsx", {"附件4": [*form4()[:4], *([r[0], *[0] * 9] for r in cases()[1:])]})
    out = world.run()
    assert quality(out) == [0] * 9
    assert out.state() != ["missing"]


def test_a_zero_report_beside_records_is_said(world):
    world.put("亭湖区/表.xlsx", {"附件5": form5(["零报告"], batch())})
    out = world.run()
    assert out.records("sampling") == 1
    assert out.at("A5", "warning") == ["returns.zero_and_rows"]


@pytest.mark.parametrize("words", ["零报告", "无", "本辖区无口罩生产企业"])
def test_a_list_that_says_nothing_is_there_is_a_zero_return(world, words):
    world.put("亭湖区/表.xlsx", {"附件3": form3([words])})
    out = world.run()
    assert out.state("enterprises") == ["zero return"]
    assert "returns.empty" not in out.rules()


def test_stray_zero_bytes_do_not_lose_a_file(world):
    text = "\n".join(",".join("" if v is None else str(v) for v in r) for r in form4())
    world.put("亭湖区/表.csv", text.replace("20,30", "2\x000,30"))
    assert quality(world.run()) == RIGHT
