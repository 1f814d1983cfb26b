"""A command that the program advises does the same when it is copied: it names the campaign and the root it speaks of."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tally.cli.grammar import parsed
from tally.life.next_steps import next_steps
from tally.life.status import status
from tally.paths import DEFAULT_CAMPAIGN, PROJECT, Paths
from tests.unit.life import checked

PACKAGE = PROJECT / "tally"
ADVISED = re.compile(r"python pipeline\.py [a-z-]+ \{([^}]*)\}")


@pytest.mark.parametrize(
    ("root", "campaign", "words"),
    [
        (PROJECT, DEFAULT_CAMPAIGN, "2021-06"),
        (PROJECT, "canteens_2026", "2021-06 --campaign canteens_2026"),
        (Path("/mnt/share"), DEFAULT_CAMPAIGN, "2021-06 --root /mnt/share"),
        (Path("/mnt/our share"), "canteens_2026", '2021-06 --campaign canteens_2026 --root "/mnt/our share"'),
    ],
)
def test_a_period_is_typed_with_what_makes_it_this_one(root, campaign, words):
    typed = Paths(root, campaign, "2021-06").typed
    assert typed == words
    args = parsed(["check", *shlex.split(typed)])
    assert (args.root, args.campaign, args.period) == (root, campaign, "2021-06")


def test_every_advised_command_is_printed_so():
    for file in PACKAGE.rglob("*.py"):
        for what in ADVISED.findall(file.read_text("utf-8")):
            assert what == "" or what.endswith(("typed", "printed", "example")), f"{file}: {what}"


def test_the_next_steps_name_the_root(tmp_path):
    from tally.campaigns.masks_2021 import CAMPAIGN

    paths = Paths(checked.copied(tmp_path), CAMPAIGN.name, "2021-05")
    commands = [s.command for s in next_steps(status(CAMPAIGN, paths)) if s.command.startswith("python")]
    assert commands and all(f"2021-05 --root {tmp_path}" in command for command in commands)


def test_what_is_printed_in_a_file_says_the_same_wherever_the_root_lies():
    assert Paths(Path("/mnt/share"), "canteens_2026", "2021-06").printed == "2021-06 --campaign canteens_2026"
    assert Paths(Path("/mnt/share"), DEFAULT_CAMPAIGN, "2021-06").printed == "2021-06"
