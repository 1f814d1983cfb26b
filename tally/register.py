"""received.csv: which file came in on which day, for which unit. Lines are added, never rewritten."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tally.errors import TallyError
from tally.store import write_bytes

COLUMNS = ("file", "received", "unit", "note")


def note(register: Path, file: str, day: date, unit: str = "", remark: str = "") -> None:
    """Adds a line to `register`, in the order of the columns it has; makes it if there is none.

    `file` is the path below the period's folder; `unit` settles whose the file is, "" leaves that to its name and folder.
    The file is replaced whole, so that a reader never sees half a line. TallyError if it is no UTF-8 text.
    """
    known = register.read_bytes() if register.exists() else b""
    if known and not known.endswith(b"\n"):
        known += b"\n"
    line = _lines(_columns(known), {"file": file, "received": day.isoformat(), "unit": unit, "note": remark}, not known)
    write_bytes(register, known + line)


def _columns(known: bytes) -> Sequence[str]:
    try:
        lines = known.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as e:
        raise TallyError("收文登记 received.csv 不是 UTF-8 编码", "请另存为“CSV UTF-8（逗号分隔）”后重试") from e
    return [c.strip() for c in next(csv.reader(lines))] if lines else COLUMNS


def _lines(columns: Sequence[str], record: dict[str, str], header: bool) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerow(record)
    return out.getvalue().encode("utf-8")
