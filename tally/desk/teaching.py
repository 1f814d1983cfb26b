"""What the desk may learn from a finding: a writing and what it means, once a person has confirmed it.

A line in the mappings; from the next check on, and in every later period, the writing is read so and told in a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tally.campaigns.words import CHOICE, FIRM, HEADER, ROW, UNIT, Word, contradiction, words
from tally.declare import Form
from tally.desk.decisions import Author, Decision, write
from tally.desk.refusal import Refusal
from tally.desk.snapshot import Snapshot
from tally.model import Finding
from tally.rules.view import values_of

MOST_FIRMS = 200  # offered to choose from


@dataclass(frozen=True)
class Lesson:
    """A writing that could be confirmed: what it may mean (value, label), the likeliest first."""

    kind: str
    form: str
    field: str
    written: str
    options: tuple[tuple[str, str], ...]


def lesson(snapshot: Snapshot, finding: Finding) -> Lesson | None:
    """What could be learnt from the finding, None if nothing."""
    form = snapshot.form(finding)
    if finding.rule == "intake.unknown_unit" and finding.unit:
        return Lesson(UNIT, "", "", finding.found, ((finding.unit, snapshot.unit_name(finding.unit)),))
    if form is None or not finding.found:
        return None
    if finding.rule in ("form.column_guessed", "form.unknown_column"):
        return Lesson(HEADER, form.name, "", finding.found, _fields(form, finding.field))
    if finding.rule in ("form.row_guessed", "form.unknown_row"):
        return Lesson(ROW, form.name, "", finding.found, _rows(form, finding.row))
    field = next((f for f in form.fields if f.name == finding.field), None)
    if field is not None and field.choices and finding.rule in ("cell.not_choice", "cell.choice_words"):
        return Lesson(CHOICE, form.name, field.name, finding.found, tuple((c.name, c.name) for c in field.choices))
    if finding.rule.endswith(".firm_in_roster"):
        return Lesson(FIRM, form.name, finding.field, finding.found, _firms(snapshot, finding))
    return None


def _fields(form: Form, guessed: str) -> tuple[tuple[str, str], ...]:
    fields = sorted(form.fields, key=lambda f: f.name != guessed)
    return tuple((f.name, f.label) for f in fields)


def _rows(form: Form, guessed: str) -> tuple[tuple[str, str], ...]:
    rows = sorted(form.categories, key=lambda c: c.name != guessed)
    return tuple((c.name, c.label) for c in rows)


def _firms(snapshot: Snapshot, finding: Finding) -> tuple[tuple[str, str], ...]:
    """The firms that the unit lists in its other forms under the same heading."""
    names: dict[str, None] = {}
    for form in snapshot.campaign.forms:
        frame = snapshot.tables.forms[form.name]
        if form.name != finding.form and finding.field in frame:
            mine = frame.loc[frame["unit"] == finding.unit, finding.field]
            names |= dict.fromkeys(v for v in values_of(mine) if v)
    return tuple((name, name) for name in list(names)[:MOST_FIRMS])


def learn(
    snapshot: Snapshot, names: Sequence[str], means: str, everywhere: bool, by: Author, instead: Sequence[str] = ()
) -> Decision:
    """A line in the mappings, in place of one of the same writing that `instead` names; refused where it contradicts a
    declaration or another line."""
    finding = snapshot.findings[names[0]]
    candidate = lesson(snapshot, finding)
    if candidate is None:
        raise Refusal("这一条没有可以记住的写法", "请更正或说明")
    if not means:
        raise Refusal(f"没有选“{candidate.written}”就是什么", "请选定后再保存")
    unit = "" if everywhere else finding.unit
    word = Word(candidate.kind, candidate.form, candidate.field, candidate.written, means, unit, by.who, by.when)

    place = (word.kind, word.form, word.field, word.written, word.unit)

    def allowed() -> None:
        known = words(snapshot.paths.mappings, snapshot.campaign)
        others = [w for w in known if (w.kind, w.form, w.field, w.written, w.unit) != place]
        if why := contradiction(snapshot.campaign, word, others):
            raise Refusal(f"不能记住：{why}", "规定的写法不能改作别的意思")

    where = "所有单位" if everywhere else snapshot.unit_name(finding.unit)
    label = dict(candidate.options).get(means, means)
    sentence = f"记住{where}的写法：“{candidate.written}”即“{label}”"
    return write(snapshot, "mappings", names, [asdict(word)], sentence, [place], instead, allowed)
