"""Fonts that draw pictures in place of letters: a typed R in Wingdings 2 is a ticked box, and is read as one."""

from __future__ import annotations

_LOST = "\ufffd"  # a picture that we have no character for: cleaning refuses it
_PRIVATE = range(0xF000, 0xF100)  # where Word puts the characters of such fonts
_BULLETS = {0x6C: "●", 0x6E: "■", 0x75: "◆", 0x76: "◆", 0x77: "◆", 0x9F: "•", 0xA7: "▪", 0xD8: "➢"}
_DIGITS = {0x80 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)} | {0x8B + n: "⓿❶❷❸❹❺❻❼❽❾❿"[n] for n in range(11)}
# as they stand in the fonts: https://www.unicode.org/L2/L2011/11052r-wingding.pdf
_DRAWN: dict[str, dict[int, str]] = {
    "wingdings": _BULLETS | _DIGITS | {
        0x6F: "□", 0x71: "□", 0x72: "□", 0x78: "☒", 0xA1: "○", 0xA8: "□",
        0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {
        0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x81: "○", 0x98: "●", 0xA2: "■", 0xA3: "□",
    },
    "webdings": {0x61: "√", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "×"},
    "marlett": {0x61: "√", 0x62: "√", 0x72: "×"},
    "symbol": {0x2D: "-", 0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xD6: "√", **{n: chr(n) for n in range(0x25, 0x40) if chr(n) not in "'*-"}},
}  # fmt: skip


def face(name: str | None) -> str:
    """The key of a font that draws pictures, "" for one that writes letters. LibreOffice numbers a font's second use."""
    if not name:
        return ""
    plain = name.partition(",")[0].strip(" '\"").lower()
    return plain if plain in _DRAWN else plain.rstrip("0123456789") if plain.rstrip("0123456789") in _DRAWN else ""


def drawn(text: str, font: str) -> str:
    """What `text` looks like in a font of that key; characters beyond such a font (Chinese) come from another one."""
    return "".join(_one(character, _DRAWN[font]) for character in text) if font else text


def _one(character: str, pictures: dict[int, str]) -> str:
    code = ord(character)
    if code in _PRIVATE:
        code -= _PRIVATE.start
    if code > 0xFF or code <= 0x20 or code == 0xA0:
        return character
    return pictures.get(code, _LOST)
