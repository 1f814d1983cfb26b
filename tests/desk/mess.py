"""The same mess in two periods: headings, units' names, choices and firms written as no declaration has them.

What a person confirms in the first is read so in the second; `hands` counts what had to be confirmed, `wrong` what was
read as something else than it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from tally.campaigns.words import FIRM, words
from tally.desk.desk import Desk
from tally.paths import Paths
from tests.desk import world
from tests.life import truth

UNITS = ("320902", "320904", "320922")
NICKNAMES = {"320902": "湖心综合科", "320904": "麋乡综合科", "320922": "海角综合科"}
LABELS = {u: {("cases", "cases_closed"): "了结的案子", ("", ""): NICKNAMES[u]} for u in UNITS}
SLANG = "过关"
SHOP = "老招牌口罩作坊"  # what one unit's sample calls the second firm of its roster
FIRM_UNIT = "320902"
RETURNS = len(truth.UNITS) * 4  # three forms and a summary each


def mistakes() -> dict[world.Place, world.Mistake]:
    """What stands in the cells; the headings are in `LABELS`."""
    slang = {(u, "sampling", "1", "result"): world.Mistake(SLANG, "合格") for u in UNITS}
    name = truth.firm_name(FIRM_UNIT, 1)
    return slang | {(FIRM_UNIT, "sampling", "2", "enterprise"): world.Mistake(SHOP, name)}


MEANT = {"了结的案子": "cases_closed", SLANG: "合格", SHOP: truth.firm_name(FIRM_UNIT, 1)}


@dataclass(frozen=True)
class Learnt:
    """Confirmations in the first period and in the second, findings left in the second, values read wrongly there."""

    first: int
    second: int
    left: tuple[str, ...]
    wrong: tuple[str, ...]
    kinds: tuple[str, ...]  # of the writings confirmed

    def per_hundred(self, hands: int) -> float:
        return 100 * hands / RETURNS


def learnt(root: Path) -> Learnt:
    """Sends the mess twice, confirms what is asked in the first period, and looks at the second."""
    may = world.send(root, mistakes(), LABELS, also=truth.APRIL)
    first = _confirmed(may.beside(truth.APRIL))
    world.check(may)
    second = _taught(world.desk(may))
    findings = pd.read_parquet(may.processed / "findings.parquet")
    left = findings.loc[findings["severity"] != "note", "message"]
    kinds = tuple(w.kind for w in words(may.mappings, world.CAMPAIGN))
    return Learnt(first, second, tuple(left), tuple(_wrong(may)), kinds)


def _confirmed(paths: Paths) -> int:
    world.check(paths)
    desk, hands = world.desk(paths), 0
    while lessons := _taught(desk):
        hands += lessons
        world.check(paths)
        desk.renew()
    return hands


def _taught(desk: Desk) -> int:
    """Confirms what the desk asks about, one cause one decision; how many there were."""
    count = 0
    for name in [i["name"] for i in desk.answer({"ask": "overview"})["items"]]:
        item = next(i for i in desk.answer({"ask": "overview"})["items"] if i["name"] == name)
        lesson = desk.answer({"ask": "evidence", "name": name})["lesson"]
        if item["state"] != "decided" and lesson:
            unchosen = desk.answer({"ask": "remember", **_request(item, lesson), "means": ""})
            assert "error" in unchosen, "saved as the form opens: nothing is selected, so nothing is learnt"
            answer = desk.answer({"ask": "remember", **_request(item, lesson)})
            assert "error" not in answer, answer
            count += 1
    return count


def _request(item: Mapping, lesson: Mapping) -> dict[str, object]:
    written = lesson["written"].split("（")[0]
    means = MEANT.get(written) or lesson["options"][0][0]
    return {"names": [m["name"] for m in item["members"]], "means": means, "everywhere": lesson["kind"] != FIRM}


def _wrong(paths: Paths) -> list[str]:
    """Cells of the second period that were read as something else than the truth."""
    wrong = []
    for form in ("cases", "sampling", "enterprises"):
        frame = pd.read_parquet(paths.processed / f"{form}.parquet")
        key = "category" if "category" in frame else "row"
        for unit in truth.UNITS:
            mine = frame[frame["unit"] == unit].set_index(frame.loc[frame["unit"] == unit, key].astype(str))
            for row, record in world.records(unit, truth.MAY)[form].items():
                for field, true in record.items():
                    read = mine.at[row, field]
                    if not _same(read, true):
                        wrong.append(f"{unit} {form} {row} {field}: {read!r}, not {true!r}")
    return wrong


def _same(read: object, true: object) -> bool:
    if pd.isna(read):
        return true in ("", None)
    try:
        return float(str(read)) == float(str(true))
    except ValueError:
        return (read.date().isoformat() if isinstance(read, datetime) else str(read)) == world.typed(true)
