"""A form of which rows or columns did not come, with a slip in it: told, whatever is missing."""

import random

import pytest

from tests.adversary.world import form4

FIRST = 4  # the grid row of the first category


@pytest.mark.parametrize("seed", range(14))
def test_a_slip_in_what_is_left_of_a_form_is_told(world, seed):
    """More cases closed than handled, in a form without some of its rows and columns; half of them without the total."""
    draw = random.Random(seed)
    rows = [list(row) for row in form4()]
    rows[FIRST + 2][5] = 99  # closed
    gone = set(draw.sample(range(FIRST + 3, len(rows) - 1), draw.randint(0, 2))) | (
        {len(rows) - 1} if seed % 2 else set()
    )
    columns = set(draw.sample([1, 2, 4, 6, 7, 8, 9], draw.randint(0, 3)))
    left = [row for at, row in enumerate(rows) if at not in gone]
    sent = [[v for col, v in enumerate(row) if col not in columns] if len(row) > 5 else row for row in left]
    world.put("亭湖区/附件4.xlsx", {"表": sent})
    out = world.run()
    assert any(cell[4] == "cases_closed" for rule in out.rules() for cell in out.said(rule))
    assert not {rule for rule in out.rules() if rule.startswith("run.")}
