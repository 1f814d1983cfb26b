"""The samples made once for all tests of this folder."""

import json

import pytest

from samples.build import built, with_double_claim
from samples.everything import everything
from samples.invent import PERIODS, all_truths


@pytest.fixture(scope="session")
def files():
    return everything()


@pytest.fixture(scope="session")
def truths():
    return with_double_claim(all_truths())


@pytest.fixture(scope="session")
def members(truths):
    """period -> every file with what stands in it."""
    return {p: [one for _, _, many in built(truths, p) for one in many] for p in PERIODS}


@pytest.fixture(scope="session")
def golden(files):
    return {p: json.loads(files[f"tests/golden/truth_{p}.json"]) for p in PERIODS}
