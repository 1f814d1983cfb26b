"""A small nation, made and run once: 20 counties in three cities, with its truth."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.nation.places import NAME, Nation, declare, nation
from benchmarks.nation.returns import PERIOD, Truth, make
from tally.paths import PROJECT, Paths

COUNTIES = 20


@dataclass(frozen=True)
class Run:
    """A nation below a root, and what running it said."""

    root: Path
    made: Nation
    truths: list[Truth]

    @property
    def paths(self) -> Paths:
        return Paths(self.root, NAME, PERIOD)

    def pipeline(self, *more: str, command: str = "check") -> subprocess.CompletedProcess:
        return subprocess.run(self.command(command, *more), capture_output=True, text=True, cwd=PROJECT, timeout=300)

    def command(self, command: str, *more: str) -> list[str]:
        options = ["--campaign", NAME, "--root", str(self.root), *more]
        return [sys.executable, str(PROJECT / "pipeline.py"), command, PERIOD, *options]

    def tables(self) -> dict[str, bytes]:
        """The contract's tables as they lie on disk."""
        return {p.name: p.read_bytes() for p in sorted(self.paths.processed.glob("*.parquet"))}


def made(root: Path, counties: int) -> Run:
    """A nation's returns below `root`, not yet run."""
    places = nation(counties)
    declare(places, root)
    return Run(root, places, make(places.counties, root, os.cpu_count() or 1))


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Run:
    """A nation that has been run."""
    run = made(tmp_path_factory.mktemp("nation"), COUNTIES)
    done = run.pipeline()
    assert done.returncode == 0, done.stdout + done.stderr
    return run
