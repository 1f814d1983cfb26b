"""Killed while it sends, a run is taken up by the next one, on this machine or another, to the same end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from random import Random

import pytest

from tally.paths import PROJECT


def killed_at(remote, wire, number: int) -> None:
    """Starts a run and kills the driver when it sends its `number`-th result."""
    process = subprocess.Popen(
        remote.command("check"), cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    seen = []

    def at(method: str, path: str) -> None:
        if method == "PUT" and "data/processed/" in path and not path.endswith("run.lock"):
            seen.append(path)
            if len(seen) == number:
                os.kill(process.pid, signal.SIGKILL)

    wire.at = at
    assert process.wait(120) == -signal.SIGKILL
    wire.at = lambda method, path: None


def vouched_for(remote) -> list[str]:
    """States in the bucket whose unit lacks a table there."""
    names = set(remote.bucket.names())
    states = [n.rpartition("/")[0] for n in names if "/units/" in n and n.endswith("state.json")]
    return [folder for folder in states if f"{folder}/tables.arrow" not in names]


def test_a_run_killed_while_it_sends_is_taken_up_and_does_nothing_twice(remote, wire, checked):
    killed_at(remote, wire, 9)
    assert vouched_for(remote) == []
    done = remote.pipeline("check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "没有任何变化" in done.stdout, "all was finished here, only not sent"
    assert remote.results() == checked


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 4, 6, 8, 10, 12, 14, 15])
def test_another_machine_takes_it_up(remote, wire, checked, tmp_path, number, monkeypatch):
    killed_at(remote, wire, number)
    assert vouched_for(remote) == []
    done = remote.elsewhere(tmp_path / "elsewhere").pipeline("check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert remote.results() == checked
    first = remote.pipeline("check")
    assert first.returncode == 0 and "没有任何变化" in first.stdout, first.stdout + first.stderr
    assert remote.results() == checked


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_on_one_machine_or_another(remote, checked, tmp_path, seed):
    rng = Random(seed)
    machines = [remote, remote.elsewhere(tmp_path / "elsewhere")]
    for _ in range(4):
        process = subprocess.Popen(
            rng.choice(machines).command("check"), cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(rng.uniform(0.5, 5))
        process.kill()
        process.wait()
        assert vouched_for(remote) == []
    done = rng.choice(machines).pipeline("check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert remote.results() == checked
    for machine in machines:
        assert "没有任何变化" in machine.pipeline("check").stdout


def test_ctrl_c_sends_what_is_finished(remote, wire):
    process = subprocess.Popen(
        remote.command("check", "--jobs", "1"), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    for said in process.stdout:
        if "[1/3]" in said:
            process.send_signal(signal.SIGINT)
            break
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "已中断" in err and "存入" in err
    states = [n for n in remote.bucket.names() if "/units/" in n and n.endswith("state.json")]
    assert 1 <= len(states) < 3
    assert "data/processed/run.lock" not in remote.bucket.names()
