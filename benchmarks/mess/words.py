"""How clerks write results, yes and no, choices, codes, phones, names and nothing at all (domain.md, "Results", "Empties")."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.mess.content import CODE_CHARS
from benchmarks.mess.figures import FULL, flagged, read, repaired
from benchmarks.mess.truth import Writing
from samples.writers.sheet import Ink

_RESULTS = {
    "合格": (
        ("合  格", "符合", "√", "合格（阴性）", "合 格", "合\n格", "符合要求", "合格。", "合格 "),
        (
            "合格率100%",
            "基本合格",
            "合格?",
            "合格/不合格",
            "待检",
            "复检中",
            "未抽检",
            "尚未合格",
            "合格（复检不合格）",
            "1",
            "—",
            "见报告",
            "合格，不合格",
            "含格",
            "未发现",
            "合格×",
        ),
    ),
    "不合格": (
        ("不合格(标识)", "不 合 格", "×", "不符合", "不合格（过滤效率）", "不合\n格", "不合格；"),
        (
            "不合格？",
            "疑似不合格",
            "不合格（复检合格）",
            "合格/不合格",
            "不详",
            "部分不合格",
            "√不合格",
            "标识不合格",
            "不含格",
            "□合格 ☑不合格",
            "非合格",
            "复检后合格，初检不合格",
        ),
    ),
}
_YES_NO = {
    "是": (
        ("√", "已流入", "有", "是 ", "Y", "已流入市场"),
        ("部分流入", "是/否", "可能", "不详", "待查", "是？", "调查中", "是否", "已全部召回", "否定"),
    ),
    "否": (
        ("×", "未流入", "否。", "没有", "未流入市场", "不是"),
        ("是/否", "不清楚", "待查", "有无", "尚不确定", "未查明是否流入", "未全部流入", "否？", "未发现流入"),
    ),
}
_CHOICES = {
    "在产": (("在 产", "正常生产", "生产"), ("未在产", "在产/停产", "时断时续", "不在产")),
    "停产": (("停产 ", "已停产"), ("拟停产", "停产后复产", "未停产", "在产/停产")),
    "转产": (("已转产",), ("转产中？", "未转产")),
    "注销": (("已注销",), ("注销或停产", "拟注销")),
    "大型": (("大型企业", "大 型"), ("大中型", "特大", "规上")),
    "中型": (("中型企业", "中"), ("中小型", "规下")),
    "小型": (("小型企业", "小"), ("中小型", "个体")),
    "微型": (("微型企业", "微 型"), ("微小？", "家庭作坊")),
}
_NOTHING = (None, None, None, "", " ", "/", "-", "—", "——", "－", "…", "／", "\u3000")


def empty(kind: str, level: str) -> Iterator[Writing]:
    """Ways to leave a cell empty; in text 无 is a word and may stay one."""
    for raw in _NOTHING:
        yield Writing(Ink(raw), None, "blank")
    if kind == "text" and level != "planted":
        yield Writing(Ink("无"), None, "blank", allowed=("无",))
    if level != "clean" and kind in ("count", "quantity"):
        yield Writing(Ink("不详"), None, "blank")
        yield Writing(Ink("未开展"), None, "blank")
        yield Writing(Ink("无"), None, "blank")


def readable_word(field: str, value: str) -> Iterator[Writing]:
    """Another writing of a choice, a result, or yes and no."""
    for text in _table(field).get(value, ((), ()))[0]:
        yield repaired(text, value, needs="blanks" if text != text.strip() else "")


def doubtful_word(field: str, value: str) -> Iterator[Writing]:
    """Words that contain the right one and do not say it."""
    for text in _table(field).get(value, ((), ()))[1]:
        yield flagged(text, value, value=value)


def _table(field: str):
    return {"result": _RESULTS, "entered_market": _YES_NO}.get(field, _CHOICES)


def readable_code(code: str) -> Iterator[Writing]:
    yield repaired(code.lower(), code)
    yield repaired(f"{code[:4]} {code[4:10]} {code[10:]}", code)
    yield repaired(code.translate(FULL), code)
    yield repaired("'" + code, code)
    yield repaired(code[:9] + "\n" + code[9:], code)
    yield repaired(code + "\u00a0", code, needs="blanks")


def doubtful_code(code: str) -> Iterator[Writing]:
    """Codes that are no code: too short, mistyped, or ruined by a spreadsheet."""
    other = CODE_CHARS[(CODE_CHARS.index(code[-1]) + 7) % 31]
    yield flagged(code[:-1], code[:-1])
    yield flagged(code[:-1] + other, code[:-1] + other)
    yield flagged(code[:8] + "O" + code[9:], code, code[:8] + "O" + code[9:])
    yield flagged("9.13E+17", "9.13E+17")
    yield flagged(9.13209001234567e17, needs="native")
    yield flagged("办理中", "办理中")
    yield flagged("320900000012345", "320900000012345")


def readable_phone(phone: str) -> Iterator[Writing]:
    yield repaired(float(phone), phone, needs="native")
    yield read(int(phone), phone)
    yield repaired(f"{phone[:3]} {phone[3:7]} {phone[7:]}", phone)
    yield repaired(phone.translate(FULL), phone)
    yield repaired(f"{phone[:3]}-{phone[3:7]}-{phone[7:]}", phone)
    yield repaired(phone + ".0", phone)


def doubtful_phone(phone: str) -> Iterator[Writing]:
    yield flagged("1.99E+10", "1.99E+10")


def readable_text(text: str) -> Iterator[Writing]:
    """The same words with other blanks and brackets; what is compared leaves both out."""
    yield read(f" {text}", text)
    yield read(f"{text}\n", text)
    yield read(text[:3] + "\n" + text[3:], text)
    yield read(text + "\t", text)
    yield read(text.replace("（", "(").replace("）", ")"), text)
    yield read(text.replace("(", "（").replace(")", "）"), text)
    yield read(text[:2] + "\u200b" + text[2:], text)
    if text.isdigit():
        yield read(int(text), text)
        yield read(float(text), text, needs="native")


def doubtful_text(text: str) -> Iterator[Writing]:
    """Ruined cells in a column of words."""
    for mark in ("#N/A", "#REF!", "#NAME?"):
        yield flagged(mark)
    yield flagged(text, text, value=text, struck=True, needs="struck")
    yield flagged(text, text, value=text, gone="废字", needs="gone")


def readable_seq(number: int) -> Iterator[Writing]:
    yield read(float(number), number)
    yield read(f"{number}.", number)
    yield read(f"（{number}）", number)
    yield read(str(number).translate(FULL), number)
