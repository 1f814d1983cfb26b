"""Both sample periods as `check` leaves them, with the state that tells them fresh; a copy for each who changes them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.intake.survey import survey
from tally.paths import Paths
from tally.returns.processing import reporting_units
from tally.run import states as steps
from tests.unit import processed


def copied(target: Path) -> Path:
    """A root of its own at `target`, processed and fresh."""
    source = processed.root()
    for name in ("raw", "processed", "corrections", "explanations"):
        if (source / "data" / name).is_dir():
            shutil.copytree(source / "data" / name, target / "data" / name)
    for period in processed.PERIODS:
        _keep_states(Paths(target, CAMPAIGN.name, period))
    return target


def _keep_states(paths: Paths) -> None:
    surveyed = survey(CAMPAIGN, paths)
    states = steps.UnitStates(CAMPAIGN, paths, surveyed)
    for unit in reporting_units(CAMPAIGN, surveyed):
        steps.keep(steps.state_file(paths.unit(unit)), states.of(unit))
