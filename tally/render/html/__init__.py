"""Blocks -> one HTML file that opens anywhere, offline, with every figure traceable to its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from tally.blocks import Annex, Block, Provenance, shown_on
from tally.render.html.blocks import Writer, targets
from tally.render.html.figures import Figures
from tally.render.html.page import attribute, page, shown


def render(
    blocks: Sequence[Block],
    *,
    title: str,
    lang: str = "zh-CN",
    edition_note: str = "",
    links: Sequence[tuple[str, str]] = (),
    units: Sequence[tuple[str, str]] = (),
) -> str:
    """The page of `blocks`, in their order; the same blocks give the same bytes.

    A text with a `ref` that the blocks' `Provenance` knows becomes a button that opens the figure; an
    entry's `link` to a block of the page becomes a link. Everything else in the blocks is plain text.
    `edition_note` is a line under the title; `links` and `units` are (text, relative address) of files beside the
    page, shown above it, the units' folded away; none for a page that travels alone.
    Printed, the page shows what paper shows: blocks for one of the two media stand in a `div` that the other hides.
    """
    writer = Writer(Figures(_provenance(blocks)), targets(shown_on("screen", blocks)), edition_note)
    body = file_links(links, units) + Markup("\n").join(_sections(writer, blocks))
    return page(
        title=title,
        lang=lang,
        body=body,
        contents=contents(writer),
        data=writer.figures.packed(),
        rows=writer.folded_rows(),
        css=writer.css(),
    )


def contents(writer: Writer) -> Markup:
    """The list of contents of what `writer` has written so far."""
    return Markup("").join(
        Markup("<li class=l{}><a{}>{}</a>").format(level, attribute("href", f"#{name}"), shown(text))
        for level, name, text in writer.contents
    )


def file_links(links: Sequence[tuple[str, str]], units: Sequence[tuple[str, str]] = ()) -> Markup:
    """A row of links to files beside the page, and one of units' pages that unfolds; "" for none."""
    if not links and not units:
        return Markup("")
    folded = Markup("<details><summary>各单位页面</summary>{}</details>").format(_row(units)) if units else ""
    return Markup('<nav class="files" aria-label="相关文件">{}{}</nav>\n').format(_row(links), folded)


def _row(links: Sequence[tuple[str, str]]) -> Markup:
    items = [Markup("<li>{}</li>").format(file_link(text, address)) for text, address in links]
    return Markup("<ul>{}</ul>").format(Markup("").join(items)) if items else Markup("")


def file_link(text: str, address: str) -> Markup:
    """A link to a file beside the page; `address` is a relative path, whatever characters its parts hold."""
    return Markup('<a href="{}">{}</a>').format(quote(address), shown(text))


def _for_medium(text: Markup, only: str) -> Markup:
    return Markup('<div class="on-{}">{}</div>').format(only, text) if only else text


def _provenance(blocks: Sequence[Block]) -> Mapping[str, Any]:
    figures: dict[str, Any] = {}
    for block in blocks:
        if isinstance(block, Provenance):
            figures.update(block.figures)
    return figures


def _sections(writer: Writer, blocks: Sequence[Block]) -> Iterator[Markup]:
    """The blocks' HTML; everything of an annex goes in a section of its own, for its own pages in print."""
    inside = False
    for block in blocks:
        if isinstance(block, Annex):
            yield Markup('{}<section class="annex{}">').format(
                Markup("</section>\n") if inside else "", Markup(" wide") if block.landscape else ""
            )
            inside = True
        if text := writer.write(block):
            yield _for_medium(text, getattr(block, "only", ""))
    if inside:
        yield Markup("</section>")
