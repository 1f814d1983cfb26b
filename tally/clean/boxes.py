"""Choices printed beside one another, one of them marked: ☑合格 □不合格, 是□ 否☑, （√）合格（ ）不合格, √合格 不合格."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tally.declare import Choice
from tally.writing.characters import narrow

_WORD = re.compile(r"[\u4e00-\u9fff]+")
_TICKS = "☑☒■√✓✔●▣⊠⊙◉"
EMPTY = "□☐○◯▢"
_BOX = re.compile(rf"[\[(（【]?([{_TICKS}]|[vVxX×](?=[\])）】]))[\])）】]?|[{EMPTY}]|[\[(（【][\])）】]|__+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A choice's name, or a mark; `apart`: a blank stands before it."""

    kind: Literal["name", "ticked", "empty"]
    name: str
    apart: bool


def marked(text: str, choices: Sequence[Choice]) -> str | None:
    """The one choice of `choices` that is marked among several printed in `text`; "" if none or several are.

    None if the text is no such line: it holds other words, or no mark.
    """
    flat, gaps = _without_blanks(text)
    pieces = _pieces(flat, gaps, choices)
    if pieces is None or not any(piece.kind != "name" for piece in pieces):
        return None
    ticked = _ticked(pieces)
    return ticked[0] if len(ticked) == 1 else ""


def _without_blanks(text: str) -> tuple[str, frozenset[int]]:
    """The text without white space, and the places in it before which there was some."""
    flat, gaps = "", set()
    for letter in text:
        narrowed = narrow(letter)
        if not narrowed:
            gaps.add(len(flat))
        flat += narrowed
    return flat, frozenset(gaps)


def _names(choices: Sequence[Choice]) -> dict[str, str]:
    """Each way to write a choice in words, the longest first, and the choice."""
    written = {text: c.name for c in choices for text in (*c.aliases, c.name) if _WORD.fullmatch(text)}
    return dict(sorted(written.items(), key=lambda pair: -len(pair[0])))


def _pieces(flat: str, gaps: frozenset[int], choices: Sequence[Choice]) -> list[_Piece] | None:
    """The line piece by piece; None if it holds anything else."""
    names = _names(choices)
    pieces: list[_Piece] = []
    at, apart = 0, False
    while at < len(flat):
        name = next((n for n in names if flat.startswith(n, at)), "")
        box = _BOX.match(flat, at)
        apart = apart or at in gaps
        if box is not None:
            pieces.append(_Piece("ticked" if box[1] else "empty", "", apart))
        elif name:
            pieces.append(_Piece("name", names[name], apart))
        elif flat[at] not in ",，、;；/":
            return None
        apart = box is None and not name
        at += len(name) if name else box.end() - at if box else 1
    return pieces if any(piece.kind == "name" for piece in pieces) else None


def _ticked(pieces: Sequence[_Piece]) -> list[str]:
    """The names whose box is ticked: boxes stand before their names if the line begins with one, else behind."""
    marks = [at for at, piece in enumerate(pieces) if piece.kind != "name"]
    if len(marks) == 1 and 0 < marks[0] < len(pieces) - 1:
        return _beside(pieces, marks[0])
    step = 1 if pieces[0].kind == "name" else -1
    names: list[str] = []
    for at, piece in enumerate(pieces):
        beside = at + step
        if piece.kind == "name" and 0 <= beside < len(pieces) and pieces[beside].kind == "ticked":
            names.append(piece.name)
    return names


def _beside(pieces: Sequence[_Piece], at: int) -> list[str]:
    """A lone mark between two names belongs to the one that it touches; where it touches both or none, to either."""
    if pieces[at].kind != "ticked":
        return []
    before, after = not pieces[at].apart, not pieces[at + 1].apart
    return [pieces[at - 1].name] * before + [pieces[at + 1].name] * after
