"""A run that was killed does not do again what was finished, and takes nothing half made for finished. Kills at random: tests/kills."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess

import pytest

from tally.paths import PROJECT
from tests.scale.conftest import Run, made

COUNTIES = 4
OUTPUTS = ("*.parquet", "units/*/tables.arrow")


def result(run: Run) -> dict[str, bytes]:
    """All that a run leaves in `processed`, but for what tells files and states by their times."""
    folder = run.paths.processed
    return {str(p.relative_to(folder)): p.read_bytes() for pattern in OUTPUTS for p in folder.glob(pattern)}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> tuple[Run, dict[str, bytes]]:
    """A run from the beginning: where it was made and its result."""
    run = made(tmp_path_factory.mktemp("undisturbed"), COUNTIES)
    assert run.pipeline().returncode == 0
    return run, result(run)


def fresh(root, undisturbed) -> Run:
    """The same returns, file times kept, below another root, not yet run."""
    run = undisturbed[0]
    for name in ("campaigns", "data/raw"):
        shutil.copytree(run.root / name, root / name)
    return Run(root, run.made, run.truths)


def test_what_was_finished_before_the_kill_is_not_done_again(undisturbed, tmp_path):
    run = fresh(tmp_path, undisturbed)
    process = subprocess.Popen(run.command("check"), cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "[2/4]" in line:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.wait()
    process.stdout.close()
    states = {p.parent.name: p.stat().st_mtime_ns for p in run.paths.processed.glob("units/*/state.json")}
    assert 2 <= len(states) < COUNTIES
    again = run.pipeline()
    assert f"[{COUNTIES - len(states)}/{COUNTIES - len(states)}]" in again.stdout
    now = {p.parent.name: p.stat().st_mtime_ns for p in run.paths.processed.glob("units/*/state.json")}
    assert {u: now[u] for u in states} == states
    assert result(run) == undisturbed[1]


def test_tables_half_made_are_never_taken_for_finished_ones(undisturbed, tmp_path):
    """Inputs change, the run is killed while it reads them, and the inputs are put back."""
    run = fresh(tmp_path, undisturbed)
    assert run.pipeline().returncode == 0
    unit = run.made.counties[2]
    target = next(p for p in (run.paths.raw / f"{unit.code}{unit.name}").rglob("*") if p.is_file())
    content, times = target.read_bytes(), target.stat()
    target.write_bytes(b"")
    process = subprocess.Popen(run.command("check"), cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if "[1/1]" in line:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.wait()
    process.stdout.close()
    target.write_bytes(content)
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert run.pipeline().returncode == 0
    assert result(run) == undisturbed[1]
