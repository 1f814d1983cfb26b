"""Every file of a public edition searched for every confidential string of the forms: the last word on what it tells."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tally.declare import Campaign
from tally.model import PeriodTables
from tally.report.public.folding import folded

_SHORTEST = 4  # characters; shorter ones are words of the language


def confidential(campaign: Campaign, periods: Iterable[PeriodTables]) -> set[str]:
    """What the forms say of firms and persons, as it was cleaned and as it was written, folded."""
    fields = {(form.name, f.name) for form in campaign.forms for f in form.fields if f.confidential}
    words: set[str] = set()
    for tables in periods:
        for form, name in fields:
            words |= {str(value) for value in tables.forms[form][name].dropna()}
        cells = tables.cells
        for form, name in fields:
            raw = cells.loc[(cells["form"] == form) & (cells["field"] == name), "raw"]
            words |= {str(value) for value in raw.dropna()}
    places = {folded(unit.name) for unit in campaign.units}
    keys = {folded(word) for word in words}
    return {
        key for key in keys if len(key) >= _SHORTEST and key not in places and not re.fullmatch(r"[\d.%/-]{1,6}", key)
    }


def survivors(folder: Path, words: set[str]) -> dict[str, set[str]]:
    """File below `folder` -> the words that can be read in it; files without any are not named."""
    where = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        text = folded("\n".join(_texts(path)))
        if there := {word for word in words if word in text}:
            where[path.relative_to(folder).as_posix()] = there
    return where


def _texts(path: Path) -> Iterator[str]:
    """Everything that can be read in a file: its name, its text with and without markup, its parts."""
    yield path.name
    content = path.read_bytes()
    if path.suffix == ".pdf":
        yield from _pdf(content)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                yield name
                yield from _unmarked(package.read(name).decode("utf-8", "ignore"))
    else:
        yield from _unmarked(content.decode("utf-8", "ignore"))


def _pdf(content: bytes) -> Iterator[str]:
    from pdfminer.high_level import extract_text

    yield extract_text(io.BytesIO(content))


def _unmarked(text: str) -> Iterator[str]:
    yield html.unescape(text)
    yield html.unescape(re.sub(r"<[^>]*>", "", text))
