"""What a file holds beside the tables found in it: zero reports in words, forms typed as running text, other sheets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from tally import catalogue
from tally.declare import Campaign, Category, Form, Period, Unit
from tally.locate.labels import names_of, parse
from tally.locate.lines import denies, says_nothing
from tally.locate.sheet import offers_choices
from tally.model import Document, Finding, Grid, Place, RawTable, RawValue
from tally.returns.other_sheets import lists_only, sentence_that_matters
from tally.returns.pictured import drawn_in
from tally.returns.summaries.texts import calls_itself_summary, kind_of
from tally.writing.characters import narrow

_ZERO = re.compile(r"零报告|零申报|(?:无|没有|不存在)[^。；，]{0,12}(?:生产企业|企业|案件)")
_SHORT = 300  # characters; a longer text is no zero report
_FIGURES = r"[\s,，|、\t\"'\]\[]+[-\d./]+(?:[\s,，|、\t\"']+[-\d./]+){2}"
_BETWEEN = re.compile(r"[\s,，|\t]+")


def whole_text(document: Document) -> str:
    """All that a document says, in its tables too."""
    texts = [document.text]
    for grid in document.grids:
        for row in grid.rows:
            texts += [str(v) for v in row if v is not None]
    return "\n".join(texts)


def is_filled(table: RawTable) -> bool:
    """Whether anything stands in the columns of a form: a blank form is none that was returned."""
    rows = [table.grid.rows[r] for _, r in table.rows]
    values = (row[c.col] for row in rows for c in table.columns if c.col < len(row))
    return any(v is not None and str(v).strip() for v in values)


def zero_forms(campaign: Campaign, document: Document, tables: tuple[RawTable, ...]) -> list[str]:
    """The forms for which a short text, or a sheet without a table, says that there is nothing to report."""
    placed = {(t.grid.file, t.grid.sheet) for t in tables}
    grids = [n for g in document.grids if (g.file, g.sheet) not in placed for n in _said_in_grid(campaign, g)]
    return list(dict.fromkeys((*_said(campaign, document.text), *grids)))


def _said_in_grid(campaign: Campaign, grid: Grid) -> list[str]:
    lines = _lines(grid)
    texts = [str(v) for line in lines for v in line]
    text = "\n".join((*grid.before, grid.sheet, *texts))
    alone = bool(lines) and len(lines[-1]) == 1 and says_nothing(narrow(str(lines[-1][0])))
    return _said(campaign, text, alone)


def _said(campaign: Campaign, text: str, alone: bool = False) -> list[str]:
    """`alone`: a line of its own says 无."""
    flat = "".join(text.split())
    if not flat or len(flat) > _SHORT or not (alone or _ZERO.search(flat) or denies(flat)):
        return []
    named = [f.name for f in campaign.forms if _names_form(f, flat)]
    return named or [f.name for f in campaign.forms if f.name == "enterprises" and "生产企业" in flat]


def _names_form(form: Form, text: str) -> bool:
    return any(title in text for title in (form.title, form.number, *form.aliases))


def unplaced(
    campaign: Campaign,
    period: Period,
    unit: Unit,
    document: Document,
    tables: tuple[RawTable, ...],
    told: Collection[str] = (),
) -> Iterator[Finding]:
    """A finding for each sheet or table with content in which no form was found, and for a form typed as text.

    `told`: the sheets that were taken for a summary.
    """
    placed = {(t.grid.file, t.grid.sheet) for t in tables} | {(document.file, sheet) for sheet in told}
    in_summary = not tables and calls_itself_summary(campaign, document.text) and not kind_of(campaign, document.text)
    for grid in document.grids:
        lines = _lines(grid)
        if (grid.file, grid.sheet) in placed or _said_in_grid(campaign, grid):
            continue
        if lines:
            page = any(_continues(t, grid) for t in tables)
            if in_summary and not page:
                yield _of_summary(unit, grid, lines)
            else:
                yield _of_grid(campaign, period, unit, grid, lines, alone=not tables, page=page)
        if not document.ink and (drawn := drawn_in(grid.ink)):  # else they are told with its text
            at, hidden = Place(grid.file, grid.sheet), _hidden(grid)
            yield catalogue.finding("intake.sheet_pictured", at, unit=unit.code, drawn=drawn, hidden=hidden)
    for form in campaign.forms:
        if _typed(form, document.text):
            at = Place(document.file)
            yield catalogue.finding("intake.form_in_text", at, unit=unit.code, form=form.name, title=form.title)


def _lines(grid: Grid) -> list[list[RawValue]]:
    lines = [_filled(row) for row in grid.rows]
    return [line for line in lines if line]


def _filled(row: Sequence[RawValue]) -> list[RawValue]:
    return [v for v in row if v is not None and str(v).strip()]


def _of_grid(
    campaign: Campaign, period: Period, unit: Unit, grid: Grid, lines: list[list[RawValue]], alone: bool, page: bool
) -> Finding:
    figures = sum(_is_figure(v) for line in lines for v in line)
    telling = alone and len(lines) >= 3 or any(_resembles(f, lines) for f in campaign.forms)
    texts = [str(v) for line in lines for v in line]
    serious = page or (figures >= 3 and telling)
    plain = serious or offers_choices(grid, campaign.forms)
    sentence = "" if plain else sentence_that_matters(campaign, period, unit, texts)
    if sentence:
        at = Place(grid.file, grid.sheet, raw=sentence[:200])
        return catalogue.finding("intake.sheet_says", at, unit=unit.code, text=sentence[:80], hidden=_hidden(grid))
    kind = "sheet" if serious else "figures" if figures and not lists_only(texts) else "words"
    what, hidden = "工作表" if grid.sheet else "表格", _hidden(grid)
    at = Place(grid.file, grid.sheet, raw=" ".join(str(v) for v in lines[0])[:80])
    return catalogue.finding(f"intake.no_form/{kind}", at, unit=unit.code, what=what, hidden=hidden)


def _of_summary(unit: Unit, grid: Grid, lines: list[list[RawValue]]) -> Finding:
    """What is said of a table within a work summary: its figures are held against nothing."""
    figures = any(_is_figure(v) for line in lines for v in line)
    text = " ".join(str(v) for line in lines for v in line)
    at = Place(grid.file, grid.sheet, raw=text[:200])
    kind = f"summary.table{'' if figures else '/words'}"
    return catalogue.finding(kind, at, unit=unit.code, form="summary", text=text[:60])


def _hidden(grid: Grid) -> str:
    return "（隐藏的工作表）" if grid.hidden else ""


def _is_figure(value: RawValue) -> bool:
    return not isinstance(value, str) or any(ch.isdigit() for ch in value)


def _continues(table: RawTable, grid: Grid) -> bool:
    """True if `grid` may be the next page of a list whose header stands on the page before only."""
    width = max((c.col for c in table.columns), default=0) + 1
    here = max(map(len, grid.rows))  # less where the last columns are empty
    return grid.file == table.grid.file and width > 5 and width * 2 <= here * 3 <= width * 3


def _resembles(form: Form, lines: list[list[RawValue]]) -> bool:
    """True if the cells speak of the form: its title, or three of its rows and columns."""
    names = names_of(form)
    cores = {parse(v).core for line in lines for v in line if isinstance(v, str) and len(v) < 60}
    titles = {parse(t).core for t in (form.title, *form.aliases)}
    return bool(cores & titles) or len(cores & (names.categories.keys() | names.fields.keys())) >= 3


def _typed_row(category: Category, text: str) -> bool:
    """True if one of a category's names stands in the text with figures behind it."""
    return any(re.search(re.escape(name) + _FIGURES, text) for name in (category.label, *category.aliases))


def _told(form: Form, text: str) -> bool:
    """True for a form told in sentences under its own number or title: 附件4 …… 质量类：…45人次，…。合计：…"""
    lines = [line for raw in text.splitlines() if (line := narrow(raw))]
    heading = next(iter(lines), "")
    if not any(heading.startswith(narrow(name)) for name in (form.number, form.title, *form.aliases) if name):
        return False
    flat = "\n".join(lines)
    names = [(c.label, *c.aliases) for c in form.categories]
    return sum(any(_figure_behind(flat, narrow(name)) for name in some) for some in names) >= 2


def _figure_behind(flat: str, name: str) -> bool:
    """Whether a sentence that begins with the name and a colon gives a number."""
    parts = re.split("[。;；\n]", flat)
    return any(ch.isdigit() for part in parts for ch in part.partition(f"{name}:")[2][:40])


def _typed(form: Form, text: str) -> bool:
    """True if `text` sets out a form's rows or its header, a line each, with spaces or tabs between."""
    rows = sum(_typed_row(c, text) for c in form.categories)
    if rows >= 2 or _told(form, text):
        return True
    names = names_of(form)
    for line in map(str.strip, text.splitlines()):
        parts = _BETWEEN.split(line) if "。" not in line and len(narrow(line)) < 400 else ()
        if sum(1 for part in parts if names.field(parse(part).core)) >= 4:
            return True
    return False
