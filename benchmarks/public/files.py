"""The files of a folder, or of the newest commit in a git directory."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path


def files_in(folder: Path, endings: frozenset[str], most: int) -> Iterator[tuple[str, bytes]]:
    """(path, content) of at most `most` files with one of these endings, spread evenly over all there are."""
    in_git = (folder / "HEAD").is_file()
    names = (
        _listed(folder)
        if in_git
        else sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    )
    wanted = [n for n in names if Path(n).suffix.lower() in endings]
    for name in wanted[:: max(1, -(-len(wanted) // most))]:
        content = _shown(folder, name) if in_git else (folder / name).read_bytes()
        if content:
            yield name, content


def _listed(folder: Path) -> list[str]:
    command = ["git", "--git-dir", str(folder), "ls-tree", "-r", "-z", "--name-only", "HEAD"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace").split("\0")


def _shown(folder: Path, name: str) -> bytes:
    """b"" for a file whose content is not in the copy."""
    command = ["git", "--git-dir", str(folder), "cat-file", "blob", f"HEAD:{name}"]
    return subprocess.run(command, capture_output=True, check=False).stdout
