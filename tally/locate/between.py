"""Lines between two tables of a document: what follows the first is told from what heads the second.

Readers hand them to both, as they know no form. 注：… belongs to the table above it; from 附件5, or the next form's title, on
they belong to the one below. Where nothing heads the second they stay with both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tally.declare import Form
from tally.locate.context import REPORTING
from tally.locate.labels import parse
from tally.model import Grid
from tally.writing.characters import narrow

_NUMBERED = re.compile(r"附(件|表)?[\d一二三四五六七八九十]{0,3}[:：之]?\d?(\D|$)")
_TITLED = re.compile(r"[^:：。；;]{2,36}(统计表|情况表|汇总表|报表|一览表|登记表)([(（].*[)）])?")
_NOTE = re.compile(r"[(（]?(注|备注|说明)")


def told_apart(grids: Sequence[Grid], forms: Sequence[Form]) -> tuple[Grid, ...]:
    """The grids of a document, each line between two of them with the one that it belongs to."""
    apart = list(grids)
    for n in range(len(apart) - 1):
        above, below = apart[n], apart[n + 1]
        lines = below.before
        if not lines or above.after[: len(lines)] != lines:
            continue
        cut = _heading(lines, forms)
        if cut is not None:
            apart[n] = replace(above, after=(*lines[:cut], *above.after[len(lines) :]))
            apart[n + 1] = replace(below, before=lines[cut:])
    return tuple(apart)


def _heading(lines: Sequence[str], forms: Sequence[Form]) -> int | None:
    """Where the lines begin that head the table below, None if nothing does."""
    flat = [narrow(line) for line in lines]
    titled = (n for n, line in enumerate(flat) if _heads(line, forms))
    named = (n for n, line in enumerate(flat) if REPORTING.match(line))
    return next(titled, next(named, None))


def _heads(flat: str, forms: Sequence[Form]) -> bool:
    if _NOTE.match(flat):
        return False
    core = parse(flat).core
    titles = (title for form in forms for title in (form.title, *form.aliases))
    return bool(_NUMBERED.match(flat) or _TITLED.fullmatch(flat)) or any(parse(title).core in core for title in titles)
