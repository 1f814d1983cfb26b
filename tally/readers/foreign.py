"""Files that nobody here can read, known by what they begin with, so that the finding says what came and what to send instead."""

from __future__ import annotations

import re

from tally.errors import UnreadableFile
from tally.readers.package import Package

# how the bytes begin -> (problem, what it is)
_BYTES: tuple[tuple[bytes, str, str], ...] = (
    (rb"MSCF", "unpackable", "CAB 压缩包"),
    (rb"\x28\xb5\x2f\xfd", "unpackable", "Zstandard 压缩包"),
    (rb"\x04\x22\x4d\x18", "unpackable", "LZ4 压缩包"),
    (rb"\x1f\x9d", "unpackable", "compress（.Z）压缩包"),
    (rb"\x60\xea", "unpackable", "ARJ 压缩包"),
    (rb"ALZ\x01", "unpackable", "ALZ 压缩包"),
    (rb"EGGA", "unpackable", "EGG 压缩包"),
    (rb"MSWIM\0", "unpackable", "WIM 映像"),
    (rb"..-lh[0-9]-", "unpackable", "LZH 压缩包"),
    (rb".{7}\*\*ACE\*\*", "unpackable", "ACE 压缩包"),
    (rb".{32769}CD001", "unpackable", "光盘映像（.iso）"),
    (rb"\x4c\0\0\0\x01\x14\x02\0", "shortcut", "Windows 快捷方式"),
    (rb"SQLite format 3\0", "other_program", "SQLite 数据库"),
    (rb"\0\x01\0\0Standard (?:Jet|ACE) DB", "other_program", "Access 数据库"),
    (rb"ID;P[^\n]*\n[A-Z];", "other_program", "SYLK 表格"),
    (rb"%!PS", "other_program", "PostScript 文件"),
    (rb"ITSF", "other_program", "CHM 帮助文件"),
    (rb"CAJ\0", "other_program", "CAJ 文献"),
    (rb"HWP Document", "other_program", "HWP 文字文件"),
    (rb"AC10\d\d\0", "other_program", "AutoCAD 图纸"),
    (rb"8BPS\0", "other_program", "Photoshop 图像"),
    (rb"AT&TFORM", "other_program", "DjVu 文件"),
    (rb"\xd7\xcd\xc6\x9a", "other_program", "WMF 图形"),
    (rb"\x01\0\0\0.{36} EMF", "other_program", "EMF 图形"),
    (rb"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "other_program", "OneNote 笔记"),
    (rb"\0\0\0\x0cjP  ", "other_program", "JPEG 2000 图片"),
    (rb"-----BEGIN PGP SIGNATURE", "accessory", "邮件的数字签名"),
    (rb"ID3[\x02-\x04]", "recording", "录音"),
    (rb"#!AMR", "recording", "录音"),
    (rb"OggS", "recording", "录音、录像"),
    (rb"\x1aE\xdf\xa3", "recording", "录像"),
    (rb"0&\xb2u\x8ef\xcf\x11", "recording", "录音、录像"),
    (rb"RIFF.{4}(?:WAVE|AVI )", "recording", "录音、录像"),
    (rb".{4}ftyp", "recording", "录音、录像"),
    (rb"MZ", "program", "Windows 程序（.exe）"),
)
_BEGINS = tuple((re.compile(begins, re.DOTALL), problem, name) for begins, problem, name in _BYTES)
_TEXTS: tuple[tuple[re.Pattern[str], tuple[str, str]], ...] = (  # how short texts begin that only point to a file
    (re.compile(r"\[InternetShortcut", re.I), ("shortcut", "网址快捷方式")),
    (re.compile(r"\[Desktop Entry\]"), ("shortcut", "快捷方式")),
    (re.compile(r"\{\s*\"(?:url|doc_id)\"\s*:"), ("shortcut", "网络文档的链接")),
    (re.compile(r"<\?xml[^>]*>\s*(?:<!DOCTYPE plist[^>]*>\s*)?<plist[^>]*>\s*<dict>\s*<key>URL<", re.I), ("shortcut", "网址快捷方式")),
    (re.compile(r"https?://\S+\s*\Z"), ("shortcut", "网址")),
    (re.compile(r"TABLE\r?\n0,1\r?\n"), ("other_program", "DIF 表格")),
    (re.compile(r"BEGIN:VCARD", re.I), ("accessory", "名片（.vcf）")),
    (re.compile(r"BEGIN:VCALENDAR", re.I), ("accessory", "日程（.ics）")),
    (re.compile(r"(?:<\?xml[^>]*>\s*)?<(?:uof|表:|字:|演:)[^>]*UOF", re.I), ("other_program", "UOF（标文通）文件")),
    (re.compile(r"(?:<\?xml[^>]*>\s*)?<uof:UOF", re.I), ("other_program", "UOF（标文通）文件")),
    (re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg", re.I), ("other_program", "SVG 图形")),
)  # fmt: skip
# a member that only such a package has -> (problem, what it is)
_PACKAGES: dict[str, tuple[str, str]] = {
    "Index/Document.iwa": ("other_program", "苹果 Numbers、Pages 或 Keynote 文件"),
    "Index.zip": ("other_program", "苹果 Numbers、Pages 或 Keynote 文件"),
    "QuickLook/Preview.pdf": ("other_program", "苹果 Numbers、Pages 或 Keynote 文件"),
    "uof.xml": ("other_program", "UOF（标文通）文件"),
    "FixedDocSeq.fdseq": ("other_program", "XPS 版式文件"),
    "META-INF/container.xml": ("other_program", "EPUB 电子书"),
    "AndroidManifest.xml": ("program", "安卓安装包"),
    "META-INF/MANIFEST.MF": ("program", "Java 程序"),
}
_MAIN_PARTS = {"presentation": "演示文稿（.pptx）"}
_SHORT = 4_096  # bytes of a text that is a shortcut


def refuse_foreign(data: bytes) -> None:
    """Raises `UnreadableFile` for bytes of a known format that nothing here reads: "unpackable", "shortcut", …"""
    for begins, problem, name in _BEGINS:
        if begins.match(data):
            raise UnreadableFile(problem, name)


def refuse_foreign_text(head: str, size: int) -> None:
    """Raises `UnreadableFile` for a text that is no table and no prose of anybody's."""
    known = next((what for begins, what in _TEXTS if begins.match(head)), None)
    if known and (known[0] != "shortcut" or size <= _SHORT):
        raise UnreadableFile(*known)


def refuse_foreign_package(members: Package, main: str) -> None:
    """Raises `UnreadableFile` for a zip that is another program's document; `main`: the root of its main part, "" for none."""
    if main:
        raise UnreadableFile("other_program", _MAIN_PARTS.get(main, main))
    known = next((what for name, what in _PACKAGES.items() if name in members), None)
    if known:
        raise UnreadableFile(*known)
