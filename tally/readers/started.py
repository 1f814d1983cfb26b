"""How the process that opens received files is started and watched: forked where that works, else a Python of its own."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, Protocol

from tally.readers.limits import READ_MEMORY
from tally.system import programs

POLL_SECONDS = 0.5  # between two looks at the memory, where the system has no limit for it
END_SECONDS = 2.0
CRASHED = ("crashed", "读取程序崩溃")
SLOW = ("too_slow", "")
BIG = ("too_large", "内存不足")
KILLED = ("killed", "")  # by whom it cannot be told: the system short of memory, or somebody


class Process(Protocol):
    """The opener as its user sees it."""

    @property
    def answers(self) -> IO[bytes]: ...

    def send(self, request: Callable[..., Any], path: str, name: str, computing: float) -> None: ...

    def wait_for_answer(self, seconds: float) -> None:
        """Returns when the answer begins; OSError if none will come, or not in time."""

    def cause(self) -> tuple[str, str]:
        """Ends it; the problem (of `UnreadableFile`) and the detail that tell why it gave no answer."""

    def end(self) -> None: ...

    def is_ours(self) -> bool:
        """Whether this process started it: a fork of its user must not talk to it."""

    def alive(self) -> bool: ...


def start() -> Process:
    """A new opener."""
    return Forked() if sys.platform.startswith("linux") and hasattr(os, "fork") else Spawned()


class Forked:
    """A copy of this process, which has the readers loaded: it costs milliseconds."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        theirs, ours = os.pipe()
        ours_back, theirs_back = os.pipe()
        with warnings.catch_warnings():  # other threads hold nothing that a reader needs
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if self.pid == 0:
            _be_opener(theirs, theirs_back)
        os.close(theirs)
        os.close(theirs_back)
        self.requests, self.answers = os.fdopen(ours, "wb"), os.fdopen(ours_back, "rb")
        self.late = False

    def is_ours(self) -> bool:
        return self.owner == os.getpid()

    def alive(self) -> bool:
        pid, _ = os.waitpid(self.pid, os.WNOHANG) if self.pid else (1, 0)
        self.pid = 0 if pid else self.pid
        return not pid

    def send(self, request: Callable[..., Any], path: str, name: str, computing: float) -> None:
        pickle.dump((request, path, name, computing), self.requests)
        self.requests.flush()

    def wait_for_answer(self, seconds: float) -> None:
        if not select.select([self.answers], [], [], seconds)[0]:
            self.late = True
            raise TimeoutError

    def cause(self) -> tuple[str, str]:
        self._close()
        status = self._ended() if not self.late else None
        self.end()
        if status is None:
            return SLOW
        if not os.WIFSIGNALED(status):
            return CRASHED[0], f"退出码 {os.WEXITSTATUS(status)}"
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return SLOW
        return KILLED if number == signal.SIGKILL else (CRASHED[0], signal.Signals(number).name)

    def _ended(self) -> int | None:
        """How it ended, None if it has not."""
        until = time.monotonic() + END_SECONDS
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return status
            time.sleep(0.005)
        return None

    def _close(self) -> None:
        for stream in (self.requests, self.answers):
            with contextlib.suppress(OSError):
                stream.close()

    def end(self) -> None:
        self._close()
        if self.pid:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            self.pid = 0


def _be_opener(requests: int, answers: int) -> None:
    """The forked process's whole life: it keeps nothing of its parent open, and never returns."""
    code = 1
    try:
        requests, answers = _alone(requests, answers)
        _settle()
        from tally.readers import opener

        opener.serve(os.fdopen(requests, "rb"), os.fdopen(answers, "wb"), partial(_bounds, requests))
        code = 0
    finally:
        os._exit(code)


def _alone(requests: int, answers: int) -> tuple[int, int]:
    """Only the two pipes stay open, as 3 and 4; what is printed goes nowhere."""
    nothing = os.open(os.devnull, os.O_RDWR)
    high = max(requests, answers, nothing, 5) + 1
    os.dup2(requests, high)
    os.dup2(answers, high + 1)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    os.dup2(high, 3)
    os.dup2(high + 1, 4)
    os.closerange(5, os.sysconf("SC_OPEN_MAX"))
    nothing = 1
    sys.stdout = sys.stderr = os.fdopen(os.dup(nothing), "w")
    return 3, 4


def _settle() -> None:
    """Signals as any program has them, and a limit of memory. Its user's end shows as the end of the requests."""
    import resource

    from tally.system import linux

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    linux.limit_memory(READ_MEMORY)


@contextlib.contextmanager
def _bounds(requests: int, seconds: float) -> Iterator[None]:
    """So many seconds of computing, and no longer than there is somebody who asked."""
    import resource

    from tally.system import linux

    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime + seconds) + 1, hard))
    with linux.ended_with(requests, tidily=True):
        yield


class Spawned:
    """A Python of its own, for systems without fork: it takes half a second to start, and this process watches it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            programs.python("tally.readers.opener"), env=programs.environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdin is not None and self.process.stdout is not None
        self.requests, self.answers = self.process.stdin, self.process.stdout
        self.problem: tuple[str, str] | None = None

    def is_ours(self) -> bool:
        return self.owner == os.getpid()

    def alive(self) -> bool:
        return self.process.poll() is None

    def send(self, request: Callable[..., Any], path: str, name: str, computing: float) -> None:
        pickle.dump((request, path, name, computing), self.requests)
        self.requests.flush()

    def wait_for_answer(self, seconds: float) -> None:
        answered = threading.Event()
        watching = threading.Thread(target=self._watch, args=(answered, seconds), daemon=True)
        watching.start()
        try:
            self.answers.peek(1)  # type: ignore[attr-defined]
        finally:
            answered.set()

    def _watch(self, answered: threading.Event, seconds: float) -> None:
        import psutil

        left = seconds
        while not answered.wait(POLL_SECONDS):
            left -= POLL_SECONDS
            with contextlib.suppress(psutil.Error):
                if psutil.Process(self.process.pid).memory_info().rss > READ_MEMORY:
                    self._stop(BIG)
            if left <= 0:
                self._stop(SLOW)

    def _stop(self, problem: tuple[str, str]) -> None:
        self.problem = self.problem or problem
        self.process.kill()

    def cause(self) -> tuple[str, str]:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(END_SECONDS)
        problem = self.problem or (CRASHED[0], f"退出码 {self.process.returncode}")
        self.end()
        return problem

    def end(self) -> None:
        self.process.kill()
        for stream in (self.requests, self.answers):
            with contextlib.suppress(OSError):
                stream.close()
        self.process.wait()
