"""Received files opened in a process of their own, so that one that makes a library spin, crash or take all memory costs
that file alone, and never the program that wanted to read it.

    read(path, name)             ->  as `tally.readers.read`, with "too_slow" and "crashed" where the process did not come back
    asked(function, path, name)  ->  what the function makes of a file there, likewise: whoever opens one otherwise asks so

The process is started at the first file and serves all that follow; it ends with the process that uses it, and is
replaced when a file ends it. Limits: `tally.readers.limits`, kept by the kernel where the system has such limits (computing
time, memory), by the clock everywhere. What comes back is taken for data: nothing but this package's types is built from it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from tally import readers
from tally.errors import UnreadableFile
from tally.model import Document
from tally.readers import opener, started
from tally.readers.leaves import letter as letter_in
from tally.readers.leaves import may_be_letter
from tally.readers.limits import ONE_FILE, Patience
from tally.readers.parcels.letter import Letter

Contents = dict[str, bytes]  # address of a document -> its bytes
Request = opener.Request


def read(path: Path, name: str) -> tuple[Document, ...]:
    """The documents in one file, as `tally.readers.read` gives them."""
    documents: tuple[Document, ...] = asked(readers.read, path, name)
    return documents


def read_with_contents(path: Path, name: str) -> tuple[tuple[Document, ...], Contents]:
    """The same, and beside them the bytes of each document as received (of an archive's member, the member's own)."""
    read_there: tuple[tuple[Document, ...], Contents] = asked(opener.read_with_contents, path, name)
    return read_there


def asked(
    function: Request, path: Path, name: str = "", kinds: tuple[type, ...] = (), patience: Patience = ONE_FILE
) -> Any:
    """What `function` (one of a module, so that the process can find it) says of the file at `path`: plain values, this
    package's types of documents, and `kinds`. UnreadableFile where it raises one, or anything, or does not come back.

    Files that it asks about in turn are opened by a process of its own, within their own limits.
    """
    return _answer(function, path, name, kinds, patience) if _use_process() else function(path, name)


def letter(path: Path, data: bytes) -> Letter | None:
    """Sender, date and subject of a file that is a mail, else None; `data` is what stands in the file."""
    if not may_be_letter(data):
        return None
    if not _use_process():
        return letter_in(data)
    with contextlib.suppress(UnreadableFile):  # what is wrong with it, its reader says
        answer: Letter | None = asked(opener.letter_at, path)
        return answer
    return None


_here = threading.local()


@contextlib.contextmanager
def in_this_process() -> Iterator[None]:
    """For files of our own making: read here, in this thread."""
    _here.active = True
    try:
        yield
    finally:
        _here.active = False


def _use_process() -> bool:
    return not getattr(_here, "active", False)


_guard = threading.Lock()
_current: started.Process | None = None


def _answer(request: Request, path: Path, name: str, kinds: tuple[type, ...], patience: Patience) -> Any:
    """The opener's answer to one request. Raises what the reader raised, or how the process ended."""
    with _guard:
        kind, answer = _answered(request, path, name, kinds, patience)
        if kind == "unreadable" and answer == started.KILLED:  # perhaps not for this file's sake
            kind, answer = _answered(request, path, name, kinds, patience)
    if kind == "unreadable":
        raise UnreadableFile(*(started.BIG if answer == started.KILLED else answer))
    return answer


def _answered(request: Request, path: Path, name: str, kinds: tuple[type, ...], patience: Patience) -> tuple[str, Any]:
    global _current
    process = _running()
    try:
        process.send(request, os.fspath(path.absolute()), name, patience.computing)
        process.wait_for_answer(patience.waiting)
        return _Unpickler(process.answers, kinds).load()
    except Exception:  # no answer, or one that is none: it tells nothing but that the process cannot be relied on
        _current = None
        return "unreadable", process.cause()
    except BaseException:  # this program is being ended: whoever asks next gets a fresh process
        _current = None
        process.end()
        raise


def _running() -> started.Process:
    global _current
    if _current is None or not _current.is_ours() or not _current.alive():
        before, _current = _current, None  # the new one must not know it: its pipes' numbers are used again there
        if before is not None and before.is_ours():
            before.end()
        _current = started.start()
    return _current


def _be_fresh() -> None:
    """In a fork: another thread's hold on the guard is not ours."""
    global _guard
    _guard = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_be_fresh)


class _Unpickler(pickle.Unpickler):
    """Builds what readers make, and `kinds`, and nothing else: whatever a file did to the opener, it runs nothing here."""

    def __init__(self, answers: IO[bytes], kinds: tuple[type, ...]) -> None:
        super().__init__(answers)
        self.others = {(kind.__module__, kind.__qualname__): kind for kind in kinds}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self.others:
            return self.others[module, name]
        if module in _MODULES or module.startswith("tally.readers.") or (module, name) in _PLAIN:
            kind = getattr(import_module(module), name)  # a reader's module may be loaded in its process alone
            if isinstance(kind, type) and kind.__module__ == module:
                return kind
        raise pickle.UnpicklingError(f"{module}.{name}")


_MODULES = ("tally.model", "datetime")
_PLAIN = {("decimal", "Decimal"), ("builtins", "frozenset"), ("builtins", "set")}


def close() -> None:
    """Ends the process; the next file starts another."""
    global _current
    with _guard:
        process, _current = _current, None
    if process is not None and process.is_ours():
        process.end()


atexit.register(close)
