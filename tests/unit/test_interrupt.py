"""Ctrl-C ends a run even where Python drops the KeyboardInterrupt."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from tally.paths import PROJECT

# Where the interrupt finds the main thread; each would go on for a minute.
PLACES = {
    "in the run itself": "time.sleep(60)",
    "in a finaliser, which drops it": "class A:\n        def __del__(self): wait()\n    a = A(); del a; time.sleep(60)",
    "in one that leaves the import lock held": (
        "class A:\n        def __del__(self): _imp.acquire_lock(); wait()\n    a = A(); del a\n"
        "    t = threading.Thread(target=__import__, args=('wave',)); t.start(); t.join()"
    ),
    "in code that swallows it": "try: wait()\n    except BaseException: pass\n    time.sleep(60)",
}
SCRIPT = """
import _imp, sys, threading, time
from tally.engine import interrupt
def wait():
    time.sleep(60)
try:
    with interrupt.answered(lambda: print("said", flush=True)):
        print("at work", flush=True)
        {place}
except KeyboardInterrupt:
    print("raised", flush=True)
    sys.exit(130)
"""


@pytest.mark.parametrize("place", PLACES)
def test_ctrl_c_ends_a_run_wherever_it_finds_it(place):
    script = SCRIPT.replace("{place}", PLACES[place].replace("\n", "\n    "))
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "at work\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out == ("raised\n" if place == "in the run itself" else "said\n")
    assert "Traceback" not in err


def test_another_signals_handler_and_hook_are_given_back():
    from tally.engine import interrupt

    before = signal.getsignal(signal.SIGINT), sys.unraisablehook
    with interrupt.answered(lambda: None):
        assert signal.getsignal(signal.SIGINT) is not before[0]
    assert (signal.getsignal(signal.SIGINT), sys.unraisablehook) == before
