"""Blank forms: one workbook a unit, made from the campaign's declarations and from nothing else.

declarations + the unit's last return -> sheets (`templates_xlsx_sheet`) with checks and notes (`templates_xlsx_checks`)
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from tally.declare import Campaign
from tally.locate.imprint import form_version
from tally.paths import Paths
from tally.render.blank_forms.blank import Blank
from tally.render.blank_forms.names import FORMS, file_name
from tally.render.blank_forms.sheet import write_form
from tally.store import lock
from tally.store.files import write_bytes
from tally.store.tables import is_processed, load_period
from tally.totals import History
from tally.writing.periods import month

VERSION_PROPERTY = "tally.form_version"  # the hidden document property with every form's version


def write_templates(campaign: Campaign, paths: Paths) -> list[Path]:
    """Writes `templates/<unit>-<period>-统计表.xlsx` below the period's reports for every unit that owes forms; the files, in the campaign's order.

    Earlier periods that are processed give the figures shown for reference; without any there are none. UsageError
    for an unknown period; TallyError while a run is going on, which may be changing those figures.
    """
    campaign.period(paths.period)
    with lock.held(paths.root, lambda text: None):
        history, when = _earlier(campaign, paths), campaign.period(paths.period).moment
        written = []
        for unit in campaign.reporters:
            path = paths.reports / "templates" / file_name(unit, paths.period, FORMS)
            write_bytes(path, template_workbook(campaign, paths.period, unit.code, history, timestamp=when))
            written.append(path)
    return written


def template_workbook(
    campaign: Campaign, period: str, unit: str, history: History | None = None, *, timestamp: datetime
) -> bytes:
    """The blank forms that `unit` owes for `period` as an .xlsx: a protected sheet (no password) a form.

    Cells to fill in are unlocked and checked, totals are formulas, every column says in a comment what belongs there;
    the unit's latest figures of `history` (earlier periods) stand greyed beside the form. The same declarations, figures
    and `timestamp` give the same bytes. UsageError for an unknown period or unit.
    """
    content = BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"},
    }
    declared, current = campaign.unit(unit), campaign.period(period)
    forms = declared.owed(campaign.forms)
    with xlsxwriter.Workbook(content, options) as file:
        file.set_properties(
            {
                "title": f"{declared.name}{campaign.title}统计表（{month(period)}）",
                "author": campaign.issuer,
                "created": timestamp.replace(tzinfo=None),
            }
        )
        file.set_custom_property(VERSION_PROPERTY, ";".join(f"{f.name}={form_version(f)}" for f in forms))
        file.set_calc_mode("auto")
        for form in forms:
            last = history.latest(form.name, declared.code) if history else None
            write_form(Blank(file, campaign, current, declared, form, form_version(form), last))
    return content.getvalue()


def _earlier(campaign: Campaign, paths: Paths) -> History | None:
    """The processed periods before this one, None if there are none."""
    names = [p.name for p in campaign.periods]
    places = [paths.beside(n) for n in names[: names.index(paths.period)]]
    tables = tuple(load_period(p, campaign) for p in places if is_processed(p, campaign))
    return History(campaign, tables) if tables else None
