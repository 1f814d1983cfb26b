"""The warm process: has everything imported, forks a child for each notebook, tells how each ended.

Run as `python -m tally.engine.zygote FD`, FD being a socket to the driver. Each request is one byte with
the descriptors of one notebook; the answer goes to the notebook's status pipe: its process id at once,
how it ended at the end. The socket's end means the driver is gone: every notebook is killed. Must stay
single-threaded: a fork copies only the thread that forks, and with it every lock another holds.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tally.system import linux

if TYPE_CHECKING:  # imported after the fork server has made its environment
    from tally.engine.child import Descriptors
    from tally.engine.shell import ZMQInteractiveShell

INLINE = "module://matplotlib_inline.backend_inline"


def preload(modules: list[str]) -> None:
    """Imports what notebooks use; a module that cannot be imported is left to the notebook to complain of.

    `module:function [arguments as JSON]` is imported and called: what it keeps in memory, every notebook finds there. What
    it complains of, a campaign's faulty declaration say, the driver says itself.
    """
    for name in _spelled_out(modules):
        module, _, call = name.partition(":")
        try:
            loaded = importlib.import_module(module)
        except Exception as e:
            if not isinstance(e, ModuleNotFoundError):  # an extra that is not installed: who needs it says so
                print(f"预加载 {module} 失败：{e}", file=sys.stderr)
            continue
        if call:
            function, _, arguments = call.partition(" ")
            with contextlib.suppress(Exception):
                getattr(loaded, function)(*json.loads(arguments))
    if "matplotlib.pyplot" in sys.modules:
        _warm_matplotlib()


def _spelled_out(modules: list[str]) -> Iterator[str]:
    """The names, with `package.*` standing for all modules below it."""
    for name in modules:
        if not name.endswith(".*"):
            yield name
            continue
        package = importlib.import_module(name[:-2])
        for inner in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            yield inner.name
            if inner.ispkg:
                yield from _spelled_out([f"{inner.name}.*"])


def _warm_matplotlib() -> None:
    """Draws once, away from pyplot's state: fonts are found and parsed before the fork, not in each child."""
    import io

    from matplotlib.figure import Figure

    importlib.import_module(INLINE.removeprefix("module://"))
    figure = Figure(figsize=(1, 1))
    figure.add_subplot().set_title("1")
    figure.savefig(io.BytesIO(), format="png")


def _warm_shell(shell: ZMQInteractiveShell) -> None:
    """Runs and shows something once, unrecorded: what the shell and pandas import only then is there."""
    shell.run_cell("1", store_history=False, silent=True)
    pandas = sys.modules.get("pandas")
    if pandas is not None and shell.display_formatter is not None:
        shell.display_formatter.format(pandas.DataFrame({"a": ["x"], "b": [1]}))


class Zygote:
    def __init__(self, control: socket.socket, modules: list[str]):
        from tally.engine import child, shell

        self.control, self.run_child, self.descriptors = control, child.run, child.Descriptors
        self.sender = shell.Sender()
        self.shell = shell.build_shell(self.sender)
        with self.shell.builtin_trap:  # pandas asks at import for the shell around it
            preload(modules)
        _warm_shell(self.shell)
        if extra := linux.threads()[1:]:
            raise RuntimeError(f"预加载的模块启动了线程 {extra}，不能安全地复制进程")
        self.pid = os.getpid()
        self.jobs: dict[int, tuple[int, int]] = {}  # process id -> its pidfd, its status pipe
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)
        gc.freeze()  # not collected before: that takes as long as a notebook, and what nobody uses costs nothing

    def serve(self) -> None:
        try:
            self.control.send(b"ready")
        except ConnectionError:  # the driver ended while all this was imported
            return
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.control:
                    if not self._request():
                        self._kill_all()
                        return
                else:
                    self._reap(key.data)

    def _request(self) -> bool:
        with contextlib.suppress(ConnectionError):
            data, fds, _, _ = socket.recv_fds(self.control, 16, 8, socket.MSG_CMSG_CLOEXEC)
            if data:
                self._fork(self.descriptors(*fds))
                return True
        return False

    def _fork(self, fds: Descriptors) -> None:
        try:
            pid = os.fork()
        except OSError:  # too many processes, no memory: the status pipe's end tells the driver, who may try again
            pid = -1
        if pid == 0:
            self._be_child(fds)
        for fd in (fds.job, fds.out_read, fds.out_write, fds.err_read, fds.err_write):
            os.close(fd)
        if pid < 0:
            os.close(fds.status)
            return
        pidfd = os.pidfd_open(pid)
        self.jobs[pid] = (pidfd, fds.status)
        self.selector.register(pidfd, selectors.EVENT_READ, pid)
        _tell(fds.status, {"pid": pid})

    def _be_child(self, fds: Descriptors) -> None:
        code = 1
        try:
            self.selector.close()
            self.control.close()
            for fd in (fds.status, *(f for job in self.jobs.values() for f in job)):
                os.close(fd)
            gc.enable()
            gc.set_threshold(20_000, 10, 10)  # a notebook makes some 100,000 objects that stay to its end
            self.run_child(self.shell, self.sender, fds, self.pid)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _reap(self, pid: int) -> None:
        pidfd, status = self.jobs.pop(pid)
        self.selector.unregister(pidfd)
        os.close(pidfd)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)  # what it started; not yet reaped, so the number is still its own
        _, code, usage = os.wait4(pid, 0)
        self._kill_orphans()
        how = {"signal": os.WTERMSIG(code)} if os.WIFSIGNALED(code) else {"exit": os.WEXITSTATUS(code)}
        _tell(status, how | {"max_rss": usage.ru_maxrss * 1024, "cpu": usage.ru_utime + usage.ru_stime})
        os.close(status)

    def _kill_orphans(self) -> None:
        """Ends processes that outlived the notebook that started them (they come to us: we adopt orphans)."""
        while orphans := [p for p in linux.children() if p not in self.jobs]:
            for p in orphans:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(p, signal.SIGKILL)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(p, 0)

    def _kill_all(self) -> None:
        for pid in self.jobs:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in list(self.jobs):
            self._reap(pid)


def _tell(status: int, message: dict[str, Any]) -> None:
    with contextlib.suppress(BrokenPipeError):
        os.write(status, json.dumps(message).encode() + b"\n")


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    linux.adopt_orphans()
    os.environ["MPLBACKEND"] = INLINE
    gc.disable()
    try:
        with linux.ended_with(control):
            zygote = Zygote(control, json.loads(sys.argv[2]))
    except BaseException as e:
        control.send(f"{type(e).__name__}: {e}".encode())
        raise
    zygote.serve()


if __name__ == "__main__":
    main()
    os._exit(0)
