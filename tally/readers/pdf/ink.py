"""The look of characters in a PDF: their colour on the ground that is painted under them, what hides them, what is drawn through them.

What comes out is the `Font` that every reader hands to `tally.readers.runs`: there is decided what counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pdfminer.layout import LTChar, LTComponent, LTCurve, LTImage, LTRect

from tally.readers.pdf.clipped import Paint, paint
from tally.readers.pdf.glyphs import Glyph
from tally.readers.pdf.table import Box, Edge
from tally.readers.runs import UNKNOWN, WHITE, Font, unseen

_BAND = 20.0  # points: areas are looked up by the bands of the page that they reach into
_THIN = 1.5  # points: what is thinner is a line and no ground
_TINY = (
    0.5  # of the size of most of a page's text: smaller letters may be nobody's writing; all of a small print are not
)
_WRITING = 4.0  # points: the least that counts as writing in any format
_THROUGH = (0.1, 0.65)  # of the size above the base line: where a line goes through letters; an underline is below
_NAMED = frozenset(("Separation", "DeviceN", "Indexed", "Pattern", "Lab"))  # numbers that are no shares of light
_ENDS = 0.3  # of the size: a line through a text ends with it, a table's goes on
_ENDS_FREE = 1.5  # of the size: one that touches no other line may go on so far


@dataclass(frozen=True)
class _Area:
    """Something painted: the `order`-th thing on its page."""

    order: int
    box: Box
    colour: str
    covers: bool  # nothing below can be seen

    def holds(self, x: float, y: float) -> bool:
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


def fonts(shown: Box, objects: Sequence[LTComponent]) -> dict[int, Font]:
    """The font of each character, by the object's id; `objects` in the order in which they are painted.

    `shown` is the part of the page that can be seen (left, bottom, right, top).
    """
    areas = _areas(objects)
    chars = [(order, o) for order, o in enumerate(objects) if isinstance(o, LTChar)]
    usual = Counter(_size(char) for _, char in chars).most_common(1)
    least = usual[0][0] * _TINY if usual else 0.0
    return {id(char): _font(shown, char, order, areas[_band(char.y0 + char.y1)], least) for order, char in chars}


def _areas(objects: Iterable[LTComponent]) -> dict[int, list[_Area]]:
    """What is painted over a part of the page, by the bands that it reaches into."""
    bands: dict[int, list[_Area]] = defaultdict(list)
    for order, item in enumerate(objects):
        if area := _area(order, item):
            for band in range(_band(2 * area.box[1]), _band(2 * area.box[3]) + 1):
                bands[band].append(area)
    return bands


def _area(order: int, item: LTComponent) -> _Area | None:
    filled = isinstance(item, LTCurve) and bool(item.fill)
    if not filled and not isinstance(item, LTImage):
        return None
    painted = paint(item)
    left, bottom, right, top = item.bbox
    if painted.region:
        left, bottom = max(left, painted.region[0]), max(bottom, painted.region[1])
        right, top = min(right, painted.region[2]), min(top, painted.region[3])
    if right - left < _THIN or top - bottom < _THIN:
        return None
    colour = colour_of(painted) if filled and not painted.see_through else UNKNOWN
    covers = isinstance(item, LTRect) and not painted.see_through and not painted.hidden
    return _Area(order, (left, bottom, right, top), colour, covers)


def _band(twice: float) -> int:
    return int(max(min(twice, 1e5), -1e5) / 2 // _BAND)


def _font(shown: Box, char: LTChar, order: int, areas: Iterable[_Area], least: float) -> Font:
    x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
    there = [area for area in areas if area.holds(x, y)]
    ground = next((area.colour for area in reversed(there) if area.order < order), WHITE)
    covered = any(area.covers and area.order > order for area in there)
    outside = not (shown[0] <= x <= shown[2] and shown[1] <= y <= shown[3])
    painted, size = paint(char), _size(char)
    font = Font(ink=colour_of(painted), size=size if size < least else max(size, _WRITING))
    hidden = outside or covered or painted.hidden or unseen(font, ground)
    return font._replace(hidden=hidden, ink="" if font.ink in (WHITE, UNKNOWN, "000000") else font.ink)


def _size(char: LTChar) -> float:
    return round(char.size * 2) / 2


def struck(
    glyphs: Sequence[Glyph], edges: Sequence[Edge], annotations: Sequence[Edge]
) -> tuple[list[Glyph], list[Edge]]:
    """The glyphs, those with a line through them `struck`; and the edges that are no such line."""
    bands: dict[int, list[int]] = defaultdict(list)
    for n, glyph in enumerate(glyphs):
        if glyph.text.strip():
            for band in range(int(glyph.top // _BAND), int(glyph.bottom // _BAND) + 1):
                bands[band].append(n)
    lost: set[int] = set()
    rest: list[Edge] = []
    for line in edges:
        under = [n for n in bands[int(line["top"] // _BAND)] if _goes_through(line, glyphs[n])]
        if line["orientation"] == "h" and under and _strikes(line, [glyphs[n] for n in under], edges):
            lost.update(under)
        else:
            rest.append(line)
    for line in annotations:
        lost.update(n for n in bands[int(line["top"] // _BAND)] if _goes_through(line, glyphs[n]))
    return [_through(glyph) if n in lost else glyph for n, glyph in enumerate(glyphs)], rest


def _goes_through(line: Edge, glyph: Glyph) -> bool:
    above = glyph.foot - line["top"]
    low, high = (share * glyph.size for share in _THROUGH)
    return low < above < high and line["x0"] <= glyph.middle[0] <= line["x1"]


def _strikes(line: Edge, glyphs: Sequence[Glyph], edges: Sequence[Edge]) -> bool:
    """Whether it ends with the text, or a little behind it where it does not run from one line of a table to another."""
    if _ends_with(line, glyphs, _ENDS):
        return True
    return _ends_with(line, glyphs, _ENDS_FREE) and not all(_meets(line, line[end], edges) for end in ("x0", "x1"))


def _meets(line: Edge, x: float, edges: Sequence[Edge]) -> bool:
    down = (other for other in edges if other["orientation"] == "v" and abs(other["x0"] - x) <= _THIN)
    return any(other["top"] - _THIN <= line["top"] <= other["bottom"] + _THIN for other in down)


def _ends_with(line: Edge, glyphs: Sequence[Glyph], share: float) -> bool:
    slack = max(glyph.size for glyph in glyphs) * share
    return line["x0"] > min(g.x0 for g in glyphs) - slack and line["x1"] < max(g.x1 for g in glyphs) + slack


def _through(glyph: Glyph) -> Glyph:
    return replace(glyph, font=glyph.font._replace(struck=True))


def colour_of(painted: Paint) -> str:
    """RRGGBB of a colour in grey, RGB or CMYK; `UNKNOWN` for patterns and inks with a name."""
    values = painted.colour
    try:
        numbers = [float(v) for v in values] if isinstance(values, (tuple, list)) else [float(values)]
    except (TypeError, ValueError):
        return UNKNOWN
    if painted.space in _NAMED or len(numbers) not in (1, 3, 4):
        return UNKNOWN
    if len(numbers) == 4:
        numbers = [(1 - n) * (1 - numbers[3]) for n in numbers[:3]]
    rgb = numbers * 3 if len(numbers) == 1 else numbers
    return "".join(f"{round(255 * min(max(n, 0.0), 1.0)):02X}" for n in rgb)
