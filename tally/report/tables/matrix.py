"""Tables of a matrix form (cases): measures by category, by unit, and against the last period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from tally.blocks import RIGHT, Align, Entry, EntryKind, Head, Table
from tally.declare import Field, Form
from tally.report.marks import note
from tally.report.phrases import several
from tally.totals import Totals
from tally.totals.change import Change
from tally.totals.figures import TO_DATE, Figure, printed
from tally.totals.matrix import SCOPES
from tally.totals.reported import VISITS


class Layout(TypedDict, total=False):
    """How a table lies on paper; see `Table`."""

    landscape: bool


QUALITY = "quality"  # id of the data-quality list, to which a faulty figure links
TOLD = 4  # figures in doubt that a note tells one by one


def entry(totals: Totals, ref: str) -> Entry:
    """One figure in a table; "—" muted where there is none, marked where it rests on a cell in doubt."""
    figure = totals.book.get(ref)
    if figure is None or figure.value is None:
        return Entry("—", kind="muted")
    mark = "*" if figure.note else "†" if figure.derived and "@" in ref else ""
    return Entry(figure.number + mark, ref, "doubt" if figure.doubt else "", QUALITY if figure.doubt else "")


def row(totals: Totals, label: str, stems: Iterable[str], at: str = "", *, before: str = "") -> tuple[Entry, ...]:
    """A label, then the figures that `stems` name with `before` and `at` (@unit) around them."""
    return (Entry(label), *(entry(totals, f"{before}{stem}{at}") for stem in stems))


def doubt_note(totals: Totals, body: Iterable[Sequence[Entry]]) -> str:
    """What the marked figures of a table rest on: what is said of each, the sums' first; "" where none is marked."""
    refs = [e.ref for row in body for e in row if e.kind == "doubt" and e.ref]
    if not refs:
        return ""
    sums = [ref for ref in refs if "@" not in ref] or refs
    alike: dict[str, dict[str, None]] = {}
    for ref in sums:
        alike.setdefault(totals.book[ref].doubt, {})[_label(totals, ref)] = None
    clauses = [f"{_labels(list(labels))}：{doubt}" for doubt, labels in alike.items()]
    rest = sum(map(len, list(alike.values())[TOLD:]))
    more = f"；另有{rest}个数见数据质量清单" if rest else ""
    return note(f"：{'；'.join(clauses[:TOLD])}{more}")


def _labels(labels: list[str]) -> str:
    return "、".join(labels) if len(labels) <= 3 else f"{labels[0]}等{len(labels)}个数"


def _label(totals: Totals, ref: str) -> str:
    """罚没, 质量类案件立案: what a figure counts, in a note."""
    label = totals.book[ref].label.removeprefix(totals.history.whole).strip()
    label = label.removesuffix("（累计）").removesuffix("（本期）").removeprefix("合计 ")
    return label.replace("其中：", "").replace(" ", "")


def measure_heads(form: Form, first: str, scope: str) -> tuple[tuple[Head, ...], ...]:
    """Two header rows: the measures' names, and under them their units of measure with 累计 or 本期."""
    names = (Head(first, rowspan=2), *(Head(f.label) for f in form.measures))
    units = (f"（{f.unit}）\n{SCOPES['' if _fresh(f, scope) else TO_DATE]}" for f in form.measures)
    return names, tuple(Head(text) for text in units)


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


def by_category(totals: Totals, form: Form, scope: str, id: str, caption: str, **layout: Unpack[Layout]) -> Table:
    """Categories × measures for all units together, 合计 last."""
    ordered = sorted(form.categories, key=lambda c: c.name == form.total)
    columns = [f"{f.name}{scope_of(f, scope)}" for f in form.measures]
    body = tuple(row(totals, c.label, columns, before=f"{form.name}.{c.name}.") for c in ordered)
    n = len(form.measures)
    return Table(
        id,
        caption,
        measure_heads(form, form.row_header or "类别", scope),
        body,
        ("left", *[RIGHT] * n),
        (2.2, *[1.25] * n),
        note=_category_note(totals, form, scope) + doubt_note(totals, body),
        totals=(len(body) - 1,) if form.total else (),
        sortable=False,
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
    return "".join(notes) + _missing_rows(totals, form)


def _missing_rows(totals: Totals, form: Form) -> str:
    """建湖县缺“虚假广告类案件”一行，该类数不含其本期数: rows that a return should have and has not."""
    findings, units = totals.history.now.findings, totals.history.units
    some = findings[(findings["form"] == form.name) & (findings["severity"] == "error")]
    some = some[some["row"].notna() & some["field"].isna()]
    labels = {c.name: c.label for c in form.categories}
    gone = [(units[u], labels[r]) for u, r in zip(some["unit"], some["row"], strict=True) if u in units and r in labels]
    return "".join(f"{unit}缺“{label}”一行，该行的数不含其本期数。" for unit, label in dict.fromkeys(gone))


def _only_total(totals: Totals, form: Form, field: Field, scope: str) -> bool:
    value = totals.book.value
    at = f"{field.name}{scope_of(field, scope)}"
    parts = (value(f"{form.name}.{c.name}.{at}") for c in form.parts)
    return value(f"{form.name}.{form.total}.{at}") is not None and all(v is None for v in parts)


def disagreements(totals: Totals, form: Form, scope: str) -> list[tuple[Field, str, str]]:
    """Measures whose 合计 is not the sum of the categories as reported, where categories were filled in at all."""
    differences, value = [], totals.book.value
    for f in form.measures:
        if not f.summed:
            continue
        at = f"{f.name}{scope_of(f, scope)}"
        parts = [v for c in form.parts if (v := value(f"{form.name}.{c.name}.{at}")) is not None]
        whole = value(f"{form.name}.{form.total}.{at}")
        if whole is not None and parts and sum(parts) != whole:
            differences.append((f, printed(whole, f.places), printed(sum(parts, Decimal(0)), f.places)))
    return differences


def by_unit(totals: Totals, form: Form, scope: str, id: str, caption: str, **layout: Unpack[Layout]) -> Table:
    """Units × measures of the form's total row; the last row is the sum."""
    stems = [f"{form.name}.{form.total}.{f.name}{scope_of(f, scope)}" for f in form.measures]
    body = [row(totals, name, stems, f"@{code}") for code, name in totals.history.units.items()]
    body.append(row(totals, f"{totals.history.whole}合计", stems))
    n = len(form.measures)
    return Table(
        id,
        caption,
        measure_heads(form, "报送单位", scope),
        tuple(body),
        ("left", *[RIGHT] * n),
        (2.0, *[1.25] * n),
        note=marks(body) + missing_note(totals, form.name) + doubt_note(totals, body),
        totals=(len(body) - 1,),
        **layout,
    )


def marks(body: Iterable[Sequence[Entry]]) -> str:
    """What * and † in a table's cells mean, where they occur."""
    texts = [e.text for row in body for e in row]
    carried = "* 本期未报送或未填，沿用此前报送数。" if any(t.endswith("*") for t in texts) else ""
    derived = "† 合计栏未填，由各类别相加得出。" if any(t.endswith("†") for t in texts) else ""
    return carried + derived


def missing_note(totals: Totals, form: str) -> str:
    history = totals.history
    gone = [history.units[c] for c in history.missing(form) if c not in history.failed]
    failed = [history.units[c] for c in history.missing(form) if c in history.failed]
    sentence = f"{several(gone)}本期未报送。" if gone else ""
    return sentence + (f"{several(failed)}本期处理失败、未计入。" if failed else "")


def against_last(totals: Totals, form: Form, id: str, caption: str) -> Table | None:
    """Measure by measure: this period, the last, the change; None if nothing can be compared."""
    body = []
    for f in form.measures:
        change = totals.changes.get(f"{form.name}.{form.total}.{f.name}")
        if change is not None:
            figure = totals.book[change.ref]
            kind: EntryKind = "doubt" if figure.doubt else ""
            label = f"{f.label}（{f.unit}）{'累计' if f.cumulative else ''}"
            sides = zip(change.printed, change.doubts, strict=True)
            values = [Entry(text, kind="doubt" if doubt else "") for text, doubt in sides]
            body.append((Entry(label), *values, Entry(signed(figure), change.ref, kind), _rest(change)))
    if not body:
        return None
    head = (tuple(Head(t) for t in ("指标", "本期", "上期", "增减", "参加比较的单位数")),)
    align: tuple[Align, ...] = ("left", *[RIGHT] * 4)
    note = "只比较两期都填报了该指标的单位；累计指标的增减即本期新增。" + doubt_note(totals, body)
    return Table(id, caption, head, tuple(body), align, (3, 1.3, 1.3, 1.3, 1.6), note=note)


def _rest(change: Change) -> Entry:
    return Entry(str(len(change.units)))


def signed(figure: Figure) -> str:
    """+3, -2, 0."""
    return f"+{figure.number}" if figure.value and figure.value > 0 else figure.number
