"""The cells of a checkout's notebook of one unit as plain calls, so many times: run with that checkout's Python, from its folder.

It knows nothing of the package but its notebook, so that a checkout of any age can be measured by it.
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

NOTEBOOK = Path("notebooks/county.ipynb")


def show(value: object) -> None:
    """Makes what a notebook would show of a value, each block of several."""
    for block in value if isinstance(value, tuple) else (value,):
        if hasattr(block, "_repr_mimebundle_"):
            block._repr_mimebundle_()


def run(parameters: dict[str, str]) -> None:
    names: dict[str, object] = {"display": show}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            _one(cell, names)
        if "parameters" in cell["metadata"].get("tags", []):
            names |= parameters


def _one(cell: dict, names: dict[str, object]) -> None:
    body = ast.parse("".join(cell["source"])).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    show(None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names))


def main(asked: str) -> None:
    """`asked`: JSON with the parameters, `units` (in turn) and `times`."""
    request = json.loads(asked)
    units, times = request.pop("units"), request.pop("times")
    for n in range(times):
        run({**request, "unit": units[n % len(units)]})


if __name__ == "__main__":
    main(sys.argv[1])
