"""Invented names, codes, phones and addresses, each plainly no real one.

Firm names say 示例, 样例 or 虚构; credit codes carry the division 999999, which does not exist, with right
check characters; mobile numbers begin 1990000 and landlines 0515-0000; persons are 某甲, 某乙, ….
"""

from __future__ import annotations

from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
SURNAMES = "赵钱孙李周吴郑王冯陈沈韩杨朱"
MARKS = ("示例", "样例", "虚构")
TRADES = ("口罩", "无纺制品", "防护用品", "劳保用品", "卫生用品", "纺织科技", "日用品")


@dataclass(frozen=True, slots=True)
class Place:
    """How a unit's name enters addresses and firm names."""

    code: str
    name: str
    prefix: str  # before a firm's name: 盐城市, 东台市, …


PLACES = tuple(
    Place(*p)
    for p in (
        ("320902", "亭湖区", "盐城"),
        ("320903", "盐都区", "盐城"),
        ("320904", "大丰区", "盐城大丰"),
        ("320921", "响水县", "响水县"),
        ("320922", "滨海县", "滨海"),
        ("320923", "阜宁县", "阜宁县"),
        ("320924", "射阳县", "射阳"),
        ("320925", "建湖县", "江苏建湖"),
        ("320981", "东台市", "东台市"),
        ("320971", "市开发区", "盐城"),
        ("320990", "盐南高新区", "盐城"),
    )
)
# The rare characters that real names bring: U+365F, U+5803, U+5586, U+946B, U+71DA.
RARE = {("320902", 2): "㙟", ("320981", 3): "堃", ("320924", 1): "喆", ("320904", 0): "鑫", ("320981", 7): "燚"}


def credit_code(number: int) -> str:
    """The `number`-th invented 统一社会信用代码: 18 characters, check characters right (GB 11714, GB 32100)."""
    organisation = f"MA{number * 7919 % 10**6:06d}"
    head = "91999999" + organisation + _organisation_check(organisation)
    weighted = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(head))
    return head + ALPHABET[-weighted % 31]


def _organisation_check(body: str) -> str:
    values = [int(c, 36) for c in body]
    remainder = 11 - sum(v * w for v, w in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def firm_name(place: Place, index: int) -> str:
    """亭湖's third firm is 盐城样例㙟丙口罩有限公司; every fifth carries brackets, half- or full-width."""
    mark = MARKS[(index + int(place.code)) % 3]
    stem = RARE.get((place.code, index), "") + STEMS[index]
    trade = TRADES[(index * 3 + int(place.code[-2:])) % len(TRADES)]
    # 盐城 alone stands for several units: the place's own first character keeps their firms apart.
    local = place.name.removeprefix("市")[0] if place.prefix == "盐城" else ""
    if index % 5 == 4:
        left, right = "（）" if int(place.code) % 2 else "()"
        return f"{mark}{local}{stem}{trade}{left}{place.prefix}{right}有限公司"
    return f"{place.prefix}{mark}{local}{stem}{trade}有限公司"


def shop_name(place: Place, index: int) -> str:
    kind = ("大药房", "超市", "劳保用品商行", "日用百货店")[index % 4]
    return f"{place.name}{MARKS[index % 3]}{STEMS[index]}{kind}"


def person(index: int) -> str:
    return f"{SURNAMES[index % len(SURNAMES)]}某{STEMS[index // len(SURNAMES) % len(STEMS)]}"


def mobile(index: int) -> str:
    return f"1990000{index % 10000:04d}"


def landline(index: int) -> str:
    return f"0515-0000{index % 10000:04d}"


def address(place: Place, index: int) -> str:
    road = ("示例路", "样例大道", "虚构工业园")[index % 3]
    return f"{place.name}{road}{index * 7 % 88 + 1}号"
