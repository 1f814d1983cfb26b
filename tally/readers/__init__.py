"""Files as received -> cells with addresses. The content decides what a file is, never the ending of its name.

A new file type is a reader (bytes and name in, documents out) and a line in `READERS`; what only holds other files
(an archive, a mail) is a line in `tally.readers.parcels.PARCELS`.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from tally.errors import UnreadableFile
from tally.model import Document, Ink
from tally.readers import rectangle
from tally.readers.detect import kind_of
from tally.readers.leaves import Leaf, leaves
from tally.readers.limits import FILE_BYTES, LONGEST_TEXT, allowance
from tally.readers.sums import column_letters
from tally.readers.writable import legible
from tally.system.long_paths import is_too_long

LETTER = "letter"  # kind of a document that is a mail's own text
_NEVER_BLANK = (LETTER, "text")  # a mail may say nothing; an empty frame of strokes is something to see
Reader = Callable[[bytes, str], tuple[Document, ...]]


def read(path: Path, name: str) -> tuple[Document, ...]:
    """The documents in one file: one, or several for an archive (`a.zip!member.xlsx`).

    `name` is the address that the documents and grids carry: the path below the period's folder. Raises only
    `UnreadableFile`; a member of an archive that cannot be read is a `Document` with its `problem` instead.
    What came from outside is read by `tally.readers.apart`, in a process of its own.
    """
    return read_bytes(content(path), name)


def content(path: Path) -> bytes:
    """A received file's bytes, of nothing but a file: no link is followed, no pipe or device waited for."""
    try:
        with open(path, "rb", opener=_open) as f:
            status = os.fstat(f.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableFile("not_a_file")
            if status.st_size > FILE_BYTES:
                raise UnreadableFile("too_large", f"{status.st_size / 2**20:.0f} MB")
            return f.read(FILE_BYTES + 1)
    except PermissionError as e:
        raise UnreadableFile("permission", e.strerror or "") from e
    except OSError as e:
        problem = "long_path" if is_too_long(path, e) else "not_a_file" if e.errno in _NO_FILE else "damaged"
        raise UnreadableFile(problem, e.strerror or "") from e
    except ValueError as e:  # a name that no system has: with a null character in it
        raise UnreadableFile("not_a_file", str(e)) from e


_NO_FILE = (errno.ELOOP, errno.EISDIR, errno.ENXIO)


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def read_bytes(data: bytes, name: str) -> tuple[Document, ...]:
    """As `read`, for a file's content."""
    with allowance():
        return _read_bytes(data, name)


def _read_bytes(data: bytes, name: str) -> tuple[Document, ...]:
    parts = list(leaves(data, name))
    if len(parts) == 1 and parts[0].file == name and not parts[0].problem:
        return _documents(parts[0])
    documents: tuple[Document, ...] = ()
    for leaf in parts:
        documents += tuple(_of_member(leaf))
    if len(documents) == 1 and documents[0].file == name and documents[0].problem:
        raise UnreadableFile(documents[0].problem, documents[0].detail)
    return documents


def read_leaf(leaf: Leaf) -> tuple[Document, ...]:
    """The documents in one leaf of a file; one with its problem where it cannot be read."""
    return tuple(_of_member(leaf))


def _of_member(leaf: Leaf) -> Iterator[Document]:
    try:
        yield from _documents(leaf)
    except UnreadableFile as e:
        yield Document(leaf.file, "", problem=e.problem, detail=e.detail)


def _documents(leaf: Leaf) -> tuple[Document, ...]:
    if leaf.problem:
        raise UnreadableFile(leaf.problem, leaf.detail)
    try:
        documents = tuple(map(legible, READERS[leaf.kind](leaf.data, leaf.file)))
        if overlong := _overlong(documents):
            raise UnreadableFile("too_large", f"{overlong} 一格里的文字超过 {LONGEST_TEXT // 10_000} 万字")
        if leaf.kind not in _NEVER_BLANK and all(map(_is_blank, documents)):
            raise UnreadableFile("blank")
        if ink := _drawn_alone(documents):
            raise UnreadableFile("pictured", rectangle.drawn_kinds(ink))
        return documents
    except UnreadableFile:
        raise
    except MemoryError as e:
        raise UnreadableFile("too_large", "内存不足") from e
    except Exception as e:  # whatever a library stumbles over in a broken file: the file is the cause
        raise UnreadableFile("damaged", f"{type(e).__name__}: {e}") from e


def _overlong(documents: tuple[Document, ...]) -> str:
    """Where the first cell stands that holds more than a cell can: a quotation that never ends, or worse; "" for none."""
    for grid in itertools.chain.from_iterable(d.grids for d in documents):
        for row, line in enumerate(grid.rows):
            texts = (value for value in line if type(value) is str)
            if max(map(len, texts), default=0) > LONGEST_TEXT:
                longest = max(range(len(line)), key=lambda col: len(str(line[col])))
                return f"{grid.sheet} {column_letters(longest)}{row + 1}".strip()
    return ""


def _drawn_alone(documents: tuple[Document, ...]) -> list[Ink]:
    """What is drawn in a file in which no word and no figure stands; none where one does."""
    grids = [grid for document in documents for grid in document.grids]
    words = (g.rows or g.before or g.after for g in grids)
    if any(d.text.strip() or d.problem for d in documents) or any(words):
        return []
    return [ink for grid in grids for ink in grid.ink]


def _is_blank(document: Document) -> bool:
    """True where nobody would see anything on any page of it."""
    filled = (g.rows or g.marks or g.ink or g.before or g.after for g in document.grids)
    return not document.problem and not document.text.strip() and not any(filled)


def _read_letter(data: bytes, name: str) -> tuple[Document, ...]:
    """A mail's text: never a return of its own but for the tables in it."""
    documents = READERS["html" if data.startswith(b"<html>") else "text"](data, name)
    return tuple(replace(d, kind=LETTER) for d in documents)


def _read_picture(data: bytes, name: str) -> tuple[Document, ...]:
    raise UnreadableFile("picture")


def _read_word(data: bytes, name: str) -> tuple[Document, ...]:
    """The document, then what is put into it as `a.docx!member`: workbooks, and documents that Word shows in its text."""
    from tally.readers.docx import embedded, read_docx

    inner: tuple[Document, ...] = ()
    shown, left = False, 0
    for leaf, content, in_text in embedded(data):
        with suppress(UnreadableFile):
            kind = kind_of(content)
            if kind in ("xlsx", "xls", "ods") or (in_text and kind in ("html", "mhtml", "docx")):
                inner += read_bytes(content, f"{name}!{leaf}")
                shown |= in_text
                continue
        left += 1
    try:
        document = _without_read(read_docx(data, name)[0], left)
    except UnreadableFile as e:
        if e.problem != "pictured" or not inner:
            raise
        return inner  # nothing stands on its pages but what is put into it
    return inner if shown and not document.grids and not document.text.strip() else (document, *inner)


def _without_read(document: Document, left: int) -> Document:
    """The document with as many objects in its text as were not read."""
    objects = [one for one in document.ink if one.kind == "object"]
    others = [one for one in document.ink if one.kind != "object"]
    return replace(document, ink=(*others, *objects[:left]))


def _noted(document: Document, kind: str, note: str, ink: Sequence[Ink]) -> Document:
    """The document under the kind that it was received as, each of its grids with a remark, the first with `ink`."""
    grids = tuple(replace(grid, notes=(*grid.notes, note)) for grid in document.grids)
    if grids and ink:
        grids = (replace(grids[0], ink=(*grids[0].ink, *ink)), *grids[1:])
    return replace(document, kind=kind, grids=grids)


def _through_libreoffice(ending: str, to: str, reader: Reader) -> Reader:
    """A reader that has LibreOffice turn the file into one that `reader` reads."""

    def read_converted(data: bytes, name: str) -> tuple[Document, ...]:
        from tally.readers.before_conversion import prepared
        from tally.readers.convert import converted

        to_convert, ink = prepared(data, ending)
        documents = reader(converted(to_convert, ending, to), name)
        note = f"经 LibreOffice 由 .{ending} 转换"
        return tuple(_noted(document, ending, note, ink) for document in documents)

    return read_converted


def _reader(place: str) -> Reader:
    """The reader of a module here ("xlsx:read_xlsx"), which is loaded when the first file of its kind comes.

    Of a score of kinds a unit sends two or three; some stand on libraries that take longer to load than a file to read.
    """
    module, name = place.split(":")

    def read_when_it_comes(data: bytes, file: str) -> tuple[Document, ...]:
        reader: Reader = getattr(import_module(f"{__name__}.{module}"), name)
        return reader(data, file)

    return read_when_it_comes


_DOCX = _reader("docx:read_docx")
READERS: dict[str, Reader] = {
    "xlsx": _reader("xlsx:read_xlsx"),
    "xls": _reader("xls:read_xls"),
    "ods": _reader("ods:read_ods"),
    "fods": _reader("ods:read_fods"),
    "xml2003": _reader("xml2003:read_xml2003"),
    "docx": _read_word,
    "html": _reader("html:read_html"),
    "mhtml": _reader("html:read_mhtml"),
    "text": _reader("delimited:read_text"),
    "dbf": _reader("dbf:read_dbf"),
    LETTER: _read_letter,
    "picture": _read_picture,
    "pdf": _reader("pdf.reading:read_pdf"),
    "ofd": _reader("ofd.reading:read_ofd"),
    "doc": _through_libreoffice("doc", "docx", _DOCX),
    "rtf": _through_libreoffice("rtf", "docx", _DOCX),
    "odt": _through_libreoffice("odt", "docx", _DOCX),
    "fodt": _through_libreoffice("fodt", "docx", _DOCX),
    "wordml": _through_libreoffice("xml", "docx", _DOCX),
    "xlsb": _reader("xlsb:read_xlsb"),
}
