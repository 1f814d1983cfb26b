"""What a person is told of a file that came in: where it was put, or why not, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tally.declare import Campaign, Unit
from tally.life.changes import Change


@dataclass(frozen=True)
class Received:
    """What became of one file that was given.

    `path` is where it lies below the period's folder, "" if it was refused (`refused` and `remedy` say why). `units`: whose it
    is (several only where it holds tables of several). `same`: it had come before, and nothing was done.
    `forms`: titles of what was found in it; `changes`: by unit code, against what was counted before; `remarks`: what a person
    should know.
    """

    source: str
    period: str
    path: str = ""
    units: tuple[Unit, ...] = ()
    same: bool = False
    forms: tuple[str, ...] = ()
    changes: Mapping[str, tuple[Change, ...]] | None = None
    remarks: tuple[str, ...] = ()
    refused: str = ""
    remedy: str = ""

    def lines(self, campaign: Campaign) -> Iterator[str]:
        """The same in words, a line each."""
        if self.refused:
            yield f"未归档 {self.source}：{self.refused}。{self.remedy}"
            return
        names = "、".join(u.name for u in self.units)
        if self.same:
            yield f"{self.source}：与{names}已有的 {self.path} 内容完全相同，没有再归档"
            return
        yield f"{self.source} → {self.period}/{self.path}（{names}）"
        yield f"  内含：{'、'.join(self.forms) or '没有找到规定的统计表或工作总结，请核实'}"
        for changed in (self.changes or {}).values():
            yield from _differences(campaign, changed)
        yield from (f"  {r}" for r in self.remarks)


def _differences(campaign: Campaign, changed: tuple[Change, ...]) -> Iterator[str]:
    if changed:
        yield f"  与前一版相比有 {len(changed)} 处不同："
    for c in changed:
        yield f"    {c.line(campaign.form(c.form))}"
