"""What the start of a command does not load."""

from __future__ import annotations

import subprocess
import sys

from tally.paths import notebooks

OPENED = """
import sys
from pathlib import Path
from tally.engine.source import load_notebook
load_notebook(Path(sys.argv[1]), {})
print(any(name.startswith("rfc3987_syntax.") for name in sys.modules))
"""


def test_whoever_opens_a_notebook_first_waits_for_no_grammar_that_nothing_asks_for():
    opened = subprocess.run(
        [sys.executable, "-c", OPENED, str(notebooks() / "county.ipynb")], capture_output=True, text=True, timeout=60
    )
    assert opened.stdout.strip() == "False", opened.stderr
