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
_MANUALS = ("guide.md", "guide.en.md", "admin.md")
TYPED_LINES = [
    line
    for name in _MANUALS
    for line in re.findall(r"^ *python pipeline\.py (.+)$", (DOCS / name).read_text(encoding="utf-8"), re.M)
]
PICTURES = re.findall(r"!\[[^]]+\]\(([^)]+)\)", GUIDE)


@pytest.mark.parametrize("line", TYPED_LINES)
def test_every_command_line_of_the_manuals_is_one(line):
    assert pipeline.parser().parse_args(shlex.split(line, comments=True)).command in COMMANDS


def test_the_guide_lists_every_command():
    listed = set(re.findall(r"^\| `([a-z-]+)", GUIDE.partition("## 命令一览")[2], re.M))
    assert listed == set(COMMANDS)


def test_the_pictures_are_there_and_small():
    assert len(PICTURES) >= 6
    for name in PICTURES:
        assert (DOCS / name).stat().st_size < 200_000, name


@pytest.mark.parametrize("name", [*_MANUALS, "maintainers.md"])
def test_links_lead_somewhere(name):
    text = (DOCS / name).read_text(encoding="utf-8")
    heads = {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)}
    for target in re.findall(r"(?<!!)\[[^]]+\]\(([^)]+)\)", text):
        file = target.partition("#")[0]
        assert (DOCS / file).exists() if file else target[1:] in heads, target


def _anchor(heading: str) -> str:
    return heading.lower().replace("，", "").replace("：", "").replace("、", "").replace(" ", "-")
