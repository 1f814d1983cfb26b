"""Whoever may write below the root tries to change what was released: `verify` says so, each time."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tally.life import ledger
from tally.life.recognise import broken
from tally.paths import Paths
from tally.report.amendments.record import RECORD, place, sha256
from tests.end_to_end.conftest import Ran, pipeline
from tests.unit.release.conftest import CAMPAIGN, NARRATIVE, PERIOD, release, run

Forgery = Callable[[Paths], None]


def edit(path: Path, old: bytes, new: bytes) -> None:
    """Changes a file that may only be read, as its owner can."""
    content = path.read_bytes()
    assert old in content
    path.chmod(0o644)
    path.write_bytes(content.replace(old, new))


def record_of(paths: Paths) -> Path:
    return place(paths, 1) / RECORD


def with_hash(paths: Paths, name: str) -> None:
    """Enters a changed file's hash in the release's record, which then agrees with it."""
    record = json.loads(record_of(paths).read_text(encoding="utf-8"))
    record["files"][name] = sha256(place(paths, 1) / name)
    record_of(paths).chmod(0o644)
    record_of(paths).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def approver_renamed(paths: Paths) -> None:
    edit(record_of(paths), "柳青".encode(), "王某".encode())


def date_changed(paths: Paths) -> None:
    edit(record_of(paths), b"2022-04-06", b"2022-04-05")


def pdf_with_its_hash(paths: Paths) -> None:
    edit(place(paths, 1) / "report.pdf", b"%%EOF", b"%%EOF\n%")
    with_hash(paths, "report.pdf")


def page_with_manifest(paths: Paths) -> None:
    """A figure of the page, its hash in the manifest, and both in the record."""
    page, manifest = place(paths, 1) / "report.html", place(paths, 1) / "manifest.json"
    before = sha256(page)
    edit(page, b"</body>", b"<p>0</p></body>")
    edit(manifest, before.encode(), sha256(page).encode())
    with_hash(paths, "report.html")
    with_hash(paths, "manifest.json")


def table_replaced(paths: Paths) -> None:
    table = next(place(paths, 1).rglob("findings.parquet"))
    edit(table, b"PAR1", b"PAR2")


def file_removed(paths: Paths) -> None:
    (place(paths, 1) / "report.docx").unlink()


def whole_release_deleted(paths: Paths) -> None:
    shutil.rmtree(place(paths, 1))


def list_deleted(paths: Paths) -> None:
    paths.ledger.unlink()


def list_line_removed(paths: Paths) -> None:
    head = paths.ledger.read_text(encoding="utf-8-sig").splitlines()[0]
    paths.ledger.write_text(head + "\n", encoding="utf-8")


def approver_renamed_in_the_list(paths: Paths) -> None:
    edit(paths.ledger, "柳青".encode(), "王某".encode())


def release_made_up(paths: Paths) -> None:
    """A second release that nobody approved, a copy of the first."""
    shutil.copytree(place(paths, 1), place(paths, 2))
    edit(place(paths, 2) / RECORD, b'"number": 1', b'"number": 2')


FORGERIES = (
    approver_renamed, date_changed, pdf_with_its_hash, page_with_manifest, table_replaced, file_removed,
    whole_release_deleted, list_deleted, list_line_removed, approver_renamed_in_the_list, release_made_up,
)  # fmt: skip


@pytest.fixture(scope="module")
def released(made, tmp_path_factory) -> Path:
    root = shutil.copytree(made, tmp_path_factory.mktemp("released") / "root")
    release(root)
    return root


@pytest.fixture
def root(released, tmp_path) -> Path:
    return shutil.copytree(released, tmp_path / "root")


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda f: f.__name__)
def test_a_forged_release_is_noticed(paths, forgery: Forgery):
    assert list(broken(paths)) == []
    forgery(paths)
    assert list(broken(paths)) != []


def test_verify_ends_with_one_and_names_what_was_forged(root, paths):
    whole_release_deleted(paths)
    ran = verified(root)
    assert ran.code == 1 and "releases/1/release.json：发布过" in ran.output, ran.output


def test_a_release_forged_together_with_the_list_is_noticed_by_the_fingerprint_kept_elsewhere(root, paths):
    head = ledger.head(paths)
    approver_renamed(paths)
    lines = list(csv.reader(io.StringIO(paths.ledger.read_text(encoding="utf-8-sig"))))
    lines[1][2:] = ["王某", sha256(record_of(paths))]
    paths.ledger.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    assert list(broken(paths)) == []
    ran = verified(root, "--head", head)
    assert ran.code == 1 and "指纹" in ran.output, ran.output


def test_the_fingerprint_of_an_earlier_release_is_no_alarm(root, paths):
    first = ledger.head(paths)
    (paths.narrative).write_text(NARRATIVE.replace("人手不足", "人手仍然不足"), encoding="utf-8")
    run(root)
    release(root)
    assert ledger.head(paths) != first
    for head, code in ((first, 0), (ledger.head(paths), 0), ("0000-0000-0000-0000-0000", 1)):
        ran = verified(root, "--head", head)
        assert ran.code == code, ran.output
    assert "第1次发布一致" in verified(root, "--head", first).output


def test_a_report_in_hand_is_held_against_the_fingerprint_too(root, paths):
    report = str(place(paths, 1) / "report.pdf")
    for head, code in ((ledger.head(paths), 0), ("0000-0000-0000-0000-0000", 1)):
        ran = pipeline("verify", PERIOD, report, "--head", head, "--campaign", CAMPAIGN, root=root)
        assert ran.code == code and ("不符" in ran.output) == bool(code), ran.output


def verified(root: Path, *more: str) -> Ran:
    return pipeline("verify", PERIOD, "--campaign", CAMPAIGN, *more, root=root)
