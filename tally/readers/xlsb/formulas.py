"""Formulas of binary workbooks as A1 text, where they are plain: cells, areas, numbers, + - * / and SUM, IF, COUNT."""

from __future__ import annotations

import struct

from tally.readers.sums import column_letters

_SIGNS = {
    0x03: "+",
    0x04: "-",
    0x05: "*",
    0x06: "/",
    0x09: "<",
    0x0A: "<=",
    0x0B: "=",
    0x0C: ">=",
    0x0D: ">",
    0x0E: "<>",
}
_FUNCTIONS = {0: "COUNT", 1: "IF", 4: "SUM", 5: "AVERAGE", 6: "MIN", 7: "MAX", 27: "ROUND"}
_FIXED_ARGUMENTS = {27: 2}
_LONGEST = 2_000  # bytes


def formula_text(tokens: bytes, base: tuple[int, int] | None = None) -> str:
    """The formula with "=", "=" alone where it holds anything else.

    `base` is the first cell of what a conditional format holds for: its references are written as distances from it.
    """
    try:
        return "=" + _text(tokens, base) if len(tokens) <= _LONGEST else "="
    except (struct.error, IndexError, KeyError, UnicodeDecodeError):
        return "="


def _text(tokens: bytes, base: tuple[int, int] | None) -> str:
    stack: list[str] = []
    at = 0
    while at < len(tokens):
        kind = tokens[at]
        code = kind & 0x1F | 0x20 if kind >= 0x20 else kind
        at += 1
        if code in _SIGNS:
            right, left = stack.pop(), stack.pop()
            stack.append(f"{left}{_SIGNS[code]}{right}")
        elif code in (0x12, 0x13):
            stack.append(("+" if code == 0x12 else "-") + stack.pop())
        elif code == 0x15:
            stack.append(f"({stack.pop()})")
        elif code == 0x17:
            length = struct.unpack_from("<H", tokens, at)[0]
            stack.append('"' + tokens[at + 2 : at + 2 + 2 * length].decode("utf-16-le") + '"')
            at += 2 + 2 * length
        elif code == 0x19:
            at = _attribute(tokens, at, stack)
        elif code == 0x1D:
            stack.append("TRUE" if tokens[at] else "FALSE")
            at += 1
        elif code == 0x1E:
            stack.append(str(struct.unpack_from("<H", tokens, at)[0]))
            at += 2
        elif code == 0x1F:
            stack.append(f"{struct.unpack_from('<d', tokens, at)[0]:.15g}")
            at += 8
        elif code in (0x24, 0x2C):
            row, col = struct.unpack_from("<IH", tokens, at)
            stack.append(_cell(row, col, base if code == 0x2C else None))
            at += 6
        elif code in (0x25, 0x2D):
            top, bottom, left, right = struct.unpack_from("<IIHH", tokens, at)
            corner = base if code == 0x2D else None
            stack.append(f"{_cell(top, left, corner)}:{_cell(bottom, right, corner)}")
            at += 12
        elif code in (0x21, 0x22):
            at = _function(tokens, at, stack, fixed=code == 0x21)
        else:
            raise KeyError(kind)
    return stack.pop() if len(stack) == 1 else _refused()


def _refused() -> str:
    raise KeyError("formula")


def _attribute(tokens: bytes, at: int, stack: list[str]) -> int:
    """Hints for calculating; one of them is the sum of what stands before it."""
    flags, size = struct.unpack_from("<BH", tokens, at)
    if flags & 0x10:
        stack.append(f"SUM({stack.pop()})")
    elif flags & 0x04:
        return at + 3 + 2 * (size + 1)
    return at + 3


def _function(tokens: bytes, at: int, stack: list[str], fixed: bool) -> int:
    if fixed:
        number, behind = struct.unpack_from("<H", tokens, at)[0], at + 2
        count = _FIXED_ARGUMENTS[number]
    else:
        count, number = struct.unpack_from("<BH", tokens, at)
        behind = at + 3
    if count > len(stack):
        raise KeyError(number)
    arguments = [stack.pop() for _ in range(count)][::-1]
    stack.append(f"{_FUNCTIONS[number]}({','.join(arguments)})")
    return behind


def _cell(row: int, col: int, base: tuple[int, int] | None) -> str:
    row_moves, col_moves = col & 0x8000, col & 0x4000
    col &= 0x3FFF
    if base is not None:
        row = (base[0] + row) % 1_048_576 if row_moves else row
        col = (base[1] + col) % 16_384 if col_moves else col
    return f"{'' if col_moves else '$'}{column_letters(col)}{'' if row_moves else '$'}{row + 1}"
