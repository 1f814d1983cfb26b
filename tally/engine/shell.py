"""The shell a notebook's cells run in: IPython's, as ipykernel sets it up, but with a pipe in place of ZeroMQ.

It derives from ipykernel's own shell, so that tracebacks, magics, rich display and what libraries ask about
(`"zmq" in type(get_ipython()).__name__.lower()`) are the same as under a real kernel. Built once in the
warm process, before pandas and pyplot are imported: both ask at import whether they run in a notebook.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue
from typing import NoReturn

from ipykernel.compiler import XCachingCompiler
from ipykernel.displayhook import ZMQShellDisplayHook
from ipykernel.zmqshell import ZMQDisplayPublisher
from ipykernel.zmqshell import ZMQInteractiveShell as KernelShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.error import UsageError as MagicUsageError
from traitlets import Any, Type, observe
from traitlets.config import Config

Deliver = Callable[[str, dict[str, AnyValue]], None]


def _undelivered(msg_type: str, content: dict[str, AnyValue]) -> None:
    """Before a notebook's process has set itself up, nobody listens."""


class Sender:
    """Stands where ipykernel has its ZeroMQ session: hands each message's type and content to `deliver`."""

    def __init__(self) -> None:
        self.deliver: Deliver = _undelivered  # set in each notebook's process

    def msg(
        self,
        msg_type: str,
        content: dict[str, AnyValue] | None = None,
        parent: dict[str, AnyValue] | None = None,
        **_: AnyValue,
    ) -> dict[str, AnyValue]:
        return {"header": {"msg_type": msg_type}, "msg_type": msg_type, "parent_header": {}, "content": content or {}}

    def send(
        self,
        stream: AnyValue,
        message: AnyValue,
        content: dict[str, AnyValue] | None = None,
        *_: AnyValue,
        **__: AnyValue,
    ) -> None:
        if isinstance(message, dict):
            message, content = message["msg_type"], message["content"]
        self.deliver(message, content or {})


class DisplayPublisher(ZMQDisplayPublisher):
    session = Any()
    pub_socket = Any()


class DisplayHook(ZMQShellDisplayHook):
    session = Any()
    pub_socket = Any()


class ZMQInteractiveShell(KernelShell):
    """The shell, by the name under which libraries know a notebook's. `exit` and `quit` set `exit_now`."""

    displayhook_class = Type(DisplayHook)
    display_pub_class = Type(DisplayPublisher)

    @observe("exit_now")
    def _update_exit_now(self, change: AnyValue) -> None:
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
    for end in (shell.displayhook, shell.display_pub):
        end.set_trait("session", sender)
        end.set_trait("pub_socket", None)
    if shell.extension_manager is not None:
        shell.extension_manager.load_extension("storemagic")
    return shell


def refuse(what: str) -> Callable[..., NoReturn]:
    """What `input` and `getpass` are in a cell: nobody is there to answer."""

    def refused(*_: AnyValue, **__: AnyValue) -> NoReturn:
        raise StdinNotImplementedError(f"{what} was called, but this frontend does not support input requests.")

    return refused
