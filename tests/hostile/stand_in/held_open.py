"""A file of a root that this process has open or mapped is neither replaced, renamed nor removed, as on Windows."""

import functools
import os
from pathlib import Path

FOLDERS = ("/data/", "/reports/")


def held(path):
    """Whether `path` lies below a root and this process has it open or mapped."""
    place = os.path.realpath(path)
    if not any(f in place for f in FOLDERS):
        return False
    with Path("/proc/self/maps").open() as maps:
        if any(line.rstrip("\n").endswith(place) for line in maps):
            return True
    return any(os.path.realpath(handle) == place for handle in Path("/proc/self/fd").iterdir())


def refusing(act):
    @functools.wraps(act)
    def acting(*places, **more):
        for place in places:
            if isinstance(place, (str, bytes, os.PathLike)) and held(os.fspath(place)):
                raise PermissionError(13, "used by this process, as Windows says it", os.fspath(place))
        return act(*places, **more)

    return acting


def begin():
    for name in ("replace", "rename", "unlink", "remove"):
        setattr(os, name, refusing(getattr(os, name)))
