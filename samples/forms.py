"""The three forms laid out in a unit's own style: titles, headers, records, signatures."""

from __future__ import annotations

from datetime import date

from samples import wording
from samples.records import case_records, enterprise_records, sampling_records
from samples.sheet import Block, Cell, Words
from samples.styles import Style
from samples.truth import FIELDS, UnitTruth

TITLES = {
    "enterprises": (3, "非医用口罩生产企业情况统计表"),
    "cases": (4, "口罩案件查处情况统计表"),
    "sampling": (5, "口罩专项抽查/抽检情况统计表"),
}
LABELS = {
    "officers_dispatched": "出动执法人员", "operators_inspected": "检查经营者数", "cases_handled": "查办案件",
    "cases_filed": "其中：立案", "cases_closed": "结案", "fines_confiscations": "罚没", "case_value": "案值",
    "masks_seized": "查获口罩", "cases_transferred": "移送公安机关案件数",
    "seq": "序号", "enterprise": "企业名称", "credit_code": "统一社会信用代码", "address": "地址",
    "legal_representative": "法定代表人", "contact_person": "联系人", "contact_phone": "联系电话", "licences": "证照情况",
    "product_name": "产品名称", "standard": "执行标准", "production_status": "企业生产状况", "enterprise_size": "企业规模",
    "established": "成立时间", "daily_capacity": "日产能", "remarks": "备注", "model": "规格型号", "result": "抽查结果",
    "failed_items": "不合格项目", "failed_quantity": "不合格产品的批次数量", "entered_market": "不合格产品是否流入市场",
    "market_destination": "不合格产品流入市场方向", "follow_up": "后处理措施", "assistance": "对企业帮扶措施",
}  # fmt: skip
SAMPLING_LABELS = {"enterprise": "抽查企业名称", "established": "新企业成立时间"}
UNITS = {
    "officers_dispatched": "人次", "operators_inspected": "户/人", "cases_handled": "件", "cases_filed": "件",
    "cases_closed": "件", "fines_confiscations": "万元", "case_value": "万元", "masks_seized": "万只",
    "cases_transferred": "件", "failed_quantity": "只", "daily_capacity": "万只",
}  # fmt: skip
CUMULATIVE_MARK = {"officers_dispatched", "operators_inspected", "masks_seized", "cases_transferred"}
# Header cells over several columns: form -> (label, fields) in the official order.
GROUPS = {
    "cases": (
        ("检查情况", ("officers_dispatched", "operators_inspected")),
        ("案件查办情况", ("cases_handled", "cases_filed", "cases_closed")),
        ("金额", ("fines_confiscations", "case_value")),
    ),
    "enterprises": (
        ("企业基本情况", ("enterprise", "credit_code", "address", "legal_representative")),
        ("产品情况", ("product_name", "standard")),
    ),
    "sampling": (("不合格产品情况", ("failed_items", "failed_quantity", "entered_market", "market_destination")),),
}
WIDTHS = {
    "seq": 5, "enterprise": 30, "credit_code": 22, "address": 24, "product_name": 22, "standard": 17, "model": 16,
    "failed_items": 16, "market_destination": 18, "follow_up": 32, "assistance": 22, "contact_phone": 14,
    "remarks": 14, "established": 13,
}  # fmt: skip


def block(form: str, truth: UnitTruth, style: Style, reported: date | None, **options) -> Block:
    """One form of one unit as the unit would lay it out. `options` go to its records (see samples.records)."""
    fields = columns(form, style)
    head, merges = _header(form, fields, style)
    make = {"cases": case_records, "enterprises": enterprise_records, "sampling": sampling_records}[form]
    body, more = make(truth, style, fields, len(head), **options)
    widths = [18.0] * (form == "cases") + [float(WIDTHS.get(f, 11)) for f in fields]
    if form in style.extra:
        head[0].append(Cell(style.extra[form], "head"))
        for row in (*head[1:], *body):
            row.append(Cell(None, "text" if row in body else "head"))
        if len(head) > 1:
            merges.append((0, len(widths), len(head) - 1, len(widths)))
        widths.append(12.0)
    last = len(widths) - 1
    if style.page_rows and form != "cases":
        body, more = _paged(body, head, merges, style.page_rows)
    return Block(
        form,
        _above(form, style, last, reported),
        head + body,
        merges + more,
        _below(form, style, last),
        widths,
        len(head),
    )


def _paged(body: list[list[Cell]], head: list[list[Cell]], merges: list[tuple], rows: int):
    """The records with the header again after every `rows` of them, and the merged ranges of those headers."""
    pages = [body[i : i + rows] for i in range(0, len(body), rows)]
    table, more = list(pages[0]), []
    for page in pages[1:]:
        at = len(head) + len(table)
        more += [(t + at, left, b + at, r) for t, left, b, r in merges]
        table += [*(list(row) for row in head), *page]
    return table, more


def columns(form: str, style: Style) -> tuple[str, ...]:
    """The fields a unit's form has, in its order."""
    fields = style.order.get(form, FIELDS[form])
    return tuple(f for f in fields if (form, f) not in style.leave_out)


def _label(form: str, name: str, style: Style) -> str:
    official = SAMPLING_LABELS.get(name) if form == "sampling" else None
    return style.labels.get(name, official or LABELS[name])


def _unit(name: str, style: Style, bracketed: bool = True) -> str:
    if name not in UNITS:
        return ""
    text = f"（{UNITS[name]}）" if bracketed else UNITS[name]
    return text + ("累计" if name in CUMULATIVE_MARK else "")


def _header(form: str, fields: tuple[str, ...], style: Style) -> tuple[list[list[Cell]], list[tuple]]:
    """One to three header rows, a row of units and a row of column numbers, as the style has them."""
    offset = 1 if form == "cases" else 0
    first = [Cell("查办案件情况", "head")] * offset
    separate = style.unit_row or style.head == 3
    names = [Cell(_label(form, f, style) + ("" if separate else _break(_unit(f, style))), "head") for f in fields]
    rows, merges = [first + names], []
    if style.head > 1:
        rows, merges = _grouped(form, fields, first, names)
    if separate:
        rows.append([Cell(None, "head")] * offset + [Cell(_unit(f, style, False) or None, "head") for f in fields])
        merges = _lengthened(rows, merges)
    if style.index_row:
        rows.append(_index_row(style.index_row, offset, len(fields)))
    return rows, merges


def _break(unit: str) -> str:
    return f"\n{unit}" if unit else ""


def _grouped(form: str, fields: tuple[str, ...], first: list[Cell], names: list[Cell]):
    """A row of groups over the row of labels; a label without a group reaches over both."""
    top = list(first) + list(names)
    low = [Cell(None, "head")] * len(top)
    merges = []
    grouped = set()
    for label, members in GROUPS[form]:
        at = [len(first) + fields.index(m) for m in members if m in fields]
        if at != list(range(at[0], at[0] + len(members))):
            continue
        for c in at:
            low[c], top[c] = top[c], Cell(None, "head")
        top[at[0]] = Cell(label, "head")
        merges.append((0, at[0], 0, at[-1]))
        grouped |= set(at)
    merges += [(0, c, 1, c) for c in range(len(top)) if c not in grouped]
    return [top, low], merges


def _lengthened(rows: list[list[Cell]], merges: list[tuple]) -> list[tuple]:
    """A column without a unit reaches down over the row of units."""
    last = len(rows) - 1
    bare = {c for c, cell in enumerate(rows[last]) if cell.shown is None}
    tall = {left for top, left, bottom, right in merges if top == 0 and bottom == last - 1 and left == right}
    grown = [(t, c, last if c in bare and c == r and b == last - 1 else b, r) for t, c, b, r in merges]
    if last == 1:
        return grown + [(0, c, 1, c) for c in bare]
    return grown + [(last - 1, c, last, c) for c in bare - tall]


def _index_row(first: str, offset: int, count: int) -> list[Cell]:
    if first == "甲":
        signs = (
            ["甲"] * offset + [str(i + 1) for i in range(count)]
            if offset
            else ["甲", "乙", "丙"] + [str(i + 1) for i in range(count - 3)]
        )
    else:
        signs = [None] * offset + [i + 1 for i in range(count)]
    return [Cell(s, "head") for s in signs]


def _above(form: str, style: Style, last: int, reported: date | None) -> list[list[Words]]:
    number, title = TITLES[form]
    if style.spaced_title:
        title = " ".join(title)
    when = wording.day(reported, style.reported) if reported else "    年  月  日"
    middle = max(1, last // 2)
    return [
        [Words(style.annex.format(n=number), 0, 0, "annex")],
        [Words(title, 0, last, "title")],
        [
            Words(style.reporter_label + style.reporter, 0, middle, "line"),
            Words(f"填报时间：{when}", middle + 1, last, "line_right"),
        ],
    ]


def _below(form: str, style: Style, last: int) -> list[list[Words]]:
    notes = [style.note] if style.note and form == "cases" else []
    return [[Words(text, 0, last, "note")] for text in (*notes, style.signed) if text]
