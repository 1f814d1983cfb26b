"""Each hostile file through every command that opens returns: nothing hangs, nothing takes all memory, nobody else is touched.

A unit sends one file each, so that ten are tried at once; the eleventh unit sends what is sound. How long and how much is
counted as the system counts it for the command and all that it started: seconds of computing, and the largest process.
"""

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass

import pandas as pd
import pytest

from tally import campaigns
from tally.desk.desk import Desk
from tally.paths import Paths
from tests.end_to_end.conftest import PROJECT
from tests.hostile.conftest import PERIOD
from tests.hostile.inventions import FILES
from tests.unit.readers.test_bounds import READ, REFUSED

CAMPAIGN = campaigns.load("masks_2021")
SOUND = "320902"
KNOWN = {what: ("来文.bin", lambda content=content: content) for what, content in (REFUSED | READ).items()}
EVERY = {**KNOWN, **FILES}
SAMPLE = ("a directory that lies about sizes", "laughs in the sheet", "pages that lead in a circle", "groups in groups")

COMPUTING = 10.0  # seconds for one file, each time that it is opened
TIMES = 3  # a command opens a file to know whose it is, to read it, and for the copy that goes back
COMMAND = 60.0  # seconds a command takes for itself
MEMORY = (
    1.5 * 2**20 + 300 * 2**10
)  # kB: what a file may take (`limits.READ_MEMORY`), and the process that opens it before
HANGS = 1500  # by the clock, on a machine that does other work


@dataclass(frozen=True)
class Done:
    code: int
    output: str
    seconds: float
    memory: int


def done(root, *words: str) -> Done:
    """A command of the command line, and what it took with all that it started."""
    said = root / "said.txt"
    with said.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [sys.executable, str(PROJECT / "pipeline.py"), *words, "--root", str(root)],
            cwd=root, stdout=out, stderr=out, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        too_long = threading.Timer(HANGS, process.kill)
        too_long.start()
        _, status, used = os.wait4(process.pid, 0)
        too_long.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Done(process.returncode, said.read_text("utf-8"), used.ru_utime + used.ru_stime, used.ru_maxrss)


def sound(raw) -> None:
    source = next((PROJECT / "data" / "raw" / "masks_2021" / PERIOD).glob("*亭湖*"))
    shutil.copytree(source, raw / "亭湖区")


def tables(root) -> dict[str, str]:
    """What stands of the sound unit in every table."""
    folder = Paths(root, "masks_2021", PERIOD).processed
    read = {p.name: pd.read_parquet(p) for p in sorted(folder.glob("*.parquet"))}
    return {name: t[t["unit"] == SOUND].to_csv() for name, t in read.items() if "unit" in t}


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> dict[str, str]:
    """The sound unit's tables when nobody else has sent anything."""
    root = tmp_path_factory.mktemp("alone")
    sound(root / "data" / "raw" / "masks_2021" / PERIOD)
    ran = done(root, "check", PERIOD)
    assert ran.code == 0, ran.output
    return tables(root)


def through_every_command(root, files: dict[str, tuple], alone: dict[str, str]) -> None:
    paths = Paths(root, "masks_2021", PERIOD)
    sound(paths.raw)
    units = [u for u in CAMPAIGN.units if u.code != SOUND]
    sent = {}
    for (what, (name, made)), unit in zip(files.items(), units, strict=False):
        come = root / "come" / unit.code / name
        come.parent.mkdir(parents=True)
        come.write_bytes(made())
        sent[what] = (unit, come)
    allowed = COMMAND + TIMES * COMPUTING * len(sent)

    def command(*words: str, codes: tuple[int, ...] = (0,)) -> None:
        ran = done(root, *words)
        assert "Traceback" not in ran.output, f"{words}\n{ran.output}"
        assert ran.code in codes, f"{words}: {ran.code}\n{ran.output}"
        assert ran.seconds < allowed and ran.memory < MEMORY, f"{words}: {ran.seconds:.0f} s, {ran.memory} kB"

    for unit, come in sent.values():
        command("receive", str(come), "--period", PERIOD, "--unit", unit.code, codes=(0, 1, 2))
    command("check", PERIOD)
    assert tables(root) == alone
    findings = pd.read_parquet(paths.processed / "findings.parquet")
    for what, (unit, _) in sent.items():
        assert (findings["unit"] == unit.code).any(), what
    for unit, come in sent.values():  # a second time, a byte longer: now there is an earlier version to compare with
        come.write_bytes(come.read_bytes() + b"\n")
        command("receive", str(come), "--period", PERIOD, "--unit", unit.code, codes=(0, 1, 2))
    for words in (("run",), ("run", "--edition", "public"), ("status",), ("remind",), ("templates",), ("disclosure",)):
        command(words[0], PERIOD, *words[1:])
    command("trace", PERIOD, "cases.total.cases_handled")
    command("verify", PERIOD, codes=(0, 1))
    command("accept", PERIOD, "亭湖区", "--by", "柳青", codes=(0, 1))
    desk = Desk(CAMPAIGN, paths, "柳青")
    asked = [i["name"] for i in desk.answer({"ask": "overview"})["items"]]
    answers = [desk.answer({"ask": "evidence", "name": name}) for name in asked[:200]]
    assert asked and all(isinstance(answer, dict) for answer in answers)
    assert all((paths.feedback / f"{unit.code}.xlsx").exists() for unit, _ in sent.values())
    now = tables(root)
    assert {name: now[name] for name in alone} == alone  # `run` has written more of them


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, len(EVERY), 10))
def test_a_hostile_file_gets_through_every_command_and_touches_nobody(tmp_path, alone, first):
    through_every_command(tmp_path, dict(list(EVERY.items())[first : first + 10]), alone)


def test_a_few_hostile_files_are_told_by_check_and_touch_nobody(tmp_path, alone):
    paths = Paths(tmp_path, "masks_2021", PERIOD)
    sound(paths.raw)
    for what in SAMPLE:
        name, made = EVERY[what]
        (paths.raw / "响水县").mkdir(exist_ok=True)
        (paths.raw / "响水县" / f"{what}.{name.rpartition('.')[2]}").write_bytes(made())
    ran = done(tmp_path, "check", PERIOD)
    assert ran.code == 0 and "Traceback" not in ran.output, ran.output
    findings = pd.read_parquet(paths.processed / "findings.parquet")
    of_files = findings[findings["rule"].str.startswith(("file.", "intake.")) & (findings["unit"] == "320921")]
    assert {what for what in SAMPLE if of_files["file"].str.contains(what).any()} == set(SAMPLE)
    assert tables(tmp_path) == alone


@pytest.mark.slow
def test_all_of_them_in_one_units_folder_come_to_an_end(tmp_path, alone):
    paths = Paths(tmp_path, "masks_2021", PERIOD)
    sound(paths.raw)
    folder = paths.raw / "响水县"
    folder.mkdir()
    for number, (name, made) in enumerate(KNOWN.values()):
        (folder / f"{number}-{name}").write_bytes(made())
    ran = done(tmp_path, "check", PERIOD)
    assert ran.code == 0 and "Traceback" not in ran.output, ran.output
    assert ran.seconds < COMMAND + TIMES * COMPUTING * len(KNOWN) and ran.memory < MEMORY
    findings = pd.read_parquet(paths.processed / "findings.parquet").query("unit == '320921'")
    named = " ".join(findings["file"].fillna("") + findings["message"])
    assert [n for n, (name, _) in enumerate(KNOWN.values()) if f"{n}-{name}" not in named] == []
    assert tables(tmp_path) == alone
