"""A cell's text from its pieces: which of them count, which are only there, where a number changes its look.

Every reader of a format with fonts hands over pieces of text with their `Font`; what comes out is the same for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tally.model import Run
from tally.readers.symbols import drawn

WHITE, UNKNOWN = "FFFFFF", "?"  # the ground of a page; one that no colour can be told from
LOST = frozenset(("struck", "deleted", "unseen"))  # looks of what does not count
_TINY = 4.0  # points: smaller letters are nobody's writing
_NEAR = 0x18  # two colours that differ by less in each of red, green and blue cannot be told apart
_RAISED = str.maketrans("0123456789+-=()−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻")
_LOWERED = str.maketrans("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
_OF_NUMBERS = frozenset("0123456789０１２３４５６７８９.．,，")


class Font(NamedTuple):
    """How a piece of text looks. `ink` is RRGGBB, "" for the automatic colour; `size` in points, 0 if not said.

    `face` is the key of a font that draws pictures for letters (`tally.readers.symbols`), "" for any other.
    """

    ink: str = ""
    size: float = 0
    weight: str = ""  # bold, italic, underlined: a letter each; two lines in one: 2, the upper ^ and the lower _
    struck: bool = False
    position: str = ""  # "raised", "lowered"
    hidden: bool = False
    deleted: bool = False
    face: str = ""


class Piece(NamedTuple):
    """`font` None is the cell's own."""

    text: str
    font: Font | None = None


PLAIN_FONT = Font()


def unseen(font: Font, ground: str = WHITE) -> bool:
    """Whether nobody can see letters in this font on that ground."""
    return font.hidden or 0 < font.size < _TINY or _same_colour(font.ink, ground or WHITE)


def cell_text(pieces: Sequence[Piece], base: Font | None = None, ground: str = WHITE) -> tuple[str, dict[str, Any]]:
    """The text that counts (raised digits as ¹, lowered as ₁) and the facts for the cell's mark.

    What is struck, hidden or deleted as a whole stays the text, with `struck` or `unseen` set; a part of it is left out
    and stands in `runs`. `base` is the cell's own font, None where its first plain letters tell it.
    """
    if not pieces or len(pieces) == 1 and base is None and _is_ordinary(pieces[0].font, ground):
        return pieces[0].text if pieces else "", {}
    base = base or _first(pieces)
    base = base if base.size else base._replace(size=_first(pieces).size)
    runs = _merged([_run(piece, base, ground) for piece in pieces if piece.text])
    looks = {run.look for run in runs if run.text.strip()}
    if len(looks) == 1 and not looks & {"deleted"}:
        text = "".join(run.text for run in runs)
        return text, {look: True for look in looks & {"struck", "unseen"}}
    text = "".join(_written(run) for run in runs if run.look not in LOST)
    special = looks & (LOST | {"raised", "lowered"})
    if special or parted_number(runs):
        return text, {"runs": tuple(runs)}
    return text, {}


def _is_ordinary(font: Font | None, ground: str) -> bool:
    """Whether letters in this font, with no others beside them, are simply read."""
    if font is None or font is PLAIN_FONT:
        return ground == WHITE
    return not (font.struck or font.position or font.deleted or font.face or unseen(font, ground))


def _run(piece: Piece, base: Font, ground: str) -> Run:
    font = piece.font or base
    return Run(drawn(piece.text, font.face), _look(font, base, ground))


def _first(pieces: Sequence[Piece]) -> Font:
    """The font of the first letters that are no mark and are seen."""
    for text, font in pieces:
        if font is not None and text.strip() and not (font.position or font.hidden or font.deleted):
            return font._replace(struck=False)
    return PLAIN_FONT


def parted_number(runs: Sequence[Run]) -> bool:
    """Whether the look changes between two digits of those runs that count."""
    counted = [run for run in runs if run.look not in LOST and run.text]
    for left, right in zip(counted, counted[1:], strict=False):
        if "raised" in (left.look, right.look) or "lowered" in (left.look, right.look):
            continue
        if left.look != right.look and left.text[-1] in _OF_NUMBERS and right.text[0] in _OF_NUMBERS:
            return True
    return False


def _look(font: Font, base: Font, ground: str) -> str:
    if font.deleted:
        return "deleted"
    if unseen(font, ground):
        return "unseen"
    if font.struck:
        return "struck"
    if font.position:
        return font.position
    same_size = not font.size or not base.size or font.size == base.size
    if same_size and (font.ink or "000000", font.weight) == (base.ink or "000000", base.weight):
        return ""
    return f"{font.ink or '000000'} {font.size:g} {font.weight}".strip()


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Neighbours of one look as one; white space takes the look of what stands before it."""
    merged: list[Run] = []
    for run in runs:
        look = run.look if run.text.strip() or not merged else merged[-1].look
        if merged and merged[-1].look == look:
            merged[-1] = Run(merged[-1].text + run.text, look)
        else:
            merged.append(Run(run.text, look))
    return merged


def _written(run: Run) -> str:
    table = {"raised": _RAISED, "lowered": _LOWERED}.get(run.look)
    return run.text.translate(table) if table else run.text


def _same_colour(ink: str, ground: str) -> bool:
    if not ink or len(ink) != 6 or len(ground) != 6:
        return False
    try:
        pairs = [(int(ink[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (0, 2, 4)]
    except ValueError:
        return False
    return all(abs(a - b) <= _NEAR for a, b in pairs)
