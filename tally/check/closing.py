"""A question whose matter is settled gets its answer in the log: by the file in which the unit mended it, by our own
correction, or by our explanation. Whose doing it was is said as it was: the log is what an audit reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from tally.check.corrections import APPLIED
from tally.check.explanations import EXPLAINED
from tally.check.queries import ANSWERED, QUERIES, Query, load_queries, unanswered
from tally.model import PeriodTables
from tally.paths import Paths
from tally.store.lines import append

PROGRAM, CHANNEL = "程序登记", "书面"
_KEY = ("unit", "form", "row", "field", "rule")
_PLACE = ("unit", "form", "row", "field")


def close_mended(paths: Paths, tables: PeriodTables, when: date) -> int:
    """Adds the answer to every open question whose finding is gone or explained; how many."""
    waiting = unanswered(load_queries(paths.queries))
    messages = dict(zip(_keys(tables.findings, _KEY), tables.findings["message"], strict=True))
    records = []
    for key, question in waiting.items():
        text = _explained(messages[key]) if key in messages else _how(tables, question)
        if text:
            place = dict(zip(_KEY, key, strict=True))
            records.append(
                place | {"what": ANSWERED, "text": text, "channel": CHANNEL, "who": PROGRAM, "when": when.isoformat()}
            )
    if records:
        append(paths.queries, QUERIES, records)
    return len(records)


def _keys(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(*(frame[c].fillna("") for c in columns), strict=True))


def _explained(message: str) -> str:
    """What we ourselves wrote in answer to a finding; "" if nothing."""
    _, mark, words = message.rpartition(EXPLAINED)
    return f"市局说明：{words.removesuffix('】')}" if mark else ""


def _how(tables: PeriodTables, question: Query) -> str:
    """What put an end to the question: our corrections in its row or column, else what the unit's files say there now."""
    if ours := _corrected(tables, question):
        return f"市局更正后已没有这一问题：{ours}"
    places = _keys(tables.cells, _PLACE)
    wanted = (question.unit, question.form, question.row, question.field)
    if wanted in places:
        return _cell(tables.cells.iloc[places.index(wanted)].fillna(""))
    returns = tables.returns.fillna({"file": ""})
    mine = returns[(returns["unit"] == question.unit) & (returns["form"] == question.form)]
    files = "、".join(f for f in mine["file"] if f)
    return f"重新核对时已没有这一问题（{files}）" if files else "重新核对时已没有这一问题"


def _corrected(tables: PeriodTables, question: Query) -> str:
    """The corrections at the place, or in its row or column, as their notes tell them; "" if there are none."""
    notes = tables.findings[tables.findings["rule"] == APPLIED].fillna("")
    stated = question.form == "summary"  # a text may state what any form says
    mine = notes[(notes["unit"] == question.unit) & ((notes["form"] == question.form) | stated)]
    column = (mine["field"] == question.field) & ~mine[
        "row"
    ].str.isdigit()  # records of a list have no column in common
    near = mine[column | (mine["row"] == question.row)]
    at = (near["row"] == question.row) & (near["field"] == question.field)
    told = (near[at] if at.any() else near).to_dict("records")
    where = "" if at.any() else "同行或同栏有"
    return where + "；".join(f"{n['cell']} {n['message']}".strip() for n in told) if told else ""


def _cell(cell: Mapping[str, str]) -> str:
    where = " ".join(part for part in (cell["file"], cell["sheet"], cell["cell"]) if part)
    return f"已在报来的文件中改正：{where} 现为“{cell['value'] or '空白'}”"
