"""The life of findings from check to check, whatever happens to the tables."""

from __future__ import annotations

import pandas as pd
import pytest

from tally.check.past import last_check, past, remember, since, standing
from tally.paths import Paths

COLUMNS = ("unit", "form", "row", "field", "rule", "file", "severity", "message")


def frame(*rows: str) -> pd.DataFrame:
    """Findings as "unit rule severity", all in the form of cases."""
    records = [
        (u, "cases", "total", "x", rule, f"{u}.xlsx", severity, rule) for u, rule, severity in map(str.split, rows)
    ]
    return pd.DataFrame(records, columns=COLUMNS)


@pytest.fixture
def paths(tmp_path) -> Paths:
    return Paths(tmp_path, "c", "p")


def test_what_came_up_what_stands_and_what_is_gone(paths):
    first = remember(paths, frame("a r error", "b r warning", "c r note"), "2021-06-01 08:00")
    assert (len(first.found), len(first.gone), first.standing) == (2, 0, 0)
    second = remember(paths, frame("b r warning", "d r error"), "2021-06-02 08:00")
    assert [e.key[0] for e in second.found] == ["d"]
    assert [e.key[0] for e in second.gone] == ["a"]
    assert second.standing == 1
    assert {k[0] for k in standing(past(paths))} == {"b", "d"}


def test_a_check_that_changes_nothing_writes_nothing(paths):
    remember(paths, frame("a r error"), "2021-06-01 08:00")
    before = paths.past.read_bytes()
    remember(paths, frame("a r error"), "2021-06-02 08:00")
    assert paths.past.read_bytes() == before


def test_a_finding_stands_when_the_unit_sends_the_same_fault_in_another_file(paths):
    remember(paths, frame("a r error"), "2021-06-01 08:00")
    again = frame("a r error").assign(file="again.xlsx")
    assert remember(paths, again, "2021-06-02 08:00").standing == 1


def test_since_a_named_day_leaves_out_what_came_and_went(paths):
    remember(paths, frame("a r error"), "2021-06-01 08:00")
    remember(paths, frame("a r error", "b r error"), "2021-06-02 08:00")
    remember(paths, frame("c r error"), "2021-06-03 08:00")
    told = since(past(paths), "2021-06-01 23:59")
    assert ([e.key[0] for e in told.found], [e.key[0] for e in told.gone]) == (["c"], ["a"])
    assert {e.key[0] for e in last_check(past(paths)).gone} == {"a", "b"}


def test_a_finding_that_comes_back_is_found_again(paths):
    for day, rows in (("01", ["a r error"]), ("02", []), ("03", ["a r error"])):
        remember(paths, frame(*rows), f"2021-06-{day} 08:00")
    assert [e.what for e in past(paths)] == ["发现", "解决", "发现"]
