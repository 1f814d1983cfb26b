"""Cells whose value is in doubt: an open error stands there, or a check says that it is probably the wrong one.

A total that disagrees with its categories is an error at the total, though the slip is often in a category: the
cells that the error's suggestion names are in doubt too. So is a value far from the usual scale (元 for 万元),
though it is only a warning: it moves a sum more than any error. Then the row's 合计, which holds it, is too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from tally.declare import Campaign, Form
from tally.rules.cases import Scale

Cell = tuple[str, str, str, str]  # unit, form, row, field


def doubted(campaign: Campaign, findings: pd.DataFrame) -> Mapping[Cell, tuple[str, ...]]:
    """Every cell of one period's returns that is in doubt, to what is said of it (message and suggestion)."""
    scales = {rule.id for form in campaign.forms for rule in form.rules if isinstance(rule, Scale)}
    some = findings[((findings["severity"] == "error") | findings["rule"].isin(scales)) & findings["field"].notna()]
    columns = ("unit", "form", "row", "field", "rule", "message", "suggestion")
    forms = {form.name: form for form in campaign.forms}
    named = {form.name: _names(form) for form in campaign.forms}
    found: dict[Cell, dict[str, None]] = {}
    for unit, form, row, field, rule, message, suggestion in some[list(columns)].fillna("").itertuples(index=False):
        said = " ".join(filter(None, (message, suggestion)))
        moved = {at for name, at in named.get(form, {}).items() if name in suggestion}
        moved |= {(row, field)} if rule in scales else set()
        for at in {(str(row), field), *moved, *_totals(forms.get(form), moved)}:
            found.setdefault((str(unit), form, *at), {})[said] = None
    return {cell: tuple(words) for cell, words in found.items()}


def _names(form: Form) -> dict[str, tuple[str, str]]:
    """What a suggestion calls each cell of a matrix, 质量类案件“罚没”, to its row and field."""
    return {
        f"{c.label}“{f.label.removeprefix('其中：')}”": (c.name, f.name) for c in form.categories for f in form.fields
    }


def _totals(form: Form | None, cells: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The cells of the total row that hold the given ones."""
    if form is not None and form.total:
        yield from ((form.total, field) for _, field in cells)
