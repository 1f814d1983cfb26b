"""Where everything of one campaign and period lies below a root folder."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_CAMPAIGN = "masks_2021"
ROOT_VARIABLE = "TALLY_ROOT"  # where notebooks that name no root find their data: what `lab --root` sets
ADDRESSES: dict[Path, str] = {}  # a local copy that is worked on -> the address that was typed for it


def chosen(root: str | Path = "") -> Path:
    """The root that was named; else that of the environment (`lab --root`), else the project."""
    return Path(root or os.environ.get(ROOT_VARIABLE) or PROJECT)


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders and files of `campaign` and `period` below `root` (which holds data/ and reports/).

    `area`: the code of a level below the top (a city, a province), whose report and text lie apart; "" for the top.
    """

    root: Path
    campaign: str
    period: str
    area: str = ""

    @property
    def typed(self) -> str:
        """The period as a command line must name it, with the campaign and root without which it would mean another's.

        Whatever advises a command prints this behind the command's name.
        """
        root = ADDRESSES.get(self.root) or ("" if self.root.resolve() == PROJECT else str(self.root))
        place = f"--root {_quoted(root)}" if root else ""
        return " ".join(t for t in (self.printed, place) if t)

    @property
    def printed(self) -> str:
        """As `typed`, for what is printed in a file: files move with their root and say the same wherever it lies."""
        campaign = "" if self.campaign == DEFAULT_CAMPAIGN else f"--campaign {self.campaign}"
        return " ".join(t for t in (self.period, campaign) if t)

    @property
    def raw(self) -> Path:
        return self.root / "data" / "raw" / self.campaign / self.period

    @property
    def register(self) -> Path:
        """CSV of file, received (date), unit: what the analyst noted when a file came in."""
        return self.raw / "received.csv"

    @property
    def processed(self) -> Path:
        return self.root / "data" / "processed" / self.campaign / self.period

    @classmethod
    def of_file(cls, path: Path, name: str) -> Paths | None:
        """Of a received file at `path` that is called `name` below its period's folder; None where it lies elsewhere."""
        below = len(Path(name).parts)
        if len(path.parts) <= below + 4 or path.parts[-below:] != Path(name).parts:
            return None
        period = path.parents[below - 1]
        campaign, raw = period.parent, period.parent.parent
        paths = cls(raw.parent.parent, campaign.name, period.name)
        return paths if paths.raw == period else None

    @property
    def conversions(self) -> Path:
        """What LibreOffice made of files that no reader reads: a cache, made anew where it is missing."""
        return self.processed / "conversions"

    def unit(self, code: str) -> Path:
        """The folder of one unit alone: its tables, before all units are put together, and their state."""
        return self.processed / "units" / code

    def unit_tables(self, code: str) -> Path:
        """One unit's own tables in one file (`tally.returns.stored`)."""
        return self.unit(code) / "tables.arrow"

    @property
    def corrections(self) -> Path:
        return self.root / "data" / "corrections" / self.campaign / f"{self.period}.csv"

    @property
    def explanations(self) -> Path:
        return self.root / "data" / "explanations" / self.campaign / f"{self.period}.csv"

    @property
    def queries(self) -> Path:
        """What was asked of the units about their returns, and what they answered."""
        return self.root / "data" / "queries" / self.campaign / f"{self.period}.csv"

    @property
    def mappings(self) -> Path:
        """What written words mean, as people confirmed; of all periods."""
        return self.root / "data" / "mappings" / f"{self.campaign}.csv"

    @property
    def acceptances(self) -> Path:
        """Whose figures a person accepted."""
        return self.root / "data" / "acceptances" / self.campaign / f"{self.period}.csv"

    @property
    def remarks(self) -> Path:
        """What the reviewer remarked on the report, and what became of it."""
        return self.root / "data" / "remarks" / self.campaign / f"{self.period}.csv"

    @property
    def past(self) -> Path:
        """When each finding came up and when it was gone."""
        return self.root / "data" / "findings" / self.campaign / f"{self.period}.csv"

    @property
    def ledger(self) -> Path:
        """Which releases there have been, kept apart from them."""
        return self.root / "data" / "releases" / self.campaign / f"{self.period}.csv"

    @property
    def narrative(self) -> Path:
        return self.root / "data" / "narrative" / self.campaign / f"{self.period}{f'-{self.area}' * bool(self.area)}.md"

    @property
    def reports(self) -> Path:
        top = self.root / "reports" / self.campaign / self.period
        return top / "areas" / self.area if self.area else top

    @property
    def runs(self) -> Path:
        return self.reports / "runs"

    @property
    def feedback(self) -> Path:
        return self.reports / "feedback"

    def beside(self, period: str) -> Paths:
        """The same places for another period."""
        return Paths(self.root, self.campaign, period, self.area)


def notebooks() -> Path:
    """The project's notebooks."""
    return PROJECT / "notebooks"


def _quoted(root: str) -> str:
    """As a shell reads it again: bare where that is enough, else in the quotes that Windows knows too, else as POSIX has it."""
    if re.fullmatch(rf"[\w@%+=:,./{re.escape(os.sep)}-]+", root):
        return root
    return shlex.quote(root) if re.search(r'["$`!]', root) else f'"{root}"'
