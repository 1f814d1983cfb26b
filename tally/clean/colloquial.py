"""Figures as people say them: 两三 and 七八 lie between two numbers, 30-50 with a hyphen that does not show is no 3050."""

from __future__ import annotations

import re

_PAIRS = frozenset(("一二", "一两", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"))
# Marks that some programs show as a hyphen and others not at all.
_HIDDEN_HYPHEN = re.compile("\\d[\u00ad\u2010\u2011\u2027]+\\d")
_RATE = re.compile(r"(/|每)?(天|日|每天|每日)$")


def is_between(raw: str, text: str) -> bool:
    """True for a text that names no one number: 两三, 三五十, two figures with a hidden hyphen between. `text` is narrow."""
    if _HIDDEN_HYPHEN.search(raw):
        return True
    return any(pair in text for pair in _PAIRS) and bool(
        re.fullmatch(r"[十百千]?[一二两三四五六七八九]{2}[十百千万]*[多余来]?\D?", text)
    )


def without_rate(text: str, label: str) -> str:
    """10万只/天 in a column called 日产能 without the /天; elsewhere a rate is no amount."""
    return _RATE.sub("", text) if label.startswith("日") and not text.endswith(("生日", "次日")) else text
