"""Choices printed beside one another, one of them marked: ☑合格 □不合格, 是□ 否☑, （√）合格（ ）不合格, √合格 不合格."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from tally.declare import Choice
from tally.writing.characters import narrow

Mark = Literal["ticked", "empty", ""]
_WORD = re.compile(r"[\u4e00-\u9fff]+")
_TICKS = "☑☒■√✓✔●▣⊠⊙◉"
EMPTY = "□☐○◯▢"
_BOX = re.compile(rf"[\[(（【]?([{_TICKS}]|[vVxX×](?=[\])）】]))[\])）】]?|[{EMPTY}]|[\[(（【][\])）】]|__+")


def marked(text: str, choices: Sequence[Choice]) -> str | None:
    """The one choice of `choices` that is marked among several printed in `text`; "" if none or several are.

    None if the text is no such line: it holds other words, or no mark.
    """
    flat = narrow(text)
    pieces = _pieces(flat, choices)
    if pieces is None or not any(kind != "name" for kind, _ in pieces):
        return None
    ticked = _ticked(pieces)
    return ticked[0] if len(ticked) == 1 else ""


def _names(choices: Sequence[Choice]) -> dict[str, str]:
    """Each way to write a choice in words, the longest first, and the choice."""
    written = {text: c.name for c in choices for text in (*c.aliases, c.name) if _WORD.fullmatch(text)}
    return dict(sorted(written.items(), key=lambda pair: -len(pair[0])))


def _pieces(flat: str, choices: Sequence[Choice]) -> list[tuple[str, str]] | None:
    """The line as (kind, name) with kinds "name", "ticked", "empty"; None if it holds anything else."""
    names = _names(choices)
    pieces: list[tuple[str, str]] = []
    at = 0
    while at < len(flat):
        name = next((n for n in names if flat.startswith(n, at)), "")
        box = _BOX.match(flat, at)
        if box is not None:
            pieces.append(("ticked" if box[1] else "empty", ""))
        elif name:
            pieces.append(("name", names[name]))
        elif flat[at] not in ",，、;；/":
            return None
        at += len(name) if name else box.end() - at if box else 1
    return pieces if any(kind == "name" for kind, _ in pieces) else None


def _ticked(pieces: Sequence[tuple[str, str]]) -> list[str]:
    """The names whose box is ticked: boxes stand before their names if the line begins with one, else behind.

    Where only one mark stands among the names, it belongs to the name that it touches on the side of the boxes.
    """
    before = pieces[0][0] != "name"
    step = -1 if before else 1
    names: list[str] = []
    for at, (kind, name) in enumerate(pieces):
        beside = at + step
        if kind == "name" and 0 <= beside < len(pieces) and pieces[beside][0] == "ticked":
            names.append(name)
    return names
