"""A unit's findings in the words and the order in which its clerk reads them: what must be mended comes first."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePosixPath

import pandas as pd

from tally.catalogue import SEVERITIES, place_in_words
from tally.catalogue.audience import concerns_units, outward
from tally.check.corrections import BROUGHT_ABOUT
from tally.check.explanations import EXPLAINED
from tally.check.standing import CARRIED
from tally.declare import Campaign, Form
from tally.locate.imprint import RULE_LINE
from tally.model import PeriodTables
from tally.report.phrases import day
from tally.returns.cut_outs import without_name
from tally.returns.summaries.measures import LABELS
from tally.returns.summaries.texts import TITLED
from tally.writing.periods import month

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ALIKE = {"error": 50, "warning": 50, "note": 3}  # from how many findings alike on they share one line
MISSING = "returns.missing"
_NO_FORM = "intake.no_form"
_SUMMARY = "工作总结"
REPLIED = "【已收到答复："  # begins what is added to a finding that the unit has answered
ALL_ROWS = "*"  # of a line that many rows share
_SHOWN = 5  # of the contents found by findings that share a line


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the list. `cells` are addresses in `sheet` of `file`, () where the finding has no cell."""

    severity: str
    rule: str
    form: str  # 附件4
    spot: str  # 质量类案件　罚没
    message: str
    found: str = ""
    expected: str = ""
    suggestion: str = ""
    file: str = ""
    sheet: str = ""
    cells: tuple[str, ...] = ()
    source: str = ""  # the finding's whole message, which may name a cut-out
    key: str = ""  # which finding it is: form, row, field, rule

    @property
    def part(self) -> str:
        """Of the list: `missing` for what is still to be sent, else the severity."""
        return "missing" if self.rule == MISSING and self.severity == "error" else self.severity

    @property
    def earlier(self) -> bool:
        """Whether it stands open from an earlier period, whose file is none of this one's."""
        return self.rule.startswith(CARRIED)

    @property
    def place(self) -> str:
        """Where to look first, for people: file, sheet and cell."""
        return place_in_words(self.file, self.sheet, *self.cells[:1])


def of_unit(campaign: Campaign, tables: PeriodTables, unit: str) -> list[Notice]:
    """All that a unit is told, by letter as by workbook. `tables`: with the findings as `asked` gives them.

    A file that was sent as the work summary and is none is told with the summary that is missing, once.
    """
    owed = missing_summary(tables.returns[tables.returns["unit"] == unit])
    others = notices(campaign, tables.findings, unit)
    rejected = [n for n in others if n.rule == _NO_FORM and TITLED.search(PurePosixPath(n.file).name)] if owed else []
    names = "、".join(f"“{PurePosixPath(n.file).name}”" for n in rejected)
    if rejected:
        owed = [replace(n, message=f"{n.message}：来文{names}没有可作工作总结的内容，未采用") for n in owed]
    return [*owed, *(n for n in others if n not in rejected)]


def missing_summary(returns: pd.DataFrame) -> list[Notice]:
    """A notice where the unit owes a text summary: no form, and missing all the same. `returns`: the unit's lines."""
    owed = returns[(returns["form"] == "summary") & (returns["state"] == "missing")]
    expected = ["" if pd.isna(due) else f"{day(due, year=True)}前报送" for due in owed["due"]]
    return [
        Notice("error", MISSING, _SUMMARY, "全文", f"没有收到{_SUMMARY}", expected=text, suggestion="请尽快补报")
        for text in expected[:1]
    ]


def notices(campaign: Campaign, findings: pd.DataFrame, unit: str) -> list[Notice]:
    """One notice for each finding that the unit is told: errors, warnings, notes; within these by form, record and cell."""
    forms = {f.name: f for f in campaign.forms}
    order = {name: i for i, name in enumerate(forms)}
    ours = findings["message"].fillna("").str.contains(BROUGHT_ABOUT, regex=False)
    mine = findings[(findings["unit"] == unit) & findings["rule"].map(concerns_units).astype(bool) & ~ours]
    records = mine.astype(object).where(mine.notna(), "").to_dict("records")

    def key(r: Mapping[str, str]) -> tuple[object, ...]:
        form = forms.get(r["form"])
        return list(SEVERITIES).index(r["severity"]), order.get(r["form"], -1), _record(form, r["row"]), at(r["cell"])

    return [_notice(forms.get(r["form"]), r) for r in sorted(records, key=key)]


def _record(form: Form | None, row: str) -> int:
    """A record's place in its form; the whole form comes first."""
    names = [c.name for c in form.categories] if form else []
    return names.index(row) if row in names else int(row) if row.isdigit() else -1


def _notice(form: Form | None, r: Mapping[str, str]) -> Notice:
    return Notice(
        severity=r["severity"],
        rule=r["rule"],
        form=form_number(form, r["form"]),
        spot=spot_of(form, r["row"], r["field"]),
        message=without_name(r["message"]),
        found=r["found"],
        expected=r["expected"],
        suggestion=_what_to_do(r),
        file=r["file"],
        sheet=r["sheet"],
        cells=(r["cell"],) if _ADDRESS.fullmatch(r["cell"]) else (),
        source=r["message"],
        key=key_of(r["form"], r["row"], r["field"], r["rule"]),
    )


def _what_to_do(r: Mapping[str, str]) -> str:
    """The unit's own part of what helps; of an earlier period's fault, in which file it is mended."""
    todo = outward(r["suggestion"])
    if not r["rule"].startswith(CARRIED):
        return todo
    period, _, file = r["file"].partition("/")
    where = place_in_words(PurePosixPath(file).name, r["sheet"], r["cell"])
    return "。".join(t for t in (todo, f"请在{month(period)}报送的 {where} 更正，作为{month(period)}的更正报送") if t)


def form_number(form: Form | None, name: str) -> str:
    return form.number if form else {"summary": _SUMMARY}.get(name, "")


def key_of(form: str, row: str, field: str, rule: str) -> str:
    """How a line of the list names what it is about; the unit is the list's."""
    return "|".join((form, row, field, rule))


def spot_of(form: Form | None, row: str, field: str) -> str:
    rows = {c.name: c.label for c in form.categories} if form else {}
    labels = {f.name: f.label for f in form.fields} if form else LABELS
    record = rows.get(row) or (f"第{row}条" if row.isdigit() else row)
    return "　".join(t for t in (record, labels.get(field, field)) if t) or ("全表" if form else "")


def at(cell: str) -> tuple[int, int]:
    """0-based row and column of an address; before all others for what is none."""
    match = _ADDRESS.fullmatch(cell)
    if not match:
        return -1, -1
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - 64
    return int(match[2]) - 1, col - 1


def gathered(listed: Iterable[Notice]) -> list[Notice]:
    """The same notices, with many alike (one rule in one column of one sheet) on one line that names all cells."""
    groups: dict[Hashable, list[Notice]] = {}
    for n in listed:
        groups.setdefault(_cause(n), []).append(n)
    return list(chain.from_iterable(map(_shared, groups.values())))


def _cause(n: Notice) -> Hashable:
    """What findings alike share; one that was explained or answered, or that has no cell, stands alone."""
    if not n.cells or EXPLAINED in n.message or REPLIED in n.message:
        return id(n)
    column = n.spot.rpartition("　")[2]
    return n.severity, n.rule, n.form, n.file, n.sheet, column


def _shared(group: Sequence[Notice]) -> Sequence[Notice]:
    first = group[0]
    if len(group) < _ALIKE[first.severity]:
        return group
    contents = list(dict.fromkeys(n.found for n in group if n.found))
    cells = tuple(sorted(set(chain.from_iterable(n.cells for n in group)), key=at))
    more = "…" if len(contents) > _SHOWN else ""
    return [
        replace(
            first,
            spot=f"{first.spot.rpartition('　')[2]}（{len(group)}处）",
            message=f"同类问题共 {len(group)} 处（{spans(cells)}），例如：{first.message}",
            found="、".join(contents[:_SHOWN]) + more,
            cells=cells,
            key=_of_all_rows(first.key),
        )
    ]


def _of_all_rows(key: str) -> str:
    form, _, field, rule = key.split("|")
    return key_of(form, ALL_ROWS, field, rule)


def spans(cells: Sequence[str]) -> str:
    """Addresses with neighbours below one another as ranges: C5:C7、D9."""
    parts: list[list[str]] = []
    for cell in sorted(cells, key=lambda c: (at(c)[1], at(c)[0])):
        (row, col), last = at(cell), at(parts[-1][-1]) if parts else (-9, -9)
        if last == (row - 1, col):
            parts[-1].append(cell)
        else:
            parts.append([cell])
    return "、".join(p[0] if len(p) == 1 else f"{p[0]}:{p[-1]}" for p in parts)


def comment_text(at_one_cell: Sequence[Notice]) -> str:
    """What stands in the comment of a cell: each finding with what was found, what was expected, what to do."""
    return "\n\n".join(_told(n) for n in at_one_cell)


def _told(n: Notice) -> str:
    lines = [f"【{SEVERITIES[n.severity]}】{n.message}"]
    lines += [f"{label}：{text}" for label, text in _labelled(n) if text]
    return "\n".join((*lines, f"{RULE_LINE}{n.rule}"))


def _labelled(n: Notice) -> tuple[tuple[str, str], ...]:
    return ("填报内容", n.found), ("应为", n.expected), ("怎么办", n.suggestion)
