"""Which part of a unit rows of a matrix speak of: 南洋镇 in a column of its own or in a line above them, 全县 among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tally.locate.extra_columns import is_place
from tally.locate.notes import qualifies
from tally.locate.view import View
from tally.writing.characters import narrow

_WHOLE = re.compile(
    r"(合计|总计|小计|共计|汇总|全部)|全[县区市](合计|汇总|总计|数据|情况)?|.{0,8}(合计|汇总|总计|本级合计)"
)
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,6}[县区市]")


def is_whole(place: str) -> bool:
    """True for a word that stands for all parts together: 合计, 全县, 亭湖区汇总."""
    return _WHOLE.fullmatch(place) is not None


def names_place(text: str) -> bool:
    """True for a row's name (narrow) that is a place and no kind of case: 南洋镇, 亭湖区."""
    return is_place(text) or _UNIT.fullmatch(text) is not None


class Places:
    """Tells the place of each row of a matrix while it is read down."""

    def __init__(self, view: View, first: int, label_col: int, end: int):
        self.view = view
        left = range(max(0, label_col - 2), label_col)
        rows = range(first, min(end, first + 60))
        self.col = next((c for c in left if _holds_places(view, rows, c)), None)
        self.place = ""
        self.end = end

    def heads(self, row: int, filled: Sequence[int]) -> bool:
        """True for a line that only says which part the rows below it are of; they are, from then on."""
        if len(filled) != 1 or not isinstance(self.view.own(row, filled[0]), str):
            return False
        text = re.sub(r"^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.]|[:：]$", "", self.view.text(row, filled[0]))
        named = is_place(text) or (len(text) > 2 and is_whole(text) and not qualifies(text))
        heads = named and self._rows_follow(row)
        if heads:
            self.place = text
        return heads

    def _rows_follow(self, row: int) -> bool:
        """True if the next line with anything in it is a row of cells, and no line alone."""
        span = range(self.view.width)
        filled = (self.view.filled(below, span) for below in range(row + 1, self.end))
        return len(next((cells for cells in filled if cells), ())) > 1

    def of(self, row: int) -> str:
        """The place that a row is of, "" where nothing says one."""
        if self.col is not None and (text := narrow(str(self.view.raw(row, self.col) or ""))):
            self.place = text
        return self.place


def _holds_places(view: View, rows: range, col: int) -> bool:
    return any(is_place(view.text(row, col)) for row in rows)


def the_whole(places: Sequence[str]) -> str | None:
    """The one of several places that stands for all of them, None if none or several do."""
    wholes = [p for p in places if is_whole(p)]
    if not wholes and "" in places:
        return ""
    return wholes[0] if len(wholes) == 1 else None
