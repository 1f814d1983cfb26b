"""Words and marks for nothing. Blank, "none", "not known", "not done" and "as above" are different things, and stay so."""

from __future__ import annotations

from tally.writing.characters import narrow, visible

# Marks that a cell has nothing to say. Kept apart from a true blank by the raw text beside them.
NOTHING = frozenset(
    ("", "/", "//", "\\", "-", "--", "---", "—", "——", "–", "―", "－", "−", "_", "·", "*", "／",
     "无", "无。", "(无)", "暂无", "没有", "空", "空白", "不涉及", "不适用", "无此项",
     "N/A", "n/a", "NA", "na", "None", "none", "nil", "null")
)  # fmt: skip
UNKNOWN = frozenset(
    ("不详", "不明", "未知", "待定", "待查", "待补", "待报", "待核实", "暂缺", "略",
     "…", "……", "...", "......", "?", "??", "???")
)  # fmt: skip
NOT_DONE = frozenset(
    ("未开展", "未进行", "未抽检", "未抽查", "未检", "未做", "尚未开展", "没有开展", "未统计", "未填", "未报")
)
DITTO = frozenset(("同上", "″", "〃", "''", '"', "“", "”", "“”", "同前", "同上行", "＂", "ditto"))
_SILENT = NOTHING | {"…", "……", "...", "......"}


def is_null(value: object) -> bool:
    """Whether a value is None, not a number or pandas' NA (which compares to nothing)."""
    if value is None or isinstance(value, str):
        return value is None
    try:
        return bool(value != value)
    except TypeError:
        return True


def says_nothing(value: object) -> bool:
    """Whether a value is null or a text that says nothing: blank, `/`, 无, dots."""
    if not isinstance(value, str):
        return is_null(value)
    return visible(value).strip() in _SILENT or narrow(value) in _SILENT
