"""The ledger's promise in each format as written: what is added to a sound return anywhere is named or said, or changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samples.writers.ods import ods
from samples.writers.sheet import Sheet as Written
from samples.writers.web import web_page
from samples.writers.word import word_tables
from samples.writers.xls import xls
from samples.writers.xlsx import xlsx
from samples.writers.xml_2003 import xml_2003
from tally.readers import read_bytes
from tests.unit.locate.sheets import Sheet
from tests.unit.locate.test_ledger import ACCEPTED, LOUD, MARKS, figures

FORMATS: Mapping[str, Callable[[list[Written]], bytes]] = {
    "xlsx": xlsx, "xls": xls, "xml2003": xml_2003, "ods": ods, "html": web_page, "docx": word_tables,
}  # fmt: skip


def read(form: str, written_as: str, at: tuple[int, int] | None = None, mark: object = None) -> Sheet:
    """A sound return of `form` in a format, with `mark` behind what stands in the cell `at`."""
    page = Written("表")
    for r, row in enumerate(ACCEPTED[form]):
        for c, value in enumerate(row):
            if value is not None:
                page.put(r, c, value)
    if at is not None:
        old = page.inks[at].raw if at in page.inks else None
        page.put(*at, mark if old is None else f"{old}{mark}")
    return Sheet(read_bytes(FORMATS[written_as]([page]), "表")[0].grids[0], form)


@cache
def sound(form: str, written_as: str) -> Sheet:
    return read(form, written_as)


@pytest.mark.parametrize("written_as", FORMATS)
@pytest.mark.parametrize("form", ACCEPTED)
def test_a_sound_return_has_no_loud_finding(form, written_as):
    assert sound(form, written_as).said(*LOUD) == set()


@pytest.mark.slow
@pytest.mark.parametrize("written_as", FORMATS)
@pytest.mark.parametrize("form", ACCEPTED)
@given(row=st.integers(0, 16), col=st.integers(0, 14), mark=MARKS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mark_anywhere_is_named_or_said_in_every_format(form, written_as, row, col, mark):
    before = sound(form, written_as)
    row, col = row % (len(before.grid.rows) + 1), col % (len(before.grid.rows[0]) + 1)
    after = read(form, written_as, (row, col), mark)
    if not after.tables:
        return  # the whole form is no longer found: the return says that it is missing
    new = [f for f in after.findings if f not in before.findings]
    changed = {k for k, v in figures(before).items() if figures(after).get(k) != v}
    own = after.ledger.taker(row, col) == "value" and len(changed) == 1  # a cell that says something else now
    assert any(f.severity in LOUD for f in new) or own or not changed, (mark, changed)
    inside = row < len(after.grid.rows) and col < len(after.grid.rows[row])
    assert new or not inside or after.ledger.taker(row, col), mark
