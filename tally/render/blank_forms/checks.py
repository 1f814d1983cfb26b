"""What a blank form asks of a cell: the check a spreadsheet makes while typing, and the note that explains the column."""

from __future__ import annotations

from datetime import date
from typing import Any

from tally.declare import Field, Form
from tally.locate.guidance import YES_NO, note

EARLIEST = date(1949, 10, 1)
_LONGEST_LIST = 255  # characters a drop-down list may have when it is written out
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255  # of what pops up beside a cell


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


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
