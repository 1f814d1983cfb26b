"""What clerks type where one figure is asked for."""

from __future__ import annotations

from datetime import date

from benchmarks.kinds.make import Table, typed3, typed4, typed5
from benchmarks.kinds.truth import FLAG, Either

HANDLED, FINES, MASKS = "cases_handled", "fines_confiscations", "masks_seized"
FOURTEEN = Either((14,))

PLAIN: Table = (
    (HANDLED, "14 件", 14), (HANDLED, "１４件", 14), (HANDLED, "十四", 14), (HANDLED, "拾肆", 14), (HANDLED, "14.0", 14),
    (HANDLED, "\u200b14", 14), (HANDLED, "14\u3000", 14), (HANDLED, "共14件", FOURTEEN), (HANDLED, "14起", FOURTEEN),
    (HANDLED, "014", FOURTEEN), (HANDLED, "+14", FOURTEEN), (HANDLED, "14。", FOURTEEN), (HANDLED, "⑭", FOURTEEN),
    (HANDLED, "合计14", FOURTEEN), (FINES, "12．6", 12.6), (FINES, "12.6万元", 12.6), (FINES, "12.60", 12.6),
    (FINES, "126000元", Either((12.6,))), (FINES, "12万6千元", Either((12.6,))), (FINES, "12.6萬元", Either((12.6,))),
    (FINES, "十二万六千元", Either((12.6,))), (FINES, "￥12.6万", Either((12.6,))), (FINES, "12.6万圆", Either((12.6,))),
    (MASKS, "35000只", Either((3.5,))), (MASKS, "3.5万个", Either((3.5,))), (MASKS, "35千只", Either((3.5,))),
)  # fmt: skip
MARKED: Table = (
    (HANDLED, "14①", FOURTEEN), (HANDLED, "14[1]", FOURTEEN), (HANDLED, "14*", FOURTEEN), (HANDLED, "14※", FOURTEEN),
    (HANDLED, "14注1", FOURTEEN), (HANDLED, "14 (注2)", FOURTEEN), (HANDLED, "14¹", FOURTEEN), (HANDLED, "14√", FOURTEEN),
    (HANDLED, "14↑", FOURTEEN), (HANDLED, "↑14", FOURTEEN), (HANDLED, "【14】", FOURTEEN), (HANDLED, "14（12）", FOURTEEN),
    (HANDLED, "14(其中医用3)", FOURTEEN), (HANDLED, "★14", FOURTEEN), (HANDLED, "14（已结9）", FOURTEEN),
    (HANDLED, "12→14", FOURTEEN), (HANDLED, "12改14", FOURTEEN), (HANDLED, "1 4", FOURTEEN),
)  # fmt: skip
TWO: Table = (
    (HANDLED, "14/12", FLAG), (HANDLED, "14、12", FLAG), (HANDLED, "14;12", FLAG), (HANDLED, "14\n12", FLAG), (HANDLED, "14，12", FLAG),
    (HANDLED, "14~16", FLAG), (HANDLED, "14至16", FLAG), (HANDLED, "14-16", FLAG), (HANDLED, "14—16", FLAG),
    (HANDLED, "本月4，累计14", FLAG), (HANDLED, "4（14）", FLAG), (HANDLED, "14 12", FLAG), (HANDLED, "一般10简易4", FLAG),
    (HANDLED, "14∶12", FLAG), (HANDLED, "14|12", FLAG), (HANDLED, "14×1", FLAG), (HANDLED, "城区6乡镇8", FLAG), (HANDLED, "14or15", FLAG),
)  # fmt: skip
ABOUT: Table = (
    (HANDLED, "近14", FLAG), (HANDLED, "不足14", FLAG), (HANDLED, "14以上", FLAG), (HANDLED, "逾14", FLAG), (HANDLED, "14左右", FLAG),
    (HANDLED, "14许", FLAG), (HANDLED, "大约14", FLAG), (HANDLED, "预计14", FLAG), (HANDLED, "至少14", FLAG), (HANDLED, "14？", FLAG),
    (HANDLED, "14（待核实）", FLAG), (HANDLED, "14（暂估）", FLAG), (HANDLED, "14(快报数)", FLAG), (HANDLED, "14(含上年结转2)", FLAG),
    (HANDLED, "14（不含简易3）", FLAG), (HANDLED, "十几", FLAG), (HANDLED, "十四五", FLAG), (HANDLED, "若干", FLAG), (HANDLED, "数十", FLAG),
    (HANDLED, "≈14", FLAG), (HANDLED, "14↓", FOURTEEN), (HANDLED, "上千", FLAG), (HANDLED, "14强", FLAG), (HANDLED, "14弱", FLAG),
    (HANDLED, "14(1-5月)", FLAG), (HANDLED, "14（全年）", FLAG), (HANDLED, "14（4月数）", FLAG), (FINES, "12.6（应缴）", FLAG),
    (FINES, "12.6(未到账)", FLAG), (MASKS, "3.5（含医用）", FLAG),
)  # fmt: skip
SIGNED: Table = (
    (HANDLED, "▲14", FLAG), (HANDLED, "△14", FLAG), (HANDLED, "(14)", FLAG), (HANDLED, "（14）", FLAG), (HANDLED, "-14", FLAG),
    (HANDLED, "−14", FLAG), (HANDLED, "14-", FLAG), (HANDLED, "负14", FLAG), (HANDLED, "14%", FLAG), (HANDLED, "14.5", FLAG),
    (HANDLED, "14½", FLAG), (HANDLED, ".14", FLAG), (HANDLED, "l4", FLAG), (HANDLED, "Ⅳ", FLAG), (HANDLED, "XIV", FLAG), (HANDLED, "一四", FOURTEEN),
    (HANDLED, "14k", FLAG), (HANDLED, "1.4万", Either((14000,))), (HANDLED, "1e3", FLAG), (HANDLED, "1⁴", FLAG), (HANDLED, "#14", FOURTEEN),
    (FINES, "12，6", FLAG), (FINES, "12·6", FLAG), (FINES, "¥12.6", FLAG), (FINES, "12.6美元", FLAG), (FINES, "12.6亿", FLAG),
    (FINES, "12,6", FLAG), (FINES, "12.6.0", FLAG), (FINES, "12 600元", Either((1.26,))),
    (FINES, "12.6千元", Either((1.26,))), (FINES, "12.6百万", FLAG), (MASKS, "350箱", FLAG), (MASKS, "7000包", FLAG),
    (MASKS, "3.5吨", FLAG), (MASKS, "3.5亿只", FLAG), (MASKS, "3.5万双", FLAG),
)  # fmt: skip
INSTEAD: Table = (
    (HANDLED, "同上", FLAG), (HANDLED, "同上月", FLAG), (HANDLED, "同上期", FLAG), (HANDLED, "→", FLAG), (HANDLED, "同左", FLAG), (HANDLED, "〃", FLAG),
    (HANDLED, "见备注", FLAG), (HANDLED, "详见附表", FLAG), (HANDLED, "略", FLAG), (HANDLED, "涉密不报", FLAG), (HANDLED, "**", FLAG),
    (HANDLED, "×", FLAG), (HANDLED, "√", FLAG), (HANDLED, "有", FLAG), (HANDLED, "待定", FLAG), (HANDLED, "未报", FLAG), (HANDLED, "TBD", FLAG),
    (HANDLED, "是", FLAG), (HANDLED, "与出动一致", FLAG), (HANDLED, "#DIV/0!", FLAG), (HANDLED, "=SUM(D5:D11)", FLAG), (HANDLED, "######", FLAG),
    (HANDLED, "2021/5/14", FLAG), (HANDLED, "5月14日", FLAG), (HANDLED, "14:00", FLAG), (HANDLED, "□", FLAG),
    (HANDLED, "……", FLAG), (HANDLED, "？", FLAG), (HANDLED, "增长14%", FLAG), (HANDLED, "比上月增14", FLAG), (HANDLED, "持平", FLAG), (HANDLED, True, FLAG),
)  # fmt: skip
LARGE: Table = (
    (FINES, "126000", FLAG), (FINES, 126000, FLAG), (MASKS, "35000", FLAG), (MASKS, 35000, FLAG), (HANDLED, "13905150000", FLAG),
    (HANDLED, 14000, FLAG), (HANDLED, 44300, FLAG), ("officers_dispatched", 450000, FLAG), (FINES, 1260000, FLAG),
)  # fmt: skip
BATCH: Table = (
    ("failed_quantity", "500只", 500), ("failed_quantity", "0.05万只", Either((500,))), ("failed_quantity", "500片", Either((500,))),
    ("failed_quantity", "10箱", FLAG), ("failed_quantity", "500/1000", FLAG), ("failed_quantity", "2批次", FLAG), ("failed_quantity", "1批500只", Either((500,))),
    ("failed_quantity", "500（已召回300）", Either((500,))), ("failed_quantity", "全部", FLAG), ("failed_quantity", "库存500，售出300", FLAG),
    ("failed_quantity", "500盒", FLAG), ("failed_quantity", "0", FLAG), ("failed_quantity", "50包×10只", FLAG), ("failed_quantity", "500.0", 500),
    ("entered_market", "无", "否"), ("entered_market", "N", Either(("否",))), ("entered_market", "×", Either(("否",))), ("entered_market", "未", Either(("否",))),
    ("entered_market", "否（已封存）", Either(("否",))), ("entered_market", "是/否", FLAG), ("entered_market", "□是 □否", FLAG), ("entered_market", "□是 ☑否", Either(("否",))),
    ("entered_market", "□是 ■否", Either(("否",))), ("entered_market", "是□ 否√", Either(("否",))), ("entered_market", "尚不清楚", FLAG), ("entered_market", "部分", FLAG),
    ("result", "不符合", Either(("不合格",))), ("result", "F", FLAG), ("result", "未检出", FLAG), ("result", "待检", FLAG), ("result", "复检合格", FLAG),
    ("result", "初检不合格，复检合格", FLAG), ("result", "合格/不合格", FLAG), ("result", "不　合　格", "不合格"), ("result", "非不合格", FLAG), ("result", "基本合格", FLAG),
    ("result", "不合格（复检中）", FLAG), ("result", "标签不合格", Either(("不合格",))), ("result", "NG", FLAG), ("result", "否", FLAG), ("result", "○", FLAG),
    ("enterprise_size", "小", Either(("小型",))), ("enterprise_size", "小微", FLAG), ("enterprise_size", "规上", FLAG), ("enterprise_size", "个体户", FLAG),
    ("production_status", "生产中", Either(("在产",))), ("production_status", "停产整顿", Either(("停产",))), ("production_status", "停业", FLAG), ("production_status", "复产", FLAG),
    ("production_status", "半停产", FLAG), ("production_status", "在产（5月起停产）", FLAG), ("established", "2020年3月", FLAG), ("established", "2O20-03-04", FLAG),
    ("established", "民国109年3月4日", FLAG), ("established", "2020-13-04", FLAG), ("established", "03/04/2020", FLAG), ("established", "2030-03-04", FLAG),
    ("established", "20.3.4", FLAG), ("established", "二〇二〇年三月四日", date(2020, 3, 4)), ("established", "2020.03.04", date(2020, 3, 4)),
    ("established", "2020年3月4日成立", Either((date(2020, 3, 4),))), ("established", "二月三十日", FLAG), ("established", 43894, Either((date(2020, 3, 4),))),
)  # fmt: skip
FIRM: Table = (
    ("credit_code", "91320902MA1D5E6F7九", FLAG), ("credit_code", "91320902 MA1D5E6F79", "91320902MA1D5E6F79"), ("credit_code", "９１320902MA1D5E6F79", "91320902MA1D5E6F79"),
    ("credit_code", "91320902ma1d5e6f79", "91320902MA1D5E6F79"), ("credit_code", "9132O902MA1D5E6F79", FLAG), ("credit_code", "办理中", FLAG), ("credit_code", 9.13e17, FLAG),
    ("credit_code", "320902000012345", FLAG), ("credit_code", "91320902MA1A2B3C47", FLAG), ("daily_capacity", "8万只", 8), ("daily_capacity", "80000", FLAG),
    ("daily_capacity", "80000只", Either((8,))), ("daily_capacity", "8万只/天", Either((8,))), ("daily_capacity", "240万只/月", FLAG), ("daily_capacity", "5-8", FLAG),
    ("daily_capacity", "8（设计）", FLAG), ("daily_capacity", "8万片", Either((8,))), ("daily_capacity", "实际5设计8", FLAG), ("daily_capacity", "停产", FLAG),
    ("daily_capacity", "2条线×4", FLAG), ("established", "2020-03", FLAG), ("established", "2020/3/4 0:00:00", date(2020, 3, 4)), ("established", "二0二0年三月四日", Either((date(2020, 3, 4),))),
    ("established", "2020—03—04", Either((date(2020, 3, 4),))), ("established", "2020年三月四日", Either((date(2020, 3, 4),))), ("established", "2020-03-04T00:00:00+08:00", Either((date(2020, 3, 4),))),
    ("established", "Wed Mar 04 00:00:00 CST 2020", Either((date(2020, 3, 4),))), ("established", "2020-3-4至今", Either((date(2020, 3, 4),))), ("established", "Mar 4, 2020", Either((date(2020, 3, 4),))),
    ("established", "2020-3-4/2020-5-6", FLAG), ("production_status", "在产/停产", FLAG), ("production_status", "注销（2021.3）", Either(("注销",))), ("production_status", "歇业", FLAG),
    ("production_status", "已转产", Either(("转产",))), ("production_status", "□在产 ☑停产", Either(("停产",))), ("enterprise_size", "小型/微型", FLAG), ("enterprise_size", "S", FLAG),
)  # fmt: skip

CASES = (
    *typed4("number: plain writings", PLAIN),
    *typed4("number: with a mark", MARKED),
    *typed4("number: two in a cell", TWO),
    *typed4("number: qualified", ABOUT),
    *typed4("number: sign, scale, letters", SIGNED),
    *typed4("number: a word instead", INSTEAD, ("xlsx", "docx", "html", "ods", "xls")),
    *typed4("number: far too large", LARGE, wide=True),
    *typed5("list: a batch's cell", BATCH),
    *typed3("list: a firm's cell", FIRM),
)
