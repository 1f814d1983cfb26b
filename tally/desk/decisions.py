"""What is decided, as lines in the files that people keep: corrections, explanations, the query log; and taking it back.

Every function checks before it writes and writes whole or not at all. Each line carries who and when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tally.check.corrections import explains_nothing
from tally.check.queries import ANSWERED, ASKED, CHANNELS, load_queries
from tally.check.verdicts import NO_FAULT
from tally.clean import clean_cell
from tally.desk.own_lines import FILES, OwnLine, lines_of, own_lines
from tally.desk.readings import Change
from tally.desk.refusal import Refusal
from tally.desk.repairs import guard, label
from tally.desk.snapshot import Snapshot, key_of
from tally.errors import TallyError
from tally.model import Finding
from tally.paths import Paths
from tally.store.lines import Lines, exchange, read, restore


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
    taken: tuple[tuple[int, str], ...] = ()  # lines that were taken out for it, each with its text


def correct(
    snapshot: Snapshot,
    names: Sequence[str],
    changes: Sequence[Change],
    reason: str,
    by: Author,
    instead: Sequence[str] = (),
) -> Decision:
    """Guarded lines in the corrections file, in place of those that `instead` names. One that would say again what the unit
    wrote is not needed: the line that said otherwise goes.

    Refused: an unreadable value, an empty reason, a cell that says something else by now or that a line not named in
    `instead` corrects already.
    """
    finding = snapshot.findings[names[0]]
    if explains_nothing(reason):
        raise Refusal(f"更正理由没有内容：“{reason}”", "请写明依据，如“县局6月3日来电更正”")
    places = [_place(finding.unit, change) for change in changes]
    lines = lines_at(snapshot, "corrections", places)
    records = []
    for place, change in zip(places, changes, strict=True):
        line = next((one for one in reversed(lines) if one.place == place), None)
        record = _correction(snapshot, finding.unit, change, line)
        if _needed(record, line):
            records.append(record | {"reason": reason, "who": by.who, "when": by.when})
    sentence = "；".join(_told(snapshot, finding, change) for change in changes)
    said = f"更正 {sentence}" if records else f"恢复单位所报 {sentence}"
    return write(snapshot, "corrections", names, records, said, places, instead)


def _needed(record: dict[str, str], line: OwnLine | None) -> bool:
    """Whether a record says anything once `line` is gone: one that gives the unit's own writing back does not."""
    return line is None or record["new"] != record["old"] or line.record["new"] == line.record["old"]


def _place(unit: str, change: Change) -> tuple[str, ...]:
    return unit, change.form, change.row, change.field


def _correction(snapshot: Snapshot, unit: str, change: Change, line: OwnLine | None) -> dict[str, str]:
    """The change as a record, without its signature; it quotes what the unit wrote, also where `line` changed it."""
    form = snapshot.campaign.form(change.form)
    view = snapshot.view(unit, form)
    if view is None or change.row not in view.index:
        raise Refusal(f"{label(form, change.row, change.field)}不在表中，不能更正", "缺的行或表请单位补报")
    at = view.index[change.row]
    now = guard(view, at, change.field)
    if now != change.old:
        raise Refusal(f"表中现在是“{now}”，不是“{change.old}”", "请刷新后再决定")
    refuse_unreadable(snapshot, change)
    where = {"unit": unit, "form": change.form, "row": change.row, "field": change.field}
    old = line.record["old"] if line is not None and view.settled(at, change.field) else change.old
    return where | {"old": old, "new": change.new}


def refuse_unreadable(snapshot: Snapshot, change: Change) -> None:
    """A value is typed as it would have to stand in the cell: one that cannot be read exactly is no correction."""
    form = snapshot.campaign.form(change.form)
    reading = clean_cell(change.new or None, form.field(change.field))
    remark = reading.remark
    if reading.state == "unreadable" or (remark is not None and remark.severity != "note"):
        problem = remark.message if remark else f"“{change.new}”读不出来"
        raise Refusal(f"{form.field(change.field).label}：{problem}", remark.suggestion if remark else "")


def _told(snapshot: Snapshot, finding: Finding, change: Change) -> str:
    where = label(snapshot.campaign.form(change.form), change.row, change.field)
    return f"{snapshot.unit_name(finding.unit)}{where}：{change.old or '空白'} → {change.new or '空白'}"


def explain(snapshot: Snapshot, names: Sequence[str], text: str, by: Author, instead: Sequence[str] = ()) -> Decision:
    """Lines in the explanations file that answer the findings, in place of those of the same places that `instead` names;
    words that explain nothing are refused."""
    if explains_nothing(text):
        raise Refusal(f"说明没有内容，不予采纳：“{text}”", "请写明具体原因和依据，只写“核实无误”“属实”的不采纳")
    findings = [snapshot.findings[n] for n in names]
    common = {"explanation": text, "who": by.who, "when": by.when}
    places = _places(findings)
    lead = f"说明 {snapshot.unit_name(findings[0].unit)} {len(findings)} 处：{text}"
    records = [place | common for place in places]
    return write(snapshot, "explanations", names, records, lead, [tuple(p.values()) for p in places], instead)


def dismiss(snapshot: Snapshot, names: Sequence[str], text: str, by: Author, instead: Sequence[str] = ()) -> Decision:
    """An explanation that says that the finding was none: it counts against its rule."""
    if explains_nothing(text):
        raise Refusal(f"没有写明为什么不是问题：“{text}”", "写明具体原因，程序才能记住，下次不再问")
    return explain(snapshot, names, f"{NO_FAULT}{text}", by, instead)


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
    last = {query.key: query for query in load_queries(snapshot.paths.queries)}
    records = []
    for f in findings:
        open_one = last.get(key_of(f))
        if open_one is None or (open_one.what, open_one.text, open_one.channel) != (what, text, channel):
            records.append({"unit": f.unit, "form": f.form, "row": f.row, "field": f.field, "rule": f.rule} | common)
    if not records:
        raise Refusal(
            f"{last[key_of(findings[0])].when}已经这样记过：{text[:40]}", "换一种方式再问，请改“方式”或问的话"
        )
    names_of_units = "、".join(dict.fromkeys(snapshot.unit_name(f.unit) for f in findings))
    return write(snapshot, "queries", names, records, f"{what} {names_of_units}：{text[:60]}")


def lines_at(snapshot: Snapshot, file: str, places: Sequence[tuple[str, ...]]) -> list[OwnLine]:
    """The lines of a file that stand at these places, in their order: the last of a place is the one that holds."""
    return [line for line in lines_of(snapshot.campaign, snapshot.paths, file) if line.place in places]


def write(
    snapshot: Snapshot,
    file: str,
    names: Sequence[str],
    records: Sequence[dict[str, str]],
    sentence: str,
    places: Sequence[tuple[str, ...]] = (),
    instead: Sequence[str] = (),
    allowed: Callable[[], None] = lambda: None,
) -> Decision:
    """Adds the records to a file of `FILES`, all or none. The lines that stand at `places` go where `instead` names them;
    one that the person has not seen is refused."""
    place, columns = FILES[file]
    lines = lines_at(snapshot, file, places)

    def unchanged(now: Lines) -> None:
        allowed()
        for line in lines_at(snapshot, file, places):
            if line.name not in instead or line not in lines:
                said = f"{line.where}已由{line.record['who']}{line.what}：{line.says}（第 {line.number} 行）"
                raise Refusal(said, "请刷新后再看")

    out = [line.number for line in lines]
    text, taken = exchange(place(snapshot.paths), columns, records, out, unchanged)
    if out:
        sentence += f"（{'代替' if records else '删去'}第 {'、'.join(map(str, out))} 行）"
    return Decision(file, text, tuple(names), sentence, taken=taken)


def drop(snapshot: Snapshot, names: Sequence[str], line: str) -> Decision:
    """Takes out the line of ours that is called `line`. Refused where it says something else by now or is gone."""
    known = next((one for one in own_lines(snapshot.campaign, snapshot.paths) if one.name == line), None)
    if known is None:
        raise Refusal("这一行已经没有了，或者已经改过", "请刷新后再看")
    place, columns = FILES[known.file]
    _, taken = exchange(place(snapshot.paths), columns, (), (known.number,))
    return Decision(known.file, "", tuple(names), f"删去{known.what} {known.where}：{known.says}", taken=taken)


def undo(paths: Paths, decision: Decision) -> None:
    """Takes back exactly what the decision wrote, puts back what it took out; TallyError if somebody changed it since."""
    place, columns = FILES[decision.file]
    restore(place(paths), columns, decision.text, decision.taken)


def check_files(paths: Paths) -> list[str]:
    """What is wrong with each of the files, in words; [] if all can be read."""
    problems = []
    for place, columns in FILES.values():
        try:
            read(place(paths), columns)
        except TallyError as e:
            problems.append(f"{e.fact}。{e.remedy}")
    return problems
