"""A new campaign's folder: a copy of `tally/campaigns/_skeleton`, which runs as it is, below the root's `campaigns`."""

from __future__ import annotations

import keyword
import shutil
from pathlib import Path

from tally import campaigns
from tally.campaigns._skeleton import CAMPAIGN
from tally.errors import UsageError
from tally.paths import PROJECT, Paths
from tally.store.files import unwritable, write_text
from tally.system.replacing import replace

SKELETON = PROJECT / "tally" / "campaigns" / "_skeleton"
_PLACEHOLDER = 'name="skeleton"'
_LONGEST = 40


def new_campaign(name: str, root: Path) -> Path:
    """Makes `<root>/campaigns/<name>/` and the first period's folder for returns; the campaign's folder.

    UsageError for a name that cannot be one, or is taken.
    """
    target = campaigns.home(root) / _checked(name, root)
    making = target.with_name(f".{name}")
    shutil.rmtree(making, ignore_errors=True)
    try:
        for source in sorted(SKELETON.iterdir()):
            if source.suffix in (".py", ".csv"):
                text = source.read_text(encoding="utf-8").replace(_PLACEHOLDER, f'name="{name}"')
                write_text(making / source.name, text)
        replace(making, target)
        Paths(Path(root), name, CAMPAIGN.periods[0].name).raw.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise unwritable(target, e) from e
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return target


def _checked(name: str, root: Path) -> str:
    """`name`, if it can be a folder's, a Python package's and a new campaign's."""
    plain = name.isascii() and name.isidentifier() and name == name.lower() and not name.startswith("_")
    if not plain or keyword.iskeyword(name) or len(name) > _LONGEST:
        raise UsageError(
            f"不能用 {name!r} 作专项的名称",
            f"名称由小写英文字母、数字和下划线组成，以字母开头，不超过{_LONGEST}个字符，如 lifts_2022",
        )
    if name in campaigns.names(root) or (campaigns.home(root) / name).exists():
        raise UsageError(f"名称 {name!r} 已经有了", f"请换一个；已有：{'、'.join(campaigns.names(root))}")
    return name
