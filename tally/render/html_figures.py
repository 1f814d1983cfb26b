"""The figures that a page can open, packed small: every repeated text once, and the whole deflated.

A sample report's figures are 80 kB as JSON and 15 kB so; the page's script inflates them when it opens.
`unpacked` gives them back to whoever checks a page.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
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
        """Base64 of deflated JSON; "" if the page opens no figure.

        {"t": texts, "f": [[ref, label, value, rule, [[label, value, place or -1, [file, sheet, cell, raw, …]]]]]}
        where ref, label, rule, file and sheet are places in `t` and the cells of a part are one flat list.
        """
        texts = _Texts()
        figures = [self._figure(ref, texts) for ref in self._refs]  # grows while it runs: parts name figures
        if not figures:
            return ""
        packed = json.dumps({"t": texts.all, "f": figures}, ensure_ascii=False, separators=(",", ":"))
        deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        return base64.b64encode(deflate.compress(packed.encode("utf-8")) + deflate.flush()).decode()

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


def unpacked(html: str) -> dict[str, Any]:
    """What `packed` put into a page: {"t": texts, "f": figures}; both empty if the page opens no figure."""
    if not (found := re.search(r'id="tally-figures">([^<]*)<', html)):
        return {"t": [], "f": []}
    return json.loads(zlib.decompress(base64.b64decode(found[1]), wbits=-zlib.MAX_WBITS))


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
