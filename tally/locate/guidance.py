"""What a blank form of ours says of each of its columns, in a comment on the heading and beside a cell being filled in."""

from __future__ import annotations

from functools import lru_cache

from tally.declare import Field, Form

YES_NO = ("是", "否")


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


def is_shared(form: Form, field: Field) -> bool:
    """Whether many units cannot tell a column apart by category."""
    return any(field.name in getattr(rule, "shared", ()) for rule in form.rules)


def _of_shared(form: Form, field: Field) -> list[str]:
    """A column that many units cannot tell apart by category may be given in the total alone."""
    if not is_shared(form, field):
        return []
    return ["分不开类别的，各类行留空，把总数直接填在合计行（代替公式）"]


def beyond_ours(comment: str, form: Form) -> str:
    """What a comment says beyond what a blank form of ours says of one of its columns; all of it where it is none of ours."""
    rest = flat = "".join(comment.split())
    while line := next((text for text in _lines(form) if rest.startswith(text)), ""):
        rest = rest[len(line) :]
    return comment if rest == flat else rest


# Lines that blank forms bore before: they lie with the units for weeks, and come back after the program was renewed.
_FORMER = ("分不开类别的，可撤销工作表保护（没有密码），把总数直接填在合计行",)


@lru_cache(maxsize=64)
def _lines(form: Form) -> tuple[str, ...]:
    """Every line of every column's note without blanks, now and before, the longest first."""
    lines = {"".join(line.split()) for field in form.fields for line in note(form, field).split("\n")}
    return tuple(sorted({*lines, *_FORMER} - {""}, key=len, reverse=True))
