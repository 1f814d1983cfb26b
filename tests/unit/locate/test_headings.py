"""Headings and row names as people number, translate and divide them: the field is found, and what is beside it is said."""

import pytest

from tally.locate.labels import is_foreign, names_of, parse
from tests.unit.locate.sheets import CASES, HEAD, LIST_HEAD, QUALITY, batches, matrix, sheet

ENGLISH = [
    "Category", "Officers dispatched", "Operators inspected", "Cases handled", "Cases filed", "Cases closed",
    "Fines confiscations", "Case value", "Masks seized", "Cases transferred",
]  # fmt: skip
NUMBERED = (
    "1.{}",
    "A01 {}",
    "B12、{}",
    "1、{}",
    "（1）{}",
    "①{}",
    "一、{}",
    "（一）{}",
    "1 {}",
    "1{}",
    "I. {}",
    "A. {}",
    "第1类 {}",
    "1）{}",
)


@pytest.mark.parametrize("numbering", NUMBERED)
def test_a_category_is_known_by_its_name_however_it_is_numbered(numbering):
    rows = matrix()
    for row in rows[3:]:
        row[0] = numbering.format(row[0])
    read = sheet(rows)
    assert read.row("quality") == QUALITY
    assert not read.said("error", "warning")


@pytest.mark.parametrize(
    "name", ["全区合计", "亭湖区合计", "合计（1+2+3+4+5+6+7）", "总　　计", "本县总计", "本单位合计", "以上合计"]
)
def test_the_total_is_known_by_its_usual_names(name):
    rows = matrix()
    rows[-1][0] = name
    read = sheet(rows)
    assert read.row("total") == QUALITY
    assert not read.said("error", "warning")


@pytest.mark.parametrize("sign", ["Σ", "∑"])
def test_a_total_by_its_sign_alone_is_read_and_asked_about(sign):
    rows = matrix()
    rows[-1][0] = sign
    read = sheet(rows)
    assert read.row("total") == QUALITY
    assert "form.row_guessed" in read.said("note", "warning")


@pytest.mark.parametrize("before", ["求和项:", "求和项：", "Sum of "])
def test_what_a_pivot_table_puts_before_a_heading_changes_nothing(before):
    read = sheet(matrix(["行标签", *[before + heading for heading in HEAD[1:]]]))
    assert read.row("quality") == QUALITY


@pytest.mark.parametrize("text", ["1-6月合计", "5月份", "12家", "2020年", "3个月", "第1栏"])
def test_a_number_that_belongs_to_the_words_is_no_numbering(text):
    assert parse(text).core[0] in text


@pytest.mark.parametrize("between", ["\n", " ", "/"])
def test_english_beside_a_chinese_heading_that_says_the_same_is_no_matter(between):
    head = [
        f"{a}{between}{b}"
        for a, b in zip(["查办案件情况", *[h.split("（")[0] for h in HEAD[1:]]], ENGLISH, strict=True)
    ]
    read = sheet(matrix(head))
    assert read.row("quality") == QUALITY
    assert not read.said("error", "warning")


def test_english_that_says_something_else_is_said_once():
    head = [h if "立案" not in h else h + "\nFiled last year" for h in HEAD]
    head[3] += " Handled so far"
    read = sheet(matrix(head))
    assert read.row("quality") == QUALITY
    assert [f.rule for f in read.findings if f.severity == "warning"] == ["form.words_foreign"]


def test_a_form_headed_in_english_is_read():
    assert sheet(matrix(ENGLISH)).row("quality") == QUALITY


@pytest.mark.parametrize(("word", "foreign"), [("Caseshandled", True), ("No.", True), ("本月", False), ("12", False)])
def test_a_word_is_foreign_if_it_has_letters_only(word, foreign):
    assert is_foreign(word) is foreign


@pytest.mark.parametrize("names", [("罚款（万元）", "没收（万元）"), ("罚款金额（万元）", "没收违法所得（万元）")])
def test_fines_and_confiscations_in_two_columns_are_their_sum(names):
    rows = [
        [*r[:6], 1.0, 0.5, *r[7:]] if r[0] in ("质量类案件", "合计") else [*r[:6], 0, 0, *r[7:]] for r in matrix()[3:]
    ]
    read = sheet([*matrix()[:2], [*HEAD[:6], *names, *HEAD[7:]], *rows])
    assert read.row("quality") == QUALITY
    assert "form.columns_added" in read.said("warning")


def test_fines_alone_are_not_the_whole():
    read = sheet(matrix([*HEAD[:6], "罚款（万元）", *HEAD[7:]]))
    assert "form.words_limit" in read.said("warning")


def test_a_part_beside_the_whole_is_not_added():
    rows = [[*r[:7], 1.0, 0.5, *r[7:]] for r in matrix()[3:]]
    read = sheet([*matrix()[:2], [*HEAD[:7], "其中：罚款", "没收", *HEAD[7:]], *rows])
    assert read.row("quality") == QUALITY
    assert not read.said("error", "warning")


def test_running_numbers_and_empty_remarks_beside_a_matrix_are_no_matter():
    rows = [["序号", *matrix()[2], "备注"], *([i, *r, "无" if i == 3 else None] for i, r in enumerate(matrix()[3:], 1))]
    read = sheet([*matrix()[:2], *rows])
    assert read.row("quality") == QUALITY
    assert not read.said("error", "warning")


def test_a_remark_beside_a_matrix_is_said():
    rows = [[*matrix()[2], "备注"], *([*r, "含上月2件" if r[0] == "合计" else None] for r in matrix()[3:])]
    assert "form.unknown_column" in sheet([*matrix()[:2], *rows]).said("warning")


@pytest.mark.parametrize("choices", ["合格/不合格", "合格、不合格", "合格或不合格"])
def test_the_choices_of_a_field_in_its_heading_say_nothing_new(choices):
    head = [f"抽查结果（{choices}）" if h == "抽查结果" else h for h in LIST_HEAD]
    assert not sheet(batches("甲口罩厂", head=head), "sampling").said("error", "warning")


def test_every_field_is_known_by_its_code_name():
    known = names_of(CASES).fields
    assert all(known[parse(f.name.replace("_", " ")).core] == f.name for f in CASES.fields)
