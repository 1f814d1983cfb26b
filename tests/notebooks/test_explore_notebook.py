"""explore.ipynb answers its questions in both engines, and is stored thin and without outputs."""

from __future__ import annotations

import nbformat
import pytest

from tally import engine, executors
from tally.blocks import from_bundle
from tally.executors.jobs import Job
from tally.paths import notebooks
from tests.unit import processed

BOOK = notebooks() / "explore.ipynb"


@pytest.mark.parametrize("kind", ["fork", "plain"])
def test_it_runs_and_answers(tmp_path, kind):
    if kind == "fork" and (why := engine.available()):
        pytest.skip(why)
    job = Job("explore", BOOK, tmp_path / "explore.ipynb", {"campaign": "masks_2021", "root": str(processed.root())})
    (outcome,) = executors.run([job], workers=1, engine=kind)
    assert outcome.ok, outcome.error
    shown = [o for c in nbformat.read(job.output, 4).cells if c.cell_type == "code" for o in c.outputs]
    text = "\n".join(str(o.get("text", "")) + str(o.get("data", {}).get("text/plain", "")) for o in shown)
    assert "2021-04、2021-05" in text and "查办案件（件）" in text and "sha256" in text
    assert [b.kind for o in shown if (b := from_bundle(o.get("data", {})))] == ["chart"]


def test_it_is_thin_and_stored_without_outputs():
    notebook = nbformat.read(BOOK, 4)
    nbformat.validate(notebook)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(len(c.source.splitlines()) < 6 and "def " not in c.source for c in code)
    assert all(not c.outputs and c.execution_count is None for c in code)
    assert sum(c.source.startswith("## ") and c.source[3] in "一二三四五" for c in notebook.cells) == 5
