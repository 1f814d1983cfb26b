"""Each kind of block as HTML. Texts are escaped here and nowhere else; no block can bring markup along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from tally.blocks import Annex, Block, Chart, Entry, Head, Heading, Paragraph, Provenance, Run, Table, Title
from tally.render.html.columns import NARROWEST, column_widths, leaves, placed
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
    widths: set[int] = field(default_factory=set)  # of columns, in em
    last: int = -1  # the number of the figure that the page named last

    def write(self, block: Block) -> Markup:
        """One block; a provenance is shown nowhere."""
        if isinstance(block, Provenance):
            return Markup("")
        return _WRITERS[type(block)](self, block)

    def table(self, block: Table, cell: Callable[[Entry], Markup]) -> Markup:
        """A table whose body cells show what `cell(entry)` makes; the figures in them can be opened."""
        name, aligned = self.name(block), self._alignment(block)
        self.widths.update(column_widths(block))
        rows = _rows(block, aligned, lambda e: (self.opens(e), cell(e)))
        return _whole_table(block, name, aligned, self._folded(block, rows))

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
        if _merged(block):
            return ""
        return self.alignments.setdefault(",".join(block.align), f"k{len(self.alignments)}")

    def css(self) -> str:
        """The rules of the alignments and widths used: far shorter than a word in every cell."""
        widths = (f".w{n}{{min-width:{n}em}}" for n in sorted(self.widths | {NARROWEST}))
        return "".join(widths) + "".join(
            f".{name} tbody>tr>:nth-child({c}){{{_ALIGNED[align]}}}"
            for aligned, name in self.alignments.items()
            for c, align in enumerate(aligned.split(","), 1)
            if align != "left"
        )

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
        Markup("<p>{}</p>").format(shown(line)) for line in (*block.lines, block.date, writer.edition_note) if line
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
    return Markup("<p{}>{}</p>").format(style, Markup("").join(_run(writer, r) for r in block.runs))


def _run(writer: Writer, run: Run) -> Markup:
    text = figure(writer.figures, run.text, run.ref)
    if (place := writer.figures.number(run.ref)) is not None and run.text.strip():
        writer.last = place
    tag = {"todo": "mark", "strong": "strong"}.get(run.kind)
    return Markup(f"<{tag}>{{}}</{tag}>").format(text) if tag else text


def figure(figures: Figures, text: str, ref: str) -> Markup:
    """`text`, as a button that opens the figure it states where there is one."""
    place = figures.number(ref) if text.strip() else None
    return shown(text) if place is None else Markup(f"<button data-f={place:d}>{shown(text)}</button>")


def _chart(writer: Writer, block: Chart) -> Markup:
    writer.charts += 1
    drawing = Markup(inline(block.svg, f"c{writer.charts}-", clean(block.alt or block.caption), writer.outlines))
    return Markup("<figure{}>{}<figcaption>{}</figcaption></figure>").format(
        attribute("id", writer.name(block)), drawing, shown(block.caption)
    )


def _table(writer: Writer, block: Table) -> Markup:
    return writer.table(block, lambda entry: _entry(writer, entry))


def _entry(writer: Writer, entry: Entry) -> Markup:
    text = shown(entry.text)
    if not (target := writer.targets.get(entry.link)):
        return text
    address = attribute("href", f"#{target}")
    if writer.figures.number(entry.ref) is not None:  # no button inside a link: the link stands beside it
        return Markup("{} <a{} aria-label=明细>↗</a>").format(text, address)
    return Markup("<a{}>{}</a>").format(address, text)


def _merged(block: Table) -> bool:
    return any(e.colspan > 1 or e.rowspan > 1 for row in block.body for e in row)


def _rows(block: Table, aligned: str, cell: Callable[[Entry], tuple[Markup | str, Markup]]) -> Markup:
    return Markup("").join(_row(block, at, row, aligned, cell) for at, row in enumerate(placed(block.body)))


def _whole_table(block: Table, name: str, aligned: str, body: Markup) -> Markup:
    """A table in a region that scrolls by itself. End tags that HTML lets go are left out: one a cell counts.

    The leaf header of each column carries a class, by which the script knows it; a body with merged cells
    is left unsortable, because its rows hold together.
    """
    sortable = block.sortable and not _merged(block) and len(block.body) - len(block.totals) > 1
    attributes = attribute("class", aligned) if aligned else Markup("")
    title = f"{name}-t" if block.caption else ""
    return Markup(
        '<div class="table{}"{}>{}<div class=scroll role=region tabindex=0{}>'
        "<table{}><thead>{}</thead>{}</table></div>{}</div>"
    ).format(
        Markup(" wide") if block.landscape else "",
        attribute("id", name),
        _above(block, title),
        attribute("aria-labelledby", title) if title else Markup(" aria-label=表格"),
        attributes + (Markup(" data-sort") if sortable else ""),
        _header(block),
        body,
        Markup("<p class=note>{}</p>").format(shown(block.note)) if block.note else "",
    )


def _above(block: Table, title: str) -> Markup:
    """Caption and unit of measure: above the part that scrolls, so that both stay in the middle of the screen."""
    caption = Markup("")
    if block.caption:
        caption = Markup("<p class=caption{}>{}</p>").format(attribute("id", title), shown(block.caption))
    return caption + (Markup("<p class=unit>单位：{}</p>").format(shown(block.unit)) if block.unit else "")


def _header(block: Table) -> Markup:
    widths = dict(enumerate(column_widths(block)))
    right_above = {(r, c) for r, c, _ in leaves(block)}
    rows = Markup("")
    for r, row in enumerate(placed(block.head)):
        cells = Markup("")
        for at, (c, head) in enumerate(row):
            mark = _leaf(c, at, widths.get(c, NARROWEST)) if (r, c) in right_above else ""
            cells += _head(head, mark)
        rows += Markup("<tr>{}").format(cells)
    return rows


def _leaf(column: int, at: int, width: int) -> Markup:
    """What marks a header cell right above its column: the class of its width, the column where it is not the `at`-th."""
    return attribute("class", f"w{width}") + (attribute("data-c", column) if column != at else "")


def _head(head: Head, mark: Markup | str) -> Markup:
    scope = attribute("scope", "colgroup" if head.colspan > 1 else "col")
    return Markup("<th{}{}{}>{}").format(scope, mark, _spans(head), shown(head.text))


def _row(block: Table, at: int, row: Sequence[tuple[int, Entry]], aligned: str, cell) -> Markup:
    total = Markup(" class=total") if at in block.totals else ""
    cells = [Markup(f"<tr{total}>")]
    for c, entry in row:
        own = "" if aligned or c >= len(block.align) else _ALIGN.get(block.align[c], "")
        cells.append(_cell(entry, c, own, *cell(entry)))
    return Markup("").join(cells)


def _cell(entry: Entry, column: int, align: str, opens: Markup | str, text: Markup) -> Markup:
    # The first cell names its row, unless it is only a running number.
    tag = "td" if column or entry.text.strip().isdigit() else "th scope=row"
    classes = attribute("class", f"{align} {entry.kind}".strip()) if align or entry.kind else ""
    return Markup(
        f"<{tag}{classes}{escape(opens)}{_spans(entry)}>{escape(text)}"
    )  # all parts are markup: no second time


def _spans(cell: Head | Entry) -> Markup:
    if cell.colspan == cell.rowspan == 1:
        return Markup("")
    wide = attribute("colspan", cell.colspan) if cell.colspan > 1 else Markup("")
    return wide + (attribute("rowspan", cell.rowspan) if cell.rowspan > 1 else Markup(""))


_FOLDED = "本表共{}行，正在展开。如未展开，请换用较新的浏览器，或查阅PDF、Word版。"
_ALIGN = {"right": "r", "center": "c"}
_ALIGNED = {"right": "text-align:right;white-space:nowrap", "center": "text-align:center"}  # no number is ever broken
_WRITERS = {
    Title: _title,
    Heading: _heading,
    Annex: _annex,
    Paragraph: _paragraph,
    Chart: _chart,
    Table: _table,
}
