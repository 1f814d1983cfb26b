"""The truth of all units and both periods, from fixed seeds: the same on every machine and every run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from samples import names
from samples.names import PLACES, Place
from samples.truth import CUMULATIVE, MEASURES, MONEY, PARTS, Batch, Cases, Firm, UnitTruth

PERIODS = ("2021-04", "2021-05")


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is in a unit: firms, of them stopped; batches and failing ones, April and May on top."""

    firms: int
    stopped: int
    batches: tuple[int, int]
    failing: tuple[int, int]
    officers: tuple[int, int]
    cases: tuple[int, int]
    transfers: tuple[int, int] = (0, 0)


SIZES = {
    "320902": Size(8, 1, (9, 5), (1, 0), (412, 188), (9, 6)),
    "320903": Size(7, 0, (8, 5), (0, 1), (526, 240), (12, 8), (0, 1)),
    "320904": Size(9, 2, (10, 6), (1, 0), (388, 172), (10, 9)),
    "320921": Size(4, 1, (5, 2), (0, 0), (186, 95), (4, 3)),
    "320922": Size(6, 1, (7, 5), (1, 1), (274, 156), (7, 8)),
    "320923": Size(5, 0, (6, 4), (0, 0), (318, 141), (6, 5)),
    "320924": Size(7, 1, (8, 5), (1, 1), (345, 167), (8, 7)),
    "320925": Size(6, 0, (7, 4), (0, 0), (292, 133), (7, 6)),
    "320981": Size(14, 4, (16, 9), (1, 1), (618, 287), (16, 14), (1, 1)),
    "320971": Size(10, 1, (11, 7), (1, 1), (236, 124), (11, 9)),
    "320990": Size(0, 0, (5, 3), (0, 0), (205, 102), (3, 3)),
}
# Share of officers by category, and where cases arise; price and quality carry most of the work.
SHARES = dict(zip(PARTS, (22, 38, 7, 6, 15, 8, 4), strict=True))
CASE_WEIGHTS = dict(zip(PARTS, (18, 46, 3, 8, 14, 9, 2), strict=True))

PRODUCTS = (
    ("日常防护型口罩", "GB/T 32610-2016"),
    ("民用卫生口罩", "T/CNTAC 55-2020"),
    ("一次性使用防护口罩", "T/CTCA 7-2019"),
    ("KN95自吸过滤式防颗粒物口罩", "GB 2626-2019"),
    ("儿童口罩", "GB/T 38880-2020"),
)
MODELS = ("17.5cm×9.5cm", "平面型 成人款", "折叠型 M", "均码", "14.5cm×9.5cm", "175mm×95mm")
FAILURES = (
    ("过滤效率", "责令停止销售，排查产品流向并召回，限期整改后复查，已立案查处"),
    ("过滤效率、通气阻力", "责令立即停止生产销售，库存产品封存，开展流向排查，立案查处并通报商务、海关部门"),
    ("标识", "责令限期整改，核查后恢复销售，行政处罚信息公示"),
    ("口罩带断裂强力", "责令停止销售，限期整改，整改后复查合格，立案查处"),
    ("细菌过滤效率", "停止销售，下架召回，立案调查"),
    ("通气阻力", "责令停止销售，约谈企业负责人，限期整改"),
    ("颗粒过滤效率、标识", "责令停售并召回，流向排查，立案查处"),
)
HELP = ("指导企业完善出厂检验制度", "技术人员上门帮扶，一企一策", "组织标准培训", "帮助企业查找原因、改进工艺")


def all_truths() -> dict[tuple[str, str], UnitTruth]:
    """(unit, period) -> what is true there, for eleven units and two periods."""
    truths = {}
    for number, place in enumerate(PLACES):
        for truth in _unit(place, number):
            truths[truth.unit, truth.period] = truth
    return truths


def _unit(place: Place, number: int) -> tuple[UnitTruth, UnitTruth]:
    size = SIZES[place.code]
    rng = Random(f"tally samples {place.code}")
    firms = tuple(_firm(place, number, i, size, rng) for i in range(size.firms))
    april_cases = _cases(size, 0, None, rng)
    may_cases = _cases(size, 1, april_cases, rng)
    plan = _Plan(place, firms, rng, number)
    april = plan.batches(0, size.batches[0], size.failing[0])
    may = april + plan.batches(size.batches[0], size.batches[1], size.failing[1])
    return (
        UnitTruth(place.code, PERIODS[0], firms, april_cases, april),
        UnitTruth(place.code, PERIODS[1], _one_stops(firms, number), may_cases, may),
    )


def _one_stops(firms: tuple[Firm, ...], number: int) -> tuple[Firm, ...]:
    """In three units one more producer has stopped by May; it was sampled in April."""
    if number % 3 != 2 or not firms:
        return firms
    return (replace(firms[0], production_status="停产", daily_capacity=None, remarks="5月起停产"), *firms[1:])


def _firm(place: Place, number: int, i: int, size: Size, rng: Random) -> Firm:
    stopped = i >= size.firms - size.stopped
    key = number * 40 + i
    product, standard = PRODUCTS[(i + number) % len(PRODUCTS)]
    return Firm(
        enterprise=names.firm_name(place, i),
        credit_code=names.credit_code(key + 101),
        address=names.address(place, i + 1),
        legal_representative=names.person(key * 3),
        contact_person=names.person(key * 3 + 1),
        contact_phone=names.mobile(key * 13 + 7) if i % 4 else names.landline(key * 11 + 3),
        licences=rng.choice(("齐全", "证照齐全", "营业执照齐全")),
        product_name=product,
        standard=standard,
        production_status=_status(i, size),
        enterprise_size=rng.choice(("小型", "小型", "微型", "微型", "微型", "中型")),
        established=date(2015, 3, 2) + timedelta(days=rng.randrange(0, 365 * 5 + 100)),
        daily_capacity=None if stopped else Decimal(rng.randrange(5, 400)) / 10,
        remarks="2020年底停产" if stopped and i % 2 and _status(i, size) == "停产" else None,
    )


def _status(i: int, size: Size) -> str:
    """The last firms of a unit are stopped; where there are many, the very last makes something else now."""
    if i < size.firms - size.stopped:
        return "在产"
    return "转产" if size.stopped > 3 and i == size.firms - 1 else "停产"


def _cases(size: Size, at: int, before: Cases | None, rng: Random) -> Cases:
    """Form 4 of one period. Officers, operators, masks and transfers run on from `before`."""
    handled = _spread(size.cases[at], CASE_WEIGHTS, rng)
    officers = _spread(size.officers[at], SHARES, rng)
    if before and before["intellectual_property"]["masks_seized"] and not handled["intellectual_property"]:
        handled["quality"] -= 1  # masks seized to date stand beside a case of this period as well
        handled["intellectual_property"] += 1
    rows = {}
    for name in PARTS:
        row = _case_row(handled[name], officers[name], rng)
        row["masks_seized"] = _masks(name, handled[name], rng)
        row["cases_transferred"] = size.transfers[at] if name == "quality" else 0
        rows[name] = {m: v + before[name][m] if before and m in CUMULATIVE else v for m, v in row.items()}
    rows["total"] = {m: sum((r[m] for r in rows.values()), Decimal(0) if m in MONEY else 0) for m in MEASURES}
    return rows


def _spread(total: int, weights: dict[str, int], rng: Random) -> dict[str, int]:
    """`total` split by weight, at random in detail; quality always gets something."""
    parts = dict.fromkeys(weights, 0)
    parts["quality"] = 1
    for name in rng.choices(list(weights), list(weights.values()), k=total - 1):
        parts[name] += 1
    return parts


def _case_row(handled: int, officers: int, rng: Random) -> dict:
    filed = handled - (1 if handled > 2 and rng.random() < 0.4 else 0)
    closed = max(0, filed - rng.choice((0, 0, 1, 1, 2)))
    return {
        "officers_dispatched": officers,
        "operators_inspected": round(officers * rng.uniform(1.0, 1.6)),
        "cases_handled": handled,
        "cases_filed": filed,
        "cases_closed": closed,
        "fines_confiscations": _money(closed, rng),
        "case_value": _money(handled, rng),
    }


def _money(cases: int, rng: Random) -> Decimal:
    """万元 with up to four decimals, about one 万元 a case."""
    if not cases:
        return Decimal(0)
    digits = rng.choice((2, 2, 2, 4))
    return round(Decimal(repr(cases * rng.uniform(0.4, 1.8))), digits)


def _masks(category: str, handled: int, rng: Random) -> Decimal:
    if category not in ("quality", "intellectual_property") or not handled:
        return Decimal(0)
    return Decimal(rng.randrange(2, 90)) / 10


@dataclass(frozen=True)
class _Plan:
    """Draws a unit's batches: every producing firm in turn, a shop now and then."""

    place: Place
    firms: tuple[Firm, ...]
    rng: Random
    number: int

    def batches(self, start: int, count: int, failing: int) -> tuple[Batch, ...]:
        bad = {start + 2 + 3 * k for k in range(failing)}
        return tuple(self._batch(i, i in bad) for i in range(start, start + count))

    def _batch(self, i: int, fails: bool) -> Batch:
        firm = self._firm(i) if fails or i % 6 != 5 else None
        product = firm.product_name if firm else PRODUCTS[i % len(PRODUCTS)][0]
        turn, place = divmod(i, max(1, len(self._producing)))
        batch = Batch(
            product_name=product,
            model=MODELS[(place + turn + self.number) % len(MODELS)],  # never a firm's model twice
            enterprise=firm.enterprise if firm else names.shop_name(self.place, i % 7),
            result="合格",
            firm=firm,
            assistance=HELP[i % len(HELP)] if firm and i % 3 == 0 else None,
        )
        return self._failed(batch, i) if fails else batch

    @property
    def _producing(self) -> list[Firm]:
        return [f for f in self.firms if f.production_status == "在产"]

    def _firm(self, i: int) -> Firm | None:
        return self._producing[i % len(self._producing)] if self._producing else None

    def _failed(self, batch: Batch, i: int) -> Batch:
        items, follow_up = FAILURES[(i + self.number) % len(FAILURES)]
        entered = (i + self.number) % 2 == 1
        return replace(
            batch,
            result="不合格",
            failed_items=items,
            failed_quantity=self.rng.randrange(10, 400) * 100,
            entered_market="是" if entered else "否",
            market_destination="苏北地区零售药店、网络平台店铺" if entered else None,
            follow_up=follow_up,
            assistance=HELP[i % len(HELP)],
        )
