"""The campaigns that are declared, one package each, found by name."""

from __future__ import annotations

import importlib
import pkgutil

from tally.declare import Campaign
from tally.errors import UsageError

DEFAULT = "masks_2021"


def names() -> list[str]:
    """The declared campaigns' names, sorted."""
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if m.ispkg)


def load(name: str = DEFAULT) -> Campaign:
    """The campaign called `name`; UsageError if there is none."""
    if name not in names():
        raise UsageError(f"没有名为 {name!r} 的专项行动", f"可用：{'、'.join(names())}")
    return importlib.import_module(f"{__name__}.{name}").CAMPAIGN
