"""Words: choices from a list, yes and no, names, codes and telephone numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from tally.clean.boxes import EMPTY, marked
from tally.clean.reading import BLANK, Reading, blank_but, doubtful, read, repaired, unreadable
from tally.clean.text import ERROR_VALUES, is_garbled, tidy
from tally.declare import Choice, Field
from tally.model import RawValue
from tally.writing.characters import narrow, visible
from tally.writing.nothing import DITTO, NOT_DONE, NOTHING, UNKNOWN

YESNO = (
    Choice("是", ("有", "√", "✓", "✔", "☑", "Y", "YES", "TRUE", "T", "已流入", "流入", "已流入市场", "流入市场", "已流通", "对")),
    Choice("否", ("没有", "×", "✗", "✘", "X", "N", "NO", "FALSE", "F", "未流入", "未流入市场", "没有流入", "不是", "未", "未流通")),
)  # fmt: skip
# What a tick in a column of its own looks like.
YES = frozenset(("√", "✓", "✔", "☑", "■", "●", "▲", "V", "Y", "是", "有", "1", "TRUE", "对"))
# What says in such a column that the choice is not the one.
NO = frozenset(("×", "✗", "✘", "X", "N", "否", *EMPTY, "0", "FALSE"))
_BRACKET = re.compile(r"^([^()]+)\(([^()]*)\)$")


def answering(field: Field, label: str) -> Field:
    """The field as its heading asks for it: under 是否合格 a 是 means 合格 and a 否 means 不合格."""
    question = narrow(label).rpartition("是否")[2] if "是否" in label else ""
    asked = [c for c in field.choices if question.startswith(c.name)]
    if field.kind != "choice" or len(field.choices) != len(YESNO) or len(asked) != 1:
        return field
    yes, no = ((words.name, *words.aliases) for words in YESNO)
    answers = (replace(c, aliases=(*c.aliases, *(yes if c in asked else no))) for c in field.choices)
    return replace(field, choices=tuple(answers))


def clean_choice(raw: RawValue, choices: tuple[Choice, ...]) -> Reading:
    """One of `choices`, by its name or another way to write it; a remark in brackets is taken off with a note."""
    if raw is None:
        return BLANK
    seen = ("TRUE" if raw else "FALSE") if isinstance(raw, bool) else _as_text(raw)
    text = narrow(seen).rstrip("。;；,、")
    if not text:
        return BLANK
    if (name := _choose(text.upper(), choices)) is not None:
        return read(name) if name == raw else repaired(name, "choice_style", seen=seen.strip(), value=name)
    if (ticked := marked(seen.strip().rstrip("。;；,，、"), choices)) is not None:
        return _ticked(ticked, seen.strip(), choices)
    if text in NOT_DONE:
        return blank_but("not_done/choice", seen=seen.strip())
    if special := _special(visible(seen).strip(), text):
        return special
    if match := _BRACKET.fullmatch(text):
        name = _choose(match[1].upper(), choices)
        if name is not None and _names_in(match[2], choices) <= {name}:
            if _NOT_FINAL.search(match[2]):
                return doubtful(name, "choice_open", seen=seen.strip(), value=name, inside=match[2])
            return repaired(name, "choice_remark", seen=seen.strip(), value=name, inside=match[2])
    first = _LEADING.match(text)
    name = _choose(first[1].upper(), choices) if first else None
    if first and name is not None and not _doubts(first[2]) and _names_in(first[2], choices) <= {name}:
        return doubtful(name, "choice_words", seen=seen.strip(), value=name)
    if (wordy := _among_words(text, choices)) is not None:
        return repaired(wordy, "choice_style", seen=seen.strip(), value=wordy)
    return unreadable("not_choice", seen=seen.strip(), expected=_options(choices))


def _ticked(name: str, seen: str, choices: tuple[Choice, ...]) -> Reading:
    """The choice whose box is ticked; no box ticked says nothing, two say too much."""
    if name:
        return repaired(name, "choice_style", seen=seen, value=name)
    return unreadable("ticks", seen=seen, expected=_options(choices))


def _options(choices: tuple[Choice, ...]) -> str:
    return "、".join(c.name for c in choices)


_BEFORE = re.compile(
    r"^(经|本次|该|此|所有|全部|均|都|所检|抽检|检验|检测|抽查|批次|样品|产品|项目|指标|结果|结论|为|是|的|批|[::])+"
)
_BEHIND = re.compile(r"(产品|样品|品|批次|的|[/。.,,]){1,40}+$")


def _among_words(text: str, choices: tuple[Choice, ...]) -> str | None:
    """The choice among words that leave it as it is and name none themselves: 所检项目合格, 经检验合格, 均合格, 不合格品."""
    before = _BEFORE.match(text)
    if before and any(c.name in before[0] for c in choices):
        return None  # 是否 is both, and neither
    bare = _BEHIND.sub("", _BEFORE.sub("", text))
    return _choose(bare.upper(), choices) if bare and bare != text else None


_LEADING = re.compile(r"([^,，;；:：、]+)[,，;；:：](.+)")  # 是，500只
_NOT_FINAL = re.compile(
    r"复[检核查验测](?!仍)|整改后|未出|自检|自测|自送|送检|委托|[待拟]|异议|疑|可能|初[检步]|暂|尚未|[?？]"
)
_DOUBT = re.compile(r"但|复检|待|疑|部分|可能|尚|不|未|没|否|非|[?？]|或|/")


def _doubts(remark: str) -> bool:
    """True for a remark behind a choice that may take it back."""
    return bool(_DOUBT.search(remark))


def _names_in(text: str, choices: tuple[Choice, ...]) -> set[str]:
    """The choices that a remark names; 不合格 does not name 合格."""
    named = set()
    for c in sorted((c for c in choices if len(c.name) > 1), key=lambda c: -len(c.name)):
        if c.name in text:
            named.add(c.name)
            text = text.replace(c.name, "|")
    return named


# Said of what was looked for: it was not found, as far as anybody looked.
_NOT_FOUND = re.compile(
    r"(经(查|核查|排查|检查),?)?(暂|目前|尚)?(未发现|没有发现|未查到)(流入(市场)?|流出|销售|上市)?(情况|行为)?"
)


def clean_yesno(raw: RawValue) -> Reading:
    """是 or 否. 无 stays "nothing written": beside a passing batch it means that there is nothing to ask."""
    if isinstance(raw, str) and _NOT_FOUND.fullmatch(narrow(raw).rstrip("。;,、")) and "流" in raw:
        return doubtful("否", "choice_words", seen=raw.strip(), value="否")
    return clean_choice(raw, YESNO)


def _choose(text: str, choices: tuple[Choice, ...]) -> str | None:
    for choice in choices:
        if text == choice.name or text in [narrow(alias).upper() for alias in choice.aliases]:
            return choice.name
    return None


def _special(seen: str, text: str) -> Reading | None:
    """What every column of words understands: nothing, unknown, ditto, an error value, wrong decoding."""
    if text in NOTHING or seen in NOTHING:
        return BLANK
    if text in DITTO or seen in DITTO:
        return unreadable("ditto", seen=seen, what="内容")
    if text in UNKNOWN or seen in UNKNOWN:
        return blank_but("unknown", seen=seen, what="内容")
    if text in NOT_DONE:
        return blank_but("not_done", seen=seen)
    if text.upper() in ERROR_VALUES:
        return unreadable("error_value", value=text, what="")
    if is_garbled(seen):
        return unreadable("garbled", seen=seen[:20])
    return None


def _as_text(raw: RawValue) -> str:
    """A stored value as its cell shows it: no ".0" behind a whole number."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, Decimal):
        return f"{raw:f}"
    return str(raw)


def clean_text(raw: RawValue) -> Reading:
    """Free text: trimmed, line breaks taken out; a date in its place is doubtful (Excel turns 3-5 into one)."""
    if raw is None:
        return BLANK
    if isinstance(raw, (datetime, date, time)):
        shown = raw.date().isoformat() if isinstance(raw, datetime) and raw.time() == time() else str(raw)
        return doubtful(shown, "date_in_text", value=shown)
    if not isinstance(raw, str):
        shown = _as_text(raw)
        if isinstance(raw, float) and abs(raw) >= 1e15:
            return unreadable("digits_lost", seen=f"{raw:g}")
        return read(shown)
    text = tidy(raw)
    if special := _special(text, narrow(raw)):
        return special
    if not text:
        return BLANK
    return read(text) if text == raw else repaired(text, "spaces", value=text)


def clean_code(raw: RawValue) -> Reading:
    """统一社会信用代码: upper case without spaces. Whether it is a right one, the form's rules say."""
    reading = clean_text(raw)
    if reading.value is None:
        return reading
    text = narrow(reading.value).upper().lstrip("'")
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", text):
        return unreadable("digits_lost/code", seen=text)
    return read(text) if text == raw else repaired(text, "code_style", seen=tidy(str(raw)), value=text)


_MOBILE = re.compile(r"1\d{10}")
_MOBILE_LIKE = re.compile(r"1[3-9]\d{7,11}")


def clean_phone(raw: RawValue) -> Reading:
    """A telephone number as text; one stored as a number keeps its digits but may have lost a leading 0."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) < 1e15 and float(raw).is_integer():
        whole = _MOBILE.fullmatch(str(int(raw))) or len(str(int(raw))) in (7, 8)  # of a landline without its area
        return (repaired if whole else doubtful)(
            str(int(raw)), "phone_number" if whole else "phone_number/short", value=int(raw)
        )
    reading = clean_text(raw)
    if reading.value is None or not isinstance(raw, str):
        return reading
    text = re.sub(r"^(\d+)\.0$", r"\1", narrow(raw))
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", text.upper()):
        return unreadable("digits_lost/phone", seen=text)
    if _MOBILE_LIKE.fullmatch(text) and not _MOBILE.fullmatch(text):
        return doubtful(text, "phone_digits", seen=text, count=len(text))
    return read(text) if text == raw else repaired(text, "phone_style", seen=tidy(raw), value=text)


def clean_seq(raw: RawValue) -> Reading:
    """A record's own number (序号) as int: 1, "1.", "（1）", "①", 一; anything else is a doubt, never an error."""
    if raw is None:
        return BLANK
    if type(raw) is int and 0 <= raw < 10**9:
        return read(raw)
    text = narrow(_as_text(raw)).lstrip("(第").rstrip("().、,。号")
    if not text or text in NOTHING:
        return BLANK
    if re.fullmatch(r"\d{1,9}(\.0)?", text):
        value = int(float(text))
        return (
            read(value)
            if isinstance(raw, (int, float)) or text == raw
            else repaired(value, "seq_style", seen=raw, value=value)
        )
    return blank_but("seq", seen=_as_text(raw).strip())
