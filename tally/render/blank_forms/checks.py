"""What a blank form asks of a cell: the check a spreadsheet makes while typing, and the note that explains the column."""

from __future__ import annotations

from datetime import date
from typing import Any

from tally.declare import Field, Form

EARLIEST = date(1949, 10, 1)
_LONGEST_LIST = 255  # characters a drop-down list may have when it is written out
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255  # of what pops up beside a cell
YES_NO = ("是", "否")


def check(form: Form, field: Field) -> dict[str, Any]:
    """The data validation of a column, with the note that shows while a cell is being filled in."""
    rule = _rule(field)
    error = {"error_title": _cut(field.label, _LONGEST_TITLE), "error_message": rule.pop("wrong", "")}
    return {
        **rule,
        **(error if error["error_message"] else {}),
        "input_title": _cut(field.label, _LONGEST_TITLE),
        "input_message": _cut(note(form, field), _LONGEST_MESSAGE),
    }


def _rule(field: Field) -> dict[str, Any]:
    choices = YES_NO if field.kind == "yesno" else tuple(c.name for c in field.choices)
    if choices and len(",".join(choices)) <= _LONGEST_LIST and not any("," in c for c in choices):
        return {"validate": "list", "source": list(choices), "wrong": f"请从列表中选择：{'、'.join(choices)}"}
    match field.kind:
        case "count":
            return {"validate": "integer", "criteria": ">=", "value": 0, "wrong": "请填写不小于零的整数"}
        case "seq":
            return {"validate": "integer", "criteria": ">=", "value": 1, "wrong": "序号从一开始连续编写"}
        case "quantity":
            return {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "wrong": f"请填写不小于零的数{f'，单位{field.unit}' if field.unit else ''}",
            }
        case "date":
            return {**date_rule(), "wrong": "请填写完整的日期，如 2021-04-10，不晚于今天"}
        case "credit_code":
            return {
                "validate": "length",
                "criteria": "==",
                "value": 18,
                "error_type": "warning",
                "wrong": "统一社会信用代码为 18 位，请核对",
            }
        case _:
            return {"validate": "any"}


def date_rule() -> dict[str, Any]:
    """A whole day that is not still to come."""
    return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": "=TODAY()"}


def note(form: Form, field: Field) -> str:
    """What a clerk should know of a column, from its declaration."""
    lines = [field.note] if field.note else []
    if field.kind == "yesno" or field.choices:
        lines.append(f"从列表中选择：{'、'.join(YES_NO if field.kind == 'yesno' else (c.name for c in field.choices))}")
    lines += [_KINDS[field.kind]] if field.kind in _KINDS else []
    if field.unit:
        lines.append(f"计量单位：{field.unit}（只填数字）")
    if form.layout == "matrix":
        if field.summed:
            lines.append("累计数：从行动开始到本期末" if field.cumulative else "本期数：只填本期发生的")
        lines += _of_shared(form, field)
    elif field.required:
        lines.append("必填；没有可报内容的，在第一行本栏填“零报告”")
    return "\n".join(dict.fromkeys(lines)) or "据实填写"


_KINDS = {
    "count": "整数",
    "quantity": "可带小数",
    "date": "完整的日期，如 2021-04-10",
    "seq": "从一开始连续编号",
    "phone": "电话号码按文本填写",
}


def _of_shared(form: Form, field: Field) -> list[str]:
    """A column that many units cannot tell apart by category may be given in the total alone."""
    if not any(field.name in getattr(rule, "shared", ()) for rule in form.rules):
        return []
    return ["分不开类别的，可撤销工作表保护（没有密码），把总数直接填在合计行"]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
