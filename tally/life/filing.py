"""One file filed: looked at, put where it belongs, compared with what counted before. In a process of its own, because all that
a unit has sent is read, located and cleaned for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tally.declare import Campaign, Unit
from tally.errors import TallyError
from tally.intake import register
from tally.intake.survey import Survey, survey
from tally.life.arrival import Arrival, Intent, Refused, arrival
from tally.life.receipt import Received
from tally.model import ABSENT, ReceivedFile
from tally.paths import Paths
from tally.returns.changes import CellChange, changes, counted_files
from tally.returns.unit import UnitReturn, read_unit
from tally.store.files import write_bytes


@dataclass(frozen=True)
class Stop:
    """Why nothing can be filed any more, as a TallyError has it."""

    fact: str
    remedy: str


KINDS = (Received, Stop, Unit, CellChange)  # what `filed` gives back


def filed(intent: Intent, paths: Paths, path: Path, source: str) -> Received | Stop:
    """Files the file that the person called `source`. What nobody foresaw in it must not keep others from being filed; what is
    wrong with the folder does.
    """
    try:
        return _filed(Folder(intent.campaign, paths), intent, Path(source))
    except Refused as e:
        fact, remedy = e.args
    except TallyError as e:
        return Stop(e.fact, e.remedy)
    except OSError as e:
        return Stop(f"无法读取 {e.filename}：{e.strerror or e}", "请检查磁盘空间和文件夹权限")
    except Exception as e:
        fact = f"处理这份文件时程序出错（{type(e).__name__}：{e}）"
        remedy = "请把这份文件交给维护人员，其他文件不受影响"
    return Received(source, intent.period.name, refused=fact, remedy=remedy)


def _filed(folder: Folder, intent: Intent, source: Path) -> Received:
    """Puts the file in the folder and tells what that changed."""
    file = arrival(source, intent, folder.paths)
    if twin := folder.same(hashlib.sha256(file.content).hexdigest(), file.units):
        remarks = tuple(_other_day(intent, folder.paths, twin))
        return Received(str(source), intent.period.name, twin.path, file.units, same=True, remarks=remarks)
    before = folder.read(file.units)
    target = folder.free(file, before)
    folder.put(file, target, intent.unit_name, before)
    after = folder.read(file.units)
    return Received(
        str(source),
        intent.period.name,
        target,
        file.units,
        forms=file.forms,
        unread=file.unread,
        letter=file.letter,
        changes=_changes(folder.campaign, before, after),
        remarks=(*_not_counted(file, target, after), *file.remarks()),
    )


@dataclass(frozen=True)
class Folder:
    """A period's folder of received files."""

    campaign: Campaign
    paths: Paths

    def same(self, digest: str, units: Sequence[Unit]) -> ReceivedFile | None:
        """The file of this content that one of the units has sent, None if there is none."""
        surveyed = self._surveyed()
        sent = [f for u in units for f in surveyed.of(u.code)] if surveyed else []
        return next((f for f in sent if f.sha256 == digest), None)

    def _surveyed(self) -> Survey | None:
        return survey(self.campaign, self.paths) if self.paths.raw.is_dir() else None

    def read(self, units: Sequence[Unit]) -> dict[str, UnitReturn]:
        """What the units' files in the folder say now; {} before the first."""
        surveyed = self._surveyed()
        if surveyed is None:
            return {}
        return {u.code: read_unit(self.campaign, self.paths.period, u.code, self.paths.root, surveyed) for u in units}

    def free(self, file: Arrival, before: Mapping[str, UnitReturn]) -> str:
        """A path in the folder that no file has; from the second version of a day on the name says which it is."""
        folder = "" if len(file.units) > 1 else f"{file.units[0].name}/"
        stem, ending = Path(file.name).stem, Path(file.name).suffix
        version = _versions(file, before)
        while True:
            numbered = file.name if version == 1 else f"{stem}（{version}）{ending}"
            if not (self.paths.raw / f"{folder}{numbered}").exists():
                return f"{folder}{numbered}"
            version += 1

    def put(self, file: Arrival, target: str, unit: str, before: Mapping[str, UnitReturn]) -> None:
        """Registers the file and writes it; the register first, so that no file lies there unregistered."""
        notes = ["再次报送"] * any(_replaced(file, before))
        if file.letter:
            notes.append(f"邮件，发件人 {file.letter.sender}")
        register.note(self.paths.register, target, file.day, unit, "；".join(notes))
        write_bytes(self.paths.raw / target, file.content, lasting=True)


def _other_day(intent: Intent, paths: Paths, twin: ReceivedFile) -> Iterator[str]:
    """What is said of a file that had come before on another day than the one that the person names now."""
    if intent.day and intent.day != twin.received:
        where = paths.register.name
        yield f"注意：这份文件的收文日期仍是 {twin.received}，没有改成 {intent.day}；要改的，请在收文登记 {where} 中改该文件的一行"


def _changes(
    campaign: Campaign, before: Mapping[str, UnitReturn], after: Mapping[str, UnitReturn]
) -> dict[str, tuple[CellChange, ...]]:
    """Unit -> what differs from what counted before; of units that had sent something."""
    every: dict[str, tuple[CellChange, ...]] = {}
    for code in (c for c in after if c in before):
        differences: list[CellChange] = []
        for form in campaign.forms:
            differences += changes(form, before[code].returns[form.name], after[code].returns[form.name])
        every[code] = tuple(differences)
    return every


def _not_counted(file: Arrival, path: str, after: Mapping[str, UnitReturn]) -> Iterator[str]:
    """What is said where the new file holds a form, and another file is the one that counts."""
    for code, form in file.parts():
        mine, now = file.seen[code].returns[form.name], after[code].returns[form.name]
        again = any(f.rule == "returns.duplicate" and f.file.partition("!")[0] == path for f in now.findings)
        if path not in counted_files(now) and not again and changes(form, mine, now):
            others = "、".join(sorted(counted_files(now))) or "其他文件"
            yield f"注意：{form.number}现在计入的是 {others}，不是这一份；以这一份为准的，请删去另一份或改其收文日期"


def _versions(file: Arrival, before: Mapping[str, UnitReturn]) -> int:
    """Which version of the day the file is: 1 unless the same form has come on the same day."""
    same_day = set()
    for code, form in file.parts():
        if code in before:
            same_day |= {f.path for f in before[code].returns[form.name].files if f.received == file.day}
    return 1 + len(same_day)


def _replaced(file: Arrival, before: Mapping[str, UnitReturn]) -> Iterator[bool]:
    """For each form in the file whether the unit had sent it before."""
    for code, form in file.parts():
        if code in before:
            yield before[code].returns[form.name].state not in ABSENT
