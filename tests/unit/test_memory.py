"""How many notebooks run at a time when memory is short, and how much there is in a container."""

from __future__ import annotations

import threading
import time

import psutil
import pytest

from tally.executors import memory

MB = 2**20


def system(root, cgroup: str, files: dict[str, str]):
    """A root with /proc/self/cgroup and the files of control groups."""
    for name, text in {"proc/self/cgroup": cgroup, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_without_a_container_it_is_the_machines(tmp_path):
    assert memory.free(tmp_path) == pytest.approx(psutil.virtual_memory().available, rel=0.2)


@pytest.mark.parametrize(
    ("cgroup", "folder", "most", "now"),
    [
        ("0::/app/job\n", "sys/fs/cgroup/app", "memory.max", "memory.current"),
        ("3:cpu:/\n4:memory:/job\n", "sys/fs/cgroup/memory/job", "memory.limit_in_bytes", "memory.usage_in_bytes"),
    ],
)
def test_in_a_container_it_is_what_is_left_of_the_limit_of_any_level(tmp_path, cgroup, folder, most, now):
    root = system(tmp_path, cgroup, {f"{folder}/{most}": str(300 * MB), f"{folder}/{now}": str(100 * MB)})
    assert memory.free(root) == 200 * MB
    (root / folder / now).write_text(str(400 * MB))
    assert memory.free(root) == 0


def test_no_limit_is_no_limit(tmp_path):
    root = system(tmp_path, "0::/\n", {"sys/fs/cgroup/memory.max": "max\n", "sys/fs/cgroup/memory.current": "1\n"})
    assert memory.free(root) > 0


def most_at_a_time(room, workers: int = 4) -> tuple[int, list[str]]:
    """The most that were inside at once, and what was announced; fails if one of them never comes in."""
    said, inside, most, lock = [], 0, 0, threading.Lock()
    gate = memory.Gate(said.append, room)

    def one():
        nonlocal inside, most
        with gate.entered(threading.Event()):
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.1)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=one) for _ in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(10)
    assert not any(t.is_alive() for t in threads)
    return most, said


def test_with_room_all_go_on_together_without_a_word():
    assert most_at_a_time(lambda: memory.ROOM) == (4, [])


def test_without_room_one_at_a_time_and_it_is_said_once():
    most, said = most_at_a_time(lambda: memory.ROOM - 1)
    assert most == 1 and len(said) == 1 and "内存" in said[0]


def test_a_stopped_run_waits_no_longer():
    gate, stopped = memory.Gate(lambda text: None, lambda: 0), threading.Event()
    stopped.set()
    with gate.entered(stopped), gate.entered(stopped):
        pass
