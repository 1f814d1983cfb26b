"""The file that goes back to a unit: its own sheets with the faults marked, and before them the list of problems.

sources -> sheets (originals or rebuilt) -> marks and comments -> list -> bytes
"""

from __future__ import annotations

from datetime import datetime

from tally.declare import Campaign
from tally.intake.survey import Survey
from tally.locate.imprint import HINTS_SHEET, RECORD_SHEET
from tally.model import PeriodTables
from tally.paths import Paths
from tally.render.feedback.behind import withheld_lines, write_hints, write_record
from tally.render.feedback.list import Front, write_list
from tally.render.feedback.live_totals import add_up_again
from tally.render.feedback.marks import mark
from tally.render.feedback.notices import of_unit
from tally.render.feedback.package import packed
from tally.render.feedback.sheets import assemble, results
from tally.render.feedback.sources import sources
from tally.writing.periods import month


def workbook(
    campaign: Campaign, paths: Paths, unit: str, surveyed: Survey, tables: PeriodTables, *, timestamp: datetime
) -> bytes:
    """An .xlsx for `unit`: the list 问题清单 first, then each sheet that came from it in the period.

    Cells with findings are coloured (error red, warning amber, note pale) and say in a comment what was found, what
    was expected and what to do; the list links to them, and says by when to answer and whom to ask. Sheets of .xlsx files keep formats and harmless formulas, all
    others are rebuilt with the same addresses; nothing in the file reaches outside it. A unit that sent nothing gets the
    list alone. The same inputs and `timestamp` give the same bytes. UsageError for an unknown unit.
    `tables`: with the findings as `asked` gives them.
    """
    declared = campaign.unit(unit)
    mine = tables.returns[tables.returns["unit"] == unit]
    listed = of_unit(campaign, tables, unit)
    received = sources(campaign, paths, surveyed, unit, tables.cells, tables.findings)
    book, pages = assemble(received)
    add_up_again(campaign, pages, tables.cells[tables.cells["unit"] == unit])
    marked = mark(pages, listed)
    period = campaign.period(paths.period)
    front = Front(campaign, period, declared, listed, pages, withheld_lines(received), marked, mine, paths)
    write_list(book.worksheets[0], front)
    if front.count("note"):
        write_hints(book.create_sheet(HINTS_SHEET, 1), front)
    write_record(book.create_sheet(RECORD_SHEET, 1 + bool(front.count("note"))), front)
    return packed(
        book, results(pages), f"{declared.name}统计表问题清单（{month(period.name)}）", campaign.issuer, timestamp
    )
