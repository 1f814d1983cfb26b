"""A figure that is not written in one cell of its own: several columns of a field, a merge over several, a record over lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tally import catalogue
from tally.clean import clean_cell
from tally.clean.boxes import EMPTY
from tally.clean.reading import BLANK, Reading, blank_but, doubtful, repaired, unreadable
from tally.clean.stored import value_text
from tally.clean.text import tidy
from tally.clean.words import NO, YES
from tally.declare import Field, Form
from tally.locate.view import View
from tally.model import Column, Part, RawTable
from tally.writing.nothing import NOTHING
from tally.writing.numbers import plain


@dataclass(frozen=True, slots=True)
class PartCell:
    """One of the cells that a field is read from, with what it says alone."""

    part: Part
    reading: Reading
    raw: str | None


def together(field: Field, column: Column, cells: Sequence[PartCell]) -> Reading:
    """What the cells under one heading say together, by the way their column was understood (`Column.how`)."""
    if column.how == "ticks":
        return _ticked(field, cells)
    filled = [c for c in cells if c.reading.state != "blank"]
    if not filled:
        return next((c.reading for c in cells if c.reading.remark), BLANK)
    if column.how == "same" and not field.numeric:
        filled = [c for c in filled if not _is_number(c)] or filled  # the records' numbers under 产品名称
    bad = next((c.reading for c in filled if c.reading.value is None), None)
    if bad is not None:
        return bad
    if column.how == "shifted":
        return unreadable("shifted", seen=filled[0].raw, label=field.label)
    if column.how == "sum":
        return _added(field, filled)
    values = {c.reading.value for c in filled}
    if len(values) == 1 and (column.how == "same" or not field.numeric or values == {0}):
        return filled[0].reading
    names = "、".join(f"“{c.part.says or c.raw}”为 {c.raw}" for c in filled)
    return unreadable("columns_refused", label=field.label, names=names)


def _is_number(cell: PartCell) -> bool:
    return cell.reading.value is None and (cell.raw or "").isdecimal()


def _added(field: Field, cells: Sequence[PartCell]) -> Reading:
    """The sum of the parts; whether it is whole is asked as of any other figure."""
    values = [Decimal(str(c.reading.value)) for c in cells]
    total = sum(values, Decimal(0))
    words = " + ".join(plain(v) for v in values)
    doubts = [c.reading.remark.message for c in cells if c.reading.remark and c.reading.remark.severity == "warning"]
    if doubts:
        return doubtful(total, "columns_added/look", value=plain(total), words=words, doubts="；".join(doubts))
    return repaired(total, "columns_added", value=plain(total), words=words)


def _ticked(field: Field, cells: Sequence[PartCell]) -> Reading:
    """The choice whose column is ticked; two ticks, or words where a tick belongs, are no choice."""
    marked = [c for c in cells if c.raw and c.raw not in NOTHING and c.raw.upper() not in NO]
    names = "、".join(c.part.says for c in cells)
    if not marked:
        return BLANK
    ticks = [c for c in marked if (c.raw or "").upper() in YES or c.raw == c.part.says]
    if len(marked) == 1 and (ticks or _crossed_box(marked[0], cells)):
        return repaired(marked[0].part.says, "ticked", value=marked[0].part.says)
    seen = "、".join(f"{c.part.says}：{c.raw}" for c in marked)
    return unreadable("ticks", seen=seen, expected=names)


def _crossed_box(marked: PartCell, cells: Sequence[PartCell]) -> bool:
    """Whether a box with a cross stands beside empty boxes: Word's way to tick. Alone, the cross may as well say no."""
    others = [c.raw for c in cells if c is not marked]
    return marked.raw == "☒" and all(raw and raw in EMPTY for raw in others)


def across(table: RawTable, view: View, form: Form, field: Field, row: int, col: int, reading: Reading) -> Reading:
    """A cell merged over several columns of the form: a figure in it belongs to none of them alone."""
    span = view.covered[row, col]
    if span.left == span.right:
        return reading
    shared = [c for c in table.columns if span.left <= c.col <= span.right and not c.how]
    raw = view.raw(row, col)
    if raw is None or not shared:
        return reading
    first = form.field(min(shared, key=lambda c: c.col).field)
    labels = "”“".join(form.field(c.field).label for c in shared)
    if view.text(row, col) in NOTHING:
        told = first is field and len(shared) > 1 and str(raw).strip() and reading.remark is None
        return blank_but("merged_across/nothing", seen=str(raw).strip(), labels=labels) if told else reading
    if span.left < min(c.col for c in shared):  # the row's name, or a line of text, runs into the columns
        return unreadable("merged_across/label", seen=str(raw)[:40]) if field.numeric else reading
    if len(shared) == 1:
        return reading
    if first.numeric or clean_cell(raw, first).state == "unreadable":
        return unreadable("merged_across", seen=view.text(row, col), labels=labels) if _holds(field, first) else reading
    if first is field and reading.value is not None:
        return doubtful(reading.value, "merged_across/words", labels=labels, first=field.label)
    return reading


def _holds(field: Field, first: Field) -> bool:
    return field.numeric or field is first


def joined_lines(field: Field, reading: Reading, raw: str | None, more: Sequence[str]) -> Reading:
    """A record's cell that goes on in the lines below: words said again are said once, a figure said again may be another."""
    lines = [t for t in (raw, *more) if t]
    shown = "”“".join(tidy(t) for t in lines)
    if raw and not field.numeric and len({tidy(t) for t in lines}) == 1:
        return reading
    if field.kind != "text":
        return unreadable("several_lines/refused", lines=shown)
    return doubtful(_one_text(lines), "several_lines", lines=shown)


def _one_text(lines: Sequence[str]) -> str:
    """Lines of one cell as one text: a line that begins with a blank goes on, others are items of a list."""
    text = tidy(lines[0])
    for line in lines[1:]:
        goes_on = line[:1].isspace() or text[-1:] in "，,、；;：:（(" or line[:1] in "，,、；;）)"
        text += (" " if line[:1].isspace() else "" if goes_on else "、") + tidy(line)
    return text


def rivalled(field: Field, reading: Reading, raw: str | None, other: str) -> Reading:
    """A cell that an equal version of the table says differently: words stay and are asked about, anything else is not taken."""
    if field.kind == "text" and reading.value is not None:
        return Reading(reading.value, "repaired", catalogue.remark("cell.versions_differ", other=other or "空"))
    return unreadable("versions_differ/refused", seen=raw or "空", other=other or "空")


def from_merge(reading: Reading, field: Field, first: bool) -> Reading:
    """A cell merged over several records: words hold for each, a figure counts once."""
    if field.numeric:
        return doubtful(reading.value, "merged_figure")
    if first or reading.remark is not None:
        return reading
    return repaired(reading.value, "merged")


def ditto(reading: Reading, above: Reading, field: Field, adjacent: bool) -> Reading:
    """What the record above says; a figure, or a record with something left out between, a person should look at."""
    if above.value is None:
        return reading
    value = value_text(above.value)
    if field.numeric or not adjacent:
        return doubtful(above.value, "ditto/look", value=value)
    return repaired(above.value, "ditto/above", value=value)
