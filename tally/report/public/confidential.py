"""What a public edition hides, and what stands in its place: full names, other spellings, short forms.

Everything comes from the forms' own confidential fields, as cleaned and as written, over all periods
read. A firm's short forms (without brackets, place and legal form: 样例甲防护用品 or 样例甲公司 for
盐城样例甲防护用品有限公司) get its letter too; one that two firms share, or that is a common word of the
campaign, cannot name a firm and is hidden without a letter, or left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pandas as pd

from tally.declare import Campaign, Form
from tally.model import PeriodTables
from tally.report.public.folding import folded
from tally.report.tables.lists import shown
from tally.writing.firms import LEGAL_FORM, firm_key

HIDDEN = "（略）"
OFTEN = 3  # records that say the same: no longer one's secret
_BLANK_WORDS = {"同上", "不详", "未知", "齐全"}
_TRADE = re.compile(
    r"(?:口罩|防护|劳保|劳动保护|卫生|医疗|医用|器械|纺织|无纺|布业|日用|服饰|服装|制衣|科技|材料|新材料|制品|用品"
    r"|实业|贸易|商贸|电子|商务|工贸|包装|塑业|塑料|生物|健康|环保|过滤|净化|大?药房|超市|百货){1,20}$"
)
_BRACKETED = re.compile(r"[(（〔【\[][^)）〕】\]]{0,200}+[)）〕】\]]")


def hidden_words(campaign: Campaign, periods: Sequence[PeriodTables]) -> Iterator[tuple[str, str]]:
    """(what is hidden, what stands in its place), the surest first: the first word on a text counts."""
    letters_of = _lettered(campaign, periods)
    yield from letters_of.items()
    others = dict.fromkeys(v for v in _others(campaign, periods) if _telling(v, campaign))
    yield from ((v, HIDDEN) for v in others)
    yield from _short_forms(campaign, letters_of, _common(campaign, periods))
    for value in others:
        rest = _without_place(value, campaign)
        if len(rest) >= 5 and re.search(r"\d", rest):  # an address without its district: 样例大道8号
            yield rest, HIDDEN


def letters(n: int) -> str:
    """0 as A, 25 as Z, 26 as AA."""
    return (letters(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)


def _lettered(campaign: Campaign, periods: Sequence[PeriodTables]) -> dict[str, str]:
    """Firms' names as cleaned, then as written, to 企业A, 企业B, …"""
    made: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for value in _cleaned(campaign, periods, firm=True):
        made.setdefault(value, numbers.setdefault(firm_key(value), f"企业{letters(len(numbers))}"))
    for raw, value in _written(campaign, periods, firm=True):
        made.setdefault(raw, made.get(value) or numbers.setdefault(firm_key(raw), f"企业{letters(len(numbers))}"))
    return {name: letter for name, letter in made.items() if _telling(name, campaign)}


def _others(campaign: Campaign, periods: Sequence[PeriodTables]) -> Iterator[str]:
    yield from _cleaned(campaign, periods, firm=False)
    yield from (raw for raw, _ in _written(campaign, periods, firm=False))


def _cleaned(campaign: Campaign, periods: Sequence[PeriodTables], *, firm: bool) -> Iterator[str]:
    for tables in periods:
        for form, field in _fields(campaign, firm):
            yield from (t for v in tables.forms[form][field] if (t := shown(v)))


def _written(campaign: Campaign, periods: Sequence[PeriodTables], *, firm: bool) -> Iterator[tuple[str, str]]:
    """(as written, as cleaned) of every cell of a confidential field that holds anything."""
    if not (fields := _fields(campaign, firm)):
        return
    wanted = pd.MultiIndex.from_tuples(fields)
    for tables in periods:
        c = tables.cells
        c = c[pd.MultiIndex.from_frame(c[["form", "field"]]).isin(wanted) & c["raw"].notna()]
        pairs = c[["raw", "value"]].drop_duplicates().astype(object)
        yield from ((str(raw), "" if pd.isna(value) else str(value)) for raw, value in pairs.itertuples(index=False))


def _fields(campaign: Campaign, firm: bool) -> list[tuple[str, str]]:
    return [
        (form.name, f.name)
        for form in campaign.forms
        for f in form.fields
        if f.confidential and (f.confidential == "firm") == firm
    ]


def _short_forms(campaign: Campaign, firms: dict[str, str], common: str) -> Iterator[tuple[str, str]]:
    owners: dict[str, set[str]] = {}
    for name, letter in firms.items():
        for short in _shortened(name, campaign):
            if short not in common:
                owners.setdefault(short, set()).add(letter)
    yield from ((short, next(iter(o)) if len(o) == 1 else HIDDEN) for short, o in owners.items())


def _shortened(name: str, campaign: Campaign) -> Iterator[str]:
    """The ways in which people shorten a firm's name, longest first; none for a name without one of its own."""
    plain = _BRACKETED.sub("", name)
    local = _without_place(plain, campaign)
    core = LEGAL_FORM.sub("", local)
    core_name = _TRADE.sub("", core)
    if not core_name:
        return
    yield from (plain, local)
    yield from (t for t in (LEGAL_FORM.sub("", plain), core) if len(t) >= 4)
    if len(core_name) >= 3:
        yield core_name
    elif len(core_name) == 2:  # two characters may be a common word: only as a firm
        yield from (f"{core_name}公司", f"{core_name}厂", f"{core_name}口罩")


def _without_place(text: str, campaign: Campaign) -> str:
    """`text` without the province, city and district that it begins with."""
    for place in _places(campaign):
        if text.startswith(place) and len(text) > len(place) + 1:
            return _without_place(text[len(place) :].lstrip("市县区"), campaign)
    return text


@cache
def _places(campaign: Campaign) -> tuple[str, ...]:
    """Names of places in the campaign's area, with and without 市, 县 and 区, longest first."""
    names = {n for u in (*campaign.units, campaign.top) for n in (u.name, *u.aliases)} | {"江苏省", "江苏"}
    names |= {n[:-1] for n in names if len(n) > 2 and n[-1] in "市县区"}
    return tuple(sorted(names, key=len, reverse=True))


def _common(campaign: Campaign, periods: Sequence[PeriodTables]) -> str:
    """What stands in reports anyway: the forms' words, the units', what several records say of products."""
    words = [campaign.title, campaign.issuer, campaign.notice, *(u.name for u in campaign.units)]
    for form in campaign.forms:
        words += [form.title, *(f.label for f in form.fields), *(c.name for f in form.fields for c in f.choices)]
    for tables in periods:
        for form in campaign.forms:
            words += _often(form, tables.forms[form.name])
    return "\n".join(words)


def _often(form: Form, records: pd.DataFrame) -> list[str]:
    """What at least `OFTEN` records of a form say in columns that are not confidential."""
    words: list[str] = []
    for field in (f for f in form.fields if not (f.confidential or f.numeric)):
        counts = records[field.name].astype(object).value_counts()
        words += [str(value) for value, n in counts.items() if n >= OFTEN]
    return words


def _telling(value: str, campaign: Campaign) -> bool:
    """Whether hiding a value hides somebody: not a blank mark, a small number or a district's own name."""
    key = folded(value)
    return len(key) > 1 and key not in _untelling(campaign) and not re.fullmatch(r"[\d.]{1,6}|[\W_]+", key)


@cache
def _untelling(campaign: Campaign) -> frozenset[str]:
    places = {n for u in (*campaign.units, campaign.top) for n in (u.name, *u.aliases)}
    return frozenset(map(folded, places | {campaign.top.name + p for p in places} | _BLANK_WORDS))
