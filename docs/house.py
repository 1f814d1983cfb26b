"""The floor plan in figures: python docs/house.py  (or `make house`).

Entries directly below `tally/`, the layers its rooms lie in, circles of imports, imports that run upward against the
contract in pyproject.toml, comprehensions a thousand lines, and how long functions and files are.
"""

from __future__ import annotations

import ast
import statistics
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tally"
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    rooms = _rooms()
    arrows = _arrows(rooms)
    files = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    lines = {path: len(text.splitlines()) for path, text in files.items()}
    trees = [ast.parse(text) for text in files.values()]
    lengths = sorted(_lengths(trees))
    total = sum(lines.values())
    every, nested = _comprehensions(trees)
    print(f"entries below tally/       {len(rooms)}")
    print(f"layers                     {_depth(rooms, arrows)}")
    print(f"circles                    {len(_circles(rooms, arrows))}")
    print(f"upward imports             {len(list(_upward(arrows)))}")
    print(f"comprehensions /1000 lines {1000 * every / total:.1f}, nested {1000 * nested / total:.1f}")
    print(
        f"functions                  {len(lengths)}, median {statistics.median(lengths):g} lines, p90 {_p90(lengths)}"
    )
    print(
        f"files                      {len(lines)}, median {statistics.median(lines.values()):g} lines, {total} in all"
    )
    for path, count in lines.items():
        if count > 300:
            print(f"  over 300 lines           {path.relative_to(ROOT)} {count}")


def _rooms() -> list[str]:
    """The modules and packages directly below `tally/`."""
    packages = [p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()]
    modules = [p.stem for p in PACKAGE.glob("*.py") if p.stem != "__init__"]
    return sorted([*packages, *modules])


def _arrows(rooms: list[str]) -> set[tuple[str, str]]:
    """(room, room it imports) for every pair."""
    graph = grimp.build_graph("tally")
    arrows = set()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            pair = (_room(module), _room(imported))
            if pair[0] != pair[1] and set(pair) <= set(rooms):
                arrows.add(pair)
    return arrows


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _depth(rooms: list[str], arrows: set[tuple[str, str]]) -> int:
    """The longest way down: a room stands one above the highest room it imports."""
    floors = dict.fromkeys(rooms, 1)
    for _ in rooms:
        for above, below in arrows:
            floors[above] = max(floors[above], floors[below] + 1)
    return max(floors.values())


def _circles(rooms: list[str], arrows: set[tuple[str, str]]) -> list[str]:
    """Rooms that reach themselves."""
    below = {room: {b for a, b in arrows if a == room} for room in rooms}
    return [room for room in rooms if room in _reached(below, room)]


def _reached(below: dict[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(below[start])
    while waiting:
        room = waiting.pop()
        if room not in reached:
            reached.add(room)
            waiting.extend(below[room])
    return reached


def _upward(arrows: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Imports from a lower layer to a higher one, by the contract's order."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    height: dict[str, int] = {}
    for number, layer in enumerate(contract["contracts"][0]["layers"]):
        for name in layer.split("|"):
            height[name.strip(" ()")] = -number
    for above, below in sorted(arrows):
        if height[below] > height[above]:
            yield above, below


def _comprehensions(trees: list[ast.Module]) -> tuple[int, int]:
    """(all, those that stand within another)."""
    every = nested = 0
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, COMPREHENSIONS):
                every += 1
                nested += sum(isinstance(inner, COMPREHENSIONS) for inner in ast.walk(node) if inner is not node)
    return every, nested


def _lengths(trees: list[ast.Module]) -> Iterator[int]:
    """Lines of each function, its docstring left out."""
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS):
                first = node.body[0]
                documented = ast.get_docstring(node) is not None
                yield (node.end_lineno or node.lineno) - node.lineno + 1 - documented * _span(first)


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _p90(values: list[int]) -> int:
    return values[int(len(values) * 0.9)]


if __name__ == "__main__":
    main()
