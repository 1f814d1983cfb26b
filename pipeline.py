#!/usr/bin/env python
"""tally's command line: what is typed here is described and done in `tally/cli`, one room of commands a file.

An older Python is refused by `tally` itself in one sentence, before anything is imported that it cannot read; a Python
without the project's packages by `tally.cli.ready`. Nothing that takes long is imported before a command needs it, so
that `--help` answers at once.
"""

from __future__ import annotations

import sys

from tally.cli.grammar import parser
from tally.cli.main import main

__all__ = ["main", "parser"]

if __name__ == "__main__":
    sys.exit(main())
