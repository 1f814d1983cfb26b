"""The total of a sheet that was laid out anew follows its rows again, where it was their sum."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import Workbook

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import Grid
from tally.render.feedback import rebuilt
from tally.render.feedback.live_totals import add_up_again
from tally.render.feedback.sheets import Page

CASES = CAMPAIGN.form("cases")
ROWS = [*(c.name for c in CASES.parts), CASES.total]


def formula(numbers: list, *, anew: bool = True) -> object:
    """What stands in the total's cell of 查办案件, whose rows and total came as `numbers`."""
    grid = Grid("附件4.ods", "Sheet1", [[name, number] for name, number in zip(ROWS, numbers, strict=True)])
    sheet = Workbook().active
    rebuilt.rebuild(sheet, grid)
    cells = pd.DataFrame(
        [
            {
                "unit": "320925",
                "form": "cases",
                "row": name,
                "field": "cases_handled",
                "file": "附件4.ods",
                "sheet": "Sheet1",
                "cell": f"B{n}",
            }
            for n, name in enumerate(ROWS, 1)
        ]
    )
    add_up_again(CAMPAIGN, [Page("Sheet1", grid, sheet, rebuilt=anew)], cells)
    return sheet["B8"].value


def test_a_total_that_was_the_sum_of_its_rows_is_one_again():
    assert formula([1, 2, 3, 4, 5, 6, None, 21]) == "=SUM(B1:B7)"


@pytest.mark.parametrize(
    "numbers",
    [
        [1, 2, 3, 4, 5, 6, 7, 29],  # the fault that the unit is asked about stays as it came
        ["1", 2, 3, 4, 5, 6, 7, 28],  # a text is in no sum of Excel's
        [None, 2, 3, 4, 5, 6, 7, "28"],
    ],
)
def test_any_other_total_stays_as_it_came(numbers):
    assert formula(numbers) == numbers[-1]


def test_a_sheet_that_goes_back_as_it_came_is_left_alone():
    assert formula([1, 2, 3, 4, 5, 6, 7, 28], anew=False) == 28
