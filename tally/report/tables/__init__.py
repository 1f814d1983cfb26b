"""Report tables: figures of `tally.totals` laid out as `tally.blocks.Table`, each number with its `ref`.

Marks in cells: * the unit's earlier return still counts, † worked out from the categories, — nothing usable.
"""

from tally.blocks.section import Section
from tally.report.tables.lists import (
    failing_item_table,
    failing_list,
    firms,
    full_list,
    manufacturers,
    sampling_by_size,
    sampling_by_unit,
)
from tally.report.tables.matrix import against_last, by_category, by_unit, scope_words
from tally.report.tables.record import moving, quality, submission_record

__all__ = [
    "Section",
    "against_last", "by_category", "by_unit", "failing_item_table", "failing_list", "firms", "full_list", "manufacturers",
    "moving", "quality", "sampling_by_size", "sampling_by_unit", "scope_words", "submission_record",
]  # fmt: skip
