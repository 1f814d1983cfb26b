"""What we print on what we hand out, and know again when it comes back: feedback workbooks and blank forms.

A blank form bears the declaration it was made from and its period. In a feedback workbook the list sheet is no form, our
comments are no remarks of the unit's, our colours no formats of its own; what the unit wrote into the list's last column is
handed to the analyst.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tally import catalogue
from tally.catalogue import SEVERITIES
from tally.declare import Category, Field, Form
from tally.model import Document, Finding, Grid, Place, RawTable

LIST_SHEET = "问题清单"
HINTS_SHEET, RECORD_SHEET = f"{LIST_SHEET}（提示）", f"{LIST_SHEET}（报送情况）"  # behind it, headed like it
LIST_TITLE = "统计表问题清单"  # how the sheet's first cell ends
ANSWER = "本单位核实情况"  # heading of the column for the unit's own words
KEY = "编号"  # heading of the column that nobody sees: which finding a line is about
RULE_LINE = "规则："  # begins the last line of what a comment says of a finding
BEFORE = "（原有批注）"  # what stands after it was the unit's own comment
REFERENCE = "已报数，仅供参考，不必填写"  # ends the line over what a blank form shows of the last return
HOW_TO_FILL = (  # what a blank form says below its table
    "填表说明：各栏要求见表头批注；白色单元格可以填写，灰色的不必填写；没有发生的填零，不清楚的空着并联系市局。"
)
HOW_TO_SUM = "填表说明：合计行由公式自动得出。"
HOW_TO_ADD = "填表说明：行数不够时在表中插入行，多余的空行不必删除。"
HOW_TO_RENEW = "填表说明：表内已有的各行请逐条核对：有变化的更改，不再有的删去，新的接在后面填写。"
_INSTRUCTIONS = frozenset((HOW_TO_FILL, HOW_TO_SUM, HOW_TO_ADD, HOW_TO_RENEW))
HINT, GAP = "【请填写：", "＿＿＿"  # in a blank work summary: begins a hint, and stands where a figure goes
_HINT = re.compile(r"【请填写：[^】]*】")
PRINTED, PERIOD = "表式版本", "报送期"
_VERSION = re.compile(rf"{PRINTED}\s*([0-9a-f]{{8}})")
_PERIOD = re.compile(rf"{PERIOD}[：:]\s*([^（(\s　]+)")
_SPAN = re.compile(rf"{PERIOD}[：:]\s*[^（(\s　]+(?:[（(][^）)]{{0,40}}[）)])?")
_OPENINGS = tuple(f"【{name}】" for name in SEVERITIES.values())


def is_list(grid: Grid) -> bool:
    """Whether a sheet is the list that we put before a unit's sheets."""
    first = grid.rows[0][0] if grid.rows and grid.rows[0] else None
    return grid.sheet.startswith(LIST_SHEET) and isinstance(first, str) and first.endswith(LIST_TITLE)


def is_reference(above: str) -> bool:
    """Whether a column beside a form is ours, by the text above its heading."""
    return above.endswith(REFERENCE)


def is_printed(text: str) -> bool:
    """Whether a cell above a form is what a blank form of ours bears: its version, or the period it was made for."""
    return bool(_VERSION.fullmatch(text.strip()) or _PERIOD.match(text.strip()))


def without_print(text: str) -> str:
    """A line without what a blank form of ours bears: a page that is printed and read again has it all in one."""
    return _SPAN.sub(" ", _VERSION.sub(" ", text))


def is_instruction(text: str) -> bool:
    """Whether a note below a form is how a blank form of ours is to be filled in: it qualifies no figure."""
    return "".join(text.split()) in _INSTRUCTIONS


def filled_in(text: str) -> str:
    """A text without what a blank work summary of ours still bears: its hints, and lines whose figure nobody filled in."""
    if HINT not in text and GAP not in text:
        return text
    lines = _HINT.sub("", text).split("\n")
    return "\n".join(line for line in lines if GAP not in line)


def own_words(comment: str) -> str:
    """What of a cell's comment is the unit's own: all of it, or what stood there before ours."""
    text = comment.strip()
    if text.startswith(_OPENINGS) and RULE_LINE in text:
        return text.partition(BEFORE)[2].strip()
    return text


def without_list(document: Document) -> Document:
    """The document without a list of ours; the same object where it has none."""
    others = tuple(g for g in document.grids if not is_list(g))
    return document if len(others) == len(document.grids) else replace(document, grids=others)


def without_hints(document: Document) -> Document:
    """The document without what a blank work summary of ours still bears."""
    return replace(document, text=filled_in(document.text))


def answers(unit: str, document: Document) -> Iterator[Finding]:
    """A note for each line of our list to which the unit wrote an answer."""
    for grid in document.grids:
        if is_list(grid):
            yield from _answers(unit, grid)


def _answers(unit: str, grid: Grid) -> Iterator[Finding]:
    column = None
    for r, line in enumerate(grid.rows):
        if ANSWER in line:
            column = line.index(ANSWER)
        elif column is not None and column < len(line) and line[1] in SEVERITIES.values() and line[column]:
            said = str(line[column]).strip()
            at = Place(grid.file, grid.sheet, f"{chr(65 + column)}{r + 1}", said[:200])
            what = f"{line[2] or ''} {line[3] or ''}"
            yield catalogue.finding("feedback.answered", at, unit=unit, number=line[0], what=what, answer=said[:200])


def form_version(form: Form) -> str:
    """Eight characters that change whenever the form's columns, rows or choices do."""
    parts = (form.name, form.number, form.title, form.layout, *_categories(form.categories), *_fields(form.fields))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def _categories(categories: Iterable[Category]) -> list[str]:
    return [f"{c.name}|{c.label}" for c in categories]


def _fields(fields: Iterable[Field]) -> list[str]:
    return ["|".join(_facts(f)) for f in fields]


def _facts(field: Field) -> tuple[str, ...]:
    choices = (c.name for c in field.choices)
    return field.name, field.label, field.kind, field.unit, str(field.cumulative), str(field.required), *choices


def printed_version(table: RawTable) -> str:
    """The version that stands above a table as it came back, "" if it was made from no blank form of ours."""
    return _above(table, _VERSION)


def printed_period(table: RawTable) -> str:
    """The period that a blank form of ours was made for, as it stands above the table; "" if it says none."""
    return _above(table, _PERIOD)


def _above(table: RawTable, pattern: re.Pattern[str]) -> str:
    texts = (str(v) for row in table.grid.rows[: table.header[0]] for v in row if v is not None)
    return next((found[1] for text in texts if (found := pattern.search(text))), "")
