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
import pypdf
import pytest

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
    assert {p.suffix for p in files} == {".html", ".pdf", ".docx", ".xlsx", ".ipynb", ".json"}
    assert {p.relative_to(public).as_posix(): found for p in files if (found := survivors(p, wanted))} == {}


def test_the_search_would_find_them(ran, public):
    """The internal edition's files hold what the public one's hide, so the search above looks in the right places."""
    wanted = hidden()
    for name in ("report.html", "report.docx", "forms.xlsx", "runs/report.ipynb"):
        assert len(survivors(ran.reports / name, wanted)) > 300, name
    assert "企业A" in "".join(texts(public / "report.pdf"))


def test_a_firm_keeps_its_letter_in_every_output(public):
    """What the sampling list of the workbook calls 企业A is 企业A in the roster and in the report."""
    book = openpyxl.load_workbook(public / "forms.xlsx", read_only=True)
    roster, tested = ([[str(v) for v in row] for row in book[name].values] for name in ("附件3", "附件5"))
    letters = {v for row in roster for v in row if re.fullmatch("企业[A-Z]+", v)}
    assert len(letters) > 70
    assert len(letters & {v for row in tested for v in row}) > 50
    page = unfolded((public / "report.html").read_text(encoding="utf-8"))
    assert not [name for name in letters if f">{name}<" not in page]


def test_no_public_page_leads_to_an_internal_one(public):
    page = (public / "report.html").read_text(encoding="utf-8")
    addresses = re.findall(r"""<[^>]*\s(?:href|src)=["']?([^\s"'>]+)""", page)
    assert len(addresses) > 20
    assert [a for a in addresses if not a.startswith("#")] == []
    assert {p.name for p in public.iterdir()} == {
        "report.html",
        "report.pdf",
        "report.docx",
        "forms.xlsx",
        "manifest.json",
        "runs",
    }


def test_the_public_edition_verifies(ran, public):
    assert pipeline("verify", "2021-05", "--edition", "public", root=ran.root).code == 0
