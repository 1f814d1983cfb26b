"""Text of WordprocessingML paragraphs as a reader of the page sees it: insertions kept, deletions told apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tally.readers.package import Element, Package, attribute, first_child, local
from tally.readers.runs import PLAIN_FONT, WHITE, Font, Piece, cell_text, unseen
from tally.readers.strings import is_on
from tally.readers.word_controls import character, form_field
from tally.readers.word_equation import equation_text
from tally.readers.word_fields import Field, Shown, begun, without_result
from tally.readers.word_styles import WordStyles, shading, word_styles

# elements that only wrap what they hold
WRAPPERS = frozenset(
    ["ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "ruby", "rubyBase"]
)  # fmt: skip
_GONE = ("del", "moveFrom")
_COME = ("ins", "moveTo")
_BREAKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}


@dataclass(frozen=True)
class Words:
    """What all paragraphs of a document share: its styles, and its notes by kind and number."""

    styles: WordStyles
    notes: Mapping[tuple[str, str], str]


@dataclass
class Line:
    """One paragraph: its pieces, the text boxes that hang on it, and what else lies in it as (kind, text)."""

    pieces: list[Piece] = dataclasses.field(default_factory=list)
    boxes: list = dataclasses.field(default_factory=list)  # w:txbxContent
    ink: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    inserted: bool = False  # a part of it is a tracked insertion that nobody accepted

    @property
    def text(self) -> str:
        """What of it counts."""
        return cell_text(self.pieces)[0]


def words_of(package: Package, main: str) -> Words:
    """The styles and notes of a document."""
    parts = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
    notes: dict[tuple[str, str], str] = {}
    for _, kind, part in package.relations(main):
        if kind in parts and part in package:
            for note in package.xml(part):
                text = "".join(t.text or "" for t in note.iter("{*}t")).strip()
                notes[parts[kind], attribute(note, "id", "") or ""] = text
    return Words(word_styles(package, main), notes)


def read_line(paragraph: Element, words: Words, ground: str = "", table: str = "") -> Line:
    """The paragraph's text as pieces; `ground` is the colour behind it, `table` the style of the table it stands in."""
    line = Line()
    properties = first_child(paragraph, "pPr")
    named = first_child(properties, "pStyle") if properties is not None else None
    reader = _Reader(line, words, attribute(named, "val", "") or "" if named is not None else "", table)
    reader.read(
        paragraph, (shading(first_child(properties, "shd")) if properties is not None else "") or ground, deleted=False
    )
    return line


def blocks(parent: Element) -> Iterator:
    """Paragraphs and tables directly below, through content controls and tracked insertions."""
    for child in parent:
        tag = local(child)
        if tag in ("p", "tbl"):
            yield child
        elif tag in WRAPPERS and not shows_placeholder(child):
            yield from blocks(child)


def shows_placeholder(control: Element) -> bool:
    """Whether a content control still says that something should be typed here."""
    return is_on(control.find("{*}sdtPr/{*}showingPlcHdr"))


class _Reader:
    """Walks through one paragraph's runs."""

    def __init__(self, line: Line, words: Words, paragraph: str, table: str):
        self.line, self.words, self.paragraph, self.table = line, words, paragraph, table
        self.fields: list[Field] = []  # those that are open, the outermost first

    def read(self, element: Element, ground: str, deleted: bool, raised: bool = False) -> None:
        for child in element:
            tag = local(child)
            if tag == "r":
                self.run(child, ground, deleted, raised)
            elif tag == "rt":  # beside what it explains
                self.read(child, ground, deleted, raised=True)
            elif tag == "fldSimple":
                self.simple_field(child, ground, deleted)
            elif tag in _GONE:
                self.read(child, ground, True)
            elif tag in ("oMath", "oMathPara"):
                self.equation(child)
            elif tag == "bdo" and attribute(child, "val") == "rtl":
                self.backwards(child, ground, deleted)
            elif tag in WRAPPERS and not shows_placeholder(child):
                self.line.inserted |= tag in _COME
                self.read(child, ground, deleted)

    def backwards(self, element: Element, ground: str, deleted: bool) -> None:
        """Runs whose letters are shown from right to left, between the marks by which plain text says so."""
        self.add("\u202e", PLAIN_FONT)
        self.read(element, ground, deleted)
        self.add("\u202c", PLAIN_FONT)

    def run(self, run: Element, ground: str, deleted: bool, raised: bool = False) -> None:
        font, behind = self.words.styles.font(run, self.paragraph, self.table)
        font = font._replace(position="raised") if raised else font
        hidden = unseen(font, behind or ground or WHITE)
        ink = "" if font.ink == WHITE and not hidden else font.ink  # on a coloured ground white letters are seen
        if hidden != font.hidden or deleted or ink != font.ink:
            font = font._replace(hidden=hidden, deleted=deleted, ink=ink)
        for child in run:
            self.part(child, font, ground, deleted)

    def part(self, child: Element, font: Font, ground: str, deleted: bool) -> None:
        tag = local(child)
        if tag in ("t", "delText"):
            self.add(child.text or "", font)
        elif tag in _BREAKS:
            self.add(_BREAKS[tag], font)
        elif tag == "br":
            self.add("\n" if attribute(child, "type", "textWrapping") == "textWrapping" else "", font)
        elif tag == "sym":
            self.add(character(attribute(child, "char", ""), attribute(child, "font", "")), font)
        elif tag == "fldChar":
            self.field(child, font)
        elif tag == "instrText" and self.fields:
            self.fields[-1].instruction += child.text or ""
        elif tag in _NOTES:
            self.note(_NOTES[tag], attribute(child, "id", "") or "")
        elif tag in ("drawing", "pict", "object", "AlternateContent"):
            self.drawing(child, tag)
        elif tag in WRAPPERS:
            self.read(child, ground, deleted)

    def add(self, text: str, font: Font) -> None:
        if not text:
            return
        if text.strip():
            for field in self.fields:
                field.filled = True
        if "2" in font.weight:
            half = (len(text) + 1) // 2
            self.line.pieces.append(Piece(text[:half], font._replace(weight=font.weight.replace("2", "^"))))
            text, font = text[half:], font._replace(weight=font.weight.replace("2", "_"))
        self.line.pieces.append(Piece(text, font))

    def field(self, mark: Element, font: Font) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self.add(form_field(mark), font)
            self.fields.append(begun(mark))
        elif kind == "end" and self.fields:
            self.shows(self.fields.pop().shown(), font)

    def simple_field(self, element: Element, ground: str, deleted: bool) -> None:
        before = len(self.line.pieces)
        self.read(element, ground, deleted)
        if not any(piece.text.strip() for piece in self.line.pieces[before:]):
            self.shows(without_result(attribute(element, "instr", "")), Font(deleted=deleted))

    def shows(self, what: Shown | None, font: Font) -> None:
        """What a field shows that holds no text."""
        if what is not None and what[0]:
            self.line.ink.append(what)
        elif what is not None:
            self.add(what[1], font)

    def note(self, kind: str, number: str) -> None:
        self.line.ink.append((kind, self.words.notes.get((kind, number), "")))

    def drawing(self, element: Element, tag: str) -> None:
        boxes = list(_boxes(element))
        self.line.boxes.extend(boxes)
        if words := lettering(element):
            self.line.ink.append(("text box", words))
        elif not boxes:
            self.line.ink.append((_kind_of(element, tag), _described(element)))

    def equation(self, element: Element) -> None:
        text = equation_text(element)
        self.add(text, Font())
        if text and any(
            local(e) not in ("oMath", "oMathPara", "r", "t", "rPr") for e in element.iter() if "math" in str(e.tag)
        ):
            self.line.ink.append(("equation", text))


def _boxes(element: Element) -> Iterator:
    """Text boxes below; of an alternate content only the choice, since the fallback repeats it."""
    for child in element:
        tag = local(child)
        if tag == "txbxContent":
            yield child
        elif tag != "Fallback":
            yield from _boxes(child)


def lettering(element: Element) -> str:
    """The words that are drawn as a picture in the old way of Word, as watermarks are."""
    return " ".join(words for path in element.iter("{*}textpath") if (words := attribute(path, "string", "").strip()))


def _kind_of(element: Element, tag: str) -> str:
    if tag == "object":
        return "control" if any(local(e) == "control" for e in element.iter()) else "object"
    names = {local(e) for e in element.iter()}
    if names & {"pic", "imagedata", "blip"}:
        return "picture"
    return "chart" if "chart" in names else "diagram" if "relIds" in names else "shape"


def _described(element: Element) -> str:
    """The words that a drawing carries for those who cannot see it."""
    for part in element.iter():
        if local(part) == "docPr" and (words := attribute(part, "descr", "")):
            return words
    return ""
