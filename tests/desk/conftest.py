"""One made period a session, checked once; each test that writes gets a copy of its own."""

from __future__ import annotations

import shutil

import pytest

from tally.paths import Paths
from tests.desk import world

SEED = 7


@pytest.fixture(scope="session")
def mistakes() -> dict[world.Place, world.Mistake]:
    """Sixty: fifty-nine faults and one doubt, a firm that the roster has at work and the sample stopped."""
    doubt = ("320981", "sampling", "1", "production_status")
    return world.planted(59, SEED) | {doubt: world.Mistake("停产", "在产")}


@pytest.fixture(scope="session")
def checked(tmp_path_factory, mistakes) -> Paths:
    """Sixty mistakes in May, as `check` left the root. Not to be written to."""
    return world.checked(tmp_path_factory.mktemp("checked"), mistakes)


@pytest.fixture
def paths(checked, tmp_path) -> Paths:
    """A copy of `checked`."""
    root = tmp_path / "root"
    shutil.copytree(checked.root, root)
    return Paths(root, checked.campaign, checked.period)


@pytest.fixture
def desk(paths):
    return world.desk(paths)
