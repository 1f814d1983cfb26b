"""A sample of the fuzzer (`python -m benchmarks.fuzz 10000` is the whole): spoilt returns are read or refused in words."""

import pytest

from benchmarks.fuzz.__main__ import is_failure, outcomes


@pytest.mark.parametrize(("number", "seed"), [(250, 1), pytest.param(10_000, 2, marks=pytest.mark.slow)])
def test_spoilt_files_are_read_or_refused_and_never_hang_or_crash(tmp_path, number, seed):
    assert [(n, ended) for n, (ended, _, _) in enumerate(outcomes(number, seed, tmp_path)) if is_failure(ended)] == []
