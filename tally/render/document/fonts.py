"""Which font file plays which part in the documents, found by name on this machine.

The official faces (Windows) come first, then free look-alikes where a system has them, last the two fonts that
come with the project's dependencies, 宋 and 黑: on a bare machine with pip alone body text is 宋, 一、 is 黑, and a
title and （一） are 宋 made bold (`Fonts.bold`), so that the four can be told apart. No free 仿宋 or 楷 comes by pip.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

PIP_FAMILY = "Noto Sans CJK SC"
PIP_SERIF = "Noto Serif SC"
PIP_MONO = "Noto Sans Mono CJK SC"

# Part -> families wanted, best first; English and Chinese names of one face stand together. The Word file
# names `WORD[part]`, which Word resolves on the reader's own machine.
WANTED: Mapping[str, tuple[str, ...]] = {
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋", "FandolFang R", "FandolFang", PIP_SERIF),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "华文楷体", "FandolKai", "LXGW WenKai", PIP_SERIF),
    "hei": ("SimHei", "黑体", "STHeiti", "FandolHei"),
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "Noto Serif CJK SC", "FandolSong", PIP_SERIF),
    "song": ("SimSun", "宋体", "STSong", "Noto Serif CJK SC", "FandolSong", PIP_SERIF),
    "mono": (PIP_MONO,),
}  # fmt: skip
WORD: Mapping[str, str] = {
    "body": "仿宋_GB2312",
    "kai": "楷体_GB2312",
    "hei": "黑体",
    "title": "方正小标宋简体",
    "song": "宋体",
    "mono": "Noto Sans Mono CJK SC",
}


WEIGHT: Mapping[str, int] = {"title": 700}  # 小标宋 is heavy: of a family with several weights the bold is taken
REGULAR = 400
TEX_FOLDERS = tuple(  # where Debian's TeX Live keeps Fandol, which the system's own list of fonts leaves out
    Path(root, "fonts/opentype/public/fandol") for root in ("/usr/share/texlive/texmf-dist", "/usr/share/texmf")
)


@dataclass(frozen=True, slots=True)
class Face:
    """One font face: its family as the file names it, and the file."""

    family: str
    path: Path


@dataclass(frozen=True)
class Fonts:
    """The faces of every part, best first, each list ending with the pip font."""

    parts: Mapping[str, tuple[Face, ...]]

    @property
    def families(self) -> dict[str, list[str]]:
        """Part -> families in the order in which a glyph is looked for."""
        return {part: _families(faces) for part, faces in self.parts.items()}

    @property
    def bold(self) -> dict[str, bool]:
        """Part -> whether its face stands in for a missing one and is told from body text by its weight alone."""
        stands_in = {part: faces[0].family == PIP_SERIF for part, faces in self.parts.items()}
        return {part: stands_in[part] and part in ("title", "kai") for part in self.parts}

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where the faces lie, each folder once, the shipped font's first: of two equal faces the first is used."""
        folders = {face.path.parent for faces in self.parts.values() for face in faces}
        return tuple(sorted(folders, key=lambda folder: (folder != pip_font().parent, folder)))

    def record(self) -> dict[str, dict[str, str]]:
        """For the manifest: part -> the face used, its file's name and hash (no path: it differs by machine)."""
        return {
            part: {"family": faces[0].family, "file": faces[0].path.name, "sha256": _digest(faces[0].path)}
            for part, faces in self.parts.items()
        }


def _families(faces: Iterable[Face]) -> list[str]:
    return [face.family for face in faces]


@functools.cache
def find(*, system: bool = True, folders: tuple[Path, ...] = ()) -> Fonts:
    """The fonts of this machine and of `folders`; `system=False` leaves the machine's own out, so that with no
    folders the pip font plays every part, the same everywhere.
    """
    known = listed(*folders, *(f for f in TEX_FOLDERS if system and f.is_dir()), system=system).fonts()
    shipped = listed(pip_font().parent, pip_serif().parent).fonts()
    parts = {}
    for part, wanted in WANTED.items():
        weight = WEIGHT.get(part, REGULAR)
        faces = {**_faces(known, weight), **_faces(shipped, weight)}
        names = dict.fromkeys((*wanted, PIP_MONO if part == "mono" else PIP_FAMILY))
        parts[part] = tuple(faces[name] for name in names if name in faces)
    return Fonts(parts)


def pip_font() -> Path:
    """The font file that comes with the dependencies: Chinese sans (黑), a collection with every region."""
    import noto_cjk_sans_otc

    return Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"


def pip_serif() -> Path:
    """The 宋 that comes with the dependencies (Noto Serif SC, SIL Open Font License)."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSerifSC-Regular.otf"


def listed(*folders: Path, system: bool = False) -> typst.Fonts:
    """The faces in these folders, and the machine's own where `system`."""
    return typst.Fonts(system, include_embedded_fonts=False, font_paths=[str(f) for f in folders])


def _faces(fonts: Sequence[typst.FontInfo], weight: int) -> dict[str, Face]:
    """Family -> its upright face nearest to a weight."""
    nearest = sorted(fonts, key=lambda f: (f.style != "normal", abs(f.weight - weight), f.path or ""))
    faces: dict[str, Face] = {}
    for font in nearest:
        if font.path:
            faces.setdefault(font.family, Face(font.family, Path(font.path)))
    return faces


@functools.cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
