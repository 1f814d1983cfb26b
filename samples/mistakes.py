"""The mistakes planted in the returns, each at a known cell. Whatever is not listed here is as it should be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from samples.sheet import Block, Cell, Words
from samples.truth import CATEGORIES, PARTS, Value
from samples.wording import plain


@dataclass(frozen=True)
class Mistake:
    """One planted thing. `apply` changes the block; `rule_hint` says in Chinese what should be found.

    `outcome`: "as written" (the wrong value is read as it stands), "repaired" (the right value is read, with a
    warning), "unreadable" (null), "left out" (no record), "flagged" (nothing is read otherwise, a word is said)
    or "follows" (a consequence of another entry, which needs no finding of its own).
    `text` is a note's wording, which has no key.
    """

    form: str
    row: str
    field: str
    kind: str
    rule_hint: str
    outcome: str
    apply: Callable[[Block], None]
    text: str = ""


def wrong(form, row, name, kind, hint, change: Callable[[Value], Value], outcome: str = "as written") -> Mistake:
    """A value that is wrong and read as it stands."""

    def apply(block: Block) -> None:
        true = block.cell(row, name).means
        value = change(true)
        if value == true:
            raise ValueError(f"{form} {row} {name}: {kind} changes nothing")
        shown = float(value) if isinstance(value, Decimal) else value
        block.write(row, name, shown=shown, means=value, above=0)

    return Mistake(form, row, name, kind, hint, outcome, apply)


def written(form, row, name, kind, hint, outcome, shown: Callable[[Value], object], means=lambda v: v) -> Mistake:
    """A value written so that a person has to look: `shown` and `means` are made from the true one."""

    def apply(block: Block) -> None:
        value = block.cell(row, name).means
        block.write(row, name, shown=shown(value), means=means(value), above=0)

    return Mistake(form, row, name, kind, hint, outcome, apply)


def unreadable(form: str, row: str, name: str, kind: str, shown: object, hint: str) -> Mistake:
    return written(form, row, name, kind, hint, "unreadable", lambda _: shown, lambda _: None)


def swapped(value: int) -> int:
    """360 as 630: the first two digits changed over."""
    text = str(value)
    return int(text[1] + text[0] + text[2:])


def repeated(name: str) -> Mistake:
    """The 合计 figure stands in every row."""

    def apply(block: Block) -> None:
        total = block.cell("total", name)
        for part in PARTS:
            block.write(part, name, shown=total.shown, means=total.means)

    return Mistake("cases", "", name, "repeated", "各行均填同一合计数，不得相加", "as written", apply)


def dropped(category: str) -> Mistake:
    """A category's row is not there at all."""

    def apply(block: Block) -> None:
        row = block.record_row(category)
        del block.table[row]

    hint = f"缺少“{CATEGORIES[category]}”一行"
    return Mistake("cases", category, "", "missing category", hint, "left out", apply)


def hidden(form: str, row: str) -> Mistake:
    return Mistake(
        form, row, "", "hidden row", "隐藏行，已读取，请核实", "flagged", lambda b: b.hidden.add(b.record_row(row))
    )


def struck(form: str, row: str) -> Mistake:
    """The last record is struck through: its sender has withdrawn it."""

    def apply(block: Block) -> None:
        at = block.record_row(row)
        block.table[at] = [replace(c, struck=True, key=c.key and (form, "struck", c.key[2])) for c in block.table[at]]

    return Mistake(form, "struck", "", "strikethrough row", "整行加删除线，不计入，请核实", "left out", apply)


def example(form: str, shown: dict[str, object]) -> Mistake:
    """The template's example row stands above the first record."""

    def apply(block: Block) -> None:
        at = block.record_row("1")
        row = [
            Cell(shown.get(c.key[2] if c.key else ""), c.look, c.key and (form, "example", c.key[2]))
            for c in block.table[at]
        ]
        block.table.insert(at, row)
        block.merges = [(t + (t >= at), left, b + (b >= at), r) for t, left, b, r in block.merges]

    return Mistake(form, "example", "", "example row", "模板示例行未删除，不计入", "left out", apply)


def noted(form: str, row: str, name: str, text: Callable[[Block], str], wording: str) -> Mistake:
    """A note below that gives another figure than the table."""

    def apply(block: Block) -> None:
        block.below.insert(0, [Words(text(block), 0, block.columns - 1, "note")])

    return Mistake(form, row, name, "note corrects", "表下附注更正了表内数字，请核实", "flagged", apply, wording)


def formula_without_result(row: str, name: str) -> Mistake:
    """A sum that no program has worked out yet; the figures it adds are numbers, or SUM would pass them over."""

    def apply(block: Block) -> None:
        for part in PARTS:
            if (value := block.cell(part, name).means) is not None:
                block.write(part, name, shown=float(value))
        block.write(row, name, above=len(PARTS), stored=False)

    return Mistake("cases", row, name, "formula without result", "公式没有存储结果，按求和重算", "repaired", apply)


def _wrong_check(code: str) -> str:
    """The same code with another last character."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def _in_yuan(value: Decimal) -> str:
    return f"{plain(value * 10000)}元"


def _with_item(_result: str) -> str:
    return "不合格(颗粒过滤效率、标识)"


EXAMPLE_BATCH = {
    "seq": "示例", "product_name": "某某口罩", "model": "17.5cm×9.5cm", "enterprise": "某某公司（示例）", "result": "不合格",
    "failed_items": "过滤效率", "failed_quantity": 1000, "entered_market": "是", "market_destination": "某地药店",
    "follow_up": "责令整改", "production_status": "在产", "enterprise_size": "小型",
}  # fmt: skip

APRIL = {
    "320922": (
        written(
            "cases", "quality", "fines_confiscations", "unit in cell", "“元”写在万元列，已换算", "repaired", _in_yuan
        ),
    ),
    "320971": (
        wrong("cases", "total", "cases_handled", "total", "合计≠各类之和", lambda v: v + 2),
        wrong("enterprises", "3", "credit_code", "check digit", "信用代码校验位不符", _wrong_check),
        wrong("sampling", "1", "failed_items", "passed with item", "合格却填有不合格项目", lambda _: "标识"),
    ),
    "320904": (
        written(
            "cases", "price", "operators_inspected", "approximate", "“约”数，请填实数", "repaired", lambda v: f"约{v}"
        ),
    ),
}

MAY = {
    "320904": (
        repeated("officers_dispatched"),
        written("cases", "total", "operators_inspected", "approximate", "“约”数，请填实数", "repaired",
                lambda v: f"约{v}"),
        written("cases", "quality", "cases_handled", "sum in cell", "“3+1”形式，已相加，请核实", "repaired",
                lambda v: f"{v - 1}+1"),
        noted("cases", "quality", "fines_confiscations",
              lambda b: "注：质量类案件罚没金额有误，应为9.9万元，以此为准。", "应为9.9万元"),
    ),
    "320922": (
        written("sampling", "3", "result", "result with item", "结果栏写有不合格项目", "repaired", _with_item),
        wrong("cases", "total", "operators_inspected", "total", "合计≠各类之和", lambda v: v + 100),
        wrong("cases", "quality", "fines_confiscations", "yuan for wan yuan", "疑似以元填入万元列（相差10⁴）",
              lambda v: v * 10000),
    ),
    "320923": (
        example("sampling", EXAMPLE_BATCH),
        hidden("sampling", "4"),
        struck("enterprises", "5"),
        written("cases", "quality", "case_value", "unit in cell", "“元”写在万元列，已换算", "repaired", _in_yuan),
    ),
    "320924": (
        unreadable("enterprises", "2", "established", "impossible date", "2021年2月30日", "日期不存在"),
        wrong("sampling", "2", "failed_items", "passed with item", "合格却填有不合格项目", lambda _: "通气阻力"),
    ),
    "320925": (
        dropped("false_advertising"),
        wrong("cases", "quality", "masks_seized", "cumulative fell", "累计数低于上期", lambda _: Decimal("0.2")),
        wrong("cases", "total", "masks_seized", "cumulative fell", "累计数低于上期", lambda _: Decimal("0.2"), "follows"),
    ),
    "320981": (
        wrong("enterprises", "5", "credit_code", "check digit", "信用代码校验位不符", _wrong_check),
        unreadable("enterprises", "9", "credit_code", "code as number", 9.1999999e17, "信用代码被存为数字，已失真"),
        wrong("sampling", "3", "follow_up", "failed without follow-up", "不合格未填后处理措施", lambda _: None),
    ),
    "320971": (
        wrong("cases", "quality", "cases_filed", "filed exceeds handled", "立案>查办", lambda v: v + 4),
        wrong("cases", "total", "officers_dispatched", "swapped digits", "合计≠各类之和（疑似数字颠倒）", swapped),
        unreadable("cases", "total", "case_value", "error value", "#REF!", "单元格为错误值"),
        formula_without_result("total", "fines_confiscations"),
        wrong("sampling", "3", "market_destination", "entered without destination", "流入市场为“是”却无流向", lambda _: None),
        unreadable("sampling", "14", "failed_quantity", "letter in number", "1O00", "数字中混有字母"),
        unreadable("enterprises", "4", "established", "unreadable date", "去年", "日期无法识别"),
    ),
}  # fmt: skip

# The first version of 东台's form 4 for May, which a corrected one replaced two days later.
SUPERSEDED = {
    "320981": (
        wrong("cases", "quality", "cases_handled", "superseded", "首报有误，已由更正件替换", lambda v: v + 10),
        wrong("cases", "total", "cases_handled", "superseded", "首报有误，已由更正件替换", lambda v: v + 10),
    ),
}
PLANTED = {"2021-04": APRIL, "2021-05": MAY}
CLAIMED_TWICE = ("320981", 5, "320971")  # the owner, its firm's index, and the unit that claims it as well
