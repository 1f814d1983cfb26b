"""What a long list costs: read, cleaned and checked in one go, at growing sizes, each in a process of its own.

    python -m benchmarks.lists [--rows 1000 10000 100000]

Prints CPU seconds (user and system) and peak memory of reading alone, of cleaning and checking, and per 1,000 rows. Gated on
every record having been read. The list is invented, clean but for one row in a hundred, in .xlsx.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tally import campaigns

CITIES = ("盐城样例", "虚构", "子虚", "乌有")


def write(path: Path, rows: int) -> None:
    """A form 5 of `rows` invented batches."""
    import xlsxwriter

    form = campaigns.load().form("sampling")
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("附件5")
    sheet.write(0, 0, form.title)
    sheet.write(1, 0, "填报单位：亭湖区市场监督管理局")
    sheet.write_row(2, 0, [f.label + (f"（{f.unit}）" if f.unit else "") for f in form.fields])
    for n in range(rows):
        sheet.write_row(3 + n, 0, record(n))
    book.close()


def record(n: int) -> list:
    """One batch; every hundredth fails, every thousandth is written as clerks write."""
    firm = f"{CITIES[n % 4]}第{n // 3}口罩有限公司"
    start = [n + 1, "一次性使用口罩", f"平面型{n % 7}", firm]
    if n % 100:
        rest = ["合格" if n % 1000 else "合 格", None, None, None, None, None, "上门指导", "在产", "小型", "2020-03-01"]
    else:
        rest = [
            "不合格",
            "过滤效率",
            "５００只" if n % 1000 else 500,
            "否",
            None,
            "责令停止销售，整改",
            "一企一策",
            "在产",
            "小型",
            "2020.3.1",
        ]
    return [*start, *rest]


def measured(path: Path, rows: int) -> dict:
    """Reads, cleans and checks `path` in this process."""
    from tally.readers import read
    from tally.returns.unit import read_unit

    root = path.parents[5]
    campaign = campaigns.load()
    read_unit(campaign, "2021-05", "320903", root)  # imports and caches
    begun = time.process_time()
    read(path, path.name)
    reading = time.process_time() - begun
    begun = time.process_time()
    got = read_unit(campaign, "2021-05", "320902", root).returns["sampling"]
    whole = time.process_time() - begun
    if len(got.frame) != rows or int((got.frame["result"] == "不合格").sum()) != -(-rows // 100):
        raise SystemExit(f"{rows} rows: the list was not read right")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "reading": reading, "whole": whole, "peak": peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(args.one, args.rows[0])))
        return
    print(f"{'rows':>8}  {'reading s':>9}  {'read, clean, check s':>20}  {'ms a row':>8}  {'peak MB':>8}")
    for rows in args.rows:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "data/raw/masks_2021/2021-05/亭湖区/附件5.xlsx"
            path.parent.mkdir(parents=True)
            write(path, rows)
            command = [sys.executable, "-m", "benchmarks.lists", "--one", str(path), "--rows", str(rows)]
            m = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        print(
            f"{rows:>8}  {m['reading']:>9.2f}  {m['whole']:>20.2f}  {1000 * m['whole'] / rows:>8.3f}  {m['peak']:>8.0f}"
        )


if __name__ == "__main__":
    main()
