"""Tables in the words of the forms: Chinese columns with their units of measure, names for codes."""

from __future__ import annotations

import pandas as pd

from tally.catalogue import CELL_STATES, RETURN_STATES, SEVERITIES
from tally.declare import Campaign, Form

_COLUMNS = {
    "period": "报送期", "unit": "报送单位", "form": "统计表", "row": "行", "field": "栏目", "raw": "原文", "value": "读作",
    "state": "状态", "file": "文件", "sheet": "工作表", "cell": "单元格", "rule": "规则", "severity": "性质", "found": "填报",
    "expected": "应为", "message": "说明", "suggestion": "处理建议", "sha256": "校验值", "received": "收文日期", "due": "截止日期",
    "category": "类别", "level": "层级", "measure": "指标", "scope": "口径", "unit_of_measure": "计量单位",
    "n_units": "单位数", "derived": "由类别相加",
}  # fmt: skip
_WORDS = {
    "severity": SEVERITIES,
    "scope": {"period": "本期", "to_date": "累计"},
    "level": {"city": "汇总", "unit": "单位"},
}
_STATES = CELL_STATES | RETURN_STATES


def labelled(campaign: Campaign, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """`table` (called `name`) with labels; what has none stays as it is."""
    form = next((f for f in campaign.forms if f.name == name), None)
    out = _of_form(form, table) if form else _of_campaign(campaign, table)
    units = {u.code: u.name for u in (*campaign.units, campaign.top)}
    out["unit"] = _named(out["unit"], units)
    columns = _COLUMNS | ({f.name: f.label + (f"（{f.unit}）" if f.unit else "") for f in form.fields} if form else {})
    if "measure" in out:
        columns = columns | {"value": "数值"}
    return out.rename(columns=columns)


def _of_form(form: Form, table: pd.DataFrame) -> pd.DataFrame:
    out = table.copy()
    if form.layout == "matrix":
        out["category"] = _named(out["category"], {c.name: c.label for c in form.categories})
    return out


def _of_campaign(campaign: Campaign, table: pd.DataFrame) -> pd.DataFrame:
    """Forms, fields and categories by their labels, form by form: two forms may use one name for two things."""
    out, given = table.copy(), table.get("form", pd.Series(dtype=object))
    for form in campaign.forms:
        mine = given == form.name
        labels = {f.name: f.label for f in form.fields}
        rows = {c.name: c.label for c in form.categories}
        for column, names in (("field", labels), ("measure", labels), ("row", rows), ("category", rows)):
            if column in out:
                out.loc[mine, column] = _named(out.loc[mine, column], names)
    if "form" in out:
        out["form"] = _named(out["form"], {f.name: f.title for f in campaign.forms} | {"summary": "工作总结"})
    for column, names in (_WORDS | {"state": _STATES}).items():
        if column in out:
            out[column] = _named(out[column], names)
    return out


def _named(column: pd.Series, names: dict[str, str]) -> pd.Series:
    return column.map(lambda v: names.get(v, v))
