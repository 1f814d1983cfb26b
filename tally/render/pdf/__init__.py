"""Blocks -> a PDF in the format of official documents (GB/T 9704-2012), tagged, PDF/A-2a and PDF/UA-1.

The standards are a gate: a character that no font has stops the compiler, which names it; it is then set
as 〔U+XXXX〕 and logged, so that no text ever vanishes. Same blocks, fonts and timestamp: same bytes.
"""

from __future__ import annotations

import functools
import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typst

from tally.blocks import Block, Chart
from tally.render.document.fonts import Fonts
from tally.render.document.raster import bitmap, in_words, pixels, svg_around
from tally.render.document.text import mark
from tally.render.pdf.payload import payload
from tally.render.pdf.row_headers import with_row_headers

TEMPLATE = Path(__file__).parent / "report.typ"

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.S)

_NAMED = 20  # characters that are told one by one

log = logging.getLogger(__name__)


def render(blocks: Sequence[Block], *, fonts: Fonts, timestamp: int, edition_note: str = "", name: str = "") -> bytes:
    """The PDF of a document; `timestamp` (seconds since 1970) is the date it bears, `edition_note` stands under
    the title, `name` is what its properties call it. Characters that no font has are logged as warnings and stand as 〔U+XXXX〕.
    """
    missing: dict[str, str] = {}
    mended = False
    while True:
        document = payload(
            blocks, families=fonts.families, replaced=missing, edition_note=edition_note, bold=fonts.bold, name=name
        )
        try:
            return with_row_headers(_compile(document, fonts, timestamp), _heading_columns(document))
        except typst.TypstError as error:
            if missing_now := _missing_characters(error) - missing.keys():
                log.warning("字体中没有这些字符，已用编码代替：%s", _named(missing_now))
                missing |= {character: mark(character) for character in missing_now}
            elif not mended:
                blocks, mended = _with_sound_charts(blocks, fonts), True
            else:
                raise


def _heading_columns(document: Mapping[str, Any]) -> list[int]:
    """For each table which of a row's cells says what the row is of: the first that is no running number."""
    blocks = [block for section in document["sections"] for block in section["blocks"]]
    heads = [block["head"] for block in blocks if block["kind"] == "table"]
    return [int(bool(head) and head[0][0] == "序号") for head in heads]


def _named(characters: set[str]) -> str:
    """The first of them, and how many there are."""
    first = "、".join(map(mark, sorted(characters)[:_NAMED]))
    return first if len(characters) <= _NAMED else f"{first} 等 {len(characters)} 个"


def _with_sound_charts(blocks: Sequence[Block], fonts: Fonts) -> list[Block]:
    """The blocks with every chart that the compiler refuses shown as a bitmap, or told in words."""
    return [_sound(b) if isinstance(b, Chart) and not _passes(b, fonts) else b for b in blocks]


def _passes(chart: Chart, fonts: Fonts) -> bool:
    alone = replace(chart, caption="", alt="图")
    try:
        return bool(_compile(payload([alone], families=fonts.families, replaced={}), fonts, 0))
    except typst.TypstError:
        return False


def _sound(chart: Chart) -> Block:
    log.warning("图 %s 不能按矢量图排版，已改用位图或文字", chart.id or chart.caption)
    image = bitmap(chart)
    return in_words(chart) if image is None else replace(chart, svg=svg_around(image, *pixels(image)))


def _compile(document: dict[str, Any], fonts: Fonts, timestamp: int) -> bytes:
    made = _compiler(fonts.folders).compile(
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],  # the gate
        timestamp=timestamp,
    )
    if not isinstance(made, bytes):
        raise TypeError(f"one PDF was to be made, not {type(made).__name__}")
    return made


@functools.cache
def _compiler(folders: tuple[Path, ...]) -> typst.Compiler:
    """Reads the fonts once a process."""
    return typst.Compiler(str(TEMPLATE), font_paths=[str(f) for f in folders], ignore_system_fonts=True)


def _missing_characters(error: typst.TypstError) -> set[str]:
    """What the compiler says it could not set, out of all its messages."""
    written = (m[1] for m in _MISSING.finditer(error.diagnostic))
    return {c for text in written for c in _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)}
