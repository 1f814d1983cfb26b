"""Whose file it is, which version counts, what was late or missing: never a guess, never in silence."""

import pytest

from tally.clean.unit_names import unit_of, units_in
from tests.unit.county.conftest import cases_sheet, rules, sampling_sheet


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("亭湖区市场监督管理局", "320902"),
        ("盐城市亭湖区市监局（盖章）", "320902"),
        ("东台市市场监督管理局", "320981"),
        ("盐都县", "320903"),
        ("经开区", "320971"),
        ("市开发区综合行政执法局", "320971"),
        ("城南新区", "320990"),
        ("盐城市市场监督管理局", "320900"),
    ],
)
def test_a_unit_is_known_by_every_usual_name(folder, written, code):
    assert unit_of(folder.campaign, written).codes == {code}


@pytest.mark.parametrize("written", ["高新区", "开发区", "高新区市场监管局"])
def test_a_name_of_several_units_is_ambiguous(folder, written):
    assert unit_of(folder.campaign, written).codes == frozenset()
    assert unit_of(folder.campaign, written).ambiguous


def test_a_file_name_may_mention_the_city_beside_the_unit(folder):
    assert units_in(folder.campaign, "盐城市大丰区附件5").codes == {"320904"}


def test_a_flat_file_is_told_by_its_填报单位(folder):
    folder.put("报表.xlsx", {"表": cases_sheet()})
    assert folder.survey().claims["报表.xlsx"] == {"320902"}


def test_a_flat_file_that_names_nobody_is_counted_for_nobody(folder):
    folder.put("报表.xlsx", {"表": cases_sheet(unit="")})
    found = folder.survey()
    assert [f.rule for f in found.findings if f.severity == "error"] == ["intake.no_unit"]
    assert not any("报表.xlsx" in [f.path for f in found.of(u.code)] for u in folder.campaign.units)


def test_the_register_settles_an_ambiguous_name(folder):
    folder.put("高新区.xlsx", {"表": cases_sheet(unit="高新区")})
    folder.paths.register.write_text("file,received,unit,note\n高新区.xlsx,2021-06-02,盐南高新区,\n", encoding="utf-8")
    assert folder.read("320990").returns["cases"].state == "on time"


def test_a_folder_and_填报单位_that_disagree_are_not_believed(folder):
    folder.put("亭湖区/报表.xlsx", {"表": cases_sheet(unit="盐都区市场监督管理局")})
    read = folder.read()
    assert read.returns["cases"].state == "missing"
    assert "intake.unit_disagrees" in rules(read)


def test_a_file_claimed_by_two_units_is_counted_for_neither(folder):
    folder.put("亭湖区/盐都区报表.xlsx", {"表": cases_sheet(unit="")})
    for unit in ("320902", "320903"):
        read = folder.read(unit)
        assert read.returns["cases"].state == "missing"
        assert "intake.two_units" in rules(read)


def test_one_content_in_two_folders_without_填报单位_is_counted_for_neither(folder):
    path = folder.put("亭湖区/报表.xlsx", {"表": cases_sheet(unit="")})
    folder.put("盐都区/报表.xlsx", path.read_bytes())
    assert "intake.same_file" in rules(folder.read("320902"))
    assert folder.read("320903").returns["cases"].state == "missing"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file.empty"),
        (b"PK\x03\x04 not a zip", "file.damaged"),
        (b"\x00\x01\x02\x03" * 500, "file.unknown_type"),
        ("随便写写", "intake.no_form"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_finding_and_stops_nothing(folder, content, rule):
    folder.put("亭湖区/坏.xlsx", content)
    folder.put("亭湖区/好.xlsx", {"表": cases_sheet()})
    read = folder.read()
    assert rule in rules(read)
    assert read.returns["cases"].frame.loc["total", "cases_handled"] == 3


def test_a_correction_replaces_what_came_before(folder):
    folder.put("亭湖区/报表.xlsx", {"表": cases_sheet()})
    folder.put("亭湖区/报表（更正）.xlsx", {"表": cases_sheet(quality=(20, 30, 5, 2, 1, 1.5, 2, 0.5, 0))})
    folder.paths.register.write_text(
        "file,received,unit,note\n亭湖区/报表.xlsx,2021-06-01,,\n亭湖区/报表（更正）.xlsx,2021-06-03,,\n",
        encoding="utf-8",
    )
    read = folder.read()
    assert read.returns["cases"].frame.loc["total", "cases_handled"] == 5
    assert "returns.replaced" in rules(read, notes=True)
    assert "returns.versions" not in rules(read)


def test_versions_whose_order_nobody_knows_are_an_error(folder):
    folder.put("亭湖区/a.xlsx", {"表": cases_sheet()})
    folder.put("亭湖区/b.xlsx", {"表": cases_sheet(quality=(20, 30, 5, 2, 1, 1.5, 2, 0.5, 0))})
    folder.paths.register.write_text(
        "file,received,unit,note\n亭湖区/a.xlsx,2021-06-01,,\n亭湖区/b.xlsx,2021-06-01,,\n", encoding="utf-8"
    )
    assert "returns.versions" in rules(folder.read())


def test_the_same_table_twice_counts_once(folder):
    folder.put("亭湖区/a.xlsx", {"表": sampling_sheet(["盐城样例甲口罩有限公司"])})
    folder.put("亭湖区/b.xlsx", {"表": sampling_sheet(["盐城样例甲口罩有限公司"])})
    assert len(folder.read().returns["sampling"].frame) == 1


def test_last_periods_sheet_left_in_the_workbook_is_not_counted(folder):
    folder.put("亭湖区/报表.xlsx", {"5月": cases_sheet(), "4月": cases_sheet(quality=(9, 9, 9, 9, 9, 9, 9, 9, 9))})
    read = folder.read()
    assert read.returns["cases"].frame.loc["total", "cases_handled"] == 3
    assert "returns.other_period" in rules(read)


def test_late_and_missing_follow_from_the_register(folder):
    folder.put("亭湖区/报表.xlsx", {"表": cases_sheet()})
    folder.paths.register.write_text("file,received,unit,note\n亭湖区/报表.xlsx,2021-06-06,,\n", encoding="utf-8")
    read = folder.read()
    assert (read.returns["cases"].state, read.returns["sampling"].state) == ("late", "missing")


def test_a_return_that_came_in_time_and_is_corrected_later_is_not_late(folder):
    folder.put("亭湖区/报表.xlsx", {"表": cases_sheet()})
    folder.put("亭湖区/更正.xlsx", {"表": cases_sheet(quality=(20, 30, 5, 2, 1, 1.5, 2, 0.5, 0))})
    lines = "亭湖区/报表.xlsx,{},,\n亭湖区/更正.xlsx,2021-06-20,,\n"
    states = []
    for first in ("2021-06-03", "2021-06-06"):
        folder.paths.register.write_text("file,received,unit,note\n" + lines.format(first), encoding="utf-8")
        states.append(folder.read().returns["cases"].state)
    assert states == ["on time", "late"]


def test_a_zero_return_is_no_missing_return(folder):
    folder.put("亭湖区/附件3.txt", "非医用口罩生产企业情况统计表\n本辖区无非医用口罩生产企业，零报告。")
    assert folder.read().returns["enterprises"].state == "zero return"


def test_raw_files_are_only_read(folder):
    path = folder.put("亭湖区/报表.xlsx", {"表": cases_sheet()})
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    folder.read()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


_FIRST, _CORRECTED = (20, 30, 5, 2, 1, 21, 2, 0.5, 0), (20, 30, 5, 2, 1, 2.1, 2, 0.5, 0)


def _three_versions(folder, last, days=("2021-06-01", "2021-06-03", "2021-06-05")):
    names = ("亭湖区/报表.xlsx", "亭湖区/报表（更正）.xlsx", "亭湖区/a.xlsx")  # the order of names is not that of days
    for name, figures in zip(names, (_FIRST, _CORRECTED, last), strict=True):
        folder.put(name, {"表": cases_sheet(quality=figures)})
    lines = [f"{name},{day},,\n" for name, day in zip(names, days, strict=True)]
    folder.paths.register.write_text("file,received,unit,note\n" + "".join(lines), encoding="utf-8")
    return folder.read()


def test_an_old_copy_sent_again_does_not_undo_a_correction(folder):
    read = _three_versions(folder, _FIRST)
    assert read.returns["cases"].frame.loc["quality", "fines_confiscations"] == 2.1
    [told] = [f for f in read.all_findings if f.rule == "returns.former"]
    assert (told.severity, told.file) == ("warning", "亭湖区/a.xlsx")


def test_a_cell_that_goes_back_behind_its_correction_is_asked_about(folder):
    read = _three_versions(folder, (20, 30, 7, 2, 1, 21, 2, 0.5, 0))
    told, total = [f for f in read.all_findings if f.rule == "returns.undone"]
    assert (told.row, told.field, told.found, told.severity) == ("quality", "fines_confiscations", "21", "warning")
    assert told.cell and total.row == "total"
    assert read.returns["cases"].frame.loc["quality", "cases_handled"] == 7


def test_a_third_version_that_goes_on_is_not_asked_about(folder):
    told = rules(_three_versions(folder, (20, 30, 7, 2, 1, 2.2, 2, 0.5, 0)))
    assert not {"returns.undone", "returns.former"} & set(told)


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位（盖章）：", None, None, None, None, "年  月  日"],
        ["填报单位（盖章）：________", None, None, None, None, "____年__月__日"],
        ["填报单位：", None, None, "填报人：", None, "联系电话："],
        ["填报单位（盖章）：　　　　年　月　日"],
    ],
)
def test_a_line_left_to_the_seal_names_nobody(folder, line):
    rows = cases_sheet()
    folder.put("亭湖区/附件4.xlsx", {"附件4": [*rows[:2], line, *rows[3:]]})
    read = folder.read()
    assert read.returns["cases"].frame.loc["total", "cases_handled"] == 3
    assert not [f for f in read.all_findings if f.rule == "intake.unknown_unit"]


@pytest.mark.parametrize("name", ["附件4 (2)", "模板", "空表", "Sheet2"])
def test_a_blank_form_beside_the_filled_one_is_asked_nothing(folder, name):
    filled = cases_sheet()
    blank = [*filled[:2], ["填报单位（盖章）：", None, None, None, None, "年  月  日"], filled[3]]
    blank += [[row[0], *[None] * (len(row) - 1)] for row in filled[4:]]
    folder.put("亭湖区/附件4.xlsx", {"附件4": filled, name: blank})
    read = folder.read()
    assert read.returns["cases"].frame.loc["total", "cases_handled"] == 3
    assert not [f for f in read.all_findings if f.sheet == name and f.severity != "note"]


def test_of_two_that_say_the_same_the_later_counts_with_what_it_mended_around_the_figures(folder):
    wrong = cases_sheet()
    wrong.insert(4, ["查办案件情况", *[7] * (len(wrong[3]) - 1)])  # figures in a row that is no category
    folder.put("亭湖区/报表.xlsx", {"表": wrong})
    folder.put("亭湖区/a.xlsx", {"表": cases_sheet()})
    lines = "亭湖区/报表.xlsx,2021-06-01,,\n亭湖区/a.xlsx,2021-06-03,,\n"
    folder.paths.register.write_text("file,received,unit,note\n" + lines, encoding="utf-8")
    read = folder.read()
    assert "form.unknown_row" not in {f.rule for f in read.all_findings if f.severity == "error"}
    assert read.returns["cases"].state == "on time"


@pytest.mark.parametrize(("day", "asked"), [("2021年6月　日", False), ("2021年4月　日", True), ("2021年9月　日", True)])
def test_a_day_left_to_the_pen_in_the_month_after_is_that_of_signing(folder, day, asked):
    folder.put("亭湖区/附件4.xlsx", {"附件4": cases_sheet(day=day)})
    assert ("returns.other_period" in rules(folder.read())) == asked
