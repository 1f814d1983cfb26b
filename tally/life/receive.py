"""Files that come in are put where the pipeline looks for them: never over another, never where they do not belong.

A file goes to `data/raw/<campaign>/<period>/<unit name>/`; whose it is, `tally.intake.survey` tells from its name and from what
stands in it, as it would of a file put there by hand. What cannot be told is refused with the reason. When a unit sends
again, the earlier version stays and the difference is reported cell by cell.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tally.clean.unit_names import unit_of
from tally.declare import Campaign, Period, Unit
from tally.errors import UnreadableFile, UsageError
from tally.imprint import form_version, printed_version
from tally.intake import register
from tally.intake.survey import Survey, newest_period, survey
from tally.life.changes import CellChange, changes, counted_files
from tally.life.receipt import Received
from tally.locate.context import period_named
from tally.model import Finding
from tally.paths import Paths
from tally.readers import apart
from tally.returns.unit import UnitReturn, read_unit
from tally.store import lock
from tally.store.files import write_bytes

_NOT_A_NAME = re.compile(r"[\\/\x00-\x1f]")
_NOT_READ = ("file.", "intake.no_form", "summary.not_")
_DISAGREES = ("intake.unit_disagrees", "intake.two_units", "intake.same_file")


class _Refused(Exception):
    """This file cannot be filed: (the fact, the remedy)."""


def receive(
    campaign: Campaign,
    root: Path,
    files: Sequence[str | Path],
    *,
    period: str = "",
    unit: str = "",
    received: date | None = None,
) -> list[Received]:
    """Files `files` into the period (by default the newest that has returns), one after the other; one result each.

    `unit` (name or code) settles whose they are; `received` is the day they came, by default the day a mail was sent,
    else today. UsageError for an
    unknown period or unit, TallyError while a run is going on; a file that cannot be filed is refused alone.
    """
    declared = campaign.period(period or _newest(campaign, root))
    given = _unit(campaign, unit) if unit else None
    desk = _Desk(campaign, Paths(Path(root).resolve(), campaign.name, declared.name), declared, bool(period), given)
    with lock.held(desk.paths.root):
        return [desk.take(Path(f), received) for f in files]


def day_of(text: str) -> date | None:
    """The day that `text` (2021-06-03) names, None for ""; UsageError for what is no day or still to come."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as e:
        raise UsageError(f"--date 不是日期：{text!r}", "写法如 2021-06-03") from e
    if day and day > date.today():
        raise UsageError(f"--date 是将来的日期：{text}", "请填写实际收到的日期")
    return day


def _newest(campaign: Campaign, root: Path) -> str:
    try:
        return newest_period(campaign, Path(root))
    except UsageError as e:
        raise UsageError("还没有任何一期收到过文件，不知道归入哪一期", "请用 --period 指明，如 --period 2021-05") from e


def _unit(campaign: Campaign, text: str) -> Unit:
    codes = unit_of(campaign, text).codes if not _NOT_A_NAME.search(text) else ()
    return campaign.unit(next(iter(codes)) if len(codes) == 1 else text)


@dataclass(frozen=True)
class _Desk:
    """Where files are taken in: one campaign and period; `sure` if the period was named by the person."""

    campaign: Campaign
    paths: Paths
    period: Period
    sure: bool
    unit: Unit | None

    @property
    def _unit_name(self) -> str:
        return self.unit.name if self.unit else ""

    def take(self, source: Path, day: date | None) -> Received:
        try:
            return self._file(source, day)
        except _Refused as e:
            fact, remedy = e.args
            return Received(str(source), self.period.name, refused=fact, remedy=remedy)

    def _file(self, source: Path, given: date | None) -> Received:
        content, name = _content(source), source.name.replace("!", "！")
        mail = apart.letter(source, content)
        day = given or (mail.day if mail else None) or date.today()
        with tempfile.TemporaryDirectory(prefix="tally-receive-") as folder:
            units, seen = self._looked_at(Paths(Path(folder), self.campaign.name, self.period.name), name, content, day)
        flat = len(units) > 1
        if known := self._known(content, units):
            return Received(str(source), self.period.name, known, units, same=True)
        before = self._read(units)
        target = self._free("" if flat else units[0].name, name, _versions(before, seen, day))
        again = ["再次报送"] * any(_replaced(before, seen))
        remark = "；".join((*again, *([f"邮件，发件人 {mail.sender}"] if mail else [])))
        register.note(self.paths.register, target, day, self._unit_name, remark)
        write_bytes(self.paths.raw / target, content)
        after = self._read(units)
        return Received(
            str(source),
            self.period.name,
            target,
            units,
            forms=_forms(self.campaign, seen),
            unread=_unread(seen),
            letter=mail,
            changes=self._changes(before, after),
            remarks=(
                *self._not_counted(target, seen, after),
                *self._other_units(seen),
                *self._outdated(seen),
                *_renamed(name, source.name),
            ),
        )

    def _looked_at(
        self, staged: Paths, name: str, content: bytes, day: date
    ) -> tuple[tuple[Unit, ...], dict[str, UnitReturn]]:
        """Whose the file is and what each unit's part of it says, told as if the file had been put there by hand."""
        path = f"{self.unit.name}/{name}" if self.unit else name
        write_bytes(staged.raw / path, content)
        register.note(staged.register, path, day, self._unit_name)
        surveyed = survey(self.campaign, staged)
        if not surveyed.files:
            raise _Refused(f"“{name}”这样的文件名在读取时会被跳过", "请改名后再归档")
        codes = _claimed(self.campaign, surveyed, staged.raw, path)
        seen = {c: read_unit(self.campaign, self.period.name, c, staged.root, surveyed) for c in sorted(codes)}
        self._keep_scans(staged)
        for read in seen.values():
            self._agrees(name, read)
        return tuple(self.campaign.unit(c) for c in sorted(codes)), seen

    def _keep_scans(self, staged: Paths) -> None:
        """What was seen on pictures costs half a minute a page: it is not looked at again."""
        if (staged.processed / "scans").is_dir():
            shutil.copytree(staged.processed / "scans", self.paths.processed / "scans", dirs_exist_ok=True)

    def _agrees(self, name: str, read: UnitReturn) -> None:
        """Refuses a file whose name and content disagree about the unit, or, if nobody named it, about the period."""
        for f in read.all_findings:
            if f.rule in _DISAGREES:
                raise _Refused(f.message.removesuffix("，未计入"), "请核实后用 --unit 指明是哪个单位的")
            if f.rule == "returns.other_period" and f.severity == "error" and not self.sure:
                raise _Refused(
                    f"文件写明的时间不属于 {self.period.name} 期（{f.found}）", "请核实后用 --period 指明归入哪一期"
                )
        named = period_named(self.campaign, self.period, Path(name).stem)
        if not self.sure and named not in ("", self.period.name):
            raise _Refused(f"文件名写明的时间不属于 {self.period.name} 期", "请核实后用 --period 指明归入哪一期")

    def _known(self, content: bytes, units: Sequence[Unit]) -> str:
        """The path of a file of the same content that one of the units has sent, "" if there is none."""
        digest = hashlib.sha256(content).hexdigest()
        surveyed = self._surveyed()
        mine = [f for u in units for f in surveyed.of(u.code)] if surveyed else []
        return next((f.path for f in mine if f.sha256 == digest), "")

    def _surveyed(self) -> Survey | None:
        return survey(self.campaign, self.paths) if self.paths.raw.is_dir() else None

    def _read(self, units: Sequence[Unit]) -> dict[str, UnitReturn]:
        """What the units' files in the period's folder say now; {} before the first."""
        surveyed = self._surveyed()
        if surveyed is None:
            return {}
        return {u.code: read_unit(self.campaign, self.period.name, u.code, self.paths.root, surveyed) for u in units}

    def _free(self, folder: str, name: str, version: int) -> str:
        """A path below the period's folder that no file has; from the second version on the name says which it is."""
        stem, ending = Path(name).stem, Path(name).suffix
        while True:
            numbered = name if version == 1 else f"{stem}（{version}）{ending}"
            path = f"{folder}/{numbered}" if folder else numbered
            if not (self.paths.raw / path).exists():
                return path
            version += 1

    def _changes(
        self, before: Mapping[str, UnitReturn], after: Mapping[str, UnitReturn]
    ) -> dict[str, tuple[CellChange, ...]]:
        return {
            code: tuple(
                c
                for form in self.campaign.forms
                for c in changes(form, before[code].returns[form.name], read.returns[form.name])
            )
            for code, read in after.items()
            if code in before
        }

    def _not_counted(self, path: str, seen: Mapping[str, UnitReturn], after: Mapping[str, UnitReturn]) -> list[str]:
        """What is said where the new file holds a form, and another file is the one that counts."""
        told = []
        for code, read in seen.items():
            for form in self.campaign.forms:
                mine, now = read.returns[form.name], after[code].returns[form.name]
                if mine.state != "missing" and path not in counted_files(now) and changes(form, mine, now):
                    others = "、".join(sorted(counted_files(now))) or "其他文件"
                    told.append(
                        f"注意：{form.number}现在计入的是 {others}，不是这一份；以这一份为准的，请删去另一份或改其收文日期"
                    )
        return told

    def _other_units(self, seen: Mapping[str, UnitReturn]) -> list[str]:
        """What is said where the person settled whose the file is, and a form in it names somebody else."""
        tables = [(code, t) for code, read in seen.items() for ret in read.returns.values() for t in ret.tables]
        return [
            f"注意：表内填报单位写的是“{t.unit_text}”，按{self.campaign.unit(code).name}归档"
            for code, t in tables
            if t.unit_text and unit_of(self.campaign, t.unit_text).codes - {code}
        ]

    def _outdated(self, seen: Mapping[str, UnitReturn]) -> list[str]:
        """What is said of a blank form that was made before its columns, rows or choices were changed."""
        told = []
        for read in seen.values():
            for form in self.campaign.forms:
                printed = {v for t in read.returns[form.name].tables if (v := printed_version(t))}
                if printed - {form_version(form)}:
                    told.append(
                        f"注意：{form.number}填的是另一版空白表（{'、'.join(sorted(printed))}），现行的是 {form_version(form)}，请核对各栏"
                    )
        return told


def _content(source: Path) -> bytes:
    """The bytes of a file that may be filed under its own name; refused where there is no such file."""
    if source.is_dir():
        raise _Refused(f"{source} 是文件夹", "请给出其中的文件，如 文件夹/*.xlsx")
    if not source.is_file():
        raise _Refused(f"没有找到文件 {source}", "请核对路径和文件名")
    if _NOT_A_NAME.search(source.name):
        raise _Refused(f"文件名“{source.name!r}”含有路径或控制字符", "请改名后再归档")
    try:
        content = source.read_bytes()
    except OSError as e:
        raise _Refused(f"无法读取 {source}：{e.strerror or e}", "请检查文件权限") from e
    if not content:
        raise _Refused(f"{source} 是空文件（0 字节）", "请报送单位重新发送")
    return content


def _why_unread(place: Path, name: str) -> str:
    """Why nothing in the file could name a unit, "" where it was read."""
    try:
        apart.read(place, name)
    except UnreadableFile as e:
        return UnreadableFile.PROBLEMS[e.problem][0]
    return ""


def _claimed(campaign: Campaign, surveyed: Survey, raw: Path, path: str) -> frozenset[str]:
    """The unit that may claim the only file; several only where its own tables name each."""
    codes = surveyed.claims[path]
    if len(codes) == 1 or path in surveyed.several:
        return codes
    if codes:
        names = "、".join(campaign.unit(c).name for c in sorted(codes))
        raise _Refused(f"不能确定是哪个单位的：文件名同时像{names}", "请用 --unit 指明")
    problem = next((f for f in surveyed.findings if f.rule == "intake.no_unit"), None)
    fact = problem.message.removesuffix("，未计入") if problem else "无法确定文件属于哪个单位"
    fact += f"（文件{unreadable}）" if (unreadable := _why_unread(raw / path, path)) else ""
    raise _Refused(fact, "请用 --unit 指明，如 --unit 亭湖区".replace("亭湖区", campaign.units[0].name))


def _versions(before: Mapping[str, UnitReturn], seen: Mapping[str, UnitReturn], day: date) -> int:
    """Which version of the day the file is: 1 unless the same form has come on the same day."""
    same_day = {
        f.path
        for code, read in seen.items()
        for name, ret in read.returns.items()
        if ret.state != "missing" and code in before
        for f in before[code].returns[name].files
        if f.received == day
    }
    return 1 + len(same_day)


def _replaced(before: Mapping[str, UnitReturn], seen: Mapping[str, UnitReturn]):
    """For each form in the file whether the unit had sent it before."""
    for code, read in seen.items():
        for name, ret in read.returns.items():
            if ret.state != "missing" and code in before:
                yield before[code].returns[name].state != "missing"


def _forms(campaign: Campaign, seen: Mapping[str, UnitReturn]) -> tuple[str, ...]:
    came = [
        f"{f.number} {f.title}"
        for f in campaign.forms
        if any(r.returns[f.name].state != "missing" for r in seen.values())
    ]
    return (*came, *(["工作总结"] if any(r.summary for r in seen.values()) else ()))


def _unread(seen: Mapping[str, UnitReturn]) -> tuple[Finding, ...]:
    """What in the file was not read or is no part of a return, each thing once."""
    found = [f for read in seen.values() for f in read.findings if f.rule.startswith(_NOT_READ)]
    return tuple({(f.file, f.sheet, f.message): f for f in found}.values())


def _renamed(name: str, original: str) -> list[str]:
    return [f"文件名中的“!”已改为“！”：{name}"] if name != original else []
