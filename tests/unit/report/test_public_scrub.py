"""Free text of the public edition: whoever it names is left out, whatever form they stand in, and is listed."""

from __future__ import annotations

import pytest

from tally.report.public.review import as_csv
from tally.report.public.scrub import LEFT_OUT, Scrub


class Nobody:
    """A mask that knows no name."""

    def text(self, text: str) -> str:
        return text


SCRUB = Scrub(Nobody())


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("已通报样例县外省虚构防护制品厂停止供货。", "外省虚构防护制品厂"),
        ("产品销往虚构丙（盐城）贸易有限公司。", "虚构丙"),
        ("由示例丁大药房下架。", "示例丁大药房"),
        ("在样例戊便利店查获。", "样例戊便利店"),
        ("联系人：王某甲，已约谈。", "王某甲"),
        ("负责人李示例已签字。", "李示例"),
        ("约谈张经理两次。", "张经理"),
        ("老板赵样例承诺整改。", "赵样例"),
        ("请发至 yang.li+1@example.com 。", "example.com"),
        ("邮箱yangli (at) example.com.cn", "example"),
        ("微信号：abc_12345", "abc_12345"),
        ("加微信 wx13900000000 联系", "13900000000"),
        ("QQ:10000001 群内销售", "10000001"),
        ("退款账号 6222 0000 0000 0000 000", "6222"),
        ("账号6222000000000000", "6222000000000000"),
        ("身份证320902199001010000", "320902199001010000"),
        ("旧证号320902900101000", "320902900101000"),
        ("电话 139 0000 0000", "139 0000 0000"),
        ("手机１３９００００００００", "１３９"),
        ("手机 1-3-9-0-0-0-0-0-0-0-0", "1-3-9-0"),
        ("+86 139-0000-0000", "139-0000"),
        ("电话（0515）8800 0000", "8800 0000"),
        ("联系电话：88000000", "88000000"),
        ("样例大道88号的仓库", "88号"),
        ("虚构路12-3号", "12-3号"),
        ("示例工业园3幢201室", "3幢"),
        ("代码 91320900MA1XXXXX0X", "MA1XXXXX0X"),
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
    assert LEFT_OUT in masked.printed
