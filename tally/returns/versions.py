"""Which of the tables that came for a form are counted: parts are joined, of versions the latest is taken.

Left out, each with a finding: a sheet of another period, a hidden sheet beside a visible one, a copy of the same
content, a version that a later one replaced. Where the order of versions cannot be told, that is an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tally.declare import Campaign, Form, Period
from tally.model import Finding, RawTable, ReceivedFile
from tally.returns.candidates import Candidate, about, eligible, stem, where_of
from tally.returns.divisions import without_parts
from tally.returns.records import contents, filled, numbers, pairs, records_of, senses
from tally.returns.rivals import is_extract, not_replaced, with_rivals
from tally.returns.undone import undone
from tally.writing.characters import narrow
from tally.writing.firms import text_key

_LATER = re.compile(
    r"更正|修改|修正|修订|订正|重报|补正|改后|最终|终稿|定稿|新版|再报|第二次|V[2-9]|v[2-9]|\((?:[2-9]|[1-9]\d)\)|的副本|_[2-9]$"
)
_AGAIN = 0.8  # share of records in both from which a list whose numbers go on is the same list once more
_MOST = 2_000  # records whose every cell is understood to tell whether two lists say the same
_NUMBERED = re.compile(r"(.*)\((\d)\)")
_COPY = re.compile(r"\(([2-9]|[1-9]\d)\)$")  # 报表（3）.xlsx came after 报表（2）.xlsx


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted for one form of one unit, and what was said about the rest."""

    counted: tuple[Candidate, ...]
    superseded: tuple[ReceivedFile, ...] = ()
    findings: tuple[Finding, ...] = ()


def choose(campaign: Campaign, period: Period, form: Form, candidates: Sequence[Candidate]) -> Counted:
    """The tables to count for `form`, out of all that one unit sent."""
    findings: list[Finding] = []
    current = eligible(campaign, period, form, candidates, findings)
    current = without_parts(campaign, form, current, findings)
    by_file: dict[str, list[Candidate]] = {}
    for c in current:
        by_file.setdefault(c.file.path, []).append(c)
    within = [_within_file(form, group, findings) for group in by_file.values()]
    counted, replaced = _resolve(form, within, findings)
    used = {c.file.path for c in counted}
    superseded = tuple({c.file.path: c.file for c in replaced if c.file.path not in used}.values())
    return Counted(tuple(counted), superseded, tuple(findings))


def _within_file(form: Form, tables: Sequence[Candidate], findings: list[Finding]) -> list[Candidate]:
    """Of the tables of one file those that count."""
    return _resolve(form, [[c] for c in tables], findings)[0]


def _resolve(
    form: Form, groups: list[list[Candidate]], findings: list[Finding]
) -> tuple[list[Candidate], list[Candidate]]:
    """(counted, replaced): groups that complete one another are joined, of groups that repeat one another one is taken."""
    counted: list[Candidate] = []
    replaced: list[Candidate] = []
    former: list[list[Candidate]] = []  # versions that a later one replaced as a whole
    for group in sorted(groups, key=lambda g: _order(g[0])):
        if not counted:
            counted = group
        elif same(form, counted, group):
            counted, again = _fuller(form, counted, group)
            findings.append(about(form, again[0], "returns.duplicate", other=where_of(counted[0])))
            replaced += again if again[0].file.path != counted[0].file.path else []
        elif (larger := _larger(form, counted, group)) is not None:
            smaller = group if larger is counted else counted
            findings.append(about(form, smaller[0], "returns.within", other=where_of(larger[0])))
            replaced += smaller if smaller[0].file.path != larger[0].file.path else []
            counted = larger
        elif _complete_each_other(form, counted, group, findings):
            counted = _joined(form, counted, group)
        elif old := next((f for f in former if same(form, f, group)), []):
            findings.append(
                about(form, group[0], "returns.former", former=where_of(old[0]), newer=where_of(counted[0]))
            )
            replaced += group
        else:
            between = counted
            counted, old = _later(form, counted, group, findings)
            findings += undone(form, group, between, former) if old is between and former else []
            former += [between] * (old is between)
            replaced += old
    return counted, replaced


def _tables(group: Sequence[Candidate]) -> list[RawTable]:
    return [c.table for c in group]


def same(form: Form, a: Sequence[Candidate], b: Sequence[Candidate]) -> bool:
    """Whether two versions say the same, however it is written."""
    ours, theirs = contents(form, _tables(a)), contents(form, _tables(b))
    if ours == theirs:
        return True
    return len(ours) == len(theirs) <= _MOST and senses(form, _tables(a)) == senses(form, _tables(b))


def _fuller(form: Form, a: list[Candidate], b: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Of two that say the same the one that leaves less blank, else the later, in which what stands around the records may
    be mended; then the other."""
    ours, theirs = filled(form, _tables(a)), filled(form, _tables(b))
    return (b, a) if (theirs, _order(b[0])) > (ours, _order(a[0])) else (a, b)


def _larger(form: Form, a: list[Candidate], b: list[Candidate]) -> list[Candidate] | None:
    """Of two lists the one of which the other is an extract; in one file the one that holds every record of the other, word
    for word; None if neither does."""
    if is_extract(form, b, a):
        return a
    if is_extract(form, a, b):
        return b
    if form.layout != "list" or a[0].file.path != b[0].file.path:
        return None
    ours, theirs = _unnumbered(form, a), _unnumbered(form, b)
    if not ours or not theirs:
        return None
    return a if theirs < ours else b if ours < theirs else None


def _unnumbered(form: Form, group: Sequence[Candidate]) -> set[tuple[str, ...]]:
    """What the records say, without their numbers."""
    names = [f.name for f in form.fields if f.kind != "seq"]
    contents: set[tuple[str, ...]] = set()
    for record in records_of(form, _tables(group)):
        contents.add(tuple(text_key(record.texts[name]) for name in names))
    return contents


def _complete_each_other(form: Form, a: list[Candidate], b: list[Candidate], findings: list[Finding]) -> bool:
    """True for pages or parts: no category in both; of lists, numbers that go on and hardly a record in both."""
    if form.layout == "matrix":
        return not _keys(a) & _keys(b) or not _fields(a) & _fields(b)
    records = records_of(form, _tables(a)), records_of(form, _tables(b))
    if not records[0] or not records[1]:
        return True
    ours, theirs = numbers(_tables(a)), numbers(_tables(b))
    goes_on = bool(ours and theirs) and (min(theirs) > max(ours) or min(ours) > max(theirs))
    if goes_on and a[0].file.path == b[0].file.path:
        return True  # pages of one file
    same = len(pairs(form, *records))
    if goes_on:
        return same < _AGAIN * max(len(records[0]), len(records[1]))
    again = same / min(len(records[0]), len(records[1]))
    if _order(a[0])[1] != _order(b[0])[1] and a[0].file.path != b[0].file.path and not _numbered(a[0], b[0]):
        return False  # one of them calls itself 更正, 最终 or (2)
    if again >= 0.5:
        return False
    if ours and theirs:
        findings.append(about(form, b[0], "returns.parts", other=where_of(a[0])))
    return True


def _keys(group: Sequence[Candidate]) -> set[str]:
    return {key for c in group for key, _ in c.table.rows}


def _fields(group: Sequence[Candidate]) -> set[str]:
    return {column.field for c in group for column in c.table.columns}


def _numbered(a: Candidate, b: Candidate) -> bool:
    """True for files called (1) and (2), which are parts as often as versions."""
    ours, theirs = (_NUMBERED.fullmatch(narrow(stem(c.table.grid.file))) for c in (a, b))
    return ours is not None and theirs is not None and ours[1] == theirs[1]


def _joined(form: Form, a: list[Candidate], b: list[Candidate]) -> list[Candidate]:
    """The parts of a list in the order of their own numbers."""
    if form.layout == "list":
        ours, theirs = numbers(_tables(a)), numbers(_tables(b))
        if ours and theirs and max(theirs) < min(ours):
            return b + a
    return a + b


def _later(
    form: Form, a: list[Candidate], b: list[Candidate], findings: list[Finding]
) -> tuple[list[Candidate], list[Candidate]]:
    """(what counts, what is left out) of two versions: the later by the day received, then by 更正, 最终, (2) in the name.

    A later one that holds only the corrected rows takes their place. Where nobody can tell which is the later, what the
    two say differently is not taken.
    """
    order_a, order_b = _order(a[0]), _order(b[0])
    newer, older = (b, a) if (order_b, numbers(_tables(b))[:1]) >= (order_a, numbers(_tables(a))[:1]) else (a, b)
    if order_a == order_b:
        findings.append(about(form, newer[0], "returns.versions", other=where_of(older[0])))
        return with_rivals(form, newer, older), older
    if (rest := not_replaced(form, newer, older)) is not None:
        count = sum(len(c.table.rows) for c in newer)
        findings.append(about(form, newer[0], "returns.part_replaced", count=count, older=where_of(older[0])))
        return [*newer, *rest] if form.layout == "matrix" else [*rest, *newer], []
    by_name = order_a[0] == order_b[0]
    why = "文件名表明较新" if by_name else "后来报送"
    kind = "returns.replaced/by_name" if by_name else "returns.replaced"
    findings.append(about(form, older[0], kind, why=why, newer=where_of(newer[0])))
    return newer, older


def _order(c: Candidate) -> tuple:
    name = narrow(stem(c.table.grid.file)) + " " + narrow(c.table.grid.sheet)
    copy = _COPY.search(narrow(stem(c.table.grid.file)))
    return c.file.received, len(_LATER.findall(name)), int(copy[1]) if copy else 0
