"""What a report is made of: immutable blocks that a notebook displays and an exporter renders.

A block put last in a notebook cell is stored in the notebook as JSON under its own media type
(`application/vnd.tally.<kind>.v1+json`), beside `text/html` and `text/plain` for JupyterLab. The exporters
(`tally.render`) read that JSON back with `from_bundle`; HTML, PDF and Word therefore come from the one
executed notebook. Blocks hold text as it is to be read: nothing in them is markup.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

Align = Literal["left", "center", "right"]
RunKind = Literal["", "todo", "strong", "doubt"]
EntryKind = Literal["", "bad", "muted", "doubt"]
Only = Literal["", "screen", "paper"]
LEFT: Align = "left"
CENTER: Align = "center"
RIGHT: Align = "right"
DOUBT = "▲"  # what renderers draw before a figure of kind "doubt": read in print of one colour too


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. `ref` is the figure it states (a key of `Provenance.figures`), "" if none.

    `kind`: "" plain, "todo" (【待补充】), "strong", "doubt" (the figure may be wrong: drawn with ▲ before it).
    """

    text: str
    ref: str = ""
    kind: RunKind = ""


def as_json(value: Any) -> Any:
    """A block, or a part of one, as JSON has it. (dataclasses.asdict copies every text and takes five times as long.)"""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is tuple or kind is list:
        return [as_json(v) for v in value]
    if (names := _field_names(kind)) is not None:  # type: ignore[arg-type]  # a class can be hashed
        return {name: as_json(getattr(value, name)) for name in names}
    return {k: as_json(v) for k, v in value.items()} if isinstance(value, Mapping) else value


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...] | None:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else None


class Block:
    """Base of all blocks: turns itself into a Jupyter media bundle."""

    kind: ClassVar[str]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            f"application/vnd.tally.{self.kind}.v1+json": as_json(self),
            "text/html": self.as_html(),
            "text/plain": self.as_text(),
        }

    def as_html(self) -> str:
        return f"<p>{html.escape(self.as_text())}</p>"

    def as_text(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Title(Block):
    """The document's title with issuer, period and date lines."""

    kind: ClassVar[str] = "title"
    text: str
    issuer: str = ""
    date: str = ""  # 2021年5月31日
    lines: tuple[str, ...] = ()  # further lines under the title
    working: tuple[str, ...] = ()  # lines of a draft, which an issued report leaves out: what came, what is 【待补充】

    @property
    def under(self) -> tuple[str, ...]:
        """All lines under the title."""
        return (*self.working, *self.lines)

    def as_text(self) -> str:
        return "\n".join((self.text, *self.under))


@dataclass(frozen=True)
class Heading(Block):
    """`level` 1 is 一、 (黑体), 2 is （一） (楷体), 3 is 1. ; the number is part of the text."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1
    id: str = ""

    def as_html(self) -> str:
        return f"<h{self.level + 1}>{html.escape(self.text)}</h{self.level + 1}>"

    def as_text(self) -> str:
        return self.text


@dataclass(frozen=True)
class Paragraph(Block):
    """Body text, indented two characters. `style`: "body", "note" (small), "signature" (right), "pre" (as printed, small),
    "addressee" (not indented; in Word files only), "attachments" (附件说明: a line an annex)."""

    kind: ClassVar[str] = "paragraph"
    runs: tuple[Run, ...]
    style: Literal["body", "note", "signature", "pre", "addressee", "attachments"] = "body"
    only: Only = ""  # as of a table

    def as_text(self) -> str:
        return "".join(r.text for r in self.runs)


@dataclass(frozen=True, slots=True)
class Head:
    """One header cell; header rows list only the cells that begin there, as in HTML."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One body cell. `ref` as in Run; `kind`: "" | "bad" (an error stands) | "muted" | "doubt" (a figure that may be
    wrong: drawn with ▲ before it); `link` a block id.
    """

    text: str
    ref: str = ""
    kind: EntryKind = ""
    link: str = ""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Table(Block):
    """A table. `widths` are relative; `totals` are the body rows set apart; `landscape` asks for a wide page.

    `only`: "screen" for what paper leaves to the page and the workbook (long lists, evidence), "paper" for what stands
    in its place there; "" for both.
    """

    kind: ClassVar[str] = "table"
    id: str
    caption: str
    head: tuple[tuple[Head, ...], ...]
    body: tuple[tuple[Entry, ...], ...]
    align: tuple[Align, ...]
    widths: tuple[float, ...] = ()
    unit: str = ""  # 单位：…, shown right above the table
    note: str = ""  # shown below
    landscape: bool = False
    totals: tuple[int, ...] = ()
    sortable: bool = True
    only: Only = ""

    def as_html(self) -> str:
        def cell(tag: str, c: Head | Entry) -> str:
            spans = f' colspan="{c.colspan}"' * (c.colspan > 1) + f' rowspan="{c.rowspan}"' * (c.rowspan > 1)
            return f"<{tag}{spans}>{html.escape(c.text)}</{tag}>"

        def line(tag: str, row: Iterable[Head | Entry]) -> str:
            return f"<tr>{''.join(cell(tag, c) for c in row)}</tr>"

        def rows(tag: str, many: Iterable[Iterable[Head | Entry]]) -> str:
            return "".join(line(tag, row) for row in many)

        caption = html.escape(self.caption + (f"（单位：{self.unit}）" if self.unit else ""))
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        return (
            f"<table><caption>{caption}</caption><thead>{rows('th', self.head)}</thead>"
            f"<tbody>{rows('td', self.body)}</tbody></table>{note}"
        )

    def as_text(self) -> str:
        rows: Iterable[Sequence[Head | Entry]] = (*self.head, *self.body)
        lines = [self.caption, *map(_tabbed, rows), self.note]
        return "\n".join(line for line in lines if line)


def _tabbed(row: Sequence[Head | Entry]) -> str:
    return "\t".join(c.text for c in row)


@dataclass(frozen=True)
class Chart(Block):
    """A chart drawn by `tally.report.charts`: SVG for screen and PDF, PNG (base64) for Word, `alt` for those who hear."""

    kind: ClassVar[str] = "chart"
    id: str
    caption: str
    alt: str
    svg: str = field(repr=False)  # tens of thousands of characters that nobody reads
    png: str = field(default="", repr=False)
    width_mm: float = 150

    def save(self, path: str | Path) -> None:
        """Writes the picture as .png (for Word) or .svg, by the ending of `path`; ValueError for any other."""
        content = {".png": base64.b64decode(self.png), ".svg": self.svg.encode()}.get(Path(path).suffix.lower())
        if content is None:
            raise ValueError(f"图只能存为 .png 或 .svg：{path}")
        Path(path).write_bytes(content)

    def as_html(self) -> str:
        return f"<figure>{self.svg}<figcaption>{html.escape(self.caption)}</figcaption></figure>"

    def as_text(self) -> str:
        return f"{self.caption}: {self.alt}"


@dataclass(frozen=True)
class Annex(Block):
    """Begins an annex on a new page: `label` 附件1, then its title."""

    kind: ClassVar[str] = "annex"
    label: str
    title: str
    landscape: bool = False
    id: str = ""

    def as_text(self) -> str:
        return f"{self.label} {self.title}"


@dataclass(frozen=True)
class Provenance(Block):
    """How each figure came about: shown nowhere, used by every exporter that can open a figure.

    `figures[ref]` = {"label", "value" (text with unit), "rule" (how it was worked out, one sentence),
    "parts": [{"label", "value" ("" for cells that are no summand), "ref" (another figure) or
    "cells": [{"file","sheet","cell","raw", "value" (as taken), "words" (what must be known beside it)}]}]}.
    """

    kind: ClassVar[str] = "provenance"
    figures: Mapping[str, Any] = field(default_factory=dict)

    def as_html(self) -> str:
        return f"<!-- {len(self.figures)} figures -->"

    def as_text(self) -> str:
        return f"{len(self.figures)} figures"


KINDS: dict[str, type[Block]] = {
    "title": Title,
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
    "chart": Chart,
    "annex": Annex,
    "provenance": Provenance,
}


def shown_on(medium: Literal["screen", "paper"], blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks that a page of HTML ("screen") or a printed document ("paper") shows."""
    return tuple(b for b in blocks if getattr(b, "only", "") in ("", medium))


def from_bundle(bundle: Mapping[str, Any]) -> Block | None:
    """The block in a notebook output's data, None if it holds none."""
    for name, kind in KINDS.items():
        if (data := bundle.get(f"application/vnd.tally.{name}.v1+json")) is not None:
            return _build(kind, data)
    return None


def _row(make: type[Head] | type[Entry], cells: Iterable[Mapping[str, Any]]) -> tuple[Head | Entry, ...]:
    return tuple(make(**c) for c in cells)


def _build(kind: type[Block], data: Mapping[str, Any]) -> Block:
    data = dict(data)
    if kind is Paragraph:
        data["runs"] = tuple(Run(**r) for r in data["runs"])
    elif kind is Title:
        for name in ("lines", "working"):
            data[name] = tuple(data.get(name, ()))
    elif kind is Table:
        for name, make in (("head", Head), ("body", Entry)):
            data[name] = tuple(_row(make, cells) for cells in data[name])
        for name in ("align", "widths", "totals"):
            data[name] = tuple(data.get(name, ()))
    return kind(**data)
