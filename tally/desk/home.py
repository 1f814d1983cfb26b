"""Where a finding is decided: one that stands from an earlier period in that period, by its own file and its own evidence."""

from __future__ import annotations

from collections.abc import Sequence

from tally.check.standing import CARRIED
from tally.desk.refusal import Refusal
from tally.desk.snapshot import Snapshot, name_of
from tally.model import Finding
from tally.writing.periods import month


def home_of(snapshot: Snapshot, finding: Finding) -> tuple[Snapshot, str]:
    """The period in which the finding is open, as last checked, and the finding's short name there."""
    period = carried_from(finding)
    if period:
        home = snapshot.beside(period)
        for name, other in home.findings.items():
            if _same(finding, other, period):
                return home, name
    return snapshot, name_of(finding)


def home_of_all(snapshot: Snapshot, names: Sequence[str]) -> tuple[Snapshot, list[str]]:
    """The same of findings that are decided together. Refused where they are not open in one period."""
    homes = [home_of(snapshot, snapshot.findings[n]) for n in names]
    home = homes[0][0]
    if any(h.paths.period != home.paths.period for h, _ in homes):
        raise Refusal("这几处不在同一期", "请分别处理")
    return home, [name for _, name in homes]


def written_in(home: Snapshot, snapshot: Snapshot) -> str:
    """What is said of a line that was written for another period than the one at hand; "" if it was not."""
    return "" if home is snapshot else f"（写入{month(home.paths.period)}的文件）"


def carried_from(finding: Finding) -> str:
    """The earlier period in which the finding is open; "" if it is this period's own."""
    return finding.file.split("/", 1)[0] if finding.rule.startswith(CARRIED) else ""


def _same(finding: Finding, other: Finding, period: str) -> bool:
    place = (other.unit, other.form, other.field, f"{period}/{other.file}", other.sheet, other.cell)
    carried = (finding.unit, finding.form, finding.field, finding.file, finding.sheet, finding.cell)
    return place == carried and other.message in finding.message
