"""The content decides what a file is; what cannot be read says why, and nothing else is ever raised."""

import io
import os
import zipfile

import docx
import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlwt import CompoundDoc

from tally.errors import UnreadableFile
from tally.readers import READERS, limits, read, read_bytes
from tally.readers.parcels import PARCELS

HTML = "<html><meta charset='gb2312'><p>附件4</p><table><tr><td>类别</td><td>罚没</td></tr><tr><td>价格</td><td>1.5</td></tr></table>"
XML2003 = (
    "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet Name='表'><Table>"
    "<Row><Cell><Data Type='String'>甲</Data></Cell><Cell Index='3'><Data Type='Number'>1</Data></Cell></Row></Table></Worksheet></Workbook>"
)


def bytes_of(save) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["类别", 1.5, "=SUM(B1:B1)"])
    book.active.merge_cells("A2:C3")
    return bytes_of(book.save)


def xls() -> bytes:
    book = xlwt.Workbook()
    ws = book.add_sheet("表")
    ws.write_merge(0, 1, 0, 2, "题")
    ws.write(2, 0, 1.5)
    ws.write(2, 1, xlwt.Formula("SUM(A3:A3)"))
    return bytes_of(book.save)


def word() -> bytes:
    document = docx.Document()
    document.add_table(2, 2).cell(0, 0).text = "类别"
    return bytes_of(document.save)


def old_word(flags: int) -> bytes:
    """A container with a Word header that has these bits in its second flag byte."""
    out = io.BytesIO()
    CompoundDoc.XlsDoc().save(out, (b"\xec\xa5\xc1\x00" + bytes(7) + bytes([flags])).ljust(4096, b"\0"))
    return (
        out.getvalue()
        .replace("Workbook\0".encode("utf-16-le").ljust(26, b"\0"), "WordDocument\0".encode("utf-16-le"))
        .replace(b"\x12\x00\x02\x01", b"\x1a\x00\x02\x01")
    )


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("a.xls", xls())
    return out.getvalue()


SAMPLES = {
    "xlsx": xlsx(),
    "xls": xls(),
    "docx": word(),
    "html": HTML.encode("gbk"),
    "xml2003": XML2003.encode(),
    "csv": "类别,查办,罚没\n价格,1,2\n质量,3,4\n".encode("gbk"),
    "tsv": "类别\t查办\n价格\t1\n".encode("utf-16"),
}


@pytest.mark.parametrize("ending", ["xls", "xlsx", "csv", "docx", "dat"])
@pytest.mark.parametrize("kind", SAMPLES)
def test_the_content_decides_whatever_the_ending(kind, ending, tmp_path):
    path = tmp_path / f"附件4.{ending}"
    path.write_bytes(SAMPLES[kind])
    (document,) = read(path, "亭湖区/" + path.name)
    assert (document.kind, document.file) == (kind, f"亭湖区/附件4.{ending}")
    assert document.grids[0].file == document.file
    assert document.grids[0].rows


def problem(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as e:
        read_bytes(data, "x")
    return e.value.problem


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "damaged"),
        (b"%PDF-1.4 all ascii", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "damaged"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "damaged"),
        (b"\x78\x9f\x3e\x22" + bytes(50), "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "damaged"),
        (xlsx()[:-200], "damaged"),
        (xls()[:3000], "damaged"),
        (word()[: len(word()) // 2], "damaged"),
        (b"<html>" + b"<div>" * 50_000, "damaged"),
        (b"<table>" + b"<tr><td rowspan=1000 colspan=1000>x" * 300, "too_large"),
        (old_word(flags=0x01), "encrypted"),
    ],
)
def test_what_cannot_be_read_says_why(data, expected):
    assert problem(data) == expected


def encrypted(password: str) -> bytes:
    return bytes_of(lambda out: msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx())).encrypt(password, out))


def test_a_password_is_said_and_one_that_nobody_is_asked_for_is_no_obstacle():
    assert problem(encrypted("geheim")) == "encrypted"
    assert read_bytes(encrypted("VelvetSweatshop"), "x")[0].grids[0].rows[0][0] == "类别"


def test_an_encrypted_spreadsheet_of_libreoffice_is_said():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        z.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        z.writestr("content.xml", b"\x00\x01")
    assert problem(out.getvalue()) == "encrypted"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_said(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx())
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="permission"):
        read(path, "a.xlsx")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as f:
        f.truncate(limits.FILE_BYTES + 1)
    with pytest.raises(UnreadableFile, match="too_large"):
        read(path, "a.csv")


def test_every_problem_raised_is_one_that_has_a_remedy():
    assert set(READERS) >= {"xlsx", "xls", "ods", "docx", "html", "text", "doc", "pdf"}
    assert not READERS.keys() & PARCELS.keys()
    assert {"empty", "encrypted", "damaged", "unknown_type", "too_large"} <= set(UnreadableFile.PROBLEMS)


def damaged(data: bytes, cut: float, flips: list[tuple[float, int]]) -> bytes:
    broken = bytearray(data[: max(1, int(len(data) * cut))])
    for at, byte in flips:
        broken[int(at * len(broken))] = byte
    return bytes(broken)


places = st.floats(0, 1, exclude_max=True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([*SAMPLES.values(), zipped()]),
    st.one_of(st.just(1.0), places),
    st.lists(st.tuples(places, st.integers(0, 255)), max_size=12),
)
def test_no_damage_ever_gives_anything_but_documents_or_a_problem(data, cut, flips):
    try:
        for document in read_bytes(damaged(data, cut, flips), "x"):
            for grid in document.grids:
                assert len({len(row) for row in grid.rows}) <= 1
    except UnreadableFile as e:
        assert e.problem in UnreadableFile.PROBLEMS


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_give_a_traceback(data):
    try:
        read_bytes(data, "x")
    except UnreadableFile as e:
        assert e.problem in UnreadableFile.PROBLEMS
