"""SQL over tables in memory: DuckDB with its doors shut, so that a query can neither open a file nor write one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import duckdb
import pandas as pd
import pyarrow as pa

from tally.errors import UsageError

_LISTING = re.compile(r"\bshow\s+(all\s+)?tables\b|information_schema|duckdb_tables", re.IGNORECASE)


def answer(query: str, tables: Mapping[str, Callable[[str], pd.DataFrame]]) -> pd.DataFrame:
    """What one `select` over `tables` (name -> how to get it) gives. UsageError, in DuckDB's words, if it cannot be."""
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as connection:
        try:
            asked = connection.extract_statements(query)
            if [s.type for s in asked] != [duckdb.StatementType.SELECT]:
                raise UsageError("这里只能用一条 select 查询", "修改数据请改上报文件或写更正记录，再重新运行")
            for name, get in tables.items():
                if name.casefold() in query.casefold() or _LISTING.search(
                    query
                ):  # one that is not named need not be read
                    connection.register(name, _arrow(get(name)))
            connection.execute("set lock_configuration = true")
            return connection.execute(asked[0]).df()
        except duckdb.Error as e:
            listed = "；".join(("、".join(tables), *_columns(query, tables)))
            raise UsageError(f"查询没有成功：{e}", f"可用的数据表：{listed}") from e


def _columns(query: str, tables: Mapping[str, Callable[[str], pd.DataFrame]]) -> list[str]:
    """The columns of each table that the query names: 「units：unit、name、…」."""
    named = [name for name in tables if name.casefold() in re.findall(r"\w+", query.casefold())]
    return [f"{name}：{'、'.join(tables[name](name).columns)}" for name in named]


def _arrow(table: pd.DataFrame) -> pa.Table:
    """Columns without any value as text: Arrow's null type is of no use in a query."""
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    fields = [pa.field(f.name, pa.string()) if pa.types.is_null(f.type) else f for f in arrow.schema]
    return arrow.cast(pa.schema(fields))
