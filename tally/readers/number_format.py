"""What a cell shows of the number or text it stores: the whole of Excel's number formats, as one function.

Ours, since no kept Python library has it (docs/decisions.md). BIFF and XML 2003 store the same codes; OpenDocument and
HTML store the shown text itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tally.readers.format_code import Section, Token, sections
from tally.readers.format_dates import shown_moment
from tally.readers.format_digits import decimals, scale, shown_number

_SILENT = frozenset(" +")  # literals that say nothing of a number
_MINUS = frozenset("-−(（")  # what says that a number is negative, in the section for those
_CLOSING = frozenset(")）")
_GENERAL = sections("General")
_TESTS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """A code taken apart once for all cells that use it.

    `is_date`: numbers are shown as a date or a time of day. `whole_date`: year, month and day all are. `decimals`: how
    many places a plain number is shown with, None for as many as it has. `plain`: a number that has no more places
    than that is shown as it is; `plain_zero` and `plain_text` the same of a zero and of a text.
    """

    code: str
    is_date: bool
    whole_date: bool
    plain: bool
    decimals: int | None
    plain_zero: bool
    plain_text: bool


@lru_cache(maxsize=4096)
def number_format(code: str) -> Format:
    """The format that `code` writes; an empty code is General."""
    parts = sections(code or "General")
    of_numbers = _of_numbers(parts)
    first = of_numbers[0]
    letters = "".join(t.text[0] for t in first.tokens if t.kind == "date")
    is_date = first.is_date and not first.is_elapsed
    last = parts[-1]
    text_part = parts[3] if len(parts) > 3 else last if last.has("text") else None
    zero_part = of_numbers[2] if len(of_numbers) > 2 else first
    return Format(
        code,
        is_date=is_date,
        whole_date=is_date and ("y" in letters or "e" in letters) and "m" in letters and "d" in letters,
        plain=_is_plain(first) and all(_is_plain(p, negative=True) for p in of_numbers[1:2]),
        decimals=_places(of_numbers),
        plain_zero=_is_plain(zero_part),
        plain_text=text_part is None or [t.text for t in text_part.tokens if t.text.strip()] == ["@"],
    )


def shown(code: str, value: int | float | Decimal | str, epoch_1904: bool = False) -> str:
    """The text that a cell with the format `code` shows for `value`: "" where it shows nothing."""
    parts = sections(code or "General")
    if isinstance(value, str):
        return _shown_text(parts, value)
    number = value if isinstance(value, Decimal) else Decimal(f"{value:.15g}")
    section, signed = _section_for(parts, number)
    if section is None or (number < 0 and (section.is_date or section.is_elapsed)):
        return "########"
    if section.is_date or section.is_elapsed:
        return shown_moment(section, number, epoch_1904)
    text = shown_number(section, abs(number))
    return "-" + text if number < 0 and signed and any(c.isdigit() and c != "0" for c in text) else text


def _shown_text(parts: tuple[Section, ...], value: str) -> str:
    if len(parts) > 3:
        return _with_text(parts[3], value)
    return _with_text(parts[-1], value) if parts[-1].has("text") else value


def _with_text(section: Section, text: str) -> str:
    return "".join(text if t.kind == "text" else t.text for t in section.tokens)


def _of_numbers(parts: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections for numbers: without the fourth, and without a last one that is for texts; General if none is left."""
    if len(parts) < 4 and parts[-1].has("text"):
        return parts[:-1] or _GENERAL
    return parts[:3]


def _section_for(parts: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The section that shows a number, and whether it writes the minus sign of its own."""
    numbers = _of_numbers(parts)
    if any(p.condition for p in numbers[:2]):
        return _by_condition(numbers, number)
    if number < 0 and len(numbers) > 1:
        return numbers[1], False
    if number == 0 and len(numbers) > 2:
        return numbers[2], False
    return numbers[0], True


def _by_condition(parts: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    for part in parts[:2]:
        if part.condition is None:
            continue
        operator, bound = part.condition
        if _TESTS[operator](number, Decimal(str(bound))):
            return part, not (operator in ("<", "<=") and bound <= 0)
    if len(parts) == 1:
        return None, True
    rest = parts[1] if parts[1].condition is None and not (number < 0 and len(parts) > 2) else parts[-1]
    if rest.condition is not None:
        return None, True
    return rest, True


def _is_plain(section: Section, negative: bool = False) -> bool:
    """Whether what the section shows of a number reads as the number, rounding apart.

    A section for `negative` numbers must say that they are: `0;0` shows -14 as 14; elsewhere a sign or brackets are
    another number: `(0)` shows 14 as (14).
    """
    if negative and not any(t.kind == "literal" and set(t.text) & _MINUS for t in section.tokens):
        return False
    silent = _SILENT | _MINUS | _CLOSING if negative else _SILENT
    if section.condition or section.numerals or section.is_date or section.is_elapsed or not section.written:
        return False
    if section.has("percent", "exponent", "slash") or not section.has("digit", "general", "text"):
        return False
    if section.has("general", "text"):
        return all(_is_silent(t, silent) for t in section.tokens if t.kind not in ("general", "text"))
    return not scale(section.tokens) and _digits_together(section.tokens, silent)


def _digits_together(tokens: tuple[Token, ...], silent: frozenset[str]) -> bool:
    """No literal between two digits, none that says anything around them, a place before the point."""
    places = [i for i, t in enumerate(tokens) if t.kind == "digit"]
    for i, token in enumerate(tokens):
        inside = places[0] < i < places[-1]
        if token.kind == "date" or (token.kind in ("literal", "blank") and (inside or not _is_silent(token, silent))):
            return False
    return True


def _is_silent(token: Token, silent: frozenset[str]) -> bool:
    return token.kind in ("blank", "comma") or (token.kind == "literal" and set(token.text) <= silent)


def _places(parts: tuple[Section, ...]) -> int | None:
    """The fewest places that any of the sections shows; None if all show as many as there are."""
    counts = [decimals(p.tokens) for p in parts[:2] if p.has("digit") and not p.has("slash", "exponent")]
    return min(counts, default=None)
