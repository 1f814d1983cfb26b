"""Makes the parcels, reads each as a unit's return, prints what came of their parts. Exit code 1 if one was lost or booked wrongly."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.parcels import packing
from benchmarks.parcels.parts import FORM, FORMS, OTHERS, Figures, Thing, figures, rows, summary
from tally import campaigns
from tally.model import Finding
from tally.paths import Paths
from tally.returns.unit import UnitReturn, read_unit

PERIOD = "2021-05"
Files = dict[str, bytes]
WRAPS: dict[str, Callable[[Files], bytes]] = {
    "报送.eml": lambda files: packing.message(files).as_bytes(),
    "报送.msg": lambda files: packing.outlook(files).to_bytes(),
    "winmail.dat": packing.winmail,
    "附件.zip": packing.zipped,
    "附件.7z": packing.seven_zip,
    "附件.rar": packing.rar,
    "附件.tar.gz": lambda files: packing.tar(files, "w:gz"),
    "附件.tar": lambda files: packing.tar(files, encoding="gbk"),
}
_DEEPEST = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parcels", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    total, start = Counter(), time.perf_counter()
    for seed in range(args.seed, args.seed + args.parcels):
        for verdict, what in judged(seed):
            total[verdict] += 1
            if verdict in ("lost", "wrong"):
                print(f"seed {seed}: {verdict} {what}")
    seconds = time.perf_counter() - start
    kinds = ", ".join(f"{name} {total[name]}" for name in ("booked right", "named", "lost", "wrong"))
    print(
        f"{args.parcels} parcels, {sum(total.values())} parts: {kinds}; {1_000 * seconds / args.parcels:.0f} ms a parcel"
    )
    return int(bool(total["lost"] or total["wrong"]))


def judged(seed: int) -> Iterator[tuple[str, str]]:
    """(verdict, address) of each part of one parcel."""
    rng = Random(seed)
    campaign = campaigns.load()
    unit = rng.choice(campaign.units)
    table = figures(rng)
    things, (name, data, addresses) = parcel(rng, unit.name, table)
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder), campaign.name, PERIOD)
        (paths.raw / unit.name).mkdir(parents=True)
        (paths.raw / unit.name / name).write_bytes(data)
        read = read_unit(campaign, PERIOD, unit.code, paths.root)
    for thing in things:
        address = f"{unit.name}/{addresses[thing.name]}"
        yield _verdict(read, thing, address, table), f"{address} ({thing.becomes})"


def parcel(rng: Random, unit: str, table: Figures) -> tuple[list[Thing], tuple[str, bytes, dict[str, str]]]:
    """What lies in it; the parcel's name and bytes, and each thing's address in it."""
    kind = rng.choice(list(FORMS))
    things = [Thing(kind, FORMS[kind](rows(unit, table)), "cases")]
    things += [Thing("工作总结.txt", summary(unit), "summary")] * (rng.random() < 0.7)
    others = rng.sample(sorted(OTHERS), rng.randint(1, 4))
    things += [Thing(other, OTHERS[other], "named") for other in others]
    return things, _wrapped(rng, things)


def _wrapped(rng: Random, things: list[Thing]) -> tuple[str, bytes, dict[str, str]]:
    """The things in parcels one within the other, some left further out."""
    inner: Files = {}
    addresses: dict[str, str] = {}
    name, data = "", b""
    left = rng.sample(things, len(things))
    for depth in range(rng.randint(1, _DEEPEST)):
        take = left if depth == 0 and rng.random() < 0.4 else left[: 1 + (depth == 0)]
        left = left[len(take) :]
        inner = ({name: data} if name else {}) | {t.name: t.data for t in take}
        addresses = {t: f"{name}!{a}" if name else a for t, a in addresses.items()} | {t.name: t.name for t in take}
        name, data = _packed(rng, inner)
    if left:
        addresses = {t: f"{name}!{a}" for t, a in addresses.items()} | {t.name: t.name for t in left}
        name, data = _packed(rng, {name: data} | {t.name: t.data for t in left})
    return name, data, {t: f"{name}!{a}" for t, a in addresses.items()}


def _packed(rng: Random, files: Files) -> tuple[str, bytes]:
    name = rng.choice(list(WRAPS))
    return name, WRAPS[name](files)


def _verdict(read: UnitReturn, thing: Thing, address: str, table: Figures) -> str:
    named = any(f.file == address or _closed(f, address) for f in read.all_findings)
    if thing.becomes == "summary" and read.summary and read.summary.name == address:
        return "booked right"
    if thing.becomes == "cases":
        cells = read.returns[FORM.name].cells
        own = cells[cells["file"] == address]
        values = {(c["row"], c["field"]): c["value"] for c in own.to_dict("records")}
        if len(own) and all(float(values.get(at) or 0) == float(figure) for at, figure in table.items()):
            return "booked right"
        if len(own):
            return "wrong"
    return "named" if named else "lost"


def _closed(finding: Finding, address: str) -> bool:
    """Whether a parcel that the part lies in is said not to have been opened."""
    return finding.rule == "file.too_deep" and address.startswith(f"{finding.file}!")


if __name__ == "__main__":
    sys.exit(main())
