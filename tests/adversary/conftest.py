"""A root of its own for every test."""

import pytest

from tests.adversary.world import World


@pytest.fixture
def world(tmp_path) -> World:
    return World(tmp_path)
