"""The driver's talk with one notebook's process: its cells one by one, what they show, how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tally.engine import running, wire
from tally.engine.failure import DIED, EXITED, FLOOD, TIMEOUT, CellFailed, Stopped, Unsupported
from tally.engine.pool import WarmProcess, notebook_environment

# More of either from one notebook is a mistake, and no one could read it.
TEXT_LIMIT = 2_000_000  # characters printed
OUTPUT_LIMIT = 100_000_000  # bytes of all output, charts and tables included
END_SECONDS = 10  # a notebook's exit handlers may take so long
READY_SECONDS = 60
_SIGNALS = {  # by name: not every system has all of them
    "SIGSEGV": "段错误，通常是底层库崩溃",
    "SIGABRT": "底层库主动中止",
    "SIGKILL": "被强制结束，可能是系统内存不足",
    "SIGBUS": "内存访问错误",
}

Deliver = Callable[[str, dict[str, Any]], None]  # takes a Jupyter message's type and content


def flooded(limit: str) -> CellFailed:
    return CellFailed(FLOOD, f"单元格输出过多（超过 {limit}），已中止", "请减少打印，或把大量数据写入文件")


class Talk:
    """One notebook's process. `deliver` is called for each Jupyter message in order; not thread-safe."""

    def __init__(self, zygote: WarmProcess, deliver: Deliver, memory_limit: int | None = None):
        self.zygote, self.deliver = zygote, deliver
        self.text: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self.received = self.printed = 0
        self.pid = 0
        self.ended: dict[str, Any] | None = None  # how the process ended, once known
        self._connect()
        setup = {"cwd": str(Path.cwd()), "env": notebook_environment(), "memory_limit": memory_limit}
        try:
            with contextlib.suppress(OSError):  # if it is gone already, reading tells how
                wire.send_json(self.sock, setup)
            ready = self._next(time.monotonic() + READY_SECONDS, READY_SECONDS)
            self.language_info = ready["language_info"]
            running.begun(ready["pid"])
        except BaseException:
            self.kill()
            raise

    def _connect(self) -> None:
        self.sock, job = socket.socketpair()
        self.status, status = os.pipe()
        out, out_write = os.pipe()
        err, err_write = os.pipe()
        self.pipes = {"stdout": out, "stderr": err}
        theirs = [job.detach(), status, out, out_write, err, err_write]
        try:
            self.zygote.fork(theirs)
        except OSError as e:
            if self.zygote.stopped:
                raise Stopped from e
            raise CellFailed(DIED, "笔记本预热进程已结束") from e
        finally:
            for fd in theirs:
                if fd not in (out, err):
                    os.close(fd)

    def run(self, code: str, timeout: float | None = None) -> dict[str, Any]:
        """Runs one cell; the content of its reply (`status` ok or error).

        CellFailed if the process ends, the cell runs longer than `timeout` seconds or writes too much;
        Unsupported if it needs a real kernel.
        """
        with contextlib.suppress(OSError):  # if it is gone already, reading tells how
            wire.send_json(self.sock, {"code": code})
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            message = self._next(until, timeout)
            if message["type"] == "reply":
                return message["content"]
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "chunk":
            self.text[message["name"]].append(message["text"])
            self.printed += len(message["text"])
            if self.printed > TEXT_LIMIT:
                raise self._flooded(f"{TEXT_LIMIT:,} 字")
        elif kind == "end":
            self._end_stream(message["name"])
        elif kind == "message":
            self.deliver(message["msg_type"], message["content"])
        elif kind == "unsupported":
            raise Unsupported(message["what"])

    def _end_stream(self, name: str) -> None:
        if text := "".join(self.text[name]):
            self.text[name].clear()
            self.deliver("stream", {"name": name, "text": text})

    def _next(self, until: float | None, timeout: float | None = None) -> dict[str, Any]:
        """The next message; CellFailed when there will be none, or none that is wanted."""
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        wait = None if until is None else max(0, until - time.monotonic()) * 1000
        if not poll.poll(wait):
            raise self._timed_out(timeout)
        try:
            got = wire.receive(self.sock, OUTPUT_LIMIT)
        except wire.TooLong:
            raise self._flooded(f"{OUTPUT_LIMIT:,} 字节") from None
        if got is None:
            raise self._died()
        self.received += got[1]
        if self.received > OUTPUT_LIMIT:
            raise self._flooded(f"{OUTPUT_LIMIT:,} 字节")
        return got[0]

    def _timed_out(self, timeout: float | None) -> CellFailed:
        self._kill(signal.SIGABRT)  # faulthandler writes where it was
        self._wait_end(0.3)
        self._kill(signal.SIGKILL)
        self._wait_end(END_SECONDS)
        self._take_rest()
        return CellFailed(
            TIMEOUT, f"单元格运行超过 {timeout:g} 秒，已中止", "请检查是否有死循环，或调大 --cell-timeout"
        )

    def _flooded(self, limit: str) -> CellFailed:
        self._kill(signal.SIGKILL)
        self._wait_end(END_SECONDS)
        for name in self.text:
            self._end_stream(name)
        self.deliver("stream", {"name": "stderr", "text": f"\n【输出过多：超过 {limit}，以后的输出已截断】\n"})
        return flooded(limit)

    def _died(self) -> CellFailed:
        self._wait_end(END_SECONDS)
        if self.zygote.stopped:
            raise Stopped
        self._take_rest()
        if self.ended is not None and "exit" in self.ended:
            evalue = f"笔记本进程自行退出（退出码 {self.ended['exit']}）：代码调用了 exit、quit 或 os._exit"
            return CellFailed(EXITED, evalue, "要提前结束笔记本，请改用 sys.exit()")
        evalue = f"笔记本进程意外结束：{self._how()}"
        return CellFailed(DIED, evalue, "已执行的部分保留；可再运行一次，仍出错请检查该单元格")

    def _how(self) -> str:
        if self.ended is None or "lost" in self.ended:
            return "预热进程丢失"
        number = signal.Signals(self.ended["signal"])
        return f"{number.name}（{_SIGNALS.get(number.name, '信号终止')}）"

    def _take_rest(self) -> None:
        """What was printed but not yet passed on when the process ended."""
        for name, fd in self.pipes.items():
            os.set_blocking(fd, False)
            with contextlib.suppress(BlockingIOError):
                while (size := len(data := os.read(fd, 65_536))) and self.printed < TEXT_LIMIT:
                    self.text[name].append(data.decode("utf-8", "replace"))
                    self.printed += size
            self._end_stream(name)

    def _kill(self, number: int) -> None:
        self._read_status(0)
        if self.ended is None and self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def _wait_end(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.ended is None and (left := until - time.monotonic()) > 0:
            self._read_status(left)

    def _read_status(self, seconds: float) -> None:
        """Takes what the zygote says of the process: its id, then how it ended."""
        while self.ended is None and select.select([self.status], [], [], seconds)[0]:
            data = os.read(self.status, 4096)
            for line in data.splitlines():
                message = json.loads(line)
                if "pid" in message:
                    self.pid = message["pid"]
                else:
                    self.ended = message
            if not data:  # the zygote itself is gone: its children were killed with it, theirs were not
                self.ended = {"lost": True}
                if self.pid:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.killpg(self.pid, signal.SIGKILL)
            seconds = 0

    def close(self) -> None:
        """Lets the process end by itself (exit handlers, open files), kills it if it does not; frees all."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)
        self._drain(END_SECONDS)
        self._kill(signal.SIGKILL)
        self._wait_end(END_SECONDS)
        self.free()

    def kill(self) -> None:
        self._kill(signal.SIGKILL)
        self._wait_end(END_SECONDS)
        self.free()

    def _drain(self, seconds: float) -> None:
        """Reads and drops what comes while the process ends, so that it never waits for us."""
        until = time.monotonic() + seconds
        while self.ended is None and (left := until - time.monotonic()) > 0:
            readable = select.select([self.sock.fileno(), self.status], [], [], left)[0]
            if self.sock.fileno() in readable and not self.sock.recv(1 << 20):
                self._wait_end(left)
            elif self.status in readable:
                self._read_status(0)

    def free(self) -> None:
        running.over()
        self.sock.close()
        for fd in (self.status, *self.pipes.values()):
            os.close(fd)
