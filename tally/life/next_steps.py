"""What has to be done next in a period, and by whom: the units, the analyst, the reviewer; in the order of doing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tally.life.status import Status, UnitStatus

Who = Literal["unit", "analyst", "reviewer"]
WHO: dict[Who, str] = {"unit": "报送单位", "analyst": "统计人员", "reviewer": "审核人"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `unit` is the unit's code, "" for the bureau's own people; `command` does or begins it, if any."""

    who: Who
    what: str
    unit: str = ""
    name: str = ""  # the unit's
    command: str = ""


def next_steps(status: Status) -> tuple[Step, ...]:
    """Everything that is open; () if nothing is."""
    return (*_analyst_first(status), *_units(status), *_analyst_then(status), *_reviewer(status))


def _analyst_first(status: Status) -> Iterator[Step]:
    if not any(u.files for u in status.units):
        yield Step(
            "analyst",
            "本期还没有收到任何文件：发出空白表，收到后归档",
            command=f"python pipeline.py templates {status.typed}",
        )
        return
    if status.stale:
        why = "；".join(status.stale)
        yield Step("analyst", f"读取和核对各单位报表（{why}）", command=f"python pipeline.py check {status.typed}")
    for message in status.elsewhere:
        yield Step("analyst", f"处理不属于任何单位的问题：{message}", command="在 received.csv 的 unit 一列写明单位")


def _units(status: Status) -> Iterator[Step]:
    if not status.processed:
        return
    for unit in status.units:
        for what in unit_tasks(status, unit):
            yield Step("unit", what, unit.code, unit.name)


def unit_tasks(status: Status, unit: UnitStatus) -> list[str]:
    """What one unit has to do: send, correct, explain."""
    tasks = []
    by_due: dict[date | None, list[str]] = {}
    for form in unit.missing():
        by_due.setdefault(status.period.due.get(form), []).append(status.forms[form])
    for due, names in by_due.items():
        tasks.append(f"补报{'、'.join(names)}" + (f"（应于{due.year}年{due.month}月{due.day}日前报送）" if due else ""))
    if wrong := correctable(unit):
        tasks.append(f"更正 {wrong} 处差错")
    if unit.warnings:
        tasks.append(f"核实并说明 {unit.warnings} 处疑点")
    return tasks


def correctable(unit: UnitStatus) -> int:
    """Errors in what came; what did not come is an error of its own, told as a form to send."""
    forms = [f for f in unit.missing() if f != "summary"]
    return max(unit.errors - len(forms), 0)


def _analyst_then(status: Status) -> Iterator[Step]:
    if not status.processed:
        return
    desk = f"python pipeline.py desk {status.typed}"
    if undecided := sum(correctable(u) + u.warnings for u in status.units):
        yield Step("analyst", f"在核对台处理 {undecided} 处差错和疑点（更正、说明或询问）", command=desk)
    waiting = [u for u in status.units if u.open]
    if waiting:
        yield Step(
            "analyst",
            f"向 {len(waiting)} 个单位发出催报和问题清单",
            command=f"python pipeline.py remind {status.typed}",
        )
    if status.todos:
        yield Step("analyst", f"在核对台撰写报告中 {len(status.todos)} 处【待补充】（按 T）", command=desk)
    if status.report != "made" or status.stale:
        what = "报告已过时，重新生成" if status.report else "生成报告"
        yield Step("analyst", what, command=f"python pipeline.py run {status.typed}")


def _reviewer(status: Status) -> Iterator[Step]:
    if not status.processed:
        return
    desk = f"python pipeline.py desk {status.typed}"
    for remark in status.remarks:
        yield Step("analyst", f"办结审核意见“{remark.quote[:20]}”：{remark.text}", command=desk)
    if errors := status.unanswered:
        what = f"还有 {errors} 处差错既没有更正也没有书面说明，暂不能发布；不能更正的，在核对台逐条写明原因"
        yield Step("reviewer", what, command=desk)
    elif status.release and status.amended and status.report == "made" and not status.stale:
        what = f"报告与第 {status.release.number} 次发布的不同，审核更正说明后再次发布"
        yield Step("reviewer", what, command=f"python pipeline.py approve {status.typed} --by 姓名")
    elif status.todos and not status.release:
        yield Step("reviewer", "等待统计人员写完【待补充】后审核")
    elif status.report == "made" and not status.stale and not status.release:
        yield Step("reviewer", "审核报告后发布", command=f"python pipeline.py approve {status.typed} --by 姓名")
