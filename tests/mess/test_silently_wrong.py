"""The promise itself, on thirty messy returns; the benchmark of the same name measures five hundred."""

import statistics

import pytest

from benchmarks.silently_wrong import FOUND_AT_LEAST, failures, main, measure


@pytest.fixture(scope="module")
def score():
    return measure([39, 100, *range(300, 330)])  # two of them were read wrongly once


def listed(score):
    return "\n".join(line for line, _ in zip(failures(score), range(20), strict=False))


def test_no_return_stops_the_reading(score):
    assert not score.crashed, listed(score)


def test_nothing_is_silently_wrong(score):
    assert score.silent == 0, listed(score)


def test_planted_mistakes_are_found_at_their_cells(score):
    assert score.planted >= 15
    assert score.found >= FOUND_AT_LEAST * score.planted, listed(score)


def test_clean_returns_have_no_errors(score):
    assert score.alarms == 0, listed(score)


def test_most_cells_are_read_and_not_just_flagged(score):
    """In half of the returns nearly every cell; one sent under another unit's name is refused whole, and rightly so."""
    shares = [read_share(one) for one in score.judgements]
    assert statistics.median(shares) > 0.97


def read_share(one) -> float:
    return sum(v.outcome in ("right", "repaired") for v in one.cells) / len(one.cells)


def test_the_benchmark_prints_its_table_and_says_whether_the_promise_holds(capsys):
    code = main(["--only", "300"])
    printed = capsys.readouterr().out
    assert "SILENTLY WRONG" in printed and "planted mistakes" in printed
    assert code in (0, 1)
