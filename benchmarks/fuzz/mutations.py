"""Ways to spoil a file, each told by a random generator: the same seed spoils it in the same way."""

from __future__ import annotations

import io
import random
import re
import zipfile

from benchmarks.fuzz.structure import MARKUP, Way, spoil_chain, spoil_lines

_NUMBER = re.compile(rb"\d{1,9}")
_HUGE = (b"0", b"-1", b"99999999999", b"2147483647", b"-2000000000", b"1e308", b"NaN", b"")


def flip_bits(content: bytes, chance: random.Random) -> bytes:
    """One to sixty-four bits turned."""
    spoilt = bytearray(content)
    for _ in range(chance.choice((1, 4, 64))):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def cut(content: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(1, len(content))]


def overwrite(content: bytes, chance: random.Random) -> bytes:
    """A stretch of noise, or of one byte."""
    at, size = chance.randrange(len(content)), chance.choice((4, 64, 1024))
    noise = chance.randbytes(size) if chance.random() < 0.5 else bytes([chance.randrange(256)]) * size
    return content[:at] + noise + content[at + size :]


def repeat(content: bytes, chance: random.Random) -> bytes:
    """A stretch many times over."""
    at, size = chance.randrange(len(content)), chance.choice((8, 200, 4000))
    return content[:at] + content[at : at + size] * chance.choice((2, 50, 400)) + content[at:]


def swap(content: bytes, chance: random.Random) -> bytes:
    """Two stretches in each other's place."""
    first, second = sorted(chance.randrange(len(content)) for _ in range(2))
    size = min(200, second - first)
    before, between = content[:first], content[first + size : second]
    return before + content[second : second + size] + between + content[first : first + size] + content[second + size :]


def renumber(content: bytes, chance: random.Random) -> bytes:
    """Some of the numbers written in it become numbers that nobody means."""
    share = chance.choice((0.01, 0.2))
    return _NUMBER.sub(lambda m: chance.choice(_HUGE) if chance.random() < share else m[0], content)


PLAIN: tuple[Way, ...] = (flip_bits, cut, overwrite, repeat, swap, renumber)


def within_a_part(content: bytes, chance: random.Random) -> bytes:
    """A zip of which one part is spoilt, missing or stands twice, packed anew so that the rest is sound."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen, how = chance.choice(names), chance.randrange(8)
        for name in names:
            part = source.read(name)
            if name != chosen:
                target.writestr(name, part)
            elif how and part:
                target.writestr(name, _way(part, chance)(part, chance))
    return made.getvalue()


def _way(content: bytes, chance: random.Random) -> Way:
    """A way that suits what this is; as often one that heeds nothing."""
    if chance.random() < 0.4:
        return chance.choice(PLAIN)
    head = content[:300].lstrip()
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return spoil_chain
    if head.startswith(b"<") or b"<table" in content[:20_000]:
        return chance.choice(MARKUP)
    return chance.choice(PLAIN) if b"\0" in content[:300] else spoil_lines


def spoil(content: bytes, chance: random.Random) -> bytes:
    """The file with one to three faults."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        is_zip = content.startswith(b"PK\x03\x04") and zipfile.is_zipfile(io.BytesIO(content))
        way = within_a_part if is_zip and chance.random() < 0.7 else _way(content, chance)
        try:
            content = way(content, chance) or content
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, zipfile.zlib.error):
            content = flip_bits(content, chance)
    return content
