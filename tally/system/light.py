"""What is kept out of a process of ours, so that it starts sooner: to be asked before nbformat, papermill or Jupyter's server is imported."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from typing import Any

# A grammar for a format of JSON schemas that no notebook and no event here uses: a second of computing, most of those imports.
UNUSED = ("rfc3987_syntax",)


def keep_out() -> None:
    """From now on an import of `UNUSED` is an ImportError, which who would use it takes for a check that is not to be made."""
    loaded: MutableMapping[str, Any] = sys.modules
    for name in UNUSED:
        loaded.setdefault(name, None)
