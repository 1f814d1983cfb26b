"""What a unit reported last, shown greyed right of its blank form: for reference, never to be read as data.

It is set apart by an empty column, and its headings are no form's.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from tally.locate.imprint import REFERENCE
from tally.render.blank_forms.blank import HEAD, Blank
from tally.writing.periods import month

_MOST_TEXT = 400  # characters of a reference text


def past_matrix(blank: Blank, sheet: Worksheet, at: Mapping[str, int]) -> None:
    """The cumulative columns of the latest return, right of the form."""
    rows = blank.earlier()
    fields = [f for f in blank.form.fields if f.cumulative]
    if not len(rows) or not fields:
        return
    left = blank.right + 2
    _past_title(blank, sheet, left, left + len(fields) - 1)
    records = rows.set_index("category")
    for c, f in enumerate(fields, left):
        sheet.write_string(
            HEAD, c, f"上期累计数·{f.label}" + (f"（{f.unit}）" if f.unit else ""), blank.style("past_head")
        )
        for name, row in at.items():
            value = records[f.name].get(name)
            if value is None or pd.isna(value):
                sheet.write_blank(row, c, None, blank.style("past"))
            else:
                sheet.write_number(row, c, float(value), blank.style("past"))
    sheet.set_column(left, left + len(fields) - 1, 12)


def _past_title(blank: Blank, sheet: Worksheet, left: int, right: int) -> None:
    text = f"{month(blank.last.period) if blank.last else ''}{REFERENCE}"
    if right > left:
        sheet.merge_range(HEAD - 1, left, HEAD - 1, right, text, blank.style("past_head"))
    else:
        sheet.write_string(HEAD - 1, left, text, blank.style("past_head"))
    sheet.set_column(left - 1, left - 1, 3)


def past_list(blank: Blank, sheet: Worksheet, earlier: pd.DataFrame) -> None:
    """Which records the latest return listed, one a line, right of the form."""
    form = blank.form
    if not len(earlier) or not form.key:
        return
    col = blank.right + 2
    _past_title(blank, sheet, col, col)
    labels = "、".join(form.field(k).label for k in form.key)
    sheet.write_string(HEAD, col, f"上期已报名单·{labels}（共 {len(earlier)} 条）", blank.style("past_head"))
    records = earlier.sort_values("row")[list(form.key)].itertuples(index=False)
    for row, record in enumerate(records, HEAD + 1):
        text = "｜".join(str(v) for v in record if v is not None and not pd.isna(v))
        sheet.write_string(row, col, text[:_MOST_TEXT], blank.style("past_text"))
    sheet.set_column(col, col, 44)
