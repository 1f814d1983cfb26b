"""Each kind of block as HTML. Texts are escaped here and nowhere else; no block can bring markup along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from tally.blocks import Annex, Block, Chart, Entry, Heading, Paragraph, Provenance, Run, Table, Title
from tally.render.html import tables
from tally.render.html.columns import Columns, columns_of
from tally.render.html.figures import Figures
from tally.render.html.pack import LONG, pack
from tally.render.html.page import attribute, clean, shown
from tally.render.html.svg import inline


@dataclass
class Writer:
    """Turns blocks into HTML one after another, remembering what the page has used so far.

    `figures` are the figures that can be opened; `targets` the ids that a link may lead to, as the blocks
    name them. `contents` collects (level, id, text) of what the list of contents shows.
    """

    figures: Figures
    targets: dict[str, str]
    edition_note: str = ""
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    alignments: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    charts: int = 0
    outlines: dict[tuple[str, str], str] = field(default_factory=dict)  # of glyphs, and their ids
    long: list[str] = field(default_factory=list)  # the rows of long tables
    columns: list[Columns] = field(default_factory=list)  # of the tables
    labels: set[str] = field(default_factory=set)  # of regions: no two are called the same
    above: str = ""  # the heading right before the block, "" for none
    last: int = -1  # the number of the figure that the page named last

    def write(self, block: Block) -> Markup:
        """One block; a provenance is shown nowhere."""
        if isinstance(block, Provenance):
            return Markup("")
        made = _WRITERS[type(block)](self, block)
        self.above = block.title if isinstance(block, Annex) else block.text if isinstance(block, Heading) else ""
        return made

    def table(self, block: Table, cell: Callable[[Entry], Markup]) -> Markup:
        """A table whose body cells show what `cell(entry)` makes; the figures in them can be opened."""
        aligned, columns = self._alignment(block), columns_of(block)
        self.columns.append(columns)
        label = self.region(block.caption or "表格")
        names = tables.Names(self.name(block), label, bool(block.caption) and block.caption in self.above)
        rows = tables.rows(block, aligned, lambda entry: (self.opens(entry), cell(entry)))
        return tables.whole(block, names, columns, aligned, self._folded(block, rows))

    def region(self, label: str) -> str:
        """What a part of the page that scrolls is called: `label`, under its part's heading where that is taken."""
        parts = [text for level, _, text in self.contents if level == 1]
        wanted = label if label not in self.labels or not parts else f"{parts[-1].split('　')[0]}：{label}"
        name, n = wanted, 2
        while name in self.labels:
            name, n = f"{wanted}（{n}）", n + 1
        self.labels.add(name)
        return name

    def _folded(self, block: Table, rows: Markup) -> Markup:
        """The table's body: its rows, or where they are long a word on them until the script puts them in place."""
        if len(rows.encode()) <= LONG:
            return Markup("<tbody>{}</tbody>").format(rows)
        self.long.append(rows)
        return Markup("<tbody data-b={}><tr><td colspan={}>{}</tbody>").format(
            len(self.long) - 1, len(block.align), _FOLDED.format(len(block.body))
        )

    def folded_rows(self) -> str:
        """The packed rows of the page's long tables; "" for none."""
        return pack(self.long) if self.long else ""

    def opens(self, entry: Entry) -> Markup | str:
        """The attribute by which the script makes a cell's text a button that opens its figure; "" for none.

        Its number is left out where it is the one after the last.
        """
        place = self.figures.number(entry.ref) if entry.text.strip() else None
        if place is None:
            return ""
        next_one, self.last = self.last + 1, place
        return Markup(" data-f") if place == next_one else attribute("data-f", place)

    def _alignment(self, block: Table) -> str:
        """The class by which a table's columns are aligned; "" where spans leave each cell to say for itself."""
        if tables.merged(block):
            return ""
        return self.alignments.setdefault(",".join(block.align), f"k{len(self.alignments)}")

    def css(self) -> str:
        """The rules of the alignments and widths used: far shorter than a word in every cell."""
        rules = [tables.width_rules(self.columns)]
        for aligned, name in self.alignments.items():
            for c, align in enumerate(aligned.split(","), 1):
                if align in tables.ALIGNED:
                    rules.append(f".{name} tbody>tr>:nth-child({c}){{{tables.ALIGNED[align]}}}")
        return "".join(rules)

    def name(self, block: Block) -> str:
        """The id of `block` in the page: its own while it is free, else a numbered one."""
        name = self.targets.get(getattr(block, "id", ""), "")
        if not name or name in self.used:
            name = f"s{len(self.used) + 1}"
        self.used.add(name)
        return name


def targets(blocks: Iterable[Block]) -> dict[str, str]:
    """Block id -> the id it gets in the page: no spaces, never one of the page's own."""
    made: dict[str, str] = {}
    for block in blocks:
        if name := getattr(block, "id", ""):
            made.setdefault(name, "b-" + re.sub(r"\s+", "-", clean(name)))
    return made


def _title(writer: Writer, block: Title) -> Markup:
    issuer = Markup('<p class="issuer">{}</p>').format(shown(block.issuer)) if block.issuer else ""
    lines = Markup("").join(
        Markup("<p>{}</p>").format(shown(line)) for line in (*block.under, block.date, writer.edition_note) if line
    )
    return Markup("<header>{}<h1>{}</h1>{}</header>").format(issuer, shown(block.text), lines)


def _heading(writer: Writer, block: Heading) -> Markup:
    name = writer.name(block)
    if block.level <= 2:
        writer.contents.append((block.level, name, block.text))
    tag = Markup(f"h{min(block.level + 1, 6)}")
    return Markup("<{}{}>{}</{}>").format(tag, attribute("id", name), shown(block.text), tag)


def _annex(writer: Writer, block: Annex) -> Markup:
    name = writer.name(block)
    writer.contents.append((1, name, f"{block.label}　{block.title}"))
    wide = Markup(" wide") if block.landscape else ""
    return Markup('<h2 class="annex{}"{}><span>{}</span> {}</h2>').format(
        wide, attribute("id", name), shown(block.label), shown(block.title)
    )


def _paragraph(writer: Writer, block: Paragraph) -> Markup:
    style = Markup("") if block.style == "body" else Markup(' class="{}"').format(block.style)
    text = Markup("").join(_run(writer, r) for r in block.runs)
    if block.style == "attachments":
        text = Markup("<span>附件：</span><span>{}</span>").format(text)
    return Markup("<p{}>{}</p>").format(style, text)


def _run(writer: Writer, run: Run) -> Markup:
    text = figure(writer.figures, run.text, run.ref)
    if (place := writer.figures.number(run.ref)) is not None and run.text.strip():
        writer.last = place
    if run.kind == "doubt":
        return Markup('<span class="doubt">{}</span>').format(text)
    tag = {"todo": "mark", "strong": "strong"}.get(run.kind)
    return Markup(f"<{tag}>{{}}</{tag}>").format(text) if tag else text


def figure(figures: Figures, text: str, ref: str) -> Markup:
    """`text`, as a button that opens the figure it states where there is one."""
    place = figures.number(ref) if text.strip() else None
    return shown(text) if place is None else Markup(f"<button data-f={place:d}>{shown(text)}</button>")


def _chart(writer: Writer, block: Chart) -> Markup:
    writer.charts += 1
    drawing = Markup(inline(block.svg, f"c{writer.charts}-", clean(block.alt or block.caption), writer.outlines))
    return Markup(
        "<figure{}><div class=drawing role=group tabindex=0{}>{}</div><figcaption>{}</figcaption></figure>"
    ).format(
        attribute("id", writer.name(block)),
        attribute("aria-label", writer.region(block.caption or "图")),
        drawing,
        shown(block.caption),
    )


def _table(writer: Writer, block: Table) -> Markup:
    return writer.table(block, lambda entry: _entry(writer, entry))


def _entry(writer: Writer, entry: Entry) -> Markup:
    text = shown(entry.text)
    if not (target := writer.targets.get(entry.link)):
        return text
    address = attribute("href", f"#{target}")
    if writer.figures.number(entry.ref) is not None:  # no button inside a link: the link stands beside it
        return Markup("{} <a class=more{} aria-label=明细>↗</a>").format(text, address)
    return Markup("<a{}>{}</a>").format(address, text)


_FOLDED = "本表共{}行，正在展开。如未展开，请换用较新的浏览器，或查阅PDF、Word版。"
_WRITERS: dict[type[Block], Callable[[Writer, Any], Markup]] = {
    Title: _title,
    Heading: _heading,
    Annex: _annex,
    Paragraph: _paragraph,
    Chart: _chart,
    Table: _table,
}
