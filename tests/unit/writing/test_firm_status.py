"""Whether a firm makes anything: one definition for checks, figures and statements; a blank status says neither."""

import pytest

from tally.campaigns.masks_2021.lists import STATUS
from tally.writing.firms import NOT_PRODUCING, PRODUCING, produces


@pytest.mark.parametrize(
    ("status", "makes"),
    [("在产", True), ("停产", False), ("转产", False), ("注销", False), ("", None), (None, None), ("半停产", None)],
)
def test_a_status_says_whether_a_firm_produces(status, makes):
    assert produces(status) is makes


def test_every_status_of_the_form_is_known():
    assert {c.name for c in STATUS.choices} == {PRODUCING, *NOT_PRODUCING}
