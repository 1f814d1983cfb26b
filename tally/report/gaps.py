"""Parts three to five, which figures cannot write: the analyst's text in its place, or the mark of a gap."""

from __future__ import annotations

from collections.abc import Iterable

from tally.blocks import Block, Heading, Paragraph, Run
from tally.report.narrative import Narrative
from tally.report.phrases import TODO, todo

# Heading, id, the words by which the narrative's heading is known, what to say where nobody wrote it.
PARTS = (
    ("三、取得成效", "results", ("成效",), "取得的成效。"),
    ("四、存在问题", "problems", ("问题",), "存在的主要问题。"),
    ("五、下一步打算", "next", ("下一步", "打算"), "下一步工作打算。"),
)


def part(narrative: Narrative, id: str) -> tuple[Block, ...]:
    """One of `PARTS` with the analyst's paragraphs."""
    title, _, words, what = next(p for p in PARTS if p[1] == id)
    written = narrative.under(*words)
    return (Heading(title, 1, id), *([Paragraph((Run(t),)) for t in written] or [todo(what)]))


def todos(blocks: Iterable[Block]) -> tuple[str, ...]:
    """What is still 【待补充】 in a report's blocks, in order; `status` lists these."""
    marked = (b for b in blocks if isinstance(b, Paragraph) and any(r.kind == "todo" for r in b.runs))
    return tuple(b.as_text().removeprefix(TODO) for b in marked)
