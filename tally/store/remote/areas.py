"""Which objects a command needs, which of them are results, and which vouch for others. Names are paths below the root."""

from __future__ import annotations

from pathlib import PurePosixPath

KINDS = (
    "raw", "corrections", "explanations", "queries", "acceptances", "remarks", "findings", "narrative", "releases", "processed",
)  # fmt: skip
# These tell files by their times and inodes: nothing to others.
_HERE_ONLY = ("known-files.json", "survey.json", "joined.json", "run.lock")
_VOUCHING = ("state.json", "manifest.json", "report.state.json", "release.json")


def scope(campaign: str) -> tuple[str, ...]:
    """The folders that a command on this campaign reads or writes."""
    if not campaign.isidentifier():  # no campaign's name, and perhaps a way out of the root
        return ("campaigns",)
    return ("campaigns", "data/mappings", *(f"data/{kind}/{campaign}" for kind in KINDS), f"reports/{campaign}")


def inside(name: str, folders: tuple[str, ...]) -> bool:
    return name.startswith(tuple(f"{folder}/" for folder in folders))


def is_result(name: str) -> bool:
    """Whether tally makes it, and can make it again; all else is what people put there."""
    return name.startswith(("data/processed/", "reports/"))


def travels(name: str) -> bool:
    """Whether a file of the working copy belongs in the storage."""
    path = PurePosixPath(name)
    if "__pycache__" in path.parts:
        return False
    if is_result(name):
        return path.name not in _HERE_ONLY and not any(p.startswith(".") for p in path.parts)
    return not (name.startswith("campaigns/") and any(p.startswith(".") for p in path.parts))


def is_safe(name: str) -> bool:
    """Whether a name of the storage can be a file below a folder, and nowhere else."""
    return bool(name) and not any(p in ("", ".", "..") or "\\" in p or "\0" in p for p in name.split("/"))


def vouches(name: str) -> int:
    """0 for what vouches for nothing; else the order in which to put it, after all that it vouches for.

    The register goes before the returns it names (-1), as `receive` writes it: without its line none is to come.
    """
    path = PurePosixPath(name)
    if name.startswith("data/raw/") and path.name == "received.csv":
        return -1
    if not is_result(name) or path.name not in _VOUCHING:
        return 0
    if path.name == "state.json":
        return 1 if "units" in path.parts else 2
    return 4 if path.name == "report.state.json" else 3


def group(name: str) -> str:
    """The results that stand or fall together: one unit's tables, a period's joined tables, a release.

    "" for what people put there."""
    parts = name.split("/")
    if not is_result(name):
        return ""
    if parts[0] == "reports":
        return "/".join(parts[: 5 if parts[3:4] in (["areas"], ["releases"]) else 3])
    return "/".join(parts[:6] if len(parts) > 6 and parts[4] == "units" else parts[:4])
