"""An invented nation: counties below cities below provinces, declared as a campaign of its own below a root."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

NAME = "nation_2021"
TOP = ("100000", "样例国")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
POOL = "澄禾芃昱祺霁桐皓珩筱瑾岑楠澍渚屿"
KINDS = ("县", "区", "市", "县")
COUNTIES, CITIES = 9, 10  # in a city, in a province

DECLARATION = '''"""An invented nation, for measuring: the forms and rules of the 2021 campaign, thousands of units."""

from dataclasses import replace
from pathlib import Path

from tally.campaigns.masks_2021 import CAMPAIGN as CITY
from tally.declare import Unit, units_from_csv

_HERE = Path(__file__).parent

CAMPAIGN = replace(
    CITY,
    name="{name}",
    issuer="样例国市场监督管理总局",
    top=Unit("{code}", "{top}", ("全国",), office="样例国市场监督管理总局"),
    units=units_from_csv(_HERE / "units.csv"),
    areas=units_from_csv(_HERE / "areas.csv"),
    ambiguous_units=(),
)
'''


@dataclass(frozen=True, slots=True)
class Place:
    """A unit or an area; `parent` is the code of what it belongs to."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class Nation:
    """Its counties, cities and provinces. Counties of different cities may share a name, as real ones do."""

    counties: tuple[Place, ...]
    cities: tuple[Place, ...]
    provinces: tuple[Place, ...]

    def path(self, county: Place) -> tuple[str, str, str]:
        """The codes of its city, its province and the nation."""
        city = next(c for c in self.cities if c.code == county.parent)
        return city.code, city.parent, TOP[0]


def nation(counties: int) -> Nation:
    """The first `counties` counties: nine to a city, ten cities to a province."""
    cities = [_city(n) for n in range(-(-counties // COUNTIES))]
    provinces = [_province(n) for n in range(-(-len(cities) // CITIES))]
    return Nation(tuple(_county(n) for n in range(counties)), tuple(cities), tuple(provinces))


def _province(n: int) -> Place:
    return Place(f"{n + 11}0000", f"{STEMS[n % 10]}{BRANCHES[n % 12]}省", TOP[0])


def _city(n: int) -> Place:
    province, within = divmod(n, CITIES)
    return Place(f"{province + 11}{within + 1:02d}00", f"{POOL[n % 16]}{POOL[n // 16 % 16]}{STEMS[n // 256]}市", f"{province + 11}0000")  # fmt: skip


def _county(n: int) -> Place:
    city, within = divmod(n, COUNTIES)
    number = within * 37 + city * 11  # within a city all differ; across cities some are the same
    name = f"{STEMS[number % 10]}{POOL[number // 10 % 16]}{POOL[(number * 7 + 3) % 16]}{KINDS[within % 4]}"
    return Place(f"{_city(city).code[:4]}{within + 1:02d}", name, _city(city).code)


def declare(made: Nation, root: Path) -> None:
    """Writes the campaign's package below `root`."""
    folder = root / "campaigns" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").write_text(DECLARATION.format(name=NAME, code=TOP[0], top=TOP[1]), encoding="utf-8")
    _write(folder / "units.csv", made.counties)
    _write(folder / "areas.csv", (*made.provinces, *made.cities))


def _write(path: Path, places: tuple[Place, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as f:
        lines = csv.writer(f)
        lines.writerow(("code", "name", "aliases", "parent", "office", "note"))
        lines.writerows((p.code, p.name, "", p.parent, f"{p.name}市场监督管理局", "") for p in places)
