"""What one unit sent in a period, read again for handing back: each file's sheets, and which may not go back.

Next in the flow: `feedback_original` and `feedback_rebuilt`, which turn them into worksheets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from tally.clean.unit_names import units_in
from tally.declare import Campaign
from tally.errors import UnreadableFile
from tally.intake.survey import Survey
from tally.locate.imprint import without_list
from tally.model import Document, Grid, ReceivedFile
from tally.paths import Paths
from tally.readers import apart
from tally.render.feedback.original import editable

# Whose sheets these are is in doubt, so they are shown to neither unit.
_DOUBTFUL = ("intake.two_units", "intake.same_file", "intake.unit_disagrees")
# Corrected and sent in again beside the sheet that took its place, an old one would be taken for a second version.
_REPLACED = ("returns.replaced", "returns.duplicate")
_DOUBT, _OLD = "归属有疑问，见清单", "已由后来报送的表替代，或与另一份相同"


Address = tuple[str, str]  # file, sheet


@dataclass(frozen=True)
class Source:
    """One document and its bytes as received (of an archive's member, the member's own).

    `grids`: its sheets that go back; `withheld`: those that do not, each with the reason. `editable`: whether the workbook
    itself can go back.
    """

    document: Document
    data: bytes
    grids: tuple[Grid, ...]
    withheld: tuple[tuple[str, str], ...] = ()
    editable: bool = False

    @property
    def file(self) -> str:
        return self.document.file

    @property
    def cells(self) -> int:
        return sum(len(g.rows) * len(g.rows[0]) for g in self.grids if g.rows)


def sources(
    campaign: Campaign, paths: Paths, surveyed: Survey, unit: str, cells: pd.DataFrame, findings: pd.DataFrame
) -> list[Source]:
    """The unit's documents that hold sheets, in the files' order. Files that cannot be read are left out."""
    read = cells.loc[cells["unit"] == unit, ["file", "sheet"]].drop_duplicates().fillna("")
    used = set(zip(read["file"], read["sheet"], strict=True))
    doubtful, replaced = (_addresses_of(findings, unit, rules) for rules in (_DOUBTFUL, _REPLACED))
    received = []
    for file in surveyed.of(unit):
        try:
            documents, contents, books = _opened(paths.raw / file.path, file.path)
        except UnreadableFile:  # intake met the same and made a finding of it, which stands in the list
            continue
        for document in documents:
            ours = _is_ours(campaign, surveyed, unit, file, document)
            grids = tuple(g for g in without_list(document).grids if g.rows)
            data = contents.get(document.file, b"")
            source = Source(document, data, grids, editable=document.file in books)
            shown = _without_doubtful(source, ours, used, doubtful, replaced - used)
            if shown.grids or shown.withheld:
                received.append(shown)
    return received


def _opened(path: Path, name: str) -> tuple[tuple[Document, ...], apart.Contents, frozenset[str]]:
    """The documents in a file, the bytes of each, and those that can be edited."""
    try:
        opened: tuple[tuple[Document, ...], apart.Contents, frozenset[str]] = apart.asked(editable, path, name)
        return opened
    except UnreadableFile:  # perhaps only editing is too much for it
        return *apart.read_with_contents(path, name), frozenset()


def _is_ours(campaign: Campaign, surveyed: Survey, unit: str, file: ReceivedFile, document: Document) -> bool:
    """Whether nobody else may claim the file, nor (in an archive) the member by its name."""
    if surveyed.register.get(file.path) == unit:
        return True
    named = units_in(campaign, document.file.rpartition("!")[2]).codes if "!" in document.file else frozenset()
    return surveyed.claims[file.path] == {unit} and not named - {unit, campaign.top.code}


def _addresses_of(findings: pd.DataFrame, unit: str, rules: tuple[str, ...]) -> set[Address]:
    """The files and sheets of which the unit was told one of `rules`."""
    mine = findings[(findings["unit"] == unit) & findings["rule"].isin(rules)]
    return set(zip(mine["file"].fillna(""), mine["sheet"].fillna(""), strict=True))


def _without_doubtful(
    source: Source, ours: bool, used: set[Address], doubtful: set[Address], replaced: set[Address]
) -> Source:
    """Without sheets in doubt and replaced ones; of a file that others claim too, only sheets counted for this unit."""

    def reason(grid: Grid) -> str:
        address = (grid.file, grid.sheet)
        if address in doubtful or (grid.file.split("!")[0], "") in doubtful or not (ours or address in used):
            return _DOUBT
        return _OLD if address in replaced else ""

    reasons = {g.sheet: reason(g) for g in source.grids}
    withheld = tuple((sheet, why) for sheet, why in reasons.items() if why)
    return replace(source, grids=tuple(g for g in source.grids if not reasons[g.sheet]), withheld=withheld)
