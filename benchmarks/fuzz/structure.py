"""Ways to spoil what a file means and not its bytes: markup that stays well formed, tables of text, the chains of old Office files."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Way = Callable[[bytes, random.Random], bytes]

_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]*)(\s[^<>]*)?(?<!/)>")
_ATTRIBUTE = re.compile(rb'([\w:.-]+)="([^"<>]*)"')
_VALUES = (
    b"", b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e999", b"NaN", b"A1:XFD1048576", b"ZZZZ99999999",
    b"&#x0;", b"&amp;" * 50, b"../../../../etc/passwd", b"http://127.0.0.1:9/x", b"\xef\xbf\xbe", b"x" * 70_000, b"true", b"rect(",
)  # fmt: skip
_TEXTS = (
    b"=1/0", b"9" * 400, b"1e400", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\x00", b"&lt;b&gt;", b"{{1}}", b"\r\n" * 300,
    b"2021-02-30", "十二万零".encode() * 40, "合计".encode(), b"1,2,3", b"''", b'"' * 9, b"\t" * 500,
)  # fmt: skip


def _element(content: bytes, chance: random.Random) -> tuple[int, int]:
    """Where some element begins and ends: to its own end tag if that is near, else its start tag alone."""
    marks = list(_ELEMENT.finditer(content))
    if not marks:
        raise ValueError("no markup")
    mark = chance.choice(marks)
    end = content.find(b"</" + mark[1] + b">", mark.end())
    return mark.start(), end + len(mark[1]) + 3 if end >= 0 else mark.end()


def drop_element(content: bytes, chance: random.Random) -> bytes:
    start, end = _element(content, chance)
    return content[:start] + content[end:]


def double_element(content: bytes, chance: random.Random) -> bytes:
    """An element many times over."""
    start, end = _element(content, chance)
    most = max(1, 2_000_000 // max(1, end - start))
    return content[:end] + content[start:end] * min(chance.choice((1, 30, 3000)), most) + content[end:]


def move_element(content: bytes, chance: random.Random) -> bytes:
    """An element in the place of another."""
    start, end = _element(content, chance)
    element, rest = content[start:end], content[:start] + content[end:]
    at, _ = _element(rest, chance)
    return rest[:at] + element + rest[at:]


def nest_element(content: bytes, chance: random.Random) -> bytes:
    """An element within itself, many deep."""
    start, end = _element(content, chance)
    mark = _ELEMENT.match(content, start)
    assert mark is not None
    depth = chance.choice((3, 300, 20_000))
    return content[:start] + mark[0] * depth + content[start:end] + (b"</" + mark[1] + b">") * depth + content[end:]


def set_attributes(content: bytes, chance: random.Random) -> bytes:
    """One attribute, or some of all, hold what nobody means."""
    if not _ATTRIBUTE.search(content):
        raise ValueError("no attribute")
    share = chance.choice((0.003, 0.05))

    def value(mark: re.Match[bytes]) -> bytes:
        return mark[1] + b'="' + chance.choice(_VALUES) + b'"' if chance.random() < share else mark[0]

    return _ATTRIBUTE.sub(value, content)


def exchange_attributes(content: bytes, chance: random.Random) -> bytes:
    """Two attributes have each other's value."""
    marks = list(_ATTRIBUTE.finditer(content))
    if len(marks) < 2:
        raise ValueError("no attributes")
    first, second = sorted(chance.sample(marks, 2), key=lambda m: m.start())
    between = content[first.end(2) : second.start(2)]
    return content[: first.start(2)] + second[2] + between + first[2] + content[second.end(2) :]


def set_text(content: bytes, chance: random.Random) -> bytes:
    """What stands between two tags is something else."""
    start, _ = _element(content, chance)
    at = content.find(b">", start) + 1
    end = content.find(b"<", at)
    return content[:at] + chance.choice(_TEXTS) + content[max(at, end) :]


MARKUP: tuple[Way, ...] = (
    drop_element, double_element, move_element, nest_element, set_attributes, exchange_attributes, set_text,
)  # fmt: skip


def spoil_lines(content: bytes, chance: random.Random) -> bytes:
    """A text table whose lines are dropped, doubled, joined, or hold a text in place of a field."""
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    how = chance.randrange(4)
    if how == 0:
        lines[at : at + chance.choice((1, 5))] = []
    elif how == 1:
        lines[at:at] = [lines[at]] * chance.choice((1, 40, 3000))
    elif how == 2:
        lines[at : at + 2] = [b"".join(lines[at : at + 2])]
    else:
        fields = re.split(rb"([,\t;])", lines[at])
        fields[chance.randrange(len(fields))] = chance.choice(_TEXTS)
        lines[at] = b"".join(fields)
    return b"\n".join(lines)


def spoil_chain(content: bytes, chance: random.Random) -> bytes:
    """A compound file (.xls, .doc, .msg) some of whose sector numbers point elsewhere, into a loop perhaps."""
    spoilt = bytearray(content)
    words = len(spoilt) // 4
    first = chance.choice((11, 128, 0))  # of the header, of the first sector, of all
    for _ in range(chance.choice((1, 4, 30))):
        at = 4 * chance.randrange(first, min(words, first + 128) if first else words)
        spoilt[at : at + 4] = chance.choice((0, 1, 2, 3, 0xFFFFFFFE, 0x7FFFFFFF, chance.randrange(words))).to_bytes(
            4, "little"
        )
    return bytes(spoilt)
