"""What is true of a case: `data/<case>/truth.json` beside what was sent (`sent/` is laid below the period's raw folder).

sent       one line: what is odd about the return
unit       the unit whose return it is        period   the period it is read for
cells      [{form, row, field, cell, value | finding}]: the value that is right (dates as 2021-05-06, null for none), or
           "finding": true where nothing can be read for certain and the cell must carry an error or a warning;
           both: the value is right, and must not pass without a word
records    {form: how many records it has}
said       [{words, form, field, file, note}]: an error or warning (with "note": at least a note) must name one of the
           words, or be about the field, or ("file") lie at one of the unit's own files
summary    false: nothing sent is a work summary
totals     true: the period's totals can be worked out
limited    true: read within CASE_SECONDS of CPU and CASE_BYTES of memory
debatable  {accepts, because}: where another outcome is as right as the one written down.
           "or_finding": an error or warning at the cell, or at its record, will do instead of a value;
           "refused": the whole table may be refused with an error that lies at the file
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Case:
    """One folder of `data`: its name, what was sent and what is true."""

    name: str
    truth: Mapping

    @property
    def id(self) -> str:
        """The number in front of a long name, the whole name where it has none: what the suite calls the case."""
        number, _, rest = self.name.partition("_")
        return number if number.isdigit() and not rest.isdigit() else self.name

    @property
    def folder(self) -> Path:
        return DATA / self.name

    @property
    def accepts(self) -> str:
        return self.truth.get("debatable", {}).get("accepts", "")


def every_case() -> list[Case]:
    """All cases in the order of their names."""
    return [Case(file.parent.name, json.loads(file.read_text("utf-8"))) for file in sorted(DATA.glob("*/truth.json"))]
