"""A file as received -> what lies in it, however deep: members of archives, a mail's text and attachments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from tally.errors import UnreadableFile
from tally.readers.detect import OLE, kind_of
from tally.readers.limits import NESTED_ARCHIVES
from tally.readers.parcels import LETTERS, PARCELS
from tally.readers.parcels.letter import Letter
from tally.readers.parcels.mail import is_mail
from tally.readers.parcels.part import Budget, Part
from tally.readers.pdf.attached import attached
from tally.readers.protected import opened
from tally.readers.writable import writable

_VOLUME = re.compile(r"\.(?:\d{3}|[zr]\d\d|part\d+\.(?:rar|exe)|wsplit)$", re.I)  # 附件.zip.001, .z01, .r00, .part2.rar
_ARCHIVE = re.compile(r"\.(?:zip|rar|7z|tar|t?gz|tgz|bz2|xz|exe|cab)$", re.I)
_TEMPORARY = re.compile(r"(?:^|[/!])~[^/!]*$|\.(?:tmp|wbk|asd)$", re.I)  # ~WRL0001.tmp, which Word leaves behind
# What programs save beside a page: its looks, its list of files, the row of names of its sheets.
_OF_PAGE = re.compile(
    r"[._]files/(?:[^/!]*\.(?:css|js|mso|thmx|xsl)|(?:filelist|colorschememapping|item\d+|props\d+)\.xml|tabstrip\.html?)$",
    re.I,
)
_FRAMES, _HEAD = re.compile(rb"<frameset[\s>]", re.I), 100_000  # bytes in which a page of frames says so


@dataclass(frozen=True)
class Leaf:
    """One thing that is no parcel. `file`: its address, with "!" before each member (`a.eml!b.zip!c.xlsx`).

    `kind` is a key of `READERS`; it is "" where `problem` (a key of `UnreadableFile.PROBLEMS`) says why there is nothing.
    """

    file: str
    kind: str
    data: bytes = b""
    problem: str = ""
    detail: str = ""


def leaves(data: bytes, file: str, budget: Budget | None = None) -> Iterator[Leaf]:
    """All that lies in a file, in order; the file itself where it is no parcel. Raises nothing.

    What cannot be opened is a leaf with its problem and never takes the others with it.
    """
    try:
        yield from _opened(data, file, budget or Budget())
    except UnreadableFile as e:
        yield Leaf(file, "", problem=_as_parcel(e.problem, file), detail=e.detail)
    except MemoryError:
        yield Leaf(file, "", problem="too_large", detail="内存不足")
    except Exception as e:  # whatever a library stumbles over in a broken file: the file is the cause
        yield Leaf(file, "", problem=_as_parcel("damaged", file), detail=f"{type(e).__name__}: {e}")


def _as_parcel(problem: str, file: str) -> str:
    """What is said of a file that cannot be opened, where its name tells an archive: other remedies help there."""
    if problem not in ("damaged", "unknown_type"):
        return problem
    if _TEMPORARY.search(file):
        return "accessory"
    if _VOLUME.search(file):
        return "volume"
    return "damaged_parcel" if _ARCHIVE.search(file) else problem


def may_be_letter(data: bytes) -> bool:
    """Whether it is worth asking `letter`, which opens the file to tell."""
    return is_mail(data) or data.startswith(OLE)


def letter(data: bytes) -> Letter | None:
    """Sender, date and subject of a file that is a mail, else None."""
    try:
        if not may_be_letter(data):  # spares a look into every office file
            return None
        reader = LETTERS.get(kind_of(data))
        return reader(data) if reader else None
    except Exception:  # what is wrong with the file, its reader says
        return None


def _opened(data: bytes, file: str, budget: Budget) -> Iterator[Leaf]:
    if _OF_PAGE.search(file):
        raise UnreadableFile("of_page")
    kind = kind_of(data)
    if kind == "html" and _FRAMES.search(data[:_HEAD]):
        raise UnreadableFile("frames")
    if kind == "protected":
        data = opened(data)
        kind = kind_of(data)
    if kind not in PARCELS:
        yield Leaf(file, kind, data)
        if kind == "pdf":
            yield from _attached(data, file, budget)
        return
    if file.count("!") >= NESTED_ARCHIVES:
        raise UnreadableFile("too_deep")
    names: Counter[str] = Counter()
    for part in PARCELS[kind](data, budget):
        yield from _of_part(part, _address(file, part.name, names), budget)
    if not names:
        raise UnreadableFile("no_members")


def _attached(data: bytes, file: str, budget: Budget) -> Iterator[Leaf]:
    """What a PDF carries within it, beside its pages."""
    names: Counter[str] = Counter()
    for part in attached(data, budget):
        if file.count("!") >= NESTED_ARCHIVES:
            raise UnreadableFile("too_deep")
        yield from _of_part(part, _address(file, part.name, names), budget)


def _of_part(part: Part, file: str, budget: Budget) -> Iterator[Leaf]:
    if part.problem:
        yield Leaf(file, "", problem=part.problem, detail=part.detail)
    elif part.kind:
        yield Leaf(file, part.kind, part.data)
    else:
        yield from leaves(part.data, file, budget)


def _address(file: str, name: str, names: Counter[str]) -> str:
    """Below the parcel's address, a name that no other part has: two attachments may be called alike."""
    name = writable(name).replace("\n", " ").strip().replace("!", "！") or "未命名"
    names[name] += 1
    if names[name] > 1:
        path = PurePosixPath(name)
        name = f"{name.removesuffix(path.suffix)}（{names[name]}）{path.suffix}"
    return f"{file}!{name}"
