"""The queue: one cause once, the weightiest first, and a stop line that the truth bears out."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from tally.desk.queue import STILL
from tests.desk import world
from tests.life import truth


def test_every_open_finding_stands_in_exactly_one_cause(checked):
    desk = world.desk(checked)
    names = [n for i in desk.queue.items for n in i.cause.findings]
    open_ones = [n for n, f in desk.snapshot.findings.items() if f.severity != "note"]
    assert sorted(names) == sorted(open_ones)


def test_one_slip_that_breaks_several_rules_is_one_decision(checked, mistakes):
    """Closed cases ten times too many break the sum, exceed the handled, and unsettle the scale."""
    unit, form, row, field = next(
        p for p, m in mistakes.items() if p[3] == "cases_closed" and p[2] != "total" and isinstance(m.written, int)
    )
    desk = world.desk(checked)
    mine = []
    for entry in desk.queue.items:
        places = {(f.unit, f.form, f.field) for f in (desk.snapshot.findings[n] for n in entry.cause.findings)}
        if (unit, form, field) in places:
            mine.append({desk.snapshot.findings[n].rule for n in entry.cause.findings})
    assert mine == [{"cases.total_equals_sum", "cases.closed_at_most_handled"}]


def test_what_moves_a_city_figure_most_comes_first(checked):
    shares = [i.share for i in world.desk(checked).queue.items]
    assert shares[0] > 10
    assert max(shares[-5:]) < 0.02


@pytest.mark.parametrize("seed", [7, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (11, 23))])
def test_after_the_stop_line_no_figure_is_off_by_more_than_one_per_cent(tmp_path, seed):
    """What stands before the line is mended with the truth, what stands after it is left as it was sent."""
    mistakes = world.planted(45, seed)
    paths = world.checked(tmp_path, mistakes)
    desk = world.desk(paths)
    queue = desk.queue
    assert 0 < queue.stop < len(queue.items)
    mended = {p for entry in queue.items[: queue.stop] for p in mistakes if concerns(desk, entry, p)}
    left = {p: m for p, m in mistakes.items() if p not in mended}
    cases = pd.read_parquet(paths.processed / "cases.parquet").set_index(["unit", "category"])
    for (category, measure), true in true_figures().items():
        off = Decimal(0)
        for unit, form, row, field in left:
            if (form, row, field) == ("cases", category, measure):
                read = cases.loc[(unit, category), measure]
                stood = Decimal(0) if pd.isna(read) else Decimal(str(read))
                off += stood - world.records(unit, truth.MAY)["cases"][category][measure]
        assert abs(off) <= STILL * true, (category, measure, off, true)
    wrong_results = [p for p in left if p[1] == "sampling" and p[3] == "result"]
    assert not wrong_results


def concerns(desk, entry, place: world.Place) -> bool:
    """Whether deciding the cause would bring a mistake to light: same column of a matrix, same record of a list."""
    unit, form, row, field = place
    for finding in (desk.snapshot.findings[n] for n in entry.cause.findings):
        same = finding.unit == unit and finding.form == form
        if same and ((form == "cases" and finding.field == field) or (form != "cases" and finding.row == row)):
            return True
    return False


def true_figures() -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for unit in truth.UNITS:
        for category, record in world.records(unit, truth.MAY)["cases"].items():
            for measure, value in record.items():
                found[category, measure] = found.get((category, measure), Decimal(0)) + value
    return found
