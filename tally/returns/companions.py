"""Files that came beside the forms: a stamped scan of what was read from a workbook is no fault of the unit's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tally.catalogue import KINDS
from tally.model import Finding, ReceivedFile, Return

# problems of files that are no tables as a rule; a damaged or locked workbook may hold a correction, and stays a fault
_NO_TABLE = (
    "file.picture", "file.pictured", "file.blank", "file.unknown_type", "file.other_program", "file.recording",
    "file.program", "file.no_members", "scan.no_form", "scan.black",
)  # fmt: skip
_BESIDE, _LATER = "file.companion", "file.companion/later"


def companions(
    findings: Iterable[Finding], returns: Mapping[str, Return], files: tuple[ReceivedFile, ...]
) -> Iterator[Finding]:
    """The findings; of a unit whose forms have all come, what only stands beside them is a note.

    It is a warning where it came later than every form: it may be a correction, which nobody but a person can tell.
    """
    days = [f.received for r in returns.values() for f in r.files]
    complete = all(r.state != "missing" for r in returns.values())
    came = {f.path: f.received for f in files}
    for finding in findings:
        if not complete or finding.rule not in _NO_TABLE:
            yield finding
            continue
        later = bool(days) and came[finding.file.partition("!")[0]] > max(days)
        yield _milder(finding, _LATER if later else _BESIDE)


def _milder(finding: Finding, key: str) -> Finding:
    kind = KINDS[key]
    message = f"{finding.message.removesuffix('，未计入')}；{kind.text}"
    return replace(finding, severity=kind.severity, message=message, suggestion=kind.remedy)
