"""The public edition's numbers: measures by category and by unit, the cells that may not be told left out.

The same columns are worked out for every period that was processed, because what an earlier public edition told
decides what this one may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from tally.declare import Campaign, Field, Form
from tally.paths import Paths
from tally.report.cases import in_words
from tally.report.public.audit import exposed
from tally.report.public.guard import Column, hidden, small
from tally.report.public.held import released
from tally.totals import TO_DATE, Book, History, Totals, work_out
from tally.totals.figures import Figure

Ref = Callable[[str, str], str]  # of a cell: its key ("" is the total) and a measure, to the figure's name
PART = "其中"
HIDDEN, NOTHING, UNCERTAIN = "※", "—", "△"


@dataclass(frozen=True)
class Measure:
    """A column: its figure's name, what counts the firms behind it, and numbers that would follow from it.

    `words`: what stands before and after the total in a sentence that begins with 全市共.
    """

    name: str
    label: str
    unit: str
    contributors: str = ""  # "" for a count, behind whose number as many stand; UNKNOWN where nothing counts them
    words: tuple[str, str] = ("", "")
    rest_of: str = ""  # the count of which this one leaves a rest that may be small too

    @property
    def before(self) -> str:
        return self.words[0] or self.label

    @property
    def after(self) -> str:
        return self.words[1] or self.unit


UNKNOWN = "?"


GROSS = 0.1  # of a number: what is suspected of more is not told before it is checked


def _grossly_wrong(figure: Figure) -> bool:
    """Whether a number is suspected to be far off, as one with yuan for 10,000 yuan is."""
    if figure.meant is None or not figure.value:
        return False
    return abs(figure.meant - figure.value) > Decimal(GROSS) * abs(figure.value)


@dataclass(frozen=True)
class Breakdown:
    """A table's cells: `keys` with their labels, the measures, and how a cell's figure is called."""

    id: str
    title: str
    head: str
    keys: Mapping[str, str]
    measures: tuple[Measure, ...]
    ref: Ref
    parts: Callable[[str], Sequence[Callable[[str], str]]] | None = None  # of a cell: the finer cells it adds up


class Published:
    """What the public edition tells of one breakdown."""

    def __init__(self, breakdown: Breakdown, books: Sequence[Book], campaign: Campaign):
        self.breakdown, self._books, self._campaign = breakdown, books, campaign

    def text(self, key: str, measure: Measure) -> str:
        """A cell as it is printed: its number, ※ where it may not be told, — where there is none, △ where it is far off."""
        figure = self._books[-1].get(self.breakdown.ref(key, measure.name))
        if figure is None or figure.value is None:
            return NOTHING
        if key in self.left_out[measure.name]:
            return HIDDEN
        return UNCERTAIN if _grossly_wrong(figure) else figure.number

    def uncertain(self, key: str, measure: Measure) -> bool:
        """Whether a number that is told may still be wrong."""
        figure = self._books[-1].get(self.breakdown.ref(key, measure.name))
        if figure is None or not figure.doubt or key in self.left_out[measure.name]:
            return False
        return not _grossly_wrong(figure)

    @cached_property
    def left_out(self) -> Mapping[str, frozenset[str]]:
        """By measure: the keys whose cell is left out now, "" for the total."""
        return {measure.name: sets[-1] for measure, sets in self._sets.items()}

    @cached_property
    def exposed(self) -> int:
        """How many small numbers a reader of all periods' public editions could work out."""
        number = 0
        for measure, sets in self._sets.items():
            for counts in self._guarded(measure):
                known = [frozenset(keys - {""}) for keys in sets]
                number += len(exposed(counts, known, self._campaign.smallest))
        return number

    @cached_property
    def _sets(self) -> Mapping[Measure, list[frozenset[str]]]:
        sets = {measure: self._sets_of(measure) for measure in self.breakdown.measures}
        return sets

    def _sets_of(self, measure: Measure) -> list[frozenset[str]]:
        """The keys left out in each period; of a measure with a rest, whatever either of the two asks for."""
        smallest = self._campaign.smallest
        columns = self._guarded(measure)
        dominated = tuple(self._dominated(measure, at) for at in range(len(self._books)))
        chosen = [hidden(replace(column, dominated=dominated), smallest) for column in columns]
        sets: list[frozenset[str]] = []
        for at in range(len(self._books)):
            keys = frozenset().union(*(column[at] for column in chosen))
            sets.append(keys | self._total(columns, at, sets))
        return sets

    def _total(self, columns: Sequence[Column], at: int, before: list[frozenset[str]]) -> frozenset[str]:
        """All cells and the total, where the total itself, or what came to it, is of too few."""
        smallest = self._campaign.smallest
        for column in columns:
            total = sum(column.counts[at].values())
            shown = [sum(column.counts[n].values()) for n in range(at) if "" not in before[n]]
            if small(total, smallest) or any(small(total - earlier, smallest) for earlier in shown):
                return frozenset(["", *column.counts[at]])
        return frozenset()

    def _guarded(self, measure: Measure) -> list[Column]:
        """The counts that must not be small: of those behind the cells, and of the rest that a cell leaves."""
        columns = [Column(tuple(self._counts(measure, book) for book in self._books))]
        if measure.rest_of:
            rests = []
            for book in self._books:
                whole, part = self._numbers(measure.rest_of, book), self._numbers(measure.name, book)
                rests.append({key: whole[key] - part[key] for key in self.breakdown.keys})
            columns.append(Column(tuple(rests)))
        return columns

    def _counts(self, measure: Measure, book: Book) -> dict[str, int]:
        if measure.contributors == UNKNOWN:
            return {key: int(bool(number)) for key, number in self._numbers(measure.name, book).items()}
        return self._numbers(measure.contributors or measure.name, book)

    def _numbers(self, name: str, book: Book) -> dict[str, int]:
        return {key: book.count(self.breakdown.ref(key, name)) for key in self.breakdown.keys}

    def _dominated(self, measure: Measure, at: int) -> frozenset[str]:
        """The cells nearly all of which is the number of one finer cell with few behind it."""
        if not measure.contributors or measure.contributors == UNKNOWN or self.breakdown.parts is None:
            return frozenset()
        book, cells = self._books[at], set()
        for key in self.breakdown.keys:
            whole = book.value(self.breakdown.ref(key, measure.name)) or 0
            for part in self.breakdown.parts(key):
                amount = book.value(part(measure.name)) or 0
                few = small(book.count(part(measure.contributors)), self._campaign.smallest)
                if few and whole and float(amount / whole) > self._campaign.dominance:
                    cells.add(key)
        return frozenset(cells)


def books_of(totals: Totals, paths: Paths | None) -> list[Book]:
    """The figures of all public editions that a reader may hold, in the order of issue; the last are those of `totals`.

    Those are the released ones, of earlier periods and of this one, and of a period that has none what stands there.
    """
    history = totals.history
    held = released(history.campaign, paths, [t.period for t in history.periods]) if paths else []
    issued = {edition.period for edition in held}
    earlier = [history.periods[: at + 1] for at in range(len(history.periods) - 1)]
    working = [
        work_out(History(history.campaign, periods)).book for periods in earlier if periods[-1].period not in issued
    ]
    return [*(edition.book for edition in held), *working, totals.book]


def breakdowns(totals: Totals) -> list[Breakdown]:
    """Everything that the public edition tells in tables."""
    units = totals.history.units
    made: list[Breakdown] = []
    for form in totals.history.campaign.forms:
        if form.layout == "matrix" and form.total:
            made += _of_matrix(form, units)
    if totals.sampling:
        samples = totals.sampling.form
        act, record, counted = samples.act, samples.record, samples.counted
        goods = samples.goods if samples.goods != record else ""
        measures: tuple[Measure, ...] = (
            Measure("firms", f"{act}企业", "家"),
            Measure("batches", f"{act}{record}", counted, words=(f"{act}{goods}", counted)),
            Measure("failing", f"不合格{record}", counted, words=("其中不合格", counted), rest_of="batches"),
        )
        made.append(
            Breakdown("sampling", f"{goods}{act}情况（按报送单位，累计）", "报送单位", units, measures, _sampling)
        )
    if totals.roster:
        sampled = totals.sampling.form.act if totals.sampling else ""
        covered = [Measure("coverage.sampled", f"已{sampled}", "家", rest_of="coverage.producing")] if sampled else []
        measures = (
            Measure("enterprises.count", "生产企业", "家", words=("有生产企业", "家")),
            Measure("coverage.producing", "在产企业", "家", words=("其中在产", "家"), rest_of="enterprises.count"),
            *covered,
        )
        what = f"生产企业{f'及{sampled}覆盖' if sampled else ''}情况（按报送单位）"
        made.append(Breakdown("enterprises", what, "报送单位", units, measures, _roster))
    return made


def _of_matrix(form: Form, units: Mapping[str, str]) -> list[Breakdown]:
    numeric = form.measures
    measures = tuple(
        _measure(field, _whole(field, before)) for before, field in zip((None, *numeric), numeric, strict=False)
    )
    categories = {category.name: category.label for category in form.parts}

    def by_category(key: str, name: str) -> str:
        return f"{form.name}.{key or form.total}.{name}{TO_DATE}"

    def by_unit(key: str, name: str) -> str:
        return f"{form.name}.{form.total}.{name}{TO_DATE}{f'@{key}' if key else ''}"

    def finer(category: str, unit: str) -> Callable[[str], str]:
        return lambda name: f"{form.name}.{category}.{name}{TO_DATE}@{unit}"

    return [
        Breakdown(
            f"{form.name}-category", f"{form.title}（按类别，累计）", form.row_header or "类别", categories, measures,
            by_category, lambda key: [finer(key, unit) for unit in units],
        ),
        Breakdown(
            f"{form.name}-unit", f"{form.title}（按报送单位，累计）", "报送单位", units, measures,
            by_unit, lambda key: [finer(category, key) for category in categories],
        ),
    ]  # fmt: skip


def _whole(field: Field, before: Field | None) -> str:
    """The count of which a column headed 其中 is a part: the one before it."""
    counts = before is not None and before.kind == field.kind == "count"
    return before.name if before and counts and field.label.startswith(PART) else ""


def _measure(field: Field, whole: str) -> Measure:
    behind = field.contributors or ("" if field.kind == "count" else UNKNOWN)
    return Measure(field.name, field.noun, field.unit, behind, in_words(field), whole)


def _sampling(key: str, name: str) -> str:
    return f"sampling.{name}{TO_DATE}{f'@{key}' if key else ''}"


def _roster(key: str, name: str) -> str:
    return f"{name}{f'@{key}' if key else ''}"
