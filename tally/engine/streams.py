"""What a notebook's process prints, in the order in which it was written.

Three writers share each stream: Python's `print`, C code writing to file descriptor 1 or 2, and
subprocesses that inherit those. The descriptors are pipes read by this same process: before each Python
write, and by a thread while the main one is busy, so that a subprocess's lines stand between the prints
before and after it. Like ipykernel, text is gathered until a flush, a display or the cell's end; unlike
ipykernel it is not cut every 0.2 s, so that the same notebook gives the same outputs.
"""

from __future__ import annotations

import codecs
import io
import os
import select
import threading
import time
from collections.abc import Callable

PROMPT_WRITES = 200  # so many writes a cell go out at once, so that little is lost if the process dies
PUSH_SIZE, PUSH_SECONDS = 32_768, 0.1  # then they go out in bunches


class Capture:
    """Gathers both streams and hands chunks to `push(name, text)` and ends of outputs to `end(name)`."""

    def __init__(self, readers: dict[str, int], push: Callable[[str, str], None], end: Callable[[str], None]):
        self.push_text, self.end = push, end
        self.lock = threading.RLock()
        self.readers = readers
        self.decoders = {n: codecs.getincrementaldecoder("utf-8")(errors="replace") for n in readers}
        self.parts: dict[str, list[str]] = {name: [] for name in readers}
        self.begun: set[str] = set()  # streams whose output has text by now: others need not be ended
        self.size = self.writes = 0
        self.pushed = time.monotonic()
        for fd in readers.values():
            os.set_blocking(fd, False)
        threading.Thread(target=self._watch, name="tally-output", daemon=True).start()

    def start_cell(self) -> None:
        self.writes = 0

    def write(self, name: str, text: str) -> None:
        with self.lock:
            self._drain()
            self._add(name, text)

    def flush(self, *names: str) -> None:
        """Ends the outputs of the named streams: what comes later is another output."""
        with self.lock:
            self._drain()
            self._push()
            for name in names:
                if name in self.begun:
                    self.begun.discard(name)
                    self.end(name)

    def _add(self, name: str, text: str) -> None:
        self.parts[name].append(text)
        self.size += len(text)
        self.writes += 1
        prompt = self.writes <= PROMPT_WRITES
        if prompt or self.size > PUSH_SIZE or time.monotonic() - self.pushed > PUSH_SECONDS:
            self._push()

    def _push(self) -> None:
        for name, parts in self.parts.items():
            if parts:
                self.push_text(name, "".join(parts))
                self.begun.add(name)
                parts.clear()
        self.size, self.pushed = 0, time.monotonic()

    def _drain(self) -> None:
        for name, fd in self.readers.items():
            try:
                while data := os.read(fd, 65_536):
                    if text := self.decoders[name].decode(data):
                        self._add(name, text)
            except BlockingIOError:
                pass

    def _watch(self) -> None:
        poll = select.poll()
        for fd in self.readers.values():
            poll.register(fd, select.POLLIN)
        while True:
            poll.poll()
            with self.lock:
                self._drain()


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a cell. In a process forked by the cell it writes to the descriptor."""

    encoding = "UTF-8"
    errors = "replace"

    def __init__(self, name: str, fd: int, capture: Capture):
        self.name, self._fd, self._capture, self._pid = name, fd, capture, os.getpid()

    def fileno(self) -> int:
        return self._fd

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() == self._pid:
            self._capture.write(self.name, text)
        else:
            os.write(self._fd, text.encode("utf-8", "replace"))
        return len(text)

    def flush(self) -> None:
        if os.getpid() == self._pid:
            self._capture.flush(self.name)
