"""Which writing a value gets, given the field, the mess of the return and what the file can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from random import Random

from benchmarks.mess import figures, words
from benchmarks.mess.figures import read
from benchmarks.mess.truth import Level, Value, Writing
from tally.declare import Field

_DOUBTFUL_SHARE = 0.06
_READABLE_SHARE = 0.3


def write(rng: Random, field: Field, value: Value, level: Level, holds: frozenset[str]) -> Writing:
    """A writing of `value`; doubtful ones come only in messy returns, and only in what `holds` allows."""
    if value is None:
        return rng.choice(list(words.empty(field.kind, level)))
    draw = rng.random()
    if level == "messy" and draw < _DOUBTFUL_SHARE:
        choices = doubtful(field, value)
    elif draw < _READABLE_SHARE:
        choices = readable(field, value)
    else:
        choices = plain(field, value)
    fitting = [w for w in choices if not w.needs or w.needs in holds]
    return rng.choice(fitting) if fitting else next(plain(field, value))


def plain(field: Field, value: Value) -> Iterator[Writing]:
    """The undisturbed writings of a value."""
    if field.kind in ("count", "quantity"):
        yield from figures.plain_number(_number(field, value))
    elif isinstance(value, date):
        yield from figures.plain_date(value)
    else:
        yield read(value, value)


def readable(field: Field, value: Value) -> Iterator[Writing]:
    """The writings that have one meaning."""
    if field.kind in ("count", "quantity"):
        number = _number(field, value)
        yield from figures.readable_number(number, "" if "/" in field.unit else field.unit)
        if field.kind == "quantity":
            yield from figures.readable_amount(number, field.unit)
    else:
        yield from _READABLE[field.kind](field, value)


def doubtful(field: Field, value: Value) -> Iterator[Writing]:
    """The writings a person must look at."""
    if field.kind in ("count", "quantity"):
        number = _number(field, value)
        yield from figures.doubtful_number(number)
        if field.kind == "count":
            yield from figures.doubtful_count(number, field.unit)
        else:
            yield from figures.doubtful_amount(number, field.unit)
    elif field.kind != "seq":
        yield from _DOUBTFUL[field.kind](field, value)


def _number(field: Field, value: Value) -> int | Decimal:
    return Decimal(value) if field.kind == "quantity" else int(value)


_Writer = Callable[[Field, Value], Iterator[Writing]]

_READABLE: dict[str, _Writer] = {
    "seq": lambda _, v: words.readable_seq(v),
    "text": lambda _, v: words.readable_text(v),
    "date": lambda _, v: figures.readable_date(v),
    "choice": lambda f, v: words.readable_word(f.name, v),
    "yesno": lambda f, v: words.readable_word(f.name, v),
    "credit_code": lambda _, v: words.readable_code(v),
    "phone": lambda _, v: words.readable_phone(v),
}
_DOUBTFUL: dict[str, _Writer] = {
    "text": lambda _, v: words.doubtful_text(v),
    "date": lambda _, v: figures.doubtful_date(v),
    "choice": lambda f, v: words.doubtful_word(f.name, v),
    "yesno": lambda f, v: words.doubtful_word(f.name, v),
    "credit_code": lambda _, v: words.doubtful_code(v),
    "phone": lambda _, v: words.doubtful_phone(v),
}
