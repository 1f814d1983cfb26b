"""The consolidated forms of a period as one workbook, in the layout in which they are passed upward."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

from tally.declare import Campaign
from tally.model import PeriodTables
from tally.render.workbook.cover import write_cover
from tally.render.workbook.list import write_list
from tally.render.workbook.matrix import write_matrix, write_units
from tally.render.workbook.sheet import Workbook
from tally.render.workbook.tidy import write_tidy
from tally.totals import History


def forms_workbook(
    campaign: Campaign,
    period: str,
    tables: PeriodTables,
    *,
    timestamp: datetime,
    earlier: Sequence[PeriodTables] = (),
    edition_note: str = "",
) -> bytes:
    """An .xlsx of cover, the consolidated forms, matrix forms unit by unit and as one table of data; findings stand in a workbook of their own (`tally.desk`).

    `earlier` are the tables of the periods before, oldest first: as in the report, a cumulative column of a
    unit that sent nothing keeps its last figure, and a list to date its last list. Sums are formulas that carry their stored value; what no unit reported stays empty. Texts are written
    as texts, whatever they begin with. `edition_note` stands behind the title of cover and properties. `timestamp` is the workbook's date of creation: the same tables and
    timestamp give the same bytes.
    """
    content = BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"},
    }
    with xlsxwriter.Workbook(content, options) as file:
        file.set_properties(
            {
                "title": f"{campaign.title}统计表{edition_note}",
                "author": campaign.issuer,
                "created": timestamp.replace(tzinfo=None),
            }
        )
        file.set_calc_mode("auto")
        book = Workbook.of(file, campaign.period(period), History(campaign, (*earlier, tables)))
        write_cover(book, edition_note)
        for form in campaign.forms:
            (write_list if form.layout == "list" else write_matrix)(book, form)
        for form in campaign.forms:
            if form.layout == "matrix":
                write_units(book, form)
                write_tidy(book, form)
    return content.getvalue()
