"""Reminders: for each unit with something open, a letter that says what is missing, what is wrong and by when.

    status + findings -> blocks -> remind/<unit>.docx and, in plain text, remind/<unit>.txt; feedback/<unit>.xlsx

What is open is told as the feedback workbook tells it, so that letter and workbook agree line by line. A unit that has
nothing left to do gets no letter, and a letter of an earlier run that it no longer needs is taken away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tally import catalogue
from tally.blocks import Align, Annex, Block, Entry, Head, Paragraph, Run, Table, Title
from tally.catalogue import SEVERITIES
from tally.declare import Campaign, Unit
from tally.errors import TallyError
from tally.intake import known_files
from tally.intake.survey import survey
from tally.life.drafts import draft, workbook_name
from tally.life.query_record import write_record
from tally.life.status import Status, UnitStatus, status
from tally.paths import Paths
from tally.render import outputs
from tally.render import word as docx
from tally.render.feedback.asked import OPEN as SHOWN
from tally.render.feedback.asked import asked
from tally.render.feedback.asking import about_earlier, answer_by, contact, whom_to_ask
from tally.render.feedback.book import workbook
from tally.render.feedback.notices import MISSING, Notice, gathered, key_of, of_unit
from tally.report.phrases import day
from tally.store import lock
from tally.store.files import write_bytes, write_text
from tally.store.tables import load_period
from tally.writing.periods import month

LIST = "问题清单"


def write_reminders(campaign: Campaign, paths: Paths) -> list[Path]:
    """Writes `remind/<unit>.docx`, `.txt` and `.eml` below the period's reports; the files, in the campaign's order of units.

    A unit with faults gets its feedback workbook anew, so that it says what the letter says, run or not since. TallyError
    if the period is not processed, or no longer as its files are, or while a run is going on; UsageError for an unknown
    period. The same tables give the same bytes.
    """
    campaign.period(paths.period)
    with lock.held(paths.root, lambda text: None):
        now = status(campaign, paths)
        if not now.processed or now.stale:
            why = "；".join(now.stale)
            raise TallyError(
                f"{paths.period} 期的核对结果不是最新的：{why}", f"请先运行 python pipeline.py check {paths.typed}"
            )
        tables = load_period(paths, campaign)
        outward = replace(tables, findings=asked(campaign, paths, tables.findings))
        written = write_record(campaign, paths, tables.findings)
        surveyed = survey(campaign, paths, known_files.load(paths))
        when = campaign.period(paths.period).moment
        for state in now.units:
            every = of_unit(campaign, outward, state.code)
            listing, standing = listed(every), still_open(state, every)
            book = b""
            if listing and standing.open:
                book = workbook(campaign, paths, state.code, surveyed, outward, timestamp=when)
                written.append(paths.feedback / f"{state.code}.xlsx")
                write_bytes(written[-1], book)
            written += _letters(now, paths, standing, every, book)
        outputs.write_index(campaign, paths)
    return written


def still_open(state: UnitStatus, every: Sequence[Notice]) -> UnitStatus:
    """The unit's counts by what it is told: forms to send, errors in what came, doubts."""
    count = Counter(n.part for n in every)
    excused = {n.key for n in every if n.rule == MISSING and n.severity == "note"}
    record = {f: s for f, s in state.record.items() if key_of(f, "", "", MISSING) not in excused}
    return replace(state, record=record, errors=count["error"], warnings=count["warning"])


def _letters(now: Status, paths: Paths, state: UnitStatus, every: Sequence[Notice], book: bytes) -> list[Path]:
    """The letter in Word, as text and as a draft of a mail, with its enclosure `book`, b"" for none, under the name that the
    letter gives it; a unit that needs none loses an earlier one."""
    folder, unit = paths.reports / "remind", now.campaign.unit(state.code)
    word, text, mail = (folder / f"{state.code}.{kind}" for kind in ("docx", "txt", "eml"))
    enclosure = folder / workbook_name(unit, now.period.name)
    if not state.open:
        for old in (word, text, mail, enclosure):
            old.unlink(missing_ok=True)
        return []
    blocks = letter(now, unit, state, every)
    content = docx.render(blocks, timestamp=int(now.campaign.period(paths.period).moment.timestamp()))
    write_bytes(word, content)
    write_text(text, plain(blocks))
    write_bytes(mail, draft(now.campaign, paths.period, unit, plain(blocks), content, book))
    if not book:
        enclosure.unlink(missing_ok=True)
        return [word, text, mail]
    write_bytes(enclosure, book)
    return [word, text, mail, enclosure]


def listed(every: Sequence[Notice]) -> list[Notice]:
    """The open errors and doubts among all that a unit is told, many alike on one line."""
    return [n for n in gathered(every) if n.part in SHOWN]  # what is missing is told as a form to send


def letter(now: Status, unit: Unit, state: UnitStatus, every: Sequence[Notice]) -> tuple[Block, ...]:
    """The letter to `unit` as blocks: title, addressee, what is open, whom it comes from; the list as its annex.

    `every`: all that the unit is told, as its workbook tells it.
    """
    listing = listed(every)
    campaign, period = now.campaign, now.period
    span = f"{day(period.start, year=True)}至{day(period.end, year=True)}"
    workbook = workbook_name(unit, period.name) if listing else ""
    blocks: list[Block] = [
        Title(f"关于报送和更正{campaign.title}统计表的通知", campaign.issuer),
        Paragraph((Run(f"{unit.office or unit.name}："),), "addressee"),
        _paragraph(
            f"根据{campaign.notice}要求，现将你单位{month(period.name)}报送期（{span}）材料的审核情况通知如下，{answer_by(period)}办理并报回。"
        ),
        *(_paragraph(text) for text in _open(now, state, every, workbook)),
        *(_paragraph(text) for text in _asking(campaign)),
    ]
    if listing:
        blocks.append(_paragraph(f"附件：{LIST}"))
    blocks.append(Paragraph((Run(f"{campaign.issuer}\n　　年　　月　　日"),), "signature"))
    if listing:
        blocks += [Annex("附件", LIST, landscape=True), _table(listing)]
    return tuple(blocks)


def _asking(campaign: Campaign) -> Iterator[str]:
    """Whom the unit may ask; where the campaign names nobody, room to write it in by hand."""
    yield whom_to_ask(campaign)
    if not contact(campaign):
        yield "联系人：　　　　　　　　电话：　　　　　　　　"


def _open(now: Status, state: UnitStatus, every: Sequence[Notice], workbook: str) -> Iterator[str]:
    """What the unit has to do, numbered as in an official letter.

    `workbook` lists its faults, "" if it has none, and shows them in the cells that came. A scan has none.
    """
    parts = [p for p in (_to_send(now, state, every), _to_correct(state), _to_explain(state)) if p]
    for number, part in zip("一二三", parts, strict=False):
        yield f"{number}、{part}"
    if workbook and any(n.cells and not n.earlier for n in every if n.part in SHOWN):
        yield (
            f"各处问题列在随附的“{workbook}”中，并在所附各表中逐格标出：红色为差错，黄色为疑点，批注写明填报内容、应为内容和处理办法。"
            "请在其中改正后报回。"
        )
    elif workbook:
        yield f"各处问题列在随附的“{workbook}”中，请逐条办理；统计表请用电子表格（Excel、WPS）报送，以便逐格核对。"
    if earlier := about_earlier(every):
        yield earlier


def _to_send(now: Status, state: UnitStatus, every: Sequence[Notice]) -> str:
    by_due: dict[date | None, list[str]] = {}
    for form in state.missing():
        by_due.setdefault(now.period.due.get(form), []).append(_title(now, form))
    requests = [
        f"{'、'.join(names)}{f'（应于{day(due, year=True)}前报送）' if due else ''}" for due, names in by_due.items()
    ]
    if not requests:
        return ""
    forms = any(f != "summary" for f in state.missing())
    zero = "没有内容的统计表，请报“零报告”。" if forms else ""
    usual = catalogue.KINDS[MISSING].remedy
    questions = [n.suggestion for n in every if n.part == "missing" and n.key and n.suggestion != usual]
    return f"请补报：{'；'.join(requests)}。{zero}{''.join(f'{q}。' for q in questions)}"


def _title(now: Status, form: str) -> str:
    titles = {f.name: f"{f.number}《{f.title}》" for f in now.campaign.forms}
    return titles.get(form, now.forms[form])


def _to_correct(state: UnitStatus) -> str:
    wrong = state.errors
    return f"请更正差错 {wrong} 处。差错指数据自相矛盾、读不出来或缺少必填内容，更正后重新报送。" if wrong else ""


def _to_explain(state: UnitStatus) -> str:
    return (
        f"请核实疑点 {state.warnings} 处。有误的请更正；属实的请写明具体原因和依据，只写“核实无误”的不予采纳。"
        if state.warnings
        else ""
    )


def _table(listing: Sequence[Notice]) -> Table:
    heads = ("序号", "性质", "表", "位置", "填报内容", "应为", "问题和处理办法")
    body = tuple(
        tuple(map(Entry, (str(n), SEVERITIES[f.severity], f.form, _where(f), f.found, f.expected, _said(f))))
        for n, f in enumerate(listing, 1)
    )
    align: tuple[Align, ...] = ("center", "center", "center", "left", "left", "left", "left")
    return Table(
        "findings", "", (tuple(map(Head, heads)),), body, align, (0.7, 0.8, 0.9, 2.2, 1.3, 1.3, 4), landscape=True
    )


def _where(notice: Notice) -> str:
    return "\n".join(t for t in (notice.spot, notice.place) if t)


def _said(notice: Notice) -> str:
    return f"{notice.message}。{notice.suggestion}" if notice.suggestion else notice.message


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def plain(blocks: Sequence[Block]) -> str:
    """The letter as plain text; the list as numbered paragraphs, which a chat window can show."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += _entries(block)
        elif isinstance(block, Annex):
            lines += ["", f"{block.label}：{block.title}"]
        elif isinstance(block, Title):
            lines += [block.text, ""]
        else:
            lines += block.as_text().split("\n") if isinstance(block, Paragraph) else []
    return "\n".join(lines) + "\n"


def _entries(table: Table) -> Iterator[str]:
    for row in table.body:
        number, severity, form, where, content, expected, message = (e.text.replace("\n", "　") for e in row)
        yield f"{number}. 【{severity}】{form} {where}"
        yield f"   {message}"
        yield from (f"   {label}：{text}" for label, text in (("填报", content), ("应为", expected)) if text)
