"""Returns made for the feedback tests, and what came back for them."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.catalogue.audience import concerns_units
from tally.intake.survey import survey
from tally.locate.imprint import LIST_SHEET
from tally.paths import Paths
from tally.render.feedback.book import workbook
from tally.store.tables import load_period
from tests.unit import processed

WHEN = datetime(2021, 5, 31, tzinfo=UTC)
CASES = CAMPAIGN.form("cases")
LINK = re.compile(r"'((?:[^']|'')+)'!([A-Z]+[0-9]+)")


@dataclass(frozen=True)
class Returned:
    """A feedback file opened again, with the findings it should show."""

    data: bytes
    book: openpyxl.Workbook
    findings: pd.DataFrame
    paths: Paths

    @property
    def front(self) -> Worksheet:
        return self.book[LIST_SHEET]

    @property
    def told(self) -> list[str]:
        """The severities of what the unit is told."""
        return [f.severity for f in self.findings.itertuples() if concerns_units(f.rule)]

    @property
    def lists(self) -> list[Worksheet]:
        """The list and the sheets behind it: hints, what came."""
        return [sheet for sheet in self.book if sheet.title.startswith(LIST_SHEET)]

    @property
    def texts(self) -> list[str]:
        return [str(c.value) for sheet in self.lists for row in sheet.iter_rows() for c in row if c.value is not None]

    def links(self) -> list[tuple[str, str]]:
        """(sheet, cell) of every link of the lists."""
        cells = (c for sheet in self.lists for row in sheet.iter_rows() for c in row if c.hyperlink)
        found = (LINK.fullmatch(c.hyperlink.location) for c in cells)
        return [(m[1].replace("''", "'"), m[2]) for m in found]

    def comments(self) -> dict[tuple[str, str], str]:
        return {
            (s.title, c.coordinate): c.comment.text
            for s in self.book
            for row in s.iter_rows()
            for c in row
            if c.comment
        }


def feedback(root: Path, period: str, unit: str) -> Returned:
    """The file that goes back, made from what a run left below `root`."""
    paths = Paths(root, CAMPAIGN.name, period)
    tables = load_period(paths, CAMPAIGN)
    data = workbook(CAMPAIGN, paths, unit, survey(CAMPAIGN, paths), tables, timestamp=WHEN)
    mine = tables.findings[tables.findings["unit"] == unit]
    return Returned(
        data,
        openpyxl.load_workbook(io.BytesIO(data), rich_text=True),
        mine.astype(object).where(mine.notna(), ""),
        paths,
    )


@cache
def of_sample(period: str, unit: str) -> Returned:
    return feedback(processed.root(), period, unit)


def sent(root: Path, files: Mapping[str, bytes], unit: str = "320902", period: str = "2021-04") -> Returned:
    """What comes back to `unit` for `files` (path below the period's folder -> content)."""
    raw = Paths(root, CAMPAIGN.name, period).raw
    for name, content in files.items():
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    processed.process(root, period)
    return feedback(root, period, unit)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_cases(sheet: Worksheet, handled: int = 3, total: int | None = None) -> None:
    """Form 4 as an office would lay it out, `handled` cases in each category; the total row is row 12."""
    sheet["A1"], sheet["A2"] = CASES.title, "填报单位：亭湖区市场监管局"
    for c, text in enumerate((CASES.row_header or "案件类别", *(f.label for f in CASES.fields)), 1):
        sheet.cell(4, c, text)
    for r, category in enumerate(CASES.categories, 5):
        sheet.cell(r, 1, category.label)
        for c in range(len(CASES.fields)):
            amount = handled if c < 4 else 0
            sheet.cell(r, c + 2, amount * 7 if category.name == "total" else amount)
    if total is not None:
        sheet["D12"] = total


def cases_book(**facts) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "附件4"
    fill_cases(book.active, **facts)
    return book
