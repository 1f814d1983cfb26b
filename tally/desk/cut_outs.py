"""The piece of a scan that a finding is about: a picture for the page."""

from __future__ import annotations

import base64

from tally.model import Finding
from tally.paths import Paths
from tally.returns.cut_outs import cut_out_file


def cut_out(paths: Paths, finding: Finding) -> str:
    """The cut-out that the finding names, as a data: address; "" where it names none or it is gone."""
    path = cut_out_file(paths, finding.message)
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}" if path else ""
