"""What lies on disk between two runs is damaged bit by bit: no figure changes without a word, and nothing ends in a traceback."""

import json
import os
import random
import shutil
import time

import pytest

from tally import campaigns, totals
from tally.errors import TallyError
from tally.intake import known_files
from tally.intake.register import read_register
from tally.paths import Paths
from tally.returns.stored import load_unit
from tally.run import states
from tally.store import lock
from tally.store.seals import SEALS, Broken, read_record
from tally.store.tables import load_period
from tests.end_to_end.conftest import pipeline, sample
from tests.hostile.conftest import PERIOD

CAMPAIGN = campaigns.load("masks_2021")
FLIPS = int(os.environ.get("TALLY_FLIPS", "150"))  # of each kind of file; the nightly run tries 1,000
UNIT = "320902"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One unit's returns of a period, run to the end."""
    root = sample(tmp_path_factory.mktemp("state"), PERIOD)
    for other in (root / "data" / "raw" / "masks_2021" / PERIOD).iterdir():
        if "亭湖" not in other.name and other.is_dir():
            shutil.rmtree(other)
    time.sleep(2.1)  # younger files may still change within the clock's tick: a run does not note them as known
    assert pipeline("run", PERIOD, root=root).code == 0
    return Paths(root, "masks_2021", PERIOD)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A bit flipped, some bytes overwritten, or the file cut."""
    at = chance.randrange(len(content))
    how = chance.randrange(4)
    if how == 0:
        return content[:at]
    if how == 1:
        return content[:at] + chance.randbytes(min(16, len(content) - at)) + content[at + 16 :]
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def tried(path, read, times: int, seed: int = 0):
    """Reads after each of so many damages; yields what was read, or the TallyError. The file is whole again at the end."""
    content, chance = path.read_bytes(), random.Random(seed)
    try:
        for _ in range(times):
            spoilt = damaged(content, chance)
            if spoilt == content:
                continue
            path.write_bytes(spoilt)
            try:
                yield read()
            except TallyError as e:
                yield e
    finally:
        path.write_bytes(content)


def test_a_joined_table_is_read_as_it_was_written_or_named(made):
    outcomes = list(tried(made.processed / "cases.parquet", lambda: load_period(made, CAMPAIGN), FLIPS))
    assert len(outcomes) > FLIPS * 0.9 and all(isinstance(o, Broken) and "cases.parquet" in o.fact for o in outcomes)


def test_a_units_tables_are_read_as_they_were_written_or_named(made):
    outcomes = list(tried(made.unit_tables(UNIT), lambda: load_unit(made, CAMPAIGN, UNIT), FLIPS))
    assert len(outcomes) > FLIPS * 0.9 and all(isinstance(o, Broken) for o in outcomes)


def test_stored_totals_are_worked_out_anew_where_they_are_not_as_written(made):
    whole = {ref: f.value for ref, f in totals.open_totals(CAMPAIGN, made).book.items()}

    def read():
        return {ref: f.value for ref, f in totals.open_totals(CAMPAIGN, made).book.items()}

    assert all(book == whole for book in tried(made.processed / "figures.parquet", read, 8))


@pytest.mark.parametrize("place", ["units/320902/state.json", "state.json", SEALS, "units/joined.json"])
def test_a_record_is_read_as_it_was_written_or_not_at_all(made, place):
    whole = read_record(made.processed / place)
    assert whole and all(
        reading in (None, whole)
        for reading in tried(made.processed / place, lambda: read_record(made.processed / place), FLIPS)
    )


def test_a_changed_state_or_output_is_a_reason_to_run_again(made):
    stored = states.state_file(made.unit(UNIT))
    now = {k: v for k, v in read_record(stored).items() if k != "outputs"}
    assert states.reasons(stored, now) == []
    assert all(states.reasons(stored, now) for _ in tried(stored, lambda: None, FLIPS) if read_record(stored) != now)
    for _ in tried(made.unit_tables(UNIT), lambda: None, FLIPS):
        assert states.reasons(stored, now) == ["输出文件缺失或被改动"]


def test_what_was_learnt_of_files_is_forgotten_rather_than_believed_wrongly(made):
    whole = known_files.load(made)
    place = made.processed / "known-files.json"
    for seen in tried(place, lambda: known_files.load(made), FLIPS):
        assert (seen.before, seen.named_before) in (({}, {}), (whole.before, whole.named_before))


def test_a_damaged_register_never_ends_in_a_traceback_and_what_names_no_file_is_said(made):
    """People write it, so nothing vouches for it: a digit turned into another is another day, a line cut off is missing.

    What names no file is said.
    """
    place = made.register
    files = {f"亭湖区/{n}.xlsx" for n in range(1, 29)}
    lines = "file,received\n" + "".join(f"亭湖区/{n}.xlsx,2021-05-{n:02d}\n" for n in range(1, 29))
    before = place.read_bytes() if place.exists() else None
    place.write_text(lines, encoding="utf-8")
    try:
        for outcome in tried(place, lambda: read_register(CAMPAIGN, made, files), FLIPS):
            assert isinstance(outcome, TallyError) or set(outcome.days) <= files or outcome.findings
    finally:
        place.unlink() if before is None else place.write_bytes(before)


def test_a_lock_of_any_content_is_taken(made):
    place = made.root / "data" / "processed" / "run.lock"
    place.write_text(json.dumps({"pid": 1, "host": "x", "since": "2021-05-01 00:00:00"}), encoding="utf-8")

    def take():
        with lock.held(made.root, lambda line: None):
            return "held"

    for outcome in tried(place, take, 40):
        assert outcome == "held" or isinstance(outcome, TallyError)
    for content in (
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"pid": "x"}',
        b'{"pid": -1, "host": null, "since": 3}',
        b"{" * 5000,
    ):
        place.write_bytes(content)
        try:
            assert take() == "held"
        except TallyError as e:  # a holder on another machine that may still be at work
            assert "锁文件" in e.remedy


def test_an_edited_joined_table_is_made_again_from_the_returns_and_never_made_good(made):
    table = made.processed / "cases.parquet"
    content = table.read_bytes()
    table.write_bytes(content[:-20] + bytes(20))
    assert pipeline("verify", PERIOD, root=made.root).code == 1
    assert pipeline("run", PERIOD, root=made.root).code == 0
    assert table.read_bytes() == content
    assert pipeline("verify", PERIOD, root=made.root).code == 0


def test_a_page_and_its_manifest_changed_together_are_noticed(made):
    page, manifest = made.reports / "report.html", made.reports / "manifest.json"
    page_before, manifest_before = page.read_bytes(), manifest.read_text(encoding="utf-8")
    page.write_bytes(page_before + b"<!-- -->")
    record = json.loads(manifest_before)
    entry = next(e for e in record["outputs"] if e["file"].endswith("report.html"))
    entry["sha256"] = __import__("hashlib").sha256(page.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(record), encoding="utf-8")
    reading = pipeline("verify", PERIOD, root=made.root)
    page.write_bytes(page_before)
    manifest.write_text(manifest_before, encoding="utf-8")
    assert reading.code == 1 and "manifest.json" in reading.output
