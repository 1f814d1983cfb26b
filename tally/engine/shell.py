"""The shell a notebook's cells run in: IPython's, as ipykernel sets it up, but with a pipe in place of ZeroMQ.

It derives from ipykernel's own shell, so that tracebacks, magics, rich display and what libraries ask about
(`"zmq" in type(get_ipython()).__name__.lower()`) are the same as under a real kernel. Built once in the
warm process, before pandas and pyplot are imported: both ask at import whether they run in a notebook.
"""

from __future__ import annotations

from typing import Any as AnyValue

from ipykernel.compiler import XCachingCompiler
from ipykernel.displayhook import ZMQShellDisplayHook
from ipykernel.zmqshell import ZMQDisplayPublisher
from ipykernel.zmqshell import ZMQInteractiveShell as KernelShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.error import UsageError as MagicUsageError
from traitlets import Any, Type, observe
from traitlets.config import Config


class Sender:
    """Stands where ipykernel has its ZeroMQ session: hands each message's type and content to `deliver`."""

    def __init__(self):
        self.deliver = None  # set in each notebook's process

    def msg(self, msg_type: str, content: dict | None = None, parent: dict | None = None, **_) -> dict:
        return {"header": {"msg_type": msg_type}, "msg_type": msg_type, "parent_header": {}, "content": content or {}}

    def send(self, stream: AnyValue, message: AnyValue, content: dict | None = None, *_, **__) -> None:
        if isinstance(message, dict):
            message, content = message["msg_type"], message["content"]
        self.deliver(message, content)


class DisplayPublisher(ZMQDisplayPublisher):
    session = Any()


class DisplayHook(ZMQShellDisplayHook):
    session = Any()


class ZMQInteractiveShell(KernelShell):
    """The shell, by the name under which libraries know a notebook's. `exit` and `quit` set `exit_now`."""

    displayhook_class = Type(DisplayHook)
    display_pub_class = Type(DisplayPublisher)

    @observe("exit_now")
    def _update_exit_now(self, change):
        """Nothing to stop at once: the cell loop looks at `exit_now` after the cell."""

    def enable_gui(self, gui: AnyValue = None) -> None:
        if gui not in (None, "inline", "agg"):
            raise MagicUsageError(f"no event loop for GUI {gui!r} in a notebook that runs by itself")


def build_shell(sender: Sender) -> ZMQInteractiveShell:
    """The one shell of this process, its history off, its output going to `sender`."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.IPKernelApp.notebook = True  # what tqdm looks for
    shell = ZMQInteractiveShell.instance(config=config, user_ns={}, kernel=None, compiler_class=XCachingCompiler)
    shell.displayhook.session = shell.display_pub.session = sender
    shell.displayhook.pub_socket = shell.display_pub.pub_socket = None
    shell.extension_manager.load_extension("storemagic")
    return shell


def refuse(what: str):
    """What `input` and `getpass` are in a cell: nobody is there to answer."""

    def refused(*_, **__):
        raise StdinNotImplementedError(f"{what} was called, but this frontend does not support input requests.")

    return refused
