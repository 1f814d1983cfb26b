"""Parcels as people send them: every part is a document or a problem that says what it is."""

import gzip

import pytest

from benchmarks.parcels import packing as parcels
from tally.readers import read_bytes
from tally.readers.leaves import letter

SHEET = ("类别,查办案件,结案\n价格类,3,1\n" + "".join(f"第{n}类,{n * n},2\n" for n in range(800))).encode("gbk")
FILES = {"附件4.csv": SHEET, "附件5.csv": SHEET}

ARCHIVES = {
    "7z": parcels.seven_zip({f"亭湖/{n}": d for n, d in FILES.items()}),
    "rar 5": parcels.rar({f"亭湖/{n}": d for n, d in FILES.items()}),
    "rar 4": parcels.rar({f"亭湖/{n}": d for n, d in FILES.items()}, "rar40"),
    "tar": parcels.tar({f"亭湖/{n}": d for n, d in FILES.items()}),
    "tar in GBK": parcels.tar({f"亭湖/{n}": d for n, d in FILES.items()}, encoding="gbk"),
    "tar.gz": parcels.tar({f"亭湖/{n}": d for n, d in FILES.items()}, "w:gz"),
    "tar.xz": parcels.tar({f"亭湖/{n}": d for n, d in FILES.items()}, "w:xz"),
}


def told(data: bytes) -> list[tuple[str, str]]:
    """(address, problem or kind) of all that a file holds."""
    return [(d.file, d.problem or d.kind) for d in read_bytes(data, "x")]


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archives_members_are_read_under_the_names_their_packer_gave_them(kind):
    documents = read_bytes(ARCHIVES[kind], "x")
    assert [d.file for d in documents] == ["x!亭湖/附件4.csv", "x!亭湖/附件5.csv"]
    assert all(d.grids[0].rows[1] == ["价格类", "3", "1"] for d in documents)


def test_a_file_packed_alone_keeps_its_name():
    assert told(gzip.compress(SHEET)) == [("x!内容", "csv")]


@pytest.mark.parametrize(
    "data",
    [
        parcels.seven_zip(FILES, password="geheim"),
        parcels.rar(FILES, password="geheim"),
    ],
    ids=["7z", "rar"],
)
def test_an_archive_with_a_password_says_so(data):
    assert {d[1] for d in _problems(data)} == {"encrypted"}


def _problems(data: bytes) -> list[tuple[str, str]]:
    """As `told`, where the whole file may be refused."""
    from tally.errors import UnreadableFile

    try:
        return told(data)
    except UnreadableFile as e:
        return [("x", e.problem)]


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_cut_in_two_never_gives_figures_without_a_problem(kind):
    found = _problems(ARCHIVES[kind][: len(ARCHIVES[kind]) // 2])
    assert any(said in ("damaged", "cut_off", "empty") for _, said in found)


def test_a_mails_text_and_attachments_are_its_parts():
    assert told(parcels.message(FILES).as_bytes()) == [
        ("x!邮件正文", "letter"),
        ("x!附件4.csv", "csv"),
        ("x!附件5.csv", "csv"),
    ]


def test_an_outlook_mails_text_and_attachments_are_its_parts():
    assert told(parcels.outlook(FILES).to_bytes()) == [
        ("x!邮件正文", "letter"),
        ("x!附件4.csv", "csv"),
        ("x!附件5.csv", "csv"),
    ]


@pytest.mark.parametrize("mail", [parcels.message({}).as_bytes(), parcels.outlook({}).to_bytes()], ids=["eml", "msg"])
def test_a_mail_tells_who_sent_it_on_which_day_here_and_about_what(mail):
    found = letter(mail)
    assert (found.sender, found.day.isoformat(), found.subject) == (
        "亭湖区局 <th@example.com>",
        "2021-06-03",
        "亭湖区口罩报表",
    )


def test_a_mail_forwarded_as_an_attachment_is_taken_apart():
    outer = parcels.message({})
    outer.add_attachment(parcels.message(FILES))
    assert ("x!亭湖区口罩报表.eml!附件5.csv", "csv") in told(outer.as_bytes())
    nested = parcels.outlook({}, inner=parcels.outlook(FILES)).to_bytes()
    assert any(name.endswith("附件5.csv") and kind == "csv" for name, kind in told(nested))


@pytest.mark.parametrize("charset", ["gbk", "gb2312", "utf-8"])
def test_headers_in_raw_bytes_or_encoded_words_are_read_as_written(charset):
    raw = (
        "From: 亭湖区局 <th@example.com>\r\nTo: c@example.com\r\nSubject: 口罩报表\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n"
        '请查收\r\n--b\r\nContent-Type: application/octet-stream; name="附件4.csv"\r\n'
        'Content-Disposition: attachment; filename="附件4.csv"\r\n\r\n类别,查办,结案\r\n价格,1,2\r\n--b--\r\n'
    ).encode(charset)
    assert letter(raw).subject == "口罩报表"
    assert ("x!附件4.csv", "csv") in told(raw)


def test_a_mail_that_breaks_off_says_so_and_does_not_count_what_may_be_half_a_table():
    whole = parcels.message(FILES).as_bytes()
    assert told(whole[: int(len(whole) * 0.9)])[-2:] == [("x!附件5.csv", "cut_off"), ("x!未收全的部分", "cut_off")]


def test_small_pictures_in_the_text_are_told_apart_from_pictures_of_forms():
    mail = parcels.message({}).as_bytes()
    assert told(mail) == [("x!邮件正文", "letter")]
    picture = parcels.message({})
    logo, photo = b"\x89PNG\r\n\x1a\n" + bytes(500), b"\xff\xd8\xff\xe0" + bytes(90_000)
    picture.add_attachment(logo, maintype="image", subtype="png", cid="<logo>")
    picture.add_attachment(photo, maintype="image", subtype="jpeg", filename="盖章件.jpg")
    assert [kind for _, kind in told(picture.as_bytes())] == ["letter", "inline_picture", "picture"]


def test_a_link_in_place_of_an_attachment_is_said():
    mail = parcels.message({}, text="从QQ邮箱发来的超大附件\n附件4.xlsx (52M, 2021年7月3日) 进入下载页面")
    assert told(mail.as_bytes()) == [("x!邮件正文", "letter"), ("x!超大附件", "linked")]


def test_winmail_dat_gives_its_attachments_by_their_long_names():
    assert told(parcels.winmail(FILES)) == [("x!附件4.csv", "csv"), ("x!附件5.csv", "csv")]
    assert _problems(parcels.winmail(FILES)[:-20]) == [("x", "damaged")]
    mail = parcels.message({"winmail.dat": parcels.winmail(FILES)})
    assert ("x!winmail.dat!附件5.csv", "csv") in told(mail.as_bytes())


def test_two_attachments_of_one_name_are_two_documents():
    mail = parcels.message({"附件.csv": SHEET})
    mail.add_attachment(SHEET, maintype="text", subtype="csv", filename="附件.csv")
    assert [name for name, _ in told(mail.as_bytes())] == ["x!邮件正文", "x!附件.csv", "x!附件（2）.csv"]


def test_a_table_in_a_mails_text_is_read():
    mail = parcels.message({})
    mail.add_alternative(
        "<p>如下</p><table><tr><td>类别</td><td>罚没</td></tr><tr><td>价格</td><td>1.5</td></tr></table>", "html"
    )
    (document,) = read_bytes(mail.as_bytes(), "x")
    assert document.grids[0].rows == [["类别", "罚没"], ["价格", "1.5"]]
    assert document.text.startswith("主题：亭湖区口罩报表")


def test_a_tar_that_ends_between_two_members_says_that_more_may_be_missing():
    data = parcels.tar(FILES)
    second = data.index("附件5".encode())
    assert told(data[:second]) == [("x!附件4.csv", "csv"), ("x!未收全的部分", "cut_off")]


@pytest.mark.parametrize("pack", [parcels.tar, parcels.winmail], ids=["tar", "winmail.dat"])
def test_what_holds_a_pdf_is_not_taken_for_one(pack):
    assert [name for name, _ in told(pack({"附件4.pdf": b"%PDF-1.7 broken", "附件5.csv": SHEET}))] == [
        "x!附件4.pdf",
        "x!附件5.csv",
    ]


def test_a_dbase_table_is_read_with_its_fields_as_header():
    (document,) = read_bytes(parcels.dbf(["类别", "查办"], [20, 6], [["价格类", "3"], ["质量类", "4"]]), "x")
    assert document.grids[0].rows == [["类别", "查办"], ["价格类", "3"], ["质量类", "4"]]
