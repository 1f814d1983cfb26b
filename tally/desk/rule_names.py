"""What people call a rule: the campaign's by what it asks of its columns, a kind of finding by the words that all of it share."""

from __future__ import annotations

import re

from tally.catalogue import KINDS
from tally.declare import Campaign, Form, Rule

_ATTRIBUTE = re.compile(r"`(\w+)`")
_TEMPLATE = re.compile(r"[“（]?\{[^{}]*\}[”）]?")
_FIRST = re.compile(r"[^；：（，。]+(?:，[^；：（。]+)?")  # the sentence as far as its first qualification
_LISTED = 2  # columns that are named, of many


def rule_names(campaign: Campaign) -> dict[str, str]:
    """Id of every rule and kind of finding -> its name."""
    names = {rule.id: _of_rule(rule, None) for rule in campaign.rules}
    for form in campaign.forms:
        names |= {rule.id: f"{form.number} {_of_rule(rule, form)}" for rule in form.rules}
    for key, kind in KINDS.items():
        names.setdefault(key.partition("/")[0], _plain(kind.text))
    return names


def _of_rule(rule: Rule, form: Form | None) -> str:
    first = _FIRST.match(rule.about)
    worded = _ATTRIBUTE.sub(lambda m: _words(getattr(rule, m[1], ""), form), first[0] if first else rule.about)
    return worded.replace(" ", "")


def _words(value: object, form: Form | None) -> str:
    labels = {f.name: f.noun for f in form.fields} if form else {}
    several = [v for v in (value if isinstance(value, tuple) else (value,)) if v != "" and not isinstance(v, tuple)]
    shown = "、".join(f"“{labels[str(v)]}”" if str(v) in labels else str(v) for v in several[:_LISTED])
    return f"{shown}等" if len(several) > _LISTED else shown


def _plain(template: str) -> str:
    return re.sub(r"…+", "…", _TEMPLATE.sub("…", template).split("；")[0]).strip("…，。：") or template
