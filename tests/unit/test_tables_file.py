"""Several tables in one file: written and read back whole, the same bytes for the same tables."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tally.errors import TallyError
from tally.store.tables import read_tables, write_tables

SMALL = pa.table({"unit": pa.array(["320902", None]), "n": pa.array([1, None], pa.int64())})
EMPTY = SMALL.slice(0, 0)
LARGE = pa.table({"text": pa.array(["“约500”只，待核实"] * 100_000)})


def test_tables_come_back_by_name_with_their_types_and_order(tmp_path):
    write_tables({"b": SMALL, "a": EMPTY, "c": LARGE}, tmp_path / "t.arrow")
    got = read_tables(tmp_path / "t.arrow")
    assert list(got) == ["b", "a", "c"]
    assert all(got[n].equals(t) for n, t in {"a": EMPTY, "b": SMALL, "c": LARGE}.items())
    assert got["b"].schema.metadata is None


def test_large_tables_are_packed_small_ones_are_not(tmp_path):
    write_tables({"c": LARGE}, tmp_path / "large.arrow")
    assert (tmp_path / "large.arrow").stat().st_size < LARGE.nbytes / 5


def test_how_columns_are_cut_into_chunks_does_not_matter(tmp_path):
    write_tables({"x": pa.concat_tables([SMALL, SMALL])}, tmp_path / "1")
    write_tables({"x": pa.concat_tables([SMALL, SMALL]).combine_chunks()}, tmp_path / "2")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_a_missing_file_is_said_with_the_remedy(tmp_path):
    with pytest.raises(TallyError, match="缺少数据表"):
        read_tables(tmp_path / "none")
