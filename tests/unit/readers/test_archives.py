"""Zip archives as people pack them."""

import io
import struct
import zipfile

import openpyxl
import pytest

from tally.errors import UnreadableFile
from tally.readers import read_bytes
from tally.readers.parcels import part


def workbook(value) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = value
    book.save(out)
    return out.getvalue()


def packed(members: dict[str, bytes], encoding: str = "") -> bytes:
    """A zip of `members`; with an `encoding` the names are written in it and not flagged as UTF-8."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members.items():
            info = zipfile.ZipInfo(name.encode(encoding).decode("cp437") if encoding else name)
            z.writestr(info, data)
    return unflagged(out.getvalue()) if encoding else out.getvalue()


def unflagged(archive: bytes) -> bytes:
    """The same archive with its names as single bytes and no UTF-8 flags, as old programs write them."""
    out = bytearray()
    with zipfile.ZipFile(io.BytesIO(archive)) as z:
        central = b""
        for info in z.infolist():
            raw, packed_data = info.filename.encode("cp437"), z.read(info)
            facts = (20, 0, 0, 0, 33, info.CRC, len(packed_data), len(packed_data), len(raw), 0)
            central += b"PK\x01\x02" + struct.pack("<H", 20) + struct.pack("<5H3L2H", *facts)
            central += struct.pack("<3H2L", 0, 0, 0, 0, len(out)) + raw
            out += b"PK\x03\x04" + struct.pack("<5H3L2H", *facts) + raw + packed_data
    many, size, start = len(z.infolist()), len(central), len(out)
    return bytes(out) + central + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, many, many, size, start, 0)


@pytest.mark.parametrize("encoding", ["", "gbk", "utf-8"])
def test_members_are_named_as_their_packer_named_them(encoding):
    documents = read_bytes(
        packed({"亭湖/附件4.xlsx": workbook(1), "附件5.csv": b"a,b,c\n1,2,3\n"}, encoding), "报送.zip"
    )
    assert [(d.file, d.kind) for d in documents] == [
        ("报送.zip!亭湖/附件4.xlsx", "xlsx"),
        ("报送.zip!附件5.csv", "csv"),
    ]
    assert documents[0].grids[0].file == "报送.zip!亭湖/附件4.xlsx"


def test_what_programs_leave_behind_is_no_return():
    litter = {"__MACOSX/._a.xlsx": b"x", ".DS_Store": b"x", "~$a.xlsx": b"x", "sub/Thumbs.db": b"x"}
    assert [d.file for d in read_bytes(packed({**litter, "a.xlsx": workbook(1)}), "z")] == ["z!a.xlsx"]


def test_one_bad_member_never_takes_the_others_with_it():
    documents = read_bytes(
        packed({"bad.xlsx": workbook(1)[:500], "photo.jpg": b"\xff\xd8\xff\xe0", "a.xlsx": workbook(7)}), "z"
    )
    assert [(d.file, d.problem) for d in documents] == [
        ("z!bad.xlsx", "damaged"),
        ("z!photo.jpg", "picture"),
        ("z!a.xlsx", ""),
    ]
    assert documents[2].grids[0].rows == [[7]]


def nested(depth: int) -> bytes:
    """A workbook in `depth` archives."""
    data = workbook(1)
    for n in range(depth):
        data = packed({f"{n}.zip" if n else "a.xlsx": data})
    return data


def test_archives_are_opened_five_deep_and_no_deeper():
    assert [d.file for d in read_bytes(nested(2), "z")] == ["z!1.zip!a.xlsx"]
    assert [(d.file, d.problem) for d in read_bytes(nested(5), "z")] == [("z!4.zip!3.zip!2.zip!1.zip!a.xlsx", "")]
    assert [d.problem for d in read_bytes(nested(6), "z")] == ["too_deep"]


def test_two_members_of_one_name_are_two_documents():
    with pytest.warns(UserWarning, match="Duplicate name"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as z:
            z.writestr("a.xlsx", workbook(1))
            z.writestr("a.xlsx", workbook(2))
    assert [d.file for d in read_bytes(out.getvalue(), "z")] == ["z!a.xlsx", "z!a（2）.xlsx"]


def problem(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as e:
        read_bytes(data, "z.zip")
    return e.value.problem


def test_empty_cut_off_and_locked_archives():
    locked = bytearray(packed({"a.csv": b"1"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert problem(packed({})) == "no_members"
    assert problem(packed({"a.xlsx": workbook(1)})[:-30]) == "damaged_parcel"
    assert problem(bytes(locked)) == "encrypted"


def test_a_bomb_is_too_large_and_takes_nothing_with_it_that_came_before(monkeypatch):
    monkeypatch.setattr(part, "ARCHIVE_BYTES", 100_000)
    monkeypatch.setattr(part, "ARCHIVE_MEMBERS", 5)
    documents = read_bytes(packed({"b.csv": b"a,b,c\n1,2,3\n", "a.txt": bytes(10_000_000)}), "z")
    assert [d.problem for d in documents] == ["", "too_large"]
    assert problem(packed({f"{n}.txt": b"x" for n in range(6)})) == "too_large"


def test_bytes_of_archives_within_archives_are_counted_together(monkeypatch):
    monkeypatch.setattr(part, "ARCHIVE_BYTES", 200_000)
    inner = [packed({"a.txt": b"\n" * 40_000}) for _ in range(3)]
    documents = read_bytes(packed({f"{n}.zip": data for n, data in enumerate(inner)}), "z")
    assert [d.problem for d in documents] == ["", "", "too_large"]
