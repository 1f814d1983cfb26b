"""The engine as papermill finds it."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

from tally.paths import PROJECT

SCRIPT = """\
import sys, papermill
from papermill.engines import papermill_engines
from tally.engine.entry import EntryEngine
papermill_engines.register("tally", EntryEngine)
papermill.execute_notebook(sys.argv[1], sys.argv[2], {"unit": "007"}, engine_name="tally", progress_bar=False)
"""


def test_the_entry_point_names_the_engine():
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["entry-points"]["papermill.engine"]
    assert declared == {"tally": "tally.engine.entry:EntryEngine"}


def run_by_papermill(path, output) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, path, output], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return done.stderr


def test_papermill_itself_runs_a_notebook_on_it(book):
    output = book.folder / "out.ipynb"
    run_by_papermill(book.path("unit, get_ipython().kernel is None"), output)
    cells = json.loads(output.read_text())["cells"]
    assert cells[-1]["outputs"][0]["data"]["text/plain"] == ["('007', True)"]


def test_papermill_is_told_of_the_fallback(book):
    output = book.folder / "out.ipynb"
    said = run_by_papermill(book.path("import comm\ncomm.create_comm(target_name='x')\n'done'"), output)
    assert "改用 plain 引擎执行" in said and "'done'" in output.read_text()
