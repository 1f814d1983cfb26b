"""Files that come in are put where the pipeline looks for them: never over another, never where they do not belong.

A file goes to `data/raw/<campaign>/<period>/<unit name>/`; whose it is, `tally.intake.survey` tells from its name and from what
stands in it, as it would of a file put there by hand. What cannot be told is refused with the reason. When a unit sends
again, the earlier version stays and the difference is reported cell by cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from tally.clean.unit_names import unit_of
from tally.declare import Campaign, Unit
from tally.errors import TallyError, UnreadableFile, UsageError
from tally.intake.survey import newest_period
from tally.life.arrival import NOT_A_NAME, Intent
from tally.life.filing import KINDS, Folder, Stop, filed
from tally.life.receipt import Received
from tally.paths import Paths
from tally.readers import apart
from tally.readers.limits import WHOLE_UNIT
from tally.store import lock


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
    intent = Intent(campaign.without_rules(), declared, bool(period), given, received)
    paths = Paths(Path(root).resolve(), campaign.name, declared.name)
    with lock.held(paths.root):
        return [_received(intent, paths, str(f)) for f in files]


def _received(intent: Intent, paths: Paths, source: str) -> Received:
    request = partial(filed, intent, paths)
    try:
        answer: Received | Stop = apart.asked(request, Path(source), source, KINDS, WHOLE_UNIT)
    except UnreadableFile as e:
        return _unfinished(intent, paths, source, e)
    if isinstance(answer, Stop):
        raise TallyError(answer.fact, answer.remedy)
    return answer


def _unfinished(intent: Intent, paths: Paths, source: str, why: UnreadableFile) -> Received:
    """What is said of a file over which the process was lost: it has its place, or has none."""
    fact, remedy = UnreadableFile.PROBLEMS[why.problem]
    digest = hashlib.sha256(Path(source).read_bytes()).hexdigest()
    units = intent.campaign.units
    if twin := Folder(intent.campaign, paths).same(digest, units):
        remark = f"注意：文件已归档，归档后的核对没有做完（{fact}），请运行 python pipeline.py check {paths.typed}"
        return Received(source, intent.period.name, twin.path, remarks=(remark,))
    return Received(source, intent.period.name, refused=f"处理这份文件没有做完：{fact}", remedy=remedy)


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
