"""Blocks -> stretches of pages of one orientation, as a PDF or Word file needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tally.blocks import Annex, Block, Heading, Paragraph, Provenance, Table, shown_on


@dataclass(frozen=True)
class Section:
    """Blocks that share an orientation; each section begins on a new page."""

    landscape: bool
    blocks: tuple[Block, ...]


def sections(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """The document cut where a new page begins: at annexes and where the orientation changes.

    A landscape annex stays landscape to its end. A heading, an annex's title and a note right before a
    landscape table go with it, so that no page holds a title alone.
    """
    done: list[Section] = []
    current: list[Block] = []
    wide = annex_wide = False

    def close(keep: int) -> None:
        nonlocal current
        if current[:keep]:
            done.append(Section(wide, tuple(current[:keep])))
        current = current[keep:]

    for block in shown_on("paper", blocks):
        if isinstance(block, Provenance):
            continue
        if isinstance(block, Annex):
            close(len(current))
            wide = annex_wide = block.landscape
        elif (turned := annex_wide or _is_wide(block) or (wide and _is_note(block))) != wide:
            close(_before_lead(current) if turned else len(current))
            wide = turned
        current.append(block)
    close(len(current))
    return tuple(done)


def without_repeats(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, less a table's caption that only says again what the annex's title or heading above it says."""
    note, rest = "", []
    for block in blocks:
        if isinstance(block, Table) and block.caption and block.caption == note:
            block = replace(block, caption="")
        note = _words(block) or note if not isinstance(block, Table) else ""
        rest.append(block)
    return tuple(rest)


def placed(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block `without_repeats`, and whether a page is its own: no annex's title stands between it and the table before."""
    titled = False
    for block in without_repeats(blocks):
        yield block, not titled
        titled = isinstance(block, Annex) or (titled and not isinstance(block, Table))


def _words(block: Block) -> str:
    return block.title if isinstance(block, Annex) else block.text if isinstance(block, Heading) else ""


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape


def _before_lead(blocks: list[Block]) -> int:
    """How many blocks stay behind when a landscape table follows: all but the titles and notes that lead to it."""
    keep = len(blocks)
    while keep and (isinstance(blocks[keep - 1], Heading | Annex) or _is_note(blocks[keep - 1])):
        keep -= 1
    while keep < len(blocks) and _is_note(blocks[keep]):  # the note of what stands before
        keep += 1
    return keep


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "note"
