"""What a parcel (an archive, a mail) is taken apart into, and how much may be unpacked of one file as received."""

from __future__ import annotations

from dataclasses import dataclass, field

from tally.errors import UnreadableFile
from tally.readers.limits import ARCHIVE_BYTES, ARCHIVE_MEMBERS


@dataclass(frozen=True)
class Part:
    """One thing in a parcel, under the name its packer gave it.

    `kind` is set where the parcel knows what it is (a mail's text), "" where the content is to tell. `problem` (a key of
    `UnreadableFile.PROBLEMS`) and `detail` are set where it cannot be had.
    """

    name: str
    data: bytes = b""
    kind: str = ""
    problem: str = ""
    detail: str = ""


@dataclass
class Budget:
    """Bytes and members that may still be unpacked of one file as received, whatever lies within whatever."""

    bytes: int = field(default_factory=lambda: ARCHIVE_BYTES)
    members: int = field(default_factory=lambda: ARCHIVE_MEMBERS)

    def count(self, members: int) -> None:
        """Takes that many members off. Raises `UnreadableFile("too_large")` where there are more than are left."""
        if members > self.members:
            raise UnreadableFile("too_large", f"压缩包内有 {members} 个文件")
        self.members -= members

    def spend(self, size: int) -> None:
        """Takes that many bytes off. Raises `UnreadableFile("too_large")` where there are fewer left."""
        if size > self.bytes:
            self.bytes = 0
            raise UnreadableFile("too_large", f"解压后超过 {ARCHIVE_BYTES // 2**20} MB")
        self.bytes -= size


def name_text(raw: bytes) -> str:
    """A member's name as its packer wrote it, where nothing says how: UTF-8 or GBK, whichever fits."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def is_litter(path: str) -> bool:
    """What operating systems and office programs leave behind: no part of a return."""
    parts = path.split("/")
    leaf = parts[-1]
    return (
        "__MACOSX" in parts or leaf in (".DS_Store", "Thumbs.db", "desktop.ini") or leaf.startswith(("~$", "._", ".~"))
    )
