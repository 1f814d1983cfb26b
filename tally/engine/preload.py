"""What the warm process imports, so that no notebook has to."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

from tally.paths import PROJECT, notebooks

LIBRARIES = (
    "numpy", "pandas", "pyarrow", "pyarrow.parquet", "pyarrow.dataset", "matplotlib.pyplot",
    "lxml.etree", "IPython.display", "comm",
    "tally.campaigns.*", "tally.readers.*",
)  # fmt: skip
RUN = ("county", "totals", "report")  # the notebooks that a run executes; the others are people's
READY = (
    "tally.returns.processing:prepare",
    "tally.returns.rehearsal:rehearse",
)  # called with the campaign's name and the root


def preloaded(campaign: str = "", root: str = "") -> tuple[str, ...]:
    """`LIBRARIES` (`package.*` stands for all modules below it), and this package's modules that a run's notebooks import.

    With a campaign, also what is worked out once from its declaration: in a nation, the names of thousands of units;
    and a rehearsal (`tally.returns.rehearsal`), after which each notebook takes less.
    """
    modules: set[str] = set()
    for name in RUN:
        try:
            for cell in json.loads((notebooks() / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]:
                modules.update(_imported("".join(cell["source"])) if cell["cell_type"] == "code" else ())
        except (OSError, ValueError, KeyError):
            continue  # whoever runs that notebook is told what is wrong with it
    ready = (f"{what} {json.dumps([campaign, root])}" for what in READY if campaign)
    return (*LIBRARIES, *sorted(modules), *ready)


def _imported(source: str) -> Iterator[str]:
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, or a mistake
        return
    for line in body:
        names = [a.name for a in getattr(line, "names", ())]
        if isinstance(line, ast.ImportFrom) and line.module:
            names = [line.module, *(f"{line.module}.{n}" for n in names)]
        if isinstance(line, (ast.Import, ast.ImportFrom)):
            yield from (n for n in names if n.startswith("tally.") and _is_module(n))


def _is_module(name: str) -> bool:
    """Whether a dotted name is a module: `from tally.returns.processing import f` may name a function."""
    place = PROJECT.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()
