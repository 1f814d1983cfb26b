"""The words for severities, states and places: one table for every output, so that a note is a 提示 everywhere."""

from __future__ import annotations

from tally.model import Severity

ERROR: Severity = "error"
WARNING: Severity = "warning"
NOTE: Severity = "note"

SEVERITIES: dict[str, str] = {ERROR: "差错", WARNING: "疑点", NOTE: "提示"}

SEVERITY_DUTIES: dict[str, str] = {ERROR: "须更正", WARNING: "须核实或说明", NOTE: "读取时已作整理，一般不必修改"}

RETURN_STATES: dict[str, str] = {
    "on time": "按时",
    "late": "逾期",
    "missing": "未报",
    "zero return": "零报告",
    "replaced": "已替换",
    "not asked": "无须报送",
}

CELL_STATES: dict[str, str] = {
    "read": "直接读取",
    "repaired": "整理后读取",
    "corrected": "按更正记录",
    "blank": "空白",
    "unreadable": "无法读取",
    "scanned": "扫描件待核实",
}


def place_in_words(file: str, sheet: str = "", cell: str = "") -> str:
    """An address as people read it: the parts that there are, set apart by a wide space."""
    return "　".join(part for part in (file, sheet, cell) if part)
