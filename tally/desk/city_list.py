"""问题清单.xlsx: every open finding of the city in one workbook, with columns in which each can be decided and read back.

For those who would rather work in Excel. What is read back goes the way of the page's decisions: checked, refused with the
reason, written as lines of the analyst's files.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from tally.catalogue import SEVERITIES, place_in_words
from tally.check.queries import CHANNELS
from tally.desk import decisions
from tally.desk.decisions import Author
from tally.desk.effect import effect
from tally.desk.home import home_of, home_of_all, written_in
from tally.desk.pending import as_written
from tally.desk.queue import queue
from tally.desk.readings import Change
from tally.desk.refusal import Refusal
from tally.desk.repairs import guard, label, proposals
from tally.desk.snapshot import Snapshot
from tally.errors import TallyError, UnreadableFile
from tally.model import Finding
from tally.paths import Paths
from tally.readers.apart import asked
from tally.store.files import write_bytes
from tally.store.tables import read_table
from tally.writing.periods import month

NAME = "问题清单.xlsx"
TITLE = "统计表问题处理清单"
MOST = 3000  # findings: more are no work for a sheet
HEADS = (
    ("序号", 6), ("单位", 11), ("表", 8), ("项目", 22), ("性质", 6), ("问题", 48), ("填报", 14), ("建议改为", 12), ("位置", 26),
    ("处理", 10), ("更正为", 12), ("理由、说明或问话", 36), ("经办人", 9), ("编号", 14),
)  # fmt: skip
ACCEPT, CORRECT, EXPLAIN, ASK, DISMISS = "采纳建议", "更正", "说明", "询问", "不是问题"
HEAD_ROW = 3  # from 1; the list begins below


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line: its number in the sheet, what was written, or why nothing was."""

    row: int
    sentence: str
    refused: bool = False
    number: str = ""  # what the list itself calls the line
    period: str = ""  # an earlier one in whose files it was written; "": the list's own


def write_list(snapshot: Snapshot) -> Path | None:
    """Writes the list below the period's reports; None, and an old one taken away, where nothing is open."""
    path = snapshot.paths.reports / NAME
    open_ones = [f for f in snapshot.findings.values() if f.severity != "note"]
    if not open_ones or len(open_ones) > MOST:
        path.unlink(missing_ok=True)
        return None
    write_bytes(path, workbook(snapshot))
    return path


def is_behind(paths: Paths) -> bool:
    """Whether a period's findings were written anew since its list was."""
    written, findings = paths.reports / NAME, paths.processed / "findings.parquet"
    if written.exists():
        return findings.exists() and written.stat().st_mtime_ns < findings.stat().st_mtime_ns
    open_ones = (read_table(findings)["severity"] != "note").sum() if findings.exists() else 0
    return 0 < open_ones <= MOST


def workbook(snapshot: Snapshot) -> bytes:
    """The workbook, in the queue's order, so that its first lines are worth most."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "constant_memory": False, "strings_to_formulas": False})
    book.set_properties({"created": snapshot.campaign.period(snapshot.paths.period).moment.replace(tzinfo=None)})
    sheet = book.add_worksheet("问题清单")
    look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D4DA", "font_size": 10}
    plain, fill_in = book.add_format(look), book.add_format({**look, "bg_color": "#FFFBE6"})
    head = book.add_format({**look, "bold": True, "bg_color": "#E8EDF4", "valign": "vcenter"})
    sheet.write(
        0,
        0,
        f"{snapshot.campaign.title} {month(snapshot.paths.period)} {TITLE}",
        book.add_format({"bold": True, "font_size": 14}),
    )
    sheet.write(
        1, 0, f"淡黄各栏由统计人员填写，填好后运行：python pipeline.py desk {snapshot.paths.printed} --take {NAME}"
    )
    for c, (name, width) in enumerate(HEADS):
        sheet.set_column(c, c, width, None, {"hidden": name == "编号"})
        sheet.write(HEAD_ROW - 1, c, name, head)
    names = [n for item in queue(snapshot).items for n in item.cause.findings]
    for r, name in enumerate(names, HEAD_ROW):
        line = _line(snapshot, r - HEAD_ROW + 1, name)
        sheet.set_row(r, 14 * max(1, *(-(-2 * len(str(t)) // w) for t, (_, w) in zip(line[:9], HEADS, strict=False))))
        for c, text in enumerate(line):
            sheet.write(r, c, text, fill_in if 9 <= c <= 12 else plain)
    last = HEAD_ROW + len(names) - 1
    sheet.data_validation(
        HEAD_ROW, 9, last, 9, {"validate": "list", "source": [ACCEPT, CORRECT, EXPLAIN, ASK, DISMISS]}
    )
    sheet.freeze_panes(HEAD_ROW, 2)
    sheet.autofilter(HEAD_ROW - 1, 0, last, len(HEADS) - 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return sink.getvalue()


def _line(snapshot: Snapshot, number: int, name: str) -> tuple[object, ...]:
    f = snapshot.findings[name]
    form = snapshot.form(f)
    spot = label(form, f.row, f.field) if form is not None else "工作总结" if f.form == "summary" else ""
    place = place_in_words(f.file, f.sheet, f.cell)
    message = f"{f.message}。{f.suggestion}" if f.suggestion else f.message
    return (
        number, snapshot.unit_name(f.unit), form.number if form is not None else "", spot, SEVERITIES[f.severity], message,
        f.found, _proposed(snapshot, f), place, "", "", "", "", name,
    )  # fmt: skip


def _proposed(snapshot: Snapshot, finding: Finding) -> str:
    """What the finding's own cell should say, where that is the likeliest repair."""
    home, there = home_of(snapshot, finding)
    own = home.findings[there]
    for proposal in proposals(home, own)[:1]:
        cells = [(c.row, c.field) for c in proposal.changes]
        if cells == [(own.row, own.field)]:
            return proposal.changes[0].new or "（空白）"
    return ""


def take_back(snapshot: Snapshot, path: Path, by: Author) -> list[Outcome]:
    """Writes down what was decided in the list at `path`, line by line. Refusal if it is no such list."""
    return [_taken(snapshot, row, line, by) for row, line in _decided(path)]


def rows_of(path: Path, name: str) -> list[tuple[object, ...]]:
    """The values of a workbook's first sheet; asked in the process that opens what others have had in their hands."""
    import openpyxl  # here: whoever writes the list need not wait for what reads one

    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def _decided(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(row, column -> text) of the lines in which something was decided."""
    try:
        rows = asked(rows_of, path)
    except UnreadableFile as e:
        raise Refusal(f"打不开 {path}", "请用 check 写出的问题清单.xlsx") from e
    heads = [str(v or "") for v in rows[HEAD_ROW - 1]] if len(rows) >= HEAD_ROW else []
    if not {"处理", "更正为", "编号"} <= set(heads):
        raise Refusal(f"{path} 不是问题清单", "请用 check 写出的问题清单.xlsx，不要改动表头")
    for number, row in enumerate(rows[HEAD_ROW:], HEAD_ROW + 1):
        line = {h: "" if v is None else _text(v) for h, v in zip(heads, row, strict=False)}
        if line["处理"] or line["更正为"]:
            yield number, line


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _taken(snapshot: Snapshot, row: int, line: dict[str, str], by: Author) -> Outcome:
    name, author = line["编号"], Author(line["经办人"] or by.who, by.when)
    snapshot = as_written(snapshot)  # with what the lines before this one wrote
    try:
        if name not in snapshot.findings:
            raise Refusal("这一条已经没有了", "可能已经更正；请重新核对后用新的清单")
        home, there = _where(snapshot, name, line["处理"])
        sentence = _decide(home, there, line, author) + written_in(home, snapshot)
        period = home.paths.period if home is not snapshot else ""
        return Outcome(row, sentence, number=line["序号"], period=period)
    except (Refusal, TallyError) as e:
        return Outcome(row, f"{e.fact}；{e.remedy}", True, line["序号"])


def _where(snapshot: Snapshot, name: str, what: str) -> tuple[Snapshot, str]:
    """The period in which the finding is open, and its name there; questions are put in the list's own."""
    if what == ASK:
        return snapshot, name
    home, (there,) = home_of_all(snapshot, [name])
    return home, there


def _decide(snapshot: Snapshot, name: str, line: dict[str, str], by: Author) -> str:
    """What was written, in a sentence."""
    what, text = line["处理"] or CORRECT, line["理由、说明或问话"]
    if what == ACCEPT:
        return _accepted(snapshot, name, text, by)
    if what == CORRECT:
        return _corrected(snapshot, name, [_own_cell(snapshot, name, line["更正为"])], text, by)
    if what == EXPLAIN:
        return decisions.explain(snapshot, [name], text, by).sentence
    if what == DISMISS:
        return decisions.dismiss(snapshot, [name], text, by).sentence
    if what == ASK:
        return decisions.ask(snapshot, [name], text, CHANNELS[1], by).sentence
    raise Refusal(f"没有“{what}”这种处理", f"可用：{ACCEPT}、{CORRECT}、{EXPLAIN}、{ASK}、{DISMISS}")


def _accepted(snapshot: Snapshot, name: str, text: str, by: Author) -> str:
    """The likeliest repair, as the page offers it first."""
    offered = proposals(snapshot, snapshot.findings[name])
    if not offered:
        raise Refusal("这一条没有可以采纳的建议", f"请选“{CORRECT}”并填写“更正为”，或写明说明")
    return _corrected(snapshot, name, offered[0].changes, text or f"采纳核对建议：{offered[0].why}", by)


def _corrected(snapshot: Snapshot, name: str, changes: Sequence[Change], text: str, by: Author) -> str:
    """The correction, with the faults that the page would have shown before it was saved."""
    finding = snapshot.findings[name]
    after = effect(snapshot, finding.unit, changes)
    place = (finding.row, finding.field, finding.rule)
    stays = [s.message for s in after.stays if (s.row, s.field, s.rule) == place]
    wrong = "；".join((*stays, *after.raised))
    sentence = decisions.correct(snapshot, [name], changes, text, by).sentence
    return f"{sentence}（注意：更正后仍有问题：{wrong}）" if wrong else sentence


def _own_cell(snapshot: Snapshot, name: str, new: str) -> Change:
    """The change of the finding's own cell."""
    finding = snapshot.findings[name]
    form = snapshot.form(finding)
    view = snapshot.view(finding.unit, form) if form is not None and finding.unit else None
    if view is None or form is None or finding.row not in view.index or not finding.field:
        raise Refusal("这一条没有可以更正的格子", "请询问单位补报，或写明说明")
    old = guard(view, view.index[finding.row], finding.field)
    return Change(form.name, finding.row, finding.field, old, "" if new == "（空白）" else new)
