"""Corrections as data: a file the analyst keeps, applied with a guard, never in silence.

`data/corrections/<campaign>/<period>.csv` has unit, form, row, field, old, new, reason, who, when. A correction is
applied only while the cell still says `old` (the raw text as written, or the value read from it); else it is an
error. A reason that explains nothing (核实无误, 属实, 无误) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from tally import catalogue
from tally.clean import clean_cell
from tally.clean.stored import value_text
from tally.clean.unit_names import unit_of
from tally.declare import Campaign, Form
from tally.errors import TallyError
from tally.model import CORRECTED, Finding, Place, Return
from tally.store.lines import Columns, read
from tally.writing.characters import narrow

CORRECTION_COLUMNS = ("unit", "form", "row", "field", "old", "new", "reason", "who", "when")
# How people head the columns themselves, beside the names above.
HEADINGS = {
    "old value": "old", "old_value": "old", "原值": "old", "原数": "old", "new value": "new", "new_value": "new",
    "新值": "new", "更正值": "new", "单位": "unit", "报送单位": "unit", "表": "form", "统计表": "form", "行": "row",
    "类别": "row", "序号": "row", "栏目": "field", "字段": "field", "规则": "rule", "理由": "reason", "依据": "reason",
    "更正依据": "reason", "说明": "explanation", "原因": "explanation", "更正人": "who", "说明人": "who", "姓名": "who",
    "日期": "when", "时间": "when",
}  # fmt: skip
CORRECTIONS = Columns(CORRECTION_COLUMNS, HEADINGS)
_SETTLED = ("cell.", "scan.")  # what reading a cell, from its file or a picture, left open: a person's value settles it
BLANK = "空白"  # what a sentence says of a cell without a text
APPLIED = "corrections.applied"  # the note that a correction of ours leaves at its cell
AT_THE_CELL = (APPLIED, "corrections.needless")
_RECORD = re.compile(r"第?\s*(\d+)\s*[条行]?")
_EMPTY_WORDS = re.compile(
    r"(?:已阅|经|已|情况|数据|以上|该数|此数|均|确认|核实|核对|核查|复核|属实|无误|正确|准确|没有问题|没问题|无问题|无异常|是对的|如实|填报|同意|ok|[,，.。、;；!！\s])*+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Correction:
    unit: str
    form: str
    row: str
    field: str
    old: str
    new: str
    reason: str
    who: str
    when: str
    line: int  # in the file, from 1
    unit_name: str = ""


@dataclass(frozen=True)
class Corrections:
    """All corrections of a period and the file they stand in."""

    path: str
    entries: tuple[Correction, ...] = ()
    refused: tuple[Finding, ...] = ()  # lines that cannot be meant: the analyst's matter, of no unit

    def of(self, unit: str) -> Corrections:
        return Corrections(self.path, tuple(c for c in self.entries if c.unit == unit))


BROUGHT_ABOUT = "【市局更正后出现】"  # ends what is found only because of a correction of ours


def explains_nothing(text: str) -> bool:
    """True for words that only assert that all is well."""
    return len(narrow(text)) < 4 or bool(_EMPTY_WORDS.fullmatch(text.strip()))


def load_corrections(path: Path, campaign: Campaign) -> Corrections:
    """The corrections file; empty if there is none. A line that cannot be meant is kept out alone; TallyError for a file."""
    entries, refused = [], []
    for line, record in read(path, CORRECTIONS).records:
        try:
            entries.append(_entry(line, record, campaign))
        except TallyError as e:
            refused.append(refused_line("corrections.line", path, line, e))
    return Corrections(path.name, tuple(entries), tuple(refused))


def _entry(line: int, record: dict[str, str], campaign: Campaign) -> Correction:
    unit, form = target_of(record, campaign)
    if explains_nothing(record["reason"]) or not record["who"]:
        raise TallyError(
            f"没有写明理由或更正人：“{record['reason']}”", "请写明依据（如“县局 6 月 3 日来电更正”）和更正人"
        )
    rest = {name: record[name] for name in CORRECTION_COLUMNS[2:]}
    return Correction(unit, form.name, line=line, unit_name=campaign.unit(unit).name, **rest)


def refused_line(kind: str, path: Path, line: int, error: TallyError) -> Finding:
    """The finding that names a line which is kept out; it belongs to no unit."""
    return catalogue.finding(
        kind, Place(path.name, "", f"A{line}"), path=path.name, line=line, why=error.fact, remedy=error.remedy
    )


def target_of(record: dict[str, str], campaign: Campaign) -> tuple[str, Form]:
    """The unit's code and the form that a line is about, row and field by their names; TallyError for a slip there.

    Forms may be called by their number or title, rows and fields by what the form prints over them, records 4 or 第4条.
    """
    unit = unit_code(record, campaign)
    form = campaign.form(_name(record["form"], [(f.name, f.number, f.title, *f.aliases) for f in campaign.forms]))
    if record["field"]:
        record["field"] = form.field(_name(record["field"], [(f.name, f.label, *f.aliases) for f in form.fields])).name
    if record["row"] and form.layout == "matrix":
        known = [(c.name, c.label, *c.aliases) for c in form.categories]
        record["row"] = form.category(_name(record["row"], known)).name
    elif record_number := _RECORD.fullmatch(record["row"]):
        record["row"] = record_number[1]
    return unit, form


def _name(written: str, known: Iterable[tuple[str, ...]]) -> str:
    """The first of the names among which `written` stands, itself if among none."""
    return next((names[0] for names in known if written in names), written)


def unit_code(record: dict[str, str], campaign: Campaign) -> str:
    codes = unit_of(campaign, record["unit"]).codes
    if len(codes) != 1:
        raise TallyError(f"单位“{record['unit']}”不是报送单位", "请填写单位代码或名称")
    return next(iter(codes))


def corrected(form: Form, ret: Return, corrections: Corrections) -> Return:
    """`ret` with the corrections that still fit; each one applied is a note, each that does not fit an error."""
    for c in corrections.entries:
        if c.form == form.name:
            ret = _apply(form, ret, c, corrections.path)
    return ret


def _apply(form: Form, ret: Return, c: Correction, path: str) -> Return:
    where = (ret.cells["row"] == c.row) & (ret.cells["field"] == c.field)
    if not where.any():
        return _with(ret, _finding(form, ret, c, path, "corrections.no_cell", row_name=c.row))
    at = ret.cells.index[where][0]
    cell = ret.cells.loc[at]
    says = (narrow(_text(cell["raw"])), narrow(_text(cell["value"])))
    if narrow(c.old) not in says:
        needless = bool(says[0]) and narrow(c.new) in says
        kind = "corrections.needless" if needless else "corrections.stale"
        return _with(ret, _finding(form, ret, c, path, kind, cell, raw=_text(cell["raw"]) or BLANK))
    reading = clean_cell(c.new or None, form.field(c.field))
    if reading.state == "unreadable":
        return _with(ret, _finding(form, ret, c, path, "corrections.unreadable", cell))
    cells, frame = ret.cells.copy(), ret.frame.copy()
    cells.loc[at, ["value", "state"]] = [value_text(reading.value), CORRECTED]
    key = c.row if form.layout == "matrix" else int(c.row)
    frame.loc[key, c.field] = _typed(form, c.field, reading.value)
    others = tuple(
        f for f in ret.findings if not (f.row == c.row and f.field == c.field and f.rule.startswith(_SETTLED))
    )
    confirms = cell["state"] == "scanned" and narrow(c.old) == narrow(c.new)
    note = _finding(form, ret, c, path, "corrections.applied/scan" if confirms else "corrections.applied", cell)
    return replace(ret, frame=frame, cells=cells, findings=(*others, note))


def _typed(form: Form, field: str, value):
    kind = form.field(field).kind
    if value is None:
        return None if kind == "date" else pd.NA
    return int(value) if kind in ("count", "seq") else float(value) if kind == "quantity" else value


def _text(value) -> str:
    return "" if value is None or value != value else str(value)


def _with(ret: Return, finding: Finding) -> Return:
    return replace(ret, findings=(*ret.findings, finding))


def _finding(
    form: Form, ret: Return, c: Correction, path: str, kind: str, cell: pd.Series | None = None, **words: object
) -> Finding:
    """What came of a correction: applied or needless, it is told at the unit's cell; else at the analyst's own line, of no unit."""
    words |= {n: getattr(c, n) for n in ("reason", "who", "when", "line")}
    words |= {"old": c.old or BLANK, "new": c.new or BLANK}
    filled: dict[str, Any] = {**words, "path": path, "expected": c.new}
    if kind.startswith(AT_THE_CELL) and cell is not None:
        at = Place(_text(cell["file"]), _text(cell["sheet"]), _text(cell["cell"]), c.old)
        return catalogue.finding(kind, at, unit=ret.unit, form=ret.form, row=c.row, field=c.field, **filled)
    filled |= {"unit_name": c.unit_name or ret.unit, "target": _target(form, c)}
    return catalogue.finding(kind, Place(path, "", f"A{c.line}", c.old), **filled)


def _target(form: Form, c: Correction) -> str:
    """The cell as people call it."""
    row = form.category(c.row).label if form.layout == "matrix" and c.row else f"第{c.row}条"
    return f"{form.number}{row}“{form.field(c.field).noun}”"
