"""Form 4 drawn in ways that a person reads at a glance, and what clerks put beside, above and below it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import starmap

from openpyxl.workbook import Workbook

from benchmarks.kinds import files, forms
from benchmarks.kinds.forms import HEAD4, MEASURES, TOP4, Rows, body4
from benchmarks.kinds.make import FOLDER, four
from benchmarks.kinds.truth import FLAG, Case, Either, Key, Say, Truth

KIND = "layout of form 4"
MAY = body4()
APRIL = [[row[0], *(round(v / 2, 1) if isinstance(v, float) else v // 2 for v in row[1:])] for row in MAY]
TITLE = "口罩案件查处情况统计表"
Over = Mapping[Key, Truth]
ALL_FLAGGED: Over = {Key("cases", row, m): FLAG for row in ("quality", "total") for m in MEASURES}


def beside(left: Rows, right: Rows, gap: int = 1) -> Rows:
    """Two blocks side by side."""
    width = max(len(row) for row in left) + gap
    height = max(len(left), len(right))
    blank: Rows = [[] for _ in range(height)]
    pairs = zip([*left, *blank[len(left) :]], [*right, *blank[len(right) :]], strict=True)
    return [[*row, *[None] * (width - len(row)), *other] for row, other in pairs]


def turned() -> Rows:
    """Measures down, categories across."""
    heads = ["项目", *(row[0] for row in MAY)]
    return [*TOP4, heads, *[[HEAD4[i], *(row[i] for row in MAY)] for i in range(1, 10)]]


def reordered(order: tuple[int, ...]) -> Rows:
    return [*TOP4, *[[row[0], *(row[i] for i in order)] for row in (HEAD4, *MAY)]]


def inserted(at: int, head: str, values: list) -> Rows:
    """A column put in."""
    lines = zip((HEAD4, *MAY), (head, *values), strict=True)
    return [*TOP4, *[[*row[:at], value, *row[at:]] for row, value in lines]]


def row_after(label: str, row: list) -> Rows:
    """A row put in after the one with `label`."""
    lines: Rows = []
    for line in MAY:
        lines.append(line)
        if line[0] == label:
            lines.append(row)
    return [*TOP4, HEAD4, *lines]


def without(label: str) -> Rows:
    return [*TOP4, HEAD4, *[row for row in MAY if row[0] != label]]


def both_periods() -> Rows:
    """本月 and 累计 under every measure, where what the form asks for is half or the whole."""
    upper = ["类别", *[text for head in HEAD4[1:] for text in (head.removesuffix("累计"), None)]]
    lower = [None, *["本月", "累计"] * 9]
    lines = [[row[0], *[v for i in range(1, 10) for v in (APRIL[n][i], row[i])]] for n, row in enumerate(MAY)]
    return [*TOP4, upper, lower, *lines]


PER_PERIOD = ("cases_handled", "cases_filed", "cases_closed", "fines_confiscations", "case_value")
HALVED: Over = {
    Key("cases", row, m): APRIL[1][1 + MEASURES.index(m)] for row in ("quality", "total") for m in PER_PERIOD
}
QUALITY = ["质量类", *forms.QUALITY]
PART = ["质量类", 10, 16, 4, 4, 3, 2.6, 5.3, 0.5, 1]
REST = ["质量类", 35, 50, 10, 8, 6, 10, 10, 3, 1]
NOTHING: Over = {}
READ: Mapping[str, tuple[Rows, Over]] = {
    "columns in another order": (reordered((9, 8, 7, 6, 5, 4, 3, 2, 1)), NOTHING), "turned round": (turned(), NOTHING),
    "begins at C5": ([[], [], *[[None, None, *row] for row in forms.form4()]], NOTHING), "blank column before the figures": (inserted(1, "", [None] * 8), NOTHING),
    "label broken in two lines": (forms.form4({"A6": "质量\n类", "A12": "合\n计"}), NOTHING), "units in a row of their own": ([*TOP4, [h.split("（")[0] for h in HEAD4], [None, "人次", "户", "件", "件", "件", "万元", "万元", "万只", "件"], *MAY], NOTHING),
    "本月 and 累计 under each": (both_periods(), HALVED), "header repeated in the middle": ([*TOP4, HEAD4, *MAY[:4], HEAD4, *MAY[4:]], NOTHING), "续表 in the middle": ([*TOP4, HEAD4, *MAY[:4], ["（续表）"], HEAD4, *MAY[4:]], NOTHING),
    "blank rows inside": ([*TOP4, HEAD4, *MAY[:4], [], [], *MAY[4:]], NOTHING), "April's table above": ([["附件4"], [f"{TITLE}（2021年4月）"], TOP4[2][:1], HEAD4, *APRIL, [], [f"{TITLE}（2021年5月）"], HEAD4, *MAY], NOTHING),
    "April's table below": ([["附件4"], [f"{TITLE}（2021年5月）"], TOP4[2][:1], HEAD4, *MAY, [], [f"{TITLE}（2021年4月）"], HEAD4, *APRIL], NOTHING),
    "April's table beside": (beside([[f"{TITLE}（2021年4月）"], HEAD4, *APRIL], [[f"{TITLE}（2021年5月）"], HEAD4, *MAY]), NOTHING), "last year's beside": (beside([[f"{TITLE}（2021年5月）"], HEAD4, *MAY], [[f"{TITLE}（2020年5月）"], HEAD4, *APRIL]), NOTHING),
}  # fmt: skip
FLAGGED: Mapping[str, tuple[Rows, Over]] = {
    "质量类 twice, parts of the total": ([*TOP4, HEAD4, MAY[0], PART, REST, *MAY[2:]], {Key("cases", "quality", m): FLAG for m in MEASURES}),
    "质量类 missing": (without("质量类"), {Key("cases", "quality", m): FLAG for m in MEASURES}), "合计 missing": (without("合计"), {Key("cases", "total", "cases_handled"): FLAG}),
    "figures one column right of the headings": ([*TOP4, HEAD4, *[[row[0], None, *row[1:]] for row in MAY]], ALL_FLAGGED),
    "质量类 in parts under a merged label": ([*TOP4, ["类别", "领域", *HEAD4[1:]], [MAY[0][0], "", *MAY[0][1:]], ["质量类", "生产领域", *PART[1:]], [None, "流通领域", *REST[1:]], *[[r[0], "", *r[1:]] for r in MAY[2:]]], {Key("cases", "quality", m): FLAG for m in MEASURES}),
    "合计 blank": (forms.form4({f"{c}12": None for c in "BCDEFGHIJ"}), {Key("cases", "total", m): FLAG for m in MEASURES}), "two 合计, the second of towns": ([*forms.form4(), ["合计", *APRIL[7][1:]]], {Key("cases", "total", m): FLAG for m in MEASURES}),
    "查办案件 in two columns, no sum": ([*TOP4, [*HEAD4[:3], "查办案件（件）一般程序", "查办案件（件）简易程序", *HEAD4[4:]], *[[*r[:3], r[3] - r[3] // 3, r[3] // 3, *r[4:]] for r in MAY]], {Key("cases", r, "cases_handled"): Either((14,)) for r in ("quality", "total")}),
    "two labels exchanged in the heading: 立案 and 结案 twice 结案": (forms.form4({"E4": "结案（件）"}), {Key("cases", r, m): FLAG for r in ("quality", "total") for m in ("cases_filed", "cases_closed")}),
    "no heading row": ([*TOP4, *MAY], ALL_FLAGGED), "headings in English": (forms.form4(dict(zip([f"{c}4" for c in "ABCDEFGHIJ"], ["Category", "Officers", "Operators inspected", "Cases handled", "Filed", "Closed", "Fines", "Value", "Masks seized", "Transferred"], strict=True))), ALL_FLAGGED),
    "a measure's heading left out": (forms.form4({"G4": None}), forms.true_twice("fines_confiscations", FLAG)), "two measures under one merged heading": (forms.form4({"G4": "罚没、案值（万元）", "H4": None}), forms.true_twice("fines_confiscations", FLAG) | forms.true_twice("case_value", FLAG)),
}  # fmt: skip
SAID: Mapping[str, Rows] = {
    "column added: 网店": inserted(3, "其中：检查网店数（户）", [0, 20, 0, 0, 0, 0, 0, 20]), "column added: 同比%": inserted(4, "同比（%）", [0, 12, 0, 0, 0, 0, 0, 12]), "column added without a heading": inserted(4, "", [0, 9, 0, 0, 0, 0, 0, 9]),
    "column added at the right: 合计": inserted(10, "合计", [0, 165, 0, 0, 0, 0, 0, 165]), "remarks with a correction": inserted(10, "备注", ["", "查办应为16件", *[""] * 6]), "remarks with 含上年结转2件": inserted(10, "备注", ["", "含上年结转2件", *[""] * 6]),
    "row added: 防疫物资类": row_after("其他", ["防疫物资类", 1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0]), "row added: 其中：医用": row_after("质量类", ["其中：医用", *PART[1:]]), "row added: 小计": row_after("质量类", ["小计", *forms.QUALITY]),
    "row added below: 上年同期": row_after("合计", ["上年同期", *APRIL[7][1:]]), "row added below: 同比%": row_after("合计", ["同比增长（%）", *[100] * 9]), "row added below: 上月累计": row_after("合计", ["上月累计", *APRIL[7][1:]]),
    "row added below: 调整数": row_after("合计", ["调整数", *[1] * 9]), "rows added below: towns": [*forms.form4(), ["其中：新兴镇", *PART[1:]], ["　　　便仓镇", *REST[1:]]], "figures beside the table": forms.form4({"M6": "应为", "N6": 16}), "a lone figure below": forms.form4({"D14": 16}),
    "a lone word beside the table": forms.form4({"L6": "此行有误"}), "row without a label": row_after("质量类", [None, *PART[1:]]), "row labelled ？": row_after("质量类", ["？", *PART[1:]]),
}  # fmt: skip


NOTES = ("row added: 其中：医用", "row added: 小计", "row added below: 同比%", "row added below: 上月累计")


def read(name: str, sent: tuple[Rows, Over]) -> Case:
    rows, over = sent
    return four(KIND, name, files.xlsx(rows), over)


def flagged(name: str, sent: tuple[Rows, Over]) -> Case:
    rows, over = sent
    return four("layout that cannot be counted", name, files.xlsx(rows), over, wide=True)


def said(name: str, rows: Rows) -> Case:
    enough = Say(note=name in NOTES)  # a row that is known by name and left out
    return four("added rows, columns, words", name, files.xlsx(rows), say=(enough,), wide=True)


def _state(title: str, state: str) -> Case:
    """A second sheet with other figures."""

    def edit(book: Workbook) -> None:
        book[title].sheet_state = state

    rows = [*TOP4, HEAD4, *APRIL]
    content = files.xlsx({"附件4": forms.form4(), title: rows}, edit)
    return four("several sheets or files of one form", f"sheet {title} {state}", content, say=(Say(),), wide=True)


def twice_sent(name: str, first: str, second: str, other: Rows) -> Case:
    """One form in two files, of which nothing says that one replaces the other."""
    sent = {f"{FOLDER}{first}": files.xlsx(forms.form4()), f"{FOLDER}{second}": files.xlsx(other)}
    same = other == forms.form4()
    true = forms.true4() if same else {k: FLAG if v else v for k, v in forms.true4().items()}
    return Case("several sheets or files of one form", name, sent, true, wide=True)


HALF = [*TOP4, HEAD4, *APRIL]
CASES = (
    *starmap(read, READ.items()),
    *starmap(flagged, FLAGGED.items()),
    *starmap(said, SAID.items()),
    *(_state(title, state) for title in ("附件4 (2)", "4月") for state in ("visible", "hidden", "veryHidden")),
    twice_sent("two files, different figures", "附件4.xlsx", "附件4（盖章版）.xlsx", HALF),
    twice_sent("two files, the same figures", "附件4.xlsx", "附件4 - 副本.xlsx", forms.form4()),
    twice_sent("two files, the second called 最终版", "附件4.xlsx", "附件4最终版.xlsx", HALF),
)
