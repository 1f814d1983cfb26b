"""A form is found by its content, wherever and however it stands."""

import pytest

from tests.unit.county.conftest import CASES_HEAD, ROWS, cases_rows, cases_sheet, rules, sampling_sheet

FIRMS = ["盐城样例甲口罩有限公司", "盐城样例乙口罩有限公司"]


def test_a_plain_form_is_read_without_a_word(folder):
    folder.put("亭湖区/报表.xlsx", {"附件4": cases_sheet()})
    ret = folder.read().returns["cases"]
    assert ret.frame.loc["total", "cases_handled"] == 3
    assert ret.frame.loc["quality", "fines_confiscations"] == 1.5
    assert [f for f in ret.findings if f.severity != "note"] == []
    cell = ret.cells[(ret.cells["row"] == "total") & (ret.cells["field"] == "cases_handled")].iloc[0]
    assert (cell["file"], cell["sheet"], cell["cell"], cell["state"]) == ("亭湖区/报表.xlsx", "附件4", "D12", "read")


def test_the_file_name_and_its_ending_say_nothing(folder):
    path = folder.put("亭湖区/无名.xlsx", {"Sheet1": cases_sheet()})
    path.rename(path.with_name("无名.csv"))
    assert folder.read().returns["cases"].frame.loc["total", "cases_handled"] == 3


def test_forms_stacked_on_one_sheet_are_each_found(folder):
    folder.put("亭湖区/报表.xlsx", {"表": [*cases_sheet(), [], *sampling_sheet(FIRMS)]})
    read = folder.read()
    assert len(read.returns["sampling"].frame) == 2
    assert read.returns["cases"].frame.loc["total", "cases_handled"] == 3


def test_forms_side_by_side_are_each_found(folder):
    left, right = cases_sheet(), sampling_sheet(FIRMS)
    width = 11
    rows = [(left[i] if i < len(left) else []) for i in range(max(len(left), len(right)))]
    rows = [[*r, *[None] * (width - len(r)), *(right[i] if i < len(right) else [])] for i, r in enumerate(rows)]
    folder.put("亭湖区/报表.xlsx", {"表": rows})
    read = folder.read()
    assert read.returns["cases"].frame.loc["total", "cases_handled"] == 3
    assert list(read.returns["sampling"].frame["enterprise"]) == FIRMS


def test_a_list_over_two_sheets_is_one_list(folder):
    folder.put(
        "亭湖区/报表.xlsx", {"第1页": sampling_sheet(FIRMS), "第2页": sampling_sheet(["盐城样例丙口罩厂"], first=3)}
    )
    assert list(folder.read().returns["sampling"].frame["seq"]) == [1, 2, 3]


def test_a_list_with_its_header_repeated_is_one_list(folder):
    page = sampling_sheet(FIRMS)
    folder.put("亭湖区/报表.xlsx", {"表": [*page, *sampling_sheet(["盐城样例丙口罩厂"], first=3)[2:]]})
    assert list(folder.read().returns["sampling"].frame["seq"]) == [1, 2, 3]


def test_a_matrix_split_over_two_files_is_one_matrix(folder):
    rows = cases_sheet()
    folder.put("亭湖区/上.xlsx", {"表": rows[:8]})
    folder.put("亭湖区/下.xlsx", {"表": [*rows[:4], *rows[8:]]})
    read = folder.read()
    assert read.returns["cases"].frame["cases_handled"].notna().all()
    assert "form.missing_row" not in rules(read)


def test_reordered_and_renamed_columns_are_found(folder):
    rows = cases_rows()
    order = [0, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    renamed = {"其中：立案(件)": "★立案数", "检查经营者数(户/人)累计": "检 查 经 营\n主体（户/人）"}
    table = [[renamed.get(r[i], r[i]) for i in order] for r in rows]
    folder.put("亭湖区/报表.xlsx", {"表": [["口罩案件查处情况统计表"], *table]})
    frame = folder.read().returns["cases"].frame
    assert (frame.loc["total", "cases_filed"], frame.loc["total", "operators_inspected"]) == (2, 48)


def test_number_rows_and_unit_rows_are_no_records(folder):
    head = [h.split("(")[0] for h in CASES_HEAD]
    units = [None, "人次", "户/人", "件", "件", "件", "万元", "万元", "万只", "件"]
    numbers = ["甲", 1, 2, 3, 4, 5, 6, 7, 8, 9]
    folder.put("亭湖区/报表.xlsx", {"表": [["口罩案件查处情况统计表"], head, units, numbers, *cases_rows()[1:]]})
    read = folder.read()
    assert read.returns["cases"].frame.loc["total", "cases_handled"] == 3
    assert rules(read) & {"form.unlabelled_row", "form.unknown_row", "form.missing_row"} == set()


def test_the_first_row_of_data_is_never_taken_for_a_header(folder):
    rows = cases_rows()
    rows[1] = ["价格类案件", "2人次", "3户", "-", "-", "-", "-", "-", "-", "-"]
    folder.put("亭湖区/报表.xlsx", {"表": [["口罩案件查处情况统计表"], *rows]})
    assert folder.read().returns["cases"].frame.loc["price", "officers_dispatched"] == 2


@pytest.mark.parametrize("missing", ROWS)
def test_a_missing_row_is_an_error(folder, missing):
    rows = [r for r in cases_sheet() if r[0] != missing]
    folder.put("亭湖区/报表.xlsx", {"表": rows})
    errors = [f for f in folder.read().all_findings if f.rule == "form.missing_row"]
    assert [f.expected for f in errors] == [f"“{missing}”一行"]


def test_a_missing_and_an_added_column_are_said(folder):
    rows = [[*r[:7], *r[8:], "另加" if i == 0 else i] for i, r in enumerate(cases_rows())]
    folder.put("亭湖区/报表.xlsx", {"表": [["口罩案件查处情况统计表"], *rows]})
    found = {(f.rule, f.severity, f.field) for f in folder.read().all_findings}
    assert ("form.missing_column", "error", "case_value") in found
    assert ("form.unknown_column", "warning", "") in found


def test_a_subtotal_an_example_and_a_numbered_empty_row_are_no_records(folder):
    rows = sampling_sheet(FIRMS)
    rows.insert(3, ["示例", "一次性口罩", "平面型", "某某公司", "合格"])
    rows += [["小计", "2批次"], [3], [4]]
    folder.put("亭湖区/报表.xlsx", {"表": rows})
    read = folder.read()
    assert list(read.returns["sampling"].frame["enterprise"]) == FIRMS
    assert {"form.example_row", "form.total_row"} <= rules(read, notes=True)


def test_a_note_with_figures_that_correct_the_table_is_a_warning(folder):
    folder.put(
        "亭湖区/报表.xlsx",
        {
            "表": [
                *cases_sheet(),
                ["注：另有2件案件漏报，未计入上表"],
                ["审核人：某甲", None, "联系电话：0515-00000000"],
            ]
        },
    )
    found = [f for f in folder.read().all_findings if f.rule == "form.note_corrects"]
    assert [(f.cell, f.severity) for f in found] == [("A13", "warning")]


def test_a_column_in_another_unit_is_converted_with_one_warning(folder):
    rows = cases_sheet()
    rows[3] = [h.replace("罚没(万元)", "罚没(元)") for h in rows[3]]
    for r in rows[4:]:
        r[6] = r[6] * 10_000
    folder.put("亭湖区/报表.xlsx", {"表": rows})
    read = folder.read()
    assert read.returns["cases"].frame.loc["quality", "fines_confiscations"] == 1.5
    assert [f.cell for f in read.all_findings if f.rule == "form.header_unit"] == ["G4"]


def test_merged_firm_names_hold_for_each_batch_and_merged_figures_count_once(folder):
    import openpyxl

    rows = sampling_sheet([FIRMS[0], None, None])
    rows[3][4:9] = ["不合格", "过滤效率", 500, "否", None]
    path = folder.put("亭湖区/报表.xlsx", {"表": rows})
    book = openpyxl.load_workbook(path)
    for span in ("D4:D6", "G4:G6"):
        book["表"].merge_cells(span)
    book.save(path)
    frame = folder.read().returns["sampling"].frame
    assert list(frame["enterprise"]) == [FIRMS[0]] * 3
    assert frame["failed_quantity"].sum() == 500


def test_a_sheet_that_is_no_form_is_said(folder):
    folder.put("亭湖区/报表.xlsx", {"附件4": cases_sheet(), "别的": [["甲", 1], ["乙", 2], ["丙", 3]]})
    assert "intake.no_form" in rules(folder.read())


def test_本期_under_a_label_is_read_and_doubted_where_the_figure_must_be_to_date(folder):
    rows = cases_rows()
    rows[0] = [
        h.replace("查办案件(件)", "查办案件\n（件）\n本期").replace(
            "出动执法人员(人次)累计", "出动执法人员（人次）本期"
        )
        for h in rows[0]
    ]
    folder.put("亭湖区/报表.xlsx", {"表": [["口罩案件查处情况统计表"], *rows]})
    read = folder.read()
    assert read.returns["cases"].frame.loc["total", ["cases_handled", "officers_dispatched"]].tolist() == [3, 32]
    assert [f.field for f in read.all_findings if f.rule == "form.words_scope"] == ["officers_dispatched"]
    assert "form.missing_column" not in rules(read)
