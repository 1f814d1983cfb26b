"""What somebody meets in the first minutes: another Python, no environment, a name typed as people type it."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from jupyterlab.commands import get_app_dir
from jupyterlab_server.settings_utils import get_settings
from jupyterlab_server.translation_utils import get_language_packs

import pipeline
import tally
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.cli import console
from tally.cli.commands import COMMANDS
from tally.cli.examples import EXAMPLES
from tally.cli.grammar import parsed
from tally.cli.language import use
from tally.cli.workbench import SETTINGS
from tally.errors import TallyError
from tally.paths import PROJECT, ROOT_VARIABLE, Paths, chosen
from tally.store.tables import load_period
from tests.unit import processed


def python(*args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONUTF8": "1", "LANGUAGE": "zh"}
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, cwd=PROJECT, env=env, timeout=60)


@pytest.mark.parametrize("version", [(3, 10, 1), (3, 11, 4)])
def test_an_older_python_gets_one_sentence(version):
    done = python("-c", f"import sys; sys.version_info = {version}; import tally")
    shown = ".".join(map(str, version))
    assert done.returncode == 1
    assert (
        done.stderr.strip() == f"需要 Python 3.11.5 或更新的版本，现在是 {shown}。 tally needs Python 3.11.5 or newer."
    )


def test_outside_the_environment_it_says_how_to_get_in():
    done = python(
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(PROJECT)!r}); import pipeline; sys.exit(pipeline.main(['status']))",
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "没有启用项目的环境" in done.stderr and "activate" in done.stderr


def test_what_stands_after_two_dashes_goes_to_jupyterlab():
    done = python("pipeline.py", "lab", "--", "--version")
    assert done.returncode == 0 and done.stdout.strip()[0].isdigit()


def test_notebooks_that_name_no_root_read_the_one_given_to_lab(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))  # as `lab --root` sets it for the notebooks' kernels
    assert (chosen(), chosen(PROJECT)) == (tmp_path, PROJECT)  # one that is named holds
    with pytest.raises(TallyError, match="还没有"):  # the project's own periods are not shown in its stead
        tally.open("masks_2021")


@pytest.mark.parametrize(("language", "locale"), [("zh", "zh_CN"), ("en", "default")])
def test_lab_speaks_the_language_in_use_and_asks_about_no_news(language, locale, monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(SETTINGS / language))  # as `lab` sets it
    app = get_app_dir()
    plugins = ("@jupyterlab/translation-extension:plugin", "@jupyterlab/apputils-extension:notification")
    schemas = [get_settings(app, f"{app}/schemas", str(tmp_path), schema_name=p)[0]["schema"] for p in plugins]
    spoken, news = schemas[0]["properties"]["locale"]["default"], schemas[1]["properties"]["fetchNews"]["default"]
    assert (spoken, news) == (locale, "false")
    assert "zh_CN" in get_language_packs()[0]


def test_lab_refuses_a_root_that_is_not_there():
    done = python("pipeline.py", "lab", "--root", "没有的文件夹", "--", "--version")
    assert done.returncode == 2 and "没有这个文件夹" in done.stderr


@pytest.mark.parametrize("command", EXAMPLES)
def test_every_command_shows_examples_that_it_can_parse(command, capsys):
    use("zh")
    with pytest.raises(SystemExit):
        pipeline.parser().parse_args([command, "--help"])
    assert "例：pythonpipeline.py" in "".join(capsys.readouterr().out.split())
    for example in EXAMPLES[command]:
        assert parsed(example.split()).command == command


def test_every_command_has_its_examples():
    assert list(EXAMPLES) == list(COMMANDS)


def test_help_imports_nothing_that_takes_long():
    code = "import sys, pipeline\ntry: pipeline.main(['--help'])\nexcept SystemExit: print('modules', *sys.modules)"
    loaded = python("-c", code).stdout.rpartition("modules")[2].split()
    heavy = {"pandas", "pyarrow", "numpy", "papermill", "nbformat", "openpyxl", "lxml", "asyncio", "jupyter_client"}
    assert "tally.cli.grammar" in loaded
    assert not heavy & set(loaded)
    assert not {m for m in loaded if m.startswith("tally.") and m.split(".")[1] not in ("cli", "errors", "paths")}


def open_findings(everything: bool) -> str:
    tables = load_period(Paths(processed.root(), "masks_2021", "2021-05"), CAMPAIGN)
    return console.findings(SimpleNamespace(campaign=CAMPAIGN, tables=tables), everything=everything)


def test_the_first_twenty_findings_are_listed_errors_first():
    lines = open_findings(False).splitlines()
    heads = [line for line in lines if line[:3].strip().isdigit()]
    assert len(heads) == 20 and all("差错" in line or "疑点" in line for line in heads)
    assert ["疑点" in line for line in heads] == sorted("疑点" in line for line in heads)
    assert "--all" in lines[-1]


def test_all_are_listed_where_all_are_asked_for():
    lines = open_findings(True).splitlines()
    heads = [line for line in lines if line[:3].strip().isdigit()]
    tables = load_period(Paths(processed.root(), "masks_2021", "2021-05"), CAMPAIGN)
    assert len(heads) == int(tables.findings["severity"].isin(["error", "warning"]).sum())
    assert "--all" not in lines[-1]
