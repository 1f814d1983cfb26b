"""What the public edition says of its numbers: the totals in a sentence, and a table of what may be told.

A column most of whose cells may not be told says nothing: it is left out, and a sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from tally.blocks import RIGHT, Block, Entry, Head, Paragraph, Run, Table
from tally.report.phrases import listed
from tally.report.public.columns import HIDDEN, NOTHING, UNCERTAIN, Breakdown, Measure, Published

NOTE = f"{HIDDEN} 涉及的案件或企业不足{{}}件（家），以及由其他数可以推算出上述数的，不予公布；{NOTHING} 为没有数据。"
CHECKED = f"{UNCERTAIN} 正在核实的数，以后续公布的为准；只有该标记的，核实后公布。"


def figures(every: Iterable[Published], whole: str, smallest: int) -> list[Block]:
    """Sentence and table of each breakdown, tables numbered; totals that were told are not told again."""
    blocks: list[Block] = []
    sentences: set[str] = set()
    number = 0
    for published in every:
        sentence = _sentence(published, whole, smallest)
        measures = [m for m in published.breakdown.measures if _tells(published, m)]
        number += bool(measures)
        more = f"按{published.breakdown.head}分列的情况见表{number}。" if measures and sentence in sentences else ""
        first = more if sentence in sentences else sentence
        blocks.append(Paragraph((Run(first + _left_out(published, measures)),)))
        blocks += [_table(published, measures, number, smallest)] if measures else []
        sentences.add(sentence)
    return blocks


def _tells(published: Published, measure: Measure) -> bool:
    """Whether at least half of a column's cells that have a number may be told."""
    texts = [published.text(key, measure) for key in published.breakdown.keys]
    numbers = [text for text in texts if text != NOTHING]
    return 2 * numbers.count(HIDDEN) <= len(numbers)


def _left_out(published: Published, told: list[Measure]) -> str:
    breakdown = published.breakdown
    gone = [m.label for m in breakdown.measures if m not in told]
    return f"{'、'.join(gone)}按{breakdown.head}分列的数，涉及的案件或企业过少的居多，不予公布。" if gone else ""


def _sentence(published: Published, whole: str, smallest: int) -> str:
    """The totals in words; which of them are still being checked is said at the end."""
    breakdown = published.breakdown
    told = [m for m in breakdown.measures if published.text("", m)[0].isdigit()]
    if not told:
        return f"{_subject(breakdown)}：各数本身或由其他数推算出的数不足{smallest}，不予公布。"
    clauses = [(f"{m.before}{published.text('', m)}{m.after}",) for m in told]
    unsure = [m.label for m in told if published.uncertain("", m)]
    checked = f"其中{'、'.join(unsure)}正在核实，以后续公布的为准。" if unsure else ""
    return "".join((f"{whole}共", *map(str, listed(clauses)), checked))


def _subject(breakdown: Breakdown) -> str:
    return breakdown.title.split("（")[0].removesuffix("统计表")


def _table(published: Published, measures: list[Measure], number: int, smallest: int) -> Table:
    breakdown = published.breakdown
    heads = [Head(f"{m.label}（{m.unit}）" if m.unit else m.label) for m in measures]
    rows = [_row(published, measures, key, label) for key, label in breakdown.keys.items()]
    rows.append(_row(published, measures, "", "合计"))
    texts = "".join(entry.text for row in rows for entry in row)
    notes = [NOTE.format(smallest)] if HIDDEN in texts or NOTHING in texts else []
    notes += [CHECKED] if UNCERTAIN in texts else []
    return Table(
        id=f"public-{breakdown.id}",
        caption=f"表{number} {breakdown.title}",
        head=((Head(breakdown.head), *heads),),
        body=tuple(rows),
        align=("left", *[RIGHT] * len(measures)),
        note="".join(notes),
        totals=(len(rows) - 1,),
    )


def _row(published: Published, measures: list[Measure], key: str, label: str) -> tuple[Entry, ...]:
    texts = (published.text(key, m) + (UNCERTAIN if published.uncertain(key, m) else "") for m in measures)
    return (Entry(label), *map(Entry, texts))
