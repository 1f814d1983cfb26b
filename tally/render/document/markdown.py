"""A markdown cell -> headings, paragraphs and tables. Text only: markup of other languages stays inert text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import mistune

from tally.blocks import Block, Entry, Head, Heading, Paragraph, Run, RunKind, Table

Token = dict[str, Any]

DEEPEST = 3  # 一、 （一） 1.

_parse = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_BREAK = re.compile(r"<br\s*/?>", re.I)


def blocks_of_markdown(source: str) -> tuple[Block, ...]:
    """The blocks of a markdown text.

    Headings have level 0 for `#` (a title, which the caller places), 1 for `##`, 2 for `###`, 3 below that.
    HTML tags are shown as written, comments are dropped, pictures give way to their text.
    """
    blocks: list[Block] = []
    for token in _parse(source):
        if isinstance(token, dict):  # without a renderer all are
            blocks += _blocks(token)
    return tuple(blocks)


def _blocks(token: Token) -> Iterator[Block]:
    kind = token["type"]
    if kind == "heading":
        yield Heading(_plain(token), min(token["attrs"]["level"] - 1, DEEPEST))
    elif kind in ("paragraph", "block_text"):
        yield from _paragraph(tuple(_runs(token)))
    elif kind == "list":
        yield from _items(token)
    elif kind == "table":
        yield _table(token)
    elif kind == "block_code":
        yield Paragraph((Run(token["raw"].rstrip("\n")),), style="pre")
    elif kind == "block_html":
        yield from _paragraph((Run(_COMMENT.sub("", token["raw"]).strip()),))
    else:  # block quotes and whatever else holds blocks
        for child in token.get("children", ()):
            yield from _blocks(child)


def _paragraph(runs: tuple[Run, ...]) -> Iterator[Paragraph]:
    if any(run.text.strip() for run in runs):
        yield Paragraph(_joined(runs))


def _items(token: Token) -> Iterator[Block]:
    """List items as paragraphs that begin with their number or a middle dot; nested ones likewise."""
    ordered, first = token["attrs"].get("ordered"), token["attrs"].get("start", 1)
    for number, item in enumerate(token["children"], first):
        mark = f"{number}. " if ordered else "· "
        for block in (b for child in item["children"] for b in _blocks(child)):
            if mark and isinstance(block, Paragraph):
                block, mark = Paragraph(_joined((Run(mark), *block.runs)), block.style), ""
            yield block


def _table(token: Token) -> Table:
    head, body = token["children"][0], token["children"][1:]
    rows = [row for part in body for row in part["children"]]
    return Table(
        id="",
        caption="",
        head=(tuple(Head(_plain(cell)) for cell in head["children"]),),
        body=tuple(tuple(map(Entry, map(_plain, row["children"]))) for row in rows),
        align=tuple(cell["attrs"].get("align") or "left" for cell in head["children"]),
        sortable=False,
    )


def _plain(token: Token) -> str:
    return "".join(run.text for run in _runs(token)).strip()


def _runs(token: Token, kind: RunKind = "") -> Iterator[Run]:
    """The text of an inline token, piece by piece."""
    match token["type"]:
        case "text":
            yield Run(html.unescape(token["raw"]), kind=kind)
        case "inline_html":
            raw = _COMMENT.sub("", token["raw"])
            yield Run("\n" if _BREAK.fullmatch(raw) else raw, kind=kind)
        case "linebreak":
            yield Run("\n", kind=kind)
        case "softbreak":
            yield Run(SOFT, kind=kind)
        case "image":
            yield Run(f"〔图：{''.join(r.text for c in token['children'] for r in _runs(c))}〕", kind=kind)
        case _:
            inner: RunKind = "strong" if token["type"] == "strong" else kind
            if "raw" in token:
                yield Run(token["raw"], kind=kind)
            for child in token.get("children", ()):
                yield from _runs(child, inner)


SOFT = "\r"  # stands for a line end in the source until its neighbours are known


def _joined(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Neighbours of one kind made one, and line ends of the source made spaces: none beside Chinese."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].kind == run.kind:
            run = Run(merged.pop().text + run.text, kind=run.kind)
        merged.append(run)
    texts = [_unwrapped(run.text) for run in merged]
    return tuple(Run(text, kind=run.kind) for text, run in zip(texts, merged, strict=True) if text)


def _unwrapped(text: str) -> str:
    return re.sub(rf"(?<=[⺀-鿿＀-￯、。]){SOFT}|{SOFT}(?=[⺀-鿿＀-￯])", "", text).replace(SOFT, " ")
