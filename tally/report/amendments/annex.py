"""更正说明: the released figures that this edition corrects, with their causes; printed as the report's last annex."""

from __future__ import annotations

from datetime import date

from tally.blocks import Annex, Block, Entry, Head, Table
from tally.report.amendments.amend import Amendments
from tally.report.phrases import day, paragraph

TITLE = "更正说明"


def annex(amended: Amendments | None, number: int) -> tuple[Block, ...]:
    """The annex, () for a report that amends nothing."""
    if amended is None:
        return ()
    told = [e for e in amended.stated if not e.ref.startswith(COUNTED)]
    body = tuple(
        (Entry(str(i)), Entry(e.label), Entry(e.old), Entry(e.new), Entry("；".join(map(_line, e.causes))))
        for i, e in enumerate(told, 1)
    )
    head = (tuple(Head(t) for t in ("序号", "数字", "发布时", "更正后", "原因")),)
    rest = sum(not e.stated for e in amended.entries)
    note = f"另有{rest}个没有列入报告的数字随之变动。" if rest else ""
    note += "差错、疑点的处数随之变化，见数据质量清单。" if len(told) < len(amended.stated) else ""
    return (
        Annex(f"附件{number}", TITLE, landscape=True, id="annex-amendments"),
        paragraph(
            f"{_released(amended)}的报告（审批人：{amended.by}）中有{len(body)}个数字与现有数据不同，更正如下。"
            if body
            else f"{_released(amended)}的报告中列出的数字没有变动。"
        ),
        *(
            [Table("amendments", "更正的数字", head, body, ("center", "left", "right", "right", "left"), (0.6, 3.4, 1.6, 1.6, 6), note=note, landscape=True)]
            if body
            else ()
        ),
    )  # fmt: skip


COUNTED = ("findings.",)  # figures that count what is open: they follow from the others, and are none of the campaign's


def _line(cause: str) -> str:
    return " ".join(cause.splitlines())


def title_line(amended: Amendments | None, number: int) -> tuple[str, ...]:
    """What the title page says of it."""
    if amended is None:
        return ()
    count = sum(not e.ref.startswith(COUNTED) for e in amended.stated)
    return (f"更正稿：更正{count}个数字，见附件{number}" if count else f"更正稿：数字没有变动，见附件{number}",)


def _released(amended: Amendments) -> str:
    return f"{day(date.fromisoformat(amended.when), year=True)}第{amended.release}次发布"
