"""What is true of each unit and period, before anybody writes it into a form. Frozen, typed, no layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

CATEGORIES = {
    "price": "价格类案件",
    "quality": "质量类案件",
    "unfair_competition": "不正当竞争类案件",
    "intellectual_property": "知识产权类案件",
    "drug_device_licensing": "药械资质类案件",
    "false_advertising": "虚假广告类案件",
    "other": "其他案件",
    "total": "合计",
}
PARTS = tuple(c for c in CATEGORIES if c != "total")
COUNTS = ("officers_dispatched", "operators_inspected", "cases_handled", "cases_filed", "cases_closed")
MEASURES = (*COUNTS, "fines_confiscations", "case_value", "masks_seized", "cases_transferred")
MONEY = ("fines_confiscations", "case_value", "masks_seized")
CUMULATIVE = ("officers_dispatched", "operators_inspected", "masks_seized", "cases_transferred")

ENTERPRISE_FIELDS = (
    "seq", "enterprise", "credit_code", "address", "legal_representative", "contact_person", "contact_phone",
    "licences", "product_name", "standard", "production_status", "enterprise_size", "established",
    "daily_capacity", "remarks",
)  # fmt: skip
SAMPLING_FIELDS = (
    "seq", "product_name", "model", "enterprise", "result", "failed_items", "failed_quantity", "entered_market",
    "market_destination", "follow_up", "assistance", "production_status", "enterprise_size", "established",
)  # fmt: skip
FIELDS = {"enterprises": ENTERPRISE_FIELDS, "cases": MEASURES, "sampling": SAMPLING_FIELDS}

Value = int | Decimal | str | date | None
Cases = Mapping[str, Mapping[str, Value]]  # category -> measure -> figure; money in 万元, masks in 万只


@dataclass(frozen=True, slots=True)
class Firm:
    """One manufacturer of form 3; fields as the form names them."""

    enterprise: str
    credit_code: str
    address: str
    legal_representative: str
    contact_person: str
    contact_phone: str
    licences: str
    product_name: str
    standard: str
    production_status: str
    enterprise_size: str
    established: date
    daily_capacity: Decimal | None  # 万只
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One sampled batch of form 5. `firm` is None for a shop, which form 3 does not list."""

    product_name: str
    model: str
    enterprise: str
    result: str
    firm: Firm | None = None
    failed_items: str | None = None
    failed_quantity: int | None = None  # 只
    entered_market: str | None = None
    market_destination: str | None = None
    follow_up: str | None = None
    assistance: str | None = None


@dataclass(frozen=True, slots=True)
class UnitTruth:
    """All that one unit has to report in one period."""

    unit: str
    period: str
    firms: tuple[Firm, ...]
    cases: Cases
    batches: tuple[Batch, ...]
