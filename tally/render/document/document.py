"""An executed notebook -> the blocks of a document, which every exporter then renders.

Outputs that carry tally blocks become those blocks. What an analyst's own notebook shows beside them is
turned into blocks too, so that `jupyter nbconvert --to tally_pdf` works on any notebook: markdown cells,
data frames, pictures, printed text. Source code is never shown.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tally.blocks import Block, Chart, Heading, Paragraph, Run, Title, from_bundle
from tally.render.document.htmltables import tables_in
from tally.render.document.markdown import blocks_of_markdown
from tally.render.document.raster import pixels, svg_around

if TYPE_CHECKING:
    from nbformat import NotebookNode  # its import takes a second, which only the executed notebook's reader need wait

SKIPPED_TAGS = frozenset({"parameters", "injected-parameters", "hide"})
RASTERS = ("image/png", "image/jpeg")
PIXELS_PER_MM = 96 / 25.4
WIDEST_MM = 150.0

# What a plotting call returns and a cell that ends with one echoes: an object's name beside its picture.
_HANDLE = re.compile(r"[\[(]*(?:Text\(|<(?:matplotlib|seaborn)\b|<(?:Axes|Figure|BarContainer|ErrorbarContainer)\b)")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


def blocks_of(notebook: NotebookNode) -> tuple[Block, ...]:
    """The blocks a notebook shows, in order.

    Cells tagged `parameters`, `injected-parameters` or `hide` are left out, as are raw cells and what was
    written to stderr (the log, not the document). If no output is a Title, the first top-level markdown
    heading becomes the document's title.
    """
    blocks = [block for number, cell in enumerate(notebook.cells, 1) for block in _of_cell(cell, number)]
    return tuple(_with_title(blocks))


def _of_cell(cell: NotebookNode, number: int) -> Iterator[Block]:
    if SKIPPED_TAGS & set(cell.metadata.get("tags", ())):
        return
    if cell.cell_type == "markdown":
        yield from blocks_of_markdown(cell.source)
    elif cell.cell_type == "code":
        outputs = cell.get("outputs", ())
        drawn = any(_is_picture(output) for output in outputs)
        for output in outputs:
            if not (drawn and _is_handle(output)):
                yield from _of_output(output, number)


def _is_picture(output: NotebookNode) -> bool:
    return bool({*RASTERS, "image/svg+xml"} & set(output.get("data", ())))


def _is_handle(output: NotebookNode) -> bool:
    """Whether an output is but the name of an object of the plotting library: `Text(0.5, 1.0, '月度')`."""
    data = output.get("data", {})
    return set(data) == {"text/plain"} and bool(_HANDLE.match(_text(data["text/plain"])))


def _of_output(output: NotebookNode, number: int) -> Iterable[Block]:
    if output.output_type == "stream":
        return _printed(output.text) if output.name == "stdout" else ()
    if output.output_type == "error":
        return (_failure(output, number),)
    return _of_bundle(output.get("data", {}), output.get("metadata", {}), number)


def _of_bundle(data: Mapping[str, Any], metadata: Mapping[str, Any], number: int) -> Iterable[Block]:
    """The richest form of an output that a document can show; the order is the order of preference."""
    if (block := from_bundle(data)) is not None:
        return (block,)
    if tables := tables_in(_text(data.get("text/html", ""))):
        return tables
    if svg := _text(data.get("image/svg+xml", "")):
        return (_picture(_without_prolog(svg), "", WIDEST_MM, metadata, number),)
    for mime in RASTERS:
        if encoded := _text(data.get(mime, "")):
            return (_raster(encoded, mime, metadata, number),)
    if source := _text(data.get("text/markdown", "")):
        return blocks_of_markdown(source)
    return _printed(_text(data.get("text/plain", "")))


def _text(value: str | list[str]) -> str:
    """A notebook may hold text as one string or as a list of lines."""
    return value if isinstance(value, str) else "".join(value)


def _printed(text: str) -> tuple[Block, ...]:
    text = _ANSI.sub("", text).strip("\n").rstrip()
    return (Paragraph((Run(text),), style="pre"),) if text else ()


def _failure(output: NotebookNode, number: int) -> Block:
    message = _ANSI.sub("", f"{output.get('ename', '')}: {output.get('evalue', '')}")
    return Paragraph((Run(f"【第 {number} 个单元格运行出错，此处内容缺失：{message}】", kind="todo"),))


def _without_prolog(svg: str) -> str:
    """From `<svg` on: an XML declaration or doctype has no place inside another document."""
    return svg[max(svg.find("<svg"), 0) :]


def _raster(encoded: str, mime: str, metadata: Mapping[str, Any], number: int) -> Chart:
    """A bitmap, wrapped in SVG so that every exporter finds a picture where it looks for one."""
    image = base64.b64decode(encoded)
    width, height = pixels(image)
    width_mm = min(metadata.get(mime, {}).get("width", width) / PIXELS_PER_MM, WIDEST_MM)
    return _picture(svg_around(image, width, height), "".join(encoded.split()), width_mm, metadata, number)


def _picture(svg: str, bitmap: str, width_mm: float, metadata: Mapping[str, Any], number: int) -> Chart:
    alt = str(metadata.get("alt") or f"第 {number} 个单元格的图（作者未写文字说明）")
    return Chart(
        id=f"cell-{number}", caption=str(metadata.get("caption", "")), alt=alt, svg=svg, png=bitmap, width_mm=width_mm
    )


def _with_title(blocks: list[Block]) -> list[Block]:
    """Markdown's `#` is the document's title unless the notebook shows a Title of its own.

    Headings of markdown come with `level` 0 for `#`; what is left of them ranks with 一、.
    """
    titled = any(isinstance(b, Title) for b in blocks)
    shown: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level < 1:
            block = replace(block, level=1) if titled else Title(block.text)
            titled = True
        shown.append(block)
    return shown
