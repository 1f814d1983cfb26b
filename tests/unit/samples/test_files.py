"""The files are what they claim to be: read back with other programs' libraries, every recorded cell says what it should."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlrd
from docx import Document
from lxml import etree, html
from openpyxl.utils import coordinate_to_tuple

from samples.everything import everything

ROOT = Path(__file__).resolve().parents[3]
KINDS = ("xlsx", "xls", "ods", "html", "gbk", "utf8", "docx")


def read_xlsx(content):
    """sheet -> (row, column) -> value, 1-based; a formula gives its stored result."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return lambda sheet, r, c: book[sheet].cell(r, c).value


def read_xls(content):
    book = xlrd.open_workbook(file_contents=content)

    def value(sheet, r, c):
        cell = book.sheet_by_name(sheet).cell(r - 1, c - 1)
        return xlrd.xldate_as_datetime(cell.value, 0) if cell.ctype == xlrd.XL_CELL_DATE else cell.value

    return value


def read_text(encoding):
    def read(content):
        rows = list(csv.reader(io.StringIO(content.decode(encoding))))
        return lambda _, r, c: rows[r - 1][c - 1]

    return read


def read_docx(content):
    tables = [[[c.text for c in row.cells] for row in t.rows] for t in Document(io.BytesIO(content)).tables]
    return lambda sheet, r, c: tables[int(sheet[1:]) - 1][r - 1][c - 1]


def read_html(content):
    """Spans opened out: every covered place gives "" as in a grid."""
    grid = {}
    for r, tr in enumerate(html.fromstring(content.decode("gbk")).iter("tr")):
        c = 0
        for td in tr.iter("td"):
            while (r, c) in grid:
                c += 1
            for down in range(int(td.get("rowspan", 1))):
                grid |= {(r + down, c + across): "" for across in range(int(td.get("colspan", 1)))}
            grid[r, c] = td.text_content()
    return lambda _, r, c: grid[r - 1, c - 1]


def read_ods(content):
    document = zipfile.ZipFile(io.BytesIO(content)).read("content.xml")
    rows = [
        ["\n".join("".join(p.itertext()) for p in cell) for cell in row]
        for row in etree.fromstring(document).iter("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-row")
    ]
    return lambda _, r, c: rows[r - 1][c - 1]


READERS = {
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ods": read_ods,
    "html": read_html,
    "gbk": read_text("gbk"),
    "utf8": read_text("utf-8-sig"),
    "docx": read_docx,
}


def same(found, shown) -> bool:
    if isinstance(shown, date):
        found = found.date() if isinstance(found, datetime) else found
        return found in (shown, f"{shown.year}/{shown.month}/{shown.day}")
    if shown in (None, ""):
        return found in (None, "")
    if isinstance(shown, int | float):
        return float(found) == pytest.approx(float(shown), rel=1e-5)
    return found == shown


@pytest.mark.parametrize("kind", KINDS)
def test_every_recorded_cell_stands_in_the_file_at_its_address(members, kind):
    seen = 0
    for one in (m for many in members.values() for m in many if m.sent.kind == kind and m.pages):
        value = READERS[kind](one.content)
        for page in one.pages:
            covered = {(r, c) for t, lf, b, rt in page.merges for r in range(t, b + 1) for c in range(lf, rt + 1)}
            for address, cell in page.keyed():
                r, c = coordinate_to_tuple(address)
                if (cell.above and not cell.stored) or (r - 1, c - 1) in covered:
                    continue
                found = value(page.name, r, c)
                assert same(found, cell.shown), (one.path, page.name, address, found, cell.shown)
                seen += 1
    assert seen > 100


def test_all_the_usual_kinds_of_file_are_among_them(files):
    endings = {path.rsplit(".", 1)[-1] for path in files if path.startswith("data/raw/masks_2021")}
    assert endings == {"xlsx", "xls", "et", "docx", "csv", "txt", "ods", "zip"}


def inside(content: bytes):
    """What a file holds, however it was compressed: another zlib may pack the same content otherwise."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(info.filename, info.date_time, archive.read(info)) for info in archive.infolist()]


def test_the_same_bytes_on_every_run(files):
    assert everything() == files


def test_the_committed_files_are_those_the_program_makes(files):
    for path, content in files.items():
        assert inside((ROOT / path).read_bytes()) == inside(content), path


def test_the_zip_names_its_members_in_gbk(files):
    content = next(c for p, c in files.items() if p.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(content), metadata_encoding="gbk") as archive:
        assert archive.namelist() == ["附件3.csv", "附件4.csv", "附件5.csv", "工作总结.txt"]
        assert archive.testzip() is None
        assert not any(info.flag_bits & 0x800 for info in archive.infolist())


def test_the_registers_name_every_file_and_no_other(files):
    for period in ("2021-04", "2021-05"):
        folder = f"data/raw/masks_2021/{period}/"
        register = list(csv.DictReader(io.StringIO(files[folder + "received.csv"].decode())))
        there = {p.removeprefix(folder) for p in files if p.startswith(folder)} - {"received.csv"}
        assert {r["file"] for r in register} == there
        assert all(re.fullmatch(r"2021-\d\d-\d\d", r["received"]) for r in register)


def test_a_formula_without_result_has_none_and_others_have_theirs(members):
    def sums(unit, form_file):
        one = next(m for m in members["2021-05"] if m.unit == unit and form_file in m.path)
        name = one.pages[[bool(p.name == "附件4") for p in one.pages].index(True) if len(one.pages) > 1 else 0].name
        formulas = openpyxl.load_workbook(io.BytesIO(one.content))[name]
        results = openpyxl.load_workbook(io.BytesIO(one.content), data_only=True)[name]
        return [
            results[c.coordinate].value
            for row in formulas.iter_rows()
            for c in row
            if str(c.value).startswith("=SUM(") and "#REF!" not in str(c.value)
        ]

    assert sums("320971", "案件统计5月") == [None]
    assert None not in sums("320902", "附件3-5") and len(sums("320902", "附件3-5")) == 8
