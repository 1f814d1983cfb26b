"""Files that come in are put where the pipeline looks for them: never over another, never where they do not belong.

A file goes to `data/raw/<campaign>/<period>/<unit name>/`; whose it is, `tally.intake.survey` tells from its name and from what
stands in it, as it would of a file put there by hand. What cannot be told is refused with the reason. When a unit sends
again, the earlier version stays and the difference is reported cell by cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tally.clean.unit_names import unit_of
from tally.declare import Campaign, Unit
from tally.errors import TallyError, UsageError
from tally.intake import register
from tally.intake.survey import Survey, newest_period, survey
from tally.life.arrival import NOT_A_NAME, Arrival, Intent, Refused, arrival
from tally.life.receipt import Received
from tally.model import ABSENT
from tally.paths import Paths
from tally.returns.changes import CellChange, changes, counted_files
from tally.returns.unit import UnitReturn, read_unit
from tally.store import lock
from tally.store.files import write_bytes


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
    given = named_unit(campaign, unit) if unit else None
    intent = Intent(campaign, declared, bool(period), given, received)
    folder = _Folder(campaign, Paths(Path(root).resolve(), campaign.name, declared.name))
    with lock.held(folder.paths.root):
        return [_received(folder, intent, Path(f)) for f in files]


def _received(folder: _Folder, intent: Intent, source: Path) -> Received:
    try:
        return _filed(folder, intent, source)
    except Refused as e:
        fact, remedy = e.args
        return Received(str(source), intent.period.name, refused=fact, remedy=remedy)
    except (TallyError, OSError):
        raise
    except Exception as e:  # what nobody foresaw in this file must not keep the others from being filed
        fact = f"处理这份文件时程序出错（{type(e).__name__}：{e}）"
        return Received(
            str(source), intent.period.name, refused=fact, remedy="请把这份文件交给维护人员，其他文件不受影响"
        )


def _filed(folder: _Folder, intent: Intent, source: Path) -> Received:
    """Puts the file in the folder and tells what that changed."""
    file = arrival(source, intent, folder.paths)
    if path := folder.same(file):
        return Received(str(source), intent.period.name, path, file.units, same=True)
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


def named_unit(campaign: Campaign, text: str) -> Unit:
    """The unit that a person calls so, by any of its names or its code; UsageError for none."""
    codes = unit_of(campaign, text).codes if not NOT_A_NAME.search(text) else ()
    return campaign.unit(next(iter(codes)) if len(codes) == 1 else text)


@dataclass(frozen=True)
class _Folder:
    """A period's folder of received files."""

    campaign: Campaign
    paths: Paths

    def same(self, file: Arrival) -> str:
        """The path of a file of the same content that one of the units has sent, "" if there is none."""
        digest = hashlib.sha256(file.content).hexdigest()
        surveyed = self._surveyed()
        sent = [f for u in file.units for f in surveyed.of(u.code)] if surveyed else []
        return next((f.path for f in sent if f.sha256 == digest), "")

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
        if path not in counted_files(now) and changes(form, mine, now):
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
