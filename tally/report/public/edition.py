"""The public edition: its own report, made of what may be told, not the internal one with words struck out.

Sums by category and by unit, the analyst's own text with whoever it names left out, nothing of findings, files, single
firms or what is still to be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tally.blocks import Block, Heading, Paragraph, Run, Title
from tally.declare import Campaign
from tally.paths import Paths
from tally.report import narrative
from tally.report.gaps import PARTS
from tally.report.phrases import day
from tally.report.public.columns import Published, books_of, breakdowns
from tally.report.public.figures import figures
from tally.report.public.scrub import Masked, Scrub
from tally.totals import Totals
from tally.writing.firms import firm_key

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Edition:
    """The blocks of one period's public edition, by the section of the report that they stand in for."""

    totals: Totals
    text: narrative.Narrative
    scrub: Scrub
    paths: Paths | None = None  # where the releases lie that readers may hold

    @property
    def campaign(self) -> Campaign:
        return self.totals.history.campaign

    @cached_property
    def published(self) -> list[Published]:
        books = books_of(self.totals, self.paths)
        return [Published(breakdown, books, self.campaign) for breakdown in breakdowns(self.totals)]

    @cached_property
    def sections(self) -> Mapping[str, tuple[Block, ...]]:
        """Section to blocks; sections that are not named have none."""
        return {
            "cover": self._cover(),
            "cases": (
                Heading("一、基本情况", 1, "basics"),
                *figures(self.published, self.totals.history.whole, self.campaign.smallest),
            ),
            "measures": self._measures(),
            **{section: self._part(part) for section, part in (("results", "results"), ("next_steps", "next"))},
            "signature": (Paragraph((Run(self.campaign.issuer),), "signature"),),
        }

    @property
    def masked(self) -> tuple[Masked, ...]:
        """What was left out of the analyst's text, for a person to look at."""
        return self.scrub.masked(text for texts in self.text.parts.values() for text in texts)

    def disclosure(self) -> dict[str, int]:
        """How well it keeps what it must: all but the first two are to be 0 of what a reader can single out."""
        firms = set()
        for tables in self.totals.history.periods:
            for form in self.campaign.forms:
                named = [f.name for f in form.fields if f.confidential == "firm"]
                for name in named:
                    firms |= {firm_key(value) for value in tables.forms[form.name][name].dropna()}
        return {
            "smallest": self.campaign.smallest,
            "firms": len(firms),
            "cells_left_out": sum(len(keys) for p in self.published for keys in p.left_out.values()),
            "unique": sum(p.exposed for p in self.published),
        }

    def _cover(self) -> tuple[Block, ...]:
        campaign, period = self.campaign, self.campaign.period(self.totals.history.now.period)
        until = day(period.end, year=True)
        opening = f"按照{campaign.notice}要求，{self.totals.history.whole}组织开展{campaign.title}。现将截至{until}的情况公布如下。"
        return (Title(f"{campaign.title}工作情况", campaign.issuer), Paragraph((Run(opening),)))

    def _measures(self) -> tuple[Block, ...]:
        """What the analyst wrote of each duty; a duty of which nothing was written is not named."""
        blocks: list[Block] = []
        for duty in self.campaign.duties:
            if printed := self._paragraphs(self.text.at(duty.title), duty.title):
                at = sum(isinstance(block, Heading) for block in blocks)
                ordinal = _ORDINALS[at] if at < len(_ORDINALS) else str(at + 1)
                blocks += [Heading(f"（{ordinal}）{duty.title}", 2), *printed]
        return (Heading("二、主要做法", 1, "measures"), *blocks) if blocks else ()

    def _part(self, name: str) -> tuple[Block, ...]:
        title, _, words, _ = next(part for part in PARTS if part[1] == name)
        printed = self._paragraphs(self.text.under(*words))
        return (Heading(title.split("、")[-1], 1, name), *printed) if printed else ()

    def _paragraphs(self, texts: tuple[str, ...], title: str = "") -> list[Block]:
        """What may be told of the analyst's paragraphs; one of which nothing is left, or its heading alone, is left out."""
        printed = map(self.scrub.text, texts)
        return [Paragraph((Run(text),)) for text in printed if text.strip() and text.strip("。 ") != title]
