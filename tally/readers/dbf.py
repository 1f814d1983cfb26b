"""dBase and FoxPro tables (.dbf) -> one grid: the fields' names, then the records.

The names are cut to ten bytes by the format; a memo lies in a file of its own (.dbt, .fpt) and is said to be missing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tally.errors import UnreadableFile
from tally.model import Document, RawValue
from tally.readers.formats import tidy
from tally.readers.parcels.part import name_text
from tally.readers.rectangle import Sheet, grid

_VERSIONS = frozenset((0x02, 0x03, 0x04, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8C, 0xCB, 0xF5, 0xFB))
_FIELD = 32  # bytes of a field's description
_END = 0x0D  # after the last of them
_DELETED = b"*"


@dataclass(frozen=True)
class _Field:
    name: str
    kind: str  # C, N, F, D, L, I, B, Y, T, M, …
    size: int


def is_dbf(data: bytes) -> bool:
    if len(data) < 65 or data[0] not in _VERSIONS or not (1 <= data[2] <= 12 and 1 <= data[3] <= 31):
        return False
    start, size = struct.unpack_from("<HH", data, 8)
    return start > 64 and size > 1 and _END in data[64 : start + 1] and chr(data[43]).isalpha()


def read_dbf(data: bytes, name: str) -> tuple[Document, ...]:
    """One document with one grid (sheet ""); records marked as deleted are left out. Raises `UnreadableFile("damaged")`."""
    count, start, size = struct.unpack_from("<IHH", data, 4)
    fields = list(_fields(data, start))
    if sum(f.size for f in fields) + 1 > size or len(data) < start + count * size:
        raise UnreadableFile("damaged", "dbf 的记录不完整")
    content = Sheet()
    content.rows[0] = [f.name for f in fields]
    records = (data[start + n * size : start + (n + 1) * size] for n in range(count))
    alive = [r for r in records if r[:1] != _DELETED]
    for n, record in enumerate(alive):
        content.rows[n + 1] = list(_values(record, fields))
    notes = [f"{count - len(alive)} 条已标记删除的记录没有读取"] * (len(alive) < count)
    notes += ["备注型字段的内容在另一个文件（.dbt 或 .fpt）里，没有读取"] * any(f.kind in "MGP" for f in fields)
    return (Document(name, "dbf", (grid(name, "", content, notes=notes),)),)


def _fields(data: bytes, start: int) -> Iterator[_Field]:
    for at in range(32, start - 1, _FIELD):
        if data[at] == _END:
            return
        raw = data[at : at + 11].split(b"\0")[0]
        yield _Field(name_text(raw), chr(data[at + 11]), data[at + 16])


def _values(record: bytes, fields: list[_Field]) -> Iterator[RawValue]:
    at = 1
    for f in fields:
        yield _value(record[at : at + f.size], f.kind)
        at += f.size


def _value(raw: bytes, kind: str) -> RawValue:
    if kind == "I" and len(raw) == 4:
        return struct.unpack("<i", raw)[0]
    if kind in "BO" and len(raw) == 8:
        return tidy(struct.unpack("<d", raw)[0])
    if kind == "Y" and len(raw) == 8:
        return tidy(struct.unpack("<q", raw)[0] / 10_000)
    text = name_text(raw).strip(" \0")
    if kind == "D" and len(text) == 8 and text.isdigit():
        return _date(text)
    if kind == "L":
        return {"T": "是", "Y": "是", "F": "否", "N": "否"}.get(text.upper())
    return text or None


def _date(text: str) -> date | str:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return text
