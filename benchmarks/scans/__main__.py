"""Prints, for each way of spoiling a page, how its figures came out, alone and beside a workbook in which one figure differs.

    python -m benchmarks.scans [--pages 1] [--seed 1] [--only NAME ...]

A figure is right and borne out by a sum, flagged, or silently wrong (must be 0). Exit code 1 if a promise is broken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import cv2
import numpy as np

from benchmarks.scans.forms import FORM, PERIOD, Printed, printed
from benchmarks.scans.lists import judged_list
from benchmarks.scans.spoil import SPOILS
from tally import campaigns
from tally.paths import Paths
from tally.readers import scan
from tally.returns.unit import UnitReturn, read_unit
from tally.writing.nothing import is_null


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1, help="pages for each way of spoiling")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(SPOILS), choices=list(SPOILS))
    parser.add_argument("--form", default="", choices=["sampling", "enterprises"], help="a list in the place of form 4")
    args = parser.parse_args()
    if not scan.available():
        print("install requirements-scan.txt first", file=sys.stderr)
        return 2
    total: Counter = Counter()
    for name in args.only:
        for n in range(args.pages):
            seed = args.seed * 1_000 + n
            result = judged_list(args.form, SPOILS[name], seed) if args.form else judged(name, seed)
            total += result
            print(f"{name:14} {shown(result)}", flush=True)
    print(f"{'all':14} {shown(total)}; memory at most {_peak():.0f} MB")
    return int(bool(total["silently wrong"]))


def judged(spoil: str, seed: int) -> Counter:
    """One page alone, then beside a workbook with one figure that differs."""
    page = printed(np.random.default_rng(seed))
    picture = SPOILS[spoil](page.picture, np.random.default_rng(seed + 1))
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 85])
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder), campaigns.load().name, PERIOD)
        unit = paths.raw / campaigns.load().unit(page.unit).name
        unit.mkdir(parents=True)
        (unit / "盖章件.jpg").write_bytes(data.tobytes())
        start = time.perf_counter()
        alone = read_unit(campaigns.load(), PERIOD, page.unit, paths.root)
        result = _alone(page, alone) + Counter({"seconds": round(time.perf_counter() - start), "pages": 1})
        (unit / "附件4.csv").write_text(_workbook(page), encoding="utf-8")
        return result + _beside(read_unit(campaigns.load(), PERIOD, page.unit, paths.root))


def _alone(page: Printed, read: UnitReturn) -> Counter:
    """Each figure printed: right (and so borne out), flagged, silently wrong."""
    ret, result = read.returns["cases"], Counter()
    said = {(f.row, f.field) for f in ret.findings if f.severity == "error"}
    said |= {(row, field) for row, field in page.truth if ("", field) in said}  # a column that was not found
    refused = ret.state == "missing"
    values = {(c["row"], c["field"]): c["value"] for c in ret.cells.to_dict("records")}
    for at, figure in page.truth.items():
        value = "" if is_null(values.get(at)) else values[at]
        if refused or at in said:
            result["flagged"] += bool(figure)
        elif not value and not figure or figure and value and float(value) == float(figure):
            result["borne out"] += bool(figure)
        else:
            result["silently wrong"] += 1
    return result


def _workbook(page: Printed) -> str:
    """The form as a table in which one figure is another."""
    truth = dict(page.truth)
    at = (FORM.parts[1].name, FORM.fields[2].name)
    truth[at] = str(int(truth[at] or 0) + 3)
    head = ["查办案件情况", *(f.label for f in FORM.fields)]
    rows = [[c.label, *(truth[c.name, f.name] for f in FORM.fields)] for c in FORM.categories]
    lines = (",".join(row) for row in [head, *rows])
    return f"{FORM.title}\n填报单位：{campaigns.load().unit(page.unit).name}\n" + "\n".join(lines) + "\n"


def _beside(read: UnitReturn) -> Counter:
    """Whether the figure that differs is told at its cell, and no other is."""
    told = {(f.row, f.field) for f in read.returns["cases"].findings if f.rule == "scan.disagrees"}
    at = (FORM.parts[1].name, FORM.fields[2].name)
    return Counter({"difference told": int(at in told), "false alarms": len(told - {at})})


def shown(result: Counter) -> str:
    names = ("borne out", "flagged", "silently wrong", "difference told", "false alarms", "pages", "seconds")
    return ", ".join(f"{name} {result[name]}" for name in names)


def _peak() -> float:
    """MB that the largest process of those that ended took."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
