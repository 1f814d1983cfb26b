"""Where each table of a grid begins and ends: the lines of its title, and the next header below it."""

from __future__ import annotations

from tally.declare import Form
from tally.locate.context import REPORTING, times_in
from tally.locate.headers import Header
from tally.locate.labels import parse
from tally.locate.view import View
from tally.writing.characters import narrow

_ABOVE = 8  # lines above a header that may hold its title, 填报单位 and date


def end_of(headers: list[Header], at: int, view: View) -> int:
    """The row before which the table ends: the next header in its columns, less the lines of that one's title."""
    this = headers[at]
    for other in headers[at + 1 :]:
        if other.first > this.last and other.left <= this.right and other.right >= this.left:
            return _before_title(view, this.last + 1, other)
    return view.height


def _before_title(view: View, start: int, header: Header) -> int:
    """The first line of the block of single texts (title, 附件, 填报单位) right above `header`."""
    row = header.first
    while row - 1 >= start and header.first - row < _ABOVE:
        filled = view.filled(row - 1, range(header.left, header.right + 1))
        texts = [view.text(row - 1, c) for c in filled]
        if len(filled) > 4 or any(t.replace(".", "").isdigit() for t in texts):
            break
        if not any(_heads(t, header.form) for t in texts) and filled:
            break
        row -= 1
    return row


def _heads(text: str, form: Form) -> bool:
    core = parse(text).core
    return (
        text.startswith(("附：", "附:", "附件", "附表", "填报", "报送", "单位:", "单位："))
        or REPORTING.match(narrow(text)) is not None
        or "年" in text
        or bool(times_in(text))
        or any(parse(t).core in core for t in (form.title, *form.aliases))
        or core.endswith(("统计表", "情况表"))
    )


def stands_below(headers: list[Header], at: int) -> bool:
    """True if another table stands above this one in its columns."""
    return bool(_earlier(headers, at))


def _earlier(headers: list[Header], at: int) -> list[Header]:
    """The headers that stand above this one in its columns."""
    this = headers[at]
    return [h for h in headers[:at] if h.left <= this.right and h.right >= this.left and h.last < this.first]


def first_above(view: View, headers: list[Header], at: int) -> int:
    """The first grid row of what stands above a header: its title, 填报单位, remarks."""
    header, earlier = headers[at], _earlier(headers, at)
    above = _before_title(view, earlier[-1].last + 1, header) if earlier else 0
    return max(above, header.first - _ABOVE)
