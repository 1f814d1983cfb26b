"""Free text of the public edition: whoever it names is left out, whatever form they stand in, and is listed."""

from __future__ import annotations

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.paths import PROJECT
from tally.report import narrative
from tally.report.public.harmless import harmless
from tally.report.public.review import as_csv
from tally.report.public.scrub import Scrub


class Nobody:
    """A mask that knows no name."""

    def text(self, text: str) -> str:
        return text


SCRUB = Scrub(Nobody(), harmless(CAMPAIGN))


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("已通报样例县外省虚构防护制品厂停止供货。", "虚构防护"),
        ("产品销往虚构丙（盐城）贸易有限公司。", "虚构丙"),
        ("由示例丁大药房下架。", "示例丁"),
        ("在样例戊便利店查获。", "样例戊"),
        ("联系人：王某甲，已约谈。", "王某甲"),
        ("负责人李示例已签字。", "李示例"),
        ("约谈张经理两次。", "张经理"),
        ("老板赵样例承诺整改。", "赵样例"),
        ("请发至 yang.li+1@example.com 。", "example"),
        ("邮箱yangli (at) example.com.cn", "example"),
        ("微信号：abc_12345", "abc_12345"),
        ("加微信 wx13900000000 联系", "13900000000"),
        ("QQ:10000001 群内销售", "10000001"),
        ("退款账号 6222 0000 0000 0000 000", "6222"),
        ("账号6222000000000000", "6222"),
        ("身份证320902199001010000", "320902"),
        ("旧证号320902900101000", "320902"),
        ("电话 139 0000 0000", "139"),
        ("手机１３９００００００００", "１３９"),
        ("手机 1-3-9-0-0-0-0-0-0-0-0", "1-3-9"),
        ("+86 139-0000-0000", "139-0000"),
        ("电话（0515）8800 0000", "8800"),
        ("联系电话：88000000", "88000000"),
        ("样例大道88号的仓库", "88号"),
        ("虚构路12-3号", "12-3号"),
        ("示例工业园3幢201室", "3幢"),
        ("代码 91320900MA1XXXXX0X", "MA1XXXXX0X"),
        ("虚构戊整改不到位，已列为重点。", "虚构戊"),
        ("示例牌口罩抽查不合格。", "示例牌"),
        ("“样例安”系列产品已召回。", "样例安"),
        ("外地某虚甲公司供货。", "虚甲"),
        ("网店“小虚口罩铺”已下架。", "小虚"),
        ("某宝店铺虚构旗舰已关闭。", "虚构旗舰"),
        ("批发商老虚已约谈。", "老虚"),
        ("虚老板承诺整改。", "虚老板"),
        ("当事人欧阳示例拒不整改。", "欧阳示例"),
        ("尉迟某某已签字。", "尉迟"),
        ("厂长佟样例到场。", "佟样例"),
        ("业主是慕容虚构。", "慕容"),
        ("阿虚家的口罩不合格。", "阿虚"),
        ("John Doe 已约谈。", "John"),
        ("法人Zhang San到场。", "Zhang"),
        ("邮箱 abc艾特qq点com", "abc艾特"),
        ("邮箱地址：abc#example#com", "abc#"),
        ("加V：xuxu8888", "xuxu8888"),
        ("薇信 xuxu_8888", "xuxu_8888"),
        ("扣扣一零零零零零零一", "一零零"),
        ("手机一三九零零零零零零零零", "一三九"),
        ("电话壹叁玖零零零零零零零零", "壹叁玖"),
        ("电话：①③⑨⓪⓪⓪⓪⓪⓪⓪⓪", "⓪⓪"),
        ("致电 8800零零零零", "8800"),
        ("传真05158800 0000", "8800"),
        ("支付宝 yangli8888", "yangli8888"),
        ("银行卡尾号0000的账户", "0000"),
        ("统一代码：9132-0900-MA1X-XXXX-0X", "MA1X"),
        ("许可证苏食药监械生产许可20210000号", "20210000"),
        ("注册证号苏械注准20212140000", "20212140000"),
        ("车牌苏J00000的货车", "苏J00000"),
        ("网址 www.example.com 有售", "example"),
        ("http://example.com/shop?id=1", "example"),
        ("拼多多店铺编号10086001", "10086001"),
        ("仓库在人民路与虚构路交叉口", "虚构路"),
        ("虚构小区东门对面的仓库", "虚构小区"),
        ("虚构村三组的作坊", "虚构村"),
        ("高铁站旁虚构大厦内", "虚构大厦"),
        ("经度120.13度的厂房", "120.13"),
        ("亭湖区一家企业被立案。", "一家"),
        ("射阳县2家企业未抽查。", "2家"),
        ("建湖县两家企业不合格。", "两家"),
        ("阜宁县1批次不合格，已立案1件。", "1批次"),
        ("响水县唯一的生产企业已停产。", "唯一"),
        ("虚\u200b构\u200b己防护公司不合格。", "己防护"),
    ],
)
def test_what_names_somebody_is_left_out_and_listed(text, secret):
    assert secret not in SCRUB.text(text)
    (masked,) = SCRUB.masked([text])
    assert masked.written == text and masked.kinds


@pytest.mark.parametrize(
    "text",
    [
        "市局召开专项整治行动推进会，要求进度偏慢的地区逐项倒排时间、限期补齐。",
        "结合“五一”假期消费特点，在商场、车站等场所开展口罩选购知识宣传。",
        "共抽查145批次，不合格11批次，不合格发现率7.59%。",
        "罚没款125.6863万元，2021年5月31日前完成。",
        "指导生产企业落实主体责任，对各公司开展培训。",
        "依据〔2021〕55号文件，全市排查企业76家。",
        "对药店、超市等经营单位开展检查3200户次。",
    ],
)
def test_plain_official_text_stays_as_it_is(text):
    assert SCRUB.text(text) == text and SCRUB.masked([text]) == ()


def test_a_formula_in_the_list_stays_a_text():
    (masked,) = SCRUB.masked(["=HYPERLINK(1)电话13900000000"])

    assert as_csv([masked]).decode("utf-8-sig").splitlines()[1].startswith("'=")
    assert "139" not in masked.printed


def test_a_sentence_with_a_word_that_nobody_knows_is_held_back_whole_and_the_others_stand():
    text = "对生产企业开展检查。虚构戊整改不到位。完成整改后组织复查。"
    (masked,) = SCRUB.masked([text])

    assert masked.printed == "对生产企业开展检查。完成整改后组织复查。"
    assert "虚构戊" in masked.kinds[0]


def test_a_word_that_the_analyst_has_confirmed_is_told():
    text = "开展“虚构戊”活动。"
    confirmed = narrative.parse(f"<!-- 可公开：虚构戊、另一词 -->\n# 取得成效\n{text}").confirmed

    assert SCRUB.text(text) == ""
    assert Scrub(Nobody(), harmless(CAMPAIGN, confirmed)).text(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [("射阳县2家企业不合格。", False), ("射阳县两家企业不合格。", False), ("射阳县1起案件。", False),
     ("射阳县3家企业不合格。", True), ("全市12家企业不合格。", True), ("全市十二家企业不合格。", True)],
)  # fmt: skip
def test_a_count_of_fewer_than_may_be_told_holds_its_sentence_back(text, told):
    assert bool(SCRUB.text(text)) == told


@pytest.mark.parametrize("period", ["2021-04", "2021-05"])
def test_the_samples_own_texts_are_told_whole(period):
    parts = narrative.read(PROJECT / "data" / "narrative" / "masks_2021" / f"{period}.md").parts
    texts = [text for paragraphs in parts.values() for text in paragraphs]

    assert len(texts) > 3 and SCRUB.masked(texts) == ()
