"""What eleven clerks do with the blank forms they were sent: most fill in the truth, some err, two use LibreOffice."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from pathlib import Path

from tally.readers.convert import converted, converter
from tests.life import truth
from tests.life.bureau import Bureau
from tests.unit.life import clerk

PROGRAMS = {"320922": "xls", "320923": "ods"}  # who saves from LibreOffice, and as what
SIGNED = {truth.APRIL: datetime(2021, 4, 9), truth.MAY: datetime(2021, 6, 3)}
Slips = Mapping[tuple[str, str], object]  # (category, measure) -> what is written in place of the truth


def workbook(bureau: Bureau, unit: str, period: str, slips: Slips | None = None) -> tuple[str, bytes]:
    """(ending, content): the unit's blank form filled in with what happened, and saved."""
    happened = truth.happened(unit, period)
    cases = deepcopy(happened.cases)
    for (category, measure), written in (slips or {}).items():
        cases[category][measure] = written
    nothing = {"firms": [{"enterprise": "零报告"}], "batches": [{"product_name": "零报告"}]}
    lists = {"firms": happened.firms, "batches": happened.batches} if happened.firms else nothing
    content = clerk.fill(bureau.blank(unit, period), cases=cases, day=SIGNED[period], **lists)
    kind = PROGRAMS.get(unit, "xlsx") if converter() else "xlsx"
    return (kind, content) if kind == "xlsx" else (kind, converted(content, "xlsx", kind))


def sends(bureau: Bureau, unit: str, period: str, slips: Slips | None = None, name: str = "统计表") -> Path:
    """The unit's workbook in the inbox, under a name as people choose them."""
    kind, content = workbook(bureau, unit, period, slips)
    return bureau.arrives(f"{period}/{truth.UNITS[unit]}{name}.{kind}", content)


def writes(bureau: Bureau, unit: str, period: str, **stated) -> Path:
    """The unit's text summary in the inbox."""
    return bureau.arrives(f"{period}/{truth.UNITS[unit]}工作总结.txt", truth.summary(unit, period, **stated))


def without_sheet(content: bytes, sheet: str) -> bytes:
    """The workbook with one form thrown away."""
    book = clerk.load_workbook(clerk.io.BytesIO(content))
    del book[sheet]
    return clerk.saved(book)
