"""Page 1, for who decides: one conclusion, the five figures with change, target and mark, three problems, what to decide.

Everything here is said again below with its figures; nothing is judged that figures do not show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tally.blocks import Align, Block, Entry, EntryKind, Head, Paragraph, Run, Table
from tally.declare import Duty, Field, Form
from tally.report import marks
from tally.report.basics import campaign_period, lacks_summary, names
from tally.report.evidence import NO_WORD, OVERDUE, Evidence, Passages
from tally.report.follow_up import failed, failing_batches
from tally.report.phrases import Clause, changed, day, few, rate_changed, runs
from tally.report.tables.lists import shown
from tally.totals import TO_DATE, Totals
from tally.totals.figures import Figure
from tally.totals.trend import Series

MOST_FIGURES, MOST_PROBLEMS = 5, 3
NAMED_FIRMS = 2
_LEADING = ("cases_handled", "fines_confiscations")  # of a matrix form, before its other measures


@dataclass(frozen=True, slots=True)
class Problem:
    """`short` for the conclusion, `sentence` with names, `decide` what is to be decided about it."""

    short: str
    sentence: Clause
    decide: str


def leader(totals: Totals, passages: Passages) -> tuple[Block, ...]:
    """The blocks of page 1, below the title."""
    evidence = Evidence(totals, passages)
    problems = list(_problems(totals, evidence))[:MOST_PROBLEMS]
    blocks: list[Block] = [_conclusion(totals, evidence, problems), _figures(totals)]
    if problems:
        blocks.append(Paragraph((Run("主要问题：", kind="strong"), *_numbered([p.sentence for p in problems]))))
        decide = [(p.decide,) for p in problems if p.decide]
        blocks.append(Paragraph((Run("请审定：", kind="strong"), *_numbered(decide))))
    return tuple(blocks)


def _numbered(clauses: Sequence[Clause]) -> tuple[Run, ...]:
    """（1）…；（2）…。"""
    pieces: list = []
    for number, clause in enumerate(clauses, 1):
        pieces += [f"（{number}）" if len(clauses) > 1 else "", *clause, "；" if number < len(clauses) else "。"]
    return runs(*pieces)


def _conclusion(totals: Totals, evidence: Evidence, problems: list[Problem]) -> Paragraph:
    history = totals.history
    late = [d for d in history.campaign.duties if OVERDUE in evidence.states(d)]
    start = f"截至{day(campaign_period(totals).end, year=True)}，"
    if history.campaign.duties:
        count = len(history.campaign.duties)
        start += f"{count}项任务中{len(late)}项有单位逾期" if late else f"{count}项任务均无单位逾期"
    else:
        reported, expected = (totals.book.count(f"submission.{m}") for m in ("reported", "expected"))
        start += (
            f"{expected}个报送单位均已报送" if reported == expected else f"{expected}个报送单位中{reported}个已报送"
        )
    shorts = [p.short for p in problems]
    tail = f"，突出问题是{few(shorts)}。" if shorts else "，没有发现突出问题。"
    return Paragraph((Run(start + tail, kind="strong"),))


# The five figures ----------------------------------------------------------------------------------------------


def _figures(totals: Totals) -> Table:
    rows = [row for row in _rows(totals)][:MOST_FIGURES]
    head = (tuple(Head(t) for t in ("指标", "累计", "本期", "较上期", "要求", "状态")),)
    note = "较上期按同口径单位比较。" if any(r[3] != NONE for r in rows) else ""
    note += marks.note("，见正文") if any(e.kind == "doubt" for r in rows for e in r) else ""
    align: tuple[Align, ...] = ("left", "right", "right", "left", "left", "left")
    return Table("key-figures", "", head, tuple(rows), align, (2.4, 2.3, 2.2, 2.7, 2.2, 2.2), note=note, sortable=False)


def _rows(totals: Totals) -> Iterator[tuple[Entry, ...]]:
    for form in totals.history.campaign.forms:
        if form.layout == "matrix":
            yield from (_measure(totals, form, field) for field in _chosen(form))
    if totals.sampling is not None and totals.book.count(f"sampling.batches{TO_DATE}"):
        yield _failing_rate(totals)
    if "coverage.rate" in totals.book and totals.book["coverage.rate"].value is not None:
        yield _coverage(totals)
    yield _complete(totals)


def _chosen(form: Form) -> tuple[Field, ...]:
    """The two measures of a form that speak for it."""
    leading = [f for f in form.measures if f.name in _LEADING]
    return tuple((leading or list(form.measures))[:2])


NONE = Entry("—")


def _value(figure: Figure | None) -> Entry:
    if figure is None or figure.value is None:
        return NONE
    return Entry(figure.text, figure.ref, "doubt" if figure.doubt else "")


def _measure(totals: Totals, form: Form, field: Field) -> tuple[Entry, ...]:
    ref = f"{form.name}.{form.total}.{field.name}"
    figure, change = totals.book[f"{ref}{TO_DATE}"], totals.changes.get(ref)
    sentence = "".join(p if isinstance(p, str) else p.text for p in changed(change, field.unit))
    words = sentence.removeprefix("较上期").removeprefix("与上期")
    doubtful = change is not None and bool(totals.book[change.ref].doubt)
    compared = Entry(words or "—", change.ref if change else "", "doubt" if doubtful else "")
    now = NONE if field.cumulative or len(totals.history.periods) == 1 else _value(totals.book.get(ref))
    return Entry(field.label), _value(figure), now, compared, NONE, Entry("存疑" if figure.doubt else "—")


def _failing_rate(totals: Totals) -> tuple[Entry, ...]:
    figure, change = totals.book[f"sampling.failing_rate{TO_DATE}"], totals.changes.get("sampling.failing_rate")
    sentence = "".join(p if isinstance(p, str) else p.text for p in rate_changed(change))
    words = sentence.removeprefix("较上期").removeprefix("与上期")
    moved_at_all = change is not None and bool(change.difference)
    state = "—" if not moved_at_all else "随机波动以内" if change and change.chance else "变化显著"
    state, kind = ("存疑", "doubt") if figure.doubt else (state, "")
    return (
        Entry("不合格发现率"),
        _value(figure),
        NONE,
        Entry(words or "—", change.ref if change else "", "doubt" if change and kind else ""),
        Entry("—"),
        Entry(state),
    )


def _coverage(totals: Totals) -> tuple[Entry, ...]:
    figure = totals.book["coverage.rate"]
    due = next((d.due for d in totals.history.campaign.duties if _asks_coverage(d)), None)
    rest = totals.book.count("coverage.producing") - totals.book.count("coverage.sampled")
    asked = f"100%\n{day(due)}前" if isinstance(due, date) else "100%"
    late = isinstance(due, date) and campaign_period(totals).end > due
    state = "达标" if not rest else f"差{rest}家，{'逾期' if late else '未到期'}"
    kind: EntryKind = "doubt" if rest and figure.doubt else "bad" if rest and late else ""
    return (
        Entry(totals.book["coverage.rate"].label.removeprefix(totals.history.whole).strip()),
        _value(figure),
        NONE,
        _since(totals, "coverage.rate"),
        Entry(asked),
        Entry(state, kind=kind),
    )


def _asks_coverage(duty: Duty) -> bool:
    return {"sampling", "enterprises"} <= set(duty.evidence)


def _complete(totals: Totals) -> tuple[Entry, ...]:
    complete, expected = (totals.book[f"submission.{m}"] for m in ("complete", "expected"))
    rest = int((expected.value or 0) - (complete.value or 0))
    value = Entry(f"{complete.number}/{expected.number}个", complete.ref)
    state = Entry("齐全", kind="") if not rest else Entry(f"差{rest}个", kind="bad")
    return Entry("统计表齐全"), NONE, value, NONE, Entry("全部单位"), state


def _since(totals: Totals, name: str) -> Entry:
    """The change of a share since the last period, of the numbers as printed."""
    series = next((s for s in totals.trends if s.name == name), None)
    if series is None or totals.history.last is None:
        return NONE
    return Entry(moved(series), kind="doubt" if any(series.doubts[-2:]) else "")


def moved(series: Series) -> str:
    """上升1.20个百分点 / 下降 / 持平 from the last period to this one; "—" if one of them is not known."""
    last, now = series.values[-2:]
    if last is None or now is None:
        return "—"
    difference = now - last
    if not difference:
        return "持平"
    return f"{'上升' if difference > 0 else '下降'}{abs(difference):.{series.decimals}f}个百分点"


# The problems --------------------------------------------------------------------------------------------------


def _problems(totals: Totals, evidence: Evidence) -> Iterator[Problem]:
    """The gravest first; three of them are told. Where most sent nothing, that comes before what their old returns say."""
    returned = list(_not_returned(totals))
    missing = 2 * totals.book.count("submission.reported") < totals.book.count("submission.expected")
    yield from returned if missing else ()
    yield from _not_covered(totals)
    yield from _not_followed_up(totals)
    yield from () if missing else returned
    yield from _in_doubt(totals)
    yield from _silent(totals, evidence)


def _not_covered(totals: Totals) -> Iterator[Problem]:
    roster = totals.roster
    if roster is None or totals.sampling is None or not len(roster.unsampled):
        return
    firms, units, act = roster.unsampled, totals.history.units, totals.sampling.form.act
    named = [f"{shown(e)}（{units[u]}）" for u, e in zip(firms["unit"], firms["enterprise"], strict=True)]
    clause = f"在产企业{len(firms)}家未{act}：{few(named, NAMED_FIRMS, '家')}"
    shaky = [c for c in firms["unit"].unique() if totals.book[f"coverage.sampled@{c}"].doubt]
    clause += f"（{few([units[c] for c in shaky])}的名单待核实）" if shaky else ""
    decide = f"责成{few([units[c] for c in firms['unit'].unique() if c not in shaky])}限期补{act}，企业已停产的更正名册"
    if shaky:
        checked = f"{few([units[c] for c in shaky])}先核实名单，确未{act}的限期补{act}"
        decide = checked if len(shaky) == firms["unit"].nunique() else f"{decide}；{checked}"
    yield Problem(f"{act}未全覆盖", (clause,), decide)


def _not_followed_up(totals: Totals) -> Iterator[Problem]:
    batches = failing_batches(totals)
    lacking = [b for b in batches if b.missing]
    if not lacking or totals.sampling is None:
        return
    units, form = totals.history.units, totals.sampling.form
    silent = list(dict.fromkeys(units[b.unit] for b in lacking if not b.follow_up))
    clause = f"{failed(form, len(batches))}，后处理步骤没有写全的{len(lacking)}{form.counted}"
    clause += f"，其中{few(silent)}有{form.record}未填报后处理" if silent else ""
    who = few(list(dict.fromkeys(units[b.unit] for b in lacking)))
    yield Problem(f"不合格{form.goods}后处理不完整", (clause,), f"责成{who}补齐不合格{form.goods}后处理")


def _not_returned(totals: Totals) -> Iterator[Problem]:
    history = totals.history
    forms = [f.name for f in history.campaign.forms]
    owed = Counter(code for form in forms for code in history.missing(form))
    gone = [c for c in history.units if owed[c] == len(forms)]
    part = [c for c in history.units if 0 < owed[c] < len(forms)]
    silent = [c for c in history.units if c not in gone and lacks_summary(totals, c)]
    overdue = {code for (code, _), submission in totals.record.items() if submission.late}
    late = [c for c in history.units if c in overdue]
    clauses = [
        f"{_whom(totals, codes)}{what}".replace("各报送单位", "各报送单位均")
        for codes, what in (
            (gone, "未报送本期报表"),
            (part, "报表不全"),
            (silent, "未报送工作总结"),
            (late, "逾期报送"),
        )
        if codes
    ]
    if not clauses:
        return
    owing = [c for c in history.units if c in {*gone, *part, *silent}]
    decide = f"责成{_whom(totals, owing)}限期补报" if owing else ""
    yield Problem(
        "本期均未报送" if len(gone) == len(history.units) > 1 else "报送不全" if owing else "报送逾期",
        ("，".join(clauses),),
        decide,
    )


def _whom(totals: Totals, codes: Sequence[str]) -> str:
    return "各报送单位" if len(codes) == len(totals.history.units) > 1 else few(names(totals, codes))


def _in_doubt(totals: Totals) -> Iterator[Problem]:
    errors = totals.book.count("findings.error")
    if not errors:
        return
    refs = [
        f"{f.name}.{f.total}.{m.name}{TO_DATE}"
        for f in totals.history.campaign.forms
        if f.layout == "matrix"
        for m in f.measures
    ]
    doubtful = [totals.book[ref] for ref in refs if ref in totals.book and totals.book[ref].meant is not None]
    clause = f"报表有差错{errors}处未更正"
    clause += f"，影响合计的有{len(doubtful)}个数" if doubtful else ""
    yield Problem("报表差错未更正", (clause,), f"{errors}处差错是否更正后再发布")


def _silent(totals: Totals, evidence: Evidence) -> Iterator[Problem]:
    silent = [d for d in totals.history.campaign.duties if evidence.states(d) == {NO_WORD}]
    if silent:
        titles = few([f"“{d.title}”" for d in silent], 2, "项")
        yield Problem("部分任务无反映", (f"{titles}没有单位反映进展",), "")
