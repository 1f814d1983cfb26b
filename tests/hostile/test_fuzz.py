"""A sample of the fuzzer (`python -m benchmarks.fuzz 10000` is the whole): spoilt returns are read or refused in words."""

import pytest

from benchmarks.fuzz.__main__ import SLOW_SHARE, outcomes


@pytest.mark.parametrize(
    ("number", "seed", "slow"), [(150, 1, 0.0), pytest.param(10_000, 2, SLOW_SHARE, marks=pytest.mark.slow)]
)
def test_spoilt_files_are_read_or_refused_and_never_hang_or_crash(tmp_path, number, seed, slow):
    endings = enumerate(outcomes(number, seed, tmp_path, slow=slow))
    assert [(n, sound.name, ending.how) for n, (ending, sound, _) in endings if ending.is_failure] == []
