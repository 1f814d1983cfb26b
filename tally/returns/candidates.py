"""The tables that came for a form, without those that do not stand for it: another period's, hidden, void, empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tally import catalogue
from tally.declare import Campaign, Form, Period
from tally.locate.context import period_named, period_spoken_of
from tally.locate.imprint import printed_period
from tally.locate.view import View
from tally.model import Finding, Place, RawTable, ReceivedFile
from tally.returns.records import contents
from tally.returns.titles import folders_of, invalid, is_quoted
from tally.writing.nothing import says_nothing
from tally.writing.periods import meant, month


@dataclass(frozen=True, slots=True)
class Candidate:
    """One table and the file it came in."""

    table: RawTable
    file: ReceivedFile


def eligible(
    campaign: Campaign, period: Period, form: Form, candidates: Sequence[Candidate], findings: list[Finding]
) -> list[Candidate]:
    """Those that may count; of what is left out `findings` are added."""
    current = _of_this_period(campaign, period, form, candidates, findings)
    current = _visible(form, current, findings)
    current = _without_empty(form, current, findings)
    return _valid(form, current, findings)


def about(form: Form, candidate: Candidate, kind: str, found: str = "", **words: object) -> Finding:
    grid = candidate.table.grid
    return catalogue.finding_at(
        catalogue.remark(kind, **words), Place(grid.file, grid.sheet, raw=found), form=form.name
    )


def _named_period(campaign: Campaign, period: Period, candidate: Candidate) -> str:
    """The period that the table, its sheet or its file says it is for; a blank form of another period says so itself."""
    table = candidate.table
    printed = meant(printed_period(table), [p.name for p in campaign.periods])
    if printed not in ("", period.name):
        return printed
    name, folders = stem(table.grid.file), folders_of(table.grid.file)
    named = period_named(campaign, period, table.grid.sheet, table.title, table.date_text, name)
    named = named or period_spoken_of(campaign, period, table.title, table.grid.sheet, name, titled=True)
    named = named or period_named(campaign, period, *reversed(folders))
    named = named or period_spoken_of(campaign, period, *reversed(folders), titled=True)
    return named or period_spoken_of(campaign, period, *table.times)


def stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].rsplit("!", 1)[-1].rsplit(".", 1)[0]


def _of_this_period(
    campaign: Campaign, period: Period, form: Form, candidates: Sequence[Candidate], findings: list[Finding]
) -> list[Candidate]:
    """Without tables that name another period, as long as one that does not is there."""
    names = [_named_period(campaign, period, c) for c in candidates]
    current = [c for c, name in zip(candidates, names, strict=True) if name in ("", period.name)]
    for candidate, name in zip(candidates, names, strict=True):
        if name in ("", period.name):
            continue
        named = _period_label(name)
        if current:
            words = {"named": named, "period": month(period.name), "other": where_of(current[0])}
            kind = "returns.set_aside/quoted" if is_quoted(candidate.table) else "returns.other_period/beside"
            findings.append(about(form, candidate, kind, **words))
            continue
        table = candidate.table
        written = printed_period(table) or table.date_text or "；".join(table.times) or table.grid.sheet
        findings.append(
            about(form, candidate, "returns.other_period", written, named=named, expected=month(period.name))
        )
    return current or list(candidates)


def _period_label(name: str) -> str:
    return {"before": "更早的时期", "after": "以后的时期"}.get(name, month(name))


def _visible(form: Form, candidates: Sequence[Candidate], findings: list[Finding]) -> list[Candidate]:
    """Without hidden sheets, as long as one that is seen is there."""
    shown = [c for c in candidates if not c.table.grid.hidden]
    for c in candidates:
        if c.table.grid.hidden:
            findings.append(about(form, c, "form.hidden_sheet" if shown else "form.hidden_sheet/only"))
    return shown or list(candidates)


def _valid(form: Form, candidates: Sequence[Candidate], findings: list[Finding]) -> list[Candidate]:
    """Without tables that a name calls void, a draft or a specimen, as long as another is there that nothing calls so."""
    words = [invalid(c.table) for c in candidates]
    valid = [c for c, word in zip(candidates, words, strict=True) if not word]
    for c, word in zip(candidates, words, strict=True):
        if valid and word:
            again = any(contents(form, [c.table]) == contents(form, [other.table]) for other in valid)
            kind = "returns.duplicate" if again else "returns.set_aside" + "/quoted" * is_quoted(c.table)
            findings.append(about(form, c, kind, word, word=word, other=where_of(valid[0])))
    return valid or list(candidates)


def _without_empty(form: Form, candidates: Sequence[Candidate], findings: list[Finding]) -> list[Candidate]:
    """Without tables that have a header only, as long as another has records; what was said of their lines stays."""
    written = [c for c in candidates if c.table.rows and not is_blank(form, c.table)]
    for c in candidates:
        if written and c not in written:
            findings += [f for f in c.table.findings if not f.rule.startswith("form.missing")]
    return written or list(candidates)


def blank_beside(campaign: Campaign, tables: Sequence[RawTable]) -> list[bool]:
    """Which of one document's tables are blank beside a filled one of the same form: nothing is to be asked of them."""
    blank = [is_blank(campaign.form(t.form), t) for t in tables]
    filled = {t.form for t, nothing in zip(tables, blank, strict=True) if not nothing}
    return [nothing and t.form in filled for t, nothing in zip(tables, blank, strict=True)]


def is_blank(form: Form, table: RawTable) -> bool:
    """True for a form as it was handed out: nothing in its rows, in the total's own sums at most noughts."""
    view = View(table.grid)
    cols = [c.col for c in table.columns if c.field != "seq"]
    if any(view.filled(row, cols) for key, row in table.rows if key != form.total):
        return False
    totals = [view.text(row, col).strip() for key, row in table.rows if key == form.total for col in cols]
    return all(says_nothing(text) or text.startswith("=") or not text.strip("0.") for text in totals)


def where_of(c: Candidate) -> str:
    return c.table.grid.file + (f"“{c.table.grid.sheet}”" if c.table.grid.sheet else "")
