"""Which period is meant where none is named."""

from __future__ import annotations

from pathlib import Path

from tally.declare import Campaign
from tally.errors import UsageError
from tally.paths import Paths


def newest_period(campaign: Campaign, root: Path) -> str:
    """The last declared period that has a folder of returns; UsageError if there is none."""
    for p in reversed(campaign.periods):
        folder = Paths(root, campaign.name, p.name).raw
        if folder.is_dir() and any(folder.iterdir()):
            return p.name
    raise UsageError(
        f"{root / 'data' / 'raw' / campaign.name} 下没有任何一期的上报文件",
        "请把各单位的文件放进 data/raw/<专项>/<期>/ 后重试",
    )
