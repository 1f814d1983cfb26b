"""What one unit sent in a period, read again for handing back: each file's sheets, and which may not go back.

Next in the flow: `feedback_original` and `feedback_rebuilt`, which turn them into worksheets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from tally.declare import Campaign
from tally.handed_back import without_list
from tally.intake import Survey
from tally.model import Document, Grid, ReceivedFile
from tally.naming import units_in
from tally.paths import Paths
from tally.readers import read_bytes
from tally.readers.archive import read_zip
from tally.readers.detect import kind_of
from tally.readers.protected import read_protected

# Whose sheets these are is in doubt, so they are shown to neither unit.
_DOUBTFUL = ("intake.two_units", "intake.same_file", "intake.unit_disagrees")


@dataclass(frozen=True)
class Source:
    """One document and its bytes as received (of an archive's member, the member's own).

    `grids`: its sheets that go back; `whole` says that these are all that have content.
    """

    document: Document
    data: bytes
    grids: tuple[Grid, ...]
    withheld: tuple[str, ...] = ()  # sheets that may be another unit's

    @property
    def file(self) -> str:
        return self.document.file

    @property
    def whole(self) -> bool:
        return not self.withheld

    @property
    def cells(self) -> int:
        return sum(len(g.rows) * len(g.rows[0]) for g in self.grids if g.rows)


def sources(
    campaign: Campaign, paths: Paths, surveyed: Survey, unit: str, cells: pd.DataFrame, findings: pd.DataFrame
) -> list[Source]:
    """The unit's documents that hold sheets, in the files' order. Files that cannot be read are left out."""
    read = cells.loc[cells["unit"] == unit, ["file", "sheet"]].drop_duplicates().fillna("")
    used = set(zip(read["file"], read["sheet"], strict=True))
    doubts = findings[(findings["unit"] == unit) & findings["rule"].isin(_DOUBTFUL)]
    doubtful = set(zip(doubts["file"].fillna(""), doubts["sheet"].fillna(""), strict=True))
    found = []
    for file in surveyed.of(unit):
        contents: dict[str, bytes] = {}
        for document in _read(paths, file, contents):
            ours = _is_ours(campaign, surveyed, unit, file, document)
            source = Source(
                document, contents.get(document.file, b""), tuple(g for g in without_list(document).grids if g.rows)
            )
            kept = _kept(source, ours, used, doubtful)
            if kept.grids or kept.withheld:
                found.append(kept)
    return found


def _read(paths: Paths, file: ReceivedFile, contents: dict[str, bytes]) -> tuple[Document, ...]:
    def read(data: bytes, name: str) -> tuple[Document, ...]:
        kind = kind_of(data)
        if kind in ("zip", "protected"):
            return (read_zip if kind == "zip" else read_protected)(data, name, read)
        contents[name] = data
        return read_bytes(data, name)

    try:
        return read((paths.raw / file.path).read_bytes(), file.path)
    except Exception:  # intake met the same and made a finding of it, which stands in the list
        return ()


def _is_ours(campaign: Campaign, surveyed: Survey, unit: str, file: ReceivedFile, document: Document) -> bool:
    """Whether nobody else may claim the file, nor (in an archive) the member by its name."""
    if surveyed.register.get(file.path) == unit:
        return True
    named = units_in(campaign, document.file.rpartition("!")[2]).codes if "!" in document.file else frozenset()
    return surveyed.claims[file.path] == {unit} and not named - {unit, campaign.top.code}


def _kept(source: Source, ours: bool, used: set[tuple[str, str]], doubtful: set[tuple[str, str]]) -> Source:
    """Without sheets in doubt; of a file that others claim too, only the sheets that were counted for this unit."""

    def goes(grid: Grid) -> bool:
        if (grid.file, grid.sheet) in doubtful or (grid.file.split("!")[0], "") in doubtful:
            return False
        return ours or (grid.file, grid.sheet) in used

    kept = tuple(g for g in source.grids if goes(g))
    return replace(source, grids=kept, withheld=tuple(g.sheet for g in source.grids if not goes(g)))
