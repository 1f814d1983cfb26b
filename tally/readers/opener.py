"""The process that opens received files: takes requests one by one, gives back what the readers make of each file.

A request and an answer are pickles on a pipe: (function, path, name, seconds) in, ("ok" | "unreadable", …) out. Started by
`tally.readers.started`; the end of the requests is its end.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO

from tally import readers
from tally.errors import UnreadableFile
from tally.model import Document
from tally.paths import Paths
from tally.readers.conversions import kept_in
from tally.readers.leaves import leaves, letter
from tally.readers.limits import READ_SECONDS, READ_SECONDS_A_MEGABYTE, allowance
from tally.readers.parcels.letter import Letter

Request = Callable[[Path, str], Any]
Bounds = Callable[[float], AbstractContextManager[None]]  # within them this process may compute so many seconds more


def read_with_contents(path: Path, name: str) -> tuple[tuple[Document, ...], dict[str, bytes]]:
    """The documents in a file that can be read, and by their address the bytes of each."""
    contents: dict[str, bytes] = {}
    documents: list[Document] = []
    with allowance():
        for leaf in leaves(readers.content(path), name):
            contents[leaf.file] = leaf.data
            documents += readers.read_leaf(leaf)
    return tuple(d for d in documents if not d.problem), contents


def letter_at(path: Path, name: str) -> Letter | None:
    """Sender, date and subject of a file that is a mail, else None."""
    return letter(readers.content(path))


def serve(requests: BinaryIO, answers: BinaryIO, bounds: Bounds) -> None:
    """Answers until there is nobody left to ask."""
    while True:
        try:
            request, path, name, computing = pickle.load(requests)
        except EOFError:
            return
        with bounds(_seconds(path) + computing), kept_in(_conversions(Path(path), name)):
            answer = _answer(request, Path(path), name)
        pickle.dump(answer, answers, protocol=5)
        answers.flush()


def _conversions(path: Path, name: str) -> Path | None:
    """Where conversions of a received file are kept; None for one that lies in no period's folder."""
    paths = Paths.of_file(path, name)
    return paths.conversions if paths is not None else None


def _seconds(path: str) -> float:
    with contextlib.suppress(OSError, ValueError):
        return READ_SECONDS + READ_SECONDS_A_MEGABYTE * Path(path).stat().st_size / 2**20
    return READ_SECONDS


def _answer(request: Request, path: Path, name: str) -> tuple[str, Any]:
    try:
        return "ok", request(path, name)
    except UnreadableFile as e:
        return "unreadable", (e.problem, e.detail)
    except MemoryError:
        return "unreadable", ("too_large", "内存不足")
    except Exception as e:  # what `read_bytes` did not foresee: the file is the cause here too
        traceback.print_exc()
        return "unreadable", ("damaged", f"{type(e).__name__}: {e}")


def main() -> None:
    """As a program of its own, where a process cannot be forked: requests on standard input, answers on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    serve(sys.stdin.buffer, answers, lambda seconds: contextlib.nullcontext())


if __name__ == "__main__":
    main()
