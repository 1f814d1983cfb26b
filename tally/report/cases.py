"""The figures of a matrix form (cases) in words: to date, this period, by category, against the last period."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from tally.blocks import Block
from tally.declare import Field, Form
from tally.report import tables
from tally.report.basics import campaign_period, names
from tally.report.marks import MEANING
from tally.report.phrases import Clause, changed, compared, day, few, listed, named, paragraph, several
from tally.totals import TO_DATE, Totals
from tally.totals.change import Change, falls
from tally.totals.figures import Figure, printed
from tally.totals.matrix import NOT_COUNTED
from tally.writing.periods import month


def cases(totals: Totals, form: Form) -> tuple[Block, ...]:
    """The cases sentence to date, this period's, by category and by unit, with tables and charts."""
    stem = f"{form.name}.{form.total}"
    clauses = [c for f in form.measures if (c := _clause(totals, form, f, TO_DATE))]
    if not clauses:
        return (paragraph(f"{form.title}没有可用的填报数。"),)
    until = f"截至{day(campaign_period(totals).end)}，"
    if not any(isinstance(piece, Figure) and piece.value for clause in clauses for piece in clause):
        return _nothing(totals, form, until)
    blocks: list[Block] = [paragraph(f"{until}{totals.history.whole}共", *listed(clauses))]
    if len(totals.history.periods) > 1:
        fresh = [c for f in form.measures if not f.cumulative and (c := _clause(totals, form, f, ""))]
        blocks += [paragraph("本期", *listed(fresh))] if fresh else []
    blocks += [
        paragraph(*t) for t in (_in_doubt(totals, form), _left_out(totals, form, stem), _leading(totals, form)) if t
    ]
    blocks.append(tables.by_category(totals, form, TO_DATE, f"{form.name}-category", f"{form.title}（按类别，累计）"))
    if len(totals.history.units) > 1:  # of one unit it says what the table before says
        blocks.append(tables.by_unit(totals, form, TO_DATE, f"{form.name}-unit", f"{form.title}（按报送单位，累计）"))
    return tuple(blocks)


def _nothing(totals: Totals, form: Form, until: str) -> tuple[Block, ...]:
    """A form in which everything is nought: said once, with the table by unit."""
    sentence = f"{until}各报送单位填报的{form.title}各项合计均为0。"
    table = tables.by_unit(totals, form, TO_DATE, f"{form.name}-unit", f"{form.title}（按报送单位，累计）")
    told = [paragraph(*t) for t in (_in_doubt(totals, form), _left_out(totals, form, f"{form.name}.{form.total}")) if t]
    return (paragraph(sentence), *told, table)


def _in_doubt(totals: Totals, form: Form) -> Clause:
    """Which of these figures may be wrong, why, and between what numbers the sums lie: open errors and missing units."""
    figures = [(f, totals.book[f"{form.name}.{form.total}.{f.name}{TO_DATE}"]) for f in form.measures]
    suspected = [(f, x) for f, x in figures if x.doubt and x.meant is not None]
    others = [_noun(f) for f, x in figures if x.doubt and x.meant is None]
    clauses = [_suspicion(f, x) for f, x in suspected]
    if others:
        clauses.append(f"{'、'.join(others)}所依据的填报数待核实，更正后的数无法推断")
    sentence = f"标▲的数{MEANING}：{'；'.join(clauses)}。" if clauses else ""
    gone = _missing_range(totals, form)
    return (sentence + gone,) if sentence or gone else ()


def _suspicion(field: Field, figure: Figure) -> str:
    """出动执法人员，市开发区630人次疑为360人次，影响4.7%，更正后为5510人次."""
    after = in_words(field)[1]
    meant = "" if figure.meant is None else f"，更正后为{printed(figure.meant, figure.decimals)}{after}"
    return f"{_noun(field)}，{figure.doubt.replace(field.unit, after)}{meant}"


def _missing_range(totals: Totals, form: Form) -> str:
    """What units that sent nothing this period said in the last: by so much this period's sums may be too small."""
    history = totals.history
    codes = history.missing(form.name)
    if not codes or history.last is None:
        return ""
    matrix, clauses = totals.matrices[form.name], []
    for field in (f for f in form.measures if not f.cumulative):
        before = [matrix.get(history.last.period, code, form.total, field.name) for code in codes]
        amount = sum((r.value for r in before if r), Decimal(0))
        if amount:
            clauses.append(f"{_noun(field)}{printed(amount, field.places)}{field.unit}")
    if not clauses:
        return ""
    return f"本期数不含{several(names(totals, codes))}；其上期为{'、'.join(clauses)}，如与上期相当，本期数应相应增加。"


def _clause(totals: Totals, form: Form, field: Field, scope: str) -> Clause:
    figure = totals.book.get(f"{form.name}.{form.total}.{field.name}{scope}")
    before, after = in_words(field)
    if figure is None or figure.value is None:
        return ()
    silent = totals.left_out.get(f"{form.name}.{form.total}.{field.name}", ())
    why = "未填或未能识别" if NOT_COUNTED in figure.doubt else "未填"
    return (before, figure, f"{after}（{len(silent)}个单位{why}）" if silent else after)


def _left_out(totals: Totals, form: Form, stem: str) -> Clause:
    clauses = [
        f"{_noun(field)}（{named(names(totals, out))}）"
        for field in form.measures
        if (out := totals.left_out.get(f"{stem}.{field.name}"))
    ]
    return (f"合计栏未填或无法识别、没有计入的有：{'；'.join(clauses)}。",) if clauses else ()


def _leading(totals: Totals, form: Form) -> Clause:
    """Which categories have cases, largest first, for the form's first plain count."""
    field = next((f for f in form.measures if f.name == "cases_handled"), None)
    if field is None:
        return ()
    figures = [(c, totals.book[f"{form.name}.{c.name}.{field.name}{TO_DATE}"]) for c in form.parts]
    some = sorted((x for x in figures if x[1].value), key=lambda x: x[1].value or 0, reverse=True)
    none = [c.label for c, f in figures if not f.value]
    if not some:
        return ()
    clauses = [(c.label, f, field.unit) for c, f in some]
    return ("从案件类别看，", *listed(clauses, end=""), f"；{'、'.join(none)}未查办。" if none else "。")


def comparison(totals: Totals, form: Form) -> tuple[Block, ...]:
    """Against the last period, like with like; or why nothing is compared."""
    history = totals.history
    if history.last is None:
        before = history.campaign.before(history.now.period)
        why = f"上期（{month(before.name)}）数据尚未处理" if before else "本期为首个报送期"
        return (paragraph(f"{why}，不作比较。"),)
    changes = [(f, c) for f in form.measures if (c := totals.changes.get(f"{form.name}.{form.total}.{f.name}"))]
    table = tables.against_last(totals, form, f"{form.name}-change", f"与上期（{month(history.last.period)}）比较")
    if table is None:
        return (paragraph("两期都填报的单位没有可比的数据，不作比较。"),)
    usual = Counter(c.absent for _, c in changes).most_common(1)[0][0]
    compared_units = compared(names(totals, usual), [n for c, n in history.units.items() if c not in usual])
    start = f"与上期（{month(history.last.period)}）相比{compared_units}，"
    same = [_noun(f) for f, c in changes if not c.difference]
    clauses = [_compared(totals, form, f, c, usual) for f, c in changes if c.difference]
    steady = ("各项均无变化",) if not clauses else (f"{'、'.join(same)}无变化",) if same else ()
    return (paragraph(start, *listed([*clauses, steady])), table)


def _compared(totals: Totals, form: Form, field: Field, change: Change, usual: tuple[str, ...]) -> Clause:
    """One measure's change; how many units it rests on, where other than the sentence's."""
    after = in_words(field)[1]
    other = () if change.absent == usual else (f"（{len(change.units)}个单位可比）",)
    doubt = bool(totals.book[change.ref].doubt)
    first, *rest = changed(change, after, doubt=doubt)
    way = first.removeprefix("较上期") if isinstance(first, str) else first  # the sentence begins with 与上期相比
    return (_noun(field), way, *rest, *_restated(totals, form, field, change), *other)


def _restated(totals: Totals, form: Form, field: Field, change: Change) -> Clause:
    """Whose figure to date fell, which the sum of what is new hides, and what the others added."""
    less = falls(totals.matrices[form.name], field, change)
    if not less or change.difference < 0:
        return ()
    after, gone = in_words(field)[1], sum(less.values(), Decimal(0))
    others = printed(change.difference + gone, change.decimals)
    who = few(names(totals, list(less)))
    return (f"（{who}的累计数比上期少{printed(gone, change.decimals)}{after}，已抵减；其余单位新增{others}{after}）",)


def in_words(field: Field) -> tuple[str, str]:
    """What stands before and after a measure's number."""
    return field.spoken or (field.label, field.unit)


def _noun(field: Field) -> str:
    """What a measure is called in a sentence of which it is not a part of the one before."""
    return in_words(field)[0].removeprefix("其中").removeprefix("：")
