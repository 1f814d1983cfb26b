"""The figures that a page can open, packed small: every repeated text is stored once and pointed at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tally.render.html_page import clean


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
        """JSON, safe inside a script element; "" if the page opens no figure.

        {"t": texts, "f": [[ref, label, value, rule, [[label, value, place or -1, [file, sheet, cell, raw, …]]]]]}
        where ref, label, rule, file and sheet are places in `t` and the cells of a part are one flat list.
        """
        texts = _Texts()
        figures = [self._figure(ref, texts) for ref in self._refs]  # grows while it runs: parts name figures
        if not figures:
            return ""
        packed = json.dumps({"t": texts.all, "f": figures}, ensure_ascii=False, separators=(",", ":"))
        return packed.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

    def _figure(self, ref: str, texts: _Texts) -> list[Any]:
        figure = self._all[ref]
        parts = [self._part(p, texts) for p in figure.get("parts", ())]
        named = (texts.place(ref), texts.place(figure.get("label", ref)))
        return [*named, clean(str(figure.get("value", ""))), texts.place(figure.get("rule", "")), parts]

    def _part(self, part: Mapping[str, Any], texts: _Texts) -> list[Any]:
        place = self.number(part.get("ref", ""))
        cells = [x for c in part.get("cells") or () for x in _cell(c, texts)]
        return [
            texts.place(part.get("label", "")),
            clean(str(part.get("value", ""))),
            -1 if place is None else place,
            cells,
        ]


def _cell(cell: Mapping[str, str], texts: _Texts) -> Iterable[Any]:
    yield texts.place(cell.get("file", ""))
    yield texts.place(cell.get("sheet", ""))
    yield clean(cell.get("cell", ""))
    yield clean("" if cell.get("raw") is None else str(cell["raw"]))


class _Texts:
    """Texts by place, each once."""

    def __init__(self):
        self.places: dict[str, int] = {}

    def place(self, text: str) -> int:
        return self.places.setdefault(clean(text), len(self.places))

    @property
    def all(self) -> list[str]:
        return list(self.places)
