"""Two periods of invented contract tables for eleven units, made from the campaign's declaration."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pandas as pd

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import PeriodTables
from tally.store.tables import CELL_COLUMNS, FINDING_COLUMNS, RETURN_COLUMNS, schema

SHORT = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
MISSING = "320925"  # 建湖县 sends nothing in the second period
LATE = "320981"
BLANK_TOTAL = "320924"  # 射阳县 leaves 合计 of 查办案件 blank


def firm(unit: str, i: int) -> str:
    return f"{CAMPAIGN.unit(unit).name}样例{SHORT[i]}口罩有限公司"


def _cases(random: Random, period: int, earlier: dict) -> list[dict]:
    rows = []
    for unit in CAMPAIGN.units:
        sums = dict.fromkeys((f.name for f in CAMPAIGN.form("cases").fields), 0)
        for category in CAMPAIGN.form("cases").parts:
            handled = random.randint(0, 4)
            filed = random.randint(0, handled)
            row = {
                "officers_dispatched": None,
                "operators_inspected": None,
                "cases_handled": handled,
                "cases_filed": filed,
                "cases_closed": random.randint(0, filed),
                "fines_confiscations": round(handled * random.uniform(0, 2), 2),
                "case_value": round(handled * random.uniform(0, 2), 2),
                "masks_seized": round(earlier.get((unit.code, category.name), 0) + handled * random.uniform(0, 1), 2),
                "cases_transferred": 0,
            }
            earlier[unit.code, category.name] = row["masks_seized"]
            rows.append({"unit": unit.code, "category": category.name, **row})
            sums = {k: round(v + (row[k] or 0), 2) for k, v in sums.items()}
        visits = {"officers_dispatched": 200 * (period + 1), "operators_inspected": 300 * (period + 1)}
        blank = {"cases_handled": None} if unit.code == BLANK_TOTAL else {}
        rows.append({"unit": unit.code, "category": "total", **sums, **visits, **blank})
    return rows


def _sampling(random: Random, period: int) -> list[dict]:
    rows = []
    for k, unit in enumerate(CAMPAIGN.units):
        for i in range(3 + period + k % 3):
            bad = i == 1 and k % 3 == 0
            rows.append(
                {
                    "unit": unit.code,
                    "row": i + 1,
                    "seq": i + 1,
                    "product_name": "日常防护型口罩",
                    "model": f"17.5cm×9.5cm-{i}",
                    "enterprise": firm(unit.code, i),
                    "result": "不合格" if bad else "合格",
                    "failed_items": random.choice(["过滤效率", "过滤效率、标识", "耳带断裂强力，过滤效率"])
                    if bad
                    else None,
                    "failed_quantity": 1200 if bad else None,
                    "entered_market": "否" if bad else None,
                    "follow_up": "责令停售，立案查处" if bad else None,
                    "enterprise_size": "小型" if i % 2 else "微型",
                }
            )
    return rows


def _enterprises(period: int) -> list[dict]:
    return [
        {
            "unit": unit.code,
            "row": i + 1,
            "seq": i + 1,
            "enterprise": firm(unit.code, i).replace("有限", "（有限）") if i == 2 else firm(unit.code, i),
            "credit_code": f"99{unit.code}MA{k:02d}{i:02d}XX0{period}"[:18],
            "address": f"{unit.name}样例路{i + 1}号",
            "legal_representative": f"示某{SHORT[i]}",
            "contact_person": f"例某{SHORT[i]}",
            "contact_phone": f"0515-0000{k:02d}{i:02d}",
            "licences": "齐全",
            "product_name": "日常防护型口罩",
            "standard": "GB/T 32610-2016",
            "production_status": "停产" if i == 4 else "在产",
            "enterprise_size": "小型" if i % 2 else "微型",
            "established": date(2020, 2, 1 + i),
            "daily_capacity": 1.5,
        }
        for k, unit in enumerate(CAMPAIGN.units)
        for i in range(5)
    ]


def _frame(name: str, rows: list[dict]) -> pd.DataFrame:
    types = {"int64": "Int64", "double": "Float64", "string": "object", "date32[day]": "object"}
    s = schema(name, CAMPAIGN)
    return pd.DataFrame(rows, columns=s.names).astype({f.name: types[str(f.type)] for f in s})


def _cells(forms: dict[str, list[dict]]) -> pd.DataFrame:
    rows = []
    for name, records in forms.items():
        form = CAMPAIGN.form(name)
        key = "category" if form.layout == "matrix" else "row"
        at = {}
        for r in records:
            at[r["unit"]] = line = at.get(r["unit"], 4) + 1
            for col, field in enumerate(form.fields):
                raw = r.get(field.name)
                raw = "" if raw is None else str(raw)
                place = (f"{r['unit']}/{form.number}.xlsx", "Sheet1", f"{chr(66 + col)}{line}")
                rows.append((r["unit"], name, str(r[key]), field.name, raw, raw, "read" if raw else "blank", *place))
    return pd.DataFrame(rows, columns=list(CELL_COLUMNS))


def _returns(name: str, gone: set[str]) -> pd.DataFrame:
    period, rows = CAMPAIGN.period(name), []
    for unit in CAMPAIGN.units:
        for form in CAMPAIGN.forms:
            due = period.due[form.name]
            late = unit.code == LATE and form.name == "cases"
            there = unit.code not in gone
            when = due + timedelta(days=3 if late else -1)
            state = "missing" if not there else "late" if late else "on time"
            file = f"{unit.code}/{form.number}.xlsx" if there else None
            rows.append((unit.code, form.name, file, "0" * 64 if there else None, when if there else None, due, state))
    return pd.DataFrame(rows, columns=list(RETURN_COLUMNS)).astype(object)


def _findings(gone: set[str]) -> pd.DataFrame:
    place = ("320902/附件4.xlsx", "Sheet1", "D12")
    rows = [
        ("320902", "cases", "total", "cases_handled", "cases.total_equals_sum", "error", *place, "12", "11", "合计 12 与七类之和 11 不符", "请核对合计行"),
        ("320903", "sampling", "1", "enterprise", "sampling.firm", "warning", "320903/附件5.xlsx", "Sheet1", "E5",
         firm("320903", 0), "", f"{firm('320903', 0)} 停产却有抽样记录", "请说明"),
        ("320904", "cases", "price", "masks_seized", "clean.fullwidth", "note", "320904/附件4.xlsx", "Sheet1", "I5", "１２", "12", "全角数字已转为半角", ""),
    ]  # fmt: skip
    return pd.DataFrame([r for r in rows if r[0] not in gone], columns=list(FINDING_COLUMNS))


def periods() -> tuple[PeriodTables, PeriodTables]:
    """2021-04 with all eleven units and 2021-05 without `MISSING`; the same on every call."""
    random, earlier, made = Random(7), {}, []
    for n, (name, gone) in enumerate((("2021-04", set()), ("2021-05", {MISSING}))):
        forms = {"enterprises": _enterprises(n), "cases": _cases(random, n, earlier), "sampling": _sampling(random, n)}
        forms = {f: [r for r in rows if r["unit"] not in gone] for f, rows in forms.items()}
        frames = {f: _frame(f, rows) for f, rows in forms.items()}
        made.append(PeriodTables(name, frames, _cells(forms), _findings(gone), _returns(name, gone)))
    return tuple(made)


def save(root, tables: PeriodTables) -> None:
    """Writes the contract tables of one period below `root`."""
    from tally.paths import Paths
    from tally.store.tables import write_table

    folder = Paths(root, CAMPAIGN.name, tables.period).processed
    frames = {**tables.forms, "cells": tables.cells, "findings": tables.findings, "returns": tables.returns}
    for name, frame in frames.items():
        write_table(frame, folder / f"{name}.parquet", schema(name, CAMPAIGN))
