"""The nbconvert exporters: `jupyter nbconvert --to tally_pdf notebook.ipynb`, on any executed notebook.

Registered in pyproject.toml under `nbconvert.exporters`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Bool, Int, Unicode, default

from tally.blocks import Block, Title
from tally.render import html, pdf, word
from tally.render.document import fonts
from tally.render.document.document import blocks_of

NO_DATE = 315_532_800  # 1980-01-01, the earliest a ZIP can say

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


class BlockExporter(Exporter):
    """Renders the blocks of a notebook; a subclass says into what."""

    timestamp = Int(None, allow_none=True, help="seconds since 1970 that the file bears; else the title's date").tag(
        config=True
    )
    edition_note = Unicode("", help="a line under the title that names the edition").tag(config=True)

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The rendered document (bytes, or str for text formats) and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        blocks = blocks_of(notebook)
        moment = dated(blocks) if self.timestamp is None else self.timestamp
        return self.rendered(blocks, moment), resources

    def rendered(self, blocks: tuple[Block, ...], timestamp: int) -> bytes | str:
        raise NotImplementedError


class PdfExporter(BlockExporter):
    """PDF in the format of official documents."""

    export_from_notebook = "公文 PDF（tally）"
    output_mimetype = "application/pdf"
    system_fonts = Bool(True, help="use the machine's own faces where they are better than the shipped one").tag(
        config=True
    )

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def rendered(self, blocks: tuple[Block, ...], timestamp: int) -> bytes:
        faces = fonts.find(system=self.system_fonts)
        return pdf.render(blocks, fonts=faces, timestamp=timestamp, edition_note=self.edition_note)


class DocxExporter(BlockExporter):
    """Word."""

    export_from_notebook = "公文 Word（tally）"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def rendered(self, blocks: tuple[Block, ...], timestamp: int) -> bytes:
        return word.render(blocks, timestamp=timestamp, edition_note=self.edition_note)


class HtmlExporter(BlockExporter):
    """One HTML file that opens offline."""

    export_from_notebook = "网页（tally）"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def rendered(self, blocks: tuple[Block, ...], timestamp: int) -> str:
        titles = [b.text for b in blocks if isinstance(b, Title)]
        return html.render(blocks, title=titles[0] if titles else "报告", edition_note=self.edition_note)


def dated(blocks: Sequence[Block]) -> int:
    """The day a document's title bears, as seconds since 1970; 1980-01-01 if it bears none."""
    for block in blocks:
        if isinstance(block, Title) and (match := _DATE.search(block.date)):
            try:
                year, month, day = map(int, match.groups())
                return int(datetime(year, month, day, tzinfo=UTC).timestamp())
            except ValueError:
                return NO_DATE
    return NO_DATE
