"""What is made of the joined tables alone: each unit's page and its own file back with the faults marked, and lists to pass on.

Each call runs in a process of its own (`tally.engine.call`): the report's notebooks need one core, these take what else
there is.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tally import campaigns
from tally.declare import Campaign
from tally.intake import survey_file
from tally.paths import Paths
from tally.render.feedback.asked import asked
from tally.render.pages.index import unit_links, unit_page
from tally.render.workbook.passed_on import handover_workbooks
from tally.store.files import write_bytes
from tally.store.tables import load_period
from tally.totals import read_history
from tally.totals.levels import within


def write_unit_files(
    root: str, campaign: str, period: str, area: str, units: list[str], surveyed: dict[str, Any]
) -> list[str]:
    """Writes pages and feedback workbooks of `units`; the files written. `surveyed`: `handover.written` of their files.

    The page links to the workbook, which therefore comes first. The level above the units has no page of its own.
    """
    from tally.render.feedback.book import workbook  # here: the lists need nothing that opens workbooks

    declared, paths = _place(root, campaign, period, area)
    known, when = survey_file.read(surveyed), declared.period(period).moment
    written = []
    tables = load_period(paths, declared, units=units)  # once: a level's tables hold every unit of the campaign
    outward = replace(tables, findings=asked(declared, paths, tables.findings))
    for code in units:
        back = paths.feedback / f"{code}.xlsx"
        write_bytes(back, workbook(declared, paths, code, known, outward, timestamp=when))
        written.append(back)
        if code != declared.top.code:
            page = paths.reports / "units" / f"{code}.html"
            links = unit_links(paths, code)
            write_bytes(page, unit_page(declared, period, code, tables, links=links).encode())
            written.append(page)
    return [str(path) for path in written]


def write_lists(root: str, campaign: str, period: str, area: str) -> list[str]:
    """Writes the lists of failing batches that are passed on to other offices; the files written."""
    declared, paths = _place(root, campaign, period, area)
    *earlier, tables = read_history(declared, paths).periods
    when = declared.period(period).moment
    written = []
    for name, content in handover_workbooks(declared, period, tables, timestamp=when, earlier=earlier).items():
        write_bytes(paths.reports / "handover" / name, content)
        written.append(str(paths.reports / "handover" / name))
    return written


def _place(root: str, campaign: str, period: str, area: str) -> tuple[Campaign, Paths]:
    """The campaign as the level sees it, and where that level's files lie."""
    whole = campaigns.load(campaign, root)
    return within(whole, area or whole.top.code), Paths(Path(root), campaign, period, area)
