"""What really happened in eleven units in two periods, invented; and what the city's figures must be, in plain sums.

Nothing here uses what is tested: sums are Python's own over the units' true figures. Money in 万元 and masks in 万只 are
whole tenths, kept as Decimal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.unit.life.clerk import STEPS, code

APRIL, MAY = "2021-04", "2021-05"
PERIODS = (APRIL, MAY)
UNITS = {
    "320902": "亭湖区", "320903": "盐都区", "320904": "大丰区", "320921": "响水县", "320922": "滨海县", "320923": "阜宁县",
    "320924": "射阳县", "320925": "建湖县", "320981": "东台市", "320971": "市开发区", "320990": "盐南高新区",
}  # fmt: skip
CATEGORIES = (
    "price", "quality", "unfair_competition", "intellectual_property", "drug_device_licensing", "false_advertising",
    "other",
)  # fmt: skip
CUMULATIVE = ("officers_dispatched", "operators_inspected", "masks_seized", "cases_transferred")
PER_PERIOD = ("cases_handled", "cases_filed", "cases_closed", "fines_confiscations", "case_value")
NO_FIRMS = "320971"  # reports that it has no manufacturer


@dataclass(frozen=True)
class Truth:
    """One unit in one period, as a right return says it: `cases` by category, firms and batches to date."""

    cases: dict[str, dict[str, int | Decimal]]
    firms: list[dict]
    batches: list[dict]


def happened(unit: str, period: str) -> Truth:
    return Truth(_cases(unit, period), _firms(unit), _batches(unit, period))


def _cases(unit: str, period: str) -> dict[str, dict[str, int | Decimal]]:
    n, late = list(UNITS).index(unit), PERIODS.index(period)
    return {category: _measures(n, c, late) for c, category in enumerate(CATEGORIES)}


def _measures(n: int, c: int, late: int) -> dict[str, int | Decimal]:
    handled = 3 + (n + c + late) % 4
    return {
        "officers_dispatched": (1 + late) * (30 + 2 * n + c),
        "operators_inspected": (1 + late) * (40 + 3 * n + c),
        "cases_handled": handled,
        "cases_filed": handled - 1,
        "cases_closed": handled - 2,
        "fines_confiscations": Decimal(10 * handled + n + c) / 10,
        "case_value": Decimal(11 * handled + n) / 10,
        "masks_seized": (1 + late) * Decimal(4 * handled + n) / 10,
        "cases_transferred": int(c == 1 and n % 3 == 0),
    }


def firm_name(unit: str, number: int) -> str:
    return f"示例{UNITS[unit]}第{'一二三'[number]}口罩有限公司"


def _firms(unit: str) -> list[dict]:
    n = list(UNITS).index(unit)
    if unit == NO_FIRMS:
        return []
    return [
        {
            "enterprise": firm_name(unit, k), "credit_code": code(100 * n + k + 1), "address": f"示例路{n}{k}号",
            "legal_representative": "某甲", "contact_person": "某乙", "contact_phone": f"199000{n:02}{k:03}",
            "licences": "齐全", "product_name": "日常防护口罩", "standard": "GB/T 32610-2016",
            "production_status": "在产", "enterprise_size": ("小型", "微型", "中型")[k],
            "established": date(2019, 3, k + 1), "daily_capacity": 2.5 + k,
        }
        for k in range(2 + n % 2)
    ]  # fmt: skip


def _batches(unit: str, period: str) -> list[dict]:
    """To date: one batch of each firm in April, one more of each in May; the second firm of every third unit fails."""
    return [
        _batch(firm, model, failing=k == 1 and model == "M-1" and list(UNITS).index(unit) % 3 == 1)
        for model in ("M-1", "M-2")[: 1 + PERIODS.index(period)]
        for k, firm in enumerate(_firms(unit))
    ]


def _batch(firm: dict, model: str, *, failing: bool) -> dict:
    same = {name: firm[name] for name in ("enterprise", "production_status", "enterprise_size", "established")}
    sampled = {"product_name": "日常防护口罩", "model": model, **same, "assistance": "标准培训"}
    if not failing:
        return {**sampled, "result": "合格"}
    return {
        **sampled, "result": "不合格", "failed_items": "过滤效率", "failed_quantity": 1200, "entered_market": "是",
        "market_destination": "本地药店", "follow_up": STEPS,
    }  # fmt: skip


def of_unit(unit: str, period: str, measure: str) -> int | Decimal:
    """The unit's 合计 of one measure."""
    return sum(record[measure] for record in happened(unit, period).cases.values())


def of_city(period: str, measure: str) -> int | Decimal:
    return sum(of_unit(u, period, measure) for u in UNITS)


def to_date(period: str, measure: str) -> int | Decimal:
    """From the beginning: a cumulative column is its latest return, any other is added up over the periods."""
    if measure in CUMULATIVE:
        return of_city(period, measure)
    return sum(of_city(p, measure) for p in PERIODS[: 1 + PERIODS.index(period)])


def batches(period: str, without: str = "") -> tuple[int, int, int]:
    """(batches, failing ones, firms sampled) to date of the whole city, or `without` a unit that did not send them."""
    every = [b for u in UNITS if u != without for b in happened(u, period).batches]
    return len(every), sum(b["result"] == "不合格" for b in every), len({b["enterprise"] for b in every})


def summary(unit: str, period: str, *, officers: int | None = None) -> str:
    """The unit's text summary; `officers` where it states another figure than the form."""
    stated = of_unit(unit, period, "officers_dispatched") if officers is None else officers
    return (
        f"{UNITS[unit]}口罩产品质量提升专项整治行动工作总结\n\n"
        f"全区共出动执法人员{stated}人次，检查经营者{of_unit(unit, period, 'operators_inspected')}户次。\n"
        "成立工作专班，制定实施方案，落实属地监管责任。\n"
    )
