"""The driver's hold on its warm process: started once, before the first notebook; replaced if it is lost."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence

from tally.engine import kernels, scratch
from tally.engine.failure import Stopped
from tally.engine.preload import preloaded
from tally.errors import TallyError
from tally.paths import PROJECT
from tally.system import programs

START_SECONDS = 60
# One thread each, or the libraries start pools that a fork would tear apart.
_SINGLE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


def notebook_environment() -> dict[str, str]:
    """The environment a notebook runs in, on either engine: ours, with this package in reach and charts inline."""
    return {k: v for k, v in programs.environment().items() if k != "MPLBACKEND"}


class WarmProcess:
    """One warm process. Making it does not wait: `wait_ready` does."""

    def __init__(self, modules: Sequence[str]):
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = programs.python("tally.engine.zygote", str(theirs.fileno()), json.dumps(list(modules)))
        with theirs:
            self.process = subprocess.Popen(
                command,
                cwd=PROJECT,
                env=notebook_environment() | _SINGLE,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.lock = threading.Lock()
        self.ready = False
        self.stopped = False  # ended because the run was, not lost

    def wait_ready(self) -> None:
        """Waits until everything is imported; TallyError if that fails."""
        with self.lock:
            if self.ready:
                return
            word = self._first_word()
            if word != "ready":
                raise self._not_started(word)
            self.ready = True

    def _first_word(self) -> str:
        try:
            readable, _, _ = select.select([self.control], [], [], START_SECONDS)
            return self.control.recv(4096).decode() if readable else "启动超时"
        except (OSError, ValueError):  # closed by another thread that found it dead
            return ""

    def _not_started(self, word: str) -> TallyError:
        """Ends it; what it said instead of "ready", or that somebody ended it."""
        if not word:
            with contextlib.suppress(subprocess.TimeoutExpired):  # what it ended of is known when it has
                self.process.wait(1)
        self.close()
        if not word and self.process.returncode == -signal.SIGKILL:
            return TallyError("笔记本预热进程被强制结束，可能是系统内存不足", "请检查内存是否充足，再运行一次")
        return TallyError(f"笔记本预热进程无法启动：{word or '进程意外退出'}", "请改用 --engine plain，并报告此问题")

    def fork(self, fds: list[int]) -> None:
        """Asks for a child that gets the descriptors; OSError if this process is gone."""
        with self.lock:
            socket.send_fds(self.control, [b"f"], fds)

    def alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """Ends it and with it every notebook's process; within a second, whatever they are doing."""
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)  # also wakes a thread that waits in `wait_ready`
        self.control.close()
        if not self.ready:  # it still imports, listens to nobody and has no notebooks
            self.process.kill()
        try:
            self.process.wait(0.7)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


_current: WarmProcess | None = None
_wanted: Sequence[str] | None = None  # what the last `warm` asked for
_owner = 0  # the process that started it: a fork of the driver must not use or end it
_guard = threading.Lock()


def available() -> str:
    """Why the fork engine cannot work here, in Chinese; "" if it can."""
    if not sys.platform.startswith("linux"):
        return f"只支持 Linux（当前系统：{sys.platform}）"
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return "系统内核过旧或受限，不支持 pidfd"
    return ""


def warm(modules: Sequence[str] | None = None) -> None:
    """Starts the warm process without waiting for it; nothing if it runs already or cannot work here.

    `modules` are what it imports (`package.*` for all of a package); by default `preloaded()`.
    """
    global _wanted
    if not available():
        _wanted = modules
        _running(modules)


def current() -> WarmProcess:
    """The warm process, ready; started anew if it has been lost."""
    zygote = _running(_wanted)
    try:
        zygote.wait_ready()
    except TallyError:
        if zygote.stopped:
            raise Stopped from None
        zygote = _running(_wanted)  # it may have been killed while it started; what is wrong with it would show again
        zygote.wait_ready()
    return zygote


def _running(modules: Sequence[str] | None = None) -> WarmProcess:
    global _current, _owner
    with _guard:
        if _owner != os.getpid() or _current is None or not _current.alive():
            if _current is not None and _owner == os.getpid():
                _current.close()
            _current, _owner = WarmProcess(preloaded() if modules is None else modules), os.getpid()
        return _current


def close() -> None:
    """Ends the warm process and every notebook that runs; the next `execute` starts another."""
    kernels.kill_all()
    global _current
    with _guard:
        zygote, _current = _current, None
    if zygote is not None and _owner == os.getpid():
        zygote.stopped = True
        with contextlib.suppress(OSError):
            zygote.close()
    scratch.discard_all()


atexit.register(close)
