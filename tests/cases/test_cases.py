"""Every odd return that was ever found: the right value, a finding at the cell, or the word that must be said."""

from pathlib import Path

import pytest

from tally.errors import TallyError
from tests.cases.judge import shortfalls
from tests.cases.known import KNOWN
from tests.cases.limited import limited
from tests.cases.run import read_campaign, read_case
from tests.cases.truth import Case, every_case

CASES = every_case()
RETURNS = [c for c in CASES if "campaign" not in c.truth]
CAMPAIGNS = [c for c in CASES if "campaign" in c.truth]


def _params(cases: list[Case]) -> list:
    failing = pytest.mark.xfail(strict=True)
    return [pytest.param(c, id=c.id, marks=[failing] if c.id in KNOWN else []) for c in cases]


@pytest.mark.parametrize("case", _params(RETURNS))
def test_a_return_is_read_as_it_is_or_spoken_of(case: Case, tmp_path: Path):
    outcome = limited(lambda: read_case(case, tmp_path)) if case.truth.get("limited") else read_case(case, tmp_path)
    assert not (lines := shortfalls(case, outcome)), "\n".join(lines)


@pytest.mark.parametrize("case", _params(CAMPAIGNS))
def test_a_campaign_works_or_is_refused_in_words_with_its_place(case: Case, tmp_path: Path):
    try:
        totals = read_campaign(case, tmp_path)
    except TallyError as refused:
        assert any("一" <= c <= "鿿" for c in str(refused)) and "行" in str(refused)
    else:
        assert totals


def test_no_known_failure_is_of_a_case_that_is_gone():
    assert {c.id for c in CASES} >= KNOWN
