"""Every command of the command line, in the order in which `--help` lists them."""

from __future__ import annotations

from tally.cli import campaign, exchange, period, release, workbench
from tally.cli.command import Command

COMMANDS: dict[str, Command] = {
    "run": period.RUN,
    "check": period.CHECK,
    "trace": workbench.TRACE,
    "approve": release.APPROVE,
    "verify": release.VERIFY,
    "disclosure": release.DISCLOSURE,
    "new-campaign": campaign.NEW,
    "templates": exchange.TEMPLATES,
    "receive": exchange.RECEIVE,
    "status": exchange.STATUS,
    "remind": exchange.REMIND,
    "accept": workbench.ACCEPT,
    "desk": workbench.DESK,
    "lab": workbench.LAB,
}
