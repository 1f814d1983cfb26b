"""A question whose finding is gone, because a later file says something else, is answered by that file: the log says so.

What the analyst corrected or explained is an answer of his own and is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from tally.check.queries import ANSWERED, QUERIES, Query, load_queries, unanswered
from tally.model import PeriodTables
from tally.paths import Paths
from tally.store.lines import append

PROGRAM, CHANNEL = "程序登记", "书面"
_KEY = ("unit", "form", "row", "field", "rule")
_PLACE = ("unit", "form", "row", "field")


def close_mended(paths: Paths, tables: PeriodTables, when: date) -> int:
    """Adds the answer to every open question that the files themselves have answered; how many."""
    waiting = unanswered(load_queries(paths.queries))
    standing = set(_keys(tables.findings, _KEY))
    records = []
    for key, question in waiting.items():
        if key not in standing and (text := _how(tables, question)):
            place = dict(zip(_KEY, key, strict=True))
            records.append(
                place | {"what": ANSWERED, "text": text, "channel": CHANNEL, "who": PROGRAM, "when": when.isoformat()}
            )
    if records:
        append(paths.queries, QUERIES, records)
    return len(records)


def _keys(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(*(frame[c].fillna("") for c in columns), strict=True))


def _how(tables: PeriodTables, question: Query) -> str:
    """What the unit's files say now at the place of the question; "" where the analyst corrected it."""
    places = _keys(tables.cells, _PLACE)
    wanted = (question.unit, question.form, question.row, question.field)
    if wanted in places:
        return _cell(tables.cells.iloc[places.index(wanted)].fillna(""))
    returns = tables.returns.fillna({"file": ""})
    mine = returns[(returns["unit"] == question.unit) & (returns["form"] == question.form)]
    files = "、".join(f for f in mine["file"] if f)
    return f"重新核对时已没有这一问题（{files}）" if files else "重新核对时已没有这一问题"


def _cell(cell: Mapping[str, str]) -> str:
    if cell["state"] == "corrected":
        return ""
    where = " ".join(part for part in (cell["file"], cell["sheet"], cell["cell"]) if part)
    return f"已在报来的文件中改正：{where} 现为“{cell['value'] or '空白'}”"
