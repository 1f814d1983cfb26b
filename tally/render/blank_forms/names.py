"""What the files that go out to a unit are called: by the unit and the period, as a clerk would look for them."""

from __future__ import annotations

from tally.declare import Unit
from tally.writing.periods import month

FORMS, SUMMARY, LETTER = "统计表.xlsx", "工作总结.docx", "邮件.eml"


def file_name(unit: Unit, period: str, what: str) -> str:
    """大丰区-2021年6月-统计表.xlsx"""
    return f"{unit.name}-{month(period)}-{what}"
