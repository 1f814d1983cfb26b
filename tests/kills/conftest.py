"""A small nation, the same returns below many roots, and what an undisturbed run of them leaves."""

from __future__ import annotations

import fcntl
import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kills.fire import words_of
from tests.scale.conftest import Run, made

COUNTIES = 8
# What tells files by their times, the executed notebooks with theirs, and the lock.
OF_TIME = ("known-files.json", "survey.json", "joined.json", ".ipynb", "run.lock")


@dataclass(frozen=True)
class Nation:
    """Returns not yet run, and every file that a run leaves: its content, None where that holds times."""

    original: Run
    left: dict[str, dict[str, bytes | None]]  # by command
    seconds: dict[str, float]  # such a run takes, by command

    def fresh(self, root: Path) -> Run:
        """The same returns, file times kept, below another root."""
        for name in ("campaigns", "data/raw"):
            shutil.copytree(self.original.root / name, root / name)
        return Run(root, self.original.made, self.original.truths)

    def expected(self, command: str) -> dict[str, bytes | None]:
        """What an undisturbed run leaves."""
        if command not in self.left:
            run, begun = self.fresh(self.original.root / command), time.monotonic()
            first, *options = words_of(run, command)
            done = run.pipeline(*options, "--jobs", "2", command=first)
            assert done.returncode == 0, done.stdout + done.stderr
            self.seconds[command] = time.monotonic() - begun
            self.left[command] = files(run)
            assert len(self.left[command]) > 4 * COUNTIES
        return self.left[command]

    def assert_ends_well(self, run: Run, command: str, *more: str) -> None:
        """A run that nobody disturbs now ends where an undisturbed one ends, in every file."""
        first, *options = words_of(run, command)
        done = run.pipeline(*options, *more, command=first)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        got, expected = files(run), self.expected(command)
        assert sorted(got) == sorted(expected)
        assert [name for name in expected if got[name] != expected[name]] == []
        assert is_free(run)


def all_lost(lost: Sequence[str]) -> bool:
    """Whether the lines on units that were given up are on all there are: such a run has no figure, and leaves with 1."""
    return len(lost) == COUNTIES


def files(run: Run) -> dict[str, bytes | None]:
    """Every file below `processed` and `reports`, hidden ones too; the survey's memory is kept only of old files."""
    folders = (run.root / "data" / "processed", run.root / "reports")
    files = sorted(
        p
        for folder in folders
        for p in folder.rglob("*")
        if p.is_file() and p != run.paths.processed / "known-files.json"
    )
    return {str(p.relative_to(run.root)): None if p.name.endswith(OF_TIME) else p.read_bytes() for p in files}


def is_free(run: Run) -> bool:
    """Whether the root's lock is held by nobody and says so."""
    path = run.root / "data" / "processed" / "run.lock"
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return path.read_text() == ""


def holder(run: Run) -> dict:
    """What the last run left in the lock; {} if it gave it back."""
    path = run.root / "data" / "processed" / "run.lock"
    return json.loads((path.read_text(encoding="utf-8") if path.exists() else "") or "{}")


@pytest.fixture(scope="session")
def nation(tmp_path_factory) -> Nation:
    return Nation(made(tmp_path_factory.mktemp("original"), COUNTIES), {}, {})
