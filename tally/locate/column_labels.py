"""What stands over one column of a header: the field that its labels name, the lowest first, and all else that they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tally.locate.context import REPORTING, measures_in
from tally.locate.header_rows import GENERIC, STEMS, is_number_row
from tally.locate.labels import Label, Names, choice_word, completes, parse
from tally.locate.qualifiers import without_scope
from tally.locate.view import View
from tally.model import OVERRUN, Column, RawValue
from tally.writing.characters import narrow

_NUMBERS = re.compile(r"[★☆*#※]|^\d{1,2}[.、](?=\D)")  # marks and numbering in front of a label
_SPLIT = frozenset(
    ("count", "quantity", "choice", "yesno", "date")
)  # kinds whose one heading clerks split into columns


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over one column.

    `field` is "" if no label names one, `outright` False if it is told by resemblance only. Beside the field and the unit
    the labels say: the names of `groups` above, and `remarks` in brackets or as headings below.
    """

    col: int
    field: str
    label: str
    unit: str = ""
    outright: bool = True
    groups: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    lone: bool = False  # told by the name of a choice alone, without a heading above
    instead: Heading | None = None  # of a field told by resemblance: what the label above names, should that not hold

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.groups, *self.remarks)

    @property
    def column(self) -> Column:
        return Column(self.field, self.col, self.label, self.unit)


def heading_of(names: Names, col: int, chain: tuple[str, ...]) -> Heading:
    """The heading of column `col`, over which the labels `chain` stand."""
    heading = _heading_of(names, chain)
    instead = replace(heading.instead, col=col) if heading.instead else None
    return replace(heading, col=col, instead=instead)


@lru_cache(4096)  # units write the same headers, and those mostly as the form has them
def _heading_of(names: Names, over: tuple[str, ...]) -> Heading:
    """The heading of a column, be it the first."""
    chain, col = _completed(names, over), 0
    labels = [parse(text) for text in chain]
    written = " / ".join(" ".join(text.split()) for text in chain)
    unit = next((x.unit for x in reversed(labels) if x.unit), "")
    telling = [at for at, x in enumerate(labels) if _tells(x.core)]
    for reading in (
        (_by_lowest, _by_scope, _by_choice, _by_piece, _by_lone_choice, _by_resemblance, _by_group) if telling else ()
    ):
        naming = reading(names, labels, telling)
        if naming is not None:
            heading = _heading(col, labels, chain, naming, written, unit)
            group = None if naming.outright else _by_group(names, labels, telling)
            instead = _heading(col, labels, chain, group, written, unit) if group else None
            return replace(heading, instead=instead)
    return Heading(col, "", written, unit, remarks=_words(labels, chain, range(len(labels)), range(0)))


def _heading(
    col: int, labels: Sequence[Label], chain: Sequence[str], naming: Naming, written: str, unit: str
) -> Heading:
    groups = _words(labels, chain, range(naming.labels.start), range(0))
    below = range(naming.labels.start, len(labels))
    remarks = (*_words(labels, chain, below, naming.labels), *naming.words)
    return Heading(col, naming.field, written, unit or naming.unit, naming.outright, groups, remarks, naming.lone)


def labels_over(view: View, first: int, last: int, col: int, numbered: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """The labels over a column in the header rows `first` to `last`, top to bottom, each once.

    Rows that only number the columns say nothing; a line that speaks of the sheet is no label. Where lines of another text
    may stand among a heading's own, the column has none.
    """
    chain: list[str] = []
    if any((mark := view.grid.marks.get((row, col))) and mark.problem == OVERRUN for row in range(first, last + 1)):
        return ()
    for row in range(first, last + 1):
        label = None if row in numbered else _label_at(view, row, col, last)
        if label is not None and chain and view.own(row, col) is None and (row, col) not in view.covered:
            continue  # the heading above goes on down
        text = "" if label is None or isinstance(label, bool) else str(label)
        if not text.strip():
            continue
        if not _of_the_sheet(narrow(text)) and (not chain or text != chain[-1]):
            chain.append(text)
    return tuple(chain)


def _of_the_sheet(flat: str) -> bool:
    """True for 单位：件、万元、万只 and 填报单位：甲区 2021年5月31日, which tables beside pull into a header's rows."""
    return len(measures_in(flat)) > 1 or (":" in flat and REPORTING.match(flat) is not None)


def _completed(names: Names, chain: Sequence[str]) -> list[str]:
    """The chain with labels that only together name a field made one: 统一社会 over 信用代码, 出动执法人员 over （人次）累计."""
    whole: list[str] = []
    for text in chain:
        if whole and completes(whole[-1], text, names.fields):
            whole[-1] += text
        else:
            whole.append(text)
    return whole


def _label_at(view: View, row: int, col: int, last: int) -> RawValue:
    """The label in a header cell; in a row of groups whose cells were not merged, that of the group on the left."""
    label = view.raw(row, col)
    if label is not None or row == last or (row, col) in view.covered or not _labelled(view, row + 1, last, col):
        return label
    left = view.before(row, col)
    if left is None:
        return None
    single = (row, left) in view.covered or not _labelled(view, row + 1, last, left)
    return None if single else view.raw(row, left)


def _labelled(view: View, first: int, last: int, col: int) -> bool:
    """True if a row below says something of the column, other than its number."""
    texts = (view.text(row, col) for row in range(first, last + 1) if view.own(row, col) is not None)
    labels = ((parse(text), text) for text in texts)
    return any(_tells(x.core) or x.unit or (text.isdigit() and len(text) == 4) for x, text in labels)


@lru_cache(4096)
def _tells(core: str) -> bool:
    """True for a label with words of its own: no number of a column, no 甲 or 乙."""
    return (
        bool(core) and not is_number_row([core] * 3) and not core.isdigit() and not (len(core) == 1 and core in STEMS)
    )


def _words(labels: Sequence[Label], chain: Sequence[str], places: range, field: range) -> tuple[str, ...]:
    """All that the labels at `places` say but the field's own name, their units and numbers of columns."""
    words: list[str] = []
    for at in places:
        core = labels[at].core
        year = core.isdigit() and len(core) == 4
        if at not in field and (_tells(core) or year):
            unit = labels[at].unit  # 金额（万元） over columns says 金额; its unit is read as theirs
            words += [core, *labels[at].asides] if unit and not year else [_NUMBERS.sub("", narrow(chain[at]))]
        else:
            words += labels[at].asides
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Naming:
    """A field ("" if the labels are known to name none), the labels that name it, and what stands behind its name."""

    field: str
    labels: range
    unit: str = ""
    outright: bool = True
    words: tuple[str, ...] = ()
    lone: bool = False


def _by_lowest(names: Names, labels: Sequence[Label], telling: Sequence[int]) -> Naming | None:
    """The field that the lowest label names, alone or with the one above; words such as 数量 leave it to that one."""
    for place in range(len(telling) - 1, -1, -1):
        at, over = telling[place], telling[max(0, place - 1)]
        core = labels[at].core
        group = labels[over].core
        for text, start in ((core, at), (group + core, over), (group.removesuffix("情况") + core, over)):
            field, behind = names.field_and_unit(text)
            if field:
                return Naming(field, range(start, at + 1), behind)
        if core == names.row_header:
            return Naming("", range(at, at + 1))
        if core not in GENERIC:
            return None
    return None


def _by_scope(names: Names, labels: Sequence[Label], telling: Sequence[int]) -> Naming | None:
    """本期查办案件, 累计出动执法人员: the field without the word."""
    at = telling[-1]
    core, scope = without_scope(labels[at].core)
    field = names.field(core) if scope else ""
    return Naming(field, range(at, at + 1), words=(scope,)) if field else None


def _by_choice(names: Names, labels: Sequence[Label], telling: Sequence[int]) -> Naming | None:
    """合格 and 不合格 below 抽查结果: the choices of the field above."""
    naming = _by_group(names, labels, telling)
    chosen = naming is not None and choice_word(labels[telling[-1]].core) in names.choices.get(naming.field, ())
    return naming if chosen else None


def _by_lone_choice(names: Names, labels: Sequence[Label], telling: Sequence[int]) -> Naming | None:
    """合格 and 不合格 without a heading above: the one field that has such a choice. It holds beside another of its choices."""
    at = telling[-1]
    core = choice_word(labels[at].core)
    fields = [field for field, words in names.choices.items() if core in words and names.kinds[field] == "choice"]
    return Naming(fields[0], range(at, at + 1), words=(core,), lone=True) if len(fields) == 1 else None


def _by_piece(names: Names, labels: Sequence[Label], telling: Sequence[int]) -> Naming | None:
    """罚款, 没收: a part of the field, which is whole together with the others."""
    at = telling[-1]
    core = labels[at].core.removeprefix("其中")
    field = names.pieces.get(core, "")
    return Naming(field, range(at, at + 1), words=(core,)) if field else None


def _by_resemblance(names: Names, labels: Sequence[Label], telling: Sequence[int]) -> Naming | None:
    field = names.field_resembling(labels[telling[-1]].core)
    return Naming(field, range(telling[-1], telling[-1] + 1), outright=False) if field else None


def _by_group(names: Names, labels: Sequence[Label], telling: Sequence[int]) -> Naming | None:
    """A field whose heading stands over several columns with names of their own."""
    for at in reversed(telling[:-1]):
        field, behind = names.field_and_unit(labels[at].core)
        if field and names.kinds.get(field) in _SPLIT:
            return Naming(field, range(at, at + 1), behind)
    return None
