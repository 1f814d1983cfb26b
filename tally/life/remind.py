"""Reminders: for each unit with something open, a letter that says what is missing, what is wrong and by when.

    status + findings -> blocks -> remind/<unit>.docx and, in plain text, remind/<unit>.txt; feedback/<unit>.xlsx

What is open is told as the feedback workbook tells it, so that letter and workbook agree line by line. A unit that has
nothing left to do gets no letter, and a letter of an earlier run that it no longer needs is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter
from pathlib import Path

import pandas as pd

from tally.blocks import Align, Annex, Block, Entry, Head, Paragraph, Run, Table, Title
from tally.catalogue import SEVERITIES
from tally.catalogue.audience import concerns_units
from tally.check import explanations
from tally.check.queries import load_queries, unanswered
from tally.declare import Campaign, Unit
from tally.errors import TallyError
from tally.intake import known_files
from tally.intake.survey import survey
from tally.life.answers import answered as answered_by_units
from tally.life.answers import answers
from tally.life.drafts import draft, workbook_name
from tally.life.next_steps import correctable
from tally.life.query_record import write_record
from tally.life.status import Status, UnitStatus, status
from tally.model import PeriodTables
from tally.paths import Paths
from tally.render import feedback, outputs
from tally.render import word as docx
from tally.render.feedback.asking import answer_by, contact, whom_to_ask
from tally.render.feedback.notices import MISSING, Notice, gathered, notices
from tally.report.phrases import day
from tally.store import lock
from tally.store.files import write_bytes, write_text
from tally.store.tables import load_period
from tally.writing.periods import month

LIST = "问题清单"
SHOWN = ("error", "warning")


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
                f"{paths.period} 期的核对结果不是最新的：{why}", f"请先运行 python pipeline.py check {paths.period}"
            )
        tables = load_period(paths, campaign)
        asked_about = without_answered(campaign, paths, tables.findings)
        outward = asked_about[asked_about["rule"].map(concerns_units).astype(bool)]
        findings = with_questions(paths, outward)
        written = write_record(campaign, paths, tables.findings)
        for state in now.units:
            listing = listed(campaign, findings, state.code)
            asked = _still_open(state, findings)
            if listing and asked.open:
                written.append(_workbook(campaign, paths, state.code, tables))
            written += _letters(now, paths, asked, listing)
        outputs.write_index(campaign, paths)
    return written


def with_questions(paths: Paths, findings: pd.DataFrame) -> pd.DataFrame:
    """The findings with what the analyst asks about them in the place of what is usually to be done."""
    asked = unanswered(load_queries(paths.queries))
    keys = zip(*(findings[c].fillna("") for c in explanations.ANSWERED), strict=True)
    table = findings.copy()
    questions = [asked.get(key) for key in keys]
    texts = [
        q.text if q and q.text != m else s
        for q, m, s in zip(questions, table["message"], table["suggestion"], strict=True)
    ]
    table["suggestion"] = pd.Series(texts, index=table.index, dtype=table["suggestion"].dtype)
    return table


def _still_open(state: UnitStatus, findings: pd.DataFrame) -> UnitStatus:
    """The unit's counts by the findings that are asked about."""
    counts = findings.loc[findings["unit"] == state.code, "severity"].value_counts()
    return replace(state, errors=int(counts.get("error", 0)), warnings=int(counts.get("warning", 0)))


def _workbook(campaign: Campaign, paths: Paths, unit: str, tables: PeriodTables) -> Path:
    target, surveyed = paths.feedback / f"{unit}.xlsx", survey(campaign, paths, known_files.load(paths))
    when = campaign.period(paths.period).moment
    write_bytes(target, feedback.workbook(campaign, paths, unit, surveyed, tables, timestamp=when))
    return target


def _letters(now: Status, paths: Paths, state: UnitStatus, listing: Sequence[Notice]) -> list[Path]:
    """The letter in Word, as text and as a draft of a mail; a unit that needs none loses an earlier one."""
    word, text, mail = (paths.reports / "remind" / f"{state.code}.{kind}" for kind in ("docx", "txt", "eml"))
    if not state.open:
        for old in (word, text, mail):
            old.unlink(missing_ok=True)
        return []
    unit = now.campaign.unit(state.code)
    blocks = letter(now, unit, state, listing)
    content = docx.render(blocks, timestamp=int(now.campaign.period(paths.period).moment.timestamp()))
    workbook = paths.feedback / f"{state.code}.xlsx" if listing else None
    write_bytes(word, content)
    write_text(text, plain(blocks))
    write_bytes(mail, draft(now.campaign, paths.period, unit, plain(blocks), content, workbook))
    return [word, text, mail]


def without_answered(campaign: Campaign, paths: Paths, findings: pd.DataFrame) -> pd.DataFrame:
    """The findings less what is answered: errors with a written reason, and what the unit itself has answered in the list
    it sent back, on which the analyst has the next word. Nobody is asked again."""
    given = answered_by_units(campaign, findings, answers(paths.raw, findings))
    findings = findings.iloc[[n for n in range(len(findings)) if n not in given]]
    answered, _ = explanations.error_answers(campaign, paths, findings)
    done = set(map(itemgetter(*explanations.ANSWERED), answered))
    keys = zip(*(findings[c].fillna("") for c in explanations.ANSWERED), strict=True)
    return findings[[key not in done for key in keys]]


def listed(campaign: Campaign, findings: pd.DataFrame, unit: str) -> list[Notice]:
    """The unit's open errors and warnings in the order of the feedback workbook, many alike on one line."""
    return [
        n for n in gathered(notices(campaign, findings, unit)) if n.severity in SHOWN and n.rule != MISSING
    ]  # told as a form to send


def letter(now: Status, unit: Unit, state: UnitStatus, listing: Sequence[Notice]) -> tuple[Block, ...]:
    """The letter to `unit` as blocks: title, addressee, what is open, whom it comes from; the list as its annex."""
    campaign, period = now.campaign, now.period
    span = f"{day(period.start, year=True)}至{day(period.end, year=True)}"
    workbook = workbook_name(unit, period.name) if listing else ""
    blocks: list[Block] = [
        Title(f"关于报送和更正{campaign.title}统计表的通知", campaign.issuer),
        Paragraph((Run(f"{unit.office or unit.name}："),), "addressee"),
        _paragraph(
            f"根据{campaign.notice}要求，现将你单位{month(period.name)}报送期（{span}）材料的审核情况通知如下，{answer_by(period)}办理并报回。"
        ),
        *(_paragraph(text) for text in _open(now, state, workbook, marked=any(n.cells for n in listing))),
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


def _open(now: Status, state: UnitStatus, workbook: str, *, marked: bool) -> Iterator[str]:
    """What the unit has to do, numbered as in an official letter.

    `workbook` lists its faults, "" if it has none; `marked`: and shows them in the cells that came. A scan has none.
    """
    parts = [p for p in (_to_send(now, state), _to_correct(state), _to_explain(state)) if p]
    for number, part in zip("一二三", parts, strict=False):
        yield f"{number}、{part}"
    if workbook and marked:
        yield (
            f"各处问题已在随附的“{workbook}”中逐格标出：红色为差错，黄色为疑点，批注写明填报内容、应为内容和处理办法。"
            "请在其中改正后报回。"
        )
    elif workbook:
        yield f"各处问题列在随附的“{workbook}”中，请逐条办理；统计表请用电子表格（Excel、WPS）报送，以便逐格核对。"


def _to_send(now: Status, state: UnitStatus) -> str:
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
    return f"请补报：{'；'.join(requests)}。{zero}"


def _title(now: Status, form: str) -> str:
    titles = {f.name: f"{f.number}《{f.title}》" for f in now.campaign.forms}
    return titles.get(form, now.forms[form])


def _to_correct(state: UnitStatus) -> str:
    wrong = correctable(state)
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
