"""A number in one section of a number format: digits in their places, grouped, scaled, as a fraction or with an exponent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tally.readers.format_code import Section, Token
from tally.readers.format_numerals import in_numerals


def shown_number(section: Section, value: Decimal) -> str:
    """`value` (not negative) as the section shows it."""
    value = value * Decimal(100) ** sum(token.kind == "percent" for token in section.tokens)
    if section.has("general"):
        return _general(section, value)
    if not section.has("digit"):
        return _literals(section.tokens)
    if section.has("exponent"):
        return _scientific(section, value)
    if section.has("slash") and section.has("digit"):
        return _fraction(section, value)
    return _plain(section.tokens, value, section.numerals)


def general(value: Decimal) -> str:
    """As a cell without a format shows it: up to 11 significant digits, an exponent beyond that."""
    if not value:
        return "0"
    if not Decimal("1e-9") <= abs(value) < Decimal("1e11"):
        mantissa, _, power = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{power[0]}{int(power[1:]):02d}"
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    text = f"{Decimal(f'{value:.10g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _general(section: Section, value: Decimal) -> str:
    number = general(value)
    if section.numerals:
        number = in_numerals(number, section.numerals, placed=True)
    return "".join(number if token.kind == "general" else token.text for token in section.tokens)


def scale(tokens: tuple[Token, ...]) -> int:
    """How many thousands the commas behind the last digit before the point divide by."""
    last = max((i for i, t in enumerate(tokens) if t.kind == "digit" and i < _point(tokens)), default=-1)
    count = 0
    for token in tokens[last + 1 :]:
        if token.kind != "comma":
            break
        count += 1
    behind = [t for t in tokens[_point(tokens) + 1 :] if t.kind in ("digit", "comma")]
    while behind and behind[-1].kind == "comma":
        behind.pop()
        count += 1
    return count if last >= 0 else 0


def decimals(tokens: tuple[Token, ...]) -> int:
    """How many places behind the point are shown at the most."""
    return sum(t.kind == "digit" for t in tokens[_point(tokens) + 1 :])


def _point(tokens: tuple[Token, ...]) -> int:
    return next((i for i, t in enumerate(tokens) if t.kind == "point"), len(tokens))


def _plain(tokens: tuple[Token, ...], value: Decimal, numerals: int) -> str:
    at = _point(tokens)
    places = decimals(tokens)
    value = (value / 1000 ** scale(tokens)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{value:f}".partition(".")
    text = _whole_part(tokens[:at], whole.lstrip("0")) + _decimal_part(tokens[at:], rest)
    return in_numerals(text, numerals, placed=False) if numerals else text


def _whole_part(tokens: tuple[Token, ...], digits: str) -> str:
    """The digits put into their places from the right; those that have none stand before the first."""
    places = [i for i, t in enumerate(tokens) if t.kind == "digit"]
    if not places:
        return digits + _literals(tokens)
    grouped = any(t.kind == "comma" for t in tokens[places[0] : places[-1]])
    pieces: list[str] = []
    from_right = 0  # how many digits stand to the right of the place
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if token.kind == "comma":
            continue
        if token.kind != "digit":
            pieces.append(token.text)
            continue
        taken = digits if i == places[0] else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        filled = taken or {"0": "0", "?": " "}.get(token.text, "")
        for digit in reversed(filled):
            if grouped and from_right and from_right % 3 == 0 and digit.isdigit():
                pieces.append(",")
            pieces.append(digit)
            from_right += digit.isdigit()
    return "".join(reversed(pieces))


def _decimal_part(tokens: tuple[Token, ...], digits: str) -> str:
    pieces: list[str] = []
    left = digits
    for token in tokens:
        if token.kind == "comma":
            continue
        if token.kind != "digit":
            pieces.append(token.text)
            continue
        digit, left = left[:1], left[1:]
        gone = token.text != "0" and digit + left == "0" * len(digit + left)
        pieces.append({"?": " "}.get(token.text, "") if gone else digit)
    return "".join(pieces)


def _literals(tokens: tuple[Token, ...]) -> str:
    return "".join(t.text for t in tokens if t.kind != "comma")


def _scientific(section: Section, value: Decimal) -> str:
    """0.00E+00; with several places before the point the exponent goes in steps of their number."""
    at = next(i for i, t in enumerate(section.tokens) if t.kind == "exponent")
    mantissa, power = section.tokens[:at], section.tokens[at + 1 :]
    step = max(1, sum(t.kind == "digit" for t in mantissa[: _point(mantissa)]))
    exponent = value.adjusted() if value else 0
    exponent -= exponent % step
    head = value.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals(mantissa)), rounding=ROUND_HALF_UP)
    if head >= Decimal(10) ** step:
        exponent, head = exponent + step, head.scaleb(-step)
    sign = "-" if exponent < 0 else "+" if section.tokens[at].text.endswith("+") else ""
    return _plain(mantissa, head, 0) + "E" + sign + _plain(power, Decimal(abs(exponent)), 0)


def _fraction(section: Section, value: Decimal) -> str:
    """# ?/?, # ??/??, ?/8: the nearest fraction with so many digits below the line, or with the number written there."""
    tokens = section.tokens
    at = next(i for i, t in enumerate(tokens) if t.kind == "slash")
    above = at
    while above and tokens[above - 1].kind == "digit":
        above -= 1
    below = at + 1
    while below < len(tokens) and (tokens[below].kind == "digit" or tokens[below].text.isdigit()):
        below += 1
    written = "".join(t.text for t in tokens[at + 1 : below])
    has_whole = any(t.kind == "digit" for t in tokens[:above])
    whole, part = divmod(value, 1) if has_whole else (Decimal(0), value)
    numerator, denominator = _parts(part, written)
    if has_whole and numerator == denominator:
        whole, numerator = whole + 1, 0
    head = _plain(tokens[:above], whole, 0) if has_whole and (whole or not numerator) else _blanks(tokens[:above])
    if has_whole and not numerator:
        return (head.rstrip() or "0") + _literals(tokens[below:])
    return f"{head}{numerator}/{denominator}{_literals(tokens[below:])}"


def _blanks(tokens: tuple[Token, ...]) -> str:
    return "".join(t.text for t in tokens if t.kind == "literal" and t.text.strip())


def _parts(part: Decimal, written: str) -> tuple[int, int]:
    if written.isdigit() and int(written):
        denominator = int(written)
        return int((part * denominator).quantize(Decimal(1), rounding=ROUND_HALF_UP)), denominator
    return _nearest(part, max(1, 10 ** len(written) - 1))


def _nearest(part: Decimal, most: int) -> tuple[int, int]:
    """The last convergent of `part`'s continued fraction whose denominator is at most `most`, as Excel takes it."""
    rest = Fraction(part)
    before, last = (0, 1), (1, 0)
    while True:
        whole = rest.numerator // rest.denominator
        following = (before[0] + whole * last[0], before[1] + whole * last[1])
        if following[1] > most:
            return last
        before, last = last, following
        if rest == whole:
            return last
        rest = 1 / (rest - whole)
