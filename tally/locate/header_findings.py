"""What a header itself gives reason to say: columns guessed, doubled, split, unknown, missing, hidden, and words that qualify."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tally.declare import Field, Form, Period
from tally.locate.body import Body, Reporter
from tally.locate.extra_columns import Purpose, purpose_of
from tally.locate.headers import Header
from tally.locate.labels import is_foreign
from tally.locate.own_checks import of_column
from tally.locate.qualifiers import Meaning, contradicts, meaning
from tally.locate.record_words import some_texts, words_of_extra
from tally.locate.view import View
from tally.model import Finding

_KINDS: dict[Meaning, str] = {
    "past": "form.words_other_time",
    "future": "form.words_other_time",
    "planned": "form.words_planned",
    "share": "form.words_share",
    "limited": "form.words_limit",
    "unknown": "form.words_unknown",
}
_EXTRA: dict[Purpose, str] = {
    "labels": "",
    "number": "",
    "nothing": "",
    "measure": "",
    "unit": "form.unit_column",
    "place": "form.place_column",
    "check": "form.check_column",
    "unknown": "form.unknown_column",
}
_QUALIFYING = frozenset(("past", "future", "planned", "limited", "unknown"))
# Names of groups of columns that only gather them: 不合格产品情况, 企业基本信息, 执法检查, 其中.
_GROUP = re.compile(
    r"其中|(不?合格|产品|商品|批次|企业|经营者|单位|基本|主要|执法|监督|检查|抽查|抽检|检验|检测|查办|查处|办理|处理|处置|处罚|行政|办案"
    r"|案件|违法|口罩|生产|经营|人员|联系|证照|许可|资质|相关|有关|各类|整治|专项|工作|任务|后续|结果|措施|帮扶|情况|信息|数据|指标|内容|统计|概况"
    r"|资料|要素|明细|项目|部分|方面|的|及|和|、|与|数量|金额|查获|没收|移送|司法|公安机关?|机关|涉案|立案|结案|罚没|案值|物品)+"
)
_ONCE = frozenset(("form.other_time", "form.part_of_column", "form.other_column"))
_WORDS = frozenset(("text", "phone", "credit_code", "seq"))  # kinds of fields whose heading qualifies no figure


def header_findings(view: View, header: Header, body: Body, period: Period | None) -> Iterator[Finding]:
    """All that is to be said of the header; columns without one filled cell are not spoken of as unknown."""
    report = Reporter(view, header.form)
    yield from _columns(report, header)
    yield from _words_that_qualify(report, header, period)
    yield from _unknown(view, report, header, body)
    yield from _missing(report, header)
    if view.grid.hidden_rows.issuperset(range(header.first, header.last + 1)):
        yield report("form.hidden_heading", header.first, header.columns[0].col)
    for column in header.columns:
        if column.col in view.grid.hidden_cols:
            yield report("form.hidden_column", header.first, column.col, field=column.field, label=column.label)


def _columns(report: Reporter, header: Header) -> Iterator[Finding]:
    """Columns told by resemblance, left out beside another of their field, added up, or refused."""
    form = header.form
    for c in header.guessed:
        meant = form.field(c.field).label
        yield report("form.column_guessed", header.last, c.col, field=c.field, label=c.label, expected=meant)
    yield from _left_out(report, header)
    for c in header.columns:
        kind = "form.columns_refused" if c.how == "refused" else "form.columns_added" if c in header.added else ""
        if kind:
            names = "、".join(f"“{p.name or p.says}”" for p in c.parts)
            yield report(kind, header.last, c.col, field=c.field, label=form.field(c.field).label, names=names)


def _left_out(report: Reporter, header: Header) -> Iterator[Finding]:
    """Columns that give way to another of their field; parts and other times once for each name, over however many fields."""
    taken = {h.field: h.words for h in header.headings if h.col in header.taken}
    once: set[tuple[str, str]] = set()
    for heading, kind in header.left_out:
        field = header.form.field(heading.field)
        apart = [w for w in heading.words if w not in taken.get(heading.field, ())]
        word = apart[0] if apart else heading.label
        if kind in _ONCE and (kind, word) in once:
            continue
        once.add((kind, word))
        words = {
            "label": heading.label if kind == "form.duplicate_column" else field.label,
            "scope": "累计数" if field.cumulative else "本期数",
            "word": word,
        }
        yield report(kind, header.first, heading.col, field=field.name, **words)


@dataclass(frozen=True, slots=True)
class _Remark:
    """A word over a column that a person must know of; the kind of finding that says so."""

    kind: str
    word: str
    field: Field
    col: int


def _words_that_qualify(report: Reporter, header: Header, period: Period | None) -> Iterator[Finding]:
    """One finding for each word, however many columns it stands over, and one for all English words."""
    remarks = list(_remarks(header, period))
    foreign = [r for r in remarks if r.kind.startswith("form.words_unknown") and is_foreign(r.word)]
    if foreign:
        words = "、".join(dict.fromkeys(r.word for r in foreign))
        yield report("form.words_foreign", header.last, foreign[0].col, found=words[:200], word=words[:60])
    remarks = [r for r in remarks if r not in foreign]
    for kind, word in dict.fromkeys((r.kind, r.word) for r in remarks):
        same = [r for r in remarks if (r.kind, r.word) == (kind, word)]
        labels = "”“".join(r.field.label for r in same)
        field = same[0].field.name if len(same) == 1 else ""
        scope = "累计数" if same[0].field.cumulative else "本期数"
        yield report(kind, header.last, same[0].col, found=word, field=field, word=word, label=labels, scope=scope)


def _remarks(header: Header, period: Period | None) -> Iterator[_Remark]:
    single = {c.col: header.form.field(c.field) for c in header.columns if not c.how}
    for heading in header.headings:
        over_all = header.form.layout == "matrix" and not heading.field and heading.col < min(single, default=0)
        fields = list(single.values()) if over_all else [single[heading.col]] if heading.col in single else []
        for word in dict.fromkeys(heading.words):
            for field in fields:  # what qualifies the names of rows is said of every column
                kind = _kind(word, word in heading.groups, field, period)
                if kind and not (over_all and kind.startswith("form.words_unknown")):
                    yield _Remark(kind, word, field, heading.col)


def _kind(word: str, group: bool, field: Field, period: Period | None) -> str:
    """The kind of finding for a word over a column of `field`, "" if it is understood and agrees."""
    how = meaning(word, field, period)
    if contradicts(how, field):
        return "form.words_scope" if field.numeric else ""
    kind = _KINDS.get(how, "")
    if group and (how == "share" or _GROUP.fullmatch(word) or how not in _QUALIFYING):
        return ""  # the name of a group of columns
    if kind == "form.words_unknown" and field.kind in _WORDS:
        return "form.words_unknown/text"
    return kind


def _unknown(view: View, report: Reporter, header: Header, body: Body) -> Iterator[Finding]:
    for col, label in header.unknown:
        kind = _EXTRA[purpose_of(view, header, body, col)]
        if kind:
            texts = some_texts(view, body, col) if kind == "form.unknown_column" else ""
            yield report(f"{kind}/words" if texts else kind, header.first, col, found=label, label=label, texts=texts)
        if kind == "form.check_column":
            yield from of_column(view, header, body, col, label)
        yield from words_of_extra(view, header, body, col, label)


def _missing(report: Reporter, header: Header) -> Iterator[Finding]:
    present = {c.field for c in header.columns}
    for field in header.form.fields:
        if field.name not in present and field.kind != "seq":
            kind = _missing_column(header.form, field)
            yield report(kind, header.first, header.left, field=field.name, label=field.label)


def _missing_column(form: Form, field: Field) -> str:
    """The kind of finding that tells of a column which is not there."""
    if field.required or field.numeric and form.layout == "matrix":
        return "form.missing_column"
    return "form.missing_column/elsewhere" if field.elsewhere else "form.missing_column/list"
