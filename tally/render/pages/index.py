"""The pages around the report: a campaign's periods and units, and a page for each unit of a period.

Both are made from tables and from what lies on disk; the caller writes them. Addresses in them are
relative, so that the folder `reports/<campaign>` can be moved or put on a share as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

import pandas as pd
from markupsafe import Markup

from tally.blocks import Align, Entry, Head, Heading, Table, Title
from tally.catalogue import SEVERITIES
from tally.declare import Campaign, Period, Unit
from tally.paths import Paths
from tally.render.html import file_link
from tally.render.html.blocks import Writer, targets
from tally.render.html.figures import Figures
from tally.render.html.page import page, shown
from tally.render.pages.links import unit_links
from tally.render.pages.unit import standing, unit_page
from tally.store.tables import read_table

__all__ = ["campaign_page", "unit_links", "unit_page"]

_OUTPUTS = (("report.html", "网页"), ("report.pdf", "PDF"), ("report.docx", "Word"), ("forms.xlsx", "汇总表"))


@dataclass(frozen=True)
class _Stand:
    """Where one period stands: what its tables say, and which of its files are there."""

    period: Period
    paths: Paths
    returns: pd.DataFrame
    findings: pd.DataFrame

    def severities(self, unit: str = "") -> Counter[str]:
        findings = self.findings[self.findings["unit"] == unit] if unit else self.findings
        return Counter(findings["severity"])

    def states(self, unit: str) -> list[str]:
        states: list[str] = self.returns[self.returns["unit"] == unit]["state"].tolist()
        return states


def campaign_page(campaign: Campaign, root: Path) -> str:
    """The page `reports/<campaign>/index.html` below `root`: processed periods, newest first, by unit.

    Only files that exist are linked. A period that was never processed is not shown.
    """
    stands = list(filter(None, (_stand(campaign, p, root) for p in reversed(campaign.periods))))
    blocks = (_periods(campaign, stands), _units(campaign, stands))
    title = Title(f"{campaign.title}数据报送与报告", campaign.issuer, lines=(campaign.notice,))
    heads = (Heading("一、各期报告", 1, "periods-part"), Heading("二、各单位报送情况", 1, "units-part"))
    writer = Writer(Figures({}), targets((*heads, *(table for table, _ in blocks))))
    parts = [writer.write(title)]
    for head, (table, cell) in zip(heads, blocks, strict=True):
        parts += [writer.write(head), writer.table(table, cell)]
    return page(
        title=title.text, lang="zh-CN", body=Markup("\n").join(parts), rows=writer.folded_rows(), css=writer.css()
    )


def _stand(campaign: Campaign, period: Period, root: Path) -> _Stand | None:
    paths = Paths(root, campaign.name, period.name)
    if not all((paths.processed / f"{name}.parquet").exists() for name in ("returns", "findings")):
        return None
    tables = (read_table(paths.processed / f"{name}.parquet") for name in ("returns", "findings"))
    return _Stand(period, paths, *tables)


def _periods(campaign: Campaign, stands: Sequence[_Stand]) -> tuple[Table, Callable[[Entry], Markup]]:
    """A row a period: how complete, how many findings, the files of its report."""
    forms = len(campaign.forms) * len(campaign.units)
    rows = []
    files: dict[str, Markup] = {}
    for s in stands:
        counts, missing = s.severities(), _missing(campaign, s)
        files[s.period.name] = _links(s)
        texts = (f"{s.period.start:%Y-%m-%d} 至 {s.period.end:%Y-%m-%d}", f"{forms - missing} / {forms}")
        numbers = (str(counts[name]) for name in ("error", "warning", "note"))
        rows.append(tuple(map(Entry, (s.period.name, *texts, *numbers, s.period.name))))
    table = Table(
        id="periods",
        caption="各期报告",
        head=(tuple(Head(t) for t in ("报送期", "起止", "已报 / 应报（表）", "差错", "疑点", "提示", "报告文件")),),
        body=tuple(rows),
        align=("left", "left", "center", "right", "right", "right", "left"),
    )
    last = {id(row[-1]): row[-1].text for row in table.body}

    def cell(entry: Entry) -> Markup:
        return files[last[id(entry)]] if id(entry) in last else shown(entry.text)

    return table, cell


def _missing(campaign: Campaign, stand: _Stand) -> int:
    """How many forms did not come; a unit that no line speaks of sent none."""
    there = stand.returns[stand.returns["state"] != "missing"]
    came = set(zip(there["unit"], there["form"], strict=True))
    return sum((u.code, f.name) not in came for u, f in product(campaign.units, campaign.forms))


def _links(stand: _Stand) -> Markup:
    links = [
        file_link(text, f"{stand.period.name}/{name}")
        for name, text in _OUTPUTS
        if (stand.paths.reports / name).exists()
    ]
    return Markup("　").join(links) if links else Markup("尚无报告")


def _units(campaign: Campaign, stands: Sequence[_Stand]) -> tuple[Table, Callable[[Entry], Markup]]:
    """Units by periods: how the return came and how many errors stand; leads to the unit's page."""
    rows = []
    for unit in campaign.units:
        row = [Entry(unit.name)]
        for s in stands:
            address = f"{s.period.name}/units/{unit.code}.html"
            there = (s.paths.reports / "units" / f"{unit.code}.html").exists()
            bad: Literal["", "bad"] = (
                "bad" if s.severities(unit.code)["error"] or "missing" in s.states(unit.code) else ""
            )
            row.append(Entry(_standing(s, unit, len(campaign.forms)), kind=bad, link=address if there else ""))
        rows.append(tuple(row))
    left: Align = "left"
    table = Table(
        id="units",
        caption="各单位报送情况",
        head=(tuple(Head(t) for t in ("单位", *(s.period.name for s in stands))),),
        body=tuple(rows),
        align=(left,) * (1 + len(stands)),
        note="点击各期情况可查看该单位的报送记录、填报数据和发现的问题。",
    )

    def cell(entry: Entry) -> Markup:
        return file_link(entry.text, entry.link) if entry.link else shown(entry.text)

    return table, cell


def _standing(stand: _Stand, unit: Unit, forms: int) -> str:
    counts = stand.severities(unit.code)
    faults = [f"{SEVERITIES[name]}{counts[name]}" for name in ("error", "warning") if counts[name]]
    return "，".join([standing(stand.states(unit.code), max(forms, stand.returns["form"].nunique())), *faults])
