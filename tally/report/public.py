"""The public edition: firms' names, codes and contacts hidden, the same firm under the same letter everywhere.

What is hidden comes from the forms' own confidential fields, as cleaned and as written, over all periods
read; names are found whatever their white space, width and brackets. Phone numbers and credit codes are
hidden by their shape too, wherever they stand, and a person's name after 联系人, 填表人 and the like.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from tally.blocks import Block
from tally.declare import Campaign
from tally.store import PeriodTables
from tally.tables.lists import shown

HIDDEN = "（略）"
_KEPT = {"svg", "png", "ref", "id", "link", "kind", "align", "style"}  # never words from returns
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_BRACKETS = str.maketrans("〔〕【】[]", "()()()")
_SHAPES = re.compile(
    r"(?<![\dA-Za-z.])(?:1[3-9]\d{9}(?:\.0)?|0\d{2,3}[-—－ ]?\d{7,8}|[0-9A-Z]{18})(?![\dA-Za-z])"
    r"|(?<=[人长员][:：])\s*[\u3400-\u9fff·]{2,4}(?=$|[\s，,；;。、）)])"
)


@dataclasses.dataclass(frozen=True)
class Mask:
    """Folded confidential text to what stands in its place; `lengths` by its first two characters."""

    names: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]

    def text(self, text: str) -> str:
        """`text` with everything confidential replaced."""
        return _SHAPES.sub(HIDDEN, self._named(text))

    def _size(self, folded: str, at: int) -> int:
        """The length of the longest hidden text that begins at a place, 0 for none."""
        sizes = self.lengths.get(folded[at : at + 2], ())
        return next((n for n in sizes if at + n <= len(folded) and folded[at : at + n] in self.names), 0)

    def _named(self, text: str) -> str:
        if text in self.names:
            return self.names[text]
        folded, places = _folded(text)
        done, at, end = [], 0, 0
        while at < len(folded):
            size = self._size(folded, at)
            if size:
                done += [text[end : places[at]], self.names[folded[at : at + size]]]
                end = places[at + size - 1] + 1
            at += size or 1
        return "".join((*done, text[end:])) if done else text


def mask(campaign: Campaign, periods: Sequence[PeriodTables]) -> Mask:
    """What the public edition of a report over `periods` hides; firms lettered in the order of the units."""
    firms, others = {}, {}
    for what, value in _values(campaign, periods):
        key = _folded(value)[0]
        if what == "firm" and len(key) > 1:
            firms.setdefault(key, f"企业{letters(len(firms))}")
        elif what != "firm" and _telling(key, campaign):
            others.setdefault(key, HIDDEN)
    names = others | firms
    lengths: dict[str, set[int]] = {}
    for key in names:
        lengths.setdefault(key[:2], set()).add(len(key))
    return Mask(names, {k: tuple(sorted(v, reverse=True)) for k, v in lengths.items()})


def hide(blocks: Iterable[Block], mask: Mask) -> tuple[Block, ...]:
    """The same blocks with every text put through `mask`."""
    return tuple(_hidden(b, mask) for b in blocks)


def _hidden(x: Any, mask: Mask) -> Any:
    if isinstance(x, str):
        return mask.text(x)
    if isinstance(x, Mapping):
        return {k: v if k in _KEPT else _hidden(v, mask) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return type(x)(_hidden(v, mask) for v in x)
    if dataclasses.is_dataclass(x):
        fields = (f.name for f in dataclasses.fields(x) if f.name not in _KEPT)
        return dataclasses.replace(x, **{n: _hidden(getattr(x, n), mask) for n in fields})
    return x


def letters(n: int) -> str:
    """0 as A, 25 as Z, 26 as AA."""
    return (letters(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)


def _values(campaign: Campaign, periods: Sequence[PeriodTables]) -> Iterable[tuple[str, str]]:
    """Every confidential value as cleaned, then as written, with its kind."""
    for tables in periods:
        for form in campaign.forms:
            frame = tables.forms[form.name]
            for field in (f for f in form.fields if f.confidential):
                yield from ((field.confidential, shown(v)) for v in frame[field.name])
    for tables in periods:
        for form in campaign.forms:
            for field in (f for f in form.fields if f.confidential):
                c = tables.cells
                raws = c.loc[(c["form"] == form.name) & (c["field"] == field.name), "raw"].dropna()
                yield from ((field.confidential, str(v)) for v in pd.unique(raws))


def _folded(text: str) -> tuple[str, list[int]]:
    """Text without white space, width and bracket kinds, and where each character stood."""
    kept = [(c, i) for i, c in enumerate(text) if not c.isspace() and c not in _ZERO_WIDTH]
    return "".join(_fold(c) for c, _ in kept), [i for _, i in kept]


def _fold(c: str) -> str:
    folded = unicodedata.normalize("NFKC", c)
    return (folded if len(folded) == 1 else c).translate(_BRACKETS)


def _telling(key: str, campaign: Campaign) -> bool:
    """Whether hiding a value hides somebody: not a blank mark, a small number or a district's own name."""
    places = {n for u in (*campaign.units, campaign.top) for n in (u.name, *u.aliases)}
    words = places | {campaign.top.name + p for p in places} | {"同上", "不详", "未知", "齐全"}
    return len(key) > 1 and key not in words and not re.fullmatch(r"[\d.]{1,6}|[\W_]+", key)
