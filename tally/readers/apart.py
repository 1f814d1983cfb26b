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
from tally.readers.limits import WAIT_SECONDS
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


def asked(function: Request, path: Path, name: str = "", kinds: tuple[type, ...] = ()) -> Any:
    """What `function` (one of a module, so that the process can find it) says of the file at `path`: plain values, this
    package's types of documents, and `kinds`. UnreadableFile where it raises one, or anything, or does not come back.
    """
    return _answer(function, path, name, frozenset(kinds)) if _use_process() else function(path, name)


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


def _answer(request: Request, path: Path, name: str, kinds: frozenset[type]) -> Any:
    """The opener's answer to one request. Raises what the reader raised, or how the process ended."""
    with _guard:
        kind, answer = _answered(request, path, name, kinds)
        if kind == "unreadable" and answer == started.KILLED:  # perhaps not for this file's sake
            kind, answer = _answered(request, path, name, kinds)
    if kind == "unreadable":
        raise UnreadableFile(*(started.BIG if answer == started.KILLED else answer))
    return answer


def _answered(request: Request, path: Path, name: str, kinds: frozenset[type]) -> tuple[str, Any]:
    global _current
    process = _running()
    try:
        process.send(request, os.fspath(path.absolute()), name)
        process.wait_for_answer(WAIT_SECONDS)
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
        _current = started.start()
    return _current


class _Unpickler(pickle.Unpickler):
    """Builds what readers make, and `kinds`, and nothing else: whatever a file did to the opener, it runs nothing here."""

    def __init__(self, answers: IO[bytes], kinds: frozenset[type]) -> None:
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
