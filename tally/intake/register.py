"""received.csv, where the analyst notes when each file came and, where it must be said, whose it is.

Columns file, received, unit, note in any order; what cannot be used of it is a finding at its line, for it is the
analyst's own word and is believed before anything else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from tally.clean.dates import clean_date
from tally.clean.unit_names import unit_of
from tally.declare import Campaign
from tally.errors import TallyError
from tally.model import Finding
from tally.paths import Paths
from tally.readers.encoding import decode

_HEADS = {
    "文件": "file",
    "文件名": "file",
    "收文日期": "received",
    "收到日期": "received",
    "单位": "unit",
    "备注": "note",
}


@dataclass(frozen=True)
class Register:
    """`days` and `units` (codes): what is noted of a path below the period's folder, where it is."""

    days: Mapping[str, date] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_register(campaign: Campaign, paths: Paths, files: Collection[str]) -> Register:
    """The register of a period whose folder holds `files`; empty if there is none. TallyError if it is no text."""
    if not paths.register.exists():
        return Register()
    decoded = decode(data) if (data := paths.register.read_bytes()) else ("", "utf-8")
    if decoded is None:
        raise TallyError(
            f"收文登记 {paths.register} 无法读取", "请用 UTF-8 编码保存为 file,received,unit,note 四列的 CSV"
        )
    lines = _lines(decoded[0])
    if lines is None:
        message = "收文登记没有“file”一列，没有采用"
        return Register(findings=(_finding("error", message, 1, "", "请写成 file,received,unit,note 四列"),))
    return _Reading(campaign, files).of(lines)


def _lines(text: str) -> list[tuple[int, dict[str, str]]] | None:
    """(line number, column -> text) of each line with content; None if no column names the file."""
    for separator in ",;\t":
        reader = csv.reader(io.StringIO(text), delimiter=separator)
        head = [_HEADS.get(h.strip(), h.strip().lower()) for h in next(reader, [])]
        if "file" in head:
            rows = ((reader.line_num, [v.strip() for v in row]) for row in reader)
            return [(n, dict(zip(head, row, strict=False))) for n, row in rows if any(row)]
    return None if text.strip() else []


def _finding(severity, message: str, line: int, found: str, suggestion: str) -> Finding:
    return Finding(
        "", "", "intake.register", severity, message, file="received.csv", cell=f"A{line}", found=found,
        suggestion=suggestion,
    )  # fmt: skip


class _Reading:
    """Takes the register line by line."""

    def __init__(self, campaign: Campaign, files: Collection[str]):
        self.campaign, self.files = campaign, frozenset(files)
        self.noted: dict[str, tuple[date | None, str]] = {}
        self.findings: list[Finding] = []

    def of(self, lines: list[tuple[int, dict[str, str]]]) -> Register:
        for number, line in lines:
            path = line.get("file", "").replace("\\", "/").removeprefix("./")
            day, unit = self._day(number, line), self._unit(number, line)
            self._note(number, path, (day, unit))
        days = {p: d for p, (d, _) in self.noted.items() if d is not None}
        return Register(days, {p: u for p, (_, u) in self.noted.items() if u}, tuple(self.findings))

    def _note(self, number: int, path: str, noted: tuple[date | None, str]) -> None:
        if path not in self.files:
            message = f"收文登记第 {number} 行的文件“{path}”不在收件文件夹中"
            self.findings.append(_finding("warning", message, number, path, "请核对路径（从本期文件夹写起）"))
        elif path in self.noted:
            noted = self._again(number, path, self.noted[path], noted)
        self.noted[path] = noted

    def _again(self, number: int, path: str, before, now) -> tuple[date | None, str]:
        """Lines are added, never rewritten: a later day holds. Two units contradict, and neither is believed."""
        if before[1] and now[1] and before[1] != now[1]:
            message = f"收文登记把“{path}”先后登记给不同的单位，均未采用"
            self.findings.append(_finding("error", message, number, path, "请只保留正确的一行"))
            return now[0] or before[0], ""
        if before[0] and now[0] and before[0] != now[0]:
            message = f"收文登记把“{path}”登记了两个收文日期，以后一行为准"
            self.findings.append(_finding("note", message, number, path, ""))
        return now[0] or before[0], now[1] or before[1]

    def _day(self, number: int, line: dict[str, str]) -> date | None:
        written = line.get("received", "")
        day = clean_date(written).value
        if written and day is None:
            message = f"收文登记第 {number} 行的日期“{written}”读不出，没有采用"
            self.findings.append(_finding("warning", message, number, written, "请写成 2021-06-01 的样子"))
        return day

    def _unit(self, number: int, line: dict[str, str]) -> str:
        written = line.get("unit", "")
        codes = unit_of(self.campaign, written).codes
        if written and len(codes) != 1:
            message = f"收文登记第 {number} 行的单位“{written}”不是唯一的报送单位，没有采用"
            self.findings.append(_finding("warning", message, number, written, "请写单位的全称或六位代码"))
        return next(iter(codes)) if len(codes) == 1 else ""
