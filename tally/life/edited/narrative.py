"""The office's own words in an edited report, as the narrative of the next run: only where the analyst asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tally.life.edited.document import Text
from tally.report.narrative import Narrative, bare

_GAP = "【待补充】"


def kept(
    narrative: Narrative, rewritten: Sequence[tuple[str, Text]], headings: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    """Heading to its paragraphs: what was written before, as the edited report has it, and what it puts there anew.

    A sentence that the report makes of figures is none of these, however it was reworded: the next run makes it again.
    `headings` are those that the narrative may have.
    """
    allowed = {bare(heading) for heading in headings}
    parts = {heading: list(paragraphs) for heading, paragraphs in narrative.parts.items() if paragraphs}
    for before, text in rewritten:
        heading = bare(text.heading)
        if heading not in allowed or text.is_heading or _GAP in text.text:
            continue
        paragraphs = parts.setdefault(heading, [])
        if before in paragraphs:
            paragraphs[paragraphs.index(before)] = text.text
        elif (not before or _GAP in before) and text.text not in paragraphs:
            paragraphs.append(text.text)
    return {heading: tuple(paragraphs) for heading, paragraphs in parts.items() if paragraphs}


def as_markdown(parts: Mapping[str, Sequence[str]]) -> str:
    """The narrative's file: a heading a line, a paragraph a block."""
    blocks = []
    for heading, paragraphs in parts.items():
        blocks += ([f"# {heading}"] if heading else []) + list(paragraphs)
    return "\n\n".join(blocks) + "\n"
