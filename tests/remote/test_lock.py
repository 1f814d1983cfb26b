"""One writing command at a time on a bucket: the second is told; a holder that is gone stops nobody."""

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
from tally.store.remote import lock
from tally.store.remote.address import Address
from tally.store.remote.storage import Storage

HOLD = (
    "import sys, time; from tally.store.remote import lock; from tally.store.remote.address import Address\n"
    "from tally.store.remote.storage import Storage\n"
    "with lock.held(Storage(Address(sys.argv[1])), print):\n    print('held', flush=True); time.sleep(60)"
)


@pytest.fixture
def storage(bucket) -> Storage:
    return Storage(Address(bucket.url))


@pytest.fixture
def other(bucket):
    """Another process that holds the bucket's lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, bucket.url], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def left_behind(bucket, **more) -> None:
    record = {
        "id": "x",
        "pid": 1,
        "host": "别的机器",
        "since": "2021-06-01 08:00:00",
        "machine": "elsewhere",
        "beat": 3,
    }
    bucket.put(lock.NAME, json.dumps(record | more).encode())


def test_a_second_one_is_told_who_is_at_work(storage, other):
    with pytest.raises(TallyError) as told, lock.held(storage, print):
        pass
    assert str(other.pid) in told.value.fact and platform.node() in told.value.fact
    assert storage.address.shown in told.value.fact


def test_a_killed_one_on_this_machine_is_followed_at_once(storage, other):
    other.kill()
    other.wait()
    said, begun = [], time.monotonic()
    with lock.held(storage, said.append):
        pass
    assert len(said) == 1 and str(other.pid) in said[0] and time.monotonic() - begun < 5


def test_a_lock_given_back_is_taken_without_a_word(storage, bucket):
    said = []
    for _ in range(2):
        with lock.held(storage, said.append):
            assert json.loads(bucket.get(lock.NAME))["pid"] == os.getpid()
        assert lock.NAME not in bucket.names()
    assert said == []


def test_another_machines_lock_counts_while_it_is_young(storage, bucket):
    left_behind(bucket)
    with pytest.raises(TallyError, match="别的机器"), lock.held(storage, print):
        pass
    assert json.loads(bucket.get(lock.NAME))["id"] == "x"


def test_another_machines_lock_is_taken_over_once_it_is_still(storage, bucket, monkeypatch):
    monkeypatch.setattr(lock, "STALE", -5.0)
    monkeypatch.setattr(lock, "WATCH", 0.1)
    left_behind(bucket)
    said = []
    with lock.held(storage, said.append) as held:
        assert json.loads(bucket.get(lock.NAME))["id"] == held.id
    assert "别的机器" in said[0]


def test_a_lock_that_looks_old_but_is_still_written_is_not_taken_over(storage, bucket, monkeypatch):
    """The clocks of two machines may differ."""
    monkeypatch.setattr(lock, "STALE", -5.0)
    monkeypatch.setattr(lock, "WATCH", 0.1)
    left_behind(bucket)
    original = time.sleep

    def meanwhile(seconds: float) -> None:
        left_behind(bucket, beat=4)
        original(seconds)

    monkeypatch.setattr(lock.time, "sleep", meanwhile)
    with pytest.raises(TallyError, match="别的机器"), lock.held(storage, print):
        pass


def test_whoever_lost_the_lock_sends_nothing_more(storage, bucket):
    with lock.held(storage, print) as held:
        held.confirm()
        assert lock.holds(storage, held.id)
        left_behind(bucket, id="y")
        held.beat()
        with pytest.raises(TallyError, match="锁已被另一个运行接管"):
            held.confirm()
        assert not lock.holds(storage, held.id)
    assert json.loads(bucket.get(lock.NAME))["id"] == "y", "and does not give back what is not its own"


def test_a_lock_that_is_written_again_and_again_stays_ones_own(storage, monkeypatch):
    monkeypatch.setattr(lock, "BEAT", 0.05)
    with lock.held(storage, print) as held:
        time.sleep(0.5)
        assert held.record["beat"] > 2
        held.confirm()


@pytest.mark.parametrize("content", [b"", b'{"pid": 1, "ho', b"[]"])
def test_an_empty_or_half_written_lock_is_no_reason_to_stop(storage, bucket, content):
    bucket.put(lock.NAME, content)
    with lock.held(storage, print):
        pass


@pytest.mark.slow
def test_two_of_many_at_once_never_both_hold_it(bucket):
    code = (
        "import sys, time; from tally.store.remote import lock; from tally.store.remote.address import Address\n"
        "from tally.store.remote.storage import Storage; from tally.errors import TallyError\n"
        "s = Storage(Address(sys.argv[1])); s.marks(['x'])\n"
        "time.sleep(max(0, float(sys.argv[2]) - time.time()))\n"
        "try:\n    with lock.held(s, print): print('held'); time.sleep(2)\n"
        "except TallyError as e: print('busy')\n"
    )
    start = str(time.time() + 2.5)
    command = [sys.executable, "-c", code, bucket.url, start]
    started = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert sorted(p.communicate(timeout=60)[0].strip() for p in started) == ["busy", "busy", "held"]


def test_a_folder_reached_by_fsspec_has_its_lock_too(tmp_path):
    """A storage without conditions on writes."""
    storage = Storage(Address(f"file://{tmp_path}"))
    said = []
    with lock.held(storage, said.append):
        holder = json.loads((tmp_path / lock.NAME).read_text())
        assert holder["pid"] == os.getpid()
        with pytest.raises(TallyError, match="另一个运行正在使用"), lock.held(storage, print):
            pass
    assert said == [] and not (tmp_path / lock.NAME).exists()


def test_a_storage_that_knows_no_conditions_has_its_lock_too(storage, wire):
    wire.conditions = False
    with lock.held(storage, print) as held:
        assert not storage.conditional
        held.beat()
        held.confirm()
        with pytest.raises(TallyError, match="另一个运行正在使用"), lock.held(Storage(storage.address), print):
            pass


def test_the_command_line_refuses_a_second_run(bucket, other, tmp_path):
    command = [sys.executable, str(PROJECT / "pipeline.py"), "check", "--root", bucket.url, "--cache", str(tmp_path)]
    second = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert second.returncode == 1
    assert (
        "另一个运行正在使用" in second.stderr and str(other.pid) in second.stderr and "Traceback" not in second.stderr
    )
