"""The analyst's guide keeps up with the program: its commands, its pictures and its links hold."""

from __future__ import annotations

import re
import shlex

import pytest

import pipeline
from tally.cli.commands import COMMANDS
from tally.paths import PROJECT

DOCS = PROJECT / "docs"
GUIDE = (DOCS / "guide.md").read_text(encoding="utf-8")
TYPED_LINES = re.findall(r"^python pipeline\.py (.+)$", GUIDE, re.M)
PICTURES = re.findall(r"!\[[^]]+\]\(([^)]+)\)", GUIDE)


@pytest.mark.parametrize("line", TYPED_LINES)
def test_every_command_line_of_the_guide_is_one(line):
    assert pipeline.parser().parse_args(shlex.split(line, comments=True)).command in COMMANDS


def test_the_guide_lists_every_command():
    listed = set(re.findall(r"^\| `([a-z-]+)", GUIDE.partition("## 命令一览")[2], re.M))
    assert listed == set(COMMANDS)


def test_the_pictures_are_there_and_small():
    assert len(PICTURES) >= 6
    for name in PICTURES:
        assert (DOCS / name).stat().st_size < 200_000, name


def test_links_lead_somewhere():
    heads = {
        h.lower().replace("，", "").replace("：", "").replace(" ", "-") for h in re.findall(r"^#+ (.+)$", GUIDE, re.M)
    }
    for target in re.findall(r"(?<!!)\[[^]]+\]\(([^)]+)\)", GUIDE):
        assert target[1:] in heads if target.startswith("#") else (DOCS / target).exists(), target
