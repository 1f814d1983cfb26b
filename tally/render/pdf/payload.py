"""Blocks -> the plain values that the Typst template reads: every text a string, every measure a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tally.blocks import Annex, Block, Chart, Heading, Paragraph, Table, Title
from tally.render.document.sections import Section, placed, sections
from tally.render.document.text import breakable, shown
from tally.render.document.titles import LANDSCAPE_EM, LINE_EM, title_lines, under_title
from tally.render.document.widths import HIGHEST_LANDSCAPE_MM, HIGHEST_MM, LANDSCAPE_MM, PORTRAIT_MM
from tally.render.pdf.tables import table_payload

LONGEST_IN_TEXT = 45  # Latin characters that fit a line
UNTITLED = "未命名文档"

Show = Callable[[str], str]


def payload(
    blocks: Sequence[Block],
    *,
    families: Mapping[str, Sequence[str]],
    replaced: Mapping[str, str],
    edition_note: str = "",
    bold: Mapping[str, bool] | None = None,
    name: str = "",
) -> dict[str, Any]:
    """The document as the template reads it; `replaced` maps characters that no font has to their marks.

    `name`: the document's title in its properties, with the period; else the title that it prints. `bold`: parts whose face stands in for a missing one and is told apart by its weight.
    """
    table = str.maketrans(dict(replaced))

    def show(text: str) -> str:
        return shown(text).translate(table)

    title = next((b for b in blocks if isinstance(b, Title)), None)
    levels = _Levels()
    return {
        "title": show(name) or (show(title.text.replace("\n", "")) if title else "") or UNTITLED,
        "author": show(title.issuer) if title else "",
        "fonts": dict(families),
        "bold": dict(bold or {}),
        "sections": [_section(s, show, levels, edition_note) for s in sections(blocks)],
    }


LAST_PARAGRAPH = 200  # characters; a longer one may be broken, and leaves lines beside the signature by itself


class _Levels:
    """Heading levels without gaps, as PDF/UA wants them: at most one deeper than the heading before."""

    def __init__(self):
        self.last = 0

    def of(self, level: int) -> int:
        self.last = min(max(level, 1), self.last + 1)
        return self.last


def _section(section: Section, show: Show, levels: _Levels, edition_note: str) -> dict[str, Any]:
    width = LANDSCAPE_MM if section.landscape else PORTRAIT_MM
    blocks = [
        table_payload(block, show, width, alone=alone)
        if isinstance(block, Table)
        else _block(block, show, levels, width, edition_note)
        for block, alone in placed(section.blocks)
    ]
    return {"landscape": section.landscape, "blocks": _signed(blocks)}


def _signed(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a signature as one: where the date stands depends on the issuer's line."""
    done: list[dict[str, Any]] = []
    for block in blocks:
        if block["kind"] != "signature":
            done.append(block)
        elif done and done[-1]["kind"] == "signature":
            done[-1]["lines"].append(block["runs"])
        else:
            done = [*done[:-1], *map(_beside_signature, done[-1:])]
            done.append({"kind": "signature", "lines": [block["runs"]]})
    return done


def _beside_signature(block: dict[str, Any]) -> dict[str, Any]:
    """The last paragraph as one that goes to the next page with the signature, which must not stand there alone."""
    short = block["kind"] == "body" and sum(len(text) for text, _ in block["runs"]) <= LAST_PARAGRAPH
    return {**block, "kind": "closing"} if short else block


def _block(block: Block, show: Show, levels: _Levels, width: float, edition_note: str) -> dict[str, Any]:
    match block:
        case Title():
            return {
                "kind": "title",
                "text": show(title_lines(block.text)),
                "lines": [show(t) for t in under_title(block, edition_note)],
            }
        case Heading() if block.text.strip():
            return {"kind": "heading", "text": show(block.text), "level": levels.of(block.level)}
        case Heading():  # an empty heading breaks the standards and says nothing
            return {"kind": "body", "runs": []}
        case Annex():
            return {
                "kind": "annex",
                "label": show(block.label),
                "title": show(title_lines(block.title, LINE_EM if width <= PORTRAIT_MM else LANDSCAPE_EM)) or "附件",
                "level": levels.of(1),
            }
        case Paragraph():
            return {
                "kind": block.style,
                "runs": [[show(breakable(r.text, LONGEST_IN_TEXT)), r.kind] for r in block.runs],
            }
        case Chart():
            return {
                "kind": "chart",
                "caption": show(block.caption),
                "alt": show(block.alt) or show(block.caption) or "图",
                "svg": block.svg,
                "width": min(block.width_mm, width),
                "highest": HIGHEST_MM if width <= PORTRAIT_MM else HIGHEST_LANDSCAPE_MM,
            }
    raise TypeError(f"no PDF form for {type(block).__name__}")
