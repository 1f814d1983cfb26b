"""What is spoilt: the sample's returns, messy ones, odd ones kept as cases, parcels of them, and what LibreOffice makes of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mess.compose import compose
from benchmarks.parcels import packing
from tally.errors import UnreadableFile
from tally.paths import PROJECT
from tally.readers.convert import converted, converter

MESSY = range(70_000, 70_040)
LARGEST = 400_000  # bytes: larger ones take their time and tell nothing new
READ_BY_US = ("xlsx", "xls", "et", "docx", "ods", "fods", "csv", "txt", "zip", "htm", "html", "xml", "eml", "mht")
CONVERTED = ("doc", "rtf", "odt", "wps", "fodt")  # read by way of LibreOffice, seconds each

# What LibreOffice makes: of a workbook and of a document.
OF_WORKBOOK = ("fods", "html", "pdf", "xls", "ods")
OF_DOCUMENT = ("doc", "rtf", "odt", "fodt", "pdf", "html")

PARCELS: dict[str, Callable[[packing.Files], bytes]] = {
    "7z": packing.seven_zip,
    "zip": packing.zipped,
    "rar": packing.rar,
    "tar": packing.tar,
    "tgz": lambda files: packing.tar(files, "w:gz"),
    "eml": lambda files: packing.message(files).as_bytes(),
    "msg": lambda files: packing.outlook(files).to_bytes(),
}


@dataclass(frozen=True)
class Seed:
    """A sound file before it is spoilt."""

    name: str
    content: bytes

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].lower()

    @property
    def slow(self) -> bool:
        """Whether reading it takes LibreOffice, and so seconds."""
        return self.ending in CONVERTED


def seeds(*, with_libreoffice: bool = True) -> list[Seed]:
    """Every kind of file that a reader takes; the same ones wherever the same programs are."""
    files = [*_sample(), *_messy()]
    made = _made_by_libreoffice(files) if with_libreoffice else []
    return [*files, *_cases(), *_parcels(files), *made]


def _sample() -> list[Seed]:
    return list(_taken(PROJECT / "data" / "raw"))


def _cases() -> list[Seed]:
    """The odd returns that are tests with their truth; those made to exhaust a reader are tests of their own."""
    folder = PROJECT / "tests" / "cases" / "data"
    return [s for s in _taken(folder) if not s.name.startswith("hostile_")]


def _taken(folder: Path) -> Iterator[Seed]:
    for file in sorted(folder.rglob("*")):
        ending = file.suffix[1:].lower()
        if ending in READ_BY_US + CONVERTED and file.is_file() and 0 < file.stat().st_size < LARGEST:
            yield Seed(file.relative_to(folder).as_posix(), file.read_bytes())


def _messy() -> list[Seed]:
    made = []
    for number in MESSY:
        with tempfile.TemporaryDirectory() as folder:
            compose(number, Path(folder))
            made += [Seed(f"{number}/{s.name}", s.content) for s in _taken(Path(folder))]
    return made


def _parcels(files: list[Seed]) -> list[Seed]:
    some = {Path(s.name).name: s.content for s in files[:: len(files) // 4]}
    return [Seed(f"parcel.{ending}", pack(some)) for ending, pack in PARCELS.items()]


def _made_by_libreoffice(files: list[Seed]) -> list[Seed]:
    """One of each kind; none where there is no LibreOffice."""
    if converter() is None:
        return []
    made = []
    for ending, kinds in (("xlsx", OF_WORKBOOK), ("docx", OF_DOCUMENT)):
        source = next(s for s in files if s.ending == ending)
        for kind in kinds:
            try:
                made.append(Seed(f"converted.{kind}", converted(source.content, ending, kind)))
            except UnreadableFile as e:
                print(f"LibreOffice makes no {kind}: {e.detail}")
    return made
