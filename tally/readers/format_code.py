"""The code of a number format cut into sections and tokens (ECMA-376 Part 1, 18.8.30 and 18.8.31).

Beside the standard's own words those that Chinese Excel and WPS write are known: G/通用格式, 上午/下午, aaaa for 星期,
`!` as well as a backslash before a literal, colours by their Chinese names, [DBNum1] to [DBNum3].
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

TokenKind = Literal["literal", "blank", "general", "text", "digit", "point", "comma", "percent", "exponent", "slash", "date", "elapsed"]  # fmt: skip

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]{0,255}+)\]|'
    r"(?P<general>G/通用格式|GENERAL|STANDARD)|(?P<exponent>E[+-])|(?P<noon>AM/PM|A/P|上午/下午)|"
    r"(?P<date>Y+|M+|D+|H+|S+(?:\.0+)?|AAA+|B{1,4}|E+|G+)|(?P<digit>[0#?])|(?P<mark>[.,%/@;])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_NUMERALS = re.compile(r"DBNUM([123])", re.IGNORECASE)
_WHITE = re.compile(r"WHITE|白色?|COLOR\s*2|颜色\s*2", re.IGNORECASE)
_MARKS: dict[str, TokenKind] = {".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "text"}


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what is shown for a literal, the letters for a date, the placeholder for a digit."""

    kind: TokenKind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a code. `condition` is an operator and a number; `numerals` 1-3 for [DBNum…], else 0."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    numerals: int = 0
    written: bool = True  # False for a part that is empty or white: what falls to it is not seen

    def has(self, *kinds: TokenKind) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    @property
    def is_date(self) -> bool:
        """A date or a time of day; digits beside it make the letters part of a number's text."""
        return self.has("date") and not self.has("digit", "general", "text", "exponent")

    @property
    def is_elapsed(self) -> bool:
        return self.has("elapsed")


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a code in order, at least one."""
    parts: list[Section] = []
    tokens: list[Token] = []
    brackets: list[str] = []
    for match in _PIECE.finditer(code):
        if match["mark"] == ";":
            parts.append(_section(tokens, brackets))
            tokens, brackets = [], []
        elif (bracket := match["bracket"]) is not None and not _ELAPSED.fullmatch(bracket):
            brackets.append(bracket)
            if bracket.startswith("$"):
                tokens.append(Token("literal", bracket[1:].rpartition("-")[0] if "-" in bracket else bracket[1:]))
        elif token := _token(match):
            tokens.append(token)
    parts.append(_section(tokens, brackets))
    return tuple(parts)


def _section(tokens: list[Token], brackets: list[str]) -> Section:
    condition = None
    numerals = 0
    for bracket in brackets:
        if match := _CONDITION.fullmatch(bracket.strip()):
            condition = (match[1], float(match[2]))
        if match := _NUMERALS.fullmatch(bracket.strip()):
            numerals = int(match[1])
    white = any(_WHITE.fullmatch(bracket.strip()) for bracket in brackets)
    shown = () if white else tuple(token for token in tokens if token.text)
    return Section(shown, condition, numerals, written=bool(shown))


def _token(match: re.Match) -> Token | None:
    """The token of one piece, None for what shows nothing (a fill character)."""
    kind = match.lastgroup or "other"
    text = match[kind]
    if kind == "fill":
        return None
    if kind in ("quoted", "escaped", "other"):
        return Token("literal", text)
    if kind == "blank":
        return Token("blank", " ")
    if kind == "mark":
        return Token(_MARKS[text], text)
    if kind == "noon":
        return Token("date", "上午/下午" if text == "上午/下午" else text.upper())
    if kind == "bracket":
        return Token("elapsed", text.lower())
    if kind == "date":
        return Token("date", text.lower())
    return Token(kind, text)  # type: ignore[arg-type]  # general, exponent and digit are kinds of their own
