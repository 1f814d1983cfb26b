"""When two writings name one firm, and when they are one text."""

from __future__ import annotations

import re
from functools import lru_cache

from tally.writing.characters import narrow
from tally.writing.nothing import says_nothing


def firm_key(name: object) -> str:
    """What every writing of one firm's name shares: its letters, digits and characters, in one width and case.

    Brackets of any kind, spaces, punctuation, width and case do not matter. "" for null and for words that say nothing.
    """
    return "" if says_nothing(name) else _letters(str(name))


@lru_cache(20_000)
def _letters(name: str) -> str:
    return "".join(ch for ch in narrow(name).casefold() if ch.isalnum())


def text_key(value: object) -> str:
    """What every writing of one text shares, where punctuation tells things apart (17.5 and 175): width, spaces and case
    do not matter. "" for null and for words that say nothing."""
    return "" if says_nothing(value) else narrow(str(value)).casefold()


# What a firm's name ends with.
LEGAL_FORM = re.compile(r"(?:集团|股份)?(?:有限责任公司|有限公司|总公司|分公司|公司|集团|厂|经营部|商行|合作社)$")


def ends_as_firm(name: str) -> bool:
    """Whether a text ends with a legal form: 盐城样例甲防护用品有限公司, 盐城样例乙口罩厂."""
    return LEGAL_FORM.search(narrow(name)) is not None


PRODUCING = "在产"
NOT_PRODUCING = ("停产", "转产", "注销")


def produces(status: object) -> bool | None:
    """Whether a firm of that status makes anything; None where the status is blank or none of the known ones.

    Checks, figures and statements all go by this: such a firm is neither counted among the producing ones nor among the
    others, but listed, and its status is asked for.
    """
    return True if status == PRODUCING else False if status in NOT_PRODUCING else None
