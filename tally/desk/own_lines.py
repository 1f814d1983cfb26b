"""What the bureau itself wrote, line by line: corrections, explanations, questions, remembered writings; and which of them bear on a finding.

A line is known by a short name of its text and place in the file: what was looked at is what is taken out or replaced.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tally.campaigns.words import WORDS
from tally.check.acceptances import ACCEPTANCES
from tally.check.corrections import BLANK, CORRECTIONS, target_of
from tally.check.explanations import EXPLANATIONS
from tally.check.queries import QUERIES
from tally.check.remarks import REMARKS
from tally.check.verdicts import NO_FAULT
from tally.declare import Campaign, Form
from tally.desk.repairs import label
from tally.desk.snapshot import Snapshot, key_of
from tally.errors import TallyError
from tally.model import Finding
from tally.paths import Paths
from tally.store.lines import Columns, read

# What people and the desk add to: the file and its columns.
FILES: dict[str, tuple[Callable[[Paths], Path], Columns]] = {
    "corrections": (lambda p: p.corrections, CORRECTIONS),
    "explanations": (lambda p: p.explanations, EXPLANATIONS),
    "queries": (lambda p: p.queries, QUERIES),
    "mappings": (lambda p: p.mappings, WORDS),
    "acceptances": (lambda p: p.acceptances, ACCEPTANCES),
    "remarks": (lambda p: p.remarks, REMARKS),
}
# Of those, what stands beside a finding and can be taken out there; how it is called.
KINDS = {"corrections": "更正", "explanations": "说明", "queries": "询问", "mappings": "写法"}
DISMISSED = "不是问题"
USED = "words.used"  # the note that a remembered writing was read by
PLACES = {
    "corrections": ("unit", "form", "row", "field"),
    "explanations": ("unit", "form", "row", "field", "rule"),
    "mappings": ("kind", "form", "field", "written", "unit"),
}  # two lines that agree in these say something of the same


@dataclass(frozen=True)
class OwnLine:
    """One line of ours. `record` has the names that findings use, as far as the line can be meant; `says` is for people."""

    name: str
    file: str
    number: int
    what: str
    where: str
    says: str
    record: Mapping[str, str]

    @property
    def unit(self) -> str:
        return self.record["unit"]

    @property
    def place(self) -> tuple[str, ...]:
        """What the line is about, as `PLACES` tells it."""
        return tuple(self.record[c] for c in PLACES.get(self.file, ()))

    def shown(self) -> dict[str, Any]:
        """As the page has it."""
        some = {n: getattr(self, n) for n in ("name", "file", "what", "where", "says", "number", "unit")}
        signed = {n: self.record[n] for n in ("who", "when")}
        return (
            some
            | signed
            | {"new": self.record.get("new", ""), "cell": [self.record.get(c, "") for c in ("form", "row", "field")]}
        )


def own_lines(campaign: Campaign, paths: Paths) -> list[OwnLine]:
    """Every line of ours of the period, as the files say now; a file that cannot be meant is left out (the banner says so)."""
    return [line for file in KINDS for line in lines_of(campaign, paths, file)]


def lines_of(campaign: Campaign, paths: Paths, file: str) -> Iterator[OwnLine]:
    """The lines of one of `KINDS`."""
    place, columns = FILES[file]
    with suppress(TallyError):
        for number, written in read(place(paths), columns).records:
            yield _line(campaign, file, number, written)


def _line(campaign: Campaign, file: str, number: int, written: Mapping[str, str]) -> OwnLine:
    text = "\0".join((file, str(number), *written.values()))
    name, record = hashlib.sha1(text.encode()).hexdigest()[:12], dict(written)
    form = None
    with suppress(TallyError):  # what cannot be meant stands as it was written
        unit, form = target_of(record, campaign) if file != "mappings" else ("", _form(campaign, record["form"]))
        record |= {"unit": unit or record["unit"], "form": form.name if form else record["form"]}
    what = record["what"] if file == "queries" else KINDS[file]
    if record.get("explanation", "").startswith(NO_FAULT):
        what = DISMISSED
    return OwnLine(name, file, number, what, _where(form, record), _says(form, record, file), record)


def _form(campaign: Campaign, name: str) -> Form | None:
    return next((f for f in campaign.forms if f.name == name), None)


def _where(form: Form | None, record: Mapping[str, str]) -> str:
    """The cell as people call it; "" for a whole form or file."""
    row, field = record.get("row", ""), record.get("field", "")
    if form is None or not row:
        noun = next((f.noun for f in form.fields if f.name == field), "") if form else ""
        return (form.number if form else "") + (f"“{noun}”" if noun else "")
    with suppress(TallyError):
        return f"{form.number}{label(form, row, field)}"
    return form.number


def _says(form: Form | None, record: Mapping[str, str], file: str) -> str:
    if file == "corrections":
        return f"“{record['old'] or BLANK}”→“{record['new'] or BLANK}”（{record['reason']}）"
    if file == "explanations":
        return record["explanation"].removeprefix(NO_FAULT)
    if file == "queries":
        return record["text"]
    return f"{record['kind']}“{record['written']}”就是“{_meaning(form, record['means'])}”"


def _meaning(form: Form | None, means: str) -> str:
    """What a writing means, as people call it."""
    named = [(f.name, f.label) for f in form.fields] + [(c.name, c.label) for c in form.categories] if form else []
    return dict(named).get(means, means)


def bearing(snapshot: Snapshot, findings: Sequence[Finding], cells: Sequence[tuple[str, str, str]]) -> list[OwnLine]:
    """The lines that bear on the findings or on the cells (form, row, field) looked at, the nearest first, none twice."""
    every = own_lines(snapshot.campaign, snapshot.paths)
    asks = (_names_it, _at_cells(cells), _about, _named, _near)
    ordered = [line for ask in asks for line in every if any(ask(snapshot, f, line) for f in findings)]
    return list({line.name: line for line in ordered}.values())


Bears = Callable[[Snapshot, Finding, OwnLine], bool]


def _names_it(snapshot: Snapshot, finding: Finding, line: OwnLine) -> bool:
    return own_line(snapshot, finding) == (line.file, line.number)


def _at_cells(cells: Sequence[tuple[str, str, str]]) -> Bears:
    def at(snapshot: Snapshot, finding: Finding, line: OwnLine) -> bool:
        own = (finding.form, finding.row, finding.field)
        there = tuple(line.record.get(c, "") for c in ("form", "row", "field"))
        return line.file == "corrections" and line.unit == finding.unit and there in (own, *cells)

    return at


def _about(snapshot: Snapshot, finding: Finding, line: OwnLine) -> bool:
    """An explanation or a question of the finding's own place; a writing that the finding's cell is read by."""
    if line.file in ("explanations", "queries"):
        key, place = key_of(finding), tuple(line.record[c] for c in PLACES["explanations"])
        roomy = finding.severity != "error" and line.file == "explanations"
        wide = {2, 3} if roomy else set()
        return all(a == b or (not a and n in wide) for n, (a, b) in enumerate(zip(place, key, strict=True)))
    return line.file == "mappings" and line.unit in ("", finding.unit) and _read_by(snapshot, finding, line.record)


def _read_by(snapshot: Snapshot, finding: Finding, word: Mapping[str, str]) -> bool:
    """Whether the finding is about the writing, or its form was read by it at the last check."""
    quoted = f"“{word['written']}”"
    used = (
        f for f in snapshot.findings.values() if f.rule == USED and (f.unit, f.form) == (finding.unit, finding.form)
    )
    return word["written"] == finding.found or any(quoted in note.message for note in used)


def _near(snapshot: Snapshot, finding: Finding, line: OwnLine) -> bool:
    """A correction in the finding's row, or in its column of a form with fixed rows, or stated in the summary."""
    if line.file != "corrections" or line.unit != finding.unit or not finding.unit:
        return False
    record, form = line.record, _form(snapshot.campaign, line.record["form"])
    column = form is not None and form.layout == "matrix" and record["field"] == finding.field
    if finding.form == "summary":
        return column
    return record["form"] == finding.form and (record["row"] == finding.row or column)


def _named(snapshot: Snapshot, finding: Finding, line: OwnLine) -> bool:
    """A correction nearby in the column that the finding speaks of."""
    form = _form(snapshot.campaign, line.record["form"]) if _near(snapshot, finding, line) else None
    noun = next((f.noun for f in form.fields if f.name == line.record["field"]), "") if form else ""
    return bool(noun) and f"“{noun}”" in finding.message


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
