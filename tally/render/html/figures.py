"""The figures that a page can open, packed small: columns of like values, deflated.

Values that lie side by side deflate best with their like, so the sample report's figures, 130 kB as
records, take 16 kB as columns; base 85 makes 20 kB of text of them. The page's script reads them when the
first figure is opened. `unpacked` gives them back to whoever checks a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice, zip_longest
from typing import Any

from tally.render.html.pack import held, pack
from tally.render.html.page import clean

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LETTERS = re.compile(r"[A-Z]*")


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
        if not figures:
            return ""
        return pack(_columns(figures))

    def _figure(self, ref: str) -> list[Any]:
        figure = self._all[ref]
        parts = [self._part(p) for p in figure.get("parts", ())]
        texts = (ref, *(figure.get(k, "") for k in ("label", "value", "rule")))
        return [*(clean(str(t)) for t in texts), parts]

    def _part(self, part: Mapping[str, Any]) -> list[Any]:
        place = self.number(part.get("ref", ""))
        cells = [x for c in part.get("cells") or () for x in _cell(c)]
        texts = (clean(str(part.get(k, ""))) for k in ("label", "value"))
        return [*texts, -1 if place is None else place, cells]


def _cell(cell: Mapping[str, str]) -> Iterable[str]:
    for name in ("file", "sheet", "cell", "raw"):
        yield clean("" if cell.get(name) is None else str(cell[name]))


def unpacked(html: str) -> list[list[Any]]:
    """The figures that a page holds, [] if it opens none.

    Each is [ref, label, value, rule, parts]; a part is [label, value, place in this list or -1, cells],
    its cells one flat list of file, sheet, cell, raw, file, ….
    """
    columns = held(html, "tally-figures")
    return _figures(columns) if columns else []


def _columns(figures: list[list[Any]]) -> list[list[Any]]:
    """Texts that recur, then a list for each thing told of a figure, of its parts and of their cells.

    What follows from another column is 0: a part's value that is its figure's, a raw text that is the value's number.
    """
    texts: dict[str, int] = {}
    columns: list[list[Any]] = [[] for _ in range(14)]
    last = 0
    for ref, label, value, rule, parts in figures:
        _put(columns[:5], ref, label, value, texts.setdefault(rule, len(texts)), len(parts))
        for name, said, place, cells in parts:
            same = place >= 0 and figures[place][2] == said
            step = place - last if place >= 0 else None  # figures are mostly numbered in the order of their use
            last = place if place >= 0 else last
            _put(columns[5:9], texts.setdefault(name, len(texts)), 0 if same else said, step, len(cells) // 4)
            for file, sheet, cell, raw in zip(*[iter(cells)] * 4, strict=True):
                letters = _LETTERS.match(cell)[0]
                at = (texts.setdefault(t, len(texts)) for t in (file, sheet))
                _put(columns[9:], *at, letters, cell[len(letters) :], 0 if raw == _number(said) else raw)
    refs, labels, *rest = columns
    return [list(texts), _split(refs, "(?=[.@])"), _split(labels, "(?= )"), *rest]


def _split(texts: list[str], between: str) -> list[list[Any]]:
    """Texts that are made of few words: the words, then for each position the words' places there (None past the end)."""
    words: dict[str, int] = {}
    made = [[words.setdefault(w, len(words)) for w in re.split(between, t)] for t in texts]
    return [list(words), *zip_longest(*made)]


def _joined(split: list[list[Any]]) -> list[str]:
    words, *columns = split
    return ["".join(words[at] for at in row if at is not None) for row in zip(*columns, strict=True)]


def _put(columns: list[list[Any]], *values: Any) -> None:
    for column, value in zip(columns, values, strict=True):
        column.append(value)


def _number(said: str) -> str | None:
    found = _NUMBER.match(said)
    return found[0] if found else None


def _figures(columns: list[list[Any]]) -> list[list[Any]]:
    """The inverse of `_columns`, as the page's script has it."""
    texts, refs, labels, values, rules, counts, *below = columns
    parts, cells = zip(*below[:4], strict=True), zip(*below[4:], strict=True)
    figures, last = [], 0
    for ref, label, value, rule, count in zip(_joined(refs), _joined(labels), values, rules, counts, strict=True):
        made = []
        for name, own, step, size in islice(parts, count):
            last += step or 0
            place = -1 if step is None else last
            said = values[place] if own == 0 else own
            flat = [x for cell in islice(cells, size) for x in _read_cell(texts, said, *cell)]
            made.append([texts[name], said, place, flat])
        figures.append([ref, label, value, texts[rule], made])
    return figures


def _read_cell(texts: list[str], said: str, file: int, sheet: int, letters: str, rest: str, raw: Any) -> Iterable[str]:
    return texts[file], texts[sheet], letters + rest, _number(said) if raw == 0 else raw
