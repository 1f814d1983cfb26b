"""Compose one unit's messy return from a seed: content, mistakes, layout, files, and the truth of every cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.mess.arrange import arrange
from benchmarks.mess.content import Content, clean_content
from benchmarks.mess.delivery import deliver, sheet_name
from benchmarks.mess.headings import Office, office_name
from benchmarks.mess.mistakes import Mistake, plant
from benchmarks.mess.plan import Spot
from benchmarks.mess.truth import Book, Known, Level, MessyReturn, Place, Planted
from samples.writers.sheet import Sheet, a1
from tally.campaigns.masks_2021 import CAMPAIGN

PERIOD = "2021-05"
LEVELS: tuple[Level, ...] = ("clean", "messy", "planted")
DATES = ("填报时间：2021年5月31日", "填报日期：2021.5.31", "2021年5月31日", "")


def compose(seed: int, root: Path) -> MessyReturn:
    """Write the return of `seed` below `root`/data/raw and say everything that is known about it.

    The level goes round with the seed: clean, messy, planted.
    """
    rng = Random(seed)
    level = LEVELS[seed % 3]
    unit = rng.choice(CAMPAIGN.units)
    content = clean_content(rng)
    mistakes = plant(rng, content) if level == "planted" else []
    reported = rng.choice(DATES if level == "messy" else DATES[:3])
    signed = unit
    if level == "planted" and rng.random() < 0.06:
        signed = rng.choice([u for u in CAMPAIGN.units if u is not unit])
        mistakes = [Mistake("signed by another unit", "", (("", ""),), "warning", "form")]
    office = Office(office_name(rng, signed.name, signed.aliases), reported)
    made = arrange(rng, level, content, office, unit.name)
    folder = root / "data" / "raw" / CAMPAIGN.name / PERIOD / rng.choice((f"{unit.code}{unit.name}", unit.name))
    packed = "报送材料.zip" if rng.random() < 0.08 else ""
    below = rng.choice(("", "", "", "", "", "附件3-5/", "表格（盖章版）/"))
    made.books[:] = [replace(b, name=below + b.name) for b in made.books]
    written = deliver(made.books, folder, packed)
    prefix = f"{folder.name}/" + (f"{packed}!" if packed else "")
    places = _places(made.books, prefix)
    return MessyReturn(
        seed=seed,
        level=level,
        unit=unit.code,
        period=PERIOD,
        files=tuple(str(p.relative_to(folder.parent)) for p in written),
        known=tuple(_known(made.spots, places)),
        planted=tuple(_planted(m, made.spots, places) for m in (*mistakes, *made.due)),
        records=_records(content),
        copies={prefix + below + a: prefix + below + b for a, b in made.copies.items()},
        traits=tuple(sorted(made.traits | ({"zip"} if packed else set()))),
    )


def _records(content: Content) -> dict[str, tuple[str, ...]]:
    return {form: tuple(rows) for form, rows in content.items()}


def _places(books: list[Book], prefix: str) -> dict[int, tuple[str, str]]:
    """File and sheet name of each sheet, by the sheet's identity."""
    return {
        id(sheet): (prefix + book.name, sheet_name(book.kind, i, sheet.name))
        for book in books
        for i, sheet in enumerate(book.sheets)
    }


def _place(sheet: Sheet, spot: Spot, places: dict[int, tuple[str, str]]) -> Place | None:
    if spot.row is None or spot.col is None:
        return None
    return Place(*places[id(sheet)], a1(spot.row, spot.col))


def _known(spots: list[tuple[Sheet, Spot]], places: dict[int, tuple[str, str]]) -> list[Known]:
    return [Known(s.form, s.key, s.field, _place(sheet, s, places), s.writing, s.scopes) for sheet, s in spots]


def _planted(mistake: Mistake, spots: list[tuple[Sheet, Spot]], places: dict[int, tuple[str, str]]) -> Planted:
    """The mistake with its addresses; a cell merged down may be named by its own row or by where the merge begins."""
    own: dict[str, int] = {}
    for _, s in spots:
        if s.form == mistake.form and s.row is not None:
            own[s.key] = max(s.row, own.get(s.key, 0))
    at = [
        place
        for sheet, s in spots
        if s.form == mistake.form and (s.key, s.field) in mistake.at and s.row is not None
        for place in (_place(sheet, s, places), _place(sheet, replace(s, row=own[s.key]), places))
    ]
    return Planted(
        mistake.kind,
        mistake.form,
        mistake.at[0][0],
        tuple(dict.fromkeys(f for _, f in mistake.at)),
        tuple(dict.fromkeys(p for p in at if p)),
        mistake.severity,
        mistake.scope,
    )
