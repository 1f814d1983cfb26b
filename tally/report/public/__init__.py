"""The public edition: firms' names, codes and contacts hidden, the same firm under the same letter everywhere.

`tally.report.public.confidential` says what is hidden; here texts are put through it. Names are
found whatever their white space, width, case and brackets. Phone numbers and credit codes are hidden by
their shape too, wherever they stand, and a person's name after 联系人, 填表人 and the like.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from tally.declare import Campaign
from tally.model import PeriodTables
from tally.report.public.confidential import HIDDEN, hidden_words
from tally.report.public.folding import folded, folded_with_places, narrow

_SHAPES = re.compile(
    r"(?<![\dA-Za-z.])(?:1[3-9]\d(?:[- —－]?\d{4}){2}(?:\.0)?|0\d{2,3}[-—－ ]?\d{7,8}"
    r"|(?=(?:[A-Za-z]*\d){8})[0-9A-Za-z]{18})(?![\dA-Za-z])"
    r"|(?<=[人长员][:：])\s*[\u3400-\u9fff·]{2,4}(?=$|[\s，,；;。、）)])"
)


@dataclasses.dataclass(frozen=True)
class Mask:
    """Folded confidential text to what stands in its place; `lengths` by its first two characters."""

    names: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]

    def text(self, text: str) -> str:
        """`text` with everything confidential replaced."""
        named = self._named(text)
        widths = narrow(named)  # a phone number in full-width digits has its shape too
        done, end = [], 0
        for match in _SHAPES.finditer(widths):
            done += [named[end : match.start()], HIDDEN]
            end = match.end()
        return "".join((*done, named[end:])) if done else named

    def _size(self, key: str, at: int) -> int:
        """The length of the longest hidden text that begins at a place, 0 for none."""
        sizes = self.lengths.get(key[at : at + 2], ())
        return next((n for n in sizes if at + n <= len(key) and key[at : at + n] in self.names), 0)

    def _named(self, text: str) -> str:
        key, places = folded_with_places(text)
        done, at, end = [], 0, 0
        while at < len(key):
            size = self._size(key, at)
            if size:
                done += [text[end : places[at]], self.names[key[at : at + size]]]
                end = places[at + size - 1] + 1
            at += size or 1
        return "".join((*done, text[end:])) if done else text


def mask(campaign: Campaign, periods: Sequence[PeriodTables]) -> Mask:
    """What the public edition of a report over `periods` hides; firms lettered in the order of the units."""
    names: dict[str, str] = {}
    for value, shown in hidden_words(campaign, periods):
        key = folded(value)
        if len(key) > 1:
            names.setdefault(key, shown)
    lengths: dict[str, set[int]] = {}
    for key in names:
        lengths.setdefault(key[:2], set()).add(len(key))
    return Mask(names, {k: tuple(sorted(v, reverse=True)) for k, v in lengths.items()})
