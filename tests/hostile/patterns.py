"""Every regular expression of the package, how it is used, and the texts that are worst for it.

A text is worst where one stretch can be matched in many ways and the match then fails: each repetition of a pattern is pumped with
all that it may stand for, behind what leads to it and before what cannot follow.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants as codes
from re import _parser as parser

import tally
from tally import campaigns
from tally.returns.summaries.measures import compiled, measures_of

FUNCTIONS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
ANCHORED = {"match", "fullmatch"}
OFTEN = 30  # a repetition of fewer cannot be pumped
# One character of each sort that patterns tell apart.
SORTS = "1a A中一零年件:：、，,.-—（()）\t\n\u3000\"'=<>/*#&;[]{}|_\\%+"
ENDS = ("", "\0", "!x")


@dataclass(frozen=True)
class Pattern:
    """A regular expression, the flags it is compiled with, and whether it is only ever tried at a text's beginning."""

    source: str | bytes
    flags: int
    anchored: bool
    place: str


def patterns() -> list[Pattern]:
    """All of the package; AssertionError for one that is built where this cannot follow."""
    used = _methods()
    every: dict[tuple[str | bytes, int], list[tuple[bool, str]]] = defaultdict(list)
    for module in _modules():
        for call, name in _calls(module.__file__):
            place = f"{module.__name__}:{call.lineno}"
            for source, flags in _evaluated(call, module.__dict__, place):
                methods = (
                    used.get((module.__file__, name), {"search"}) if call.func.attr == "compile" else {call.func.attr}
                )
                every[source, flags].append((methods <= ANCHORED, place))
    for measure in measures_of(campaigns.load("masks_2021")):
        for one in compiled(measure):
            every[one.pattern, one.flags].append((False, f"measure {measure.label}"))
    return [Pattern(s, f, all(a for a, _ in uses), uses[0][1]) for (s, f), uses in every.items()]


@cache
def _modules() -> list:
    names = [m.name for m in pkgutil.walk_packages(tally.__path__, "tally.") if not m.name.endswith("__main__")]
    return [importlib.import_module(name) for name in names if not name.startswith("tally.engine.zygote")]


@cache
def _trees() -> dict[str, ast.Module]:
    return {m.__file__: ast.parse(Path(m.__file__).read_text(encoding="utf-8")) for m in _modules()}


def _methods() -> dict[tuple[str, str], set[str]]:
    """(file, name of a compiled pattern) -> the methods it is asked for; one that is passed on may be asked for any."""
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file, tree in _trees().items():
        asked = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)]
        names = {id(n.value) for n in asked}
        for node in asked:
            if node.attr in FUNCTIONS:
                used[file, node.value.id].add(node.attr)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in names:
                used[file, node.id].add("search")
            if isinstance(node, ast.ImportFrom):
                used.update(((_file(node.module), alias.name), {"search"}) for alias in node.names if node.module)
    return used


def _file(module: str | None) -> str:
    return next((m.__file__ for m in _modules() if m.__name__ == module), "")


def _calls(file: str) -> Iterator[tuple[ast.Call, str]]:
    """Each call of `re`'s functions with a pattern, and the name its result is bound to, "" for none."""
    tree = _trees()[file]
    bound: dict[int, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            bound[id(node.value)] = node.targets[0].id
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _of_re(node.func):
            yield node, bound.get(id(node), "")


def _of_re(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return False
    return function.value.id == "re" and function.attr in FUNCTIONS


def _evaluated(call: ast.Call, names: dict, place: str) -> list[tuple[str | bytes, int]]:
    try:
        source = eval(compile(ast.Expression(call.args[0]), place, "eval"), names)
        flags = next((k.value for k in call.keywords if k.arg == "flags"), None)
        if flags is None and call.func.attr == "compile" and len(call.args) > 1:
            flags = call.args[1]
        number = eval(compile(ast.Expression(flags), place, "eval"), names) if flags is not None else 0
    except NameError:  # of names that a function gets: see `test_patterns`
        return []
    return [(source.pattern, source.flags) if isinstance(source, re.Pattern) else (source, int(number))]


def built_elsewhere() -> list[str]:
    """The calls whose pattern depends on what a function is given."""
    places = []
    for module in _modules():
        for call, _ in _calls(module.__file__):
            place = f"{module.__name__}:{call.lineno}"
            if not _evaluated(call, module.__dict__, place):
                places.append(f"{module.__name__}: {ast.unparse(call.args[0])}")
    return sorted(set(places))


def worst(pattern: Pattern, length: int) -> Iterator[str | bytes]:
    """Texts of about so many characters that are worst for the pattern; none where nothing in it repeats."""
    text = pattern.source.decode("latin-1") if isinstance(pattern.source, bytes) else pattern.source
    tree = parser.parse(text, pattern.flags & ~re.UNICODE if isinstance(pattern.source, bytes) else pattern.flags)
    repeats = list(_repeats(tree, ""))
    leads = sorted({lead for lead, _ in repeats} | {""})[:8]
    pumps = sorted(set().union(*(bodies for _, bodies in repeats))) if repeats else []
    for lead, pump, end in itertools.product(leads, pumps, ENDS):
        made = lead + pump * (length // len(pump)) + end
        yield made.encode("latin-1", "replace") if isinstance(pattern.source, bytes) else made


def _repeats(tree, lead: str) -> Iterator[tuple[str, set[str]]]:
    """Each repetition in the tree: a text that leads to it, and texts of which it may be made."""
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            low, high, body = value
            if high >= OFTEN:
                yield lead, _bodies(body)
            yield from _repeats(body, lead)
        elif code is codes.SUBPATTERN:
            yield from _repeats(value[3], lead)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, lead)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(value[1], lead)
        elif code is codes.ATOMIC_GROUP:
            yield from _repeats(value, lead)
        lead += _sample([(code, value)])


def _bodies(body) -> set[str]:
    """Texts that the body matches: single characters of every sort, and one for each of its branches."""
    texts = {_sample(body), *_sample_branches(body)} - {""}
    if len(body) == 1:
        texts |= {c for c in SORTS if _fits(body[0], c)}
    return {*texts, *(a + b for a, b in itertools.combinations(sorted(texts)[:6], 2))}


def _sample_branches(body) -> Iterator[str]:
    for i, (code, value) in enumerate(body):
        before, after = _sample(body[:i]), _sample(body[i + 1 :])
        if code is codes.BRANCH:
            yield from (before + _sample(branch) + after for branch in value[1])
        elif code is codes.SUBPATTERN:
            yield from (before + inner + after for inner in _sample_branches(value[3]))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            yield before + _sample(value[2]) * max(1, value[0]) + after
            yield before + _sample(value[2]) * value[0] + after


def _sample(tree) -> str:
    """The shortest text that comes to mind for the tree."""
    return "".join(_sample_one(code, value) for code, value in tree)


def _sample_one(code, value) -> str:
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _sample(value[2]) * value[0]
    if code is codes.SUBPATTERN:
        return _sample(value[3])
    if code is codes.BRANCH:
        return _sample(value[1][0])
    if code is codes.ATOMIC_GROUP:
        return _sample(value)
    return next((c for c in _candidates(code, value) if _fits((code, value), c)), "")


def _candidates(code, value) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.IN:
        return (
            "".join(chr(v if c is codes.LITERAL else v[0]) for c, v in value if c in (codes.LITERAL, codes.RANGE))
            + SORTS
        )
    return SORTS if code in (codes.ANY, codes.NOT_LITERAL) else ""


def _fits(item, character: str) -> bool:
    """Whether an item of a tree is matched by one character."""
    code, value = item
    if code is codes.LITERAL:
        return chr(value) == character
    if code is codes.NOT_LITERAL:
        return chr(value) != character
    if code is codes.ANY:
        return character != "\n"
    if code is codes.SUBPATTERN:
        return len(value[3]) == 1 and _fits(value[3][0], character)
    if code is codes.BRANCH:
        return any(len(branch) == 1 and _fits(branch[0], character) for branch in value[1])
    if code is not codes.IN:
        return False
    negated = value[0][0] is codes.NEGATE
    return any(map(lambda part: _in(part, character), value[negated:])) != negated


def _in(part, character: str) -> bool:
    code, value = part
    if code is codes.LITERAL:
        return chr(value) == character
    if code is codes.RANGE:
        return value[0] <= ord(character) <= value[1]
    return bool(re.match(_CATEGORIES[value], character))


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
