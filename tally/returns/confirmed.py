"""What confirmed writings did in one return: firms called by the name that was meant, and a note for each writing used.

Headers, rows, choices and units' names are read by confirmed writings as by declared ones (`tally.campaigns.words`); only
that they were is told here. A firm's name is changed as a correction would change it, never without a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tally import catalogue
from tally.campaigns.words import CHOICE, FIRM, HEADER, ROW, UNIT, Word, firm_meant
from tally.declare import Form
from tally.locate.labels import parse
from tally.model import ABSENT, Finding, Place, RawTable, Return
from tally.rules.view import values_of
from tally.writing.characters import narrow


def with_confirmed(form: Form, ret: Return, known: tuple[Word, ...]) -> Return:
    """`ret` with firms' names as confirmed, and a note for each confirmed writing that stands in it."""
    mine = [w for w in known if w.unit in ("", ret.unit) and (w.kind == UNIT or w.form in ("", form.name))]
    if not mine or ret.state in ABSENT:
        return ret
    notes = [_note(ret, word, at) for word in mine for at in _places(form, ret, word)]
    return _with_firms(form, replace(ret, findings=(*ret.findings, *notes)), mine)


def _note(ret: Return, word: Word, at: Place) -> Finding:
    who = f"{word.who}，{word.when}"
    words = {"written": word.written, "means": word.means, "who": who}
    return catalogue.finding("words.used", at, unit=ret.unit, form=ret.form, field=word.field, **words)


def _places(form: Form, ret: Return, word: Word) -> Iterator[Place]:
    """Where the writing stands in the return, once a table; a choice once a return."""
    if word.kind == CHOICE:
        yield from _choices(ret, word)
        return
    for table in ret.tables:
        if word.kind == HEADER and _in_header(table, word) or word.kind == ROW and _in_rows(table, word):
            yield Place(table.grid.file, table.grid.sheet, "", word.written)
        elif word.kind == UNIT and word.means == ret.unit and narrow(word.written) in narrow(table.unit_text):
            yield Place(table.grid.file, table.grid.sheet, "", table.unit_text)


def _in_header(table: RawTable, word: Word) -> bool:
    core = parse(word.written).core
    return any(c.field == word.means and parse(c.label).core == core for c in table.columns)


def _in_rows(table: RawTable, word: Word) -> bool:
    core = parse(word.written).core
    for category, row in table.rows:
        texts = (v for v in table.grid.rows[row] if isinstance(v, str))
        if category == word.means and any(parse(t).core == core for t in texts):
            return True
    return False


def _choices(ret: Return, word: Word) -> Iterator[Place]:
    cells = ret.cells[ret.cells["field"] == word.field]
    columns = (values_of(cells[c]) for c in ("raw", "file", "sheet", "cell"))
    for raw, file, sheet, cell in zip(*columns, strict=True):
        if raw and narrow(str(raw)) == narrow(word.written):
            yield Place(file or "", sheet or "", cell or "", str(raw))
            return


def _with_firms(form: Form, ret: Return, known: Iterable[Word]) -> Return:
    """Firms' names in the columns that the writings are of, each changed one with a note at its cell."""
    firms = [w for w in known if w.kind == FIRM]
    fields = {w.field for w in firms} & {f.name for f in form.fields}
    if not fields or not len(ret.frame):
        return ret
    cells, frame, notes = ret.cells.copy(), ret.frame.copy(), []
    for at in cells.index[cells["field"].isin(fields)]:
        cell = cells.loc[at]
        word = firm_meant(firms, ret.unit, form.name, str(cell["value"] or ""))
        if word is None or word.field != cell["field"]:
            continue
        row = cell["row"] if form.layout == "matrix" else int(cell["row"])
        cells.loc[at, ["value", "state"]] = [word.means, "repaired"]
        frame.loc[row, word.field] = word.means
        place = Place(*(str(cell[c] or "") for c in ("file", "sheet", "cell", "raw")))
        notes.append(replace(_note(ret, word, place), row=str(cell["row"])))
    return replace(ret, cells=cells, frame=frame, findings=(*ret.findings, *notes))
