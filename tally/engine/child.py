"""A notebook's own process: sets itself up from the driver's request, runs cells as they come, ends.

Messages from the driver: `setup` (cwd, environment, memory limit), then `run` (code) for each cell; the
socket's end means the notebook is over. Messages to the driver: `ready`, `chunk` and `end` (a stream's
text), `message` (a Jupyter message: display_data, execute_result, error, …), `reply`, `unsupported`.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import contextlib
import faulthandler
import gc
import getpass
import io
import os
import random
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from IPython.core.interactiveshell import ExecutionResult
from jupyter_client.session import json_packer

from tally.engine import wire
from tally.engine.shell import Sender, ZMQInteractiveShell, refuse
from tally.engine.streams import Capture, Stream
from tally.system import linux


@dataclass(frozen=True)
class Descriptors:
    """What the driver sent for one notebook: the socket and both ends of the pipes for its output."""

    job: int
    status: int  # kept by the zygote
    out_read: int
    out_write: int
    err_read: int
    err_write: int


class Child:
    """One notebook's process, right after the fork."""

    def __init__(self, shell: ZMQInteractiveShell, sender: Sender, fds: Descriptors, zygote: int):
        self.shell, self.sender = shell, sender
        self.pid = os.getpid()
        self._own_session(zygote)
        self.sock = socket.socket(fileno=fds.job)
        self._redirect(fds)

    def _own_session(self, zygote: int) -> None:
        os.setsid()
        linux.die_with_parent(zygote)
        linux.adopt_orphans()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def _redirect(self, fds: Descriptors) -> None:
        os.dup2(fds.out_write, 1)
        os.dup2(fds.err_write, 2)
        os.close(fds.out_write)
        faulthandler.enable(os.fdopen(fds.err_write, "w", closefd=False), all_threads=False)
        self.capture = Capture(
            {"stdout": fds.out_read, "stderr": fds.err_read},
            lambda name, text: self.send({"type": "chunk", "name": name, "text": _encodable(text)}),
            lambda name: self.send({"type": "end", "name": name}),
        )
        sys.stdout, sys.stderr = Stream("stdout", 1, self.capture), Stream("stderr", 2, self.capture)
        self.sender.deliver = self.deliver

    def send(self, message: dict[str, Any]) -> None:
        payload = json_packer(message)
        with self.capture.lock:
            wire.send(self.sock, payload)

    def deliver(self, msg_type: str, content: dict[str, Any]) -> None:
        """Passes a Jupyter message on; in a process that the cell forked, prints what it would have shown."""
        if os.getpid() == self.pid:
            self.send({"type": "message", "msg_type": msg_type, "content": content})
        elif text := content.get("data", {}).get("text/plain"):
            print(text)

    def setup(self, request: dict[str, Any]) -> None:
        os.environ.clear()
        os.environ.update(request["env"])
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        self.shell.init_environment()
        os.chdir(request["cwd"])
        if request["memory_limit"] is not None:
            linux.limit_memory(request["memory_limit"])
        _refuse_comms(self.send)
        builtins.input, getpass.getpass = refuse("raw_input"), refuse("getpass")
        random.seed()
        sys.modules["numpy"].random.seed()

    async def serve(self) -> None:
        """Runs cells until the driver is done. The event loop runs throughout, as in a kernel."""
        self.send({"type": "ready", "pid": self.pid, "language_info": language_info()})
        loop = asyncio.get_running_loop()
        while True:
            await _readable(loop, self.sock)
            if (got := wire.receive(self.sock)) is None:
                return
            await self.run_cell(got[0]["code"])
            if self.shell.exit_now:
                return

    async def run_cell(self, code: str) -> None:
        shell = self.shell
        self.capture.start_cell()
        self.deliver("execute_input", {"code": code, "execution_count": shell.execution_count})
        result = await _run(shell, code)
        error = result.error_before_exec or result.error_in_exec
        failed = not result.success or shell._last_traceback_during_displayhook
        reply: dict[str, Any] = {"status": "error" if failed else "ok"}
        if failed:
            reply |= {"ename": type(error).__name__, "evalue": str(error), "traceback": shell._last_traceback or []}
        if shell.payload_manager is not None:
            shell.payload_manager.clear_payload()
        linux.flush_c_streams()
        self.capture.flush("stdout", "stderr")
        self.send({"type": "reply", "content": reply})

    def finish(self) -> None:
        """What an interpreter does at its end: exit handlers, then every file still open is written out."""
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()
        self.shell.user_ns.clear()
        gc.collect()
        objects = gc.get_objects()  # of this notebook only: the warm process's are frozen
        writers = {t for t in set(map(type, objects)) if issubclass(t, (io.BufferedWriter, io.TextIOWrapper))}
        for o in objects:
            if type(o) in writers and not o.closed:
                with contextlib.suppress(Exception):
                    o.flush()


def _encodable(text: str) -> str:
    """`text` with every half of a surrogate pair replaced: a notebook's file could not hold it."""
    try:
        text.encode()
        return text
    except UnicodeEncodeError:
        return "".join(c if not "\ud800" <= c <= "\udfff" else "\ufffd" for c in text)


async def _run(shell: ZMQInteractiveShell, code: str) -> ExecutionResult:
    """Runs one cell as ipykernel does: in the running event loop if it awaits something, else directly."""
    shell._last_traceback = None
    shell._last_traceback_during_displayhook = False
    problem = None
    try:
        transformed = shell.transform_cell(code)
    except Exception:
        transformed, problem = code, sys.exc_info()
    if not shell.should_run_async(code, transformed_cell=transformed, preprocessing_exc_tuple=problem):
        return shell.run_cell(code, store_history=True)
    result = None
    try:
        result = await shell.run_cell_async(
            code, store_history=True, transformed_cell=transformed, preprocessing_exc_tuple=problem
        )
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    return result


async def _readable(loop: asyncio.AbstractEventLoop, sock: socket.socket) -> None:
    ready = loop.create_future()

    def wake() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(sock, wake)
    try:
        await ready
    finally:
        loop.remove_reader(sock)


def _refuse_comms(send: Callable[[dict[str, Any]], None]) -> None:
    """Widgets talk to a front end; without one they would silently show nothing."""
    import comm

    def refuse(*_: Any, **__: Any) -> NoReturn:
        send({"type": "unsupported", "what": "笔记本使用了交互控件（comm）"})
        os._exit(0)

    comm.create_comm = refuse


def language_info() -> dict[str, Any]:
    """What a kernel says about its language; papermill keeps it in the notebook."""
    return {
        "name": "python",
        "version": sys.version.split()[0],
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
        "pygments_lexer": f"ipython{sys.version_info[0]}",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }


def run(shell: ZMQInteractiveShell, sender: Sender, fds: Descriptors, zygote: int) -> None:
    """The whole life of a notebook's process; returns when it should end."""
    child = Child(shell, sender, fds, zygote)
    got = wire.receive(child.sock)
    if got is not None:
        child.setup(got[0])
        asyncio.run(child.serve())
        child.finish()
