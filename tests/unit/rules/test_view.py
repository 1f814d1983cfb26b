"""A return as rules see it: nulls are none, however the table that holds them came about."""

from dataclasses import replace

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import Finding
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
