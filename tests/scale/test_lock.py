"""Two runs on one root: the second is told at once; a lock left behind by a dead run stops nobody."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time

import pytest

from tally.errors import TallyError
from tally.paths import PROJECT
from tally.store import lock
from tally.store.files import begin

HOLD = (
    "import sys, time; from pathlib import Path; from tally.store import lock\n"
    "with lock.held(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
)


@pytest.fixture
def other(tmp_path):
    """Another process that holds the lock of `tmp_path`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def record(root):
    return root / "data" / "processed" / "run.lock"


def test_the_second_run_is_told_who_is_at_work(tmp_path, other):
    with pytest.raises(TallyError) as told, lock.held(tmp_path):
        pass
    assert str(other.pid) in told.value.fact and platform.node() in told.value.fact


def test_a_killed_run_leaves_no_lock_behind(tmp_path, other):
    other.kill()
    other.wait()
    said = []
    with lock.held(tmp_path, said.append):
        pass
    assert len(said) == 1 and str(other.pid) in said[0]


def test_what_a_killed_run_left_half_written_is_removed_and_nothing_else(tmp_path, other):
    folders = [tmp_path / name for name in ("data/processed/a/2021-05/units/1", "reports/a/2021-05/runs", "data/raw/a")]
    parts, kept = [], []
    for folder in folders:
        folder.mkdir(parents=True)
        for name in ("cases.parquet", "county-1.ipynb"):
            handle, part = begin(folder / name)
            os.close(handle)
            parts.append(part)
        kept += [folder / name for name in (".~lock.报告.docx#", ".DS_Store", "a.part", "cases.parquet")]
    for path in kept:
        path.touch()
    other.kill()
    other.wait()
    with lock.held(tmp_path, lambda text: None):
        pass
    assert [p.exists() for p in parts] == [
        False,
        False,
        False,
        False,
        True,
        True,
    ]  # nothing of ours lies among raw files
    assert all(p.exists() for p in kept)


def test_a_lock_that_was_given_back_is_taken_without_a_word(tmp_path):
    said = []
    for _ in range(2):
        with lock.held(tmp_path, said.append):
            assert json.loads(record(tmp_path).read_text())["pid"] == os.getpid()
    assert said == []


@pytest.mark.parametrize(("age", "refused"), [(5, True), (300, False)])
def test_another_machines_lock_counts_while_it_is_touched(tmp_path, age, refused):
    path = record(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"pid": 1, "host": "别的机器", "since": "2021-06-01 08:00:00"}), encoding="utf-8")
    os.utime(path, (time.time() - age,) * 2)
    said = []
    if refused:
        with pytest.raises(TallyError, match="别的机器"), lock.held(tmp_path, said.append):
            pass
    else:
        with lock.held(tmp_path, said.append):
            pass
        assert "别的机器" in said[0]


def test_a_half_written_record_is_no_reason_to_stop(tmp_path):
    path = record(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text('{"pid": 1, "ho', encoding="utf-8")
    with lock.held(tmp_path, print):
        pass


def test_the_command_line_refuses_a_second_run(small):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(small.root)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "held\n"
        second = small.pipeline()
        assert second.returncode == 1
        assert "另一个运行正在使用" in second.stderr and "Traceback" not in second.stderr
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
