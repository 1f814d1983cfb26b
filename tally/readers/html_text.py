"""Text of an HTML page as a person sees it, and what stands in it that is no text: entry fields, lists, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tally.readers.html_styles import Look, seen
from tally.readers.package import Element
from tally.readers.runs import Piece, cell_text

BLOCKS = frozenset(
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "br", "hr", "center", "caption", "section", "article", "header", "footer", "dt", "dd", "dl", "ul", "ol", "pre", "blockquote", "address"]
)  # fmt: skip
UNSEEN = frozenset(("script", "style", "head", "title", "template", "noscript", "datalist"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PICTURES = frozenset(("img", "svg", "canvas", "picture"))
_OBJECTS = frozenset(("object", "embed", "iframe", "video", "audio", "applet"))
_TYPED = frozenset(("", "text", "number", "date", "tel", "search", "email", "url", "month", "datetime-local", "none"))
FIELDS = frozenset(("input", "select", "textarea")) | _PICTURES | _OBJECTS


@dataclass
class PageText:
    """Text being gathered: `pieces` with block ends as newlines.

    `whole` text (a cell's) stays together around a table inside it; a page's is cut there. `ink`: (kind, text) of
    what lies in it and is no text.
    """

    whole: bool = False
    pieces: list[Piece] = field(default_factory=list)
    ink: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str | None, look: Look) -> None:
        if text:
            self.pieces.append(Piece(_SPACES.sub(" ", text), seen(look)))

    def end_line(self) -> None:
        self.pieces.append(Piece("\n"))

    def end_block(self) -> None:
        """A paragraph begins or ends here: one newline, however many blocks meet."""
        while self.pieces and self.pieces[-1].text == " ":
            self.pieces.pop()
        if self.pieces and self.pieces[-1].text != "\n":
            self.end_line()

    def read(self) -> tuple[str, dict]:
        """What of it counts, line by line without the spaces around, and the facts for a mark."""
        text, facts = cell_text(self.pieces)
        lines = [line.strip(" ") for line in text.split("\n")]
        return "\n".join(lines).strip("\n"), facts

    def lines(self) -> list[str]:
        """The same as a list; of a page nothing that is hidden."""
        hidden_out = [piece for piece in self.pieces if not (piece.font and piece.font.hidden)]
        return [line.strip(" ") for line in cell_text(hidden_out)[0].split("\n")]


def take_field(element: Element, tag: str, text: PageText, look: Look) -> None:
    """What an entry field, a list or a picture shows, as text where it has any."""
    if tag in _PICTURES or tag in _OBJECTS:
        text.ink.append(("picture" if tag in _PICTURES else "object", element.get("alt", "") or ""))
    elif tag == "select":
        chosen = next((o for o in element.iter("option") if "selected" in o.attrib), None)
        words = " ".join(chosen.text_content().split()) if chosen is not None else ""
        text.add(words, look)
        text.ink.append(("list", words))
    elif tag == "textarea":
        text.add(element.text, look)
        text.ink.append(("entry field", (element.text or "").strip()))
    else:
        _take_input(element, text, look)


def _take_input(element: Element, text: PageText, look: Look) -> None:
    kind = element.get("type", "").lower()
    value = element.get("value", "")
    if kind in ("checkbox", "radio"):
        box = "☑" if "checked" in element.attrib else "□"
        text.add(box, look)
        text.ink.append(("tick box", box))
    elif kind in _TYPED:
        text.add(value, look)
        text.ink.append(("entry field", value))
    elif kind == "image":
        text.ink.append(("picture", element.get("alt", "")))
