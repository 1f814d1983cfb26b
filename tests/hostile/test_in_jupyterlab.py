"""Executed notebooks as an analyst opens them: in a real JupyterLab, in Chromium. What returns hold runs nothing there and asks
for nothing, whether the notebook is trusted or not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from tally.cli.workbench import OFFLINE
from tests.hostile.conftest import CODE

NOTEBOOKS = (f"county-{CODE}.ipynb", "totals.ipynb", "report.ipynb")
TOKEN = "only-for-this-test"


@contextmanager
def jupyterlab(folder: Path, home: Path) -> Iterator[str]:
    """A JupyterLab on the folder, set as `pipeline.py lab` sets it, with a home of its own; its address, with the token."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--notebook-dir={folder}", *OFFLINE]
    command += ["--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}"]
    places = {name: str(home) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    server = subprocess.Popen(command, env={**os.environ, **places}, stderr=subprocess.PIPE, text=True)
    try:
        yield address_of(server)
    finally:
        server.terminate()
        server.wait(30)


def address_of(server: subprocess.Popen) -> str:
    lines: list[str] = []
    for line in server.stderr:
        lines.append(line)
        if "http://127.0.0.1:" in line or "http://localhost:" in line:
            return line[line.index("http://") :].split("/lab")[0].strip()
    raise AssertionError("".join(lines))


@pytest.mark.slow
@pytest.mark.parametrize("trusted", [False, True], ids=["as received", "trusted"])
def test_executed_notebooks_opened_in_jupyterlab_run_nothing_and_ask_for_nothing(hostile, browser, tmp_path, trusted):
    runs = hostile.reports / "runs"
    troubles: list[str] = []
    with jupyterlab(runs, tmp_path) as address:
        if trusted:
            trust(tmp_path, *(runs / name for name in NOTEBOOKS))
        for name in NOTEBOOKS:
            troubles += opened(browser, address, name, len(json.loads((runs / name).read_text("utf-8"))["cells"]))
    assert troubles == []


@pytest.mark.slow
def test_a_notebook_that_does_act_is_noticed(browser, tmp_path):
    acting = nbformat.v4.new_output(
        "display_data", {"text/html": "<img src='http://127.0.0.1:9/x' onerror='alert(1)'>"}
    )
    cell = nbformat.v4.new_code_cell("1", outputs=[acting])
    place = tmp_path / "acting" / "acting.ipynb"
    place.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), place)
    with jupyterlab(place.parent, tmp_path) as address:
        trust(tmp_path, place)
        assert (
            len(opened(browser, address, place.name, 1)) >= 3
        )  # the picture asked for, its handler run, both still there


def trust(home: Path, *notebooks: Path) -> None:
    command = [sys.executable, "-m", "jupyter", "trust", *map(str, notebooks)]
    subprocess.run(command, check=True, env={**os.environ, "HOME": str(home), "JUPYTER_DATA_DIR": str(home)})


def opened(browser, address: str, name: str, cells: int) -> list[str]:
    """What the notebook did that it should not, looked at from its first cell to its last."""
    troubles: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 6000})
    page.on("dialog", lambda d: (troubles.append(f"{name} {d.message}"), d.dismiss()))
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else troubles.append(r.url))
    page.goto(f"{address}/lab/workspaces/{name.partition('.')[0]}/tree/{name}?token={TOKEN}", timeout=120_000)
    page.wait_for_selector(".jp-OutputArea-output", timeout=120_000)
    for _ in range(cells):  # cells are drawn as they come into view
        page.keyboard.press("PageDown")
        page.locator(".jp-WindowedPanel-outer").first.evaluate("e => e.scrollBy(0, 3000)")
        page.wait_for_timeout(150)
    acted = page.locator(".jp-OutputArea-output").evaluate_all(
        "areas => areas.flatMap(a => [...a.querySelectorAll('script, iframe, object, embed, form, [onerror], [onload], [onfocus], "
        "[onmouseover], a[href^=javascript], img[src^=http]')]).map(e => e.outerHTML.slice(0, 120))"
    )
    troubles += [f"{name} {html}" for html in acted]
    if page.title() == "开":
        troubles.append(f"{name} ran a script")
    assert page.locator(".jp-OutputArea-output").count()
    page.close()
    return troubles
