"""What a report's page leads to beside it: the overview, the report's other formats, each unit's page."""

from __future__ import annotations

import os

from tally.declare import Campaign
from tally.paths import Paths

_FORMATS = (("PDF", "report.pdf"), ("Word", "report.docx"), ("汇总表（Excel）", "forms.xlsx"))


Link = tuple[str, str]  # text, address relative to the page


def report_links(campaign: Campaign, paths: Paths, edition: str) -> tuple[Link, ...]:
    """For a report's page. The public edition leads to its own formats alone: what else there is stays inside."""
    if edition != "internal" or not _has_overview(campaign, paths):
        return _FORMATS
    overview = os.path.relpath(paths.reports.parent / "index.html", paths.reports).replace(os.sep, "/")
    return (("总览", overview), *_FORMATS)


def unit_pages(campaign: Campaign, edition: str) -> tuple[Link, ...]:
    """The pages of the units that report to the level of `campaign`; above that level units have none."""
    if edition != "internal" or campaign.areas:
        return ()
    return tuple((unit.name, f"units/{unit.code}.html") for unit in campaign.units)


def unit_links(paths: Paths, code: str) -> tuple[Link, ...]:
    """What a unit's page leads to: overview and report, and those of the unit's own files that are there."""
    files = (
        ("反馈表（Excel）", paths.feedback / f"{code}.xlsx"),
        ("催报和更正通知（Word）", paths.reports / "remind" / f"{code}.docx"),
        ("处理记录（Notebook）", paths.runs / f"county-{code}.ipynb"),
    )
    there = [(text, f"../{path.relative_to(paths.reports).as_posix()}") for text, path in files if path.exists()]
    overview = () if paths.area else (("总览", "../../index.html"),)
    return (*overview, ("本期报告", "../report.html"), *there)


def _has_overview(campaign: Campaign, paths: Paths) -> bool:
    """Only where units report is there a page over all periods and units."""
    return not campaign.areas and not paths.area
