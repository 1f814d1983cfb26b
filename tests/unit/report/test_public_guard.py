"""No small number of the public edition is told, nor follows from what is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tally.report.public.audit import exposed
from tally.report.public.guard import Column, hidden


def column(*counts: dict[str, int]) -> Column:
    return Column(counts)


def test_a_small_cell_is_left_out_and_another_with_it():
    (without,) = hidden(column({"甲": 1, "乙": 9, "丙": 30}), 3)

    assert without == {"甲", "乙"}  # else the total less the others would tell it


def test_zeros_and_large_cells_are_told():
    assert hidden(column({"甲": 0, "乙": 9, "丙": 30}), 3) == (frozenset(),)


def test_what_came_since_an_earlier_period_is_guarded_too():
    _, now = hidden(column({"甲": 10, "乙": 9, "丙": 30}, {"甲": 11, "乙": 9, "丙": 40}), 3)

    assert "甲" in now and len(now) >= 2


def test_cells_left_out_together_are_of_enough_firms_together():
    (without,) = hidden(column({"甲": 1, "乙": 1, "丙": 30, "丁": 12}), 3)

    assert without == {"甲", "乙", "丁"}


def test_the_audit_finds_what_the_total_gives_away():
    counts = column({"甲": 1, "乙": 9, "丙": 30})

    assert [(e.key, e.period) for e in exposed(counts, [frozenset({"甲"})], 3)] == [("甲", 0)]
    assert exposed(counts, [frozenset({"甲", "乙"})], 3) == ()


def test_the_audit_finds_what_two_periods_give_away():
    counts = column({"甲": 10, "乙": 9}, {"甲": 11, "乙": 9})

    assert [(e.key, e.period, e.since) for e in exposed(counts, [frozenset(), frozenset()], 3)] == [("甲", 1, 0)]


COUNTS = st.integers(1, 4).flatmap(
    lambda periods: st.dictionaries(
        st.sampled_from("甲乙丙丁戊己庚辛"),
        st.lists(st.integers(0, 12), min_size=periods, max_size=periods),
        min_size=2,
    )
)


@given(COUNTS, st.integers(2, 5))
def test_nothing_small_follows_from_any_periods_editions(by_key, smallest):
    """Additions that only grow, as figures to date do; totals that are too small themselves are left out by the table."""
    periods = len(next(iter(by_key.values())))
    counts = tuple({key: sum(added[: at + 1]) for key, added in by_key.items()} for at in range(periods))
    totals = [sum(c.values()) for c in counts]
    moves = [b - a for a, b in zip([0, *totals], totals, strict=False)]
    if any(0 < n < smallest for n in moves):
        return
    made = Column(counts)

    assert exposed(made, hidden(made, smallest), smallest) == ()


SHIFTING = st.integers(2, 4).flatmap(
    lambda editions: st.dictionaries(
        st.sampled_from("甲乙丙丁戊己庚辛"),
        st.lists(st.integers(0, 30), min_size=editions, max_size=editions),
        min_size=2,
    )
)


@given(SHIFTING, st.integers(2, 4))
def test_nothing_small_follows_from_editions_that_were_amended(by_key, smallest):
    """Numbers that fall again, as an amended edition's do: every two editions are held against each other."""
    editions = len(next(iter(by_key.values())))
    counts = tuple({key: numbers[at] for key, numbers in by_key.items()} for at in range(editions))
    totals = [sum(c.values()) for c in counts]
    if any(0 < abs(a - b) < smallest for a in [0, *totals] for b in totals):
        return
    made = Column(counts)

    assert exposed(made, hidden(made, smallest), smallest) == ()


def test_an_amended_edition_is_held_against_all_before_it():
    """10, then 14, then 11: the last gives nothing away against the second, but one firm against the first."""
    *_, last = hidden(
        column({"甲": 10, "乙": 9, "丙": 30}, {"甲": 14, "乙": 9, "丙": 40}, {"甲": 11, "乙": 9, "丙": 40}), 3
    )

    assert "甲" in last
