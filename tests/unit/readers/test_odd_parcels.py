"""Parcels and files of kinds that nobody expects: what can be read is read, everything else says what it is and what helps."""

from __future__ import annotations

import base64
import binascii
import struct
import zlib

import pytest

from benchmarks.parcels import packing
from tally.errors import UnreadableFile
from tally.readers import read_bytes

SHEET = "类别,查办案件,结案\n价格类,3,1\n质量类,4,2\n".encode("gbk")
HEAD = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nDate: Wed, 02 Jun 2021 20:15:00 +0800\r\nMIME-Version: 1.0\r\n"


def told(data: bytes, name: str = "x") -> list[tuple[str, str]]:
    """(address, problem or kind) of all that a file holds."""
    try:
        return [(d.file, d.problem or d.kind) for d in read_bytes(data, name)]
    except UnreadableFile as e:
        return [(name, e.problem)]


def der(tag: int, body: bytes, open_ended: bool = False) -> bytes:
    if open_ended:
        return bytes([tag, 0x80]) + body + b"\0\0"
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def oid(kind: int) -> bytes:
    return der(6, b"\x2a\x86\x48\x86\xf7\x0d\x01\x07" + bytes([kind]))


MIME = packing.message({"附件4.csv": SHEET}).as_bytes()
MIME = MIME[MIME.index(b"Content-Type: multipart") :]


def signed(pieces: bool) -> bytes:
    """CMS with the mail in it, its octets in one piece or in several."""
    octets = der(0x24, der(4, MIME[:500]) + der(4, MIME[500:]), open_ended=True) if pieces else der(4, MIME)
    inner = der(0x30, oid(1) + der(0xA0, octets, pieces), pieces)
    data = der(0x30, der(2, b"\1") + der(0x31, b"") + inner + der(0x31, b""), pieces)
    return der(0x30, oid(2) + der(0xA0, data, pieces), pieces)


@pytest.mark.parametrize("pieces", [False, True])
def test_a_mail_signed_in_one_piece_is_read(pieces):
    parts = told(signed(pieces))
    assert ("x!签名邮件.eml!附件4.csv", "csv") in parts


def test_a_signed_mail_within_a_mail_keeps_its_senders_word():
    mail = HEAD + b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    documents = read_bytes(mail + base64.encodebytes(signed(False)), "x")
    assert "发件人：a@example.com" in documents[0].text and documents[1].file == "x!签名邮件.eml!附件4.csv"


def test_an_encrypted_mail_says_so():
    sealed = der(0x30, oid(3) + der(0xA0, b"secret"))
    mail = HEAD + b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert told(sealed) == [("x", "sealed")] == told(mail + base64.encodebytes(sealed))


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_signed_mail_cut_off_anywhere_is_no_crash(cut):
    assert told(signed(True)[: len(signed(True)) - 1 - cut])


def uuencoded(data: bytes) -> bytes:
    lines = b"".join(binascii.b2a_uu(data[i : i + 45]) for i in range(0, len(data), 45))
    return b"begin 644 a.csv\r\n" + lines.replace(b"\n", b"\r\n") + b"`\r\nend\r\n"


def test_a_file_written_into_a_mails_text_is_read_and_named_there():
    documents = read_bytes(HEAD + b"\r\nsee below\r\n" + uuencoded(SHEET), "x")
    assert [(d.file, d.kind) for d in documents] == [("x!邮件正文", "letter"), ("x!a.csv", "csv")]
    assert "［附件：a.csv］" in documents[0].text and documents[1].grids[0].rows[1] == ["价格类", "3", "1"]


def test_every_mail_of_a_mailbox_is_read():
    box = b"".join(
        b"From a@example.com Wed Jun  2 20:15:00 2021\n" + packing.message({name: SHEET}).as_bytes() + b"\n"
        for name in ("附件3.csv", "附件4.csv")
    )
    addresses = {address for address, _ in told(box)}
    assert {"x!第1封.eml!附件3.csv", "x!第2封.eml!附件4.csv"} <= addresses


@pytest.mark.parametrize("around", [b"\xef\xbb\xbf%b", b"%d\n%b<?xml version='1.0'?><plist/>"])
def test_what_mail_programs_put_around_a_mail_is_no_part_of_it(around):
    mail = packing.message({"附件4.csv": SHEET}).as_bytes()
    data = around % ((len(mail), mail) if b"%d" in around else (mail,))
    assert ("x!附件4.csv", "csv") in told(data)


@pytest.mark.parametrize(
    "archive",
    [packing.zipped({"附件4.csv": SHEET}), packing.seven_zip({"附件4.csv": SHEET}), packing.rar({"附件4.csv": SHEET})],
    ids=["zip", "7z", "rar"],
)
def test_an_archive_that_unpacks_itself_is_read_and_not_run(archive):
    assert told(b"MZ" + bytes(3_000) + archive) == [("x!附件4.csv", "csv")]


def test_names_in_gbk_under_the_mark_of_utf_8_are_gbk():
    name, packed = "附件4.csv".encode("gbk"), zlib.compress(SHEET)[2:-4]
    facts = struct.pack("<HHHHIIIHH", 0x800, 8, 0, 33, zlib.crc32(SHEET), len(packed), len(SHEET), len(name), 0)
    local = b"PK\3\4" + struct.pack("<H", 20) + facts + name + packed
    central = b"PK\1\2" + struct.pack("<HH", 20, 20) + facts + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    assert told(local + central + end) == [("x!附件4.csv", "csv")]


ZIP = packing.zipped({"附件4.csv": SHEET})
NAMED = [
    ("附件.zip.001", ZIP[:60], "volume"),
    ("附件.zip.002", ZIP[60:], "volume"),
    ("附件.z01", b"PK\7\x08" + ZIP[:60], "volume"),
    ("附件.part2.rar", b"Rar!\x1a\x07\x01\0" + bytes(40), "volume"),
    ("附件.zip", ZIP[:-30], "damaged_parcel"),
    ("附件.zip", packing.zipped({"__MACOSX/._a.xlsx": b"x"}), "no_members"),
    ("安装.exe", b"MZ" + bytes(500), "program"),
    ("附件.cab", b"MSCF" + bytes(60), "unpackable"),
    ("附件.zst", b"\x28\xb5\x2f\xfd" + bytes(60), "unpackable"),
    ("附件.lzh", b"\x21\x16-lh5-" + bytes(50), "unpackable"),
    ("光盘.iso", bytes(32_769) + b"CD001" + bytes(900), "unpackable"),
    ("数据.mdb", b"\0\1\0\0Standard Jet DB\0" + bytes(900), "other_program"),
    ("表.numbers", packing.zipped({"Index/Document.iwa": b"x", "preview.jpg": b"\xff\xd8\xff" + bytes(90)}), "other_program"),
    ("文.uof", packing.zipped({"uof.xml": b"<x/>", "content.xml": b"<x/>"}), "other_program"),
    ("表.slk", b"ID;PWXL;N;E\r\nC;Y1;X1;K3\r\nE\r\n", "other_program"),
    ("表.dif", b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n', "other_program"),
    ("腾讯文档.url", b"[InternetShortcut]\r\nURL=https://docs.example.com/sheet/a\r\n", "shortcut"),
    ("快捷方式.lnk", b"\x4c\0\0\0\1\x14\2\0" + bytes(90), "shortcut"),
    ("表.gsheet", b'{"url": "https://docs.example.com/x", "doc_id": "x"}', "shortcut"),
    ("链接.txt", b"https://docs.example.com/sheet/a", "shortcut"),
    ("录音.amr", b"#!AMR\n" + bytes(60), "recording"),
    ("录像.mp4", b"\0\0\0\x20ftypisom" + bytes(90), "recording"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "problem"), NAMED, ids=[f"{n} {p}" for n, _, p in NAMED])
def test_what_nothing_here_reads_says_what_it_is(name, data, problem):
    assert told(data, name) == [(name, problem)]


@pytest.mark.parametrize(
    "data",
    [
        b"ID;Price;Count\r\n1;2;3\r\n4;5;6\r\n",
        "AC1015,结案\n1,2\n".encode(),
        "ID3,结案,立案\n1,2,3\n".encode(),
        "CAJ,结案,立案\n1,2,3\n".encode(),
    ],
)
def test_a_table_that_begins_like_another_format_is_a_table(data):
    assert told(data)[0][1] in ("csv", "txt")
