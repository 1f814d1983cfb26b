"""Columns of a table that are no field of its form: row names, running numbers, 单位, 所属镇, a 备注 without a word."""

from __future__ import annotations

import re
from typing import Literal

from tally.locate.body import Body
from tally.locate.headers import Header
from tally.locate.labels import names_of
from tally.locate.own_checks import is_check
from tally.locate.units_beside import names_measures
from tally.locate.view import View
from tally.model import Place
from tally.writing.nothing import NOTHING

Purpose = Literal["labels", "number", "nothing", "measure", "unit", "place", "check", "unknown"]
_NUMBER = frozenset(("序号", "编号", "序", "号", "行次", "栏次", "NO", "No", "no"))
UNIT_COLUMN = re.compile(
    r"(填报|报送|上报|所属|所在|责任|监管)?(单位|部门|地区|区域|辖区|属地|县区|县市区|区县|市县|市区县|县|区)(名称)?|行政区划"
)
_PLACE = re.compile(r"(所属|所在)?.{0,3}([镇乡]|街道|片区|分局|监管所|市监所|所)(办|名称)?")
# A part of a county as people write it: a township, a branch of the bureau, a park.
PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:(?<![城乡村集])镇|(?<!城)乡|街道(?:办(?:事处)?)?|分局|(?:市场)?监管所|市监所|管理所|工商所|中队|大队|片区|社区|工业园区?|产业园)"
)


def is_place(text: str) -> bool:
    """True for a text (narrow) that names a part of a county and nothing else: 南洋镇, 盐东分局."""
    return PLACE.fullmatch(text) is not None


def purpose_of(view: View, header: Header, body: Body, col: int) -> Purpose:
    """What a column that is no field of the form is there for."""
    if is_label_column(view, header, col):
        return "labels"
    core = next((c for r in range(header.last, header.first - 1, -1) if (c := view.label(r, col).core)), "")
    texts = [view.text(row, col) for _, row in body.rows]
    filled = [t for t in texts if t and t not in NOTHING]
    if not filled:
        return "nothing"
    if core in _NUMBER and all(t.rstrip(".、").isdigit() for t in filled):
        return "number"
    if names_measures(core, filled) and col - 1 in header.taken:
        return "measure"
    if UNIT_COLUMN.fullmatch(core):
        return "unit"
    if header.form.layout == "matrix" and is_check(core):
        return "check"
    return "place" if _PLACE.fullmatch(core) or all(map(is_place, filled)) else "unknown"


def is_label_column(view: View, header: Header, col: int) -> bool:
    """True for the column of a matrix that holds the names of its rows."""
    if header.form.layout != "matrix":
        return False
    names = names_of(header.form)
    below = range(header.last + 1, min(view.height, header.last + 12))
    named = [names.category(core) for r in below if (core := view.label(r, col).core)]
    return sum(map(bool, named)) >= min(2, len(named)) > 0


def owners(view: View, header: Header, body: Body) -> dict[int, Place]:
    """Grid row -> what a column such as 单位 of a list, or a line above, says whose record it is; {} where nothing does."""
    grid = view.grid
    owned: dict[int, Place] = {}
    for col, _ in header.unknown:
        if header.form.layout != "list" or purpose_of(view, header, body, col) != "unit":
            continue
        for _, row in body.rows:
            if text := str(view.raw(row, col) or "").strip():
                owned[row] = Place(grid.file, grid.sheet, view.address(row, col), text)
        return owned
    return body.owners
