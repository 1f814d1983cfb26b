"""Scans and photos of forms -> what their cells seem to say. An extra (`requirements-scan.txt`); nothing here is loaded without one.

`seen` reads one file in a process of its own, within limits of time and memory, and gives back what it saw; whether any of it
counts, `tally.returns.witnesses` decides.
"""

from __future__ import annotations

import json
import subprocess
from functools import cache
from importlib.util import find_spec
from typing import Any

from tally.errors import UnreadableFile
from tally.readers.limits import SCAN_MEMORY, SCAN_SECONDS
from tally.system import programs

VERSION = 5  # of what is seen: a cache of another version is read anew
NEEDS = ("rapidocr", "onnxruntime", "cv2", "pypdfium2")


@cache
def available() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(name) for name in NEEDS)


def seen(data: bytes) -> dict[str, Any]:
    """{"pages": [{"tables", "lines", "stamp", "black"}], "count": of all pages}, as `tally.readers.scan.worker` prints it.

    Raises `UnreadableFile`: "too_slow", "too_large" (memory), "damaged".
    """
    command, environment = programs.python("tally.readers.scan.worker", str(SCAN_MEMORY)), programs.environment()
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SCAN_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as e:
        raise UnreadableFile("too_slow", f"识别超过 {SCAN_SECONDS:.0f} 秒") from e
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
        raise UnreadableFile("too_large" if "MemoryError" in last[0] else "damaged", last[0][:200])
    return json.loads(done.stdout)
