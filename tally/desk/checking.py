"""Whether a period's check still follows from its files, and running it anew as it is typed at the command line."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tally.declare import Campaign
from tally.desk.home import carried_from
from tally.desk.refusal import Refusal
from tally.intake import known_files
from tally.intake.survey import survey
from tally.life.status import outdated
from tally.paths import PROJECT, Paths
from tally.store.tables import is_processed

if TYPE_CHECKING:
    from tally.desk.desk import Desk

SECONDS = 1800  # for one check


def stale_reasons(campaign: Campaign, paths: Paths) -> list[str]:
    """Why the check should be run again; [] if it need not."""
    if not paths.raw.is_dir():
        return ["上报文件夹不见了"]
    return outdated(campaign, paths, survey(campaign, paths, known_files.load(paths)))


def decided_before(desk: Desk) -> list[str]:
    """The earlier periods from which findings stand here and whose check no longer follows from their files."""
    if not is_processed(desk.paths, desk.campaign):
        return []
    periods = sorted({carried_from(f) for f in desk.snapshot.findings.values()} - {""})
    return [p for p in periods if stale_reasons(desk.campaign, desk.paths.beside(p))]


def run_check(campaign: Campaign, paths: Paths) -> None:
    """Runs `check` for the period. Refusal, in its own words, if it does not end well."""
    command = [sys.executable, str(PROJECT / "pipeline.py"), "check", paths.period, "--lang", "zh"]
    command += ["--campaign", campaign.name, "--root", str(paths.root)]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS)
    if ran.returncode:
        raise Refusal("核对没有完成", (ran.stderr or ran.stdout).strip()[-600:])
