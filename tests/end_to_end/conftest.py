"""The sample run once, as an analyst would: its own root, the command line, every output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    root: Path
    output: str
    code: int

    @property
    def reports(self) -> Path:
        return self.root / "reports" / "masks_2021" / "2021-05"

    @property
    def processed(self) -> Path:
        return self.root / "data" / "processed" / "masks_2021" / "2021-05"


def pipeline(*args: str, root: Path, **env: str) -> Ran:
    """Runs the command line; its output and exit code."""
    command = [sys.executable, str(PROJECT / "pipeline.py"), *args, "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env={**os.environ, **env}, timeout=300)
    return Ran(root, done.stdout + done.stderr, done.returncode)


def sample(root: Path, *periods: str) -> Path:
    """The sample returns of `periods` below `root`."""
    for period in periods:
        shutil.copytree(PROJECT / "data" / "raw" / "masks_2021" / period, root / "data" / "raw" / "masks_2021" / period)
    return root


@pytest.fixture(scope="session")
def ran(tmp_path_factory) -> Ran:
    """`run 2021-05` on the whole sample."""
    return pipeline("run", "2021-05", root=sample(tmp_path_factory.mktemp("sample"), "2021-04", "2021-05"))
