"""Lists: lines that are no records, records that do not look like one, columns and cells put in or torn apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import starmap

from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from benchmarks.kinds import files, forms
from benchmarks.kinds.forms import BATCHES, FIRM_A, FIRM_B, FIRMS, HEAD3, HEAD5, TOP3, TOP5, Rows, k3, k5
from benchmarks.kinds.make import FOLDER, five, three
from benchmarks.kinds.truth import FLAG, Case, Either, Key, Say, Truth

Over = Mapping[Key, Truth]
ONE, TWO, THREE = BATCHES
NONE: Over = {}


def batches(*lines: list) -> Rows:
    return [*TOP5, HEAD5, *lines]


def firms(*lines: list) -> Rows:
    return [*TOP3, HEAD3, *lines]


def changed(record: list, **values) -> list:
    at = {name: i for i, name in enumerate(forms.SAMPLING)}
    line = list(record)
    for name, value in values.items():
        line[at[name]] = value
    return line


WORD = "本月未开展流通领域抽查"
# No record is lost, none is made of a line that is none; no word is asked for.
PLAIN: Mapping[str, Rows] = {
    "合计 3批次 below": batches(ONE, TWO, THREE, ["合计", None, None, "3批次"]), "以下空白": batches(ONE, TWO, THREE, ["以下空白"]), "group headings": batches(["一、生产企业"], ONE, TWO, ["二、流通领域"], THREE),
    "五 blank rows, then a record": batches(ONE, TWO, [], [], [], [], [], THREE), "header repeated": batches(ONE, TWO, HEAD5, THREE), "续表 and header": batches(ONE, TWO, ["续表"], HEAD5, THREE),
    "序号 as ①②③": batches(["①", *ONE[1:]], ["②", *TWO[1:]], ["③", *THREE[1:]]), "序号 as 1. 2. 3.": batches(["1.", *ONE[1:]], ["2.", *TWO[1:]], ["3.", *THREE[1:]]), "no 序号 at all": [[row[0]] if n < 3 else row[1:] for n, row in enumerate(forms.form5())],
    "a record below the signature": batches(ONE, TWO, ["填表人：某乙"], THREE), "序号 backwards": batches(["3", *ONE[1:]], ["2", *TWO[1:]], ["1", *THREE[1:]]), "序号 一 二 三": batches(["一", *ONE[1:]], ["二", *TWO[1:]], ["三", *THREE[1:]]),
}  # fmt: skip
# The same three records; somewhere a word is due.
SAID: Mapping[str, Rows] = {
    "a sample row first": batches(["例", "一次性防护口罩", "平面型", "××口罩有限公司", "合格"], ONE, TWO, THREE), "另有2批次待检 below": batches(ONE, TWO, THREE, ["另有2批次待检"]), "note: 第2条已复检合格": batches(ONE, TWO, THREE, ["注：第2条已复检合格"]),
    "小计 of another number": batches(ONE, TWO, THREE, ["合计", None, None, "5批次"]), "column added: 抽样数量": [[*row[:5], v, *row[5:]] if n >= 3 else row for n, (row, v) in enumerate(zip(forms.form5(), [None] * 3 + ["抽样数量", 20, 20, 20], strict=True))],
    "words right of a record": forms.form5({"Q6": "已撤销"}), "a line across: nothing done": batches(ONE, TWO, THREE, [WORD]), "note: 本表不含医用": batches(ONE, TWO, THREE, ["注：本表不含医用口罩"]), "note: 名单未报全": batches(ONE, TWO, THREE, ["其余批次下月补报"]),
}  # fmt: skip
# What is torn: the truth of single cells, or a flag.
TORN: Mapping[str, tuple[Rows, Over, int]] = {
    "two models in one cell": (forms.form5({"C6": "平面型、立体型"}), k5(2, "model", "平面型、立体型"), 3), "two firms in one cell": (forms.form5({"D6": f"{FIRM_A}、{FIRM_B}"}), k5(2, "enterprise", FLAG), 3),
    "firm broken in two lines": (forms.form5({"D6": "盐城样例乙防护\n用品有限公司"}), NONE, 3), "firm with （停产）": (forms.form5({"D6": f"{FIRM_B}（停产）"}), k5(2, "enterprise", f"{FIRM_B}（停产）"), 3),
    "firm as 同上": (forms.form5({"D7": "同上"}), k5(3, "enterprise", Either((FIRM_B,))), 3), "product as 〃": (forms.form5({"B6": "〃"}), k5(2, "product_name", Either(("一次性防护口罩",))), 3), "firm and product exchanged": (forms.form5({"B6": FIRM_B, "D6": "一次性防护口罩"}), k5(2, "product_name", FLAG) | k5(2, "enterprise", "一次性防护口罩"), 3),
    "the same batch twice": (batches(ONE, TWO, changed(TWO, seq=3)), {Key("sampling", "3", "product_name"): FLAG, Key("sampling", "3", "model"): FLAG, Key("sampling", "3", "failed_items"): FLAG, Key("sampling", "3", "failed_quantity"): FLAG, Key("sampling", "3", "result"): FLAG, Key("sampling", "3", "entered_market"): FLAG, Key("sampling", "3", "follow_up"): FLAG}, 3),
    "second item on a line below": (batches(ONE, TWO, [None] * 5 + ["细菌过滤效率"], THREE), k5(2, "failed_items", Either(("过滤效率细菌过滤效率", "过滤效率、细菌过滤效率", "过滤效率；细菌过滤效率"))), 3), "shifted one column right": (batches(ONE, [None, *TWO[:13]], THREE), {Key("sampling", "2", n): FLAG for n in ("product_name", "enterprise", "result", "failed_items", "failed_quantity", "entered_market")} | {Key("sampling", "2", n): Either((None,)) for n in ("model", "follow_up", "assistance", "production_status", "enterprise_size")}, 3),
    "result typed in the next column": (forms.form5({"E7": None, "F7": "合格"}), k5(3, "result", FLAG) | k5(3, "failed_items", FLAG), 3), "quantity 500 for a passing batch": (forms.form5({"G5": 500}), k5(1, "failed_quantity", FLAG), 3), "不合格 without item": (forms.form5({"F6": None}), k5(2, "failed_items", FLAG), 3),
    "destination though 否": (forms.form5({"I6": "南京"}), k5(2, "market_destination", FLAG), 3), "序号 1 2 4": (forms.form5({"A7": 4}), k5(3, "product_name", "日常防护型口罩"), 3),
}  # fmt: skip
FIRM_ROWS: Mapping[str, tuple[Rows, Over, int]] = {
    "合计 2家 below": (firms(*FIRMS, ["合计", "2家"]), NONE, 2), "group headings": (firms(["一、在产企业"], FIRMS[0], ["二、停产企业"], FIRMS[1]), NONE, 2), "group headings in the firm's column": (firms([None, "在产企业"], FIRMS[0], [None, "其他企业"], FIRMS[1]), NONE, 2),
    "the same firm twice": (firms(*FIRMS, [3, *FIRMS[1][1:]]), k3(3, "enterprise", FLAG), 3), "phone and name in one cell": (forms.form3({"F6": "某丁 0515-00000002", "G6": None}), k3(2, "contact_person", "某丁 0515-00000002") | k3(2, "contact_phone", None), 2), "phone as float": (forms.form3({"G6": 5.1500000002e10}), k3(2, "contact_phone", Either(("51500000002", "51500000002.0"))), 2),
    "status 在产 struck, 停产": (forms.form3({"K6": "在产→停产"}), k3(2, "production_status", FLAG), 2), "capacity in 只": (forms.form3({"N4": "日产能（只）", "N5": 50000, "N6": 80000}), k3(1, "daily_capacity", Either((5,))) | k3(2, "daily_capacity", Either((8,))), 2), "capacity a year": (forms.form3({"N4": "年产能（万只）"}), k3(1, "daily_capacity", FLAG) | k3(2, "daily_capacity", FLAG), 2),
    "address and code exchanged": (forms.form3({"C6": FIRMS[1][3], "D6": FIRMS[1][2]}), k3(2, "credit_code", FLAG) | k3(2, "address", FIRMS[1][2]), 2), "中型企业": (forms.form3({"L6": "中型企业"}), k3(2, "enterprise_size", Either(("中型",))), 2), "firm's name misspelt firm": (forms.form3({"B6": "盐城样例乙防护用品公司"}), k3(2, "enterprise", "盐城样例乙防护用品公司"), 2),
    "零报告 though two firms": (firms(*FIRMS, ["本月零报告"]), k3(1, "daily_capacity", 5), 2),
}  # fmt: skip


def _struck(book: Workbook) -> None:
    for cell in book.active[7]:
        cell.font = Font(strike=True)


def _merged_firm(book: Workbook) -> None:
    book.active["D7"] = None
    book.active.merge_cells("D6:D7")


def _hidden(book: Workbook) -> None:
    book.active.row_dimensions[7].hidden = True


def _across(book: Workbook) -> None:
    book.active.merge_cells("E7:N7")
    book.active["E7"] = "企业停产，未抽样"


DRESSED: Mapping[str, tuple[Callable[[Workbook], None], Over, int]] = {
    "firm merged down": (_merged_firm, NONE, 3), "record hidden": (_hidden, NONE, 3), "record merged across: 停产，未抽样": (_across, {Key("sampling", "3", n): FLAG for n in ("result", "assistance")} | {Key("sampling", "3", n): Either((None, "在产", "小型")) for n in ("production_status", "enterprise_size")}, 3),
}  # fmt: skip


def plain(name: str, rows: Rows) -> Case:
    return five("list: lines that are no records", name, files.xlsx(rows))


def said(name: str, rows: Rows) -> Case:
    return five("list: a word is due", name, files.xlsx(rows), say=(Say(note=name == "a sample row first"),), wide=True)


# A whole line is out of place: the cells that show it are enough.
ROWS = ("shifted one column right", "result typed in the next column")


def torn(name: str, sent: tuple[Rows, Over, int]) -> Case:
    rows, over, count = sent
    case = five("list: torn or doubled", name, files.xlsx(rows), over, records={"sampling": count}, wide=name in ROWS)
    if name == "the same batch twice":
        dropped = ("enterprise", "assistance", "production_status", "enterprise_size")
        true = {
            k: v
            for k, v in case.true.items()
            if not (k.row == "3" and k.field in (*dropped, "market_destination", "established"))
        }
        return Case(case.kind, name, case.files, true, case.records, wide=True)
    return case


def firm(name: str, sent: tuple[Rows, Over, int]) -> Case:
    rows, over, count = sent
    return three("list: firms", name, files.xlsx(rows), over, records={"enterprises": count})


def dressed(name: str, sent: tuple[Callable[[Workbook], None], Over, int]) -> Case:
    edit, over, count = sent
    return five(
        "list: torn or doubled", name, files.xlsx(forms.form5(), edit), over, records={"sampling": count}, wide=True
    )


def apart(name: str, sent: Mapping[str, bytes], count: int = 3) -> Case:
    return Case(
        "list: over sheets and files",
        name,
        {f"{FOLDER}{n}": c for n, c in sent.items()},
        forms.true5(),
        {"sampling": count},
        wide=True,
    )


STRUCK = five(
    "list: torn or doubled",
    "record struck through",
    files.xlsx(forms.form5(), _struck),
    records={},
    say=(Say(note=True),),
    wide=True,
)
CASES = (
    *starmap(plain, PLAIN.items()),
    *starmap(said, SAID.items()),
    *starmap(torn, TORN.items()),
    *starmap(firm, FIRM_ROWS.items()),
    *starmap(dressed, DRESSED.items()),
    Case(
        STRUCK.kind,
        STRUCK.name,
        STRUCK.files,
        {k: v for k, v in STRUCK.true.items() if k.row != "3"},
        say=STRUCK.say,
        wide=True,
    ),
    apart("second sheet without header", {"附件5.xlsx": files.xlsx({"1": batches(ONE, TWO), "2": [THREE]})}),
    apart("second sheet with header", {"附件5.xlsx": files.xlsx({"1": batches(ONE, TWO), "2": [HEAD5, THREE]})}),
    apart("two files", {"附件5-1.xlsx": files.xlsx(batches(ONE, TWO)), "附件5-2.xlsx": files.xlsx(batches(THREE))}),
    apart("the same file twice", {"附件5.xlsx": files.xlsx(forms.form5()), "附件5(1).xlsx": files.xlsx(forms.form5())}),
    apart(
        "the same list in .xlsx and .docx",
        {"附件5.xlsx": files.xlsx(forms.form5()), "附件5.docx": files.docx(forms.form5())},
    ),
    apart("a copy of the sheet", {"附件5.xlsx": files.xlsx({"附件5": forms.form5(), "附件5 (2)": forms.form5()})}),
)
