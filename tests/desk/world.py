"""A made period: eleven units whose truth is known, and mistakes planted in what they send.

Workbooks are plain sheets as clerks draw them, totals typed. `truth` is `tests.life.truth`, which uses nothing tested.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

import pipeline
from tally import campaigns
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.desk.desk import Desk
from tally.paths import Paths
from tests.life import truth

MAY, APRIL = truth.MAY, truth.APRIL
Place = tuple[str, str, str, str]  # unit, form, row, field


@dataclass(frozen=True)
class Mistake:
    """What a clerk wrote in place of the truth."""

    written: object
    true: object


def records(unit: str, period: str) -> dict[str, dict[str, dict[str, object]]]:
    """Form -> row -> field -> true value, totals included, as a unit would send them."""
    happened = truth.happened(unit, period)
    cases = {name: dict(row) for name, row in happened.cases.items()}
    cases["total"] = {m: truth.of_unit(unit, period, m) for m in next(iter(cases.values()))}
    firms = {str(n): dict(r) for n, r in enumerate(happened.firms, 1)}
    batches = {str(n): {"seq": n, **r} for n, r in enumerate(happened.batches, 1)}
    return {"enterprises": firms, "cases": cases, "sampling": batches}


def workbook(
    unit: str,
    forms: Mapping[str, Mapping[str, Mapping[str, object]]],
    labels: Mapping[tuple[str, str], str] | None = None,
) -> bytes:
    """One sheet a form: title, unit, header, rows. `labels`: what stands over a form's column in place of its label."""
    labels = labels or {}
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for form in CAMPAIGN.forms:
        sheet, rows = book.add_worksheet(form.number), forms[form.name]
        sheet.write(0, 0, form.title)
        sheet.write(1, 0, f"填报单位：{labels.get(('', ''), truth.UNITS[unit] + '市场监督管理局')}")
        names = [f.name for f in form.fields]
        left = 1 if form.layout == "matrix" else 0
        if left:
            sheet.write(2, 0, form.row_header)
        for c, field in enumerate(form.fields, left):
            label = labels.get((form.name, field.name), field.label)
            sheet.write(2, c, label + (f"（{field.unit}）" if field.unit else ""))
        if not rows:
            sheet.write(3, 0, "零报告")
        for r, (row, record) in enumerate(rows.items(), 3):
            if left:
                sheet.write(r, 0, form.category(row).label)
            for c, name in enumerate(names, left):
                value = record.get(name, "")
                sheet.write(r, c, float(value) if isinstance(value, Decimal) else value)
    book.close()
    return sink.getvalue()


def _candidates(unit: str, rng: random.Random) -> Iterator[tuple[str, str, str, object]]:
    """Mistakes that could be made in a unit's May return: form, row, field, what is written."""
    forms = records(unit, MAY)
    for field in forms["cases"]["total"]:
        row = rng.choice([*truth.CATEGORIES, "total"])
        yield "cases", row, field, _slip(forms["cases"][row][field], rng)
    for row, firm in forms["enterprises"].items():
        last = firm["credit_code"][-1]
        yield "enterprises", row, "credit_code", firm["credit_code"][:-1] + ("3" if last != "3" else "5")
        yield "enterprises", row, "established", rng.choice(["去年", "2019年2月30日"])
    for row, batch in forms["sampling"].items():
        if batch["result"] == "不合格":
            yield "sampling", row, "follow_up", ""
            yield "sampling", row, "failed_quantity", "12O0"
        else:
            yield "sampling", row, "failed_items", "过滤效率"


def _slip(value: object, rng: random.Random) -> object:
    """A number as it is mistyped: digits swapped, one too many, a letter, a unit of measure mistaken."""
    kind = rng.choice(["more", "letter", "ten thousand"])
    if kind == "letter":
        return f"{value}O"
    if kind == "ten thousand" and isinstance(value, Decimal) and value:
        return int(value * 10_000)
    return value + rng.randint(2, 9) * 10 if isinstance(value, int) else value + 3


def planted(count: int, seed: int) -> dict[Place, Mistake]:
    """`count` mistakes in May's returns, at most one in a column of the cases form and one in a record of a list."""
    rng = random.Random(seed)
    every = [(unit, *c) for unit in truth.UNITS for c in _candidates(unit, rng)]
    rng.shuffle(every)
    mistakes: dict[Place, Mistake] = {}
    seen = set()
    for unit, form, row, field, written in every:
        spot = (unit, form, field) if form == "cases" else (unit, form, row)
        if spot not in seen and len(mistakes) < count:
            seen.add(spot)
            mistakes[unit, form, row, field] = Mistake(written, records(unit, MAY)[form][row].get(field, ""))
    return mistakes


Labels = Mapping[str, Mapping[tuple[str, str], str]]  # unit -> what stands over its columns


def send(root: Path, mistakes: Mapping[Place, Mistake], labels: Labels | None = None, also: str = "") -> Paths:
    """Both periods' returns below `root`, May's (and those of the period `also`) with the mistakes in them."""
    for period, day in ((APRIL, "2021-04-09"), (MAY, "2021-06-03")):
        folder = Paths(root, CAMPAIGN.name, period).raw
        folder.mkdir(parents=True)
        lines = ["file,received,unit"]
        for unit, name in truth.UNITS.items():
            forms = deepcopy(records(unit, period))
            for (of, form, row, field), mistake in mistakes.items():
                if period in (MAY, also) and of == unit and row in forms[form]:
                    forms[form][row][field] = mistake.written
            (folder / f"{name}统计表.xlsx").write_bytes(workbook(unit, forms, (labels or {}).get(unit)))
            (folder / f"{name}工作总结.txt").write_text(truth.summary(unit, period), encoding="utf-8")
            lines += [f"{name}统计表.xlsx,{day},", f"{name}工作总结.txt,{day},"]
        (folder / "received.csv").write_text("\n".join(lines), encoding="utf-8")
    return Paths(root, CAMPAIGN.name, MAY)


def checked(root: Path, mistakes: Mapping[Place, Mistake]) -> Paths:
    """As `send`, and read and checked."""
    paths = send(root, mistakes)
    check(paths)
    return paths


def check(paths: Paths) -> None:
    assert pipeline.main(["check", paths.period, "--root", str(paths.root), "--lang", "zh"]) == 0


def desk(paths: Paths, who: str = "李分析") -> Desk:
    return Desk(campaigns.load(CAMPAIGN.name, paths.root), paths, who)


def ask(desk: Desk, **request: object) -> dict[str, Any]:
    """The desk's answer to a request that it does not refuse."""
    answer = desk.answer(request)
    assert "error" not in answer, answer
    return answer


def city(paths: Paths, measure: str) -> Decimal:
    """The sum of the units' totals as they are read now."""
    cases = pd.read_parquet(paths.processed / "cases.parquet")
    return sum(
        (Decimal(repr(v)) for v in cases[cases["category"] == "total"][measure].dropna().astype(float)), Decimal(0)
    )


def typed(value: object) -> str:
    """A true value as an analyst would type it."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
