"""Files that a PDF carries within it are read, or said, as those of a mail are."""

from __future__ import annotations

import io

import typst
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject

from tally.readers import read_bytes

SHEET = "类别,查办案件,结案\n价格类,3,1\n质量类,4,2\n".encode("gbk")
PAGE = typst.compile(b"#table(columns: 2, [a], [b], [c], [1])")


def with_files(files: dict[str, bytes]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(PAGE))
    for name, data in files.items():
        writer.add_attachment(name, data)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_attachments_are_documents_beside_the_pages():
    documents = read_bytes(with_files({"附件4.csv": SHEET, "说明.exe": b"MZ" + bytes(90)}), "x")
    assert {(d.file, d.problem or d.kind) for d in documents} == {
        ("x", "pdf"), ("x!附件4.csv", "csv"), ("x!说明.exe", "program"),
    }  # fmt: skip


def test_a_pdf_within_a_pdf_within_a_pdf_is_followed_no_deeper_than_archives():
    data = PAGE
    for _ in range(8):
        data = with_files({"内.pdf": data})
    documents = read_bytes(data, "x")
    assert documents[-1].problem == "too_deep" or any(d.problem == "too_deep" for d in documents)


def test_a_file_pinned_to_a_page_is_said():
    writer = PdfWriter(clone_from=io.BytesIO(PAGE))
    place = ArrayObject(FloatObject(v) for v in (10, 10, 30, 30))
    pin = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/FileAttachment"), "/Rect": place}
    writer.add_annotation(0, DictionaryObject({NameObject(k): v for k, v in pin.items()}))
    out = io.BytesIO()
    writer.write(out)
    (document,) = read_bytes(out.getvalue(), "x")
    assert any("附有文件，没有读取" in ink.text for ink in document.grids[0].ink)
