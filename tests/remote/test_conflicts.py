"""What others change in the storage while a command is at work stays theirs, and what is half sent is never believed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tally.errors import TallyError
from tally.store.remote.address import Address
from tally.store.remote.work import work

UNIT = "data/processed/masks_2021/2021-05/units/320902"
REGISTER = "data/raw/masks_2021/2021-05/received.csv"


class Office:
    """A bucket, or a root of another kind, as one machine sees it; `at` does a command on it."""

    def __init__(self, bucket, cache: Path, url: str = ""):
        self.bucket, self.cache, self.said = bucket, cache, []
        self.url = url or bucket.url

    def at(self, command=lambda root: None, *, writes: bool = True) -> int:
        def done(away) -> int:
            command(away.copy.root)
            return 0

        return work(Address(self.url), str(self.cache), "masks_2021", self.said.append, done, writes=writes)

    @property
    def root(self) -> Path:
        return next(self.cache.glob("*/root"))


@pytest.fixture
def office(bucket, tmp_path) -> Office:
    return Office(bucket, tmp_path / "cache")


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name("fresh")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def unit(root: Path, text: str) -> None:
    """What a run does for one unit: the state goes first, and comes back last."""
    (root / UNIT / "state.json").unlink(missing_ok=True)
    write(root, f"{UNIT}/cases.parquet", text)
    write(root, f"{UNIT}/cells.parquet", text)
    write(root, f"{UNIT}/state.json", f"state of {text}")


def test_what_a_command_writes_changes_and_removes_is_sent_and_nothing_else(office, wire):
    office.bucket.put(REGISTER, b"file,received\n")
    office.at(lambda root: unit(root, "a"))
    assert sorted(office.bucket.names()) == sorted(
        [REGISTER, *(f"{UNIT}/{n}" for n in ("cases.parquet", "cells.parquet", "state.json"))]
    )
    wire.requests.clear()
    office.at(lambda root: (root / UNIT / "cells.parquet").unlink())
    assert [p.rpartition("/")[2] for p in wire.objects("PUT")] == ["state.json"]
    assert f"{UNIT}/cells.parquet" not in office.bucket.names()


def test_the_same_bytes_written_again_are_not_sent_again(office, wire):
    office.at(lambda root: unit(root, "a"))
    wire.requests.clear()
    office.at(lambda root: unit(root, "a"))
    assert wire.objects("PUT", "GET", "DELETE") == []


def test_what_vouches_goes_first_and_comes_last(office, wire):
    office.at(lambda root: unit(root, "a"))
    wire.requests.clear()
    office.at(lambda root: unit(root, "b"))
    changes = [(m, p) for m, p in wire.requests if m in ("PUT", "POST") and "run.lock" not in p]
    assert [m for m, _ in changes] == ["POST", "PUT", "PUT", "PUT", "POST"]  # the last gives the lock back
    assert [p.rpartition("/")[2] for _, p in sorted(changes[1:3])] == ["cases.parquet", "cells.parquet"]
    assert changes[3][1].endswith("state.json")


@pytest.mark.parametrize("before", [b"as it was", None])
def test_what_somebody_else_changed_meanwhile_is_not_overwritten(office, before):
    if before is not None:
        office.bucket.put(REGISTER, before)

    def command(root: Path) -> None:
        write(root, REGISTER, "ours")
        write(root, "data/raw/masks_2021/2021-05/亭湖区/新报表.xlsx", "ours")
        unit(root, "a")
        office.bucket.put(REGISTER, b"theirs")

    with pytest.raises(TallyError, match="被别人改动，没有覆盖.*received.csv") as told:
        office.at(command)
    assert "重新运行" in told.value.remedy and office.bucket.url in told.value.fact
    assert office.bucket.get(REGISTER) == b"theirs"
    names = office.bucket.names()
    assert "data/raw/masks_2021/2021-05/亭湖区/新报表.xlsx" not in names, "a return without its line in the register"
    assert f"{UNIT}/state.json" in names, "results are no part of that"
    office.at()
    assert (office.root / REGISTER).read_text() == "theirs"
    assert any("没有采用" in said and "unsent" in said for said in office.said)
    assert (office.root.parent / "unsent" / REGISTER).read_text() == "ours"


def test_what_somebody_else_removed_meanwhile_is_not_put_back(office):
    office.bucket.put(REGISTER, b"before")

    def command(root: Path) -> None:
        write(root, REGISTER, "ours")
        office.bucket.remove(REGISTER)

    with pytest.raises(TallyError, match="被别人改动"):
        office.at(command)
    assert REGISTER not in office.bucket.names()


def test_a_change_at_the_very_moment_of_writing_is_noticed_by_the_storage(office, wire):
    office.at(lambda root: unit(root, "a"))
    theirs = []

    def at(method: str, path: str) -> None:
        if method == "PUT" and path.endswith("cases.parquet") and not theirs:
            theirs.append(path)
            other = type(office.bucket)(office.bucket.name, office.bucket.client)
            other.put(f"{UNIT}/cases.parquet", b"theirs")

    wire.at = at
    with pytest.raises(TallyError, match="被别人改动，没有覆盖.*cases.parquet"):
        office.at(lambda root: unit(root, "b"))
    assert office.bucket.get(f"{UNIT}/cases.parquet") == b"theirs"
    assert f"{UNIT}/state.json" not in office.bucket.names(), "nothing vouches for a mixture"
    office.at()
    assert (office.root / UNIT / "cases.parquet").read_text() == "theirs"


def test_a_storage_that_does_not_remove_what_vouches_gets_nothing_that_it_vouches_for(office, wire):
    office.at(lambda root: unit(root, "a"))
    before = office.bucket.get(f"{UNIT}/cases.parquet")

    def command(root: Path) -> None:
        unit(root, "b")
        wire.removes = False

    with pytest.raises(TallyError, match="拒绝访问.*AccessDenied"):
        office.at(command)
    assert office.bucket.get(f"{UNIT}/state.json") == b"state of a"
    assert office.bucket.get(f"{UNIT}/cases.parquet") == before


def test_results_that_could_not_be_sent_stay_for_the_next_command(office, wire):
    def fails(root: Path) -> None:
        unit(root, "a")
        wire.refused = frozenset({"PUT"})
        raise TallyError("没有做完", "")

    with pytest.raises(TallyError, match="没有做完"):
        office.at(fails)
    assert any("没有存入存储" in said for said in office.said)
    assert f"{UNIT}/state.json" not in office.bucket.names()
    wire.refused = frozenset()
    office.at()
    assert office.bucket.get(f"{UNIT}/state.json") == b"state of a"


def test_results_not_sent_give_way_to_what_another_machine_has_made_since(office, wire, tmp_path):
    office.at(lambda root: unit(root, "a"))

    def fails(root: Path) -> None:
        unit(root, "b")
        wire.refused = frozenset({"PUT", "POST", "DELETE"})
        raise TallyError("没有做完", "")

    with pytest.raises(TallyError, match="没有做完"):
        office.at(fails)
    wire.refused = frozenset()
    other = Office(office.bucket, tmp_path / "other")
    office.bucket.remove("data/processed/run.lock")  # of the command that could not give it back
    other.at(lambda root: (write(root, f"{UNIT}/cases.parquet", "c"), write(root, f"{UNIT}/state.json", "of c")))
    office.at()
    assert {p.name: p.read_text() for p in (office.root / UNIT).iterdir()} == {
        "cases.parquet": "c",
        "cells.parquet": "a",
        "state.json": "of c",
    }
    assert office.bucket.get(f"{UNIT}/cases.parquet") == b"c"


def test_what_was_finished_is_sent_when_a_command_is_interrupted(office):
    def interrupted(root: Path) -> None:
        unit(root, "a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.at(interrupted)
    assert office.bucket.get(f"{UNIT}/state.json") == b"state of a"


def test_a_return_keeps_the_time_of_its_object_on_every_machine(office, tmp_path):
    name = "data/raw/masks_2021/2021-05/亭湖区/报表.xlsx"
    office.bucket.put(name, b"x")
    times = []
    for machine in (office, Office(office.bucket, tmp_path / "other")):
        machine.at()
        times.append((machine.root / name).stat().st_mtime)
    assert times[0] == times[1]
    os.utime(office.root / name, (1, 1))
    office.at()
    assert (office.root / name).read_bytes() == b"x" and name in office.bucket.names()


def test_a_command_that_reads_takes_no_lock_and_sends_nothing(office, wire):
    office.bucket.put(REGISTER, b"file,received\n")
    wire.refused = frozenset({"PUT", "POST", "DELETE"})
    office.at(lambda root: unit(root, "a"), writes=False)
    assert office.bucket.names() == [REGISTER]


def test_two_commands_of_one_machine_do_not_share_a_working_copy(office, monkeypatch):
    monkeypatch.setattr("tally.store.remote.work.WAIT", 0.0)

    def command(root: Path) -> None:
        office.at(writes=False)
        with pytest.raises(TallyError, match="本机另一个运行正在使用"):
            office.at()

    office.at(command)
    assert any("没有与存储核对" in said for said in office.said)


def test_a_working_copy_that_lost_its_memory_moves_nothing_again(office, wire):
    office.bucket.put(REGISTER, b"file,received\n")
    office.at(lambda root: unit(root, "a"))
    (office.root.parent / "index.json").unlink()
    wire.requests.clear()
    office.at()
    assert wire.objects("GET", "PUT", "DELETE") == []


def test_a_name_that_leads_out_of_the_root_is_refused(office):
    office.bucket.put("data/raw/masks_2021/2021-05/../../../../../out.txt", b"x")
    with pytest.raises(TallyError, match="不能用作本机的文件名"):
        office.at(writes=False)
    assert not (office.cache.parent / "out.txt").exists()


def test_a_campaign_that_is_no_name_reaches_nothing_outside(office, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")

    def refused(away) -> int:
        raise TallyError("没有这个专项", "")

    with pytest.raises(TallyError, match="没有这个专项"):
        work(Address(office.bucket.url), str(office.cache), "../" * 6 + "secret", print, refused, writes=True)
    assert office.bucket.names() == []


@pytest.mark.parametrize("kind", ["changed", "left alone"])
def test_a_storage_without_conditions_is_looked_at_before_it_is_written(kind, tmp_path):
    import fsspec

    place = f"/{tmp_path.name}"
    there = fsspec.filesystem("memory")
    office = Office(None, tmp_path / "cache", f"memory:/{place}")
    there.pipe_file(f"{place}/{REGISTER}", b"before")

    def command(root: Path) -> None:
        assert (root / REGISTER).read_text() == "before"
        write(root, REGISTER, "ours")
        unit(root, "a")
        if kind == "changed":
            there.pipe_file(f"{place}/{REGISTER}", b"theirs, later")

    if kind == "changed":
        with pytest.raises(TallyError, match="被别人改动，没有覆盖.*received.csv"):
            office.at(command)
    else:
        office.at(command)
    assert there.cat_file(f"{place}/{REGISTER}") == (b"theirs, later" if kind == "changed" else b"ours")
    assert there.cat_file(f"{place}/{UNIT}/state.json") == b"state of a"
    other = Office(None, tmp_path / "other", f"memory:/{place}")
    other.at(writes=False)
    assert (other.root / UNIT / "cases.parquet").read_text() == "a"


def test_a_storage_of_s3_that_knows_no_conditions_is_looked_at_before_it_is_written(office, wire):
    wire.conditions = False
    office.bucket.put(REGISTER, b"before")

    def command(root: Path) -> None:
        write(root, REGISTER, "ours")
        unit(root, "a")
        office.bucket.put(REGISTER, b"theirs")

    with pytest.raises(TallyError, match="被别人改动，没有覆盖.*received.csv"):
        office.at(command)
    assert office.bucket.get(REGISTER) == b"theirs"
    assert office.bucket.get(f"{UNIT}/state.json") == b"state of a"
