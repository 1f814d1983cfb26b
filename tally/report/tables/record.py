"""Tables of the submission record and of the findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from tally.blocks import CENTER, LEFT, Align, Entry, EntryKind, Head, Table
from tally.catalogue import SEVERITIES, place_in_words
from tally.check.acceptances import Acceptance
from tally.check.alike import and_more, first_of_each
from tally.declare import Form
from tally.report.tables.matrix import QUALITY
from tally.totals import Totals
from tally.totals.figures import TO_DATE, Book
from tally.totals.record import STATES, Submission

_LISTED = ("error", "warning")


def submission_record(totals: Totals, id: str, caption: str, accepted: Mapping[str, Acceptance] | None = None) -> Table:
    """Units × forms: on time, late with its date, missing, failed, zero return; errors and warnings beside, and, where
    anybody accepted a unit's figures (`accepted`: unit -> acceptance), whose are."""
    campaign, book = totals.history.campaign, totals.book
    forms = list(dict.fromkeys(form for _, form in totals.record))
    names = {f.name: f"{f.number}" for f in campaign.forms} | {"summary": "工作总结"}
    due = campaign.period(totals.history.now.period).due
    head = [Head("报送单位"), *(Head(names[f] + _due(due.get(f))) for f in forms), Head("差错"), Head("疑点")]
    accepted_heads = [Head("数字认可")] if accepted else []

    def row(code: str, name: str) -> tuple[Entry, ...]:
        states = (_state(totals.record[code, form]) for form in forms)
        counts = (_count(book, severity, code) for severity in _LISTED)
        return (Entry(name), *states, *counts, *([_accepted(accepted, code)] if accepted else []))

    body = tuple(row(code, name) for code, name in totals.history.units.items())
    signed = len(accepted_heads)
    align: tuple[Align, ...] = ("left", *[CENTER] * len(forms), "right", "right", *[CENTER] * signed)
    widths = (1.6, *[1.7] * len(forms), 0.8, 0.8, *[1.4] * signed)
    return Table(id, caption, ((*head, *accepted_heads),), body, align, widths, note=_titles(campaign.forms))


def _accepted(accepted: Mapping[str, Acceptance], code: str) -> Entry:
    """Who accepted the unit's figures as they stand here."""
    acceptance = accepted.get(code)
    if acceptance is None:
        return Entry("未认可", kind="muted")
    return Entry(f"{acceptance.who}\n{acceptance.when}") if acceptance.stands else Entry("认可后有变化", kind="bad")


def _titles(forms: Iterable[Form]) -> str:
    return "；".join(f"{f.number}为{f.title}" for f in forms) + "。"


def _due(due: date | None) -> str:
    return f"（{due.month}月{due.day}日前）" if due else ""


def _state(s: Submission) -> Entry:
    text = STATES[s.state]
    if s.late and s.received:
        text = f"{text if s.state != 'late' else '逾期'}（{s.received.month}月{s.received.day}日）"
    if s.replaced:
        text += f"，更正{s.replaced}次"
    return Entry(text, kind="bad" if s.state in ("missing", "failed") else "")


def _count(book: Book, severity: str, code: str) -> Entry:
    ref = f"findings.{severity}@{code}"
    n = book.count(ref)
    return Entry(str(n), ref, link=QUALITY if n else "")


CHARACTERS, CHARACTERS_BESIDE, MOST_LINES = 44, 13, 15  # to a line of two columns; lines that fit an annex's first page
_MENDS = re.compile(r"，更正后[^。；]*|。?请核实，系统未作改动")  # what a clerk is told and a leader need not read


def moving(totals: Totals, id: str, caption: str, influence: dict[int, str]) -> Table:
    """The errors that move the totals, largest first, as many as one page holds: whose, where, what, by how much."""
    f = totals.history.now.findings.reset_index(drop=True).astype(object)
    rows = f[f.index.isin(influence)].where(lambda x: x.notna(), "").to_dict("index")
    numbers = {form.name: form.number for form in totals.history.campaign.forms}
    units, lines = totals.history.units, 0
    body: list[tuple[Entry, ...]] = []
    for number, (i, words) in enumerate(influence.items(), 1):
        r = rows[i]
        place = place_in_words(r["file"].rpartition("/")[2], r["sheet"], r["cell"])
        where = f"{units.get(r['unit'], r['unit'])}　{numbers.get(r['form'], r['form'])}\n{place}".strip()
        advice = _MENDS.sub("", r["suggestion"])
        text = r["message"] + (f"。{advice}" if advice else "")
        lines += max(2, -(-len(text) // CHARACTERS), -(-len(words) // CHARACTERS_BESIDE))
        if lines > MOST_LINES and body:
            break
        body.append((Entry(str(number)), Entry(where), Entry(text), Entry(words)))
    head = (tuple(Head(t) for t in ("序号", "单位、表、位置", "说明", "可能影响")),)
    return Table(
        id, caption, head, tuple(body), ("center", "left", "left", "left"), (0.6, 3.4, 8, 2.6),
        landscape=True, sortable=False, only="paper",
    )  # fmt: skip


def quality(totals: Totals, id: str, caption: str, influence: dict[int, str]) -> Table:
    """Every error and warning with its place; those that move the totals most first, of one cause the first few.

    `influence`: findings' row number to how much the finding could move the totals, largest first.
    """
    f = totals.history.now.findings.reset_index(drop=True)
    f = f[f["severity"].isin(_LISTED)].astype(object).where(lambda x: x.notna(), "")
    order = sorted(f.index, key=_rank(f, list(influence)))
    rows = dict(zip(order, f.loc[order].to_dict("records"), strict=True))
    shown = first_of_each(order, lambda i: tuple(rows[i][c] for c in _CAUSE))
    head = ("序号", "性质", "单位", "表", "位置", "填报", "应为", "说明", *(["可能影响"] if influence else []))
    body: list[tuple[Entry, ...]] = []
    for number, (i, more) in enumerate(shown, 1):
        body.append(_finding(totals, number, rows[i], *([influence.get(i, "")] if influence else [])))
        if more:
            body.append(_others(totals, rows[i], more, len(head)))
    widths = (0.6, 0.7, 1, 0.8, 2, 1.4, 1.4, 6, *([1.4] if influence else []))
    return Table(id, caption, (tuple(map(Head, head)),), tuple(body), ("center", "center", *[LEFT] * (len(head) - 2)), widths, landscape=True)  # fmt: skip


_CAUSE = ("unit", "rule", "form", "field", "severity")


def _others(totals: Totals, r: Mapping[str, str], number: int, width: int) -> tuple[Entry, ...]:
    """The line for those of a cause that are not shown."""
    unit = totals.history.units.get(r["unit"], r["unit"])
    texts = {0: "……", 1: SEVERITIES[r["severity"]], 2: unit, 7: and_more(number)}
    return tuple(Entry(texts.get(c, "")) for c in range(width))


def _rank(f: pd.DataFrame, influential: list[int]) -> Callable[[int], tuple[int, int, int]]:
    place = {i: n for n, i in enumerate(influential)}
    severity = {s: n for n, s in enumerate(_LISTED)}
    return lambda i: (severity[f.at[i, "severity"]], place.get(i, len(place)), i)


def _finding(totals: Totals, n: int, r: Mapping[str, str], *more: str) -> tuple[Entry, ...]:
    campaign = totals.history.campaign
    numbers = {f.name: f.number for f in campaign.forms} | {"summary": "工作总结"}
    form = numbers.get(r["form"], r["form"])
    ref = next((ref for ref in _refs(r) if ref in totals.book), "")
    place = place_in_words(r["file"], r["sheet"], r["cell"])
    unit = totals.history.units.get(r["unit"], r["unit"])
    text = r["message"] + (f"{'' if r['message'].endswith('。') else '。'}{r['suggestion']}" if r["suggestion"] else "")
    texts = (SEVERITIES[r["severity"]], unit, form, place, r["found"])
    first, *middle, value = texts
    kind: EntryKind = "bad" if r["severity"] == "error" else ""
    cells = (Entry(first, kind=kind), *map(Entry, middle), Entry(value, ref), Entry(r["expected"]), Entry(text))
    return (Entry(str(n)), *cells, *map(Entry, more))


def _refs(r: Mapping[str, str]) -> tuple[str, ...]:
    stem = f"{r['form']}.{r['row']}.{r['field']}"
    return (f"{stem}@{r['unit']}", f"{stem}{TO_DATE}@{r['unit']}")
