"""Sign-off unit by unit: whose figures a person accepted, and whether they are still what was accepted.

`data/acceptances/<campaign>/<period>.csv` has unit, what (认可 or 撤回), figures, who, when; lines are added, never changed.
`figures` is a hash of all that the unit's forms say and of what is still open about them: when either changes, the
acceptance stands no longer and nobody has to remember to take it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tally.model import PeriodTables
from tally.store.digests import digest
from tally.store.lines import Columns, read

ACCEPTANCE_COLUMNS = ("unit", "what", "figures", "who", "when")
ACCEPTED, WITHDRAWN = "认可", "撤回"
ACCEPTANCES = Columns(
    ACCEPTANCE_COLUMNS, {"单位": "unit", "性质": "what", "校验值": "figures", "经办人": "who", "日期": "when"}
)
_VALUES = ("form", "row", "field", "value", "state")
_OPEN = ("severity", "rule", "form", "row", "field")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepted a unit's figures, on which day; `stands` while they say what they said then."""

    unit: str
    who: str
    when: str
    stands: bool


def figures_digest(tables: PeriodTables, unit: str) -> str:
    """What the unit's forms say, cell by cell, which of them came, and which errors and doubts stand."""
    cells, returns, findings = tables.cells, tables.returns, tables.findings
    standing = findings[findings["severity"].isin(["error", "warning"])]
    return digest(
        *_lines(cells, unit, _VALUES),
        "|",
        *_lines(returns, unit, ("form", "state")),
        "|",
        *_lines(standing, unit, _OPEN),
    )


def _lines(frame: pd.DataFrame, unit: str, columns: tuple[str, ...]) -> list[str]:
    """The unit's rows as texts, sorted: the order in which things were found says nothing."""
    some = frame.loc[frame["unit"] == unit, list(columns)].astype(object)
    rows = some.where(some.notna(), "").itertuples(index=False, name=None)
    return sorted("\t".join(map(str, row)) for row in rows)


def acceptances(path: Path, tables: PeriodTables) -> Mapping[str, Acceptance]:
    """Unit -> its last acceptance, of units that have one that nobody took back. TallyError for a broken file."""
    last: dict[str, dict[str, str]] = {}
    for _, record in read(path, ACCEPTANCES).records:
        last[record["unit"]] = record
    standing: dict[str, Acceptance] = {}
    for unit, record in last.items():
        if record["what"] == ACCEPTED:
            same = record["figures"] == figures_digest(tables, unit)
            standing[unit] = Acceptance(unit, record["who"], record["when"], same)
    return standing
