"""A root in which one unit sent nothing but hostile text, beside one of the sample; run once to every output."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tally import campaigns
from tests.browser.conftest import browser
from tests.end_to_end.conftest import PROJECT, Ran, pipeline
from tests.hostile import text

__all__ = ["browser"]  # the fixture

UNIT, CODE = "响水县", "320921"
PERIOD = "2021-05"


def hostile_root(root: Path, seed: int = 0) -> Path:
    """The sample's 亭湖区, and 响水县 with every payload."""
    raw = root / "data" / "raw" / "masks_2021" / PERIOD
    sample = PROJECT / "data" / "raw" / "masks_2021" / PERIOD
    shutil.copytree(next(sample.glob("*亭湖*")), raw / "亭湖区")
    campaign = campaigns.load("masks_2021", root)
    text.send(campaign, raw / UNIT, [*text.PAYLOADS, *text.of_every_category(seed)], UNIT)
    return root


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Ran:
    return pipeline("run", PERIOD, root=hostile_root(tmp_path_factory.mktemp("hostile")))
