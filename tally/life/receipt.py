"""What a person is told of a file that came in: where it was put, or why not, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tally.declare import Campaign, Unit
from tally.model import Finding
from tally.readers.parcels.letter import Letter
from tally.returns.changes import CellChange


@dataclass(frozen=True)
class Received:
    """What became of one file that was given.

    `path` is where it lies below the period's folder, "" if it was refused (`refused` and `remedy` say why). `units`: whose it
    is (several only where it holds tables of several). `same`: it had come before, and nothing was done.
    `forms`: titles of what was found in it; `unread`: findings of what in it was not; `letter`: of a mail; `changes`: by unit code, against what was counted before; `remarks`: what a person
    should know.
    """

    source: str
    period: str
    path: str = ""
    units: tuple[Unit, ...] = ()
    same: bool = False
    forms: tuple[str, ...] = ()
    unread: tuple[Finding, ...] = ()
    letter: Letter | None = None
    changes: Mapping[str, tuple[CellChange, ...]] | None = None
    remarks: tuple[str, ...] = ()
    refused: str = ""
    remedy: str = ""

    @property
    def nothing_read(self) -> bool:
        """Whether the file lies where it belongs, but holds nothing that counts as it is."""
        return bool(self.path) and not self.same and not self.forms

    def lines(self, campaign: Campaign) -> Iterator[str]:
        """The same in words, a line each."""
        if self.refused:
            yield f"未归档 {self.source}：{self.refused}。{self.remedy}"
            return
        names = "、".join(u.name for u in self.units)
        if self.same:
            yield f"{self.source}：与{names}已有的 {self.path} 内容完全相同，没有再归档"
            yield from (f"  {r}" for r in self.remarks)
            return
        yield f"{self.source} → {self.period}/{self.path}（{names}）"
        yield from (f"  {line}" for line in (self.letter.lines if self.letter else ()))
        if self.forms or not self.unread:
            yield f"  内含：{'、'.join(self.forms) or '没有找到规定的统计表或工作总结，请核实'}"
        yield from (f"  {self._part(f)}：{_reason(f)}" for f in self.unread)
        for changed in (self.changes or {}).values():
            yield from _differences(campaign, changed)
        yield from (f"  {r}" for r in self.remarks)

    def _part(self, finding: Finding) -> str:
        """Which part of the file a finding is about: a member of a parcel, a sheet, the file itself."""
        member = finding.file.partition("!")[2] or Path(self.source).name
        return f"{member}（{finding.sheet}）" if finding.sheet else member


def _reason(finding: Finding) -> str:
    quotation = f"（{finding.found}）" if finding.found else ""
    return f"{finding.message}{quotation}。{finding.suggestion}".removesuffix("。")


def _differences(campaign: Campaign, changed: tuple[CellChange, ...]) -> Iterator[str]:
    if changed:
        yield f"  与前一版相比有 {len(changed)} 处不同："
    for c in changed:
        yield f"    {c.line(campaign.form(c.form))}"
