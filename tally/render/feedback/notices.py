"""A unit's findings in the words and the order in which its clerk reads them: what must be mended comes first."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import pandas as pd

from tally.catalogue import SEVERITIES, place_in_words
from tally.catalogue.audience import concerns_units
from tally.declare import Campaign, Form
from tally.locate.imprint import RULE_LINE
from tally.report.phrases import day
from tally.returns.cut_outs import without_name
from tally.returns.summaries.measures import LABELS

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ALIKE = {"error": 50, "warning": 50, "note": 3}  # from how many findings alike on they share one line
MISSING = "returns.missing"
_SUMMARY = "工作总结"
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

    @property
    def place(self) -> str:
        """Where to look first, for people: file, sheet and cell."""
        return place_in_words(self.file, self.sheet, *self.cells[:1])


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
    mine = findings[(findings["unit"] == unit) & findings["rule"].map(concerns_units).astype(bool)]
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
        form=form.number if form else {"summary": _SUMMARY}.get(r["form"], ""),
        spot=spot_of(form, r["row"], r["field"]),
        message=without_name(r["message"]),
        found=r["found"],
        expected=r["expected"],
        suggestion=r["suggestion"],
        file=r["file"],
        sheet=r["sheet"],
        cells=(r["cell"],) if _ADDRESS.fullmatch(r["cell"]) else (),
        source=r["message"],
    )


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
    """What findings alike share; one that was explained, or that has no cell, stands alone."""
    if not n.cells or "【已说明" in n.message:
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
        )
    ]


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
