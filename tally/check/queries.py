"""The query log, 审核查询记录: what a unit was asked about its return, by whom and how, and what it answered.

`data/queries/<campaign>/<period>.csv` has unit, form, row, field, rule, what, text, channel, who, when; a line is a
question (`what` 询问) or an answer (答复) to the questions of the same place before it. Lines are added, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tally.store.lines import Columns, read

QUERY_COLUMNS = ("unit", "form", "row", "field", "rule", "what", "text", "channel", "who", "when")
ASKED, ANSWERED = "询问", "答复"
CHANNELS = ("电话", "书面", "当面", "反馈文件")
QUERIES = Columns(
    QUERY_COLUMNS,
    {
        "单位": "unit", "表": "form", "行": "row", "栏目": "field", "规则": "rule", "性质": "what", "内容": "text",
        "方式": "channel", "经办人": "who", "日期": "when",
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """One line: a question or an answer."""

    unit: str
    form: str
    row: str
    field: str
    rule: str
    what: str
    text: str
    channel: str
    who: str
    when: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        return self.unit, self.form, self.row, self.field, self.rule


def load_queries(path: Path) -> tuple[Query, ...]:
    """The log in the order it was written; () if there is none. TallyError for a file that cannot be meant."""
    records = [record for _, record in read(path, QUERIES).records]
    return tuple(Query(*(map(record.__getitem__, QUERY_COLUMNS))) for record in records)


def unanswered(log: Iterable[Query]) -> dict[tuple[str, str, str, str, str], Query]:
    """The places whose last word is a question."""
    last = {query.key: query for query in log}
    return {key: query for key, query in last.items() if query.what == ASKED}
