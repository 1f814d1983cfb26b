"""The bureau's desk: the command line as a person types it, the files that come in, the files an analyst keeps."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx
import pandas as pd

import pipeline
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.corrections import CORRECTION_COLUMNS as CORRECTIONS
from tally.check.explanations import EXPLANATION_COLUMNS as EXPLANATIONS
from tally.paths import Paths
from tally.render.blank_forms.names import FORMS, file_name

__all__ = ["CORRECTIONS", "EXPLANATIONS", "Bureau", "Said"]
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """What a command wrote and how it ended."""

    code: int
    text: str

    def __contains__(self, text: str) -> bool:
        return text in self.text


def _in_a_process(words: list[str]) -> Said:
    command = [sys.executable, str(PROJECT / "pipeline.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    return Said(done.returncode, done.stdout + done.stderr)


def _called(words: list[str]) -> Said:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = pipeline.main(words)
    return Said(code, out.getvalue() + err.getvalue())


@dataclass(frozen=True)
class Bureau:
    """One root, `inbox` outside it."""

    root: Path
    inbox: Path

    def paths(self, period: str) -> Paths:
        return Paths(self.root, CAMPAIGN.name, period)

    def types(self, *args: str | Path, code: int = 0) -> Said:
        """The command, and insists on its exit code. What runs notebooks has a process of its own, the others are called here."""
        words = [*map(str, args), "--root", str(self.root)]
        said = _in_a_process(words) if args[0] in ("run", "check") else _called(words)
        assert said.code == code, f"{args}: {said.code}\n{said.text}"
        assert "Traceback" not in said.text
        return said

    def arrives(self, name: str, content: bytes | str) -> Path:
        """A file in the inbox, as it was attached to a letter."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def blank(self, unit: str, period: str) -> bytes:
        return self.blank_file(unit, period).read_bytes()

    def blank_file(self, unit: str, period: str) -> Path:
        return self.paths(period).reports / "templates" / file_name(CAMPAIGN.unit(unit), period, FORMS)

    def feedback(self, unit: str, period: str) -> Path:
        return self.paths(period).feedback / f"{unit}.xlsx"

    def findings(self, period: str, severity: str = "error") -> pd.DataFrame:
        found = pd.read_parquet(self.paths(period).processed / "findings.parquet").fillna("")
        return found[found["severity"] == severity]

    def told(self, period: str, severity: str = "error") -> set[tuple[str, str, str, str]]:
        """(unit, form, rule, cell) of each finding."""
        columns = ["unit", "form", "rule", "cell"]
        return set(self.findings(period, severity)[columns].itertuples(index=False, name=None))

    def total(self, period: str, measure: str) -> Decimal:
        """The sum of what the units' 合计 rows say, in exact tenths."""
        cases = pd.read_parquet(self.paths(period).processed / "cases.parquet")
        return sum(Decimal(str(v)) for v in cases[cases["category"] == "total"][measure])

    def status(self, period: str) -> dict:
        return json.loads(self.types("status", period, "--json").text)

    def report(self, period: str) -> str:
        return self.text(self.paths(period).reports / "report.docx")

    def text(self, file: Path) -> str:
        """A Word report's text, tables included."""
        document = docx.Document(file)
        cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
        return "\n".join((*(p.text for p in document.paragraphs), *cells))

    def writes(self, path: Path, *records: tuple[str, ...], head: tuple[str, ...]) -> None:
        """A file of the analyst's with these lines, added to those that are there."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as f:
            csv.writer(f).writerows(([head] if fresh else []) + list(records))
