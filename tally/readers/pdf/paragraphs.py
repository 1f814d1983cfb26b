"""The text around a page's tables: lines that go on in the next one are one paragraph, as in a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tally.readers.pdf.glyphs import Glyph, Piece, lines_of, pieces_of

_PITCH = 2.1  # of the size: lines of one paragraph stand no further apart
_ALIKE = 0.15  # of the size by which the letters of one paragraph may differ
_SLACK = 0.6  # of the size by which lines that begin or end alike may differ
_INDENT = 2.7  # of the size: the first line begins further in by no more
_SHORT = 12  # times the size: shorter lines that end alike are no frame
_RAGGED = 3  # times the size by which a full line may end before the text's right edge
_GOES_ON = "，、,"
_COLUMNS = 3  # pieces on one line: those are columns of something, and no text that goes on
_ENDS = "。；：;:！!？?"
# What begins a line of its own: a label, a number of a list, a date, a line in brackets.
BEGINS = re.compile(
    r"[^，。；,]{1,12}[:：]|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|第[一二三四五六七八九十\d]+[页条章部]"
    r"|附[件表]|[注※*]|(\d{4}|二[〇○零][一二三四五六七八九〇]{2})年|[（(].*[)）]$|[-—–－]+\d+[-—–－]+$|\d+$"
)


@dataclass
class _Paragraph:
    """Pieces of text that are read on from one line to the next."""

    pieces: list[Piece]

    @property
    def top(self) -> float:
        return self.pieces[0].top

    @property
    def text(self) -> str:
        text = self.pieces[0].text
        for piece in self.pieces[1:]:
            apart = text[-1:].isascii() and piece.text[:1].isascii()
            text += (" " if apart else "") + piece.text
        return text

    def goes_on(self, piece: Piece, edges: tuple[float, float]) -> bool:
        """Whether a piece of the next line is the next line of it; `edges` are where the page's text begins and ends."""
        first, last = self.pieces[0], self.pieces[-1]
        size = last.bottom - last.top
        near = 0 < piece.top - last.top <= _PITCH * size and abs(piece.bottom - piece.top - size) <= _ALIKE * size
        full = max(one.right for one in self.pieces) >= piece.right - _SLACK * size and self._fills(piece, size, edges)
        indent = first.left - piece.left if last is first else last.left - piece.left
        aligned = -_SLACK * size <= indent <= (_INDENT if last is first else _SLACK) * size
        return near and full and aligned and last.text[-1:] not in _ENDS and not BEGINS.match(piece.text)

    def _fills(self, piece: Piece, size: float, edges: tuple[float, float]) -> bool:
        """Whether the last line is as long as there is room: to the text's edge or that of a frame, both centred, or left open."""
        last, (left, right) = self.pieces[-1], edges
        if last.right >= right - _RAGGED * size or last.text[-1:] in _GOES_ON:
            return True
        if abs(last.right - piece.right) <= _SLACK * size and last.right - last.left > _SHORT * size:
            return True
        middles = (last.left + last.right) / 2, (piece.left + piece.right) / 2
        return last.left > left + _RAGGED * size and abs(middles[0] - middles[1]) <= _SLACK * size


def paragraphs_of(glyphs: Iterable[Glyph]) -> list[tuple[float, str]]:
    """The text from above, each line or paragraph with its height; what stands apart on one line has two spaces between."""
    rows: list[list[_Paragraph]] = []
    open_ones: list[_Paragraph] = []  # those that the line before ends with
    lines = [pieces_of(line) for line in lines_of(glyphs)]
    every = [piece for pieces in lines for piece in pieces]
    edges = min((p.left for p in every), default=0.0), max((p.right for p in every), default=0.0)
    for pieces in lines:
        current: list[_Paragraph] = []
        begun: list[_Paragraph] = []
        for piece in pieces:
            above = next((p for p in open_ones if p.goes_on(piece, edges)), None) if len(pieces) < _COLUMNS else None
            if above is None:
                above = _Paragraph([piece])
                begun.append(above)
            else:
                above.pieces.append(piece)
            current.append(above)
        rows.append(begun)
        open_ones = current
    return [(row[0].top, "  ".join(p.text for p in row)) for row in rows if row]
