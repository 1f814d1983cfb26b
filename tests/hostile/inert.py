"""What is looked for in each kind of file that we make: anything in it that would run, be worked out, or reach outside.

Every function gives the troubles of one file as texts, [] for none. What is ours (sums, page numbers, the page's own
script) is told from what came by what it is, not by where it stands.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from email import policy
from email.parser import BytesParser
from html import unescape
from pathlib import Path

from lxml import etree, html
from pypdf import PdfReader

_CELL = r"\$?[A-Z]{1,3}\$?\d+"
_PLACE = rf"(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?{_CELL}(?::{_CELL})?"
OUR_FORMULA = re.compile(
    rf'(?:SUM\({_PLACE}(?:,{_PLACE})*\)|{_PLACE}|IF\(COUNT\({_PLACE}(?:,{_PLACE})*\)=0,"",SUM\({_PLACE}(?:,{_PLACE})*\)\))'
)
OUR_FIELD = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SEQ [\w表图]+(?: \\\* ARABIC)?|TOC [^\"<>]*|PAGEREF \S+(?: \\h)?|REF \S+(?: \\h)?)\s*"
)
FOREIGN = re.compile(r"^\s*(?:javascript|data|vbscript|https?|file|ftp|mailto|smb|\\\\)", re.I)
OUR_MIME = re.compile(r"application/vnd\.tally\.\w+\.v1\+json|text/plain|text/html|image/svg\+xml|image/png")
_ACTIVE = ("/JS", "/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/EmbeddedFile", "/RichMedia", "/AA")


def page(path: Path) -> list[str]:
    """An HTML page: its policy, one script by hash, no handler, no address that leaves the folder."""
    text = path.read_text(encoding="utf-8")
    tree = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    head = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    policy_text = unescape(head[1]) if head else ""
    troubles = (
        []
        if policy_text.startswith("default-src 'none'") and "unsafe" not in policy_text
        else [f"policy {policy_text!r}"]
    )
    return troubles + list(active_markup(tree, scripts=1))


def active_markup(tree: html.HtmlElement, scripts: int = 0) -> Iterator[str]:
    """Elements and attributes by which a page does something; `scripts` of them are ours."""
    run = [e for e in tree.iter("script") if e.get("type") != "text/plain"]
    if len(run) != scripts:
        yield f"{len(run)} scripts"
    for element in tree.iter("iframe", "object", "embed", "base", "form", "foreignObject", "applet", "video", "audio"):
        yield f"<{element.tag}>"
    for element in tree.iter():
        for name, value in element.attrib.items():
            if _acts(element, name.lower(), value):
                yield f"{element.tag} {name}={value[:60]}"


def _acts(element: html.HtmlElement, name: str, value: str) -> bool:
    """Whether an attribute runs something or leads out; the page's own icon stands in its address."""
    if element.tag == "link" and value.startswith("data:image/svg+xml,"):
        return False
    leads = name in ("href", "src", "xlink:href", "action", "srcset", "poster")
    return name.startswith("on") or (leads and bool(FOREIGN.match(value)))


def workbook(path: Path) -> list[str]:
    """An .xlsx: only our own formulas, no link out, no macro, no connection, nothing embedded."""
    troubles = list(_package(path))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                tree = etree.fromstring(archive.read(name))
                for formula in tree.iter("{*}f", "{*}formula1", "{*}formula2", "{*}formula"):
                    if not _is_ours(formula):
                        troubles.append(f"{name} formula {formula.text!r}")
    return troubles


def _is_ours(formula: etree._Element) -> bool:
    text = formula.text or ""
    if etree.QName(formula).localname == "f":
        return bool(OUR_FORMULA.fullmatch(text))
    return not re.search(r"[\[\]|!]|://|WEBSERVICE|HYPERLINK|INDIRECT|CALL", text)


def document(path: Path) -> list[str]:
    """A .docx: only page numbers, captions and contents as fields, no link out, nothing embedded."""
    troubles = list(_package(path))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                tree = etree.fromstring(archive.read(name))
                fields = [e.text or "" for e in tree.iter("{*}instrText")]
                fields += [e.get(etree.QName(e.nsmap["w"], "instr")) or "" for e in tree.iter("{*}fldSimple")]
                troubles += [f"{name} field {text!r}" for text in fields if not OUR_FIELD.fullmatch(text)]
                troubles += [
                    f"{name} <{etree.QName(e).localname}>" for e in tree.iter("{*}altChunk", "{*}object", "{*}control")
                ]
    return troubles


def _package(path: Path) -> Iterator[str]:
    """What any office package may hold that acts."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.search(
                r"vbaProject|externalLink|embeddings|activeX|connections|queryTable|customXml|macrosheet|ctrlProp", name
            ):
                yield f"part {name}"
            content = archive.read(name)
            if name.endswith(".rels") and b'TargetMode="External"' in content:
                yield f"{name} leads out"
            if name.endswith(".xml") and re.search(rb"<(?:\w+:)?(?:ddeLink|webPublishing|oleLink)", content):
                yield f"{name} links"


def pdf(path: Path) -> list[str]:
    """A PDF: no action but going to a place in itself."""
    reader = PdfReader(path)
    troubles = []
    for number in range(1, len(reader.xref[0]) + 1 if reader.xref else 1):
        entry = reader.get_object(number)
        if isinstance(entry, dict):
            troubles += [f"object {number} {key}" for key in _ACTIVE if key in entry or entry.get("/S") == key]
    return troubles


def notebook(path: Path) -> list[str]:
    """An executed notebook: outputs of our own kinds, whose HTML does nothing."""
    troubles = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            for kind, value in output.get("data", {}).items():
                text = "".join(value) if isinstance(value, list | str) else ""
                if not OUR_MIME.fullmatch(kind):
                    troubles.append(f"output {kind}")
                elif kind in ("text/html", "image/svg+xml") and text.strip():
                    troubles += [f"{kind} {t}" for t in active_markup(html.fromstring(f"<div>{text}</div>"))]
    return troubles


def mail(path: Path) -> list[str]:
    """A draft: the headers that we write, text, and two attachments."""
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    parts = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    extra = set(message.keys()) - {"Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    return [f"header {name}" for name in extra] + [f"part {p}" for p in parts if "html" in p or "script" in p]


def text(path: Path) -> list[str]:
    """Plain text: no control sequence."""
    found = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", path.read_text(encoding="utf-8-sig"))
    return [f"control character {found[0]!r}"] if found else []


def converted(path: Path) -> list[str]:
    """What LibreOffice made of one of ours, as flat XML: no formula but sums, no link out, no event, no DDE."""
    tree = etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()
    troubles = []
    for element in tree.iter(
        "{*}event-listener", "{*}dde-source", "{*}table-source", "{*}plugin", "{*}applet", "{*}object-ole"
    ):
        troubles.append(f"<{etree.QName(element).localname}>")
    for element in tree.iter():
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            counted = local == "formula" and not etree.QName(element).localname.startswith("equation")
            if counted and "drawing" not in name and not _OUR_ODF.fullmatch(value):
                troubles.append(f"formula {value!r}")
            if local == "href" and FOREIGN.match(value):
                troubles.append(f"href {value!r}")
    return troubles


_ODF_PLACE = r"\[\$?(?:'(?:[^']|'')+'|[\w\-]*)\.\$?[A-Z]+\$?\d+(?::\$?(?:'(?:[^']|'')+'|[\w\-]*)?\.\$?[A-Z]+\$?\d+)?\]"
_OUR_ODF = re.compile(
    rf'ooow:[表图]\+1|of:=(?:SUM\({_ODF_PLACE}(?:;{_ODF_PLACE})*\)|{_ODF_PLACE}|IF\(COUNT\({_ODF_PLACE}(?:;{_ODF_PLACE})*\)=0;"";SUM\({_ODF_PLACE}(?:;{_ODF_PLACE})*\)\))'
)
KINDS: dict[str, Callable[[Path], list[str]]] = {
    ".html": page,
    ".xlsx": workbook,
    ".docx": document,
    ".pdf": pdf,
    ".ipynb": notebook,
    ".eml": mail,
    ".txt": text,
    ".csv": text,
}


def troubles(folder: Path) -> dict[str, list[str]]:
    """File below `folder` -> what is wrong with it; files with nothing wrong are left out."""
    made = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in KINDS)
    found = {path.relative_to(folder).as_posix(): KINDS[path.suffix](path) for path in made}
    return {name: what for name, what in found.items() if what}
