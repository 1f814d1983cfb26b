"""RAR archives (all versions) -> their members."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from tally.errors import UnreadableFile
from tally.readers.parcels.part import Budget, Part, is_litter, name_text

_DICTIONARY = 256 * 2**20  # bytes; RAR's own default is 32 MB


def rar_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Every member, in the archive's order. Raises `UnreadableFile`: "damaged", "encrypted", "too_large", "cut_off"."""
    import rars

    try:
        archive = rars.RarFile.from_bytes(data, options=_options(rars, budget))
    except rars.PasswordRequired as e:
        raise UnreadableFile("encrypted") from e
    members = [m for m in archive.infolist() if not m.is_dir() and not is_litter(_name(m))]
    budget.count(len(members))
    if members and all(m.is_encrypted for m in members):
        raise UnreadableFile("encrypted", _name(members[0]))
    yield from (_part(rars, archive, member, budget) for member in members)


def _part(rars: ModuleType, archive: Any, member: Any, budget: Budget) -> Part:
    name = _name(member)
    if member.is_encrypted:
        return Part(name, problem="encrypted")
    if member.is_split_before or member.is_split_after:
        return Part(name, problem="cut_off", detail="分卷压缩，只收到其中一卷")
    try:
        if member.file_size > budget.bytes:
            raise UnreadableFile("too_large", f"{member.file_size // 2**20} MB")
        content = bytes(archive.read(member, options=_options(rars, budget)))
        budget.spend(len(content))
        return Part(name, content)
    except UnreadableFile as e:
        return Part(name, problem=e.problem, detail=e.detail)
    except rars.Error as e:
        return Part(name, problem="damaged", detail=str(e))


def _options(rars: ModuleType, budget: Budget) -> Any:
    return rars.ReadOptions(
        max_member_output_bytes=budget.bytes + 1,
        max_total_output_bytes=budget.bytes + 1,
        rar50_dictionary_size_limit=_DICTIONARY,
    )


def _name(member: Any) -> str:
    """The name in the archive's own Unicode, else as UTF-8 or GBK, whichever fits."""
    raw = member.orig_filename_bytes
    name = name_text(bytes(raw)) if raw and "\ufffd" in member.filename else member.filename
    return name.replace("\\", "/")
