"""What lies in a period's folder and is no ordinary file is named, never followed and never waited for; nothing obeys the terminal."""

import io
import os
import socket
import threading
from pathlib import Path

import pytest

from tally import campaigns
from tally.cli.language import printable, tell
from tally.intake.survey import survey
from tally.paths import Paths
from tally.readers import convert, read_bytes
from tests.hostile.conftest import PERIOD, UNIT

CAMPAIGN = campaigns.load("masks_2021")
FODT = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text='
    '"urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>总结<draw:frame '
    'svg:width="1cm" svg:height="1cm"><draw:image xlink:href="http://127.0.0.1:{}/x.png" xlink:type="simple"/></draw:frame>'
    "</text:p></office:text></office:body></office:document>"
)


def findings(tmp_path, place) -> dict[str, str]:
    """File -> rule of what the survey says after `place` has put something into a unit's folder."""
    paths = Paths(tmp_path, "masks_2021", PERIOD)
    folder = paths.raw / UNIT
    folder.mkdir(parents=True)
    (folder / "附件4.csv").write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    place(folder)
    surveyed = survey(CAMPAIGN, paths)
    assert f"{UNIT}/附件4.csv" in [f.path for f in surveyed.files] and len(surveyed.files) == 1
    return {f.file: f.rule for f in surveyed.findings if f.file}


def _listen(place: Path) -> None:
    """A socket at `place`, by a short name: the system takes no more than some hundred characters."""
    before = Path.cwd()
    os.chdir(place.parent)
    try:
        socket.socket(socket.AF_UNIX).bind(place.name)
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    "place",
    [
        lambda folder: (folder / "x.xlsx").symlink_to("/etc/hostname"),
        lambda folder: (folder / "x.xlsx").symlink_to(folder),
        lambda folder: (folder / "x.xlsx").symlink_to("x.xlsx"),
        lambda folder: os.mkfifo(folder / "x.xlsx"),
        lambda folder: _listen(folder / "x.xlsx"),
    ],
    ids=["link", "link to a folder", "loop", "pipe", "socket"],
)
@pytest.mark.skipif(os.name != "posix", reason="none of these can be made on Windows by a plain user")
def test_what_is_no_file_is_passed_over_by_name(tmp_path, place):
    assert findings(tmp_path, place) == {f"{UNIT}/x.xlsx": "intake.passed_over"}


@pytest.mark.skipif(os.name != "posix", reason="Windows has but one of them")
def test_names_that_differ_in_case_alone_are_two_files(tmp_path):
    paths = Paths(tmp_path, "masks_2021", PERIOD)
    names = (f"{UNIT}/A.xlsx", f"{UNIT}/a.XLSX", f"{UNIT}/附件/A.csv", f"{UNIT}/附件/a.csv")
    for name in names:
        (paths.raw / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.raw / name).write_text(f"a,b\n1,{name}\n", encoding="utf-8")
    if len(list((paths.raw / UNIT).iterdir())) == 3:  # a system on which they are one keeps one
        assert sorted(f.path for f in survey(CAMPAIGN, paths).files) == sorted(names)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("附件3.csv".encode("gbk"), "附件3.csv"), (b"a\x1b[2J.csv", "a\ufffd[2J.csv")],
    ids=["GBK", "escape"],
)
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
def test_a_name_that_cannot_be_shown_is_named_as_it_may_be_known_again(tmp_path, name, shown):
    def place(folder):
        (folder / os.fsdecode(name)).write_text("a,b,c\n1,2,3\n", encoding="utf-8")

    assert findings(tmp_path, place) == {f"{UNIT}/{shown}": "intake.odd_name"}


def test_no_control_sequence_reaches_the_terminal_whatever_its_encoding(capsys):
    tell("厂\x1b[31m\x1b]0;题\x07\x9b2J\u202e名\n\t好")
    assert capsys.readouterr().out == "厂\ufffd[31m\ufffd]0;题\ufffd\ufffd2J\ufffd名\n\t好\n"
    assert printable("好〔𠀀〕", "gbk").startswith("好") and printable("好", "ascii") == "?"
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    tell("好", file=narrow)


@pytest.mark.skipif(convert.converter() is None, reason="needs LibreOffice")
@pytest.mark.parametrize("namespace", [True, False], ids=["no network", "settings alone"])
def test_a_document_that_is_converted_reaches_nobody(monkeypatch, namespace):
    if not namespace:
        monkeypatch.setattr(convert, "_without_network", lambda: ())
    asked: list[bytes] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        threading.Thread(target=lambda: asked.append(listener.accept()[0].recv(99)), daemon=True).start()
        (document,) = read_bytes(FODT.format(listener.getsockname()[1]).encode(), "总结.fodt")
    assert "总结" in document.text and not asked
