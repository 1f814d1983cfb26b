"""One form sent more than once: the same list twice, corrected rows alone, two versions nobody can put in order."""

from tests.unit.county.conftest import cases_rows
from tests.unit.locate.sheets import batches

QUALITY = (20, 30, 3, 2, 1, 1.5, 2, 0.5, 0)
NUMBERLESS = [
    [None if i == 0 and at > 2 else v for i, v in enumerate(r)] for at, r in enumerate(batches("甲厂", "乙厂"))
]


def spelled(rows: list[list], col: int, more: str) -> list[list]:
    return [[v + more if i == col and at > 2 else v for i, v in enumerate(r)] for at, r in enumerate(rows)]


def rules(read) -> set[str]:
    return {f.rule for f in read.all_findings if f.severity != "note"}


def test_a_list_without_numbers_sent_again_with_a_column_spelled_better_is_counted_once(folder):
    folder.put("亭湖区/甲.xlsx", {"附件5": NUMBERLESS})
    folder.put("亭湖区/乙.xlsx", {"附件5": spelled(NUMBERLESS, 2, " 17.5cm×9.5cm")})
    read = folder.read()
    assert len(read.returns["sampling"].frame) == 2 and "returns.versions" in rules(read)


def test_a_list_sent_again_with_its_numbers_going_on_is_counted_once(folder):
    again = [
        [v + 2 if i == 0 and at > 2 else v for i, v in enumerate(r)] for at, r in enumerate(batches("甲厂", "乙厂"))
    ]
    folder.put("亭湖区/甲.xlsx", {"附件5": batches("甲厂", "乙厂")})
    folder.put("亭湖区/乙.xlsx", {"附件5": again})
    assert len(folder.read().returns["sampling"].frame) == 2


def test_two_parts_are_counted_in_the_order_of_their_numbers(folder):
    later = [
        [v + 2 if i == 0 and at > 2 else v for i, v in enumerate(r)] for at, r in enumerate(batches("丙厂", "丁厂"))
    ]
    folder.put("亭湖区/流通领域抽查.xlsx", {"附件5": later})
    folder.put("亭湖区/生产领域抽查.xlsx", {"附件5": batches("甲厂", "乙厂")})
    assert folder.read().returns["sampling"].frame["enterprise"].tolist() == ["甲厂", "乙厂", "丙厂", "丁厂"]


def test_a_correction_of_one_row_takes_its_place_and_leaves_the_rest(folder):
    title = ["口罩案件查处情况统计表"]
    rows = cases_rows()
    mended = [[r[0], 25, *r[2:]] for r in rows if r[0] == "质量类案件"]
    folder.put("亭湖区/案件.xlsx", {"附件4": [title, *rows]})
    folder.put("亭湖区/案件更正.xlsx", {"附件4": [title, rows[0], *mended]})
    read = folder.read()
    frame = read.returns["cases"].frame
    assert frame["officers_dispatched"].tolist() == [2, 25, 2, 2, 2, 2, 2, 32]
    assert {"returns.part_replaced", "cases.total_equals_sum"} <= rules(read)  # the total was not corrected


def test_figures_that_two_versions_say_differently_are_not_taken(folder):
    title = ["口罩案件查处情况统计表"]
    folder.put("亭湖区/甲.xlsx", {"表": [title, *cases_rows()]})
    folder.put("亭湖区/乙.xlsx", {"表": [title, *cases_rows((21, *QUALITY[1:]))]})
    read = folder.read()
    frame = read.returns["cases"].frame
    assert frame["officers_dispatched"].isna().tolist() == [False, True, False, False, False, False, False, True]
    told = {(f.row, f.field) for f in read.all_findings if f.rule == "cell.versions_differ"}
    assert told == {("quality", "officers_dispatched"), ("total", "officers_dispatched")}


def test_pages_of_one_file_whose_numbers_go_on_are_never_versions(folder):
    head, *page = batches("甲厂", "乙厂", "甲厂", "乙厂")[2:]
    folder.put("亭湖区/报表.xlsx", {"附件5": [*batches()[:2], head, *page[:2], head, *page[2:]]})
    assert folder.read().returns["sampling"].frame["seq"].tolist() == [1, 2, 3, 4]
