"""One spoilt return goes the whole line to a unit's findings, as a run takes it; how that ended, and what it took."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz.seeds import Seed
from tally import campaigns
from tally.errors import UnreadableFile
from tally.returns.unit import UnitReturn, read_unit

PERIOD, UNIT, FOLDER = "2021-05", "320902", "亭湖区"
SLOWEST = 10.0  # seconds of computing that a file may take here; the process that opens it has limits of its own

# Of what may be told of a file, these are our faults and not the file's.
FAULTS = ("too_slow", "crashed")


@dataclass(frozen=True)
class Ending:
    """`how`: "read", a problem of `UnreadableFile`, "slow", or an exception with its place."""

    how: str
    seconds: float

    @property
    def is_failure(self) -> bool:
        return self.how in FAULTS or self.how not in ("read", *UnreadableFile.PROBLEMS)


class Line:
    """A root in which one unit has sent one file, over and over."""

    def __init__(self, root: Path) -> None:
        self.root, self.campaign = root, campaigns.load("masks_2021")
        self.folder = root / "data" / "raw" / "masks_2021" / PERIOD / FOLDER
        self.folder.mkdir(parents=True)

    def ending(self, seed: Seed, content: bytes) -> Ending:
        """Reads, cleans and checks the file. Only what ends the process itself is not caught here."""
        place = self.folder / f"return.{seed.ending}"
        place.write_bytes(content)
        begun = time.process_time()
        try:
            how = _problem(read_unit(self.campaign, PERIOD, UNIT, self.root))
        except Exception as e:
            last = traceback.extract_tb(e.__traceback__)[-1]
            how = f"{type(e).__name__} in {Path(last.filename).name}:{last.lineno}: {e}"[:300]
        finally:
            place.unlink()
        seconds = time.process_time() - begun
        return Ending("slow" if seconds > SLOWEST and how == "read" else how, seconds)


def _problem(made: UnitReturn) -> str:
    """The gravest problem that was told of the file, "read" for none."""
    rules = {f.rule for f in made.all_findings}
    problems = (*FAULTS, *UnreadableFile.PROBLEMS)
    return next((problem for problem in problems if f"file.{problem}" in rules), "read")
