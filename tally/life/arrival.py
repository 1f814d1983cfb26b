"""One file as it arrives, before it has a place: whose it is and what stands in it, told as if it had been put there by hand.

a path -> `opened` -> `looked_at` (in a folder of its own, thrown away) -> Arrival, or Refused with the reason
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tally.clean.unit_names import unit_of
from tally.declare import Campaign, Form, Period, Unit
from tally.errors import UnreadableFile
from tally.intake import register
from tally.intake.survey import Survey, survey
from tally.locate.context import period_named
from tally.locate.imprint import form_version, printed_version
from tally.model import ABSENT, Finding
from tally.paths import Paths
from tally.readers import apart
from tally.readers.parcels.letter import Letter
from tally.returns.unit import UnitReturn, read_unit
from tally.store.files import write_bytes

NOT_A_NAME = re.compile(r"[\\/\x00-\x1f]")
_NOT_READ = ("file.", "intake.no_form", "summary.not_")
_OTHER_PERIOD = "returns.other_period"
_DISAGREES = ("intake.unit_disagrees", "intake.two_units", "intake.same_file")


class Refused(Exception):
    """This file cannot be filed: (the fact, the remedy)."""


@dataclass(frozen=True)
class Intent:
    """What the person said of the files: for which period (`named` if they did), whose, received when."""

    campaign: Campaign
    period: Period
    named: bool
    unit: Unit | None = None
    day: date | None = None

    @property
    def unit_name(self) -> str:
        return self.unit.name if self.unit else ""


@dataclass(frozen=True)
class Arrival:
    """A file that may be filed. `seen`: unit code -> what the file says for it, in the order of the codes."""

    campaign: Campaign
    original: str
    content: bytes
    day: date
    letter: Letter | None = None
    seen: Mapping[str, UnitReturn] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name it is filed under: ! divides a parcel from its members in addresses."""
        return self.original.replace("!", "！")

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(self.campaign.unit(code) for code in self.seen)

    def parts(self) -> Iterator[tuple[str, Form]]:
        """Unit and form of every return in it."""
        for code, read in self.seen.items():
            for form in self.campaign.forms:
                if read.returns[form.name].state not in ABSENT:
                    yield code, form

    @property
    def forms(self) -> tuple[str, ...]:
        """What was found in it, as people call it."""
        came = {form.name for _, form in self.parts()}
        titles = [f"{f.number} {f.title}" for f in self.campaign.forms if f.name in came]
        answers = sum(f.rule == "feedback.answered" for read in self.seen.values() for f in read.findings)
        summaries = ["工作总结"] * any(r.summary for r in self.seen.values())
        return (*titles, *summaries, *([f"问题清单的答复 {answers} 条"] if answers else ()))

    @property
    def unread(self) -> tuple[Finding, ...]:
        """What in the file was not read or is no part of a return, each thing once."""
        once: dict[tuple[str, str, str], Finding] = {}
        for read in self.seen.values():
            for f in read.findings:
                if f.rule.startswith(_NOT_READ):
                    once[f.file, f.sheet, f.message] = f
        return tuple(once.values())

    def remarks(self) -> Iterator[str]:
        """What a person should know of the file itself."""
        yield from self._other_units()
        yield from self._outdated()
        yield from self._other_periods()
        if self.name != self.original:
            yield f"文件名中的“!”已改为“！”：{self.name}"

    def _other_units(self) -> Iterator[str]:
        """What is said where the person settled whose the file is, and a form in it names somebody else."""
        for code, read in self.seen.items():
            tables = [t for ret in read.returns.values() for t in ret.tables]
            for text in (t.unit_text for t in tables):
                if text and unit_of(self.campaign, text).codes - {code}:
                    yield f"注意：表内填报单位写的是“{text}”，按{self.campaign.unit(code).name}归档"

    def _outdated(self) -> Iterator[str]:
        """What is said of a blank form that was made before its columns, rows or choices were changed."""
        for code, form in self.parts():
            versions = [printed_version(t) for t in self.seen[code].returns[form.name].tables]
            printed = {v for v in versions if v}
            if printed - {form_version(form)}:
                others = "、".join(sorted(printed))
                yield f"注意：{form.number}填的是另一版空白表（{others}），现行的是 {form_version(form)}，请核对各栏"

    def _other_periods(self) -> Iterator[str]:
        """What is said of tables beside those of the period: they may be the return that another period still lacks."""
        forms: dict[str, list[str]] = {}
        for read in self.seen.values():
            for f in read.all_findings:
                if f.rule == _OTHER_PERIOD and f.severity == "warning":
                    forms.setdefault(f.message, []).append(self.campaign.form(f.form).number)
        for message, numbers in forms.items():
            names = "、".join(dict.fromkeys(numbers))
            yield f"注意：{names}有一份{message}；该期还没有报的，请把往期的表另存成文件，用 --period 归入该期"


def arrival(source: Path, intent: Intent, real: Paths) -> Arrival:
    """The file at `source`, looked at; what was seen on pictures is kept below `real`. Refused with the reason."""
    content = _content(source)
    letter = apart.letter(source, content)
    day = intent.day or (letter.day if letter else None) or date.today()
    arrived = Arrival(intent.campaign, source.name, content, day, letter)
    with tempfile.TemporaryDirectory(prefix="tally-receive-") as folder:
        staged = Paths(Path(folder), intent.campaign.name, intent.period.name)
        seen = _looked_at(arrived, intent, staged)
        _keep_scans(staged, real)
    for read in seen.values():
        _refuse_disagreement(arrived.name, intent, read)
    return Arrival(intent.campaign, source.name, content, day, letter, seen)


def _looked_at(arrived: Arrival, intent: Intent, staged: Paths) -> dict[str, UnitReturn]:
    """What the file says for each unit whose it is, alone in a folder of its own."""
    path = f"{intent.unit.name}/{arrived.name}" if intent.unit else arrived.name
    write_bytes(staged.raw / path, arrived.content)
    register.note(staged.register, path, arrived.day, intent.unit_name)
    surveyed = survey(intent.campaign, staged)
    if not surveyed.files:
        raise Refused(f"“{arrived.name}”这样的文件名在读取时会被跳过", "请改名后再归档")
    codes = _claimed(intent.campaign, surveyed, staged.raw, path)
    return {c: read_unit(intent.campaign, intent.period.name, c, staged.root, surveyed) for c in sorted(codes)}


def _keep_scans(staged: Paths, real: Paths) -> None:
    """What was seen on pictures costs half a minute a page, a conversion some seconds: neither is done again."""
    for made, place in ((staged.processed / "scans", real.processed / "scans"), (staged.conversions, real.conversions)):
        if made.is_dir():
            shutil.copytree(made, place, dirs_exist_ok=True)


def _refuse_disagreement(name: str, intent: Intent, read: UnitReturn) -> None:
    """Refuses a file whose name and content disagree about the unit, or, if nobody named it, about the period."""
    period = intent.period.name
    for f in read.all_findings:
        if f.rule in _DISAGREES:
            raise Refused(f.message.removesuffix("，未计入"), "请核实后用 --unit 指明是哪个单位的")
        if f.rule == _OTHER_PERIOD and f.severity == "error" and not intent.named:
            raise Refused(f"文件写明的时间不属于 {period} 期（{f.found}）", "请核实后用 --period 指明归入哪一期")
    stated = period_named(intent.campaign, intent.period, Path(name).stem)
    if not intent.named and stated not in ("", period):
        raise Refused(f"文件名写明的时间不属于 {period} 期", "请核实后用 --period 指明归入哪一期")


def _content(source: Path) -> bytes:
    """The bytes of a file that may be filed under its own name; refused where there is no such file."""
    if source.is_dir():
        raise Refused(f"{source} 是文件夹", "请给出其中的文件，如 文件夹/*.xlsx")
    if not source.is_file():
        raise Refused(f"没有找到文件 {source}", "请核对路径和文件名")
    if NOT_A_NAME.search(source.name):
        raise Refused(f"文件名“{source.name!r}”含有路径或控制字符", "请改名后再归档")
    try:
        content = source.read_bytes()
    except OSError as e:
        raise Refused(f"无法读取 {source}：{e.strerror or e}", "请检查文件权限") from e
    if not content:
        raise Refused(f"{source} 是空文件（0 字节）", "请报送单位重新发送")
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
        raise Refused(f"不能确定是哪个单位的：文件名同时像{names}", "请用 --unit 指明")
    problem = next((f for f in surveyed.findings if f.rule == "intake.no_unit"), None)
    fact = problem.message.removesuffix("，未计入") if problem else "无法确定文件属于哪个单位"
    fact += f"（文件{unreadable}）" if (unreadable := _why_unread(raw / path, path)) else ""
    raise Refused(fact, "请用 --unit 指明，如 --unit 亭湖区".replace("亭湖区", campaign.units[0].name))
