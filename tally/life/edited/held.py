"""An edited Word file of a period's report: judged against what the run wrote, its own words kept where asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tally.blocks import Block, Heading
from tally.declare import Campaign
from tally.errors import TallyError, UnreadableFile, UsageError
from tally.life.edited.document import Grid, Text, Word, read
from tally.life.edited.judged import Judgement, judge
from tally.life.edited.narrative import as_markdown, kept
from tally.life.edited.numbers import Number, numbers
from tally.paths import Paths
from tally.readers import content
from tally.readers.apart import asked
from tally.render import outputs
from tally.report import issue, narrative
from tally.report.gaps import PARTS
from tally.store.files import write_bytes
from tally.totals import Book, open_totals


def held(campaign: Campaign, paths: Paths, file: Path, edition: str = "internal") -> Judgement:
    """What became of the report in `file`; TallyError where the period has no report, UsageError for another kind of file."""
    if not outputs.executed(paths, "report", edition).exists():
        raise TallyError(f"{paths.period} 期还没有报告，无法核对", f"请先运行 python pipeline.py run {paths.typed}")
    drafted = outputs.executed_blocks(paths, edition)
    released = issue.release_of(paths, edition, drafted)
    blocks = issue.issued(drafted, released, edition) if released else drafted
    made = outputs.report_makers(campaign, paths, edition, blocks, datetime.now(UTC))["report.docx"]()
    book = open_totals(campaign, paths).book if edition == "internal" else Book()
    return judge(read(made), edited(file), list(_figures(book)), _written(paths))


def _written(paths: Paths) -> frozenset[str]:
    """The paragraphs that the analyst wrote."""
    return frozenset(text for paragraphs in narrative.read(paths.narrative).parts.values() for text in paragraphs)


def edited(file: Path) -> Word:
    """What stands in a file that somebody else has edited; UsageError if it is no Word file."""
    try:
        word: Word = asked(word_at, file, file.name, kinds=(Word, Text, Grid))
        return word
    except UnreadableFile as e:
        fact = "不是 Word 文件（.docx）" if e.problem == "damaged" else UnreadableFile.PROBLEMS[e.problem][0]
        raise UsageError(f"{fact}，无法核对", "请在 Word 或 WPS 中另存为 .docx") from e


def word_at(path: Path, name: str) -> Word:
    """Asked in the process that opens what comes from outside."""
    return read(content(path))


def keep(campaign: Campaign, paths: Paths, judgement: Judgement) -> list[str]:
    """Writes the edited report's own words into the narrative of the period; the headings they went to."""
    headings = _headings(campaign, outputs.executed_blocks(paths))
    before = narrative.read(paths.narrative)
    parts = kept(before, judgement.rewritten, headings)
    changed = [heading for heading, paragraphs in parts.items() if before.parts.get(heading, ()) != paragraphs]
    if changed:
        write_bytes(paths.narrative, as_markdown(parts).encode("utf-8"))
    return changed


def _headings(campaign: Campaign, blocks: Iterable[Block]) -> list[str]:
    """The headings under which the analyst writes: the duties and the parts that figures cannot fill."""
    words = [word for _, _, names, _ in PARTS for word in names]
    headings = [duty.title for duty in campaign.duties]
    for block in blocks:
        if isinstance(block, Heading) and any(w in block.text for w in words):
            headings.append(block.text)
    return headings


def _figures(book: Book) -> Iterator[Number]:
    for figure in book.values():
        if figure.value is not None and "@" not in figure.ref:
            label = figure.label.split(" ")[-1].split("（")[0].removeprefix("其中：")
            yield from numbers(f"{label}{figure.number}{figure.unit}")
