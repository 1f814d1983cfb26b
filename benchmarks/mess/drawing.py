"""Draw one form on a sheet and note the true place and meaning of every cell."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.mess.content import Record
from benchmarks.mess.headings import STYLES, draw_header, foot_lines, top_lines
from benchmarks.mess.list_body import draw_list
from benchmarks.mess.matrix_body import draw_matrix
from benchmarks.mess.plan import ADDED_COLUMN, Plan, Spot
from benchmarks.mess.truth import Writing
from samples.writers.sheet import Ink, Sheet
from tally.declare import Field, Form

REQUIRED = {"seq", "product_name", "enterprise", "result", "failed_items", "failed_quantity", "entered_market",
            "market_destination", "follow_up", "licences", "credit_code"}  # fmt: skip
UNHEARD = {
    "fines_confiscations": "罚没入库金额",
    "case_value": "涉案总值",
    "cases_closed": "终结件数",
    "follow_up": "处置举措",
    "licences": "持证情况",
    "established": "开办日期",
}
ADDED = {
    "matrix": (
        "去年同期查办案件数",
        "上期累计罚没（万元）",
        "其中：简易案件",
        "同比增减（%）",
        "结案率",
        "责任科室",
        "较上期增加",
    ),
    "list": (
        "责任人",
        "所属分局",
        "是否复工",
        "检验机构",
        "报告编号",
        "企业类型",
        "抽查日期",
        "上次抽查结果",
        "去年日产能",
    ),
}


def draw(rng: Random, sheet: Sheet, top: int, left: int, plan: Plan, records: dict[str, Record]) -> list[Spot]:
    """Draw `records` of the plan's form with its upper left corner at (top, left)."""
    fields = _columns(rng, plan)
    first = plan.form.row_header if plan.form.layout == "matrix" else ""
    width = len(fields) + bool(first)
    row = _draw_top(rng, sheet, top, left, width, plan)
    if plan.level == "messy":
        _choose_oddities(rng, plan, fields)
    styles = [s for s in STYLES if s != "bare"] if plan.small else STYLES
    row = draw_header(rng, sheet, row, left, plan.form, [_headed(plan, f) for f in fields], first, styles)
    body = draw_matrix if plan.form.layout == "matrix" else draw_list
    row, spots = body(rng, sheet, row, left, plan, fields, records)
    spots += _absent(plan.form, fields, records)
    _draw_foot(rng, sheet, row, left, plan)
    return spots


def _choose_oddities(rng: Random, plan: Plan, fields: list[Field]) -> None:
    """Now and then a column in a smaller unit, or under a name that the form does not know."""
    amounts = [f.name for f in fields if f.kind == "quantity"]
    unheard = [f.name for f in fields if f.name in UNHEARD]
    if amounts and rng.random() < 0.12:
        plan.small = rng.choice(amounts)
        plan.traits.add("column in a smaller unit")
    elif unheard and rng.random() < 0.1:
        plan.unheard = rng.choice(unheard)
        plan.traits.add("unheard header")


def _headed(plan: Plan, column: Field) -> Field:
    """The column as its header in this return names it."""
    if column.name == plan.small:
        return replace(column, unit=column.unit.removeprefix("万"))
    if column.name == plan.unheard:
        return replace(column, label=UNHEARD[column.name], aliases=())
    return column


def _columns(rng: Random, plan: Plan) -> list[Field]:
    """The form's columns as this return has them: sometimes fewer, sometimes in another order."""
    fields = list(plan.form.fields)
    if plan.form.layout == "list" and plan.level != "planted" and rng.random() < 0.3:
        plan.traits.add("missing column")
        fields = [f for f in fields if f.name in REQUIRED or rng.random() < 0.7]
    if rng.random() < 0.2:
        plan.traits.add("reordered columns")
        at, to = rng.randrange(1, len(fields)), rng.randrange(1, len(fields))
        fields.insert(to, fields.pop(at))
    if plan.level == "messy" and rng.random() < 0.2:
        plan.traits.add("added column")
        at = len(fields) if rng.random() < 0.5 else rng.randrange(2, len(fields))
        fields.insert(at, Field(ADDED_COLUMN, rng.choice(ADDED[plan.form.layout])))
    return fields


def _draw_top(rng: Random, sheet: Sheet, row: int, left: int, width: int, plan: Plan) -> int:
    bare = plan.level != "planted" and rng.random() < 0.04
    plan.traits |= {"nothing above the header"} if bare else set()
    lines = top_lines(rng, plan.form, plan.office) if plan.with_top and not bare else []
    if plan.paragraphs:
        sheet.before += ["    ".join(line) for line in lines]
        return row
    for line in lines:
        step = max(1, width // max(1, len(line)))
        for i, text in enumerate(line):
            sheet.put(row, left + i * step, text)
        if len(line) == 1 and rng.random() < 0.7:
            sheet.merge(row, left, row, left + width - 1)
        row += 1
    return row


def _draw_foot(rng: Random, sheet: Sheet, row: int, left: int, plan: Plan) -> None:
    lines = foot_lines(rng, plan.form) if plan.with_foot else []
    if plan.paragraphs:
        sheet.after += lines
        return
    row += rng.random() < 0.3
    for line in lines:
        sheet.put(row, left, line)
        row += 1


def _absent(form: Form, fields: list[Field], records: dict[str, Record]) -> list[Spot]:
    """The cells of columns that this return does not have: nothing may be read there."""
    present = {f.name for f in fields}
    nothing = Writing(Ink(), None, "blank")
    return [
        Spot(form.name, key, f.name, None, None, nothing)
        for key in records
        for f in form.fields
        if f.name not in present
    ]
