"""A file made to exhaust its reader is refused in words, or read; it never spins and never takes the machine's memory.

Every file here is small and would take minutes or gigabytes if a limit were missing. They are opened as a run opens them
(`tally.readers.apart`), so that a missing limit shows as "too_slow" or "crashed" and not as a test that hangs.
"""

import io
import os
import signal
import socket
import threading
import time
import zipfile

import openpyxl
import pytest

from tally.errors import UnreadableFile
from tally.readers import apart, limits
from tally.readers.parcels import part
from tally.readers.sheet_text import LARGE

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
ODS = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:'
    'opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/'
    'vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="表">%s</table:table>'
    "</office:spreadsheet></office:body></office:document>"
)
XML2003 = (
    "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:ss='urn:schemas-microsoft-com:"
    "office:spreadsheet'><Worksheet ss:Name='表'><Table>%s</Table></Worksheet></Workbook>"
)


def workbook(sheet: str, sheets: str = "") -> bytes:
    """An .xlsx whose first worksheet is this XML, and whose list of sheets is that, where it is given."""
    plain, made = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = (SHEET % sheet).encode()
            if name == "xl/workbook.xml" and sheets:
                start, end = content.index(b"<sheets>"), content.index(b"</sheets>")
                content = content[:start] + b"<sheets>" + sheets.encode() + content[end:]
            target.writestr(name, content)
    return made.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def row(cells: str) -> str:
    return f"<sheetData><row>{cells}</row></sheetData>"


ZEROS = packed({f"{m}.txt": bytes(6 * 2**20) for m in range(6)})
ONE = '<c r="A1" t="inlineStr"><is><t>甲</t></is></c>'
FAR_CELLS = "".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(1, 4_001))
LINKED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

OPEN_SUMS = "a form with more open sums than there are sheets"
REFUSED = {
    "a web page's cells reach over all others": b"<table>"
    + b"<tr><td rowspan=1000 colspan=900>x</tr>" * 15
    + b"<tr><td>y</tr>" * 9000,
    "a tag with two hundred thousand attributes": b"<table><tr><td "
    + b" ".join(b"a%d=1" % n for n in range(200_000))
    + b">x</td></tr></table>",
    "fifty thousand merged ranges over everything": workbook(
        "<sheetData>"
        + "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="ZZ{r}"><v>1</v></c></row>' for r in range(1, 200))
        + "</sheetData><mergeCells>"
        + '<mergeCell ref="A1:ZZ200"/>' * 50_000
        + "</mergeCells>"
    ),
    "twenty thousand sheets on one part": workbook(row(ONE), f'<sheet {LINKED} name="a" sheetId="1" r:id="rId1"/>' * 20_000),
    "a million columns hidden again and again": workbook('<cols><col min="1" max="16384" hidden="1"/></cols>' * 2_000 + row(ONE)),
    "a far cell in each of many rows": workbook(f"<sheetData>{FAR_CELLS}</sheetData>"),
    "a row of an .ods repeated a million times": (
        ODS % f'<table:table-row table:number-rows-repeated="1000000">{"<table:table-cell><text:p>x</text:p></table:table-cell>" * 60}</table:table-row>'
    ).encode(),
    "rows of XML 2003 hidden again and again": (
        XML2003 % ("<Row ss:Index='1' ss:Span='1048575' ss:Hidden='1'/>" * 3_000 + "<Row><Cell><Data ss:Type='String'>x</Data></Cell></Row>")
    ).encode(),
    "a zip of zips of zeros": packed(dict.fromkeys(("1.zip", "2.zip", "3.zip", "4.zip", "5.zip"), ZEROS)),
    OPEN_SUMS: workbook(
        "<sheetData>" + "".join(f'<row r="{r}"><c r="A{r}"><f>SUM(B1:B99999)</f></c></row>' for r in range(1, 400)) + "</sheetData>"
    ),
}  # fmt: skip

REFUSED["a cell of two hundred thousand characters"] = workbook(row(ONE.replace("甲", "甲" * 200_000)))

READ = {
    "a rule of dashes that ends otherwise": ("| 甲 | 乙 | 丙 |\n" + "-" * 3_000 + "x | 1 | 2 |\n| 1 | 2 | 3 |\n").encode(),
    "a large sheet with a million spaces": workbook(
        "<sheetData>" + row(ONE)[11:-12] + " " * max(LARGE, 1_000_000) + "</sheetData>"
    ),
    "columns from minus two thousand million on": workbook('<cols><col min="-2000000000" max="3" hidden="1"/></cols>' + row(ONE)),
    "forty-five thousand struck words": b"<table><tr><td>" + b"<s>x</s>y" * 45_000 + b"</td></tr></table>",
}  # fmt: skip


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Opens these bytes as a received file, in a fresh process; of unpacked bytes there may be a tenth of what is usual."""
    monkeypatch.setitem(limits.LIMITS, "bytes", limits.Limit(2**27, "解压后的内容过大"))
    monkeypatch.setattr(part, "ARCHIVE_BYTES", 2**27)
    apart.close()

    def read(content: bytes):
        path = tmp_path / "来文.bin"
        path.write_bytes(content)
        return apart.read(path, path.name)

    yield read
    apart.close()


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_beyond_a_limit_is_refused_in_words(opened, what):
    try:
        problems = [(d.problem, d.detail) for d in opened(REFUSED[what])]
    except UnreadableFile as e:
        problems = [(e.problem, e.detail)]
    assert all(problem for problem, _ in problems)
    if what == OPEN_SUMS and dict(problems).keys() == {"too_slow"}:
        return  # on a slow machine the clock is the first of the limits that it meets
    assert "too_large" in dict(problems) and dict(problems)["too_large"]


@pytest.mark.parametrize("what", READ)
def test_an_odd_file_within_the_limits_is_read(opened, what):
    assert opened(READ[what])[0].grids


def test_a_file_that_makes_the_reader_spin_costs_that_file_alone(opened, monkeypatch):
    monkeypatch.setattr("tally.readers.opener.READ_SECONDS", 0.0)
    monkeypatch.setattr("tally.readers.opener.READ_SECONDS_A_MEGABYTE", 0.0)
    with pytest.raises(UnreadableFile) as e:
        opened(b"<table>" + b"<tr><td>x</td></tr>" * 400_000 + b"</table>")
    assert e.value.problem == "too_slow"
    assert opened(b"a,b,c\n1,2,3\n")[0].grids[0].rows == [["a", "b", "c"], ["1", "2", "3"]]


def through_another(path, name):
    return apart.read(path, name)[0].grids[0].rows


def through_one_that_is_lost(path, name):
    with pytest.raises(UnreadableFile) as e:
        apart.asked(crashing, path, name)
    return e.value.problem, through_another(path, name)


def test_who_asks_in_the_process_of_its_own_is_answered_by_another(tmp_path):
    path = tmp_path / "来文.csv"
    path.write_bytes(b"a,b,c\n1,2,3\n")
    rows = [["a", "b", "c"], ["1", "2", "3"]]
    assert apart.asked(through_another, path, path.name) == rows
    assert apart.asked(through_one_that_is_lost, path, path.name) == ("crashed", rows)


def crashing(path, name):
    os.abort()


class Escape:
    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return (os.mkdir, (str(self.folder / "escaped"),))


def escaping(path, name):
    return (Escape(path.parent),)


def test_a_file_that_crashes_the_reader_costs_that_file_alone(opened, tmp_path):
    assert opened(b"a,b,c\n1,2,3\n")
    with pytest.raises(UnreadableFile) as e:
        apart.asked(crashing, tmp_path / "来文.bin")
    assert (e.value.problem, e.value.detail) == ("crashed", "SIGABRT")
    assert opened(b"a,b,c\n1,2,3\n")


def waiting(path, name):
    path.with_suffix(".began").touch()
    try:
        threading.Event().wait()
    finally:
        path.with_suffix(".tidied").touch()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the one that is started anew ends with its pipe")
def test_the_opener_ends_tidily_with_the_program_that_asked_it(tmp_path):
    place = tmp_path / "来文.bin"
    place.touch()
    user = os.fork()
    if user == 0:
        apart.asked(waiting, place)
        os._exit(0)
    until_there(place.with_suffix(".began"))
    os.kill(user, signal.SIGKILL)
    os.waitpid(user, 0)
    until_there(place.with_suffix(".tidied"))


def until_there(place):
    until = time.monotonic() + 30
    while not place.exists():
        assert time.monotonic() < until, f"{place.name} never came"
        time.sleep(0.01)


@pytest.mark.parametrize("kinds", [(), (Escape,)])
def test_what_comes_back_is_never_more_than_data(opened, tmp_path, kinds):
    assert opened(b"a,b,c\n1,2,3\n")
    with pytest.raises(UnreadableFile):
        apart.asked(escaping, tmp_path / "来文.bin", kinds=kinds)
    assert not (tmp_path / "escaped").exists()


@pytest.mark.skipif(os.name != "posix", reason="of these Windows has folders alone")
@pytest.mark.parametrize("kind", ["link", "loop", "pipe", "socket", "folder", "device"])
def test_what_is_no_file_is_named_and_never_waited_for(tmp_path, kind):
    path = tmp_path / "附件.xlsx"
    if kind == "link":
        path.symlink_to("/etc/hostname")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
    elif kind == "folder":
        path.mkdir()
    else:
        path = path.__class__("/dev/zero")
    with pytest.raises(UnreadableFile) as e:
        apart.read(path, path.name)
    assert e.value.problem == "not_a_file"


def test_every_limit_says_in_words_what_was_too_much():
    assert all(limit.words and limit.most > 0 for limit in limits.LIMITS.values())
