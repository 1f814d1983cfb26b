"""What a person calls a figure, as its `ref`: 查办案件, 质量类案件.罚没.累计@滨海县, 附件4 合计 结案."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tally.declare import Campaign, Category, Field, Form
from tally.totals.figures import TO_DATE
from tally.writing.firms import text_key

_APART = re.compile(r"[.．。/、\s]+")
_TO_DATE, _PERIOD = ("累计", "to_date"), ("本期", "本月")


def refs_of(campaign: Campaign, text: str) -> list[str]:
    """Every figure of a matrix form that the words of `text` can mean, without a unit; [] if they mean none.

    The words, in any order, are a column, perhaps a row (the total by default), a form, 累计 or 本期 (the default).
    """
    words, to_date = _scoped(text)
    names = [name for form in campaign.forms if form.layout == "matrix" for name in _names(form, words)]
    return [name + TO_DATE * to_date for name in names]


def refs_called(labels: Mapping[str, str], text: str) -> list[str]:
    """The figures whose label (`labels`: ref -> label) says just `text`, with or without 全市 before it."""
    words, to_date = _scoped(text)
    wanted = "".join(words)
    called = [r for r, label in labels.items() if wanted in (text_key(label), text_key(label.partition(" ")[2]))]
    return [r for r in called if r.endswith(TO_DATE) == to_date]


def _scoped(text: str) -> tuple[list[str], bool]:
    """The words of a name, and whether it is of the figure to date."""
    words = [text_key(word) for word in _APART.split(text) if word]
    named = [w for w in words if w not in (*_TO_DATE, *_PERIOD)]
    return named, any(w in _TO_DATE for w in words)


def _names(form: Form, words: list[str]) -> Iterator[str]:
    """The form's figures that the words mean; each word must mean something."""
    left = [w for w in words if w not in _of_form(form)]
    for column in form.measures:
        others = [w for w in left if w not in _of_column(column)]
        if len(others) == len(left):
            continue
        for category in form.categories:
            if others == [] and category.name == form.total or others and set(others) <= set(_of_row(category)):
                yield f"{form.name}.{category.name}.{column.name}"


def _of_form(form: Form) -> set[str]:
    return _keys((form.name, form.number, form.title, *form.aliases))


def _of_column(column: Field) -> set[str]:
    return _keys((column.name, column.label, column.noun, *column.aliases))


def _of_row(category: Category) -> set[str]:
    return _keys((category.name, category.label, *category.aliases))


def _keys(texts: Iterable[str]) -> set[str]:
    return {text_key(t) for t in texts}
