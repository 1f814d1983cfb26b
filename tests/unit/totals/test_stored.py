"""The figures that totals.ipynb wrote are what everything else reads, as long as they follow from the tables."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tally import totals
from tally.paths import Paths
from tally.store.tables import write_arrow
from tests.unit.totals.invented import CAMPAIGN, periods, save

REF = "cases.total.cases_handled"


def _written(root):
    before, now = periods()
    for tables in (before, now):
        save(root, tables)
    paths = Paths(root, CAMPAIGN.name, now.period)
    worked = totals.work_out(totals.read_history(CAMPAIGN, paths))
    totals.write(worked, paths)
    return paths, worked


def test_every_figure_comes_back_with_its_parts_and_cells(tmp_path):
    paths, worked = _written(tmp_path)
    again = totals.open_totals(CAMPAIGN, paths)
    assert list(again.book) == list(worked.book)
    for ref, figure in worked.book.items():
        same = again.book[ref]
        assert (same.label, same.value, same.unit, same.rule, same.parts) == (
            figure.label, figure.value, figure.unit, figure.rule, figure.parts,
        )  # fmt: skip
        assert (same.derived, same.n_units, same.note) == (figure.derived, figure.n_units, figure.note)
        assert (same.decimals, same.doubt, same.meant) == (figure.decimals, figure.doubt, figure.meant)
    assert dict(again.changes) == dict(worked.changes)
    assert again.trends == worked.trends and len(again.trends) == 5
    assert dict(again.left_out) == dict(worked.left_out)


def test_what_was_written_is_read_and_not_worked_out_again(tmp_path):
    paths, worked = _written(tmp_path)
    _plant(paths, REF, "987654")
    assert totals.open_totals(CAMPAIGN, paths).book[REF].number == "987654"


def test_figures_that_no_longer_follow_from_the_tables_are_not_read(tmp_path):
    paths, worked = _written(tmp_path)
    _plant(paths, REF, "987654")
    one = pq.read_table(paths.processed / "cases.parquet")
    write_arrow(one.slice(0, one.num_rows - 1), paths.processed / "cases.parquet")
    assert totals.open_totals(CAMPAIGN, paths).book[REF].number != "987654"


def _plant(paths: Paths, ref: str, value: str) -> None:
    stored = paths.processed / "figures.parquet"
    table = pq.read_table(stored)
    values = pc.if_else(pc.equal(table["ref"], ref), pa.scalar(value), table["value"])
    at = table.schema.get_field_index("value")
    write_arrow(table.set_column(at, table.schema.field(at), values), stored)
