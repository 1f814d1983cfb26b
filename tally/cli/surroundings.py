"""What a command counts on in its surroundings and makes where it is missing: three open streams, names that hold Chinese."""

from __future__ import annotations

import os
import sys


def opened() -> None:
    """Has descriptors 0 to 2 lead somewhere: else the first table that is written takes the place of one that was closed,
    and with it all that any program prints there."""
    place = os.open(os.devnull, os.O_RDWR)
    while place < 3:
        os.set_inheritable(place, True)
        place = os.open(os.devnull, os.O_RDWR)
    os.close(place)
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))


def legible() -> None:
    """Begins anew in Python's UTF-8 mode where files cannot be called 亭湖区; what is printed stays in the encoding that it had."""
    try:
        "亭湖区".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        shown = {"PYTHONIOENCODING": f"{sys.stdout.encoding}:replace"} | os.environ
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], shown | {"PYTHONUTF8": "1"})
