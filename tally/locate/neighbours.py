"""Two forms side by side with no empty column between them: where the one ends and the other begins."""

from __future__ import annotations

from collections.abc import Sequence

from tally.declare import Form
from tally.locate.column_labels import Heading


def without_neighbours(
    taken: frozenset[int], pool: Sequence[int], others: Sequence[tuple[Form, Sequence[Heading]]]
) -> list[int]:
    """The columns of `pool` that may belong to a form which is read from `taken`.

    `others` are other forms with what stands over the same columns in their words. One that is whole on one side of
    `taken` is a table of its own, its row names included; what it shares with the form is no sign.
    """
    free = list(pool)
    for form, headings in others:
        outside = [h for h in headings if h.field and h.outright and h.col not in taken]
        if not _whole(form, {h.field for h in outside}):
            continue
        first, last = min(h.col for h in outside), max(h.col for h in outside)
        names = 1 if form.layout == "matrix" else 0
        if first > max(taken):
            free = [c for c in free if c < first - names]
        elif last < min(taken):
            free = [c for c in free if c > last]
    return free


def _whole(form: Form, fields: set[str]) -> bool:
    """True if the fields make a table: of a matrix the half of its measures, of a list all that no record lacks."""
    if form.layout == "matrix":
        return len(fields) * 2 >= len(form.fields) > 2
    required = {f.name for f in form.fields if f.required} or set(form.key)
    return len(fields) >= 3 and bool(required) and required <= fields
