"""The piece of a scan that a finding is about, as its reading kept it: a picture for the page."""

from __future__ import annotations

import base64
import re

from tally.model import Finding
from tally.paths import Paths

_NAMED = re.compile(r"原图：([^）]+\.png)）")


def cut_out(paths: Paths, finding: Finding) -> str:
    """The cut-out that the finding names, as a data: address; "" where it names none or it is gone.

    The name stands in a text that holds what was read from a picture: only a file among the period's cut-outs is shown.
    """
    named = _NAMED.search(finding.message)
    folder = (paths.processed / "scans").resolve()
    path = (paths.root / named[1]).resolve() if named else None
    if path is None or not path.is_relative_to(folder) or not path.is_file():
        return ""
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"
