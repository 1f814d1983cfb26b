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
from pathlib import Path
from typing import Any

from tally import catalogue
from tally.clean.dates import clean_date
from tally.clean.unit_names import unit_of
from tally.declare import Campaign
from tally.errors import TallyError
from tally.model import Finding, Place
from tally.paths import Paths
from tally.store.files import kept, write_bytes
from tally.writing.encoding import decode

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
    data = kept(paths.register)
    decoded = decode(data) if data else ("", "utf-8")
    if decoded is None:
        raise TallyError(
            f"收文登记 {paths.register} 无法读取", "请用 UTF-8 编码保存为 file,received,unit,note 四列的 CSV"
        )
    try:
        lines = _lines(decoded[0])
    except csv.Error:  # a quotation mark that is never closed swallows more than a field holds
        lines = None
    if lines is None:
        return Register(findings=(_finding("intake.register", 1, ""),))
    return _Reading(campaign, files).of(lines)


def _lines(text: str) -> list[tuple[int, dict[str, str]]] | None:
    """(line number, column -> text) of each line with content; None if no column names the file."""
    for separator in ",;\t":
        reader = csv.reader(io.StringIO(_one_ending(text)), delimiter=separator)
        head = [_HEADS.get(h.strip(), h.strip().lower()) for h in next(reader, [])]
        if "file" in head:
            lines: list[tuple[int, dict[str, str]]] = []
            for row in reader:
                values = [value.strip() for value in row]
                if any(values):
                    lines.append((reader.line_num, dict(zip(head, values, strict=False))))
            return lines
    return None if text.strip() else []


def _one_ending(text: str) -> str:
    """Whatever ends a line, of old Macs and of a damaged file too, is what the parser takes for an end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _finding(kind: str, line: int, text: str, **words: Any) -> Finding:
    return catalogue.finding(kind, Place("received.csv", "", f"A{line}", text), line=line, **words)


_Noted = tuple[date | None, str]  # the day and the unit that a line says


class _Reading:
    """Takes the register line by line."""

    def __init__(self, campaign: Campaign, files: Collection[str]):
        self.campaign, self.files = campaign, frozenset(files)
        self.noted: dict[str, _Noted] = {}
        self.findings: list[Finding] = []

    def of(self, lines: list[tuple[int, dict[str, str]]]) -> Register:
        for number, line in lines:
            path = line.get("file", "").replace("\\", "/").removeprefix("./")
            day, unit = self._day(number, line), self._unit(number, line)
            self._note(number, path, (day, unit))
        days = {p: d for p, (d, _) in self.noted.items() if d is not None}
        return Register(days, {p: u for p, (_, u) in self.noted.items() if u}, tuple(self.findings))

    def _note(self, number: int, path: str, noted: _Noted) -> None:
        if path not in self.files:
            self.findings.append(_finding("intake.register/no_file", number, path, path=path))
        elif path in self.noted:
            noted = self._again(number, path, self.noted[path], noted)
        self.noted[path] = noted

    def _again(self, number: int, path: str, before: _Noted, now: _Noted) -> tuple[date | None, str]:
        """Lines are added, never rewritten: a later day holds. Two units contradict, and neither is believed."""
        if before[1] and now[1] and before[1] != now[1]:
            self.findings.append(_finding("intake.register/two_units", number, path, path=path))
            return now[0] or before[0], ""
        if before[0] and now[0] and before[0] != now[0]:
            self.findings.append(_finding("intake.register/two_days", number, path, path=path))
        return now[0] or before[0], now[1] or before[1]

    def _day(self, number: int, line: dict[str, str]) -> date | None:
        written = line.get("received", "")
        day = clean_date(written).value
        if written and day is None:
            self.findings.append(_finding("intake.register/day", number, written, written=written))
        return day

    def _unit(self, number: int, line: dict[str, str]) -> str:
        written = line.get("unit", "")
        codes = unit_of(self.campaign, written).codes
        if written and len(codes) != 1:
            self.findings.append(_finding("intake.register/unit", number, written, written=written))
        return next(iter(codes)) if len(codes) == 1 else ""


COLUMNS = ("file", "received", "unit", "note")


def note(register: Path, file: str, day: date, unit: str = "", remark: str = "") -> None:
    """Adds a line to `register`, in the order of the columns and in the encoding it has; makes it if there is none.

    `file` is the path below the period's folder; `unit` settles whose the file is, "" leaves that to its name and folder.
    The file is replaced whole, so that a reader never sees half a line. TallyError if it has no column `file` or is UTF-16.
    """
    known = kept(register)
    text, encoding = (decode(known) or ("", "")) if known else (",".join(COLUMNS) + "\n", "utf-8")
    columns = [c.strip() for c in next(csv.reader(text.splitlines()), [])]
    if "file" not in columns or encoding.startswith(("utf-16", "utf-32")):
        raise TallyError(
            f"收文登记 {register} 无法续写：第一行没有“file”一列，或不是 UTF-8 编码",
            f"请把表头写成 {','.join(COLUMNS)}，存为 UTF-8 编码的 CSV",
        )
    out = io.StringIO()
    record = {"file": file, "received": day.isoformat(), "unit": unit, "note": remark}
    csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n").writerow(record)
    start = known or text.encode()
    gap = b"" if start.endswith(b"\n") else b"\n"
    write_bytes(register, start + gap + out.getvalue().encode(encoding.removesuffix("-sig")), lasting=True)
