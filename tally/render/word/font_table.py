"""The Word file's table of fonts: which faces stand in, in turn, where a reader's machine lacks the official one.

Word and WPS try each name of `w:altName` (ECMA-376 17.8.3.1) and go by `w:panose1` and `w:family` only after them. Without
the list every missing face becomes the same one; with it a song stays a song and a hei a hei, on Windows, macOS and Linux.
"""

from __future__ import annotations

from collections.abc import Mapping

from docx.oxml.ns import nsdecls

from tally.render.document.fonts import WANTED, WORD

_SONG = ("宋体", "SimSun", "NSimSun", "华文宋体", "STSong", "Songti SC", "思源宋体", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC")  # fmt: skip
_HEI = ("微软雅黑", "Microsoft YaHei", "PingFang SC", "Heiti SC", "思源黑体", "Source Han Sans SC", "Noto Sans CJK SC")
_HEAVY = ("方正小标宋_GBK", "方正小标宋简", "华文中宋", "STZhongsong", "FZCuSong-B09")

# Part -> what stands in behind the look-alikes that the documents ask for themselves (`WANTED`).
BEHIND: Mapping[str, tuple[str, ...]] = {
    "body": ("FangSong SC", "STFangsong", *_SONG),
    "kai": ("Kaiti SC", "STKaiti", *_SONG),
    "hei": _HEI,
    "title": (*_HEAVY, *_SONG),
    "song": _SONG,
    "mono": ("Consolas", "Menlo", "Courier New"),
}
# Part -> the official face's PANOSE number and family, by which Word finds what is nearest where no name fits.
_LOOK: Mapping[str, tuple[str, str]] = {
    "body": ("02010609030101010101", "modern"),
    "kai": ("02010609030101010101", "modern"),
    "hei": ("02010609060101010101", "modern"),
    "title": ("02010601030101010101", "auto"),
    "song": ("02010600030101010101", "auto"),
    "mono": ("020B0509020203020207", "modern"),
}


def stand_ins(part: str) -> tuple[str, ...]:
    """The names that are tried in turn for a part's face, each once, without its own."""
    names = dict.fromkeys((*WANTED[part], *BEHIND[part]))
    return tuple(name for name in names if name != WORD[part])


def font_table() -> bytes:
    """`word/fontTable.xml`."""
    fonts = "".join(_font(part) for part in WORD)
    table = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{table}'.encode()


def _font(part: str) -> str:
    panose, family = _LOOK[part]
    return (
        f'<w:font w:name="{WORD[part]}"><w:altName w:val="{",".join(stand_ins(part))}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
    )
