"""Cell styles of a workbook, cut down to what a reader of values needs: what a number shows, what a text looks like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from tally.model import Mark
from tally.readers.formats import BUILTIN
from tally.readers.number_format import Format, number_format, shown
from tally.readers.strings import is_on


@dataclass(frozen=True, slots=True)
class Style:
    """`mark` is what every value of this style carries, None for nothing special.

    `quick`: a number of this style is always read as it is stored; one with `decimals` as long as it has no more
    places than that.
    """

    format: Format
    mark: Mark | None = None

    @property
    def is_date(self) -> bool:
        return self.format.is_date

    @property
    def quick(self) -> bool:
        return self.format.plain and self.format.plain_zero and self.mark is None

    @property
    def text_mark(self) -> Mark | None:
        return self.mark

    def number_mark(self, value: int | float, epoch_1904: bool = False) -> Mark | None:
        """What the stored number `value` carries: the text it is shown as, where that says something else."""
        form = self.format
        if form.whole_date or (form.plain and (value or form.plain_zero) and _fits(value, form.decimals)):
            return self.mark
        return _showing(self.mark, form.code, _shown(form.code, value, epoch_1904))

    def string_mark(self, text: str) -> Mark | None:
        """The same of a stored text."""
        if self.format.plain_text:
            return self.mark
        return _showing(self.mark, self.format.code, shown(self.format.code, text))


PLAIN = Style(number_format(""))


def _fits(value: int | float, decimals: int | None) -> bool:
    """Whether so many places show all of `value`."""
    return decimals is None or isinstance(value, int) or round(value, decimals) == value


def _showing(mark: Mark | None, code: str, text: str) -> Mark:
    return replace(mark or Mark(), shown=text, number_format=code)


@lru_cache(maxsize=65_536)
def _shown(code: str, value: int | float, epoch_1904: bool) -> str:
    return shown(code, value, epoch_1904)


def styles(root) -> tuple[Style, ...]:
    """The style of each index that a cell's `s` may hold."""
    codes = {int(f.get("numFmtId", -1)): f.get("formatCode", "") for f in root.iterfind("{*}numFmts/{*}numFmt")}
    struck = [is_on(font.find("{*}strike")) for font in root.iterfind("{*}fonts/{*}font")]
    found = []
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        number, font = int(xf.get("numFmtId") or 0), int(xf.get("fontId") or 0)
        found.append(style(codes.get(number, BUILTIN.get(number, "General")), font < len(struck) and struck[font]))
    return tuple(found)


@lru_cache(maxsize=4096)
def style(code: str, struck: bool) -> Style:
    """The `Style` of a number format and a font that is struck through or not."""
    return Style(number_format(code), Mark(struck=True) if struck else None)
