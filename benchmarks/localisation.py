"""How often the first suspect is the planted mistake: single mistakes on plausible tables of form 4.

    python -m benchmarks.localisation [--tables 400] [--seed 1]

Prints for each kind of mistake how many were planted, how many broke a rule at all, and how often the first
suggestion names the planted cell, and names it with its true value.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.culprits import Suggestion, suspects
from tally.model import Return
from tally.rules.view import FormView
from tally.store.tables import CELL_COLUMNS

CASES = CAMPAIGN.form("cases")
FIELDS = [f.name for f in CASES.fields]
PARTS = [c.name for c in CASES.parts]
KIND = {f.name: f.kind for f in CASES.fields}
CUMULATIVE = {f.name for f in CASES.fields if f.cumulative}
Numbers = dict[tuple[str, str], float | int | None]
Planted = set[tuple[str, str]]

# How busy each kind of case is, by experience of such campaigns.
WEIGHTS = {"price": 4, "quality": 6, "unfair_competition": 1, "intellectual_property": 2,
           "drug_device_licensing": 3, "false_advertising": 1, "other": 1}  # fmt: skip


def plausible(rng: random.Random) -> Numbers:
    """A table whose sums hold and whose measures stand to each other as they usually do."""
    numbers: Numbers = {}
    size = rng.choice((2, 5, 12, 30))
    for part in PARTS:
        handled = int(rng.gammavariate(1.4, 1) * WEIGHTS[part] * size / 2)
        filed = sum(rng.random() < 0.89 for _ in range(handled))
        closed = sum(rng.random() < 0.8 for _ in range(filed))
        officers = int(handled * rng.uniform(8, 25)) + rng.randrange(5, 60)
        row = {
            "officers_dispatched": officers,
            "operators_inspected": int(officers * rng.uniform(0.9, 1.8)),
            "cases_handled": handled,
            "cases_filed": filed,
            "cases_closed": closed,
            "fines_confiscations": round(closed * rng.lognormvariate(-0.3, 0.8), 2),
            "case_value": round(handled * rng.lognormvariate(-0.3, 0.8), 2),
            "masks_seized": round(handled * rng.lognormvariate(-1.2, 1), 2),
            "cases_transferred": sum(rng.random() < 0.03 for _ in range(filed)),
        }
        numbers |= {(part, f): v for f, v in row.items()}
    add_up(numbers)
    return numbers


def add_up(numbers: Numbers) -> None:
    for f in FIELDS:
        total = sum(numbers[p, f] or 0 for p in PARTS)
        numbers["total", f] = round(total, 2) if KIND[f] == "quantity" else total


def earlier(rng: random.Random, numbers: Numbers) -> Numbers:
    """The period before: cumulative columns a share of today's, the others another table's."""
    other = plausible(rng)
    for p in PARTS:
        for f in CUMULATIVE:
            share = numbers[p, f] * rng.uniform(0.4, 0.95)
            other[p, f] = round(share, 2) if KIND[f] == "quantity" else int(share)
    add_up(other)
    return other


def as_return(numbers: Numbers) -> Return:
    keys = [*PARTS, "total"]
    frame = pd.DataFrame(
        {
            f: pd.array([numbers[k, f] for k in keys], dtype="Int64" if KIND[f] == "count" else "Float64")
            for f in FIELDS
        },
        index=keys,
    )
    cells = [
        ("320902", "cases", k, f, text := "" if (v := numbers[k, f]) is None else repr(v), text,
         "blank" if v is None else "read", "表.xlsx", "表", f"{chr(66 + j)}{i + 2}")
        for i, k in enumerate(keys) for j, f in enumerate(FIELDS)
    ]  # fmt: skip
    return Return("320902", "cases", "on time", frame, pd.DataFrame(cells, columns=list(CELL_COLUMNS)))


def any_cell(
    rng: random.Random, numbers: Numbers, fits: Callable[[float], bool], fields=FIELDS
) -> tuple[str, str] | None:
    cells = [(k, f) for (k, f), v in numbers.items() if f in fields and v and fits(v)]
    return rng.choice(cells) if cells else None


def rewrite(numbers: Numbers, cell: tuple[str, str], text: str) -> Planted:
    numbers[cell] = float(text) if KIND[cell[1]] == "quantity" else int(text)
    return {cell}


def written(value: float | int) -> str:
    text = f"{value:.2f}" if isinstance(value, float) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def slipped(rng: random.Random, numbers: Numbers) -> Planted:
    """元 for 万元, or 只 for 万只."""
    cell = any_cell(rng, numbers, lambda v: v >= 0.01, [f for f in FIELDS if KIND[f] == "quantity"])
    if cell:
        numbers[cell] = float(round(numbers[cell] * 10_000))
    return {cell} if cell else set()


def digits_swapped(rng: random.Random, numbers: Numbers) -> Planted:
    cell = any_cell(rng, numbers, lambda v: v >= 10)
    if not cell:
        return set()
    text = written(numbers[cell])
    pairs = [
        (i, j) for i in range(len(text)) for j in (i + 1, i + 2)
        if j < len(text) and "." not in text[i] + text[j] and text[i] != text[j]
        and (j == i + 1 or text[i + 1] == ".") and not (i == 0 and text[j] == "0")
    ]  # fmt: skip
    if not pairs:
        return set()
    i, j = rng.choice(pairs)
    letters = list(text)
    letters[i], letters[j] = letters[j], letters[i]
    return rewrite(numbers, cell, "".join(letters))


def row_shifted(rng: random.Random, numbers: Numbers) -> Planted:
    """A run of a row's cells one column to the right or left; money that falls among counts stays whole here."""
    key, start = rng.choice([*PARTS, "total"]), rng.randrange(0, 5)
    run = FIELDS[start:5]
    if len(run) < 2 or len({numbers[key, f] for f in run}) < 2:
        return set()
    old = [numbers[key, f] for f in run]
    moved = [None, *old[:-1]] if rng.random() < 0.5 else [*old[1:], None]
    changed = {(key, f) for f, a, b in zip(run, old, moved, strict=True) if a != b}
    numbers |= {(key, f): v for f, v in zip(run, moved, strict=True)}
    return changed


def total_typed_over(rng: random.Random, numbers: Numbers) -> Planted:
    cell = ("total", rng.choice([f for f in FIELDS if numbers["total", f]]))
    value = numbers[cell]
    new = value * rng.uniform(0.4, 1.9)
    numbers[cell] = round(new, 2) if KIND[cell[1]] == "quantity" else int(new)
    return {cell} if numbers[cell] != value else set()


def total_misses_a_row(rng: random.Random, numbers: Numbers) -> Planted:
    cell = any_cell(rng, {k: v for k, v in numbers.items() if k[0] != "total"}, lambda v: v > 0)
    total = ("total", cell[1])
    numbers[total] = type(numbers[total])(round(numbers[total] - numbers[cell], 2))
    return {total}


def wrong_sign(rng: random.Random, numbers: Numbers) -> Planted:
    cell = any_cell(rng, numbers, lambda v: v > 0)
    numbers[cell] = -numbers[cell]
    return {cell}


def cells_swapped(rng: random.Random, numbers: Numbers) -> Planted:
    key, nth = rng.choice(PARTS), rng.choice((0, 2, 3, 5, 6))
    a, b = (key, FIELDS[nth]), (key, FIELDS[nth + 1])
    if numbers[a] == numbers[b]:
        return set()
    numbers[a], numbers[b] = numbers[b], numbers[a]
    return {a, b}


def decimal_point(rng: random.Random, numbers: Numbers) -> Planted:
    cell = any_cell(rng, numbers, lambda v: v > 0.1)
    value = numbers[cell] * rng.choice((10, 100))
    numbers[cell] = float(round(value, 2)) if KIND[cell[1]] == "quantity" else int(value)
    return {cell}


def one_digit(rng: random.Random, numbers: Numbers) -> Planted:
    cell = any_cell(rng, numbers, lambda v: v >= 1)
    text = written(numbers[cell])
    at = rng.choice([i for i, c in enumerate(text) if c != "."])
    digit = rng.choice([d for d in "123456789" if d != text[at]])
    return rewrite(numbers, cell, text[:at] + digit + text[at + 1 :])


def digit_doubled(rng: random.Random, numbers: Numbers) -> Planted:
    cell = any_cell(rng, numbers, lambda v: v >= 1)
    text = written(numbers[cell])
    at = rng.choice([i for i, c in enumerate(text) if c != "."])
    return rewrite(numbers, cell, text[:at] + text[at] + text[at:])


MISTAKES: dict[str, Callable[[random.Random, Numbers], Planted]] = {
    "a slipped 万": slipped,
    "digits swapped": digits_swapped,
    "row shifted": row_shifted,
    "total typed over": total_typed_over,
    "total misses a row": total_misses_a_row,
    "wrong sign": wrong_sign,
    "cells swapped": cells_swapped,
    "decimal point": decimal_point,
    "digit doubled": digit_doubled,
    "one digit mistyped": one_digit,
}
# What the project promises to find; the rest are harder, and shown beside.
PROMISED = ("a slipped 万", "digits swapped", "row shifted", "total typed over", "wrong sign")


@dataclass
class Score:
    planted: int = 0
    broken: int = 0
    cell: int = 0
    value: int = 0


def judged(first: Suggestion, planted: Planted, truth: Numbers) -> tuple[bool, bool]:
    """Whether the first suggestion names a planted cell, and whether all it proposes is the truth."""
    cells = {(row, field) for row, field, _ in first.changes}
    right = all(abs(float(v or 0) - float(truth[r, f] or 0)) < 0.0051 for r, f, v in first.changes)
    return bool(cells & planted), right and planted <= cells


def run(tables: int, seed: int, previous: bool) -> dict[str, Score]:
    scores = {name: Score() for name in MISTAKES}
    for n in range(tables):
        for name, plant in MISTAKES.items():
            rng = random.Random(f"{seed}/{n}/{name}")
            truth = plausible(rng)
            before = FormView(CASES, as_return(earlier(rng, truth))) if previous else None
            numbers = dict(truth)
            if not (planted := plant(rng, numbers)) or numbers == truth:
                continue
            score = scores[name]
            score.planted += 1
            if found := suspects(FormView(CASES, as_return(numbers), before)):
                score.broken += 1
                cell, value = judged(found[0], planted, truth)
                score.cell += cell
                score.value += value
    return scores


def total(scores: list[Score]) -> Score:
    return Score(*(sum(getattr(s, f) for s in scores) for f in ("planted", "broken", "cell", "value")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for previous in (False, True):
        print("with the last period's return" if previous else "with this return alone")
        print(f"{'mistake':22}{'planted':>9}{'breaks a rule':>15}{'cell first':>12}{'value first':>13}")
        scores = run(options.tables, options.seed, previous)
        promised = total([scores[n] for n in PROMISED])
        for name, s in (*scores.items(), ("promised kinds", promised), ("all kinds", total(list(scores.values())))):
            print(f"{name:22}{s.planted:9}{s.broken:15}{s.cell / s.broken:12.1%}{s.value / s.broken:13.1%}")


if __name__ == "__main__":
    main()
