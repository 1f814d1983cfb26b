"""Whether the program's packages are there at all: said in one sentence before the first of them is imported."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

from tally.errors import TallyError


def needs_packages(project: Path) -> None:
    """TallyError, with how to mend it, where Python runs outside the project's environment."""
    if importlib.util.find_spec("pandas") and importlib.util.find_spec("pyarrow"):
        return
    activate, make = _HOW[os.name == "nt"]
    there = (project / ".venv").is_dir()
    raise TallyError(
        "这个 Python 里没有装本项目所需的程序包，多半是没有启用项目的环境 .venv",
        f"请先运行 {activate}" if there else f"请先运行 {make}，再运行 {activate}",
    )


_HOW = (
    ("source .venv/bin/activate", "make report"),
    (
        r".venv\Scripts\activate",
        r"py -m venv .venv，.venv\Scripts\pip install -r requirements.txt，.venv\Scripts\pip install --no-deps -e .",
    ),
)
