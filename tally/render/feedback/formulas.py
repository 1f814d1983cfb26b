"""Which formulas of a return may stand in a workbook that we hand out: known functions on cells of its own sheets.

All others (other workbooks, DDE, the network, add-ins, names we do not know) become the value they had.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import FORMULAE, quote_sheetname

_NEWER = {"IFS", "IFNA", "XLOOKUP", "CONCAT", "TEXTJOIN", "MAXIFS", "MINIFS", "SWITCH", "STDEV.S", "RANK.EQ", "FILTER"}
_REACH_OUT = {"HYPERLINK", "CALL", "REGISTER.ID", "REGISTER", "RTD", "INFO", "CELL", "INDIRECT", "SQL.REQUEST"}
_KNOWN = frozenset(f for f in FORMULAE | _NEWER if f not in _REACH_OUT and not f.startswith("CUBE"))
_FOREIGN = ("[", "|", "\\", "://")  # another workbook, a DDE topic, a path, an address
_CELLS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+")
_LONGEST = 8192


def kept(formula: str, sheets: Mapping[str, str]) -> str | None:
    """The formula with sheets called by their new names, None if it must not stand.

    `sheets`: name in the workbook received -> name in the one handed out. What is not among them is not there.
    """
    if len(formula) > _LONGEST:
        return None
    if "!" not in formula:
        return formula if _plain(formula) else None
    tokens = _tokens(formula)
    if tokens is None:
        return None
    for token in tokens.items:
        if not _harmless(token):
            return None
        if _is_range(token) and "!" in token.value:
            sheet, _, cells = token.value.rpartition("!")
            name = sheets.get(sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet)
            if name is None:
                return None
            token.value = f"{quote_sheetname(name)}!{cells}"
    return tokens.render()


@lru_cache(maxsize=4096)
def _plain(formula: str) -> bool:
    tokens = _tokens(formula)
    return tokens is not None and all(map(_harmless, tokens.items))


def _tokens(formula: str) -> Tokenizer | None:
    """The parsed formula, None where its brackets do not match or it is none at all."""
    try:
        parsed = Tokenizer(formula)
    except Exception:  # whatever a made-up formula trips the tokenizer with: it is none that we know
        return None
    opened = sum((t.subtype == Token.OPEN) - (t.subtype == Token.CLOSE) for t in parsed.items)
    return parsed if parsed.items and not opened else None


def _is_range(token: Token) -> bool:
    return token.type == Token.OPERAND and token.subtype == Token.RANGE


def _harmless(token: Token) -> bool:
    if token.type == Token.OPERAND and token.subtype == Token.TEXT:
        return True
    if token.type == Token.FUNC and token.subtype == Token.OPEN:
        return token.value[:-1].upper().removeprefix("_XLFN.") in _KNOWN
    if _is_range(token) and not _CELLS.fullmatch(token.value.rpartition("!")[2].upper()):
        return False  # a name: it may stand for anything
    return not any(mark in token.value for mark in _FOREIGN)
