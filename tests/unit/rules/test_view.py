"""A return as rules see it: nulls are none, however the table that holds them came about."""

from dataclasses import replace
from datetime import date

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import Finding, ReceivedFile
from tally.rules.view import FormView
from tally.store.tables import findings_table
from tests.unit.rules.examples import cases


@pytest.mark.parametrize("column", ["file", "sheet", "cell", "raw"])
def test_an_address_of_nothing_but_nulls_is_empty_and_can_be_stored(column):
    ret = cases({})
    view = FormView(CAMPAIGN.form("cases"), replace(ret, cells=ret.cells.assign(**{column: float("nan")})))
    place = view.place(0, view.form.fields[0].name)
    assert getattr(place, column) == ""
    finding = Finding(
        "320902", "cases", "cases.rows_present", "error", "缺行", file=place.file, sheet=place.sheet, cell=place.cell
    )
    assert findings_table([finding]).num_rows == 1


DAYS = [  # what 填报时间 says, when the file came, the last day of its period -> the day that it speaks of
    (date(2021, 5, 31), date(2026, 1, 1), date(2021, 6, 5), date(2021, 5, 31)),
    (None, date(2026, 1, 1), date(2021, 6, 5), date(2021, 6, 5)),
    (None, date(2021, 6, 1), date(2021, 6, 5), date(2021, 6, 1)),
    (None, date(2021, 6, 1), None, date(2021, 6, 1)),
]


@pytest.mark.parametrize(("reported", "received", "latest", "day"), DAYS)
def test_a_file_copied_long_after_its_period_speaks_of_no_later_day(reported, received, latest, day):
    file = ReceivedFile("甲区/表.xlsx", "0" * 64, 1, received)
    ret = replace(cases({}), reported=reported, latest=latest, files=(file,))
    assert FormView(CAMPAIGN.form("cases"), ret).as_of == day
