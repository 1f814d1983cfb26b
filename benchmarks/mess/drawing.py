"""Draw one form on a sheet and note the true place and meaning of every cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.mess.content import Record
from benchmarks.mess.headings import Office, draw_header, foot_lines, top_lines
from benchmarks.mess.truth import Ink, Level, Sheet, Writing
from benchmarks.mess.writings import write
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
EXTRA = ("责任人", "所属分局", "去年同期查办案件数", "上期累计罚没（万元）", "是否复工")


@dataclass
class Spot:
    """One truth cell before its file and sheet are named. `row`, `col` are None if the return has no such cell."""

    form: str
    key: str
    field: str
    row: int | None
    col: int | None
    writing: Writing
    scopes: tuple[str, ...] = ()


@dataclass
class Plan:
    """How one form is to be drawn."""

    form: Form
    level: Level
    holds: frozenset[str]
    office: Office
    with_top: bool = True
    with_foot: bool = True
    paragraphs: bool = False  # top and foot stand outside the table (Word, HTML)
    small: str = ""  # the money or mask column that is filled in 元 or 只, as its header says
    unheard: str = ""  # the column whose header is no name the form knows
    traits: set[str] = field(default_factory=set)


def draw(rng: Random, sheet: Sheet, top: int, left: int, plan: Plan, records: dict[str, Record]) -> list[Spot]:
    """Draw `records` of the plan's form with its upper left corner at (top, left)."""
    fields = _columns(rng, plan)
    first = plan.form.row_header if plan.form.layout == "matrix" else ""
    width = len(fields) + bool(first)
    row = _draw_top(rng, sheet, top, left, width, plan)
    if plan.level == "messy":
        _choose_oddities(rng, plan, fields)
    row = draw_header(rng, sheet, row, left, plan.form, [_headed(plan, f) for f in fields], first)
    extra = left + width if plan.level == "messy" and rng.random() < 0.15 else None
    if extra is not None:
        plan.traits.add("added column")
        sheet.put(row - 1, extra, rng.choice(EXTRA))
    body = _draw_matrix if plan.form.layout == "matrix" else _draw_list
    row, spots = body(rng, sheet, row, left, plan, fields, records, extra)
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
    return fields


def _draw_top(rng: Random, sheet: Sheet, row: int, left: int, width: int, plan: Plan) -> int:
    lines = top_lines(rng, plan.form, plan.office) if plan.with_top else []
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


def _draw_matrix(rng, sheet, row, left, plan, fields, records, extra):
    """The category rows, the total first or last."""
    form = plan.form
    keys = list(records)
    if "total" in keys and rng.random() < 0.2:
        plan.traits.add("total first")
        keys.remove("total")
        keys.insert(0, "total")
    spots = []
    for key in keys:
        if rng.random() < 0.02:
            row += 1
        sheet.put(row, left, _category_label(rng, form.category(key)))
        spots += _draw_record(rng, sheet, row, left + 1, plan, fields, key, records[key])
        if extra is not None:
            sheet.put(row, extra, rng.randrange(50))
        row += 1
    return row, spots


def _category_label(rng: Random, category) -> str:
    text = rng.choice((category.label, category.label, *category.aliases))
    return rng.choice((text, text, f" {text} ", " ".join(text), text[:2] + "\n" + text[2:]))


def _draw_list(rng, sheet, row, left, plan, fields, records, extra):
    """The records, with what clerks put between them: an example, blank rows, rows numbered ahead, a sum."""
    spots: list[Spot] = []
    if plan.level == "messy" and rng.random() < 0.12:
        plan.traits.add("example row")
        _draw_example(rng, sheet, row, left, fields)
        row += 1
    tops: list[tuple[int, str]] = []
    for key, record in records.items():
        if rng.random() < 0.03:
            row += 1
        elif plan.level == "messy" and tops and rng.random() < 0.02:
            plan.traits.add("subtotal in a list")
            sheet.put(row, left, "小计")
            sheet.put(row, left + 1, len(tops))
            row += 1
        made = _draw_record(rng, sheet, row, left, plan, fields, key, record)
        if plan.level == "messy" and tops and tops[-1][0] == row - 1:
            _ditto(rng, sheet, plan, spots[-len(fields) :], made)
        spots += made
        if extra is not None:
            sheet.put(row, extra, rng.choice(("某丙", "一分局", "是")))
        tops.append((row, key))
        row += 1
    if "merge" in plan.holds and rng.random() < 0.3:
        _merge_same(sheet, left, plan, fields, records, tops, spots)
    return _draw_tail(rng, sheet, row, left, plan, fields, len(records)), spots


def _draw_record(rng, sheet, row, left, plan, fields, key, record) -> list[Spot]:
    spots = []
    for i, column in enumerate(fields):
        writing = write(rng, column, record[column.name], plan.level, plan.holds)
        scopes: tuple[str, ...] = ()
        if column.name == plan.small and record[column.name] is not None:
            writing, scopes = _small(record[column.name]), ("column", "form")
        if writing.ink != Ink():
            sheet.put(row, left + i, writing.ink)
        spots.append(Spot(plan.form.name, key, column.name, row, left + i, writing, scopes))
    return spots


def _ditto(rng: Random, sheet: Sheet, plan: Plan, above: list[Spot], made: list[Spot]) -> None:
    """Now and then 同上 for what stands right above: filled from there with a word, or refused."""
    for over, spot in zip(above, made, strict=True):
        if spot.field == "seq" or over.writing.must not in ("read", "repaired") or rng.random() > 0.02:
            continue
        mark, value = rng.choice(("同上", "″", "〃", "同 上")), over.writing.value
        text = plan.form.field(spot.field).kind == "text"
        spot.writing = Writing(Ink(mark), value, "repaired" if text else "flagged", (value,))
        spot.scopes = ()
        sheet.put(spot.row, spot.col, mark)


def _small(value) -> Writing:
    """An amount in 元 or 只 where the form asks for 万: converted with a warning, or refused."""
    whole = int(value * 10000)
    return Writing(Ink(whole), value, "flagged" if whole else "read", (value,))


def _draw_example(rng, sheet, row, left, fields) -> None:
    for i, column in enumerate(fields):
        text = {"seq": rng.choice(("例", "示例", "例：")), "enterprise": "例：XX口罩有限公司", "result": "合格"}
        sheet.put(row, left + i, text.get(column.name, "XX" if column.kind == "text" else None))


def _merge_same(sheet, left, plan, fields, records, tops, spots) -> None:
    """Merge the firm's name down over neighbouring batches of one firm, as Word tables do."""
    column = next((i for i, f in enumerate(fields) if f.name == "enterprise"), None)
    by_key = {s.key: s for s in spots if s.field == "enterprise"}
    groups: list[list[tuple[int, str]]] = []
    for row, key in tops:
        last = groups[-1][-1] if groups else None
        if last and last[0] == row - 1 and records[last[1]]["enterprise"] == records[key]["enterprise"]:
            groups[-1].append((row, key))
        else:
            groups.append([(row, key)])
    for group in groups:
        anchor = by_key[group[0][1]]
        if len(group) < 2 or column is None or any(by_key[k].writing.must == "flagged" for _, k in group):
            continue
        plan.traits.add("merged down")
        sheet.merge(group[0][0], left + column, group[-1][0], left + column)
        for row, key in group[1:]:
            sheet.inks.pop((row, left + column), None)
            by_key[key].row, by_key[key].writing = anchor.row, anchor.writing


def _draw_tail(rng, sheet, row, left, plan, fields, count) -> int:
    seq = next((i for i, f in enumerate(fields) if f.name == "seq"), None)
    if seq is not None and rng.random() < 0.1:
        plan.traits.add("rows numbered ahead")
        for n in range(2):
            sheet.put(row, left + seq, count + n + 1)
            row += 1
    elif rng.random() < 0.1:
        plan.traits.add("sum below a list")
        sheet.put(row, left, "合计")
        sheet.put(row, left + 1, f"{count}")
        row += 1
    return row


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
