"""Names and words in lists that make more or less than one record of a line: each is read right or said."""

import pytest

from tests.adversary.world import failing, firm, form3, form4, form5, passing

SECOND = "盐城样例乙口罩有限公司"
TWO = [
    "盐城样例甲口罩有限公司、盐城样例乙防护用品有限公司",
    "盐城样例甲口罩厂\n盐城样例乙口罩厂",
    "样例甲大药房/样例乙大药房",
]
ONE = [
    "盐城样例甲口罩有限公司",
    "盐城样例甲、乙口罩有限公司",
    "盐城样例口罩有限公司（东台店）",
    "盐城样例\n口罩有限公司",
]


@pytest.mark.parametrize("name", [*TWO, *ONE])
def test_two_firms_in_one_cell_are_a_doubt(world, name):
    world.put("亭湖区/表.xlsx", {"表": form5(passing(1, name))})
    out = world.run()
    assert out.records("sampling") == 1
    assert ("cell.two_firms" in out.rules("warning")) is (name in TWO)


@pytest.mark.parametrize("heading", ["在产企业", "其他企业", "一、停产企业：", "生产环节"])
def test_a_heading_in_the_column_of_names_is_no_firm(world, heading):
    rows = form3([None, heading], firm(), [None, "停产企业"], firm(seq=2, enterprise=SECOND))
    world.put("亭湖区/表.xlsx", {"表": rows})
    assert world.run().column("enterprise", "enterprises") == ["盐城样例甲口罩有限公司", SECOND]


def test_a_firm_of_which_only_the_name_is_written_stays_one(world):
    world.put("亭湖区/表.xlsx", {"表": form3(firm(), [None, "盐城样例防护企业"])})
    assert world.run().records("enterprises") == 2


@pytest.mark.parametrize("words", ["此行有误", "已撤销", "作废"])
def test_words_beside_a_row_that_take_it_back_are_said(world, words):
    rows = form4()
    rows[5] = [*rows[5], None, words]
    world.put("亭湖区/表.xlsx", {"表": rows})
    assert [s for _, s, *_ in world.run().said("form.beside_table")] == ["warning"]


def test_a_note_that_takes_a_record_back_is_said(world):
    world.put("亭湖区/表.xlsx", {"表": [*form5(failing(), passing(2, SECOND)), ["注：第1条已复检合格"]]})
    assert [s for _, s, *_ in world.run().said("form.note_corrects")] == ["warning"]


def test_a_list_whose_dates_and_choices_are_written_otherwise_is_the_same_list(world):
    day = {"established": "2016-11-26"}
    first = [passing(n, f"盐城样例{c}口罩有限公司", product_name=f"{c}型", **day) for n, c in enumerate("甲乙丙丁", 1)]
    again = [[*r[:2], None, *r[3:4], "合 格", *r[5:11], "正常生产", None, "2016年11月26日"] for r in first]
    world.put("亭湖区/附件5初报.xlsx", {"表": form5(*first)})
    world.put("亭湖区/附件5的副本.xlsx", {"表": form5(*again)})
    assert world.run().records("sampling") == 4


def test_the_head_of_the_table_below_says_nothing_of_the_list_above(world):
    head = [["案件查处\n情况统计表"], [], ["单位名称（公章）：亭湖区    填报日期：2021.5.31    单位：件、万元、万只"]]
    world.put("亭湖区/表.xlsx", {"表": [*form5(failing(failed_quantity=21001)), [], *head, *form4()[3:]]})
    out = world.run()
    assert out.value(1, "failed_quantity", "sampling") == 21001
    assert not out.said("form.header_unit")


def test_two_batches_of_one_firm_are_no_two_versions_of_one(world):
    day = {"established": "2016-11-26"}
    other = passing(1, SECOND, product_name="日常防护型口罩", model="立体型9501", established="2016年11月26日")
    world.put("亭湖区/表.xlsx", {"表": [*form5(passing(1, SECOND, **day)), [], *form5(other)]})
    assert world.run().column("product_name", "sampling") == ["一次性防护口罩", "日常防护型口罩"]
