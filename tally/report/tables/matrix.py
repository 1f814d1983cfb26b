"""Tables of a matrix form (cases): measures by category, by unit, and against the last period."""

from __future__ import annotations

from tally.blocks import Entry, Head, Table
from tally.declare import Field, Form
from tally.totals import Totals
from tally.totals.figures import TO_DATE, Figure
from tally.totals.matrix import SCOPES, VISITS
from tally.writing.numbers import plain

IN_DOUBT = "标红的数所依据的填报数有未更正的差错或数量级可疑，见数据质量清单。"
QUALITY = "quality"  # id of the data-quality list, to which a faulty figure links


def entry(totals: Totals, ref: str, faulty: frozenset[str] = frozenset()) -> Entry:
    """One figure in a table; "—" muted where there is none, marked where it rests on a cell in doubt."""
    figure = totals.book.get(ref)
    if figure is None or figure.value is None:
        return Entry("—", kind="muted")
    mark = "*" if figure.note else "†" if figure.derived and "@" in ref else ""
    bad = ref in faulty
    return Entry(figure.number + mark, ref, "bad" if bad else "", QUALITY if bad else "")


def faulty(totals: Totals) -> frozenset[str]:
    """Refs of the figures whose own cell is in doubt this period, and of the sums it goes into."""
    stems = {(f"{form}.{row}.{field}", f"@{unit}") for unit, form, row, field in totals.history.doubted}
    return frozenset(stem + scope + at for stem, unit in stems for scope in ("", TO_DATE) for at in ("", unit))


def measure_heads(form: Form, first: str, scope: str) -> tuple[tuple[Head, ...], ...]:
    """Two header rows: the measures' names, and under them their units of measure with 累计 or 本期."""
    names = (Head(first, rowspan=2), *(Head(f.label) for f in form.measures))
    return names, tuple(Head(f"（{f.unit}）{SCOPES['' if _fresh(f, scope) else TO_DATE]}") for f in form.measures)


def _fresh(field: Field, scope: str) -> bool:
    """Whether a column says what happened in this period alone."""
    return not field.cumulative and scope_of(field, scope) == ""


def scope_of(field: Field, scope: str) -> str:
    """`scope` is "", ".to_date" or "official": cumulative columns to date, the others this period."""
    if scope != "official":
        return scope
    return TO_DATE if field.cumulative else ""


def scope_words(form: Form) -> str:
    """What the columns of a form in its official layout say: 累计数, 本期数, or which of them says which."""
    marked = {f.cumulative for f in form.measures}
    return "标“累计”的栏为累计数，其余为本期数" if len(marked) > 1 else "累计数" if marked == {True} else "本期数"


def by_category(totals: Totals, form: Form, scope: str, id: str, caption: str, **layout) -> Table:
    """Categories × measures for all units together, 合计 last."""
    bad = faulty(totals)
    ordered = (*form.parts, *(c for c in form.categories if c.name == form.total))
    body = tuple(
        (
            Entry(c.label),
            *(entry(totals, f"{form.name}.{c.name}.{f.name}{scope_of(f, scope)}", bad) for f in form.measures),
        )
        for c in ordered
    )
    n = len(form.measures)
    return Table(
        id,
        caption,
        measure_heads(form, form.row_header or "类别", scope),
        body,
        ("left", *["right"] * n),
        (2.2, *[1.25] * n),
        note=_category_note(totals, form, scope) + _in_doubt(body),
        totals=(len(body) - 1,) if form.total else (),
        **layout,
    )


def _category_note(totals: Totals, form: Form, scope: str) -> str:
    """Why the rows do not add up to 合计, where they do not."""
    differ = disagreements(totals, form, scope)
    visits = [f.label for f, _, _ in differ if f.unit in VISITS]
    visits += [f.label for f in form.measures if f.summed and _only_total(totals, form, f, scope)]
    notes = [f"{'、'.join(visits)}有单位只填合计或在各类别重复填写，类别数不完整，以合计为准。"] if visits else []
    sums = [f"{f.label}合计{a}，各类别之和{b}" for f, a, b in differ if f.unit not in VISITS]
    notes += [f"{'；'.join(sums)}。合计为各单位填报的合计之和，差异见数据质量清单。"] if sums else []
    return "".join(notes)


def _only_total(totals: Totals, form: Form, field: Field, scope: str) -> bool:
    value = totals.book.value
    at = f"{field.name}{scope_of(field, scope)}"
    parts = (value(f"{form.name}.{c.name}.{at}") for c in form.parts)
    return value(f"{form.name}.{form.total}.{at}") is not None and all(v is None for v in parts)


def disagreements(totals: Totals, form: Form, scope: str) -> list[tuple[Field, str, str]]:
    """Measures whose 合计 is not the sum of the categories as reported, where categories were filled in at all."""
    found, value = [], totals.book.value
    for f in form.measures:
        if not f.summed:
            continue
        at = f"{f.name}{scope_of(f, scope)}"
        parts = [v for c in form.parts if (v := value(f"{form.name}.{c.name}.{at}")) is not None]
        whole = value(f"{form.name}.{form.total}.{at}")
        if whole is not None and parts and sum(parts) != whole:
            found.append((f, plain(whole), plain(sum(parts))))
    return found


def by_unit(totals: Totals, form: Form, scope: str, id: str, caption: str, **layout) -> Table:
    """Units × measures of the form's total row; the last row is the sum."""
    bad = faulty(totals)
    stems = [f"{form.name}.{form.total}.{f.name}{scope_of(f, scope)}" for f in form.measures]
    body = [
        (Entry(name), *(entry(totals, f"{stem}@{code}", bad) for stem in stems))
        for code, name in totals.history.units.items()
    ]
    body.append((Entry(f"{totals.history.whole}合计"), *(entry(totals, stem, bad) for stem in stems)))
    n = len(form.measures)
    return Table(
        id,
        caption,
        measure_heads(form, "报送单位", scope),
        tuple(body),
        ("left", *["right"] * n),
        (2.0, *[1.25] * n),
        note=marks(body) + missing_note(totals, form.name) + _in_doubt(body),
        totals=(len(body) - 1,),
        **layout,
    )


def marks(body) -> str:
    """What * and † in a table's cells mean, where they occur."""
    texts = [e.text for row in body for e in row]
    carried = "* 本期未报送或未填，沿用此前报送数。" if any(t.endswith("*") for t in texts) else ""
    derived = "† 合计栏未填，由各类别相加得出。" if any(t.endswith("†") for t in texts) else ""
    return carried + derived


def _in_doubt(body) -> str:
    """What a marked figure means, where one stands."""
    return IN_DOUBT if any(e.kind == "bad" for row in body for e in row) else ""


def missing_note(totals: Totals, form: str) -> str:
    history = totals.history
    gone = [history.units[c] for c in history.missing(form) if c not in history.failed]
    failed = [history.units[c] for c in history.missing(form) if c in history.failed]
    told = f"{'、'.join(gone)}本期未报送。" if gone else ""
    return told + (f"{'、'.join(failed)}本期处理失败、未计入。" if failed else "")


def against_last(totals: Totals, form: Form, id: str, caption: str) -> Table | None:
    """Measure by measure: this period, the last, the change; None if nothing can be compared."""
    body = []
    for f in form.measures:
        change = totals.changes.get(f"{form.name}.{form.total}.{f.name}")
        if change is not None:
            figures = [Entry(plain(change.now)), Entry(plain(change.last))]
            label = f"{f.label}（{f.unit}）{'累计' if f.cumulative else ''}"
            body.append((Entry(label), *figures, Entry(signed(totals.book[change.ref]), change.ref), _rest(change)))
    if not body:
        return None
    head = (tuple(Head(t) for t in ("指标", "本期", "上期", "增减", "参加比较的单位数")),)
    align = ("left", "right", "right", "right", "right")
    note = "只比较两期都填报了该指标的单位；累计指标的增减即本期新增。"
    return Table(id, caption, head, tuple(body), align, (3, 1.3, 1.3, 1.3, 1.6), note=note)


def _rest(change) -> Entry:
    return Entry(str(len(change.units)))


def signed(figure: Figure) -> str:
    """+3, -2, 0."""
    return f"+{figure.number}" if figure.value and figure.value > 0 else figure.number
