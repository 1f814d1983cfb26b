"""Small notebooks written for a test, run by the real engines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tally import engine

PARAMETERS = 'campaign = "masks_2021"\nunit = "000000"\nrows: int = 1\nshare = 0.5\n'
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def code(source: str, *tags: str, number: int = 0) -> dict:
    return {
        "cell_type": "code", "id": f"cell-{number}", "metadata": {"tags": list(tags)},
        "source": source, "outputs": [], "execution_count": None,
    }  # fmt: skip


class Written:
    """Writes notebooks below a folder and reads what became of them."""

    def __init__(self, folder: Path):
        self.folder = folder

    def path(self, *cells: str | dict, name: str = "book", parameters: str = PARAMETERS, kernel: dict = KERNEL) -> Path:
        cells = [
            code(parameters, "parameters"),
            *(code(c, number=i) if isinstance(c, str) else c for i, c in enumerate(cells, 1)),
        ]
        content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}
        path = self.folder / f"{name}.ipynb"
        path.write_text(json.dumps(content))
        return path

    def run(self, *cells: str | dict, name: str = "book", engine_name: str = "fork", **options) -> list[list[dict]]:
        """The outputs of each cell after the parameters and the injected cell."""
        output = self.folder / f"{name}.out.ipynb"
        engine.execute(self.path(*cells, name=name), output, {"unit": "320902"}, engine=engine_name, **options)
        return [c["outputs"] for c in read(output)["cells"][2:]]


def read(path: Path) -> dict:
    """A notebook, its texts joined, without what differs between any two runs: process ids, addresses, times."""
    text = path.read_text()
    for pattern, word in ((r"ipykernel_\d+", "ipykernel_N"), (r"0x[0-9a-f]{6,}", "0xN"), (r"Thread-\d+", "Thread-N")):
        text = re.sub(pattern, word, text)
    book = json.loads(text)
    for cell in book["cells"]:
        for part in (cell, *cell.get("outputs", [])):
            part |= {k: "".join(v) for k, v in part.items() if k in ("text", "source") and isinstance(v, list)}
    return book


def text(outputs: list[dict]) -> str:
    """What a cell printed and showed, as plain text."""
    shown = (o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)
    return "".join("".join(s) for s in shown)


@pytest.fixture
def book(tmp_path) -> Written:
    return Written(tmp_path)
