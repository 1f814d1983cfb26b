"""What is decided, as lines in the files that people keep: corrections, explanations, the query log; and taking it back.

Every function checks before it writes and writes whole or not at all. Each line carries who and when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tally.campaigns.words import WORDS
from tally.check.acceptances import ACCEPTANCES
from tally.check.corrections import CORRECTIONS, explains_nothing
from tally.check.explanations import EXPLANATIONS
from tally.check.queries import ANSWERED, ASKED, CHANNELS, QUERIES
from tally.check.remarks import REMARKS
from tally.check.verdicts import NO_FAULT
from tally.clean import clean_cell
from tally.desk.refusal import Refusal
from tally.desk.repairs import Change, guard, label
from tally.desk.snapshot import Snapshot
from tally.errors import TallyError
from tally.model import Finding
from tally.paths import Paths
from tally.store.lines import Columns, Lines, append, put_back, read, take_back, take_out

# What a decision may add to: the file and its columns.
FILES: dict[str, tuple[Callable[[Paths], Path], Columns]] = {
    "corrections": (lambda p: p.corrections, CORRECTIONS),
    "explanations": (lambda p: p.explanations, EXPLANATIONS),
    "queries": (lambda p: p.queries, QUERIES),
    "mappings": (lambda p: p.mappings, WORDS),
    "acceptances": (lambda p: p.acceptances, ACCEPTANCES),
    "remarks": (lambda p: p.remarks, REMARKS),
}


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, and the day."""

    who: str
    when: str

    def __post_init__(self):
        if not self.who.strip():
            raise Refusal("没有写明经办人", "请先在右上角填写姓名")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was written: `text` in the file of `FILES`, about the findings of these names. `sentence` says it to people."""

    file: str
    text: str
    findings: tuple[str, ...]
    sentence: str
    period: str = ""  # whose file it is; "": the desk's own
    line: int = 0  # where the text was taken out; 0: it was added


def correct(snapshot: Snapshot, names: Sequence[str], changes: Sequence[Change], reason: str, by: Author) -> Decision:
    """Guarded lines in the corrections file. Refused: an unreadable value, an empty reason, a cell that says something else
    by now or that is corrected already."""
    finding = snapshot.findings[names[0]]
    if explains_nothing(reason):
        raise Refusal(f"更正理由没有内容：“{reason}”", "请写明依据，如“县局6月3日来电更正”")
    records = [_correction(snapshot, finding.unit, change, reason, by) for change in changes]
    sentence = "；".join(_told(snapshot, finding, change) for change in changes)

    def allowed(lines: Lines) -> None:
        for record in records:
            _refuse_second(snapshot, record, lines)

    return write(snapshot, "corrections", names, records, f"更正 {sentence}", allowed)


def _correction(snapshot: Snapshot, unit: str, change: Change, reason: str, by: Author) -> dict[str, str]:
    form = snapshot.campaign.form(change.form)
    view = snapshot.view(unit, form)
    if view is None or change.row not in view.index:
        raise Refusal(f"{label(form, change.row, change.field)}不在表中，不能更正", "缺的行或表请单位补报")
    now = guard(view, view.index[change.row], change.field)
    if now != change.old:
        raise Refusal(f"表中现在是“{now}”，不是“{change.old}”", "请刷新后再决定")
    refuse_unreadable(snapshot, change)
    where = {"unit": unit, "form": change.form, "row": change.row, "field": change.field}
    return where | {"old": change.old, "new": change.new, "reason": reason, "who": by.who, "when": by.when}


def refuse_unreadable(snapshot: Snapshot, change: Change) -> None:
    """A value is typed as it would have to stand in the cell: one that cannot be read exactly is no correction."""
    form = snapshot.campaign.form(change.form)
    reading = clean_cell(change.new or None, form.field(change.field))
    remark = reading.remark
    if reading.state == "unreadable" or (remark is not None and remark.severity != "note"):
        problem = remark.message if remark else f"“{change.new}”读不出来"
        raise Refusal(f"{form.field(change.field).label}：{problem}", remark.suggestion if remark else "")


def _refuse_second(snapshot: Snapshot, record: dict[str, str], lines: Lines) -> None:
    place = ("unit", "form", "row", "field")
    for number, line in lines.records:
        if all(line.get(c) == record[c] for c in place) and line.get("old") == record["old"]:
            where = label(snapshot.campaign.form(record["form"]), record["row"], record["field"])
            raise Refusal(f"{where}已由{line.get('who')}更正为“{line.get('new')}”（第 {number} 行）", "请刷新后再看")


def _told(snapshot: Snapshot, finding: Finding, change: Change) -> str:
    where = label(snapshot.campaign.form(change.form), change.row, change.field)
    return f"{snapshot.unit_name(finding.unit)}{where}：{change.old or '空白'} → {change.new or '空白'}"


def explain(snapshot: Snapshot, names: Sequence[str], text: str, by: Author) -> Decision:
    """Lines in the explanations file that answer the findings; words that explain nothing are refused."""
    if explains_nothing(text):
        raise Refusal(f"说明没有内容，不予采纳：“{text}”", "请写明具体原因和依据，只写“核实无误”“属实”的不采纳")
    findings = [snapshot.findings[n] for n in names]
    common = {"explanation": text, "who": by.who, "when": by.when}
    records = [place | common for place in _places(findings)]
    lead = f"说明 {snapshot.unit_name(findings[0].unit)} {len(findings)} 处：{text}"
    return write(snapshot, "explanations", names, records, lead)


def dismiss(snapshot: Snapshot, names: Sequence[str], text: str, by: Author) -> Decision:
    """An explanation that says that the finding was none: it counts against its rule."""
    if explains_nothing(text):
        raise Refusal(f"没有写明为什么不是问题：“{text}”", "写明具体原因，程序才能记住，下次不再问")
    return explain(snapshot, names, f"{NO_FAULT}{text}", by)


def _places(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """The places that explanations name: several warnings of one rule and column in a return are one line without row."""
    places: dict[tuple[str, ...], dict[str, str]] = {}
    for f in findings:
        alike = [o for o in findings if (o.unit, o.form, o.rule, o.field) == (f.unit, f.form, f.rule, f.field)]
        wide = len(alike) > 1 and all(o.severity == "warning" for o in alike)
        place = {"unit": f.unit, "form": f.form, "row": "" if wide else f.row, "field": f.field, "rule": f.rule}
        places.setdefault(tuple(place.values()), place)
    return list(places.values())


def ask(snapshot: Snapshot, names: Sequence[str], text: str, channel: str, by: Author) -> Decision:
    """Questions in the query log; the next reminder puts them."""
    return _log(snapshot, names, ASKED, text or snapshot.findings[names[0]].message, channel, by)


def answer(snapshot: Snapshot, names: Sequence[str], text: str, channel: str, by: Author) -> Decision:
    """What a unit said to a question."""
    if not text.strip():
        raise Refusal("没有写答复的内容", "请写明单位怎样答复")
    return _log(snapshot, names, ANSWERED, text, channel, by)


def _log(snapshot: Snapshot, names: Sequence[str], what: str, text: str, channel: str, by: Author) -> Decision:
    if channel not in CHANNELS:
        raise Refusal(f"没有“{channel}”这种方式", f"可用：{'、'.join(CHANNELS)}")
    findings = [snapshot.findings[n] for n in names]
    if nobody := [f for f in findings if not f.unit]:
        raise Refusal(f"不知道该问谁：{nobody[0].message}", "请先在 received.csv 写明文件属于哪个单位")
    common = {"what": what, "text": text, "channel": channel, "who": by.who, "when": by.when}
    records = []
    for f in findings:
        records.append({"unit": f.unit, "form": f.form, "row": f.row, "field": f.field, "rule": f.rule} | common)
    names_of_units = "、".join(dict.fromkeys(snapshot.unit_name(f.unit) for f in findings))
    return write(snapshot, "queries", names, records, f"{what} {names_of_units}：{text[:60]}")


def write(
    snapshot: Snapshot,
    file: str,
    names: Sequence[str],
    records: Sequence[dict[str, str]],
    sentence: str,
    allowed: Callable[[Lines], None] = lambda lines: None,
) -> Decision:
    """Adds the records to a file of `FILES`, all or none."""
    place, columns = FILES[file]
    text = append(place(snapshot.paths), columns, records, allowed)
    return Decision(file, text, tuple(names), sentence)


def own_line(snapshot: Snapshot, finding: Finding) -> tuple[str, int] | None:
    """The file of `FILES` and the line that a finding about our own writing names; None for any other finding."""
    file = finding.rule.split(".")[0]
    if file in FILES and finding.file == FILES[file][0](snapshot.paths).name and finding.cell[1:].isdigit():
        return file, int(finding.cell[1:])
    return None


def dropped(snapshot: Snapshot, finding: Finding) -> bool:
    """Whether the line of ours that a finding names has gone since."""
    line = own_line(snapshot, finding)
    if line is None:
        return False
    place, columns = FILES[line[0]]
    return line[1] not in [at for at, _ in read(place(snapshot.paths), columns).records]


def drop(snapshot: Snapshot, names: Sequence[str]) -> Decision:
    """Takes out a line of ours that no longer fits. Refused for a finding about anything else."""
    line = own_line(snapshot, snapshot.findings[names[0]])
    if line is None:
        raise Refusal("这一条说的不是本局文件中的一行", "请刷新后再看")
    place, columns = FILES[line[0]]
    path = place(snapshot.paths)
    text = take_out(path, columns, line[1])
    return Decision(line[0], text, tuple(names), f"删去 {path.name} 第 {line[1]} 行", line=line[1])


def undo(paths: Paths, decision: Decision) -> None:
    """Takes back exactly what the decision wrote, or puts back what it took out; TallyError if somebody changed it since."""
    place, columns = FILES[decision.file]
    if decision.line:
        put_back(place(paths), columns, decision.line, decision.text)
    else:
        take_back(place(paths), columns, decision.text)


def check_files(paths: Paths) -> list[str]:
    """What is wrong with each of the files, in words; [] if all can be read."""
    problems = []
    for place, columns in FILES.values():
        try:
            read(place(paths), columns)
        except TallyError as e:
            problems.append(f"{e.fact}。{e.remedy}")
    return problems
