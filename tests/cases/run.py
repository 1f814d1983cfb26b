"""One case read the way county.ipynb reads a unit, without notebooks: files below a root, Parquet tables back."""

from __future__ import annotations

import shutil
from pathlib import Path

from tally import campaigns, totals
from tally.paths import Paths
from tally.returns.processing import join_units, process_unit
from tests.cases.judge import Outcome
from tests.cases.truth import Case

MASKS = "masks_2021"


def read_case(case: Case, root: Path) -> Outcome:
    """What is made of what was sent, below a root of its own."""
    period, unit = case.truth["period"], case.truth["unit"]
    shutil.copytree(case.folder / "sent", Paths(root, MASKS, period).raw)
    read = process_unit(MASKS, period, unit, str(root))
    outcome = Outcome(join_units(MASKS, period, str(root)), read.summary.text if read.summary else "")
    if case.truth.get("totals"):
        totals.as_table(work_out(MASKS, period, root))
    return outcome


def read_campaign(case: Case, root: Path) -> totals.Totals:
    """The totals of a campaign declared below a root, every unit of it read first."""
    shutil.copytree(case.folder / "root", root, dirs_exist_ok=True)
    name, period = case.truth["campaign"], case.truth["period"]
    for unit in campaigns.load(name, root).units:
        process_unit(name, period, unit.code, str(root))
    join_units(name, period, str(root))
    worked = work_out(name, period, root)
    totals.as_table(worked)
    return worked


def work_out(name: str, period: str, root: Path) -> totals.Totals:
    declared = campaigns.load(name, root)
    return totals.work_out(totals.read_history(declared, Paths(root, name, period)))
