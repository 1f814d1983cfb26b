"""Tables of one period as the store hands them out, made by hand: eleven units, ten of which reported."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import PeriodTables
from tally.store.tables import CELL_COLUMNS, FINDING_COLUMNS, RETURN_COLUMNS, schema

PERIOD = "2021-05"
MISSING = "320990"
CASES = CAMPAIGN.form("cases")
HOSTILE = '=HYPERLINK("http://x","点我")<script>alert(1)</script>'


def _cases() -> pd.DataFrame:
    """Counts differ by unit; 罚没 in tenths, so that adding them in binary would drift."""
    records = []
    for at, unit in enumerate(u for u in CAMPAIGN.units if u.code != MISSING):
        rows = {}
        for c, category in enumerate(CASES.parts):
            rows[category.name] = {
                f.name: (round(0.1 * ((at + c) % 7), 1) if f.kind == "quantity" else (at * 31 + c * 7) % 400)
                for f in CASES.fields
            }
            rows[category.name]["case_value"] = None  # nobody gave 案值
        rows["total"] = {
            f.name: None
            if f.name == "case_value"
            else round(sum(rows[c.name][f.name] for c in CASES.parts), 1 if f.kind == "quantity" else None)
            for f in CASES.fields
        }
        rows["price"]["officers_dispatched"] = None  # and one unit after the other left 价格类 出动 blank
        records += [{"unit": unit.code, "category": c.name, **rows[c.name]} for c in CASES.categories]
    frame = pd.DataFrame(records)
    for f in CASES.fields:
        frame[f.name] = frame[f.name].astype("Int64" if f.kind == "count" else "Float64")
    return frame


def _sampling() -> pd.DataFrame:
    form = CAMPAIGN.form("sampling")
    records = [
        {"unit": code, "row": row, "seq": row, "product_name": "一次性口罩", "model": "175mm×95mm",
         "enterprise": enterprise, "result": "不合格" if row == 1 else "合格",
         "failed_items": "过滤效率" if row == 1 else None, "failed_quantity": 12_000 if row == 1 else None,
         "entered_market": "否" if row == 1 else None, "established": date(2020, 3, row)}
        for code in ("320903", "320902")
        for row, enterprise in enumerate((f"样例{code}口罩厂", HOSTILE, "@SUM(1+1)有限公司"), 1)
    ]  # fmt: skip
    frame = pd.DataFrame(records, columns=["unit", "row", *(f.name for f in form.fields)])
    return frame.astype({"row": "Int64", "seq": "Int64", "failed_quantity": "Int64"})


def _enterprises() -> pd.DataFrame:
    form = CAMPAIGN.form("enterprises")
    records = [
        {"unit": "320902", "row": 1, "seq": 1, "enterprise": "样例甲口罩厂", "credit_code": "91320902MA1XXXXX00",
         "contact_phone": "00000000000", "production_status": "在产", "established": date(1899, 5, 1), "daily_capacity": 3.25},
    ]  # fmt: skip
    frame = pd.DataFrame(records, columns=["unit", "row", *(f.name for f in form.fields)])
    return frame.astype({"row": "Int64", "seq": "Int64", "daily_capacity": "Float64"})


def _cells(forms) -> pd.DataFrame:
    records = []
    for name, frame in forms.items():
        fields = CAMPAIGN.form(name).fields
        key = "category" if name == "cases" else "row"
        for at, record in enumerate(frame.to_dict("records")):
            for c, f in enumerate(fields):
                value = record[f.name]
                text = None if value is None or pd.isna(value) else str(value)
                records.append(
                    (record["unit"], name, str(record[key]), f.name, text or "", text, "read" if text else "blank",
                     f"{record['unit']}/报表.xlsx", CAMPAIGN.form(name).number, f"{chr(66 + c)}{at + 5}")
                )  # fmt: skip
    return pd.DataFrame(records, columns=CELL_COLUMNS)


def _findings() -> pd.DataFrame:
    records = [
        ("320903", "sampling", "2", "enterprise", "known_firm", "warning", "320903/报表.xlsx", "附件5", "D6",
         HOSTILE, "", "抽查企业不在附件3名单中", "请核实是否漏报"),
        ("320902", "cases", "total", "fines_confiscations", "total_is_sum", "error", "320902/报表.xlsx", "附件4", "G12",
         "9.9", "2.1", "合计与各类之和不符", "请核对合计"),
        ("320904", "cases", "price", "officers_dispatched", "repaired", "note", "320904/报表.xlsx", "附件4", "B5",
         "１２", "", "全角数字已转为半角", ""),
        (MISSING, "cases", None, None, "missing_return", "error", None, None, None, None, None, "未报送附件4", "请尽快报送"),
    ]  # fmt: skip
    return pd.DataFrame(records, columns=FINDING_COLUMNS)


def _returns() -> pd.DataFrame:
    due, records = date(2021, 6, 5), []
    for unit in CAMPAIGN.units:
        for form in CAMPAIGN.forms:
            if unit.code == MISSING:
                records.append((unit.code, form.name, None, None, None, due, "missing"))
                continue
            state = "late" if unit.code == "320904" else "on time"
            if form.name == "enterprises" and unit.code not in ("320902",):
                state = "zero return"
            records.append((unit.code, form.name, f"{unit.code}/报表.xlsx", "ab" * 32, date(2021, 6, 3), due, state))
    records.append(("320902", "cases", "320902/旧.xlsx", "cd" * 32, date(2021, 6, 1), due, "replaced"))
    return pd.DataFrame(records, columns=RETURN_COLUMNS)


def _as_stored(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The types that a table has when it is read from disk."""
    types = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}
    table = pa.Table.from_pandas(frame, schema=schema(name, CAMPAIGN), preserve_index=False)
    return table.to_pandas(types_mapper=types.get)


def make_tables(period: str = PERIOD) -> PeriodTables:
    made = {"enterprises": _enterprises(), "cases": _cases(), "sampling": _sampling()}
    forms = {name: _as_stored(frame, name) for name, frame in made.items()}
    return PeriodTables(period, forms, _cells(forms), _findings(), _returns())


@pytest.fixture(scope="session")
def tables() -> PeriodTables:
    return make_tables()
