"""Words in headings, labels, titles, notes, names of files and sheets that say what the figures are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle

from benchmarks.kinds import files, forms
from benchmarks.kinds.forms import MEASURES, QUALITY
from benchmarks.kinds.make import FOLDER, WRITERS, four
from benchmarks.kinds.truth import FLAG, Case, Either, Key, Say, Truth

LETTERS = dict(zip(MEASURES, "BCDEFGHIJ", strict=True))
EXTS = ("xlsx", "docx", "xls", "csv", "html", "ods")
OF = dict(zip(MEASURES, QUALITY, strict=True))


def column(measure: str, true: Callable[[float], Truth]) -> dict[Key, Truth]:
    """The truth of a measure where something counts: 质量类 and 合计."""
    return {Key("cases", row, measure): true(OF[measure]) for row in ("quality", "total")}


def flagged(measure: str) -> dict[Key, Truth]:
    return column(measure, lambda _: FLAG)


# Heading -> the measure it stands over. Each says something that the form's own heading does not.
QUALIFIED: tuple[tuple[str, str], ...] = (
    ("cases_handled", "查办案件（件）（上月）"), ("cases_handled", "查办案件（上半年）"), ("cases_handled", "4月查办案件（件）"), ("cases_handled", "计划查办案件（件）"),
    ("cases_handled", "查办案件预计数（件）"), ("cases_handled", "查办案件目标（件）"), ("cases_handled", "查办案件（同比%）"), ("cases_handled", "查办案件增幅"),
    ("cases_handled", "查办案件（上年同期）"), ("cases_handled", "查办案件（仅城区）"), ("cases_handled", "查办案件（不含简易程序）"), ("cases_handled", "查办案件（含移交）"),
    ("cases_handled", "重大查办案件（件）"), ("cases_handled", "查办案件（件）全市排名"), ("cases_handled", "查办案件（网络）"), ("cases_handled", "2020年查办案件（件）"),
    ("cases_handled", "查办案件（累计）"), ("cases_handled", "查办案件（截至4月底）"), ("cases_handled", "查办案件占比"), ("cases_handled", "未查办案件（件）"),
    ("cases_handled", "拟查办案件（件）"), ("cases_handled", "查办案件线索（件）"), ("cases_handled", "人均查办案件（件）"), ("cases_handled", "查办案件（万件）"),
    ("cases_filed", "不予立案（件）"), ("cases_filed", "拟立案（件）"), ("cases_filed", "立案率"), ("cases_filed", "撤案（件）"), ("cases_filed", "其中：简易（件）"),
    ("cases_closed", "未结案（件）"), ("cases_closed", "结案率"), ("cases_closed", "拟结案（件）"), ("cases_closed", "结案（含上年旧存）"), ("cases_closed", "结案（天）"),
    ("fines_confiscations", "罚没（应缴）（万元）"), ("fines_confiscations", "罚没（已入库）（万元）"), ("fines_confiscations", "罚款（万元）"), ("fines_confiscations", "没收（万元）"),
    ("fines_confiscations", "拟罚没（万元）"), ("fines_confiscations", "罚没（美元）"), ("fines_confiscations", "平均罚没（万元）"), ("fines_confiscations", "罚没（亿元）"),
    ("case_value", "最大案值（万元）"), ("case_value", "平均案值（万元/件）"), ("case_value", "违法所得（万元）"), ("case_value", "案值（估算）（万元）"),
    ("masks_seized", "查获口罩（箱）累计"), ("masks_seized", "查获口罩批次累计"), ("masks_seized", "查获口罩（不含医用）（万只）"), ("masks_seized", "查获口罩货值（万元）"),
    ("masks_seized", "销毁口罩（万只）"), ("masks_seized", "查获口罩（本月）（万只）"), ("masks_seized", "查获防护服（万件）"), ("masks_seized", "查获口罩（万包）累计"),
    ("officers_dispatched", "出动执法车辆（台次）"), ("officers_dispatched", "出动执法人员（本月）"), ("officers_dispatched", "出动协管人员（人次）累计"), ("officers_dispatched", "出动执法人员（户次）累计"),
    ("operators_inspected", "检查药店数（户）累计"), ("operators_inspected", "责令整改经营者数（户）累计"), ("operators_inspected", "应检查经营者数（户）"), ("operators_inspected", "检查经营者数（5月）"),
    ("cases_transferred", "移送其他部门案件数（件）累计"), ("cases_transferred", "移送公安机关人数（人）累计"), ("cases_transferred", "公安机关移送案件数（件）累计"), ("cases_transferred", "拟移送公安机关案件数"),
    ("cases_transferred", "移送公安机关案件数（本月）"), ("cases_transferred", "移送公安机关案值（万元）"),
)  # fmt: skip
AGREEING: tuple[tuple[str, str], ...] = (
    ("cases_handled", "查办案件数"), ("cases_handled", "查办案件（起）"), ("cases_handled", "查处案件（件）"), ("cases_handled", "查办案件总数（件）"), ("cases_handled", "查办案件（本月）（件）"),
    ("cases_filed", "立案数（件）"), ("cases_closed", "已结案（件）"), ("fines_confiscations", "罚没金额（万元）"), ("fines_confiscations", "罚没款（万元）"), ("fines_confiscations", "罚没（单位：万元）"),
    ("case_value", "案值金额（万元）"), ("case_value", "涉案金额（万元）"), ("masks_seized", "累计查获口罩（万只）"), ("masks_seized", "查获口罩数量（万只）（累计）"),
    ("officers_dispatched", "累计出动执法人员（人次）"), ("officers_dispatched", "出动执法人员数（人次）（1-5月累计）"), ("operators_inspected", "检查经营者（户次）累计"), ("cases_transferred", "移送公安（件）累计"),
)  # fmt: skip
# Measure, heading, what is written where 12.6, 15.3 or 3.5 (ten thousand) is true.
SCALED: tuple[tuple[str, str, float, Truth], ...] = (
    ("fines_confiscations", "罚没（元）", 126000, 12.6), ("fines_confiscations", "罚没（千元）", 126, 12.6), ("fines_confiscations", "罚没/元", 126000, 12.6),
    ("fines_confiscations", "罚没金额，元", 126000, 12.6), ("fines_confiscations", "罚没（人民币元）", 126000, 12.6), ("fines_confiscations", "罚没（￥）", 126000, 12.6),
    ("fines_confiscations", "罚没[元]", 126000, 12.6), ("fines_confiscations", "罚没\n单位：元", 126000, 12.6), ("fines_confiscations", "罚没（百元）", 1260, 12.6), ("fines_confiscations", "罚没（萬元）", 12.6, 12.6),
    ("fines_confiscations", "罚没（十万元）", 1.26, 12.6), ("fines_confiscations", "罚没（百万元）", 0.126, 12.6), ("masks_seized", "查获口罩（只）累计", 35000, 3.5), ("masks_seized", "查获口罩（千只）累计", 35, 3.5),
    ("masks_seized", "查获口罩（万片）累计", 3.5, 3.5), ("masks_seized", "查获口罩（个）累计", 35000, 3.5), ("masks_seized", "查获口罩（百万只）累计", 0.035, 3.5), ("case_value", "案值（元）", 153000, 15.3),
)  # fmt: skip
LABELS: tuple[tuple[str, str, Truth], ...] = (
    ("A6", "质量类（上月）", FLAG), ("A6", "质量类（仅城区）", FLAG), ("A6", "质量类（不含标识）", FLAG), ("A6", "质量类（含其他）", FLAG), ("A6", "其中：质量类", FLAG),
    ("A6", "质量、价格类", FLAG), ("A6", "质量类（元）", FLAG), ("A6", "质量类（预计）", FLAG), ("A6", "质量类（占比）", FLAG), ("A6", "质量类 小计", 14), ("A6", "非质量类", FLAG), ("A6", "质量类*", 14),
    ("A6", "质量类（2020年）", FLAG), ("A6", "食品质量类", FLAG), ("A6", "质量类（去年同期）", FLAG), ("A6", "产品质量类", 14), ("A6", "質量類", Either((14,))), ("A6", "Quality 质量类", Either((14,))), ("A6", "二、质量类", 14),
)  # fmt: skip
TOTALS: tuple[tuple[str, Truth], ...] = (
    ("合计（不含其他）", FLAG), ("上月合计", FLAG), ("合计（累计）", FLAG), ("全市合计", FLAG), ("合计（2020年）", FLAG), ("本月合计", Either((14,))), ("平均", FLAG), ("合计数", 14), ("总  计", 14), ("城区合计", FLAG), ("Σ", Either((14,))),
    ("上年结转合计", FLAG), ("计划数", FLAG), ("合计（含移交）", FLAG), ("合计(亿元)", FLAG), ("小计", Either((14,))),
)  # fmt: skip


def headings(
    kind: str, table: tuple[tuple[str, str], ...], true: Callable[[str], dict[Key, Truth]], **more
) -> Iterator[Case]:
    for (measure, heading), ext in zip(table, cycle(EXTS), strict=False):
        rows = forms.form4({f"{LETTERS[measure]}4": heading})
        yield four(kind, f"{heading} .{ext}", WRITERS[ext](rows), true(measure), ext, **more)


def scaled() -> Iterator[Case]:
    for (measure, heading, value, true), ext in zip(SCALED, cycle(EXTS), strict=False):
        rows = forms.form4({f"{LETTERS[measure]}4": heading} | forms.twice(measure, value))
        yield four(
            "heading: unit of measure", f"{heading} .{ext}", WRITERS[ext](rows), forms.true_twice(measure, true), ext
        )


def labels() -> Iterator[Case]:
    for (address, label, true), ext in zip(LABELS, cycle(EXTS), strict=False):
        rows = forms.form4({address: label}, forms.OTHER)
        over = {Key("cases", "quality", "cases_handled"): true}
        yield four(
            "label: qualified or written otherwise", f"{label} .{ext}", WRITERS[ext](rows), over, ext, other=forms.OTHER
        )
    for (label, true), ext in zip(TOTALS, cycle(EXTS), strict=False):
        rows = forms.form4({"A12": label}, forms.OTHER)
        whole = true if true is FLAG else Either((17,)) if isinstance(true, Either) else 17
        over = {Key("cases", "total", "cases_handled"): whole}
        yield four("label: total", f"{label} .{ext}", WRITERS[ext](rows), over, ext, other=forms.OTHER)


# Cells written over -> what is true of the figures, which are those of a sound form in 元 where `small`.
SMALL = forms.twice("fines_confiscations", 126000) | forms.twice("case_value", 153000)
BARE = {"G4": "罚没", "H4": "案值"}
SMALL_MASKS = forms.twice("masks_seized", 35000)
MONEY = forms.true_twice("fines_confiscations", Either((12.6,))) | forms.true_twice("case_value", Either((15.3,)))
ONLY = forms.true_twice("masks_seized", Either((3.5,)))
DISTANT: Mapping[str, tuple[Mapping[str, object], Mapping[Key, Truth]]] = {
    "单位：元 in the corner": (SMALL | BARE | {"I3": "单位：元"}, MONEY),
    "金额单位：元 in the corner": (SMALL | BARE | {"I3": "金额单位：元"}, MONEY),
    "计量单位：人次、户、件、元、只": (SMALL | BARE | SMALL_MASKS | {"I4": "查获口罩累计", "I3": "计量单位：人次、户、件、元、只"}, MONEY | ONLY),
    "note below: 金额以元计": (SMALL | BARE | {"A14": "注：罚没、案值金额以元计。"}, MONEY),
    "note below: 口罩以只计": (SMALL_MASKS | {"I4": "查获口罩累计", "A14": "注：查获口罩以只计。"}, ONLY),
    "title: （单位：元）": (SMALL | BARE | {"A2": "口罩案件查处情况统计表（单位：元）"}, MONEY),
    "small figures in 元, said in the corner": (BARE | forms.twice("fines_confiscations", 12.6) | {"I3": "单位：元"}, forms.true_twice("fines_confiscations", FLAG)),
    "corner says 元, heading says 万元": ({"I3": "单位：元"}, forms.true_twice("fines_confiscations", FLAG)),
    "corner says 千元": (BARE | forms.twice("fines_confiscations", 126) | forms.twice("case_value", 153) | {"I3": "单位：千元"}, MONEY),
    "corner in English: Unit: yuan": (SMALL | BARE | {"I3": "Unit: yuan"}, forms.true_twice("fines_confiscations", Either((12.6,)))),
    "a row of units below the heading": (SMALL | {"G4": "罚没", "H4": "案值", "G5": "元", "H5": "元"}, {}),
}  # fmt: skip


def distant() -> Iterator[Case]:
    for (name, (cells, over)), ext in zip(DISTANT.items(), cycle(("xlsx", "xls", "ods")), strict=False):
        if over:
            yield four("unit of measure at a distance", f"{name} .{ext}", WRITERS[ext](forms.form4(cells)), over, ext)
    money = forms.form4(SMALL | BARE)
    yield four("unit of measure at a distance", "sheet's name （元）", files.xlsx({"附件4（单位：元）": money}), MONEY)
    true = forms.true4(MONEY)
    yield Case(
        "unit of measure at a distance",
        "file's name （元）",
        {f"{FOLDER}附件4（单位：元）.xlsx": files.xlsx(money)},
        true,
    )


def whole(name: str, rows: forms.Rows, ext: str = "xlsx", words: tuple[str, ...] = (), note: bool = False) -> Case:
    """A word about the whole sheet: it must be met by a finding."""
    return four(
        "word about the whole sheet",
        f"{name} .{ext}",
        WRITERS[ext](rows),
        ext=ext,
        say=(Say(words, note=note),),
        wide=True,
    )


TITLES: Mapping[str, Mapping[str, object]] = {
    "title of April": {"A2": "口罩案件查处情况统计表（2021年4月）"}, "title of 2020": {"A2": "2020年口罩案件查处情况统计表"},
    "title 上半年": {"A2": "上半年口罩案件查处情况统计表"}, "title 第一季度": {"A2": "口罩案件查处情况统计表（第一季度）"}, "title of June": {"A2": "6月口罩案件查处情况统计表"},
    "title 样表": {"A2": "口罩案件查处情况统计表（样表）"}, "title 草稿": {"A2": "口罩案件查处情况统计表（草稿）"}, "title 征求意见稿": {"A2": "口罩案件查处情况统计表（征求意见稿）"},
    "title 计划": {"A2": "口罩案件查处计划表"}, "title of another article": {"A2": "防护服案件查处情况统计表"}, "title 食品": {"A2": "食品案件查处情况统计表"},
    "title 作废": {"A2": "口罩案件查处情况统计表（作废）"}, "date of April": {"J3": "2021年4月30日"}, "date of 2020": {"J3": "2020年5月31日"}, "date of 2012 (digits swapped)": {"J3": "2012年5月31日"},
    "数据截至2021年4月30日": {"J3": "数据截至2021年4月30日"}, "统计时段 4月26日至5月25日": {"J3": "统计时段：4月26日至5月25日"}, "统计期间 1-4月": {"J3": "统计期间：1-4月"},
    "note 以上为4月数据": {"A14": "以上为4月数据"}, "note 数据未经审核": {"A14": "注：以上数据未经审核，以正式上报为准"}, "note 上期漏报2件": {"A14": "注：上期漏报2件，已计入本期"},
    "note 质量类应为16件": {"A14": "备注：质量类查办案件应为16件"}, "note 不含东部新城": {"A14": "说明：本表不含东部新城数据"}, "note 含开发区": {"A14": "注：含开发区数据"},
    "note 罚没中3万元未到账": {"A14": "注：罚没款中有3万元未到账"}, "note 与上月相同": {"A14": "注：本月无新增，数据与上月相同"}, "note 查办案件含上年结转3件": {"A14": "注：查办案件含上年结转3件"},
    "another unit in the seal line": {"A3": "填报单位（盖章）：建湖县市场监督管理局"}, "a town's seal": {"A3": "填报单位（盖章）：亭湖区新兴镇人民政府"}, "city's own seal": {"A3": "填报单位（盖章）：盐城市市场监督管理局"},
    "two units in the seal line": {"A3": "填报单位：亭湖区市场监管局、盐都区市场监管局"}, "a month's number in the corner": {"J3": "4月"}, "period number wrong: 第4期": {"J3": "2021年第4期"}, "year in Chinese 二〇二〇年五月": {"J3": "二〇二〇年五月三十一日"},
}  # fmt: skip


# Where a note is enough: the figures themselves are not in doubt.
NOTES = ("note 罚没中3万元未到账", "period number wrong: 第4期", "note 上期漏报2件")


def around() -> Iterator[Case]:
    for (name, cells), ext in zip(TITLES.items(), cycle(("xlsx", "docx", "xls", "html")), strict=False):
        yield whole(name, forms.form4(cells), ext, note=name in NOTES)
    for name in ("4月", "2020年5月", "草稿", "作废", "样表", "上半年"):
        yield four(
            "word about the whole sheet", f"sheet called {name}", files.xlsx({name: forms.form4()}), say=(Say(),)
        )
    for name in ("附件4（4月）", "附件4草稿", "附件4（作废）", "附件4 样表", "附件4 上年同期", "附件4（1-4月）"):
        content = {f"{FOLDER}{name}.xlsx": files.xlsx(forms.form4())}
        yield Case("word about the whole sheet", f"file called {name}", content, forms.true4(), say=(Say(),))


CASES = (
    *headings("heading: says another thing", QUALIFIED, flagged),
    *headings("heading: says the same", AGREEING, lambda measure: {}),
    *scaled(),
    *labels(),
    *distant(),
    *around(),
)
