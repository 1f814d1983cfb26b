"""Programs and Pythons that we start: none is taken from the folder that somebody happens to stand in.

That folder may be one of received files. `python -m` looks for modules there first, Windows for programs, Jupyter for
settings: a return called numpy.py, soffice.exe or jupyter_config.py would be run.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tally.paths import PROJECT

# Jupyter's kernels take the first folder off the path where it is the one they stand in: it shall not be the package's.
_FIRST = PROJECT / "tally" / "cli" / "locale"  # no module lies there
ENDINGS = ("", ".exe", ".com")  # the latter are Windows'


def program(name: str) -> str | None:
    """Where the program of this name lies, in a folder that PATH names in full; None where there is none."""
    for folder in filter(os.path.isabs, os.get_exec_path()):
        for ending in ENDINGS:
            if place := shutil.which(str(Path(folder, name + ending))):
                return place
    return None


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs one of this environment's modules."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Ours, with this package in reach; a Python that such a one starts looks for nothing in its folder either."""
    reach = os.pathsep.join(filter(None, [str(_FIRST), os.environ.get("PYTHONPATH"), str(PROJECT)]))
    return os.environ | {"PYTHONPATH": reach, "PYTHONSAFEPATH": "1"}
