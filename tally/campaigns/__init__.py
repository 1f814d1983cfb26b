"""The campaigns that are declared, one package each, found by name: the project's own, and those below a root.

An analyst's campaign lies in `<root>/campaigns/<name>/`, beside the data it is about, so that a new one changes
nothing in this package; inside it, modules import one another relatively (`from .visits import VISITS`).
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import sys
from pathlib import Path
from types import ModuleType

from tally.campaigns.mistakes import in_chinese, line_of, where
from tally.campaigns.soundness import slips
from tally.declare import Campaign
from tally.errors import TallyError, UsageError
from tally.paths import DEFAULT_CAMPAIGN, chosen
from tally.store.digests import digest

DEFAULT = DEFAULT_CAMPAIGN


def names(root: Path | str = "") -> list[str]:
    """The declared campaigns' names, the project's own and those below `root` (the project by default), sorted."""
    return sorted({*_packaged(), *_below(home(root))})


def load(name: str = DEFAULT, root: Path | str = "") -> Campaign:
    """The campaign called `name`; UsageError if there is none, TallyError if its declaration does not hold."""
    packaged, below = name in _packaged(), name in _below(home(root))
    if packaged and below:
        raise UsageError(f"{home(root) / name} 与程序自带的专项同名", "请给该文件夹另起一个名字")
    if packaged:
        return importlib.import_module(f"{__name__}.{name}").CAMPAIGN
    if not below:
        raise UsageError(f"没有名为 {name!r} 的专项行动", f"可用：{'、'.join(names(root))}")
    return _declared(home(root), name)


def home(root: Path | str = "") -> Path:
    """Where the campaigns below `root` lie."""
    return chosen(root).resolve() / "campaigns"


def declaration_digest(name: str, root: Path | str = "") -> str:
    """A short hash of the files that declare a campaign below `root`; those of the project's own are the program's."""
    files = sorted(p for p in (home(root) / name).rglob("*") if p.is_file() and p.suffix != ".pyc")
    return digest(*(part for p in files for part in (p.name, p.read_bytes())))


def _packaged() -> list[str]:
    return [m.name for m in pkgutil.iter_modules(__path__) if m.ispkg and not m.name.startswith("_")]


def _below(folder: Path) -> list[str]:
    return [p.parent.name for p in folder.glob("*/__init__.py") if p.parent.name.isidentifier()]


def _declared(folder: Path, name: str) -> Campaign:
    """What `<folder>/<name>` declares. Each root is a package of its own, so that two roots never mix."""
    package = f"tally_campaigns_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    if package not in sys.modules:
        module = ModuleType(package)
        module.__path__ = [str(folder)]
        sys.modules[package] = module
    importlib.invalidate_caches()
    try:
        declared = importlib.import_module(f"{package}.{name}").CAMPAIGN
    except TallyError:
        raise
    except Exception as e:  # whatever an analyst's declaration can go wrong with is theirs to mend, at its line
        raise TallyError(f"专项 {name} 的声明有误：{where(e, folder)}：{in_chinese(e)}", "请改正后重试") from e
    if not isinstance(declared, Campaign) or declared.name != name:
        raise TallyError(f"{folder / name} 里的 CAMPAIGN 的 name 应为 {name!r}", "请改成与文件夹同名")
    _refuse_slips(declared, folder / name)
    return declared


def _refuse_slips(declared: Campaign, folder: Path) -> None:
    """TallyError for the first slip, at its line; how many more there are is told."""
    mistakes = list(slips(declared))
    if mistakes:
        first, more = mistakes[0], f"（另有 {len(mistakes) - 1} 处）" if len(mistakes) > 1 else ""
        raise TallyError(
            f"专项 {declared.name} 的声明有误：{line_of(first.near, folder)}{first.fact}{more}", first.remedy
        )
