"""What stands above and around the cells: titles, 填报单位, units, header labels, number rows, notes below."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from samples.writers.sheet import Sheet
from tally.declare import Field, Form

GROUPS = {
    "cases": ("查处情况", ("cases_handled", "cases_filed", "cases_closed", "fines_confiscations", "case_value")),
    "enterprises": ("联系信息", ("legal_representative", "contact_person", "contact_phone")),
    "sampling": (
        "不合格产品情况",
        ("failed_items", "failed_quantity", "entered_market", "market_destination"),
    ),
}
_SUFFIXES = ("", "市场监督管理局", "市场监管局", "市监局")


@dataclass(frozen=True)
class Office:
    """Who sends the return and how the sheet says so."""

    name: str
    reported: str  # the date line, "" if the return has none
    number: str = ""


def top_lines(rng: Random, form: Form, office: Office) -> list[list[str]]:
    """The lines above the table, each a list of cells to spread over the width."""
    lines: list[list[str]] = []
    if rng.random() < 0.5:
        lines.append([rng.choice((form.number, form.number[:2] + " " + form.number[2:], form.number + "："))])
    lines.append([_title(rng, form)])
    if rng.random() < 0.3:
        lines.append([])
    signed = (
        rng.choice(("填报单位（盖章）：", "填报单位：", "填报单位(盖章):", "单位名称（公章）：", "填报单位 ："))
        + office.name
    )
    rest = [office.reported] if office.reported else []
    if form.name == "cases" and rng.random() < 0.5:
        rest.append(rng.choice(("单位：万元", "单位：件、万元、万只", "计量单位：万元")))
    if rng.random() < 0.25:
        lines.append(["    ".join([signed, *rest])])
    else:
        lines.append([signed, *rest])
    if rng.random() < 0.2:
        lines.append([])
    return lines


def office_name(rng: Random, name: str, aliases: tuple[str, ...]) -> str:
    """One of the ways the unit writes itself."""
    return rng.choice((name, name, *(a for a in aliases if len(a) > 1))) + rng.choice(_SUFFIXES)


def _title(rng: Random, form: Form) -> str:
    title = rng.choice((form.title, form.title, *form.aliases))
    return rng.choice((title, title, " ".join(title), title[:4] + "\n" + title[4:], "　" + title + "（2021年5月）"))


def label(rng: Random, field: Field, *, unit_inside: bool, plain: bool = False) -> str:
    """The header text of one column."""
    base = rng.choice((field.label, field.label, field.label, *field.aliases))
    if plain:
        return base
    text = rng.choice(
        (base, base, base[:2] + "\n" + base[2:], base[:1] + " " + base[1:], "★" + base, base + "#", f" {base}")
    )
    if field.cumulative and rng.random() < 0.4:
        text += rng.choice(("（累计）", "(累计)"))
    if unit_inside and field.unit:
        text += rng.choice(("（{}）", "({})", "\n（{}）")).format(field.unit)
    return text


STYLES = ("one", "one", "bare", "units below", "grouped", "grouped", "tall")


def draw_header(
    rng: Random, sheet: Sheet, row: int, left: int, form: Form, fields: list[Field], first: str, styles=STYLES
) -> int:
    """Write the header from `row` on, `first` over the row labels of a matrix; the row after it is returned.

    A bare header names no units: then the form's own hold.
    """
    style = rng.choice(styles)
    start = left + bool(first)
    depth = {"one": 1, "bare": 1, "units below": 2, "grouped": 2, "tall": 3}[style]
    if first:
        sheet.put(row, left, first)
        sheet.merge(row, left, row + depth - 1, left)
    grouped = _draw_group(sheet, row, start, form, fields) if style in ("grouped", "tall") else set()
    for i, field in enumerate(fields):
        at = row + (field.name in grouped)
        end = row + depth - 1 - (style == "units below" or (style == "tall" and field.unit != ""))
        sheet.put(at, start + i, label(rng, field, unit_inside=style in ("one", "grouped")))
        sheet.merge(at, start + i, max(at, end), start + i)
        if style in ("units below", "tall") and field.unit:
            sheet.put(row + depth - 1, start + i, rng.choice(("{}", "（{}）", "({})")).format(field.unit))
    row += depth
    if rng.random() < 0.25:
        _draw_numbers(rng, sheet, row, left, start, len(fields))
        row += 1
    return row


def _draw_group(sheet: Sheet, row: int, start: int, form: Form, fields: list[Field]) -> set[str]:
    """The joint heading over neighbouring columns; which fields stand under it."""
    title, names = GROUPS[form.name]
    columns = [i for i, f in enumerate(fields) if f.name in names]
    if len(columns) < 2 or columns[-1] - columns[0] != len(columns) - 1:
        return set()
    sheet.put(row, start + columns[0], title)
    sheet.merge(row, start + columns[0], row, start + columns[-1])
    return {fields[i].name for i in columns}


def _draw_numbers(rng: Random, sheet: Sheet, row: int, left: int, start: int, count: int) -> None:
    texts = rng.choice(([str(i + 1) for i in range(count)], [f"（{i + 1}）" for i in range(count)], None))
    if start > left:
        sheet.put(row, left, "甲")
    for i in range(count):
        sheet.put(row, start + i, texts[i] if texts else i + 1)


def foot_lines(rng: Random, form: Form) -> list[str]:
    """What stands below the table; none of it changes a figure."""
    notes = (
        "注：1.本表由各县（市、区）局填报。2.金额保留两位小数。",
        "备注：出动执法人员、检查经营者数为累计数" if form.name == "cases" else "备注：企业规模按统计口径填写",
        "说明：截至2021年5月31日",
    )
    lines = [n for n in notes if rng.random() < 0.3]
    if rng.random() < 0.6:
        lines.append("审核人：某甲        填表人：某乙        联系电话：19900000000")
    return lines
