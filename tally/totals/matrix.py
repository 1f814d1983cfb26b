"""City totals of a matrix form (cases): by category and unit, this period and to date.

The city's figure is the sum of the units' figures as reported (`reported`).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tally.declare import Category, Field
from tally.totals.figures import TO_DATE, Book, Figure, Part, doubts_of, total
from tally.totals.reported import Matrix, Reported
from tally.writing.periods import month

MOST_PERIODS = 3  # of one unit in doubt that are told one by one, the newest


def matrix_figures(matrix: Matrix) -> Book:
    """Every figure of a matrix form: category × measure × (this period, to date) × (city, each unit)."""
    book = Book()
    for category in matrix.form.categories:
        for field in sorted(matrix.form.measures, key=lambda f: not f.summed):  # ratios last: they rest on the others
            for scope in ("", TO_DATE):
                _city(book, matrix, category, field, scope)
    return book


def _ratio(book: Book, matrix: Matrix, category: Category, field: Field, scope: str, units: list[Figure]) -> Figure:
    """The ratio of all units together: worked out from the columns it is of, else none, for ratios are not added up."""
    stem = f"{matrix.form.name}.{category.name}"
    label = f"{matrix.history.whole} {category.label} {field.label}（{SCOPES[scope]}）"
    above, below = ([book.get(f"{stem}.{name}{scope}") for name in field.ratio_of] or [None, None])[:2]
    value, rule = None, "比率不能相加，各单位的见分单位数"
    parts: tuple[Part, ...] = ()
    if above and below and above.value is not None and below.value:
        value = (100 * above.value / below.value).quantize(Decimal("0.01"), ROUND_HALF_UP)
        rule, parts = f"{above.label}÷{below.label}×100", tuple(Part(f.label, f.text, f.ref) for f in (above, below))
    return Figure(f"{stem}.{field.name}{scope}", label, value, field.unit, rule, parts, n_units=len(units), decimals=2)


def _unit_ratio(book: Book, matrix: Matrix, category: Category, field: Field, scope: str, code: str) -> Figure | None:
    """A unit's ratio of the columns it is of, as they are counted here; what was reported only where it is of none.

    None where neither can be had: a reported ratio tells of one period, and no sum of periods.
    """
    stem = f"{matrix.form.name}.{category.name}"
    label = f"{matrix.history.units[code]} {category.label} {field.label}（{SCOPES[scope]}）"
    sides = [book.get(f"{stem}.{name}{scope}@{code}") for name in field.ratio_of]
    if len(sides) == 2 and (above := sides[0]) and (below := sides[1]) and above.value is not None and below.value:
        value = (100 * above.value / below.value).quantize(Decimal("0.01"), ROUND_HALF_UP)
        parts = tuple(Part(f.label, f.text, f.ref) for f in (above, below))
        rule, doubt = f"{above.label}÷{below.label}×100", doubts_of((above, below))
        return Figure(
            f"{stem}.{field.name}{scope}@{code}",
            label,
            value,
            field.unit,
            rule,
            parts,
            n_units=1,
            decimals=2,
            doubt=doubt,
        )
    returns = matrix.history.periods if scope else matrix.history.periods[-1:]
    given = [r for t in returns if (r := matrix.get(t.period, code, category.name, field.name))]
    if field.ratio_of or len(given) != 1:
        return None
    parts = (_part(matrix, given[0], code, category, field),)
    return Figure(
        f"{stem}.{field.name}{scope}@{code}", label, given[0].value, field.unit, "填报数", parts, n_units=1, decimals=2
    )


def _city(book: Book, matrix: Matrix, category: Category, field: Field, scope: str) -> None:
    ref = f"{matrix.form.name}.{category.name}.{field.name}{scope}"
    units = [f for code in matrix.history.units if (f := _unit(book, matrix, category, field, scope, code))]
    copied = [f for f in units if f.note == COPIED]
    units = [f for f in units if f.note != COPIED]
    if not field.summed:
        book.add(_ratio(book, matrix, category, field, scope, units))
        return
    top = matrix.history.whole
    doubt, meant = _city_doubt(matrix, units)
    doubt = "；".join(filter(None, (doubt, _unread(matrix, category, field, scope))))
    book.add(
        Figure(
            ref,
            f"{top} {category.label} {field.label}（{SCOPES[scope]}）",
            total(f.value for f in units),
            field.unit,
            f"{CITY_RULES[bool(scope), field.cumulative]}，共{len(units)}个单位{_without(matrix, copied)}",
            lambda: tuple(Part(matrix.history.units[f.ref.split("@")[1]], f.text, f.ref) for f in units),
            derived=any(f.derived for f in units),
            n_units=len(units),
            decimals=field.places,
            doubt=doubt,
            meant=meant,
        )
    )


def _unit(book: Book, matrix: Matrix, category: Category, field: Field, scope: str, code: str) -> Figure | None:
    if not field.summed:
        ratio = _unit_ratio(book, matrix, category, field, scope, code)
        return None if ratio is None else book.add(ratio)
    returns = (matrix.to_date if scope else matrix.this_period)(code, category.name, field)
    if not returns:
        return None
    derived = any(r.derived for r in returns)
    history = matrix.history
    carried = "" if returns[-1].period == history.now.period else f"沿用{month(returns[-1].period)}报送数"
    copied = category.name != matrix.form.total and matrix.copied(returns, code, field)
    value = total(r.value for r in returns)
    doubt, meant = _unit_doubt(matrix, returns, code, category, field, value)
    return book.add(
        Figure(
            f"{matrix.form.name}.{category.name}.{field.name}{scope}@{code}",
            f"{history.units[code]} {category.label} {field.label}（{SCOPES[scope]}）",
            value,
            field.unit,
            ("合计栏未填，由各类别相加得出" if derived else UNIT_RULES[bool(scope), field.cumulative]),
            lambda: tuple(_part(matrix, r, code, category, field) for r in returns),
            derived=derived,
            n_units=1,
            note=COPIED if copied else carried,
            decimals=field.places,
            doubt=doubt,
            meant=meant,
        )
    )


def _unit_doubt(
    matrix: Matrix, returns: tuple[Reported, ...], code: str, category: Category, field: Field, value: Decimal | None
) -> tuple[str, Decimal | None]:
    """Why a unit's figure may be wrong, and what it would be if what is suspected is right."""
    here, words, moves = matrix.history.now.period, [], []
    for reported in returns:
        doubt = matrix.doubt(reported, code, category, field)
        if doubt is None:
            continue
        earlier = "" if reported.period == here else month(reported.period)
        meant = None if doubt.move is None else Figure("", "", reported.value + doubt.move, field.unit, "").text
        number = Figure("", "", reported.value, field.unit, "").text
        words.append(f"{earlier}{number}疑为{meant}" if meant else f"{earlier}{number}待核实")
        moves += [] if doubt.move is None else [doubt.move]
    rest = f"等{len(words)}期" if len(words) > MOST_PERIODS else ""
    return "，".join(words[-MOST_PERIODS:]) + rest, value + sum(
        moves, Decimal(0)
    ) if moves and value is not None else None


def _city_doubt(matrix: Matrix, units: list[Figure]) -> tuple[str, Decimal | None]:
    """The same for the sum: each unit in doubt with its words, and by how much the sum would change."""
    doubtful = [f for f in units if f.doubt]
    if not doubtful:
        return "", None
    whole = total(f.value for f in units) or Decimal(0)
    sentences = []
    for figure in doubtful:
        name = matrix.history.units[figure.ref.split("@")[1]]
        sentences.append(f"{name}{figure.doubt}{_share(figure, whole)}")
    moves = [f.meant - f.value for f in doubtful if f.meant is not None and f.value is not None]
    return "；".join(sentences), whole + sum(moves, Decimal(0)) if moves else None


def _unread(matrix: Matrix, category: Category, field: Field, scope: str) -> str:
    """Which units wrote something for a figure that could not be read, and so is in no sum."""
    history = matrix.history
    periods = history.periods if scope and not field.cumulative else history.periods[-1:]
    named: dict[str, None] = {}
    for tables in periods:
        there = history.reported(tables, matrix.form.name)
        named |= {
            code: None
            for code in history.units
            if code in there and _lost(matrix, tables.period, code, category, field)
        }
    return f"{'、'.join(history.units[code] for code in named)}{NOT_COUNTED}" if named else ""


def _lost(matrix: Matrix, period: str, code: str, category: Category, field: Field) -> bool:
    """Whether a unit's return gave no value for a cell over which, or over the column of which, an error is open."""
    if matrix.get(period, code, category.name, field.name) is not None:
        return False
    doubts = matrix.history.doubts.get(period, {})
    return any((code, matrix.form.name, row, field.name) in doubts for row in ("", category.name))


def _share(figure: Figure, whole: Decimal) -> str:
    """，影响4.7%: how much of the sum the suspected slip is."""
    if figure.meant is None or figure.value is None or not whole:
        return ""
    share = 100 * abs(figure.meant - figure.value) / abs(whole)
    return f"，影响{share:.1f}%" if share >= Decimal("0.05") else "，影响不足0.1%"


def _part(matrix: Matrix, r: Reported, code: str, category: Category, field: Field) -> Part:
    here = matrix.history.now.period
    corrected = matrix.history.cells.corrected(r.period, code, matrix.form.name, category.name, field.name)
    label = (
        month(r.period)
        + ("（各类别相加）" if r.derived else "零报告" if r.zero else "填报数")
        + ("（已按更正记录改正）" if corrected else "")
    )
    places = matrix.places(r, code, category.name, field.name)
    value = Figure("", "", r.value, field.unit, "").text
    return Part(label, value, cells=places, period="" if r.period == here else r.period)


def _without(matrix: Matrix, copied: list[Figure]) -> str:
    names = "、".join(matrix.history.units[f.ref.split("@")[1]] for f in copied)
    return f"；{names}{COPIED}" if names else ""


NOT_COUNTED = "的数未能识别，没有计入"
COPIED = "在各类别重复填写同一数，不计入类别数"
SCOPES = {"": "本期", TO_DATE: "累计"}
CITY_RULES = {
    (False, False): "各单位本期填报数之和",
    (False, True): "各单位本期填报的累计数之和",
    (True, False): "各单位历期填报数之和",
    (True, True): "各单位最近一次填报的累计数之和（不跨期相加）",
}
UNIT_RULES = {
    (False, False): "本期填报数",
    (False, True): "本期填报的累计数",
    (True, False): "历期填报数之和",
    (True, True): "最近一次填报的累计数",
}


def left_out(matrix: Matrix, field: Field) -> tuple[str, ...]:
    """Codes of units that reported this period but gave nothing usable for a measure's total."""
    history = matrix.history
    there = history.reported(history.now, matrix.form.name)
    return tuple(c for c in history.units if c in there and not matrix.this_period(c, matrix.form.total, field))
