"""One way in a process of its own, for `benchmarks.engine.measure.cold`: asked as JSON, run, gone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tally.run import early


def main() -> None:
    asked = json.loads(sys.argv[1])
    way, workers = asked.pop("way"), asked.pop("workers")
    if way.startswith("fork"):  # as pipeline.py does, before anything that takes long to import
        early.start(asked["campaign"], asked["period"], Path(asked["root"]), force=True)
    from benchmarks.engine import measure
    from benchmarks.engine.bench import Bench

    bench = Bench(**{**asked, "root": Path(asked["root"]), "units": tuple(asked["units"])})
    measure.ways(bench, workers)[way].run(bench.units)


if __name__ == "__main__":
    main()
