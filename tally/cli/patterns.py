"""File names with * and ? in them: a shell of Linux fills them in, those of Windows pass them on as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def filled_in(words: Iterable[str]) -> list[str]:
    """Each word that names no file and is a pattern becomes the files it fits, in order; any other stays."""
    files: list[str] = []
    for word in words:
        files += _fitting(Path(word)) or [word]
    return files


def _fitting(pattern: Path) -> list[str]:
    if pattern.exists() or not set("*?[") & set(str(pattern)):
        return []
    within = Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
    return sorted(str(f) for f in within if f.is_file())
