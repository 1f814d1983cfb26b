"""Which files came in for a period, when, and for which unit.

A file's unit is told by the register (`received.csv`, the analyst's own word, which settles it), by the folder it lies
in, by its name and by 填报单位 inside; where these disagree nobody is believed and both units hear of it.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from tally import catalogue
from tally.campaigns.words import with_words, words
from tally.clean.unit_names import Named, table_unit, unit_of, units_in
from tally.declare import Campaign
from tally.errors import TallyError, UnreadableFile, UsageError
from tally.intake.known_files import Seen
from tally.intake.register import Register, read_register
from tally.intake.shared_matrix import apart
from tally.locate import find_tables
from tally.model import Document, Finding, Place, ReceivedFile
from tally.paths import Paths
from tally.readers import LETTER, read
from tally.readers.apart import asked
from tally.readers.writable import writable
from tally.store.digests import mark_of

_SKIPPED_NAMES = ("received.csv", "readme", "readme.md", "readme.txt", "thumbs.db", "desktop.ini", ".ds_store")
_LOCKS = ("~$", ".~")
_LOCK_BYTES = 1_024  # Office and WPS write some 160, LibreOffice fewer
_OF_PROGRAMS = ("~$", "._", ".~", ".git", "__MACOSX")  # what office programs and systems leave beside files


@dataclass(frozen=True)
class Survey:
    """`claims`: path -> codes of the units that may claim the file; `findings`: of files that no unit claims."""

    files: tuple[ReceivedFile, ...]
    claims: Mapping[str, frozenset[str]]
    register: Mapping[str, str]  # path -> unit code, where the register names one
    findings: tuple[Finding, ...] = ()
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # sha256 -> paths of several units
    several: frozenset[str] = frozenset()  # files whose own tables name several units, each its own

    def of(self, unit: str) -> list[ReceivedFile]:
        return list(self._by_unit.get(unit, ()))

    def touched(self, paths: Paths, unit: str) -> list[str]:
        """The unit's files that somebody replaced or changed since the survey, be it for a moment."""
        return [f.path for f in self.of(unit) if not _is_as_marked(paths.raw / f.path, f.mark)]

    @cached_property
    def _by_unit(self) -> dict[str, list[ReceivedFile]]:
        by_unit: dict[str, list[ReceivedFile]] = {}
        for f in self.files:
            for code in self.claims.get(f.path, ()):
                by_unit.setdefault(code, []).append(f)
        return by_unit

    def of_units(self, units: Container[str]) -> Survey:
        """The files that some of these units may claim, without findings."""
        files = []
        for file in self.files:
            if any(code in units for code in self.claims.get(file.path, ())):
                files.append(file)
        return replace(self, files=tuple(files), findings=())

    def part(self, *units: str) -> Survey:
        """As much of the survey as reading these units' files takes; `findings` are left out."""
        files = tuple(dict.fromkeys(f for unit in units for f in self.of(unit)))
        shared = {f.sha256: self.shared[f.sha256] for f in files if f.sha256 in self.shared}
        near = {f.path for f in files}.union(*shared.values())
        claims = {p: self.claims[p] for p in sorted(near)}
        register = {p: self.register[p] for p in sorted(near & self.register.keys())}
        return Survey(files, claims, register, (), shared, self.several & near)


def survey(campaign: Campaign, paths: Paths, seen: Seen | None = None) -> Survey:
    """Every file of the period and who may claim it; opens only files whose folder and name say nothing.

    `seen` spares files that have not changed since an earlier survey, and learns what this one finds.
    """
    campaign = with_words(campaign, words(paths.mappings, campaign))
    seen = seen or Seen()
    entries, passed_over = _found(paths)
    register = read_register(campaign, paths, [name for name, _ in entries])
    files, mails = _received(entries, register, seen)
    claims, findings, several = {}, [], set()
    for file in files:
        codes, problem = _by_name(campaign, file, register), None
        if not codes:
            codes, problem = _by_content(campaign, paths, file, seen)
            several |= {file.path} if len(codes) > 1 else set()
        claims[file.path] = codes
        if problem:
            findings.append(problem)
    findings += [*register.findings, *_unregistered(files, register, mails), *map(_passed_over, passed_over)]
    units = {f.path: register.units[f.path] for f in files if f.path in register.units}
    return Survey(files, claims, units, tuple(findings), _shared(files, claims), frozenset(several))


PassedOver = tuple[str, str]  # the name, and the kind of finding that says why it was not read


def _passed_over(one: PassedOver) -> Finding:
    name, kind = one
    return catalogue.finding(kind, Place(name))


def _unregistered(files: tuple[ReceivedFile, ...], register: Register, mails: frozenset[str]) -> list[Finding]:
    """One note for all files whose day of receipt only the file system tells."""
    unknown = [f.path for f in files if f.path not in register.days and f.path not in mails]
    if not unknown:
        return []
    return [catalogue.finding("intake.unregistered", Place(raw="、".join(unknown)[:200]), count=len(unknown))]


def _found(paths: Paths) -> tuple[list[tuple[str, os.DirEntry[str]]], list[PassedOver]]:
    """The period's files in order, with their paths below its folder, and what was passed over that a person may miss."""
    if not paths.raw.is_dir():
        raise TallyError(f"没有找到 {paths.period} 的上报文件夹：{paths.raw}", "请把各单位的文件放进该文件夹后重试")
    passed_over: list[PassedOver] = []
    entries = sorted(_walk(paths.raw, "", passed_over), key=lambda pair: pair[0].split("/"))
    return entries, sorted(passed_over)


def _received(
    entries: list[tuple[str, os.DirEntry[str]]], register: Register, seen: Seen
) -> tuple[tuple[ReceivedFile, ...], frozenset[str]]:
    """The files with the day each came (by the register, a mail's own date, the file system), and which are mails with a date."""
    files, mails = [], set()
    for name, entry in entries:
        stat = Path(entry.path).stat()  # an entry's own has no inode on Windows
        sha256, sent = seen.facts(Path(entry.path), name, stat)
        day = register.days.get(name) or sent or datetime.fromtimestamp(stat.st_mtime).date()
        folder = name.split("/")[0] if "/" in name else ""
        files.append(ReceivedFile(name, sha256, stat.st_size, day, folder, mark_of(stat)))
        mails |= {name} if sent else set()
    return tuple(files), frozenset(mails)


def _is_as_marked(path: Path, mark: tuple[int, ...]) -> bool:
    try:
        return mark_of(path.stat()) == mark
    except OSError:
        return False


def _walk(folder: Path | str, below: str, passed_over: list[PassedOver]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Files that count, with their path below the period's folder; in a nation there are ten thousand.

    No link is followed, no pipe or device opened: what lies there and is no file is passed over by name.
    """
    try:
        entries = list(os.scandir(folder))
    except OSError as e:
        if below:
            passed_over.append((below.rstrip("/"), "intake.no_permission"))
            return
        raise TallyError(f"没有读取文件夹 {folder} 的权限：{e.strerror}", "请检查文件夹权限后重试") from e
    for entry in entries:
        name = below + entry.name
        if (entry.name.startswith(_OF_PROGRAMS) and not _is_no_lock(entry)) or entry.name.lower() in _SKIPPED_NAMES:
            continue
        if not _is_writable(entry.name):
            passed_over.append((below + _legible(entry.name), "intake.odd_name"))
        elif not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{name}/", passed_over)
        elif not entry.name.startswith(".") and entry.is_file(follow_symlinks=False):
            yield name, entry
        else:
            passed_over.append((name, "intake.passed_over"))


def _is_no_lock(entry: os.DirEntry[str]) -> bool:
    """Whether a file called as locks are is too large to be one: somebody's work, saved or sent under that name."""
    try:
        return entry.name.startswith(_LOCKS) and entry.stat(follow_symlinks=False).st_size > _LOCK_BYTES
    except OSError:
        return False


def _is_writable(name: str) -> bool:
    """Whether a file's name is text that can be shown and written: no bytes of another encoding, no control character."""
    return writable(name) == name


def _legible(name: str) -> str:
    """Such a name as people may know it again: bytes that are no UTF-8 are most often GBK."""
    return writable(os.fsencode(name).decode("gb18030", "replace")).replace("\n", " ").replace("\r", " ")


def _by_name(campaign: Campaign, file: ReceivedFile, register: Register) -> frozenset[str]:
    """The units that the register, else the folder and the file's name together, give the file to."""
    if code := register.units.get(file.path):
        return frozenset((code,))
    folders = (folder_unit(campaign, part).codes for part in file.path.split("/")[:-1])
    codes = units_in(campaign, Path(file.path).stem).codes.union(*folders)
    # The city's name in a county's file name (盐城市口罩案件统计表) claims nothing.
    return (codes - {campaign.top.code}) or (codes if _top_speaks(campaign, file) else frozenset())


def _top_speaks(campaign: Campaign, file: ReceivedFile) -> bool:
    """True if the city's own folder holds the file, or its name says 市本级 or 市局 and not just the city's name."""
    of_top = folder_unit(campaign, file.folder).codes == {campaign.top.code}
    return of_top or any(word in Path(file.path).stem for word in campaign.top.aliases[:2])


def _by_content(
    campaign: Campaign, paths: Paths, file: ReceivedFile, seen: Seen
) -> tuple[frozenset[str], Finding | None]:
    """The units that a file without hint in folder and name itself speaks of; a finding where it names none."""
    if (inside := seen.named(file.sha256)) is None:
        inside = _inside(campaign.without_rules(), paths, file)
        if inside != Named():  # what could not be read today may be read tomorrow
            seen.note(file.sha256, inside)
    if inside.codes:
        return inside.codes, None
    named = (folder_unit(campaign, file.folder), units_in(campaign, Path(file.path).stem), inside)
    ambiguous = next((n.ambiguous for n in named if n.ambiguous), "")
    why = f"“{ambiguous}”可指不止一个单位" if ambiguous else "文件夹、文件名和表内“填报单位”都没有写明单位"
    return frozenset(), catalogue.finding("intake.no_unit", Place(file.path), why=why)


def folder_unit(campaign: Campaign, folder: str) -> Named:
    """The unit a folder belongs to. A folder called 开发区 is that unit's own; 高新区 is no unit's name."""
    named = unit_of(campaign, folder)
    if named.ambiguous:
        codes = [u.code for u in campaign.units if named.ambiguous in u.aliases]
        return Named(frozenset(codes)) if len(codes) == 1 else named
    return named


def _inside(campaign: Campaign, paths: Paths, file: ReceivedFile) -> Named:
    """What 填报单位 in the file's tables, or the first lines of its text, say; a mail's text only where nothing else does."""
    try:
        named: Named = asked(partial(named_in, campaign), paths.raw / file.path, file.path, (Named,))
    except UnreadableFile:
        return Named()
    return named


def named_in(campaign: Campaign, path: Path, name: str) -> Named:
    """Whom the file at `path` names."""
    documents = read(path, name)
    letters = [d for d in documents if d.kind == LETTER]
    named = _named_in(campaign, [d for d in documents if d.kind != LETTER])
    return named if named.codes else _named_in(campaign, letters) if letters else named


def _named_in(campaign: Campaign, documents: list[Document]) -> Named:
    codes, ambiguous = set(), ""
    for document in documents:
        named = [table_unit(campaign, t) for t in find_tables(apart(campaign, document), campaign.forms)]
        named = named or [first_named(campaign, document)]
        codes |= {c for n in named for c in n.codes}
        codes |= units_in(campaign, document.file.rpartition("!")[2]).codes if "!" in document.file else set()
        ambiguous = ambiguous or next((n.ambiguous for n in named if n.ambiguous), "")
    return Named(frozenset(codes), ambiguous)


def first_named(campaign: Campaign, document: Document) -> Named:
    """The unit that the first or last lines of a running text name."""
    lines = [line for line in document.text.splitlines() if line.strip()]
    for line in (*lines[:3], *lines[-3:]):
        if (named := units_in(campaign, line)).codes:
            return named
    return Named()


def _shared(files: tuple[ReceivedFile, ...], claims: dict[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Files of the same content that lie with several units."""
    by_hash: dict[str, list[ReceivedFile]] = {}
    for f in files:
        if f.size:
            by_hash.setdefault(f.sha256, []).append(f)
    shared = {}
    for content, alike in by_hash.items():
        units = frozenset().union(*(claims[file.path] for file in alike))
        if len(alike) > 1 and len(units) > 1:
            shared[content] = tuple(file.path for file in alike)
    return shared


def newest_period(campaign: Campaign, root: Path) -> str:
    """The last declared period that has a folder of returns; UsageError if there is none."""
    for p in reversed(campaign.periods):
        folder = Paths(root, campaign.name, p.name).raw
        if folder.is_dir() and any(folder.iterdir()):
            return p.name
    raise UsageError(
        f"{root / 'data' / 'raw' / campaign.name} 下没有任何一期的上报文件",
        "请把各单位的文件放进 data/raw/<专项>/<期>/ 后重试",
    )
