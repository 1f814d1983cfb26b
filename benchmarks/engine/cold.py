"""One way in a process of its own, for `benchmarks.engine.measure.cold`: asked as JSON, run, gone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.engine import measure
from benchmarks.engine.bench import Bench


def main() -> None:
    asked = json.loads(sys.argv[1])
    way, workers = asked.pop("way"), asked.pop("workers")
    bench = Bench(**{**asked, "root": Path(asked["root"]), "units": tuple(asked["units"])})
    measure.ways(bench, workers)[way].run(bench.units)


if __name__ == "__main__":
    main()
