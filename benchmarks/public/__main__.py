"""Reads a folder's workbooks and PDFs and prints cells right, flagged, silently different, and files by what became of them."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.public.compare import BOOKS, PAGES, WORDS, Outcome, compare
from benchmarks.public.files import files_in


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=500, help="files")
    parser.add_argument("--list", type=int, default=20, dest="shown", help="silently different cells to print")
    parser.add_argument(
        "--endings", nargs="*", default=sorted(BOOKS | PAGES | WORDS), help="kinds of files, as .xlsx .xls"
    )
    args = parser.parse_args()
    outcome, start = Outcome(), time.perf_counter()
    for name, data in files_in(args.folder, frozenset(args.endings), args.most):
        compare(name, data, outcome)
    for line in outcome.silent[: args.shown]:
        print(line[:200])
    cells = ", ".join(f"{name} {outcome.cells[name]}" for name in ("right", "flagged", "silent"))
    files = ", ".join(f"{name} {count}" for name, count in sorted(outcome.files.items()))
    print(f"cells: {cells}\nfiles: {files}\n{time.perf_counter() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
