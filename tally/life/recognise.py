"""Whether a report in hand is a released one: by its content alone, whatever its name and wherever it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tally.errors import UsageError
from tally.life import ledger
from tally.paths import Paths
from tally.report.amendments.record import RECORD, Release, place, releases, sha256


@dataclass(frozen=True)
class Recognition:
    """`release` None: no release holds this content. `name`: what it is in the release; `newest`: the last release."""

    release: Release | None
    name: str = ""
    newest: Release | None = None

    @property
    def superseded(self) -> bool:
        return self.release is not None and self.newest is not None and self.release.number != self.newest.number

    def lines(self) -> list[str]:
        if self.newest is None:
            return ["不是发布稿：该期还没有发布过报告。"]
        if self.release is None:
            return [f"不是发布稿：内容与该期{self.newest.number}次发布的任何文件都不一致。"]
        r = self.release
        lines = [f"是发布稿：第{r.number}次发布，{r.when}，审批人 {r.by}（{self.name}）。"]
        if r.gaps:
            lines.append(f"发布时还有{r.gaps}处【待补充】。")
        if self.superseded:
            n = self.newest
            lines.append(f"但已被更正：最新的是第{n.number}次发布，{n.when}，审批人 {n.by}。")
        return lines


def recognise(paths: Paths, file: Path) -> Recognition:
    """What the period's releases say of a file; UsageError if there is no such file."""
    try:
        content = sha256(file)
    except OSError as e:
        raise UsageError(f"无法读取 {file}：{e.strerror or e}", "请检查文件名") from e
    every = releases(paths)
    for release in reversed(every):
        name = next((n for n, known in release.files.items() if known == content), "")
        if name:
            return Recognition(release, name, every[-1])
    return Recognition(None, "", every[-1] if every else None)


def broken(paths: Paths) -> Iterator[tuple[str, str]]:
    """(file, what is wrong) for everything released that is no longer as it was released."""
    yield from ledger.disagreements(paths)
    record_before = ""
    for release in releases(paths):
        where = place(paths, release.number)
        if release.previous != record_before:
            yield f"releases/{release.number - 1}/{RECORD}", "发布记录与下一次发布时不同"
        record_before = sha256(where / RECORD)
        for name, known in release.files.items():
            if not (where / name).exists():
                yield f"releases/{release.number}/{name}", "文件缺失"
            elif sha256(where / name) != known:
                yield f"releases/{release.number}/{name}", "内容与发布时不同"
