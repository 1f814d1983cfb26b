"""Which cell says it: a number by its value, a text by any part of it, whatever its width and spaces."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import pandas as pd

from tally.errors import UsageError
from tally.writing.characters import narrow


def find(cells: pd.DataFrame, what: str | float) -> pd.DataFrame:
    """The rows of `cells` that say `what`: 12 finds 12, 12.0 and "１２件", not 112; "鑫诚" any text with it."""
    wanted = narrow(str(what))
    if not wanted:
        raise UsageError("没有写明要找什么", "请给出一个数或一段文字")
    number = _number(wanted)
    says = _is_number(number) if number is not None else lambda text: wanted in narrow(str(text))
    hit = cells["raw"].map(says, na_action="ignore") | cells["value"].map(says, na_action="ignore")
    return cells[hit.fillna(False).astype(bool)].reset_index(drop=True)


def _is_number(number: Decimal):
    return lambda text: _number(narrow(str(text))) == number


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
