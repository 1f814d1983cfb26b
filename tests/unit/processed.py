"""Both sample periods processed once in a test run, without notebooks: what a run leaves below its root."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.intake.survey import survey
from tally.paths import PROJECT, Paths
from tally.returns.processing import join_units, process_unit, reporting_units

PERIODS = ("2021-04", "2021-05")


@cache
def root() -> Path:
    """A folder of its own with data/raw copied and data/processed made."""
    folder = Path(tempfile.mkdtemp(prefix="tally-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("raw", "corrections", "explanations"):
        if (source := PROJECT / "data" / name).is_dir():
            shutil.copytree(source, folder / "data" / name)
    for period in PERIODS:
        process(folder, period)
    return folder


def process(folder: Path, period: str) -> None:
    """Reads, checks and joins all units of a period, as a run does."""
    surveyed = survey(CAMPAIGN, Paths(folder, CAMPAIGN.name, period))
    for unit in reporting_units(CAMPAIGN, surveyed):
        process_unit(CAMPAIGN.name, period, unit, str(folder), surveyed)
    join_units(CAMPAIGN.name, period, str(folder))
