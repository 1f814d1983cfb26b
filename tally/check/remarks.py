"""The reviewer's remarks on the report: which figure or paragraph, what about it, and the word that settled it.

`data/remarks/<campaign>/<period>.csv` has number, what, heading, quote, figure, text, who, when; a line is a remark (`what`
意见) or settles the remark of the same number (办结). Lines are added, never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tally.store.digests import digest
from tally.store.lines import Columns, Lines, read

REMARK_COLUMNS = ("number", "what", "heading", "quote", "figure", "text", "who", "when")
REMARKED, SETTLED = "意见", "办结"
REMARKS = Columns(
    REMARK_COLUMNS,
    {
        "编号": "number", "性质": "what", "标题": "heading", "原文": "quote", "数字": "figure", "内容": "text",
        "经办人": "who", "日期": "when",
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: `heading` and `quote` say what it is about, `figure` the name of a marked figure ("" for text);
    `answer` is "" while it is open."""

    number: str
    heading: str
    quote: str
    figure: str
    text: str
    who: str
    when: str
    answer: str = ""
    settled_by: str = ""
    settled_on: str = ""

    @property
    def open(self) -> bool:
        return not self.answer


def remarks(path: Path) -> tuple[Remark, ...]:
    """Every remark in the order of writing. TallyError for a file that cannot be meant."""
    return _remarks(read(path, REMARKS))


def _remarks(lines: Lines) -> tuple[Remark, ...]:
    records = [record for _, record in lines.records]
    answers = {r["number"]: r for r in records if r["what"] == SETTLED}
    every = []
    for r in records:
        if r["what"] == REMARKED:
            answer = answers.get(r["number"], {})
            place = (r["number"], r["heading"], r["quote"], r["figure"], r["text"], r["who"], r["when"])
            every.append(Remark(*place, answer.get("text", ""), answer.get("who", ""), answer.get("when", "")))
    return tuple(every)


def number_of(heading: str, quote: str, text: str, who: str, moment: str) -> str:
    """A remark's number: the same words by the same person at the same moment are one remark."""
    return digest(heading, quote, text, who, moment)[:8]
