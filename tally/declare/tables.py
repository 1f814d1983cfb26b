"""units.csv and periods.csv: who reports and when, as people keep them in Excel. A slip is told at its line."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tally.declare.parties import Period, Unit
from tally.errors import TallyError

_UNIT_HEADS = {
    "代码": "code", "单位代码": "code", "名称": "name", "单位名称": "name", "别名": "aliases", "其他写法": "aliases",
    "上级": "parent", "上级代码": "parent", "报送机关": "office", "备注": "note", "报表": "forms", "须报": "forms",
}  # fmt: skip
_PERIOD_HEADS = {
    "报送期": "period", "名称": "period", "开始": "start", "起": "start", "结束": "end", "止": "end", "答复期限": "answer",
}  # fmt: skip
_PERIOD_COLUMNS = ("period", "start", "end", "answer", "note")
_UNIT_COLUMNS = ("code", "name", "aliases", "parent", "office", "note", "forms")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_NO_FOLDER = re.compile(r'[\\/:*?"<>|]|^\.|\s$')


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a file: `cells` by the names the program knows the columns by."""

    path: Path
    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def several(self, column: str) -> tuple[str, ...]:
        """What stands in a cell, separated by ｜ or |."""
        return tuple(t.strip() for t in self.get(column).replace("｜", "|").split("|") if t.strip())

    def needed(self, column: str) -> str:
        if not self.get(column):
            raise self.slip(f"没有填写 {column}", "请补填")
        return self.get(column)

    def day(self, column: str) -> date:
        """The day in a column, however it is written (2021-04-01, 2021/4/1, 2021年4月1日)."""
        written = self.needed(column)
        if not (match := _DAY.fullmatch(written)):
            raise self.slip(f"的日期“{written}”读不出（{column}）", "请写成 2021-04-01 的样子")
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            raise self.slip(f"的日期“{written}”没有这一天（{column}）", "请核对月份和日期") from None

    def slip(self, fact: str, remedy: str) -> TallyError:
        return TallyError(f"{self.path.name} 第 {self.number} 行{fact}", remedy)


def units_from_csv(path: Path) -> tuple[Unit, ...]:
    """Units from a CSV with code, name, aliases (separated by ｜ or |), parent, office, note, forms (as aliases); each code once."""
    units: dict[str, Unit] = {}
    lines: dict[str, int] = {}
    for line in _lines(path, _UNIT_HEADS, needed=("code", "name"), known=_UNIT_COLUMNS):
        code = line.needed("code")
        if code in units:
            fact = f"的代码 {code}（{line.get('name')}）与第 {lines[code]} 行的{units[code].name}相同"
            raise line.slip(fact, "每个单位一个代码，请改正")
        lines[code] = line.number
        units[code] = Unit(
            code, line.needed("name"), line.several("aliases"), line.get("parent"), line.get("office"),
            line.get("note"), line.several("forms"),
        )  # fmt: skip
    return tuple(units.values())


def periods_from_csv(path: Path) -> tuple[Period, ...]:
    """Periods from a CSV: period, start, end, then a column of due days for each form (due_<form>); none overlap.

    A column `answer` (答复期限) is the day by which units are to answer what they are asked.
    """
    periods: list[Period] = []
    for line in _lines(path, _PERIOD_HEADS, needed=("period", "start", "end"), known=()):
        due = {k.removeprefix("due_"): line.day(k) for k, v in line.cells.items() if k.startswith("due_") and v}
        answer = line.day("answer") if line.get("answer") else None
        period = Period(line.needed("period"), line.day("start"), line.day("end"), due, answer)
        _check(line, period, periods)
        periods.append(period)
    return tuple(periods)


def _check(line: _Line, period: Period, before: Sequence[Period]) -> None:
    if _NO_FOLDER.search(period.name):
        raise line.slip(f"的名称“{period.name}”不能用作文件夹名", "请去掉其中的 / \\ : 等符号")
    if any(p.name == period.name for p in before):
        raise line.slip(f"的报送期 {period.name} 前面已有", "请给每期一个不同的名称")
    if period.end < period.start:
        raise line.slip(f"的结束日期 {period.end} 早于开始日期 {period.start}", "请核对起止日期")
    if before and period.start <= before[-1].end:
        last = before[-1]
        raise line.slip(
            f"的 {period.name} 从 {period.start} 起，与上一期 {last.name}（到 {last.end}）重叠或次序颠倒",
            "各期按先后排列，首尾相接，不要重叠",
        )


def _lines(path: Path, heads: dict[str, str], needed: Sequence[str], known: Sequence[str]) -> Iterator[_Line]:
    """The lines with content; the heading names its columns in English or Chinese, in any order."""
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    head = [heads.get(h.strip(), h.strip()) for h in next(reader, [])]
    if missing := [n for n in needed if n not in head]:
        raise TallyError(f"{path.name} 第 1 行缺少列：{'、'.join(missing)}", f"表头应有：{','.join(needed)}")
    _unknown(path, head, known)
    for row in reader:
        cells = {h: v.strip() for h, v in zip(head, row, strict=False)}
        if any(cells.values()):
            yield _Line(path, reader.line_num, cells)


def _unknown(path: Path, head: Sequence[str], known: Sequence[str]) -> None:
    """TallyError for a column that nobody reads: a misspelt one would be silently without effect."""
    for name in head:
        if known and name and name not in known:
            close = difflib.get_close_matches(name, known, 1)
            what = f"，是不是 {close[0]}" if close else ""
            raise TallyError(f"{path.name} 第 1 行的列“{name}”没有用处{what}", f"可用的列：{'、'.join(known)}")
        if not known and name and not name.startswith("due_") and name not in _PERIOD_COLUMNS:
            remedy = "截止日期的列名是 due_ 加统计表的名称，如 due_cases"
            raise TallyError(f"{path.name} 第 1 行的列“{name}”没有用处", remedy)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as e:
        raise TallyError(f"读不到 {path.name}：{e.strerror}", f"请核对 {path} 是否存在、是否正被别的程序打开") from e
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TallyError(f"{path.name} 有无法识别的字符", "请另存为“CSV UTF-8（逗号分隔）”")
