"""The folder that somebody stands in may be a unit's: no module, program or setting that it sent is taken from there."""

import os
import subprocess
import sys

import pytest

from tally.system import programs
from tests.end_to_end.conftest import PROJECT
from tests.hostile.conftest import PERIOD

STAND_IN = str(PROJECT / "tests" / "hostile" / "stand_in")
# What Python, Jupyter, IPython and matplotlib look for where they are started.
MODULES = (
    *("tally", "numpy", "pandas", "lxml", "json", "secrets", "xlrd", "python_calamine", "papermill", "IPython"),
    *("ipykernel", "ipykernel_launcher", "jupyterlab", "jupyter_server", "typst", "sitecustomize", "usercustomize"),
)
SETTINGS = (
    *("ipython_config", "ipython_kernel_config", "jupyter_config", "jupyter_server_config", "jupyter_lab_config"),
    "jupyter_notebook_config",
)


def trapped(folder, trace) -> None:
    """Files in `folder` that leave a line in `trace` if anything runs them."""
    for name in (*MODULES, *SETTINGS):
        (folder / f"{name}.py").write_text(f"open({str(trace)!r}, 'a').write({name!r} + chr(10))\n", encoding="utf-8")
    (folder / "matplotlibrc").write_text("font.size: 40\n", encoding="utf-8")


@pytest.fixture
def unit(tmp_path):
    """A unit's folder in which somebody stands, one form and the traps in it."""
    raw = tmp_path / "root" / "data" / "raw" / "masks_2021" / PERIOD
    folder = raw / "亭湖区"
    folder.mkdir(parents=True)
    source = next((PROJECT / "data" / "raw" / "masks_2021" / PERIOD).glob("*亭湖*"))
    form = next(source.glob("*.xlsx"))
    (folder / form.name).write_bytes(form.read_bytes())
    trapped(folder, tmp_path / "trace")
    return folder


def said(unit, *words: str, **env: str) -> str:
    command = [sys.executable, str(PROJECT / "pipeline.py"), *words]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=unit, env={**os.environ, **env}, timeout=300, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "env"),
    [
        pytest.param(("check", PERIOD), {}, marks=pytest.mark.slow),
        (("status", PERIOD), {"PYTHONPATH": STAND_IN}),
        pytest.param(("check", PERIOD, "--engine", "plain"), {}, marks=pytest.mark.slow),
        pytest.param(("run", PERIOD), {"PYTHONPATH": STAND_IN}, marks=pytest.mark.slow),
    ],
    ids=["warm", "opened as on Windows", "plain", "as on Windows"],
)
def test_nothing_that_lies_where_one_stands_is_run(tmp_path, unit, words, env):
    output = said(unit, *words, "--root", str(tmp_path / "root"), **env)
    assert "亭湖" in output and "处理失败" not in output, output
    assert not (tmp_path / "trace").exists(), (tmp_path / "trace").read_text()


@pytest.mark.slow
def test_jupyter_takes_no_settings_from_where_one_stands(tmp_path, unit):
    output = said(unit, "lab", "--", "--version")
    assert output.strip()[:1].isdigit(), output
    assert not (tmp_path / "trace").exists(), (tmp_path / "trace").read_text()


def test_a_program_is_looked_for_in_folders_that_are_named_in_full(tmp_path, monkeypatch):
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        place = tmp_path / folder / "soffice.exe"
        place.write_text("#!/bin/sh\n", encoding="utf-8")
        place.chmod(0o755)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", "../here")))
    assert programs.program("soffice") is None
    monkeypatch.setenv("PATH", os.pathsep.join((".", str(tmp_path / "there"))))
    assert programs.program("soffice") == str(tmp_path / "there" / "soffice.exe")


def test_charts_are_drawn_alike_whatever_settings_somebody_keeps(monkeypatch):
    import matplotlib

    from tally.blocks import paint

    with matplotlib.rc_context({"axes.titlesize": 99, "lines.linewidth": 44}), paint.style():
        assert matplotlib.rcParams["lines.linewidth"] == matplotlib.rcParamsDefault["lines.linewidth"]
        assert matplotlib.rcParams["svg.hashsalt"] == "tally"


@pytest.mark.parametrize("text", ["a b", "it's", '"', "$(touch x)", "`x`", "50%", "#1", "a;b"])
def test_a_root_of_any_name_can_be_copied_from_what_is_advised(tmp_path, text):
    """What is advised is a command to be copied: a shell must read the root as it is called."""
    import shlex

    from tally.paths import Paths

    root = tmp_path / text
    typed = Paths(root, "masks_2021", PERIOD).typed
    assert shlex.split(typed) == [PERIOD, "--root", str(root)]
