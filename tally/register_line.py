"""A line more in received.csv (`tally.intake.register` reads it): the lines that are there stay as they are."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from tally.errors import TallyError
from tally.readers.encoding import decode
from tally.store.files import write_bytes

COLUMNS = ("file", "received", "unit", "note")


def note(register: Path, file: str, day: date, unit: str = "", remark: str = "") -> None:
    """Adds a line to `register`, in the order of the columns and in the encoding it has; makes it if there is none.

    `file` is the path below the period's folder; `unit` settles whose the file is, "" leaves that to its name and folder.
    The file is replaced whole, so that a reader never sees half a line. TallyError if it has no column `file` or is UTF-16.
    """
    known = register.read_bytes() if register.exists() else b""
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
    write_bytes(register, start + gap + out.getvalue().encode(encoding.removesuffix("-sig")))
