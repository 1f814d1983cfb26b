"""One return read the way a run reads a unit, and judged."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.kinds.judge import UNIT, Verdict, built, judge
from benchmarks.kinds.truth import Case
from tally.paths import Paths
from tally.returns.processing import join_units, process_unit

CAMPAIGN = "masks_2021"
PERIOD = "2021-05"


def verdicts(case: Case) -> list[Verdict]:
    """Write what was sent below a root of its own, process the unit, judge the tables."""
    with tempfile.TemporaryDirectory() as root:
        for period, files in case.also.items():
            earlier = Case(case.kind, case.name, files, {})
            built(earlier, Paths(Path(root), CAMPAIGN, period).raw)
            process_unit(CAMPAIGN, period, UNIT, root)
            join_units(CAMPAIGN, period, root)
        built(case, Paths(Path(root), CAMPAIGN, PERIOD).raw)
        read = process_unit(CAMPAIGN, PERIOD, UNIT, root)
        tables = join_units(CAMPAIGN, PERIOD, root)
    return judge(case, tables, read.summary.text if read.summary else "")
