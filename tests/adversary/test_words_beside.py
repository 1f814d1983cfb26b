"""Words of a clerk beside the figures: what they say of a table, a row or a record is told at its cell, ordinary words are not."""

import pytest

from tests.adversary.world import CASES_HEAD, ENTERPRISES_HEAD, TITLES, batch, cases, failing, firm, form3, form4, form5

NOTES = [
    "注：立案数与结案数两列对调", "注：质量类与其他类数据填反", "注：请忽略质量类一行", "注：查获口罩未折算，按盒统计",
    "注：检查经营者数按户次重复计算", "注：人员为协管员", "注：表中数据为审核前数据", "注：空格表示数据不足最小单位", "（接上页）",
    "（未完，转下页）", "注：第6行和第7行填反了", "第2页 共3页", "备注：质量类案件中有1件系与盐都区联合办理，已由盐都区上报",
]  # fmt: skip
PLAIN = [
    "注：1.本表由各县（市、区）局填报。2.金额保留两位小数。", "备注：出动执法人员、检查经营者数为累计数", "说明：截至2021年5月31日",
    "注：查办案件包括立案和简易案件。", "审核人：某甲　填表人：某乙　联系电话：0515-00000000", "第1页 共1页", "以上数据真实、准确",
    "注：移送公安机关案件数为累计数", "注：本表按月报送", "附：案件清单", "注：零填0，不留空", "注：本表为5月数据",
]  # fmt: skip


def warned(out) -> set[str]:
    return {r for r in out.rules() if r.startswith(("form.", "returns.title", "intake.other"))}


@pytest.mark.parametrize("note", NOTES)
def test_a_note_that_speaks_of_the_figures_is_quoted(world, note):
    world.put("亭湖区/表.xlsx", {"表": [*form4(), [note]]})
    assert world.run().at("A13", "warning")


@pytest.mark.parametrize("note", NOTES[:9])
def test_so_is_one_above_the_table(world, note):
    rows = form4()
    rows.insert(3, [note])
    world.put("亭湖区/表.xlsx", {"表": rows})
    assert world.run().at("A4", "warning")


@pytest.mark.parametrize("note", PLAIN)
def test_an_ordinary_note_says_nothing(world, note):
    world.put("亭湖区/表.xlsx", {"表": [*form4(), [note]]})
    assert not warned(world.run())


OTHER_TIMES = [
    "（5月1日—5月15日）", "（5.1-5.15）", "（4.26～5.25）", "（截至5月20日24时）", "（五一节日期间）", "（第21周）", "（上旬）", "（Q1）",
    "（Apr-21）", "（四月份）", "（二〇二一年四月）", "日报", "半月报", "年报表",
]  # fmt: skip
THIS_TIME = [
    "（2021年5月）",
    "（五月份）",
    "（二〇二一年五月）",
    "（1-5月）",
    "（截至2021年5月31日）",
    "（汇总）",
    "（单位：万元、件）",
]


def titled(more: str) -> list[list]:
    rows = form4(day="2021年5月31日")
    title = "口罩案件查处情况" if more.endswith(("报", "报表")) else TITLES["cases"]
    return [rows[0], [title + more], *rows[2:]]


@pytest.mark.parametrize("more", OTHER_TIMES)
def test_a_title_of_another_span_of_time_is_said(world, more):
    world.put("亭湖区/表.xlsx", {"表": titled(more)})
    assert world.run().rules() & {"returns.title_time", "returns.title_words", "returns.other_period"}


@pytest.mark.parametrize("more", THIS_TIME)
def test_a_title_of_the_period_says_nothing(world, more):
    world.put("亭湖区/表.xlsx", {"表": titled(more)})
    assert not warned(world.run())


OTHERS = [
    "亭湖区卫生健康委员会",
    "亭湖区公安局",
    "盐城市亭湖区人民政府",
    "亭湖区市场监督管理局稽查大队",
    "亭湖区疫情防控指挥部",
]
OURS = [
    "亭湖区市场监督管理局",
    "亭湖区市监局",
    "亭湖区局",
    "亭湖区市场监督管理局（知识产权局）",
    "亭湖区市场监管局质量科",
]


@pytest.mark.parametrize("office", OTHERS)
def test_another_office_of_the_district_is_said(world, office):
    world.put("亭湖区/表.xlsx", {"表": form4(unit=office)})
    assert [s for _, s, *_ in world.run().said("intake.other_office")] == ["warning"]


@pytest.mark.parametrize("office", OURS)
def test_the_units_office_by_any_of_its_names_is_not(world, office):
    world.put("亭湖区/表.xlsx", {"表": form4(unit=office)})
    assert not warned(world.run())


def test_a_title_of_one_township_alone_is_said(world):
    world.put("亭湖区/表.xlsx", {"表": [[TITLES["cases"] + "（南洋镇）"], *cases()]})
    assert [s for _, s, *_ in world.run().said("returns.part_alone")] == ["warning"]


def grouped(name: str) -> list[list]:
    head, below = list(CASES_HEAD), [None] * 10
    head[3:6], below[3:6] = [name, None, None], CASES_HEAD[3:6]
    return [[TITLES["cases"]], ["填报单位：亭湖区"], head, below, *cases()[1:]]


@pytest.mark.parametrize("name", ["其中：乡镇", "仅城区", "网络", "生产环节", "省局交办", "不含简易"])
def test_a_group_of_columns_that_is_a_part_is_said(world, name):
    world.put("亭湖区/表.xlsx", {"表": grouped(name)})
    assert world.run().rules() & {"form.words_limit", "form.words_unknown"}


@pytest.mark.parametrize("name", ["其中", "案件查办情况", "行政执法情况", "本期"])
def test_a_name_that_only_gathers_columns_is_not(world, name):
    world.put("亭湖区/表.xlsx", {"表": grouped(name)})
    assert not warned(world.run())


NUMBERS = {
    "with a sum": ["甲", 1, 2, "3=4+10", *range(4, 10)],
    "in brackets": ["栏次", *(f"（{n}）" for n in range(1, 10))],
    "in circles": ["甲", *"①②③④⑤⑥⑦⑧⑨"],
    "by name": [f"栏{n}" for n in range(1, 11)],
    "letters": list("ABCDEFGHIJ"),
    "with a bound": ["甲", 1, 2, "3≥4", *range(4, 10)],
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_numbers_of_columns_are_no_row(world, name):
    rows = form4()
    rows.insert(4, NUMBERS[name])
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert out.value("quality", "cases_handled") == 4
    assert not warned(out)


AGAINST = [
    "误报，请删除", "已注销，删除", "重复", "不生产口罩", "2021年5月迁往盐都区", "同序号1", "停产待删", "已于4月注销", "已搬离", "非本辖区", "空壳",
]  # fmt: skip


@pytest.mark.parametrize("words", AGAINST)
def test_a_remark_that_takes_a_firm_back_is_said_at_its_cell(world, words):
    world.put("亭湖区/表.xlsx", {"表": form3(firm(remarks=words))})
    assert "form.record_words" in world.run().at("O5", "warning")


@pytest.mark.parametrize(("words", "status"), [("出口为主", "在产"), ("已注销", "注销"), ("2020年新办", "在产")])
def test_a_remark_that_agrees_is_not(world, words, status):
    world.put("亭湖区/表.xlsx", {"表": form3(firm(remarks=words, production_status=status))})
    assert not warned(world.run())


@pytest.mark.parametrize("words", ["（作废）", "（更正）", "（待定）", "（上期已报）"])
def test_so_is_a_product_that_does_not_hold(world, words):
    world.put("亭湖区/表.xlsx", {"表": form5(batch(product_name="一次性防护口罩" + words))})
    assert "form.record_words" in world.run().at("B5", "warning")


def test_steps_that_were_taken_take_nothing_back(world):
    world.put("亭湖区/表.xlsx", {"表": form5(failing(follow_up="责令更正、注销许可证、复检合格"))})
    assert not warned(world.run())


def test_a_number_that_says_deleted_is_said(world):
    world.put("亭湖区/表.xlsx", {"表": form5(batch(), batch(seq="删", enterprise="盐城样例乙口罩厂"))})
    assert "form.seq_words" in world.run().at("A6", "warning")


COLUMNS = [
    ("操作", "保留", "删除"),
    ("状态", "正常", "作废"),
    ("是否删除", "否", "是"),
    ("是否口罩企业", "是", "否"),
    ("审核意见", "通过", "退回"),
]


@pytest.mark.parametrize(("label", "good", "bad"), COLUMNS)
def test_an_added_column_that_takes_a_record_back_is_said_in_its_row(world, label, good, bad):
    rows = form3([*firm(), good], [*firm(seq=2, enterprise="盐城样例乙口罩厂", credit_code="91320902MA00000029"), bad])
    rows[3] = [*ENTERPRISES_HEAD, label]
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert (out.at("P5"), out.at("P6", "warning")) == ([], ["form.extra_words"])


@pytest.mark.parametrize("words", ["数据有误，应为16件", "该行为4月份数", "不含东部新城", "暂估"])
def test_a_remark_beside_a_row_of_a_matrix_is_quoted_there(world, words):
    rows = form4()
    rows[3], rows[5] = [*rows[3], "备注"], [*rows[5], words]
    world.put("亭湖区/表.xlsx", {"表": rows})
    assert world.run().at("K6", "warning") == ["form.extra_words"]


HEADINGS = [
    "二、已注销企业",
    "三、非口罩生产企业",
    "二、拟投产企业",
    "二、停产企业（2家）",
    "减少企业：",
    "注销企业名单：",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_that_the_records_below_contradict_is_said(world, heading):
    second = firm(seq=2, enterprise="盐城样例乙口罩厂", credit_code="91320902MA00000029")
    world.put("亭湖区/表.xlsx", {"表": form3(firm(), [heading], second)})
    assert world.run().rules() & {"form.list_heading", "form.below_note"}


@pytest.mark.parametrize("heading", ["一、生产领域", "一、在产企业", "新增企业", "（一）市级抽查"])
def test_a_heading_that_gathers_records_is_not(world, heading):
    second = firm(seq=2, enterprise="盐城样例乙口罩厂", credit_code="91320902MA00000029")
    world.put("亭湖区/表.xlsx", {"表": form3(firm(), [heading], second)})
    assert not warned(world.run())


def divided(parts: list[str], each: bool) -> list[list]:
    """Form 4 with three rows a category: 生产 and 流通, and their sum."""
    head, *body = cases()
    rows = [[TITLES["cases"]], [head[0], "环节", *head[1:]]]
    for name, *figures in body:
        by_part = {"生产": [0] * 9, "流通": figures}
        rows += [[name if each or n == 0 else None, p, *by_part.get(p, figures)] for n, p in enumerate(parts)]
    return rows


@pytest.mark.parametrize("each", [True, False])
@pytest.mark.parametrize("parts", [["生产", "流通", "小计"], ["合计", "生产", "流通"]])
def test_of_rows_that_divide_a_category_the_whole_counts(world, parts, each):
    world.put("亭湖区/表.xlsx", {"表": divided(parts, each)})
    out = world.run()
    assert (out.value("quality", "cases_handled"), out.value("total", "officers_dispatched")) == (4, 30)
    assert [s for _, s, *_ in out.said("form.parts_of_rows")] == ["warning"]


SHEETS = {
    "another unit's cover": ("填报单位：盐都区市场监督管理局", True),
    "an older month": ("口罩专项整治统计报表（2021年4月）", True),
    "another unit of measure": ("本表金额单位为元", True),
    "a correction": ("质量类应为14件", True),
    "its own cover": ("填报单位：亭湖区市场监督管理局", False),
    "this month": ("2021年5月", False),
    "contents": ("附件4 口罩案件查处情况统计表", False),
}


@pytest.mark.parametrize("name", SHEETS)
def test_what_another_sheet_says_of_the_form_is_quoted(world, name):
    text, telling = SHEETS[name]
    world.put("亭湖区/表.xlsx", {"封面": [["说明"], [text]], "附件4": form4(unit="")})
    assert bool(world.run().said("intake.sheet_says")) == telling


@pytest.mark.parametrize(
    "note", ["注：数量单位为盒", "注：数量以箱计", "说明：产能为年产能", "注：不合格数量单位为万只"]
)
def test_a_note_below_a_list_that_gives_its_measure_is_quoted(world, note):
    rows = form3(firm()) if "产能" in note else form5(failing())
    world.put("亭湖区/表.xlsx", {"表": [*rows, [note]]})
    assert world.run().at(f"A{len(rows) + 1}", "warning")


@pytest.mark.parametrize(
    "note",
    [
        "注：不合格产品的批次数量按只填写",
        "备注：日产能单位万只",
        "共1批次，不合格1批次",
        "以上共1批次",
        "合计抽查1批次",
    ],
)
def test_one_that_repeats_the_form_is_not(world, note):
    rows = form3(firm()) if "产能" in note else form5(failing())
    world.put("亭湖区/表.xlsx", {"表": [*rows, [note]]})
    assert not warned(world.run())


@pytest.mark.parametrize(
    ("heading", "asked"),
    [("一、非医用口罩生产企业", False), ("三、医用口罩", True), ("以下为医用口罩企业", True), ("二、小型企业", False)],
)
def test_a_heading_in_a_list_that_the_form_s_name_shuts_out_is_asked_about(world, heading, asked):
    """医用口罩 over a firm in the list of makers of 非医用口罩: whether the firm belongs there is nobody's guess."""
    second = firm(seq=2, enterprise="盐城样例乙口罩有限公司", credit_code="91320902MA1D5E6F79")
    world.put("亭湖区/附件3.xlsx", {"附件3": form3(firm(credit_code="91320902MA1A2B3C47"), [heading], second)})
    out = world.run()
    assert out.records("enterprises") == 2
    assert bool(out.said("form.list_heading")) is asked and not out.said("form.note_unread")


@pytest.mark.parametrize(
    "words",
    ["五星街道未报", "新洋、五星两街道的还没收到", "缺五星街道", "注：尚未汇总完", "注：不完整", "注：待核", "有误", "有两处不准", "有重复", "与台账不符",
     "系统打不开，凭记忆填的", "估的", "请勿使用", "明天重报", "下月再补", "先这样报", "领导未审", "手工统计", "注：以系统为准", "备注：以纸质为准", "与D列互换"],
)  # fmt: skip
def test_a_free_sentence_below_a_form_that_doubts_it_is_quoted(world, words):
    world.put("亭湖区/附件4.xlsx", {"附件4": [*form4(), [words]]})
    assert {severity for _, severity, cell, _, _ in world.run().said("form.note_unread") if cell == "A13"} == {
        "warning"
    }


@pytest.mark.parametrize("note", ["五星街道王主任经办了一部分", "注：本月人手较紧"])
def test_any_other_sentence_below_is_at_least_quoted(world, note):
    world.put("亭湖区/附件4.xlsx", {"附件4": [*form4(), [], [note]]})
    out = world.run()
    assert note in "".join(out.findings["message"].fillna("")), note


@pytest.mark.parametrize(
    "note", ["填表人：李某", "（盖章）", "2021年5月31日", "第1页，共1页", "以下空白", "盐城市亭湖区市场监督管理局"]
)
def test_what_stands_on_every_form_is_not_even_noted(world, note):
    world.put("亭湖区/附件4.xlsx", {"附件4": [*form4(), [], [note]]})
    out = world.run()
    assert not [m for m in out.findings["message"].fillna("") if "表下" in m], note
