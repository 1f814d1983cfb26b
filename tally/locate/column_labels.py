"""Which field one column of a header holds, told from its labels, the lowest first."""

from __future__ import annotations

from tally.locate.context import measures_in
from tally.locate.header_rows import GENERIC, SCOPES, STEMS, THIS_PERIOD, TO_DATE, is_number_row
from tally.locate.labels import Names, parse
from tally.locate.view import View
from tally.model import RawValue
from tally.writing.characters import narrow


def _label_at(view: View, row: int, col: int, last: int) -> RawValue:
    """The label in a header cell; in a row of groups whose cells were not merged, that of the group on the left."""
    own = view.raw(row, col)
    if own is not None or row == last or (row, col) in view.covered:
        return own
    below = parse(str(view.raw(row + 1, col) or "")).core
    for c in range(col - 1, -1, -1):
        if isinstance(text := view.raw(row, c), str) and text.strip():
            spread = parse(text).core in SCOPES or (
                below in SCOPES and parse(str(view.raw(row + 1, c) or "")).core in SCOPES
            )
            return text if below and spread else None
    return None


def field_of(view: View, names: Names, first: int, last: int, col: int) -> tuple[str, str, str, bool, str]:
    """(field or "", label as written, unit, sure, scope) of one column, read from the lowest label up."""
    chain: list[str] = []
    for r in range(first, last + 1):
        text = _label_at(view, r, col, last)
        # 单位：件、万元、万只 speaks of the sheet; it stands in a header's rows where the table beside begins higher.
        whole = isinstance(text, str) and len(measures_in(narrow(text))) > 1
        if isinstance(text, str) and text.strip() and not whole and (not chain or text != chain[-1]):
            chain.append(text)
    labels = [parse(t) for t in chain]
    unit = next((x.unit for x in reversed(labels) if x.unit), "")
    written = " / ".join(" ".join(t.split()) for t in chain)
    scope = next(
        ("period" if x.core in THIS_PERIOD else "to date" for x in labels if x.core in THIS_PERIOD | TO_DATE), ""
    )
    cores = [x.core for x in labels if x.core and not is_number_row([x.core] * 3)]
    cores = [c for c in cores if not c.isdigit() and not (len(c) == 1 and c in STEMS)]
    if not cores:
        return "", written, unit, True, scope
    for at in range(len(cores) - 1, -1, -1):
        for text in (cores[at], "".join(cores[max(0, at - 1) : at + 1])):
            name, behind = names.field_and_unit(text)
            if name:
                return name, written, unit or behind, True, scope
        if cores[at] not in GENERIC:
            break
    if cores[-1] == names.row_header:
        return "", written, unit, True, scope
    if name := names.field(_without_scope(cores[-1])):
        # 本期 over a figure that must be to date is read, and a person must look.
        return name, written, unit, name not in names.cumulative, "period"
    return names.field_resembling(cores[-1]), written, unit, False, scope


def _without_scope(core: str) -> str:
    """A label without 本期 before or behind it, "" if it says nothing of the kind."""
    for word in sorted(THIS_PERIOD, key=len, reverse=True):
        if core.startswith(word) or core.endswith(word):
            return core.removeprefix(word).removesuffix(word)
    return ""
