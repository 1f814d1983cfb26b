"""The styles part of a binary workbook -> cell styles, fonts of rich text, effects of conditional formats."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from tally.readers.conditional import Effect, effect_of
from tally.readers.formats import BUILTIN
from tally.readers.runs import PLAIN_FONT, UNKNOWN, WHITE, Font
from tally.readers.styles import Style, style
from tally.readers.symbols import face
from tally.readers.xlsb.records import colour, records, string

_FONT, _FORMAT, _FILL, _BORDER, _XF, _DXF = 43, 44, 45, 46, 47, 507
_CELL_XFS, _CELL_XFS_END = 617, 618
_POSITIONS = {1: "raised", 2: "lowered"}
_SOLID = 1
_NAME = 21  # where a font's name stands in its record
# properties of a differential format
_GROUND, _INK, _STRUCK, _CODE, _CODE_NUMBER = 2, 5, 0x1D, 0x26, 0x29


@dataclass
class Looks:
    """`styles` by a cell's style number, `fonts` by a run's, `effects` by a condition's."""

    styles: list[Style] = field(default_factory=list)
    fonts: list[Font] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)


def looks(part: bytes) -> Looks:
    """What the styles part declares."""
    declared, codes, within = Looks(), dict(BUILTIN), False
    grounds: list[str] = []
    diagonals: list[int] = []
    for number, content in records(part):
        if number == _FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = string(content, 2)[0]
        elif number == _FONT:
            declared.fonts.append(_font(content))
        elif number == _FILL:
            grounds.append(_ground(content))
        elif number == _BORDER:
            diagonals.append((content[0] & 1) + (content[0] >> 1 & 1))
        elif number in (_CELL_XFS, _CELL_XFS_END):
            within = number == _CELL_XFS
        elif number == _XF and within:
            declared.styles.append(_style(content, codes, declared.fonts, grounds, diagonals))
        elif number == _DXF:
            declared.effects.append(_effect(content, codes))
    return declared


def _font(content: bytes) -> Font:
    height, flags, weight, position, line = struct.unpack_from("<4HB", content)
    letters = {"b": weight >= 600, "i": flags & 0x02, "u": line}
    return Font(
        ink=colour(content, 12),
        size=height / 20,
        weight="".join(letter for letter, is_so in letters.items() if is_so),
        struck=bool(flags & 0x08),
        position=_POSITIONS.get(position, ""),
        face=face(string(content, _NAME)[0]) if len(content) > _NAME else "",
    )


def _ground(content: bytes) -> str:
    pattern = struct.unpack_from("<I", content)[0]
    if pattern == 0:
        return WHITE
    return (colour(content, 4) or UNKNOWN) if pattern == _SOLID else UNKNOWN


def _style(
    content: bytes, codes: dict[int, str], fonts: Sequence[Font], grounds: Sequence[str], diagonals: Sequence[int]
) -> Style:
    _, code, font, fill, border = struct.unpack_from("<5H", content)
    of_cell = fonts[font] if font < len(fonts) else PLAIN_FONT
    crossed = diagonals[border] if border < len(diagonals) else 0
    return style(codes.get(code, "General"), of_cell, grounds[fill] if fill < len(grounds) else WHITE, crossed)


def _effect(content: bytes, codes: dict[int, str]) -> Effect:
    """A differential format: properties one after another, each with its own length."""
    ink, ground, struck, code = "", WHITE, False, ""
    count, at = struct.unpack_from("<H", content, 2)[0], 4
    for _ in range(count):
        kind, size = struct.unpack_from("<2H", content, at)
        if size < 4 or at + size > len(content):
            break
        if kind == _INK:
            ink = colour(content, at + 4)
        elif kind == _GROUND:
            ground = colour(content, at + 4) or UNKNOWN
        elif kind == _STRUCK:
            struck = bool(content[at + 4])
        elif kind == _CODE:
            length = struct.unpack_from("<H", content, at + 6)[0]
            code = content[at + 8 : at + 8 + 2 * length].decode("utf-16-le", "replace")
        elif kind == _CODE_NUMBER:
            code = code or codes.get(struct.unpack_from("<H", content, at + 4)[0], "")
        at += size
    return effect_of(Font(ink=ink, struck=struck), ground, code)
