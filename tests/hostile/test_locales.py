"""What a program prints is read by programs and shown by terminals of any locale: C, POSIX and GBK as much as UTF-8."""

import json
import os
import subprocess
import sys
import unicodedata

import pytest

from tests.end_to_end.conftest import PROJECT
from tests.hostile.conftest import PERIOD

PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LOCALES = {
    "C": {"LC_ALL": "C", **PLAIN},
    "POSIX": {"LC_ALL": "POSIX", **PLAIN},
    "zh_CN.GBK": {"LC_ALL": "C", "PYTHONIOENCODING": "gbk", **PLAIN},
}


def printed(locale: str, root, *words: str) -> bytes:
    """Standard output of a command that must end well."""
    command = [sys.executable, str(PROJECT / "pipeline.py"), *words, "--root", str(root)]
    done = subprocess.run(command, capture_output=True, cwd=PROJECT, env=os.environ | LOCALES[locale], timeout=300)
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr[-2000:]
    return done.stdout


def controls(text: str) -> set[str]:
    """The characters that a terminal obeys, but for the end of a line."""
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf")} - {"\n", "\r"}


@pytest.mark.parametrize("locale", ["C", "zh_CN.GBK"])
@pytest.mark.parametrize(
    "words", [("status", PERIOD), ("trace", PERIOD, "cases.total.cases_handled")], ids=lambda w: w[0]
)
def test_json_is_json_in_every_locale(hostile, locale, words):
    text = printed(locale, hostile.root, *words, "--json").decode("gbk" if "GBK" in locale else "ascii")
    assert json.loads(text)
    assert controls(text) == set()


@pytest.mark.parametrize("locale", ["POSIX", "zh_CN.GBK"])
def test_what_is_told_can_be_shown_in_every_locale(hostile, locale):
    text = printed(locale, hostile.root, "status", PERIOD).decode("gbk" if "GBK" in locale else "ascii")
    assert PERIOD in text
    assert controls(text) == set()


@pytest.mark.parametrize("locale", ["C"])
def test_a_units_folder_is_known_in_every_locale(tmp_path, locale):
    place = tmp_path / "data" / "raw" / "masks_2021" / PERIOD / "亭湖区" / "附件4.csv"
    place.parent.mkdir(parents=True)
    place.write_text("a,b\n1,2\n", encoding="utf-8")
    units = json.loads(printed(locale, tmp_path, "status", PERIOD, "--json"))["units"]
    assert [u["name"] for u in units if u["files"]] == ["亭湖区"]


@pytest.mark.skipif(os.name != "posix", reason="a shell of Windows closes none")
@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_file_that_is_written(tmp_path, closed):
    (tmp_path / "data" / "raw" / "masks_2021" / PERIOD).mkdir(parents=True)
    command = f"exec {sys.executable} {PROJECT / 'pipeline.py'} status {PERIOD} --root {tmp_path} {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=PROJECT, timeout=300)
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr[-2000:]
