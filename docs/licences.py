"""Writes docs/licences.md: every package that is installed to run the project, and its licence as it states it itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
HEAD = """# Licences of what is installed

Printed by `make licences` from the packages' own words; nothing of them is kept in this repository. `requirements.txt` pins them.
Copyleft ones (LGPL, MPL) are used as they are and unchanged.

| package | version | licence |
|---|---|---|
"""


def pinned() -> set[str]:
    """The names of what requirements.txt asks for, as package indexes compare them."""
    lines = (HERE.parent / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return {_plain(m[0]) for line in lines if (m := re.match(r"[A-Za-z0-9._-]+", line))}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(program: str, python: str = sys.executable) -> None:
    names = pinned()
    command = [program, f"--python={python}", "--with-system", "--format=json"]
    packages = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    rows = [p for p in packages if _plain(p["Name"]) in names]
    lines = [f"| {p['Name']} | {p['Version']} | {p['License'].splitlines()[0]} |" for p in rows]
    (HERE / "licences.md").write_text(HEAD + "\n".join(sorted(lines, key=str.lower)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
