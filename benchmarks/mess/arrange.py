"""Which form stands on which sheet of which file: apart, together, stacked, side by side, or in parts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.mess.content import Content, Record, clean_content
from benchmarks.mess.delivery import SEPARATE_TABLES, SINGLE_SHEET, file_name, holds, pick_kind
from benchmarks.mess.disturb import disturb
from benchmarks.mess.drawing import draw as draw_form
from benchmarks.mess.headings import Office
from benchmarks.mess.mistakes import Mistake
from benchmarks.mess.plan import Plan, Spot
from benchmarks.mess.truth import Book, Level
from samples.writers.sheet import Sheet
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.declare import Form

STEMS = {"enterprises": "附件3生产企业", "cases": "附件4案件查处", "sampling": "附件5抽查情况"}
SHEET_NAMES = {"enterprises": "企业情况", "cases": "案件查处", "sampling": "抽查抽检"}


@dataclass
class Arranged:
    """The books to write, and each spot with the sheet it stands on."""

    books: list[Book] = field(default_factory=list)
    spots: list[tuple[Sheet, Spot]] = field(default_factory=list)
    traits: set[str] = field(default_factory=set)
    due: list[Mistake] = field(default_factory=list)  # what the layout itself must be told of
    copies: dict[str, str] = field(default_factory=dict)  # name of a copy -> name of what it is a copy of


@dataclass(frozen=True)
class Job:
    """What all arrangements need to know."""

    rng: Random
    level: Level
    content: Content
    office: Office
    stem: str
    done: Arranged


def arrange(rng: Random, level: Level, content: Content, office: Office, stem: str) -> Arranged:
    """Choose an arrangement and carry it out."""
    job = Job(rng, level, content, office, stem, Arranged())
    way = rng.choices(list(WAYS), (5, 4, 2, 1.5, 1.5))[0]
    job.done.traits.add(way)
    WAYS[way](job)
    return job.done


def _plan(job: Job, form: Form, kind: str, date_1904: bool = False, **more) -> Plan:
    paragraphs = kind in SEPARATE_TABLES and job.rng.random() < 0.7
    return Plan(
        form,
        job.level,
        holds(kind, date_1904),
        job.office,
        paragraphs=paragraphs,
        traits=job.done.traits,
        **more,
    )


def _draw(job: Job, sheet: Sheet, plan: Plan, top: int = 0, left: int = 0, records=None, alone: bool = True) -> None:
    """Draw a form; one that stands `alone` on its sheet may be disturbed, since that touches whole rows and columns."""
    records = job.content[plan.form.name] if records is None else records
    spots = draw_form(job.rng, sheet, top, left, plan, records)
    if alone:
        job.done.due += disturb(job.rng, sheet, plan, spots)
    job.done.spots += [(sheet, s) for s in spots]


def _one_each(job: Job) -> None:
    """A file for each form."""
    for form in CAMPAIGN.forms:
        kind = pick_kind(job.rng)
        epoch = kind in ("xlsx", "xls") and job.rng.random() < 0.06
        sheet = Sheet(SHEET_NAMES[form.name])
        corner = (job.rng.randrange(3), job.rng.randrange(3)) if job.rng.random() < 0.15 else (0, 0)
        _draw(job, sheet, _plan(job, form, kind, epoch), *corner)
        sheets = _with_strays(job, kind, form, [sheet])
        name = file_name(job.rng, job.stem + STEMS[form.name], kind)
        job.done.traits |= {kind} | ({"1904"} if epoch else set()) | ({"not from A1"} if any(corner) else set())
        _file(job, form, Book(name, kind, tuple(sheets), epoch))


def _file(job: Job, form: Form, book: Book) -> None:
    """Send the file; now and then twice, damaged, or as the correction of one sent before."""
    draw, messy = job.rng.random(), job.level == "messy"
    if draw < 0.05:
        copy = replace(book, name="副本 " + book.name)
        job.done.traits.add("sent twice")
        job.done.copies[copy.name] = book.name
        job.done.books.append(copy)
    elif draw < 0.1 and messy and book.kind in ("xlsx", "ods", "docx"):
        job.done.traits.add("damaged file")
        book = replace(book, damaged=True)
    elif draw < 0.18 and messy:
        job.done.traits.add("corrected later")
        before = Sheet(SHEET_NAMES[form.name])
        plan = Plan(form, "clean", holds("xlsx"), job.office, with_foot=False)
        draw_form(job.rng, before, 0, 0, plan, _first_version(job.content[form.name]))
        job.done.books.append(Book(f"{STEMS[form.name]}初报.xlsx", "xlsx", (before,), earlier=True))
        job.done.due.append(Mistake("corrected later", form.name, (("", ""),), "note", "told"))
        _question(job, form)
    job.done.books.append(book)


def _first_version(rows: dict[str, Record]) -> dict[str, Record]:
    """What was sent before the correction: one record fewer, or other figures in one category and the total."""
    if "total" not in rows:
        return dict(list(rows.items())[:-1])
    less = {key: dict(row) for key, row in rows.items()}
    for key in ("price", "total"):
        less[key]["operators_inspected"] -= 5
    return less


def _question(job: Job, form: Form) -> None:
    """From now on a finding on the whole form answers for each of its cells."""
    for _, spot in job.done.spots:
        if spot.form == form.name:
            spot.scopes = (*spot.scopes, "form")


def _one_book(job: Job) -> None:
    """One workbook or document with a sheet or table for each form."""
    kind = _kind_with_sheets(job.rng)
    sheets = []
    for form in job.rng.sample(CAMPAIGN.forms, len(CAMPAIGN.forms)):
        sheet = Sheet(SHEET_NAMES[form.name])
        _draw(job, sheet, _plan(job, form, kind))
        sheets.append(sheet)
    _finish(job, kind, _with_strays(job, kind, CAMPAIGN.form("cases"), sheets))


def _stacked(job: Job) -> None:
    """All forms under each other on one sheet."""
    kind = _kind_on_one_sheet(job.rng)
    sheet = Sheet("Sheet1")
    top = 0
    for form in job.rng.sample(CAMPAIGN.forms, len(CAMPAIGN.forms)):
        _draw(job, sheet, _plan(job, form, kind), top, alone=False)
        top = sheet.size[0] + job.rng.randrange(1, 4)
    _finish(job, kind, [sheet])


def _side_by_side(job: Job) -> None:
    """Two forms beside each other on one sheet, the third in a file of its own."""
    kind = _kind_on_one_sheet(job.rng)
    one, two, three = job.rng.sample(CAMPAIGN.forms, len(CAMPAIGN.forms))
    sheet = Sheet("Sheet1")
    _draw(job, sheet, _plan(job, one, kind), alone=False)
    _draw(job, sheet, _plan(job, two, kind), 0, sheet.size[1] + job.rng.randrange(1, 3), alone=False)
    _finish(job, kind, [sheet])
    other = Sheet(SHEET_NAMES[three.name])
    _draw(job, other, _plan(job, three, "xlsx"))
    job.done.books.append(Book(f"{STEMS[three.name]}.xlsx", "xlsx", (other,)))


def _in_parts(job: Job) -> None:
    """The list forms in two parts: two files, two sheets, or two pages with the header repeated."""
    for form in CAMPAIGN.forms:
        kind = _kind_with_sheets(job.rng)
        rows = job.content[form.name]
        if form.layout == "matrix" or len(rows) < 3:
            sheet = Sheet(SHEET_NAMES[form.name])
            _draw(job, sheet, _plan(job, form, kind))
            job.done.books.append(Book(f"{STEMS[form.name]}.{_ending(kind)}", kind, (sheet,)))
            continue
        job.rng.choice((_two_files, _two_sheets, _two_pages))(job, form, kind, *_halves(job.rng, rows))


def _two_files(job: Job, form: Form, kind: str, first: dict[str, Record], second: dict[str, Record]) -> None:
    job.done.traits.add("two files")
    for number, part in ((1, first), (2, second)):
        sheet = Sheet(SHEET_NAMES[form.name])
        _draw(job, sheet, _plan(job, form, kind), records=part)
        job.done.books.append(Book(f"{STEMS[form.name]}（{number}）.{_ending(kind)}", kind, (sheet,)))


def _two_sheets(job: Job, form: Form, kind: str, first: dict[str, Record], second: dict[str, Record]) -> None:
    job.done.traits.add("two sheets")
    sheets = (Sheet("第1页"), Sheet("第2页"))
    for sheet, part in zip(sheets, (first, second), strict=True):
        _draw(job, sheet, _plan(job, form, kind), records=part)
    job.done.books.append(Book(f"{STEMS[form.name]}.{_ending(kind)}", kind, sheets))


def _two_pages(job: Job, form: Form, kind: str, first: dict[str, Record], second: dict[str, Record]) -> None:
    job.done.traits.add("two pages")
    kind = "xlsx" if kind in SEPARATE_TABLES else kind
    sheet = Sheet("Sheet1")
    _draw(job, sheet, _plan(job, form, kind, with_foot=False), records=first, alone=False)
    again = job.rng.random() < 0.5
    _draw(
        job,
        sheet,
        _plan(job, form, kind, with_top=again),
        sheet.size[0] + job.rng.randrange(2),
        records=second,
        alone=False,
    )
    job.done.books.append(Book(f"{STEMS[form.name]}.{_ending(kind)}", kind, (sheet,)))


def _halves(rng: Random, rows: dict[str, Record]) -> tuple[dict[str, Record], dict[str, Record]]:
    cut = rng.randrange(1, len(rows))
    pairs = list(rows.items())
    return dict(pairs[:cut]), dict(pairs[cut:])


def _finish(job: Job, kind: str, sheets: list[Sheet]) -> None:
    job.done.traits.add(kind)
    job.done.books.append(Book(file_name(job.rng, f"{job.stem}口罩专项行动报表", kind), kind, tuple(sheets)))


def _with_strays(job: Job, kind: str, form: Form, sheets: list[Sheet]) -> list[Sheet]:
    """Sheets that are no part of the return: an empty Sheet1, or a hidden one with another period's figures."""
    if kind not in ("xlsx", "xls"):
        return sheets
    if job.rng.random() < 0.2:
        job.done.traits.add("empty sheet")
        sheets = [*sheets, Sheet("Sheet3")]
    if job.rng.random() < 0.05:
        job.done.traits.add("stray blank far away")
        sheets[0].put(sheets[0].size[0] + 60, sheets[0].size[1] + 20, " ")
    if job.level == "messy" and job.rng.random() < 0.15:
        job.done.traits.add("last period's sheet")
        job.done.due.append(Mistake("last period's sheet", form.name, (("", ""),), "note", "told"))
        at = job.rng.randrange(len(sheets) + 1)
        sheets = [*sheets[:at], _last_period(job, form, kind), *sheets[at:]]
    return sheets


def _last_period(job: Job, form: Form, kind: str) -> Sheet:
    """The sheet of April with its own figures; every cell of the form may then be questioned as a whole."""
    sheet = Sheet("4月", hidden=job.rng.random() < 0.5)
    office = Office(job.office.name, "填报时间：2021年4月30日")
    plan = Plan(form, "clean", holds(kind), office, with_foot=False)
    draw_form(job.rng, sheet, 0, 0, plan, clean_content(job.rng)[form.name])
    _question(job, form)
    return sheet


def _kind_with_sheets(rng: Random) -> str:
    while (kind := pick_kind(rng)) in SINGLE_SHEET:
        pass
    return kind


def _kind_on_one_sheet(rng: Random) -> str:
    while (kind := pick_kind(rng)) in SEPARATE_TABLES:
        pass
    return kind


def _ending(kind: str) -> str:
    return {"html": "xls", "html utf-8": "xls", "xml 2003": "xls"}.get(kind, kind)


WAYS = {
    "a file for each form": _one_each,
    "one file": _one_book,
    "stacked": _stacked,
    "side by side": _side_by_side,
    "list in parts": _in_parts,
}
