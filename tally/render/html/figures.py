"""The figures that a page can open, packed small: the page's script reads them when the first one is opened.

`unpacked` gives them back to whoever checks a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tally.render.html.pack import held, pack
from tally.render.html.page import clean

_OF_FIGURE = ("label", "value", "rule")
_OF_CELL = ("file", "sheet", "cell", "raw", "value")


class Figures:
    """Numbers the figures of a provenance that a page shows, and those that they are made of.

    `number(ref)` is the figure's place in the packed list, None if the provenance does not know it.
    """

    def __init__(self, figures: Mapping[str, Any]):
        self._all = figures
        self._places: dict[str, int] = {}
        self._refs: list[str] = []

    def number(self, ref: str) -> int | None:
        if not ref or ref not in self._all:
            return None
        if ref not in self._places:
            self._places[ref] = len(self._refs)
            self._refs.append(ref)
        return self._places[ref]

    def packed(self) -> str:
        """What `unpacked` reads, as text; "" if the page opens no figure."""
        figures = [self._figure(ref) for ref in self._refs]  # grows while it runs: parts name figures
        return pack(figures) if figures else ""

    def _figure(self, ref: str) -> list[Any]:
        figure = self._all[ref]
        parts = [self._part(p) for p in figure.get("parts", ())]
        return [clean(ref), *_texts(figure, _OF_FIGURE), parts]

    def _part(self, part: Mapping[str, Any]) -> list[Any]:
        place = self.number(part.get("ref", ""))
        cells = [_cell(c) for c in part.get("cells") or ()]
        return [*_texts(part, ("label", "value")), -1 if place is None else place, cells]


def _cell(cell: Mapping[str, Any]) -> list[Any]:
    return [*_texts(cell, _OF_CELL), [clean(str(word)) for word in cell.get("words", ())]]


def _texts(facts: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    return [clean("" if facts.get(name) is None else str(facts[name])) for name in names]


def unpacked(html: str) -> list[list[Any]]:
    """The figures that a page holds, [] if it opens none.

    Each is [ref, label, value, rule, parts]; a part is [label, value, place in this list or -1, cells], a cell
    [file, sheet, cell, raw, value, words].
    """
    return held(html, "tally-figures") or []
