"""Files that somebody thought of who had not read the readers: each is small, and each asks for more than it should get.

`FILES`: what it is -> its name and what makes its bytes.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable

from tests.unit.readers.test_bounds import ODS, SHEET, XML2003, packed, row, workbook

MEGABYTE = 2**20
FORM4 = "类别,出动执法人员（人次）,查办案件（件）,结案（件）\n质量类案件,5,1,1\n合计,5,1,1\n"
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/'
    'officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>%s</w:body></w:document>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


def document(body: str, **parts: str) -> bytes:
    """A .docx of this body."""
    members = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS % ("officeDocument", "word/document.xml")}
    members |= {"word/document.xml": WORD % body} | {k.replace("__", "/"): v for k, v in parts.items()}
    return packed({name: text.encode() for name, text in members.items()})


def replaced(package: bytes, name: str, content: bytes) -> bytes:
    """The same package with another content of one part."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        members = {n: source.read(n) for n in source.namelist()}
    return packed(members | {name: content})


def nested(opening: str, closing: str, depth: int, inside: str = "1") -> str:
    return opening * depth + inside + closing * depth


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from one on."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


CATALOG, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R >> >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(content: bytes, entries: bytes = b"") -> bytes:
    return pdf(CATALOG, PAGES, PAGE, stream(content, entries), FONT)


def mail(body: str, kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    return (
        f"From: a@example.invalid\nSubject: 5月报表\nMIME-Version: 1.0\n{more}Content-Type: {kind}\n\n{body}".encode()
    )


def parts(number: int, part: str = "Content-Type: text/csv\n\n1,2\n") -> str:
    return f"--b\n{part}\n" * number + "--b--"


def lying_zip() -> bytes:
    """A workbook whose directory says that the sheet has ten bytes, and whose data are 400 MB."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(400):
            member.write(b" " * MEGABYTE)
    content, size = made.getvalue(), struct.pack("<L", 400 * MEGABYTE)
    return content.replace(size, struct.pack("<L", 10))


def overlapping_zip(number: int = 200) -> bytes:
    """Many names in the directory for the same stretch of data."""
    inner, name = zlib.compressobj(9, zlib.DEFLATED, -15), b"a.csv"
    raw = inner.compress(bytes(8 * MEGABYTE)) + inner.flush()
    check = zlib.crc32(bytes(8 * MEGABYTE))
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, check, len(raw), 8 * MEGABYTE, len(name), 0) + name
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, check, len(raw), 8 * MEGABYTE, len(name), 0, 0, 0, 0, 0, 0)  # fmt: skip
    directory = (entry + name) * number
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, len(directory), len(head) + len(raw), 0)
    return head + raw + directory + end


def twice_named() -> bytes:
    made = io.BytesIO(workbook(row('<c r="A1"><v>1</v></c>')))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(made, "a") as file:
        file.writestr("xl/worksheets/sheet1.xml", SHEET % row('<c r="A1"><v>2</v></c>'))
    return made.getvalue()


def many_members(number: int = 60_000) -> bytes:
    return packed({f"{n}.txt": b"" for n in range(number)})


def climbing_tar() -> bytes:
    """Links, devices and names that lead out of it."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as file:
        for name, kind, target in (
            ("附件4.csv", tarfile.SYMTYPE, "/etc/passwd"),
            ("b.csv", tarfile.LNKTYPE, "../../../../etc/passwd"),
            ("c.csv", tarfile.CHRTYPE, ""),
            ("d.csv", tarfile.FIFOTYPE, ""),
            ("../../../../tmp/逃.csv", tarfile.REGTYPE, ""),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.devmajor, member.devminor = kind, target, 1, 5
            file.addfile(member)
    return made.getvalue()


def picture(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">2L5B", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(8 * MEGABYTE))) + chunk(b"IEND", b"")  # fmt: skip


EXTERNAL = row('<c r="A1"><f>[1]Sheet1!$A$1</f><v>7</v></c>')
RTF_TABLE = "{\\rtf1 %s}"

FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    # packages
    "a directory that lies about sizes": ("a.xlsx", lying_zip),
    "many names for one stretch": ("a.zip", overlapping_zip),
    "a part that is there twice": ("a.xlsx", twice_named),
    "sixty thousand members": ("a.zip", many_members),
    "a tar that leads out": ("a.tar", climbing_tar),
    "a gzip of a gigabyte of zeros": ("a.tar.gz", lambda: gzip.compress(bytes(1024 * MEGABYTE), 1)),
    "a bzip2 of half a gigabyte": ("a.tar.bz2", lambda: bz2.compress(bytes(512 * MEGABYTE), 1)),
    "an xz of half a gigabyte": ("a.tar.xz", lambda: lzma.compress(bytes(512 * MEGABYTE), preset=0)),
    # workbooks
    "laughs in the properties": ("a.xlsx", lambda: replaced(workbook(row("")), "docProps/core.xml", f"{LAUGHS}<x>&i;</x>".encode())),
    "laughs in the sheet": ("a.xlsx", lambda: replaced(workbook(""), "xl/worksheets/sheet1.xml", (LAUGHS + SHEET % row('<c r="A1" t="inlineStr"><is><t>&i;</t></is></c>')).encode())),
    "the system's file in the sheet": ("a.xlsx", lambda: replaced(workbook(""), "xl/worksheets/sheet1.xml", (OUTSIDE + SHEET % row('<c r="A1" t="inlineStr"><is><t>&i;</t></is></c>')).encode())),
    "a sheet of elements in elements": ("a.xlsx", lambda: workbook(nested("<row>", "</row>", 100_000))),
    "a connection and a link": ("a.xlsx", lambda: replaced(workbook(EXTERNAL), "xl/_rels/workbook.xml.rels", (RELATIONS % ("externalLink", "file:///etc/passwd")).encode())),
    "half a million rules for colours": ("a.xlsx", lambda: workbook(row("") + '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"><formula>A1=1</formula></cfRule></conditionalFormatting>' * 50_000)),
    "a text of thirty million characters": ("a.xlsx", lambda: workbook(row(f'<c r="A1" t="inlineStr"><is><t>{"甲" * 30_000_000}</t></is></c>'))),
    "a hundred thousand runs in a cell": ("a.xlsx", lambda: workbook(row(f'<c r="A1" t="inlineStr"><is>{"<r><rPr><strike/></rPr><t>1</t></r>" * 100_000}</is></c>'))),
    "a number of a million digits": ("a.xlsx", lambda: workbook(row(f'<c r="A1"><v>{"9" * 1_000_000}</v></c>'))),
    "addresses that are none": ("a.xlsx", lambda: workbook("<sheetData>" + "".join(f'<row r="{r}"><c r="{a}"><v>1</v></c></row>' for r in (-1, 0, 2**40) for a in ("A0", "ZZZZZZZ9", "A-1", "1", "")) + "</sheetData>")),
    "a formula in a formula": ("a.xlsx", lambda: workbook(row(f'<c r="A1"><f>{nested("SUM(", ")", 5_000, "B1")}</f><v>1</v></c>'))),
    # documents
    "tables in tables": ("a.docx", lambda: document(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 20_000, "<w:p/>"))),
    "a cell over a thousand million columns": ("a.docx", lambda: document("<w:tbl>" + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr>' * 50 + "</w:tbl>")),
    "fractions in fractions": ("a.docx", lambda: document("<w:p>" + nested("<m:oMath><m:f><m:num>", "</m:num></m:f></m:oMath>", 3_000) + "</w:p>")),
    "fields in fields": ("a.docx", lambda: document("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r>' * 50_000 + "</w:p>")),
    "a style that rests on itself": ("a.docx", lambda: document('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>5</w:t></w:r></w:p>', word__styles=WORD.replace("document", "styles", 2) % '<w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>')),
    "half a million runs": ("a.docx", lambda: document("<w:p>" + "<w:r><w:t>1</w:t></w:r>" * 500_000 + "</w:p>")),
    # OpenDocument, XML 2003, web pages
    "a row of a thousand million columns": ("a.fods", lambda: (ODS % '<table:table-row><table:table-cell table:number-columns-repeated="1000000000"><text:p>1</text:p></table:table-cell></table:table-row>').encode()),
    "tables in cells": ("a.fods", lambda: (ODS % nested("<table:table-row><table:table-cell><table:table>", "</table:table></table:table-cell></table:table-row>", 3_000)).encode()),
    "a cell merged over everything": ("a.xml", lambda: (XML2003 % ("<Row><Cell ss:MergeAcross='2000000000' ss:MergeDown='2000000000'><Data ss:Type='Number'>1</Data></Cell></Row>" * 100)).encode()),
    "laughs in XML 2003": ("a.xml", lambda: (LAUGHS + (XML2003 % "<Row><Cell><Data ss:Type='String'>&i;</Data></Cell></Row>").split("?>")[1]).encode()),
    "divisions in divisions": ("a.html", lambda: nested("<div>", "</div>", 200_000).encode()),
    "tables of a page in tables": ("a.html", lambda: nested("<table><tr><td>", "</td></tr></table>", 20_000).encode()),
    "fonts that never end": ("a.html", lambda: b"<table><tr><td>" + b"<font><b><i><p>x" * 60_000),
    "a style sheet of a megabyte": ("a.html", lambda: b"<style>" + b"td:not(.a) > td ~ td + td , " * 40_000 + b"x{display:none}</style><table><tr><td>1</table>"),
    # text
    "a line of fifty million characters": ("附件4.csv", lambda: FORM4.encode() + b"1," * 25_000_000),
    "two hundred thousand headings": ("附件4.csv", lambda: (FORM4.splitlines()[0] + "\n").encode() * 200_000),
    "two hundred thousand totals": ("附件4.csv", lambda: FORM4.encode() + "合计,5,1,1\n".encode() * 200_000),
    "a quotation that never ends": ("附件4.csv", lambda: FORM4.encode() + b'"' + "甲,".encode() * 2_000_000),
    "a number of five million digits": ("附件4.csv", lambda: FORM4.encode() + "其他类案件,".encode() + b"9" * 5_000_000 + b",1,1\n"),
    "a name of a million characters": ("附件4.csv", lambda: FORM4.encode() + ("质量类案件" * 200_000 + ",5,1,1\n").encode()),
    "a summary of ten million words": ("总结.txt", lambda: ("出动执法人员5人次，查办案件3件，" * 600_000).encode()),
    "JSON in JSON": ("a.json", lambda: b"[" * 200_000),
    # PDF
    "a script, a launch and a file within": ("a.pdf", lambda: pdf(CATALOG[:-2] + b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /AA << /WC << /S /Launch /F (/bin/sh) >> >> >>", PAGES, PAGE, stream(b"BT /F 9 Tf 9 9 Td (5) Tj ET"), FONT)),
    "pages that lead in a circle": ("a.pdf", lambda: pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 1000000000 >>", PAGE, stream(b""), FONT)),
    "a table of places that leads back to itself": ("a.pdf", lambda: pdf(CATALOG, PAGES, PAGE, stream(b""), FONT, trailer=b"/Root 1 0 R /Prev 9")),
    "a form that draws itself": ("a.pdf", lambda: pdf(CATALOG, PAGES, PAGE, stream(b"/X Do " * 30, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>"), FONT)),
    "a page packed twice": ("a.pdf", lambda: page(zlib.compress(zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9), 9), b"/Filter [/FlateDecode /FlateDecode]")),
    "a hundred thousand letters on a page": ("a.pdf", lambda: page(b"BT /F 1 Tf " + b"1 0 Td (5) Tj " * 100_000 + b"ET")),
    "arrays in arrays": ("a.pdf", lambda: page(b"[" * 500_000 + b"TJ")),
    "a font of all the codes there are": ("a.pdf", lambda: pdf(CATALOG, PAGES, PAGE, stream(b"BT /F 9 Tf 9 9 Td <0005> Tj ET"), FONT[:-2] + b"/ToUnicode 6 0 R >>", stream(b"begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0035> endbfrange endcmap"))),
    "a page as wide as a country": ("a.pdf", lambda: pdf(CATALOG, PAGES, PAGE.replace(b"0 0 600 800", b"-1e30 -1e30 1e30 1e30"), stream(b"BT /F 9 Tf 1e29 9 Td (5) Tj ET"), FONT)),
    # letters, mails, pictures
    "groups in groups": ("a.rtf", lambda: ("{\\rtf1 " + nested("{", "}", 100_000) + "}").encode()),
    "binary data of four gigabytes": ("a.rtf", lambda: (RTF_TABLE % "\\bin4294967295 5").encode()),
    "ten thousand parts": ("a.eml", lambda: mail(parts(10_000), 'multipart/mixed; boundary="b"')),
    "mails in mails": ("a.eml", lambda: mail(nested("Content-Type: message/rfc822\n\n", "", 2_000), "message/rfc822")),
    "two hundred megabytes in base64": ("a.eml", lambda: mail(parts(1, 'Content-Type: text/csv; name="a.csv"\nContent-Transfer-Encoding: base64\n\n' + base64.encodebytes(bytes(150 * MEGABYTE)).decode()), 'multipart/mixed; boundary="b"')),
    "a heading of a hundred thousand pieces": ("a.eml", lambda: mail("5", more="".join(f"X-{n}: =?utf-8?b?5Lit?=\n" for n in range(5_000)) + "To: " + "=?utf-8?b?5Lit?= " * 100_000 + "\n")),
    "a name in fifty thousand pieces": ("a.eml", lambda: mail(parts(1, "Content-Type: text/csv;" + "".join(f"\n name*{n}*=utf-8''a;" for n in range(50_000)) + "\n\n1"), 'multipart/mixed; boundary="b"')),
    "a picture of a thousand million points": ("a.png", lambda: picture(60_000, 60_000)),
    "a table that says it has all the rows there are": ("a.dbf", lambda: b"\x03\x15\x05\x01" + struct.pack("<L2H", 2**32 - 1, 65, 2) + bytes(20) + b"A".ljust(11, b"\0") + b"C" + bytes(4) + b"\1\0" + bytes(14) + b"\r" + b" 1" * 9),
}  # fmt: skip
