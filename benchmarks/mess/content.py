"""What a careful clerk would report: random content of forms 3, 4 and 5 that breaks no rule.

Firms are invented: their names all begin with one of the old words for people who never were.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from benchmarks.mess.truth import Value

Record = dict[str, Value]
Content = dict[str, dict[str, Record]]  # form -> row key -> field -> value

REPORTED = date(2021, 5, 31)
CODE_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CATEGORIES = (
    "price",
    "quality",
    "unfair_competition",
    "intellectual_property",
    "drug_device_licensing",
    "false_advertising",
    "other",
)
COUNTS = ("officers_dispatched", "operators_inspected", "cases_handled", "cases_filed", "cases_closed")
MONEY = ("fines_confiscations", "case_value")
MEASURES = (*COUNTS, *MONEY, "masks_seized", "cases_transferred")

_GHOSTS = ("子虚", "乌有", "亡是", "无何")
_MIDDLES = "澄禾芃昱祺堃喆鑫燚霁桐皓珩筱瑾岑"
_TRADES = ("防护用品", "无纺制品", "劳保用品", "纺织科技", "卫生用品", "日用品（苏北）", "新材料(集团)")
_PRODUCTS = ("日常防护型口罩", "民用卫生口罩", "自吸过滤式防颗粒物呼吸器", "一次性使用口罩", "儿童口罩", "KN95口罩")
_STANDARDS = ("GB/T 32610-2016", "GB 2626-2019", "T/CTCA 7-2019", "GB/T 38880-2020")
_MODELS = ("17.5cm×9.5cm", "KN95", "平面耳挂式", "M码", "9501", "FFP2 NR", "10只/袋", "175×95mm")
_ITEMS = ("过滤效率", "标识", "耳带断裂强力", "颗粒物过滤效率、泄漏性", "呼吸阻力", "甲醛含量")
_FOLLOW = (
    "责令停售、限期整改，已复查合格",
    "立案查处，召回问题产品",
    "责令整改，排查流向，信用公示",
    "行政处罚，通报商务、海关",
)
_WHERE = ("省内批发市场", "本县药店及超市", "网络销售至外省", "出口", "无法追回部分流向浙江")
_HELP = ("上门指导", "开展标准培训", "一企一策，送检服务", "组织质量问诊")
_STATES = ("在产", "停产", "转产", "注销")
_SIZES = ("大型", "中型", "小型", "微型")


def credit_code(rng: Random) -> str:
    """A unified social credit code with right check digits (GB 32100, and GB 11714 for its inner nine)."""
    body = "MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(6))
    inner = sum(_inner_value(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    head = "91" + "3209" + f"{rng.randrange(2, 99):02d}" + body + "0X987654321"[inner]
    return head + check_digit(head)


def check_digit(head: str) -> str:
    """The 18th character that GB 32100 asks for after the 17 of `head`."""
    total = sum(CODE_CHARS.index(c) * pow(3, i, 31) for i, c in enumerate(head))
    return CODE_CHARS[-total % 31]


def _inner_value(char: str) -> int:
    return int(char) if char.isdigit() else ord(char) - 55


def clean_content(rng: Random) -> Content:
    """All three forms of one unit, consistent with each other."""
    firms = _firms(rng, rng.randrange(3, 11))
    sampling = _sampling(rng, firms)
    failing = any(r["result"] == "不合格" for r in sampling.values())
    return {"enterprises": firms, "cases": _cases(rng, failing), "sampling": sampling}


def _firms(rng: Random, count: int) -> dict[str, Record]:
    made: dict[str, Record] = {}
    names: set[str] = set()
    while len(made) < count:
        name = rng.choice(_GHOSTS) + "".join(rng.sample(_MIDDLES, 2)) + rng.choice(_TRADES) + "有限公司"
        if name[:4] in names:
            continue
        names.add(name[:4])
        number = len(made) + 1
        made[str(number)] = _firm(rng, number, name)
    return made


def _firm(rng: Random, number: int, name: str) -> Record:
    return {
        "seq": number,
        "enterprise": name,
        "credit_code": credit_code(rng),
        "address": f"虚构镇无名路{rng.randrange(1, 300)}号",
        "legal_representative": rng.choice(("某甲", "某乙", "某丙", "某丁")),
        "contact_person": rng.choice(("某戊", "某己", "某庚", None)),
        "contact_phone": f"19900{rng.randrange(10**6):06d}",
        "licences": rng.choice(("齐全", "营业执照", "证照齐全")),
        "product_name": rng.choice(_PRODUCTS),
        "standard": rng.choice(_STANDARDS),
        "production_status": "在产" if number <= 2 else rng.choices(_STATES, (8, 2, 1, 1))[0],
        "enterprise_size": rng.choice(_SIZES),
        "established": date(2005, 1, 1) + timedelta(days=rng.randrange(5900)),
        "daily_capacity": Decimal(rng.randrange(1, 2000)) / rng.choice((10, 100)),
        "remarks": rng.choice((None, None, "2020年新办", "出口为主")),
    }


def _sampling(rng: Random, firms: dict[str, Record]) -> dict[str, Record]:
    producing = [f for f in firms.values() if f["production_status"] == "在产"]
    made: dict[str, Record] = {}
    seen = set()
    firm = rng.choice(producing)
    for _ in range(rng.randrange(3, 15)):
        firm = firm if rng.random() < 0.4 else rng.choice(producing)
        what = (firm["enterprise"], rng.choice(_PRODUCTS), rng.choice(_MODELS))
        if what in seen:
            continue
        seen.add(what)
        number = len(made) + 1
        made[str(number)] = _batch(rng, number, firm, what[1], what[2])
    return made


def _batch(rng: Random, number: int, firm: Record, product: str, model: str) -> Record:
    fails = rng.random() < 0.3
    out = fails and rng.random() < 0.4
    return {
        "seq": number,
        "product_name": product,
        "model": model,
        "enterprise": firm["enterprise"],
        "result": "不合格" if fails else "合格",
        "failed_items": rng.choice(_ITEMS) if fails else None,
        "failed_quantity": rng.randrange(20, 60000) if fails else None,
        "entered_market": ("是" if out else "否") if fails else None,
        "market_destination": rng.choice(_WHERE) if out else None,
        "follow_up": rng.choice(_FOLLOW) if fails else None,
        "assistance": rng.choice((*_HELP, None)),
        "production_status": firm["production_status"],
        "enterprise_size": firm["enterprise_size"],
        "established": firm["established"],
    }


def _cases(rng: Random, failing: bool) -> dict[str, Record]:
    made = {name: _category(rng, at_least=2 if failing and name == "quality" else 0) for name in CATEGORIES}
    made["total"] = {f: sum((r[f] or 0 for r in made.values()), start=0) for f in MEASURES}
    return made


def _category(rng: Random, at_least: int) -> Record:
    inspected = rng.randrange(8, 1500)
    handled = max(at_least, rng.choice((0, 0, 1, 2, 3, 7, 12, 30)))
    filed = rng.randrange(1, handled + 1) if handled else 0
    closed = rng.randrange(1, filed + 1) if filed else 0
    return {
        "officers_dispatched": inspected + rng.randrange(400),
        "operators_inspected": inspected,
        "cases_handled": handled,
        "cases_filed": filed,
        "cases_closed": closed,
        "fines_confiscations": _amount(rng, closed, 60, 22000),
        "case_value": _amount(rng, handled, 60, 20000),
        "masks_seized": _amount(rng, handled, 0, 30000),
        "cases_transferred": 1 if filed > 6 and rng.random() < 0.3 else 0,
    }


def _amount(rng: Random, cases: int, low: int, high: int) -> Decimal:
    """A plausible amount for so many cases, in 万元 or 万只, exact to four digits after the point."""
    return Decimal(sum(rng.randrange(low, high) for _ in range(cases))) / 10000
