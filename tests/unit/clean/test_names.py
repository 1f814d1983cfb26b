"""Names of firms, products and persons: what stands for several, for another or for none is said; ordinary names are not."""

import pytest

from tally.clean.names import clean_firm, clean_model, clean_one_product, clean_person, clean_product

# a firm's name -> whether characters of it were lost
LOST_LETTERS = {
    "盐城样例?防护用品有限公司": True,
    "盐城□□防护用品有限公司": True,
    "盐城\ue5e5样例口罩厂": True,
    "盐城*口罩厂": True,
    "？城样例口罩厂": True,
    "盐城样例口罩厂*": False,
    "盐城样例（集团）口罩厂": False,
    "A*B口罩厂": False,
}


@pytest.mark.parametrize("name", LOST_LETTERS)
def test_a_firms_name_with_lost_characters_is_not_taken(name):
    assert (clean_firm(name).state == "unreadable") is LOST_LETTERS[name]


SAID = {
    "several_in_one": [
        (clean_firm, "盐城样例乙防护用品有限公司等3家"), (clean_firm, "盐城样例乙防护用品有限公司（3批次）"),
        (clean_firm, "样例镇口罩加工户5家"), (clean_firm, "盐城样例乙有限公司等"),
        (clean_product, "一次性防护口罩等3种"), (clean_product, "一次性防护口罩（3批次）"), (clean_product, "一次性防护口罩2批"),
        (clean_product, "口罩×3"), (clean_model, "平面型/立体型2批次"), (clean_model, "多种"), (clean_model, "平面型 等"),
    ],
    "several_in_one/listed": [
        *((clean_one_product, n) for n in ("一次性防护口罩、日常防护型口罩", "一次性防护口罩/儿童口罩", "一次性防护口罩\n日常防护型口罩")),
        (clean_model, "平面型\n立体型"), (clean_model, "A款、B款"),
    ],
    "no_name": [(clean_firm, 2), (clean_firm, "2"), (clean_firm, "合格"), (clean_firm, "无名厂家"), (clean_product, 95), (clean_firm, "91320902MA1D5E6F79"),
                *((clean_firm, n) for n in ("··", "↑", "同左", "同1", "以下同", "某口罩厂", "某公司", "企业名称", "XX口罩有限公司", "盐城某口罩厂", "个体"))],
    "no_name/look": [
        (clean_firm, "样例路2号"), (clean_firm, "一次性防护口罩"), (clean_product, "盐城样例乙防护用品有限公司"),
        (clean_person, "盐城样例乙防护用品有限公司"), (clean_person, "13800000000"),
        (clean_firm, "未挂牌"), (clean_firm, "无证小作坊"),
    ],
    "name_marks": [(clean_firm, n) for n in ("1、盐城样例口罩厂", "①盐城样例口罩厂", "★盐城样例口罩厂", "“盐城样例口罩厂”", "盐城样例口罩厂。", "盐城样例口罩厂①")],
    "name_and_more": [(clean_firm, "盐城样例口罩厂 91320902MA1D5E6F79"), (clean_firm, "盐城样例口罩厂（13800000000）")],
    "name_and_words": [(clean_firm, n) for n in (
        "盐城样例口罩公司（停产）", "盐城样例口罩公司（原盐城样例丙口罩有限公司）", "盐城样例口罩公司（一车间）", "新增：盐城样例口罩公司",
        "（新）盐城样例口罩公司", "盐城样例口罩公司 已拆迁", "盐城样例口罩公司1/2", "盐城样例口罩公司 查看详情", "企查查 盐城样例口罩公司", "盐城样例口罩公司_x000D_",
        "盐城样例口罩公司http://example.cn", "盐城样例口罩公司???")],
    "two_firms": [(clean_firm, n) for n in (
        "甲口罩有限公司 乙口罩有限公司", "甲口罩有限公司乙口罩有限公司", "甲口罩有限公司（乙口罩有限公司）", "样例甲口罩厂→样例乙口罩厂", "样例甲口罩厂 样例乙口罩厂")],
    "name_of_another": [(clean_firm, "标称：盐城样例口罩厂"), (clean_firm, "某甲公司（委托盐城样例口罩厂生产）")],
}  # fmt: skip
CASES = [(kind, clean, name) for kind, names in SAID.items() for clean, name in names]


@pytest.mark.parametrize(("kind", "clean", "name"), CASES)
def test_a_name_that_is_not_plainly_one_is_said(kind, clean, name):
    reading = clean(name)
    assert reading.remark is not None and reading.remark.rule == f"cell.{kind.split(chr(47))[0]}"
    if kind in ("name_marks", "name_and_more"):
        assert reading.value == "盐城样例口罩厂"
    if kind == "name_and_words":
        assert reading.value == "盐城样例口罩公司"


ORDINARY = [
    (clean_firm, "盐城样例等离子科技有限公司"), (clean_firm, "盐城市亭湖区样例镇三星村口罩厂"), (clean_firm, "某某大药房（建军路店）"),
    (clean_firm, "盐城样例（集团）有限公司"), (clean_firm, "样例123口罩厂"), (clean_firm, "盐城第二纺织"), (clean_firm, "张三口罩加工部"),
    (clean_firm, "盐城样例有限公司亭湖分公司"), (clean_firm, "盐城样例集团有限公司盐城口罩厂"), (clean_firm, "盐城 样例 口罩 有限公司"),
    (clean_firm, "盐城样例有限公司驻响水仓库"), (clean_firm, "盐城样例口罩厂（普通合伙）"), (clean_firm, "盐城样例口罩厂（样例镇）"),
    (clean_one_product, "一次性防护口罩/平面型"), (clean_product, "一次性防护口罩、日常防护型口罩"), (clean_model, "17.5×9.5/平面型"),
    (clean_product, "KN95口罩"), (clean_product, "一次性防护口罩（10只装）"), (clean_product, "3D立体口罩"), (clean_product, "日常防护口罩（M5）"),
    (clean_model, "17.5cm×9.5cm"), (clean_model, "20210503批"), (clean_model, "175*95"), (clean_model, 95), (clean_person, "张三"),
]  # fmt: skip


@pytest.mark.parametrize(("clean", "name"), ORDINARY)
def test_an_ordinary_name_is_simply_read(clean, name):
    assert clean(name).remark is None and clean(name).value == str(name)
