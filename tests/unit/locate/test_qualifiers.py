"""Words in headings, row labels and notes: agreeing with the declaration they pass, contradicting it they are errors, else asked about."""

import pytest

from tests.unit.locate.sheets import HEAD, LIST_HEAD, QUALITY, batches, matrix, sheet


def test_a_sound_form_gives_nothing_to_say():
    assert sheet(matrix()).findings == []


# word in a heading -> (column, kind and severity of the one finding, "" for none)
IN_HEADINGS = {
    "出动执法人员（人次）（本月）": (1, "form.words_scope", "error"),
    "出动执法人员（人次）当月新增": (1, "form.words_scope", "error"),
    "出动执法人员（人次，累计数）": (1, "", ""),
    "出动执法人员（按人次填写）": (1, "", ""),
    "查办案件（件）累计": (3, "form.words_scope", "error"),
    "查办案件（件）（本期）": (3, "", ""),
    "查办案件（件）（6月）": (3, "", ""),
    "查办案件（件）（5月）": (3, "form.words_other_time", "error"),
    "查办案件（件）（1-6月）": (3, "form.words_scope", "error"),
    "查办案件（件）（上月）": (3, "form.words_other_time", "error"),
    "查办案件（件）（去年同期）": (3, "form.words_other_time", "error"),
    "查办案件（件）（含上年结转）": (3, "form.words_other_time", "error"),
    "查办案件（件）（包括立案和简易案件）": (3, "", ""),
    "查办案件（件）（不含简易案件）": (3, "form.words_limit", "warning"),
    "其中：立案（件）（不含简易案件）": (4, "", ""),
    "结案（件）（预计）": (5, "form.words_planned", "error"),
    "罚没（应缴，万元）": (6, "form.words_planned", "error"),
    "罚没（万元）（罚款与没收合计）": (6, "", ""),
    "案值（万元）（仅药店）": (7, "form.words_limit", "warning"),
    "案值（万元）（同比增减）": (7, "form.words_share", "error"),
    "查获口罩（万只）（甲字口径）": (8, "form.words_unknown", "warning"),
}


@pytest.mark.parametrize("label", IN_HEADINGS)
def test_a_word_in_a_heading_is_understood_or_asked_about(label):
    at, kind, severity = IN_HEADINGS[label]
    head = [label if i == at else h for i, h in enumerate(HEAD)]
    read = sheet(matrix(head))
    assert read.row("quality") == QUALITY  # the figure is read all the same: what it means is asked
    assert [(f.rule, f.severity) for f in read.findings] == ([(kind, severity)] if kind else [])


IN_ROWS = {
    "质量类案件（上月）": "form.row_other_time",
    "质量类（去年）": "form.row_other_time",
    "质量类案件（预计）": "form.row_planned",
    "质量类案件（累计）": "form.row_scope",
    "质量类案件（本月）": "form.row_scope",
    "质量类案件（不含标识）": "form.row_limit",
    "质量类案件（元）": "form.row_unit",
    "质量类案件（甲字口径）": "form.row_unknown_words",
    "（二）质量类案件": "",
    "2.质量类案件": "",
}


@pytest.mark.parametrize("label", IN_ROWS)
def test_a_word_in_a_row_label_is_understood_or_asked_about(label):
    rows = [[label, *r[1:]] if r[0] == "质量类案件" else r for r in matrix()]
    read = sheet(rows)
    assert read.row("quality") == QUALITY
    assert [f.rule for f in read.findings] == ([IN_ROWS[label]] if IN_ROWS[label] else [])


@pytest.mark.parametrize("label", ["本月合计", "1-6月合计", "累计", "总计"])
def test_other_words_for_the_total(label):
    rows = [[label, *r[1:]] if r[0] == "合计" else r for r in matrix()]
    assert sheet(rows).row("total") == QUALITY


def test_of_two_totals_the_one_that_adds_up_is_read_and_the_other_said():
    read = sheet([*matrix()[:-1], ["本月合计", *QUALITY], ["累计", *(3 * v for v in QUALITY)]])
    assert read.row("total") == QUALITY
    assert "form.second_row" in read.said("warning")


# a note below the table -> whether a person must look
NOTES = {
    "注：本表不含经开区": True,
    "注：罚没为应缴数": True,
    "注：立案含去年结转3件": True,
    "注：以上均为累计数": True,
    "说明：出动执法人员、检查经营者数为累计数": False,
    "注：立案数不含简易案件": False,
    "注：1.本表由各县（市、区）局填报。2.金额保留两位小数。": False,
    "审核人：某甲    填表人：某乙    联系电话：19900000000": False,
}


@pytest.mark.parametrize("note", NOTES)
def test_a_note_that_changes_what_the_figures_mean_is_asked_about(note):
    read = sheet([*matrix(), [note]])
    assert bool(read.said("warning", "error")) is NOTES[note]


def test_words_above_the_table_are_read_too():
    rows = matrix()
    read = sheet([rows[0], ["以下数据不含经开区"], *rows[1:]])
    assert read.said("warning") == {"form.words_above/qualify".partition("/")[0]}


# what headings of a list say of how their column is filled in
HELP = [
    "企业规模（大/中/小/微）", "新企业成立时间（2020年以后）", "新企业成立时间（年月日）", "新企业成立时间（格式：2021-04-10）", "抽查结果（下拉选择）",
    "不合格产品的批次数量（只）（没有填0）", "不合格产品的批次数量（只，整数）", "企业生产状况（请选择）", "新企业成立时间（yyyy/mm/dd）",
]  # fmt: skip


@pytest.mark.parametrize("label", HELP)
def test_help_in_a_heading_is_none_of_the_figures(label):
    head = [label if label.startswith(h.partition("（")[0]) else h for h in LIST_HEAD]
    assert label in head and sheet(batches("甲口罩厂", head=head), "sampling").said("warning", "error") == set()


def test_another_month_over_a_list_s_column_is_still_asked_about():
    head = ["抽查结果（4月）" if h == "抽查结果" else h for h in LIST_HEAD]
    assert sheet(batches("甲口罩厂", head=head), "sampling").said("warning", "error")
