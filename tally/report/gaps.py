"""Parts three to five, which figures cannot write: the analyst's text in its place, or the mark of a gap."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tally.blocks import Block, Heading, Paragraph, Run
from tally.report.narrative import Narrative, bare
from tally.report.phrases import TODO, todo

# Heading, id, the words by which the narrative's heading is known, what to say where nobody wrote it.
PARTS = (
    ("三、取得成效", "results", ("成效",), "取得的成效。"),
    # Not the bare 问题: a duty's title speaks of 发现问题 too.
    (
        "四、存在问题",
        "problems",
        ("存在问题", "存在的问题", "主要问题", "问题和不足", "问题与不足"),
        "存在的主要问题。",
    ),
    ("五、下一步打算", "next", ("下一步", "打算"), "下一步工作打算。"),
)


def part(narrative: Narrative, id: str) -> tuple[Block, ...]:
    """One of `PARTS` with the analyst's paragraphs."""
    title, _, words, what = next(p for p in PARTS if p[1] == id)
    written = narrative.under(*words)
    return (Heading(title, 1, id), *([Paragraph((Run(t),)) for t in written] or [todo(what)]))


def unplaced(narrative: Narrative, duties: Iterable[str]) -> tuple[Block, ...]:
    """A mark for every passage of the analyst's text that has no place in the report, so that none is lost unseen."""
    known = {bare(title) for title in duties}
    words = ["主要做法", *(w for _, _, ws, _ in PARTS for w in ws)]
    heading = re.compile("|".join(map(re.escape, words)))
    lost = [h for h, text in narrative.parts.items() if text and h not in known and not heading.search(h)]
    return tuple(
        todo(f"人工撰写的文字中{_called(h)}没有编入报告：标题与报告各部分都不一致，请改正标题。") for h in lost
    )


def _called(heading: str) -> str:
    return f"“{heading}”一段" if heading else "开头没有标题的一段"


def todos(blocks: Iterable[Block]) -> tuple[str, ...]:
    """What is still 【待补充】 in a report's blocks, in order; `status` lists these."""
    texts = (b for b in blocks if isinstance(b, Paragraph) and b.style != "signature")  # its date is the approver's
    return tuple(b.as_text().removeprefix(TODO) for b in texts if _open(b))


def _open(text: Paragraph) -> bool:
    return any(run.kind == "todo" for run in text.runs)
