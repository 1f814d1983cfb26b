"""The rehearsal in the warm process: for every campaign it reads a whole return, and leaves nothing behind."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from tally import campaigns
from tally.paths import PROJECT
from tally.returns import rehearsal, shown
from tally.system import linux

LIFTS = PROJECT / "tests" / "campaigns" / "lifts_2022"


@pytest.fixture
def root(tmp_path) -> Path:
    """A root with a campaign of its own, and a place of its own for temporary files."""
    shutil.copytree(LIFTS, tmp_path / "root" / "campaigns" / LIFTS.name)
    return tmp_path / "root"


@pytest.mark.parametrize("name", ["masks_2021", "lifts_2022"])
def test_every_form_and_the_summary_are_read(name, root, monkeypatch):
    seen = []
    original = shown.findings
    monkeypatch.setattr(shown, "findings", lambda read: seen.append(read) or original(read))
    rehearsal.rehearse(name, str(root))
    (read,) = seen
    for form in campaigns.load(name, root).forms:
        ret = read.returns[form.name]
        assert ret.state != "missing"
        assert len(ret.cells) == len(ret.frame) * len(form.fields) > 0
        assert not [f for f in ret.findings if f.rule.startswith(("form.", "cell.unreadable"))]
    assert name != "masks_2021" or read.summary.text


def test_nothing_is_left_behind(root, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = sorted(p for p in root.rglob("*") if p.suffix != ".pyc" and p.name != "__pycache__")
    rehearsal.rehearse("lifts_2022", str(root))
    assert sorted(p for p in root.rglob("*") if p.suffix != ".pyc" and p.name != "__pycache__") == before
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted on Linux only")
def test_it_starts_no_thread_that_would_forbid_a_fork(root):
    import subprocess
    import sys

    code = (
        "from tally.system import linux; from tally.returns.rehearsal import rehearse\n"
        "before = len(linux.threads()); rehearse('masks_2021', ''); print(len(linux.threads()) - before)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, check=True)
    assert linux.threads() and said.stdout.strip() == "0"
