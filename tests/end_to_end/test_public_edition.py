"""The public edition of the sample: nothing that names a firm or a person is left in any of its files."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pypdf
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.render.html.figures import unpacked
from tally.render.html.pack import unfolded
from tests.end_to_end.conftest import PROJECT, pipeline

PERSONAL = ("enterprise", "credit_code", "address", "legal_representative", "contact_person", "contact_phone")
BRACKETS = str.maketrans("（）〔〕【】[]", "()()()()")


@pytest.fixture(scope="module")
def public(ran) -> Path:
    done = pipeline("run", "2021-05", "--edition", "public", root=ran.root)
    assert done.code == 0, done.output
    return ran.reports / "public"


def alike(text: str) -> str:
    """Without case, width, white space and kinds of brackets."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper().translate(BRACKETS)


def hidden() -> set[str]:
    """Every confidential value of both periods' truth, and the parts by which people would know it."""
    found = set()
    for period in ("2021-04", "2021-05"):
        truth = json.loads((PROJECT / f"tests/golden/truth_{period}.json").read_text(encoding="utf-8"))
        for forms in truth["values"].values():
            for rows in forms.values():
                for record in (rows or {}).values():
                    values = (str(record[f]) for f in PERSONAL if record.get(f))
                    found.update(p for v in values for p in parts(alike(v)))
    return found


def parts(value: str) -> Iterator[str]:
    """A value; a firm without brackets, city and legal form; a phone number's digits; an address's road."""
    yield value
    plain = re.sub(r"\(.*?\)", "", value)
    short = re.sub(r"^盐城(?:大丰)?|有限公司$", "", plain)
    yield from (t for t in (plain, short) if len(t) > 5)
    if digits := re.fullmatch(r"[\d-]{9,}", value):
        yield digits[0].replace("-", "")
    if road := re.search(r"(?:样例大道|示例路|虚构工业园)\d+号", value):
        yield road[0]


def texts(path: Path) -> Iterator[str]:
    """Everything that can be read in a file: its name, its parts, what is packed or split by markup in it."""
    yield path.name
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield from package.namelist()
            for name in package.namelist():
                yield from marked_up(package.read(name).decode("utf-8", "ignore"))
    elif path.suffix == ".pdf":
        reader = pypdf.PdfReader(path)
        yield from (page.extract_text() for page in reader.pages)
        yield str(reader.metadata) + (reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else "")
        yield content.decode("latin-1")
    elif path.suffix == ".html":
        yield from marked_up(unfolded(content.decode("utf-8")))
        yield json.dumps(unpacked(content.decode("utf-8")), ensure_ascii=False)
    else:
        text = content.decode("utf-8")
        yield from marked_up(
            json.dumps(json.loads(text), ensure_ascii=False) if path.suffix in (".ipynb", ".json") else text
        )


def marked_up(text: str) -> Iterator[str]:
    yield html.unescape(text)
    yield html.unescape(re.sub(r"<[^>]*>", "", text))


def survivors(path: Path, wanted: set[str]) -> set[str]:
    read = "\n".join(map(alike, texts(path)))
    return {word for word in wanted if word in read}


def test_no_hidden_string_survives_in_any_file(public):
    wanted = hidden()
    assert len(wanted) > 400
    files = [p for p in public.rglob("*") if p.is_file()]
    assert {p.suffix for p in files} == {".html", ".pdf", ".docx", ".xlsx", ".json"}
    assert {p.relative_to(public).as_posix(): found for p in files if (found := survivors(p, wanted))} == {}


def test_the_search_would_find_them(ran):
    """The internal edition's files hold what the public one's hide, so the search above looks in the right places."""
    wanted = hidden()
    for name in ("report.html", "forms.xlsx", "runs/report.ipynb"):
        assert len(survivors(ran.reports / name, wanted)) > 300, name


def test_no_free_text_of_a_return_is_told(ran, public):
    """Remarks, measures and markets are written by hand and name whom they like: none of them is in any file."""
    cells = pd.read_parquet(ran.processed / "cells.parquet")
    texts = {
        alike(str(raw)) for raw in cells["raw"].dropna() if len(str(raw)) >= 8 and not re.search(r"\d{3}", str(raw))
    }
    told = {alike(str(field.label)) for form in CAMPAIGN.forms for field in form.fields}
    wanted = {text for text in texts if not any(text in label for label in told)}
    found = {path.name: survivors(path, wanted) for path in public.rglob("*") if path.is_file()}

    assert len(wanted) > 50
    assert {name: words for name, words in found.items() if words} == {}


def test_no_file_finding_or_mark_of_work_is_told(ran, public):
    files = {f"{path.name}" for path in (ran.root / "data/raw").rglob("*") if path.is_file()}
    words = {alike(word) for word in (*files, "差错", "疑点", "数据质量清单", "待补充", "李分析")}
    for path in public.rglob("*"):
        if path.is_file():
            assert survivors(path, words) == set(), path.name


def test_the_manifest_says_that_nobody_can_be_singled_out(public):
    facts = json.loads((public / "manifest.json").read_text(encoding="utf-8"))["disclosure"]

    assert facts["smallest"] == 3 and facts["firms"] > 70 and facts["cells_left_out"] > 0
    assert facts["unique"] == 0


def test_the_disclosure_command_finds_nothing(ran, public):
    done = pipeline("disclosure", "2021-05", root=ran.root)

    assert done.code == 0, done.output
    assert "可由公布的数推算出的小数：0个" in done.output


def test_the_disclosure_command_finds_a_name_that_was_put_in(ran, public):
    page = public / "report.html"
    before = page.read_bytes()
    page.write_bytes(before.replace("合计".encode(), sorted(hidden(), key=len)[-1].encode(), 1))
    try:
        done = pipeline("disclosure", "2021-05", root=ran.root)
    finally:
        page.write_bytes(before)

    assert done.code == 1 and "report.html：" in done.output


def test_the_workbook_tells_what_the_page_tells(public):
    book = openpyxl.load_workbook(public / "forms.xlsx")
    page = alike(re.sub(r"<[^>]*>", " ", unfolded((public / "report.html").read_text(encoding="utf-8"))))
    assert book.sheetnames == ["说明", "表1", "表2", "表3"]  # of the fourth hardly anything may be told
    for sheet in book.worksheets[1:]:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        assert all(value is not None for row in rows for value in row)
        for row in rows[1:]:
            for value in row[1:]:
                assert (f"{value:g}" if isinstance(value, float) else str(value)).rstrip("0") in page


def test_no_public_page_leads_to_an_internal_one(public):
    page = (public / "report.html").read_text(encoding="utf-8")
    addresses = re.findall(r"""<a[^>]*\s(?:href|src)=["']?([^\s"'>]+)""", page)
    inside = [a for a in addresses if not a.startswith("#")]
    assert sorted(inside) == ["forms.xlsx", "report.docx", "report.pdf"]
    assert {p.name for p in public.iterdir()} == {
        "report.html",
        "report.pdf",
        "report.docx",
        "forms.xlsx",
        "manifest.json",
        "seals.json",
    }


def test_the_public_edition_verifies(ran, public):
    assert pipeline("verify", "2021-05", "--edition", "public", root=ran.root).code == 0


def test_an_edition_that_was_never_made_is_given_no_clean_bill(ran):
    done = pipeline("disclosure", "2021-04", root=ran.root)

    assert done.code == 1 and "还没有公开版" in done.output and "--edition public" in done.output
