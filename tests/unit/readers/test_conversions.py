"""What is converted once is kept by its content, and made anew when anything about it changed."""

from pathlib import Path

import pytest

from tally.errors import UnreadableFile
from tally.paths import Paths
from tally.readers.conversions import conversion, kept_in


class Converter:
    """Makes another file at each call, so that what was kept can be told."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> bytes:
        self.calls += 1
        return f"made {self.calls}".encode()


def test_the_same_bytes_are_converted_once(tmp_path):
    make = Converter()
    with kept_in(tmp_path / "kept"):
        first = [conversion(b"doc", "doc", "docx", "/usr/bin/soffice", make) for _ in range(2)]
        other = conversion(b"doc", "rtf", "docx", "/usr/bin/soffice", make)
        changed = conversion(b"doc.", "doc", "docx", "/usr/bin/soffice", make)
    assert (first, other, changed) == ([b"made 1", b"made 1"], b"made 2", b"made 3")


def test_another_program_converts_anew(tmp_path):
    make, program = Converter(), tmp_path / "soffice"
    program.write_text("1")
    with kept_in(tmp_path / "kept"):
        conversion(b"doc", "doc", "docx", str(program), make)
        program.unlink()
        assert conversion(b"doc", "doc", "docx", str(program), make) == b"made 2"


@pytest.mark.parametrize(
    "damage", [lambda kept: kept[:-1], lambda kept: kept + b"0", lambda kept: b"", lambda kept: kept[64:]]
)
def test_what_was_kept_and_is_no_longer_whole_is_made_anew(tmp_path, damage):
    make = Converter()
    with kept_in(tmp_path):
        conversion(b"doc", "doc", "docx", "soffice", make)
        (kept,) = tmp_path.iterdir()
        kept.write_bytes(damage(kept.read_bytes()))
        assert conversion(b"doc", "doc", "docx", "soffice", make) == b"made 2"


def test_nothing_is_kept_where_no_folder_is_named_or_nothing_came_of_it(tmp_path):
    def refuse() -> bytes:
        raise UnreadableFile("damaged")

    make = Converter()
    assert [conversion(b"doc", "doc", "docx", "soffice", make) for _ in range(2)] == [b"made 1", b"made 2"]
    with kept_in(tmp_path), pytest.raises(UnreadableFile):
        conversion(b"doc", "doc", "docx", "soffice", refuse)
    assert not list(tmp_path.iterdir())


def test_a_received_file_says_of_which_period_it_is():
    paths = Paths(Path("/root"), "masks_2021", "2021-05")
    for name in ("附件4.doc", "响水县/附件4.doc"):
        assert Paths.of_file(paths.raw / name, name) == paths
    assert Paths.of_file(Path("/tmp/inbox/附件4.doc"), "附件4.doc") is None
    assert Paths.of_file(Path("附件4.doc"), "附件4.doc") is None
