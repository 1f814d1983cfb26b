"""totals.ipynb and report.ipynb run as papermill runs them, on invented tables of two periods."""

import json
import shutil
import subprocess
import sys

import nbformat
import papermill
import pytest

from tally.blocks import from_bundle
from tally.paths import PROJECT, Paths, notebooks
from tally.store.tables import read_table
from tests.unit.totals.invented import firm, periods, save


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("root")
    for tables in periods():
        save(folder, tables)
    return folder


def execute(name, root, **more):
    parameters = {"campaign": "masks_2021", "period": "2021-05", "root": str(root), **more}
    out = root / f"{name}.ipynb"
    papermill.execute_notebook(notebooks() / f"{name}.ipynb", out, parameters, progress_bar=False)
    return nbformat.read(out, 4)


def blocks(notebook):
    outputs = (o for c in notebook.cells if c.cell_type == "code" for o in c.outputs)
    return [b for o in outputs if "data" in o and (b := from_bundle(o["data"]))]


def test_the_totals_notebook_writes_the_long_table(root):
    shown = blocks(execute("totals", root))
    table = read_table(Paths(root, "masks_2021", "2021-05").processed / "totals.parquet")
    row = table[(table["unit"] == "320900") & (table["measure"] == "cases_handled") & (table["category"] == "total")]
    assert dict(zip(row["scope"], row["value"], strict=True)) == {"period": "149", "to_date": "308"}
    assert [b.kind for b in shown] == ["table", "table"]


def test_the_report_notebook_shows_the_public_edition_in_order(root):
    notebook = execute("report", root, edition="public")
    shown = blocks(notebook)
    assert shown[0].kind == "title" and shown[-1].kind == "provenance"
    assert not [b for b in shown if b.kind == "annex"]  # aggregates only: the lists stay inside
    assert firm("320902", 0) not in json.dumps(notebook, ensure_ascii=False)


@pytest.mark.parametrize("name", ["totals", "report"])
def test_the_notebooks_are_thin_and_stored_without_outputs(name):
    notebook = nbformat.read(notebooks() / f"{name}.ipynb", 4)
    nbformat.validate(notebook)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    assert notebook.metadata.kernelspec.name == "python3"
    assert [c.metadata.get("tags") for c in code].count(["parameters"]) == 1
    assert all(len(c.source.splitlines()) < 6 and "def " not in c.source for c in code)
    assert all(not c.outputs and c.execution_count is None for c in code)


def test_a_county_runs_by_papermill_s_own_command_line(tmp_path):
    """papermill makes numbers of codes; a period may be typed as people do."""
    here = Paths(tmp_path, "masks_2021", "2021-05")
    shutil.copytree(Paths(PROJECT, "masks_2021", "2021-05").raw / "亭湖区", here.raw / "亭湖区")
    out = tmp_path / "out.ipynb"
    sent = ("-p", "unit", "320902", "-p", "period", "2021-5", "-p", "root", str(tmp_path), "--no-progress-bar")
    command = (sys.executable, "-m", "papermill", str(notebooks() / "county.ipynb"), str(out), *sent)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert here.unit_tables("320902").exists() and "亭湖区" in out.read_text("utf-8")
