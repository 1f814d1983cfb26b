"""The work summary: totals in, `tally.blocks` out, a section at a time.

    report = tally.report.open_report("2021-05")
    report.cases()          -> Section: shown in a notebook cell as its blocks
    report.provenance()     -> how every figure that the report states came about

Last in the flow before `tally.render`, which renders the executed notebook.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

from tally import campaigns, totals
from tally.blocks import Block, Chart, Heading, Provenance, Table, Title
from tally.check.acceptances import Acceptance, acceptances
from tally.declare import Campaign
from tally.errors import UsageError
from tally.paths import Paths, chosen
from tally.report import (
    annexes,
    basics,
    cases,
    duties,
    evidence,
    gaps,
    issue,
    leader,
    narrative,
    pictures,
    plain_lists,
    provenance,
    public,
    sampling,
    stakes,
)
from tally.report.amendments import amend, annex
from tally.report.public.edition import Edition
from tally.report.public.harmless import harmless
from tally.report.public.scrub import Scrub
from tally.report.tables import Section
from tally.writing.periods import month

EDITIONS = ("internal", "public")
SECTIONS = ("cover", "cases", "sampling", "manufacturers", "lists", "comparison", "submission", "measures", "results",
            "problems", "next_steps", "signature", "duties", "forms", "quality", "amendments")  # fmt: skip


@dataclass(frozen=True)
class Report:
    """One period's work summary. Every method in `SECTIONS` gives that section, numbered; the order in which they are
    called does not matter. The public edition has sections of its own, some of them empty.

    `passages`: what the units' summaries say of each duty; `influence`: findings' row number to how much
    the finding could move the totals, largest first.
    """

    totals: totals.Totals
    text: narrative.Narrative
    edition: str = "internal"
    passages: duties.Passages = field(default_factory=dict)
    influence: Mapping[int, str] = field(default_factory=dict)
    paths: Paths | None = None  # where the period's releases lie; None for a report that can amend none
    accepted: Mapping[str, Acceptance] = field(default_factory=dict)  # unit -> who accepted its figures

    @property
    def campaign(self) -> Campaign:
        return self.totals.history.campaign

    def cover(self) -> Section:
        return self.section("cover")

    def cases(self) -> Section:
        return self.section("cases")

    def sampling(self) -> Section:
        return self.section("sampling")

    def manufacturers(self) -> Section:
        return self.section("manufacturers")

    def lists(self) -> Section:
        return self.section("lists")

    def comparison(self) -> Section:
        return self.section("comparison")

    def submission(self) -> Section:
        return self.section("submission")

    def measures(self) -> Section:
        return self.section("measures")

    def results(self) -> Section:
        return self.section("results")

    def problems(self) -> Section:
        return self.section("problems")

    def next_steps(self) -> Section:
        return self.section("next_steps")

    def signature(self) -> Section:
        return self.section("signature")

    def duties(self) -> Section:
        return self.section("duties")

    def forms(self) -> Section:
        return self.section("forms")

    def quality(self) -> Section:
        return self.section("quality")

    def amendments(self) -> Section:
        return self.section("amendments")

    def provenance(self) -> Provenance:
        """How each figure that any section states came about."""
        if self.edition == "public":  # files and cells stay inside
            return Provenance({})
        shown = provenance.refs(b for name in SECTIONS for b in self._written[name])
        return provenance.block(self.totals, shown)

    def blocks(self) -> Iterator[Block]:
        """The whole report in order, as the notebook shows it."""
        for name in SECTIONS:
            yield from self.section(name)
        yield self.provenance()

    def todos(self) -> tuple[str, ...]:
        """What nobody has written yet."""
        return gaps.todos(b for name in SECTIONS if name != "cover" for b in self._written[name])

    def section(self, name: str, *, charts: bool = True) -> Section:
        """One of `SECTIONS`; without its charts, which take longest to make, if `charts` is false."""
        if self.edition == "public":  # a report of its own: see `tally.report.public.edition`
            return Section(self.public.sections.get(name, ()))
        written = self._written[name]
        return Section(pictures.placed(written, self._charts(name)) if charts else written)

    def _charts(self, name: str) -> tuple[Chart, ...]:
        """A section's charts, numbered after those of the sections before it."""
        before = sum(len(self._drawn(n)) for n in SECTIONS[: SECTIONS.index(name)])
        charts = enumerate(self._drawn(name), before + 1)
        return tuple(dataclasses.replace(c, caption=f"图{n} {c.caption}") for n, c in charts)

    def _drawn(self, name: str) -> tuple[Chart, ...]:
        if name not in self._pictures:
            self._pictures[name] = pictures.drawn(self.totals, name)
        return self._pictures[name]

    @cached_property
    def _pictures(self) -> dict[str, tuple[Chart, ...]]:
        return {}

    @cached_property
    def public(self) -> Edition:
        """The public edition of this period."""
        mask = public.mask(self.campaign, self.totals.history.periods)
        words = harmless(self.campaign, self.text.confirmed)
        return Edition(self.totals, self.text, Scrub(mask, words), self.paths)

    @cached_property
    def _written(self) -> dict[str, tuple[Block, ...]]:
        """Every section without its charts, tables of the body numbered through."""
        t, text = self.totals, self.text
        passages = self.passages
        body = {**_basics(t, self.accepted)}
        body["measures"] = duties.measures(t, text, passages)
        body |= {
            n: gaps.part(text, i) for n, i in (("results", "results"), ("problems", "problems"), ("next_steps", "next"))
        }
        body["next_steps"] += gaps.unplaced(text, (d.title for d in t.history.campaign.duties))
        dated = issue.draft_date(t.history.campaign, issue.facts_until(t.history))
        body["duties"] = annexes.duties(t, passages)
        body["forms"] = annexes.forms(t)
        body["quality"] = annexes.quality(t, dict(self.influence))
        open_parts = gaps.todos(b for blocks in body.values() for b in blocks)
        front = (*leader.leader(t, passages), *basics.lead(t))
        stated = amend.stated(b for blocks in (front, *body.values()) for b in blocks)
        corrects = amend.amendments(self.paths, t, stated) if self.paths else None
        last = annexes.count(t) + 1
        body["amendments"] = annex.annex(corrects, last)
        signed = (
            annexes.announced(b for blocks in body.values() for b in blocks),
            *issue.signature(t.history.campaign, dated),
        )
        title = _title(t, self.edition, dated, len(open_parts), annex.title_line(corrects, last))
        return {"cover": (title, *front), **_numbered({**body, "signature": signed})}


def _sampled(t: totals.Totals) -> str:
    form = t.sampling.form if t.sampling else None
    return "" if form is None else f"{form.goods}{form.act}"


def _listed(t: totals.Totals) -> str:
    return f"生产企业及{t.sampling.form.act}覆盖" if t.sampling else "生产企业"


def _basics(t: totals.Totals, accepted: Mapping[str, Acceptance]) -> dict[str, tuple[Block, ...]]:
    """一、基本情况: its five parts; one that the campaign has no form for is empty, and is not counted."""
    matrices = [f for f in t.history.campaign.forms if f.layout == "matrix"]
    others = totals.plain_lists(t.history.campaign)
    written = {
        "cases": (
            "、".join("案件查处" if f.name == "cases" else f.title for f in matrices),
            [b for f in matrices for b in cases.cases(t, f)],
        ),
        "sampling": (_sampled(t), sampling.sampling(t, t.sampling.form) if t.sampling else ()),
        "manufacturers": (_listed(t), sampling.manufacturers(t, t.roster) if t.roster else ()),
        "lists": (
            "、".join(f.title for f in others),
            [b for f in others for b in plain_lists.plain_list(t, f)],
        ),
        "comparison": ("与上期比较", [b for f in matrices for b in cases.comparison(t, f)]),
        "submission": ("报送情况", basics.submission(t, accepted)),
    }
    made, n = {}, 0
    for name, (title, blocks) in written.items():
        n += bool(blocks)
        head = (Heading(f"（{duties.ordinal(n)}）{title}", 2, name),) if blocks else ()
        made[name] = (*head, *blocks)
    first = next(iter(made))
    made[first] = (Heading("一、基本情况", 1, "basics"), *made[first])
    return made


def _title(t: totals.Totals, edition: str, dated: str, gaps: int, corrects: tuple[str, ...]) -> Title:
    campaign, period = t.history.campaign, basics.campaign_period(t)
    reported, expected = (t.book.count(f"submission.{m}") for m in ("reported", "expected"))
    working = [f"送审稿　报送期：{month(period.name)}　已报送单位：{reported}/{expected}"]
    working += [f"尚有{gaps}处内容待补充（文中标明【待补充】）"] if gaps else []
    return Title(f"关于{campaign.title}的工作总结", campaign.issuer, dated, tuple(corrects), tuple(working))


def _numbered(body: dict[str, tuple[Block, ...]]) -> dict[str, tuple[Block, ...]]:
    """Captions of the body's tables numbered 表1, 表2, …; those of the annexes as they are."""
    numbers = count(1)

    def one(b: Block) -> Block:
        if isinstance(b, Table) and not b.landscape and b.caption and b.only != "screen":  # numbers run on on paper
            return dataclasses.replace(b, caption=f"表{next(numbers)} {b.caption}")
        return b

    return {name: tuple(map(one, blocks)) for name, blocks in body.items()}


def open_report(
    period: str, campaign: str = campaigns.DEFAULT, root: str | Path = "", edition: str = "internal", area: str = ""
) -> Report:
    """The report of a processed period below `root` (the project by default); TallyError if it is not processed.

    `area` is the code of the level that reports (a city, a province of the campaign), "" for the top.
    """
    if edition not in EDITIONS:
        raise UsageError(f"没有名为 {edition!r} 的版本", f"可用：{'、'.join(EDITIONS)}")
    declared = campaigns.load(campaign, root)
    paths = Paths(chosen(root), declared.name, declared.period(period).name, area)
    worked = totals.open_totals(declared, paths, area)
    passages = evidence.read_passages(declared, paths)
    return Report(
        worked,
        narrative.read(paths.narrative),
        edition,
        passages,
        {} if worked.history.rolled else stakes.stakes(worked),
        None if area else paths,
        acceptances(paths.acceptances, worked.history.now),
    )
