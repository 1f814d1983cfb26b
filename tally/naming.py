"""Which reporting unit a written name means: a folder, 填报单位, a file name. Never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tally.clean.text import narrow
from tally.declare import Campaign

_MARKS = re.compile(r"[()\[\]【】:：,，.。、_\-—~!\s]")
_SEAL = re.compile(r"\((盖章|公章|章|印)\)|盖章")


@dataclass(frozen=True, slots=True)
class Named:
    """The units a text names. `ambiguous` holds a written form that names no one unit, "" if none."""

    codes: frozenset[str] = frozenset()
    ambiguous: str = ""


@lru_cache(maxsize=8)
def _writings(campaign: Campaign) -> dict[str, str]:
    """Written form without marks -> unit code, longest first."""
    known = {}
    for unit in (*campaign.units, campaign.top):
        for text in (unit.name, *unit.aliases, unit.office, unit.code):
            if text:
                known.setdefault(_MARKS.sub("", narrow(text)), unit.code)
    return dict(sorted(known.items(), key=lambda kv: -len(kv[0])))


def unit_of(campaign: Campaign, text: str) -> Named:
    """The unit that `text` as a whole names (a folder's name, what 填报单位 says)."""
    flat = _MARKS.sub("", _SEAL.sub("", narrow(text)))
    if not flat:
        return Named()
    for candidate in _stripped(campaign, flat):
        if candidate in campaign.ambiguous_units:
            return Named(ambiguous=candidate)
        if code := _writings(campaign).get(candidate):
            return Named(frozenset((code,)))
    return units_in(campaign, text)


def _stripped(campaign: Campaign, flat: str):
    """`flat` itself, without an office's suffix, and without the city's name before it."""
    yield flat
    bare = flat
    for suffix in campaign.unit_suffixes:
        if bare.endswith(suffix) and len(bare) > len(suffix):
            bare = bare[: -len(suffix)]
            yield bare
            break
    if bare.startswith(campaign.top.name) and len(bare) > len(campaign.top.name):
        yield bare[len(campaign.top.name) :]


def units_in(campaign: Campaign, text: str) -> Named:
    """All units that `text` mentions (a file's name). The top level counts only where no other is named."""
    flat = _MARKS.sub("", narrow(text))
    codes, ambiguous = set(), ""
    for written, code in _writings(campaign).items():
        if written in campaign.ambiguous_units:
            continue
        if written in flat and not (code == campaign.top.code and len(written) < 3):
            codes.add(code)
            flat = flat.replace(written, "|")
    for written in campaign.ambiguous_units:
        if written in flat:
            ambiguous = written
    lower = codes - {campaign.top.code}
    return Named(frozenset(lower or codes), "" if lower else ambiguous)
