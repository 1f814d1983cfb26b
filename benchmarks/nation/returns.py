"""Each county's return in the mess of real ones, and what is true of it.

The mess is that of `benchmarks.mess` as far as it has one meaning: every kind of file, header and layout, zips, and
writings such as １２, 1,234 or 13.5万; what may only be flagged stays out, so that the truth of every total is certain.
One county in forty sends nothing; one in twenty drops its files into the period's folder itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from multiprocessing import Pool
from pathlib import Path
from random import Random

from benchmarks.mess.arrange import Arranged, arrange
from benchmarks.mess.content import CATEGORIES, MEASURES, Content, clean_content
from benchmarks.mess.delivery import deliver
from benchmarks.mess.headings import Office, office_name
from benchmarks.nation.places import NAME, Place
from tally.paths import Paths

PERIOD = "2021-05"
DATED = "填报时间：2021年5月31日"
COUNTED = ("enterprise", "result", "production_status", "enterprise_size")
CERTAIN = {"read", "repaired", "blank"}


@dataclass(frozen=True)
class Truth:
    """What one county reports: figures by category and measure, batches, failing batches, firms and how many produce."""

    county: str
    cases: dict[tuple[str, str], Decimal]
    batches: int
    failing: int
    firms: int
    producing: int


def make(counties: tuple[Place, ...], root: Path, jobs: int = 1) -> list[Truth]:
    """Writes all returns below `root`; the truth of each, in order. The same values and layouts every time;
    of the files themselves some carry the time at which they were made."""
    with Pool(jobs) as pool:
        truths = pool.starmap(_one, ((n, c, root) for n, c in enumerate(counties)), chunksize=8)
    (root / "truth.json").write_text(json.dumps([_plain(t) for t in truths]), encoding="utf-8")
    return truths


def kept(root: Path) -> list[Truth]:
    """The truth of returns that `make` wrote below `root` before; [] if it did not."""
    if not (root / "truth.json").exists():
        return []
    stored = json.loads((root / "truth.json").read_text(encoding="utf-8"))
    return [Truth(t[0], {(c, m): Decimal(v) for c, m, v in t[1]}, *t[2:]) for t in stored]


def _plain(t: Truth) -> list:
    cases = [[c, m, str(v)] for (c, m), v in t.cases.items()]
    return [t.county, cases, t.batches, t.failing, t.firms, t.producing]


def _one(number: int, county: Place, root: Path) -> Truth:
    if number % 40 == 39:
        return Truth(county.code, {}, 0, 0, 0, 0)
    flat = number % 20 == 7
    folder = Paths(root, NAME, PERIOD).raw / ("" if flat else f"{county.code}{county.name}")
    for again in range(100):
        rng = Random(f"nation {number} {again}")
        content = _own(clean_content(rng), county, number)
        office = Office(office_name(rng, county.name, ()), DATED)
        made = arrange(rng, "clean", content, office, county.name)
        if _certain(made, content):
            if flat:  # many counties' files in one folder: each has its county's code in its name
                made.books[:] = [replace(b, name=f"{county.code}{b.name}") for b in made.books]
            deliver(made.books, folder, f"{county.code}报送材料.zip" if rng.random() < 0.08 else "")
            return _truth(county.code, content)
    raise RuntimeError(f"no certain return for {county.code}")


def _own(content: Content, county: Place, number: int) -> Content:
    """Firms named after their county and numbered, so that no two counties list the same one."""
    for form in ("enterprises", "sampling"):
        for record in content[form].values():
            record["enterprise"] = f"{county.name}{STEM[number % len(STEM)]}{record['enterprise']}{number}厂"
    return content


STEM = "样例示虚"


def _certain(made: Arranged, content: Content) -> bool:
    """No counted cell that may be read as something else or is missing, no two versions."""
    if made.copies or made.due or any(b.damaged or b.earlier for b in made.books):
        return False
    counted = [s for _, s in made.spots if s.form == "cases" or s.field in COUNTED]
    return all(
        s.row is not None and s.writing.must in CERTAIN and s.writing.value == content[s.form][s.key][s.field]
        for s in counted
    )


def _truth(county: str, content: Content) -> Truth:
    cases = {
        (c, m): Decimal(str(v))
        for c in (*CATEGORIES, "total")
        for m in MEASURES
        if (v := content["cases"][c][m]) is not None
    }
    batches, firms = content["sampling"].values(), content["enterprises"].values()
    return Truth(
        county,
        cases,
        len(batches),
        sum(r["result"] == "不合格" for r in batches),
        len(firms),
        sum(r["production_status"] == "在产" for r in firms),
    )
