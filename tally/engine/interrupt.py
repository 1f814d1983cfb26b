"""Ctrl-C ends a run within a second, wherever it finds it. Used around `run` and `check`.

Python raises KeyboardInterrupt in whatever the main thread does at that moment. In a callback of Python's own (of a
weak reference, a `__del__`) it is dropped; in that of an import it even leaves the import lock held, and the run hangs.
So the first Ctrl-C also starts a clock, and if the run has not got out when that has run down, it is ended from another
thread: no import and no lock of the run's is needed for that.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

PATIENCE = 0.7  # seconds for the run to get out by itself
EXIT_INTERRUPTED = 130


@contextlib.contextmanager
def answered(say: Callable[[], None]) -> Iterator[None]:
    """Answers Ctrl-C while the block runs: KeyboardInterrupt, or, if that is lost, `say()` and the process's end."""
    if threading.current_thread() is not threading.main_thread():  # signals are not ours
        yield
        return
    out = threading.Event()

    def end(patience: float) -> None:
        if not out.wait(patience):
            _end(say)

    def asked(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough: a second would break what cleans up
        threading.Thread(target=end, args=(PATIENCE,), daemon=True).start()
        raise KeyboardInterrupt

    def lost(unraisable: sys.UnraisableHookArgs) -> None:
        if issubclass(unraisable.exc_type, KeyboardInterrupt):
            threading.Thread(target=end, args=(0,), daemon=True).start()
        else:
            unraisable_before(unraisable)

    before, unraisable_before = signal.signal(signal.SIGINT, asked), sys.unraisablehook
    sys.unraisablehook = lost
    try:
        yield
    finally:
        out.set()
        sys.unraisablehook = unraisable_before
        signal.signal(signal.SIGINT, before)


def _end(say: Callable[[], None]) -> None:
    """Kills the notebooks and this process. The lock's record stays, so that the next run cleans up."""
    if pool := sys.modules.get("tally.engine.pool"):
        closing = threading.Thread(target=pool.close, daemon=True)
        closing.start()
        closing.join(0.2)  # it may wait for a lock; the warm process notices our end by itself
    say()
    os._exit(EXIT_INTERRUPTED)
