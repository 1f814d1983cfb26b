"""Units whose tables break a step over all units are found, and they alone are left out."""

from hypothesis import given
from hypothesis import strategies as st

from tally.errors import TallyError
from tally.run.left_out import StepFailed, is_perhaps_a_units, must_be_left_out

UNITS = [f"{n:02d}" for n in range(13)]


@given(st.sets(st.sampled_from(UNITS), min_size=1, max_size=4))
def test_those_that_break_it_and_no_others(breaking):
    assert must_be_left_out(UNITS, lambda left: breaking <= left) == breaking


def test_two_units_that_only_together_break_it_cost_one_of_them():
    left = must_be_left_out(UNITS, lambda left: "03" in left or "09" in left)
    assert left in ({"03"}, {"09"})


def test_what_fails_without_any_unit_is_no_units_fault():
    assert must_be_left_out(UNITS, lambda left: False) == frozenset()
    assert must_be_left_out([], lambda left: True) == frozenset()


def test_a_full_disk_and_a_wrong_declaration_are_no_units_fault():
    assert not is_perhaps_a_units(OSError(28, "No space left on device"))
    assert not is_perhaps_a_units(TallyError("专项的声明有误"))
    assert is_perhaps_a_units(StepFailed("totals.ipynb 没有执行成功")) and is_perhaps_a_units(ValueError())
