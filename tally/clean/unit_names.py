"""Which reporting unit a written name means: a folder, 填报单位, a file name. Never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tally.declare import Campaign, Unit
from tally.model import RawTable
from tally.writing.characters import narrow

_MARKS = re.compile(r"[()\[\]【】:：,，.。、_\-—~!\s]")
_SEAL = re.compile(r"\((盖章|公章|章|印)\)|盖章")


@dataclass(frozen=True, slots=True)
class Named:
    """The units a text names. `ambiguous` holds a written form that names no one unit, "" if none.

    `may_be`: the units that share the ambiguous form as their own name, none for a word that is no unit's.
    """

    codes: frozenset[str] = frozenset()
    ambiguous: str = ""
    may_be: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Writings:
    """`codes`: written form without marks -> unit code; `several`: forms that name no one unit -> those that share it."""

    codes: dict[str, str]
    several: dict[str, frozenset[str]]

    @cached_property
    def _longest(self) -> int:
        return max(map(len, (*self.codes, *self.several)), default=0)

    @cached_property
    def _rank(self) -> dict[str, int]:
        """Longest first, those of one length in the campaign's order."""
        return {written: n for n, written in enumerate(sorted((*self.codes, *self.several), key=lambda w: -len(w)))}

    def inside(self, flat: str) -> list[str]:
        """The written forms that stand in `flat`: by its pieces, as a nation has tens of thousands of forms."""
        ends = range(1, len(flat) + 1)
        pieces = {flat[start:end] for end in ends for start in range(max(0, end - self._longest), end)}
        return sorted(pieces & self._rank.keys(), key=self._rank.__getitem__)


@lru_cache(maxsize=8)
def _writings(campaign: Campaign) -> _Writings:
    """A name that two units share names neither; with its city's name before it, it does."""
    areas = {a.code: a.name for a in campaign.areas}
    meant: dict[str, set[str]] = {}
    for unit in (*campaign.units, campaign.top):
        whole = f"{areas[unit.parent]}{unit.name}" if unit.parent in areas else ""
        for text in (unit.name, *unit.aliases, unit.office, unit.code, whole):
            if text:
                meant.setdefault(_MARKS.sub("", narrow(text)), set()).add(unit.code)
    several: dict[str, frozenset[str]] = dict.fromkeys(campaign.ambiguous_units, frozenset())
    several |= {w: frozenset(codes) for w, codes in meant.items() if len(codes) > 1}
    return _Writings({w: next(iter(c)) for w, c in meant.items() if w not in several}, several)


def unit_of(campaign: Campaign, text: str) -> Named:
    """The unit that `text` as a whole names (a folder's name, what 填报单位 says)."""
    flat = _MARKS.sub("", _SEAL.sub("", narrow(text)))
    if not flat:
        return Named()
    known = _writings(campaign)
    for candidate in _stripped(campaign, flat):
        if candidate in known.several:
            return Named(ambiguous=candidate, may_be=known.several[candidate])
        if code := known.codes.get(candidate):
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
    flat, known = _MARKS.sub("", narrow(text)), _writings(campaign)
    codes, ambiguous = set(), ""
    for written in known.inside(flat):
        if written in known.several:
            continue
        code = known.codes[written]
        if _stands_alone(written, flat) and not (code == campaign.top.code and len(written) < 3):
            codes.add(code)
            flat = flat.replace(written, "|")
    for written in reversed(known.inside(flat)):
        if written in known.several:
            ambiguous = written
    lower = codes - {campaign.top.code}
    if lower:
        return Named(frozenset(lower))
    return Named(frozenset(codes), ambiguous, known.several.get(ambiguous, frozenset()))


def others_named(campaign: Campaign, unit: Unit, text: str, *, top: bool = False) -> str:
    """The names of the units that `text` mentions, "" if it mentions none or `unit` too; the top level's only if `top`."""
    codes = units_in(campaign, text).codes - (frozenset() if top else {campaign.top.code})
    return "" if unit.code in codes else "、".join(campaign.unit(code).name for code in sorted(codes))


def _stands_alone(written: str, flat: str) -> bool:
    """True if a name stands in a text other than as the beginning of a street's: 东台路 lies anywhere."""
    return re.search(re.escape(written) + r"(?!中?路|[东西南北]路|大道|大街|街(?!道)|巷)", flat) is not None


_BELOW = re.compile(r"分局|监管所|管理所|工商所|[镇乡]|街道|园区|开发区|经开区|高新区")


def table_unit(campaign: Campaign, table: RawTable) -> Named:
    """The unit that a table itself names: in 填报单位, by its code, else in its title, its sheet's name, its path in an archive.

    The city's name in a title or a sheet's name claims nothing, nor does a short form of several units.
    """
    if table.unit_text and (named := unit_of(campaign, table.unit_text)) != Named():
        return named
    if table.unit_code and (named := unit_of(campaign, table.unit_code)) != Named():
        return named
    owners = {place.raw for place in table.owners.values()}
    if codes := frozenset().union(*(unit_of(campaign, text).codes for text in owners)):
        return Named(codes)
    inside = table.grid.file.partition("!")[2]
    for text in (table.title, table.grid.sheet, *reversed(inside.split("/"))):
        if codes := units_in(campaign, text).codes - {campaign.top.code}:
            return Named(codes)
    return Named()


def names_a_part(campaign: Campaign, unit: Unit, text: str) -> bool:
    """True if `text` names an office within `unit` (大丰区某镇分局) and not the unit as a whole."""
    flat = _MARKS.sub("", _SEAL.sub("", narrow(text)))
    whole = any(_writings(campaign).codes.get(candidate) == unit.code for candidate in _stripped(campaign, flat))
    return not whole and bool(_BELOW.search(flat.replace(unit.name, "")))


_OFFICE = re.compile(
    r"(政府|委员会|[^员村居常管]委|局|厅|指挥部|支队|大队|中队|检验所|检测中心|红十字会|协会|消协|商会|公司|学校|医院)$"
)
_BRANCH = re.compile(r"(支队|大队|中队|检验所|检测中心|协会|消协)$")


def other_office(campaign: Campaign, unit: Unit, text: str) -> str:
    """The office in `text` that is another than the unit's own: 公安局 of 亭湖区公安局, 稽查大队 behind its own name; "" if none."""
    flat = _MARKS.sub("", _SEAL.sub("", narrow(text)))
    bureau = [suffix for suffix in campaign.unit_suffixes if len(suffix) > 1 and suffix in flat]
    known = _writings(campaign).codes
    if any(known.get(candidate) for candidate in _stripped(campaign, flat)):
        return ""
    for written in sorted(
        (w for w, code in known.items() if code in (unit.code, campaign.top.code)), key=len, reverse=True
    ):
        flat = flat.replace(written, "")
    for suffix in bureau:
        flat = flat.replace(suffix, "")
    found = (_BRANCH if bureau else _OFFICE).search(flat)
    return flat if found else ""
