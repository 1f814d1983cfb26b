"""The part of a unit's page that says what is wrong: errors, then doubts; hints are there for whoever looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tally.blocks import Align, Block, Entry, Heading, Paragraph, Run, Table
from tally.catalogue.words import SEVERITIES, SEVERITY_DUTIES, place_in_words
from tally.check.alike import and_more, first_of_each
from tally.render.feedback.notices import MISSING
from tally.render.pages.unit_view import NO_FORM, UnitView, heads
from tally.returns.summaries.measures import LABELS

MOST_ON_PAGE = 100  # findings of one cause
_HEADS = ("序号", "位置", "填报内容", "应为", "说明", "处理建议", "文件及单元格")


def findings(view: UnitView) -> Iterable[Block]:
    """Counts in a sentence, then a table a severity, the gravest first."""
    yield Heading("一、发现的问题", 1, "findings")
    if not view.findings:
        yield Paragraph((Run("没有发现问题。"),))
        return
    yield Paragraph((Run(_summary(view)),))
    for severity, word in SEVERITIES.items():
        listed = [f for f in view.findings if f["severity"] == severity]
        if listed:
            yield Heading(f"{word}（{SEVERITY_DUTIES[severity]}）：{len(listed)}条", 2, f"findings-{severity}")
            yield _table(view, severity, listed)


def _summary(view: UnitView) -> str:
    counts = Counter(f["severity"] for f in view.findings if f["rule"] != MISSING)
    missing = int((view.of(view.tables.returns)["state"] == "missing").sum())
    parts = [f"未报材料{missing}份，须补报"] if missing else []
    parts += [
        f"{word}{counts[severity]}处，{SEVERITY_DUTIES[severity]}"
        for severity, word in SEVERITIES.items()
        if counts[severity]
    ]
    return f"本期共有{'；'.join(parts)}。"


def _table(view: UnitView, severity: str, listed: list[Mapping[str, str]]) -> Table:
    rows: list[tuple[Entry, ...]] = []
    shown = first_of_each(listed, lambda f: (f["rule"], f["form"], f["field"]), MOST_ON_PAGE)
    for number, (finding, more) in enumerate(shown, 1):
        rows.append(_row(view, number, finding))
        if more:
            texts = {0: "……", _HEADS.index("说明"): and_more(more)}
            rows.append(tuple(Entry(texts.get(c, "")) for c in range(len(_HEADS))))
    lefts: list[Align] = ["left"] * (len(_HEADS) - 1)
    return Table(
        f"list-{severity}", SEVERITIES[severity], heads(*_HEADS), tuple(rows), ("center", *lefts), landscape=True
    )


def _row(view: UnitView, number: int, finding: Mapping[str, str]) -> tuple[Entry, ...]:
    form = view.form_of(finding["form"])
    ref = _ref(view, finding)
    link = "" if ref or not form else f"form-{form.name}"
    place = place_in_words(*(finding[name] for name in ("file", "sheet", "cell")))
    return (
        Entry(str(number)),
        Entry(_where(view, finding)),
        Entry(finding["found"]),
        Entry(finding["expected"]),
        Entry(finding["message"], ref=ref, link=link),
        Entry(finding["suggestion"]),
        Entry(place, kind="muted"),
    )


def _where(view: UnitView, finding: Mapping[str, str]) -> str:
    """The form, the row and the column as the form calls them."""
    form, row, field = view.form_of(finding["form"]), finding["row"], finding["field"]
    rows = {category.name: category.label for category in form.categories} if form else {}
    fields = {f.name: f.label for f in form.fields} if form else LABELS
    names = (
        form.number if form else NO_FORM.get(finding["form"], finding["form"]),
        rows.get(row) or (f"第{row}条" if row.isdigit() else row),
        fields.get(field, field),
    )
    return "　".join(name for name in names if name)


def _ref(view: UnitView, finding: Mapping[str, str]) -> str:
    """The figure of the page that the finding speaks of, "" for none."""
    record = f"{finding['form']}.{finding['row']}"
    candidates = (f"{record}.{finding['field']}", record)
    return next((ref for ref in candidates if ref in view.figures), "")
