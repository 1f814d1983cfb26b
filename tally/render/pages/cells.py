"""What stands in a table's cells beside plain text: links to files, lines; by the entry that it stands in the place of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from tally.blocks import Entry
from tally.render.html import file_link
from tally.render.html.page import shown

Link = tuple[str, str]  # text, address relative to the page


class Cells:
    """Markup for some entries of a table; all others show their text."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Entry, Markup]] = {}  # the entries are held, so that no other takes their number

    def put(self, entry: Entry, made: Markup) -> None:
        self._made[id(entry)] = (entry, made)

    def links(self, *lines: Sequence[Link], otherwise: str = "—") -> Entry:
        """An entry of lines of links; a link without an address is text."""
        there = [line for line in lines if line]
        entry = Entry("\n".join(map(_words, there)) or otherwise)
        if there:
            made = (Markup("　").join(map(_link, line)) for line in there)
            self.put(entry, Markup("\n").join(made))
        return entry

    def marked(self, entry: Entry) -> Entry:
        """The same as a cell in which something is wrong."""
        twin = replace(entry, kind="bad")
        self.put(twin, self(entry))
        return twin

    def __call__(self, entry: Entry) -> Markup:
        _, made = self._made.get(id(entry), (entry, shown(entry.text)))
        return made


def _words(line: Sequence[Link]) -> str:
    return "　".join(text for text, _ in line)


def _link(link: Link) -> Markup:
    text, address = link
    return file_link(text, address) if address else shown(text)
