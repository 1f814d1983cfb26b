"""The report as the reviewer reads it at the desk, and the remarks on it: written, shown in the queue, settled with a word."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tally.blocks import Annex, Block, Chart, Entry, Head, Heading, Paragraph, Run, Table, Title
from tally.check.remarks import REMARKED, REMARKS, SETTLED, Remark, number_of, remarks
from tally.desk.decisions import Author, Decision
from tally.desk.refusal import Refusal
from tally.paths import Paths
from tally.store.lines import Lines, append

LONGEST = 300  # characters of what a remark quotes


def report(paths: Paths, draft: bool = True) -> list[dict[str, Any]]:
    """The report that the last run made, block by block as plain data; without a draft's lines where it is none any more.
    Refusal where there is no report."""
    from tally.render import outputs  # here: the queue need not wait for what renders reports

    if not outputs.executed(paths, "report").exists():
        raise Refusal(f"{paths.period} 期还没有报告", f"请先运行 python pipeline.py run {paths.typed}")
    return list(_blocks(outputs.executed_blocks(paths), draft))


def _blocks(blocks: Iterable[Block], draft: bool) -> Iterator[dict[str, Any]]:
    """Titles, headings, paragraphs, tables and charts, each with the heading it stands under."""
    heading = ""
    for block in blocks:
        if isinstance(block, Title):
            yield {
                "kind": "title",
                "heading": block.text,
                "text": block.text,
                "lines": list(block.under if draft else block.lines),
            }
        elif isinstance(block, Heading | Annex):
            heading = block.as_text()
            level = block.level if isinstance(block, Heading) else 1
            yield {"kind": "heading", "heading": heading, "text": heading, "level": level}
        elif isinstance(block, Paragraph) and block.only != "paper":
            yield {"kind": "paragraph", "heading": heading, "runs": _runs(block.runs), "style": block.style}
        elif isinstance(block, Table) and block.only != "paper":
            yield {"kind": "table", "heading": heading, **_table(block)}
        elif isinstance(block, Chart):
            picture = base64.b64encode(block.svg.encode()).decode()
            yield {"kind": "chart", "heading": heading, "text": block.caption, "alt": block.alt, "svg": picture}


def _runs(runs: Sequence[Run]) -> list[list[str]]:
    return [[run.text, run.ref, run.kind] for run in runs]


def _table(table: Table) -> dict[str, Any]:
    head = [list(map(_cell, row)) for row in table.head]
    body = [list(map(_cell, row)) for row in table.body]
    return {"text": table.caption, "unit": table.unit, "note": table.note, "head": head, "body": body}


def _cell(cell: Head | Entry) -> list[Any]:
    entry = cell if isinstance(cell, Entry) else Entry(cell.text)
    return [cell.text, entry.ref, entry.kind, cell.colspan, cell.rowspan]


def remark(paths: Paths, heading: str, quote: str, figure: str, text: str, by: Author) -> Decision:
    """Writes a remark on a passage or a figure of the report."""
    if not text.strip():
        raise Refusal("意见没有内容", "请写明哪里不妥、要怎样改")
    if not (quote.strip() or figure):
        raise Refusal("没有选定是对哪一处的意见", "请先点报告中的一段或一个数")
    quote = " ".join(quote.split())[:LONGEST]
    number = number_of(heading, quote, text, by.who, datetime.now().isoformat())
    record = {
        "number": number, "what": REMARKED, "heading": heading, "quote": quote, "figure": figure, "text": text,
        "who": by.who, "when": by.when,
    }  # fmt: skip
    return Decision("remarks", append(paths.remarks, REMARKS, [record]), (), f"审核意见“{quote[:20]}”：{text[:40]}")


def settle(paths: Paths, number: str, text: str, by: Author) -> Decision:
    """Settles a remark with a word. Refused: without a word, or where somebody has settled it."""
    if not text.strip():
        raise Refusal("没有写怎样办的", "写一句即可，如“已更正”“已补充说明”")
    asked = next((r for r in remarks(paths.remarks) if r.number == number), None)
    if asked is None:
        raise Refusal("这条意见已经没有了", "请刷新后再看")
    record = {
        "number": number, "what": SETTLED, "heading": asked.heading, "quote": asked.quote, "figure": asked.figure,
        "text": text, "who": by.who, "when": by.when,
    }  # fmt: skip

    def allowed(lines: Lines) -> None:
        for _, line in lines.records:
            if line["number"] == number and line["what"] == SETTLED:
                raise Refusal(f"{line['who']}已经办结：{line['text']}", "请刷新后再看")

    written = append(paths.remarks, REMARKS, [record], allowed)
    return Decision("remarks", written, (), f"办结“{asked.text[:30]}”：{text[:40]}")


def shown(every: Iterable[Remark]) -> list[dict[str, Any]]:
    """The remarks as the page has them, open ones first."""
    return [asdict(r) | {"open": r.open} for r in sorted(every, key=lambda r: not r.open)]
