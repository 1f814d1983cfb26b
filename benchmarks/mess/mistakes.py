"""Mistakes put into clean content on purpose, one rule broken at a time, with the cells a finding may stand at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Literal

from benchmarks.mess.content import CATEGORIES, CODE_CHARS, COUNTS, REPORTED, Content, Record


@dataclass(frozen=True)
class Mistake:
    """What was broken: `at` are the (row, field) pairs of which one must carry the finding."""

    kind: str
    form: str
    at: tuple[tuple[str, str], ...]
    severity: Literal["error", "warning"] = "error"
    scope: Literal["cell", "row", "form", "told"] = "cell"


def plant(rng: Random, content: Content) -> list[Mistake]:
    """Break one rule in each of one to three forms, in place; the mistakes do not touch each other's rows."""
    planted = []
    for form in rng.sample(list(MISTAKES), rng.randrange(1, 4)):
        kinds = list(MISTAKES[form].items())
        rng.shuffle(kinds)
        for kind, breaks in kinds:
            if made := breaks(rng, content[form]):
                planted.append(Mistake(kind, form, *made))
                break
    return planted


_Made = tuple | None


def _any_part(rng: Random, rows: dict[str, Record], **least: int) -> str | None:
    fits = [k for k in CATEGORIES if k in rows and all((rows[k][f] or 0) >= n for f, n in least.items())]
    return rng.choice(fits) if fits else None


def _total_off(rng: Random, rows: dict[str, Record]) -> _Made:
    field = rng.choice((*COUNTS[:3], "case_value"))
    rows["total"][field] += rng.choice((1, 9, 10, 90, 900))
    return ((("total", field),),)


def _part_off(rng: Random, rows: dict[str, Record]) -> _Made:
    key = _any_part(rng, rows)
    rows[key]["officers_dispatched"] += rng.choice((1, 9, 100))
    return (((key, "officers_dispatched"), ("total", "officers_dispatched")),)


def _negative(rng: Random, rows: dict[str, Record]) -> _Made:
    key = _any_part(rng, rows)
    field = rng.choice(("officers_dispatched", "operators_inspected", "case_value"))
    rows["total"][field] -= 2 * rows[key][field]
    rows[key][field] *= -1
    return (((key, field),),) if rows[key][field] else None


def _exceeds_handled(field: str) -> Callable[[Random, dict[str, Record]], _Made]:
    def breaks(rng: Random, rows: dict[str, Record]) -> _Made:
        key = _any_part(rng, rows, cases_handled=1)
        if key is None:
            return None
        more = rows[key]["cases_handled"] + rng.randrange(1, 4) - rows[key][field]
        rows[key][field] += more
        rows["total"][field] += more
        return (((key, field), (key, "cases_handled")),)

    return breaks


def _money_without_case(rng: Random, rows: dict[str, Record]) -> _Made:
    fits = [k for k in CATEGORIES if not rows[k]["cases_handled"]]
    if not fits:
        return None
    key, field = rng.choice(fits), rng.choice(("fines_confiscations", "case_value", "masks_seized"))
    rows[key][field] += Decimal("1.5")
    rows["total"][field] += Decimal("1.5")
    return ((key, field), (key, "cases_handled"), (key, "cases_closed")), "warning"


def _slipped_unit(rng: Random, rows: dict[str, Record]) -> _Made:
    """元 written for 万元: the whole column, total and all, so that it still adds up."""
    field = rng.choice(("fines_confiscations", "case_value"))
    keys = [k for k in CATEGORIES if rows[k][field] > 0]
    for row in rows.values():
        row[field] = row[field] * 10000
    return (tuple((k, field) for k in (*keys, "total")), "warning") if keys else None


def _missing_category(rng: Random, rows: dict[str, Record]) -> _Made:
    key = rng.choice(CATEGORIES)
    for field, value in rows.pop(key).items():
        rows["total"][field] -= value
    return ((key, ""),), "error", "row"


def _missing_total(rng: Random, rows: dict[str, Record]) -> _Made:
    rows.pop("total")
    return (("total", ""),), "warning", "row"


def _repeated(rng: Random, rows: dict[str, Record]) -> _Made:
    """One figure of the unit stands in every row, the total's too."""
    field = rng.choice(("officers_dispatched", "operators_inspected"))
    for row in rows.values():
        row[field] = rows["total"][field]
    return tuple((k, field) for k in rows), "warning"


def _only_in_total(rng: Random, rows: dict[str, Record]) -> _Made:
    field = rng.choice(("officers_dispatched", "operators_inspected"))
    for key in CATEGORIES:
        rows[key][field] = None
    return tuple((k, field) for k in rows), "warning"


def _bad_check_digit(rng: Random, rows: dict[str, Record]) -> _Made:
    key = rng.choice(list(rows))
    code = rows[key]["credit_code"]
    rows[key]["credit_code"] = code[:-1] + CODE_CHARS[(CODE_CHARS.index(code[-1]) + rng.randrange(1, 31)) % 31]
    return (((key, "credit_code"),),)


def _short_code(rng: Random, rows: dict[str, Record]) -> _Made:
    key = rng.choice(list(rows))
    rows[key]["credit_code"] = rows[key]["credit_code"][:-1]
    return (((key, "credit_code"),),)


def _twice(field: str) -> Callable[[Random, dict[str, Record]], _Made]:
    def breaks(rng: Random, rows: dict[str, Record]) -> _Made:
        one, two = rng.sample(list(rows), 2)
        rows[two][field] = rows[one][field]
        return (((one, field), (two, field)),)

    return breaks


def _blanked(field: str, severity: str = "error", **when: str) -> Callable[[Random, dict[str, Record]], _Made]:
    def breaks(rng: Random, rows: dict[str, Record]) -> _Made:
        fits = [k for k, r in rows.items() if all(r[f] == v for f, v in when.items())]
        if not fits:
            return None
        key = rng.choice(fits)
        rows[key][field] = None
        return ((key, field), *((key, f) for f in when)), severity

    return breaks


def _future(field: str) -> Callable[[Random, dict[str, Record]], _Made]:
    def breaks(rng: Random, rows: dict[str, Record]) -> _Made:
        key = rng.choice(list(rows))
        rows[key][field] = REPORTED + timedelta(days=rng.randrange(20, 900))
        return (((key, field),),)

    return breaks


def _filled_though(field: str, value, **when: str) -> Callable[[Random, dict[str, Record]], _Made]:
    def breaks(rng: Random, rows: dict[str, Record]) -> _Made:
        fits = [k for k, r in rows.items() if all(r[f] == v for f, v in when.items()) and not r[field]]
        if not fits:
            return None
        key = rng.choice(fits)
        rows[key][field] = value
        return (((key, field), *((key, f) for f in when)),)

    return breaks


def _zero_quantity(rng: Random, rows: dict[str, Record]) -> _Made:
    fits = [k for k, r in rows.items() if r["result"] == "不合格"]
    if not fits:
        return None
    key = rng.choice(fits)
    rows[key]["failed_quantity"] = 0
    return (((key, "failed_quantity"),),)


def _same_batch(rng: Random, rows: dict[str, Record]) -> _Made:
    if len(rows) < 2:
        return None
    one, two = rng.sample(list(rows), 2)
    for field in ("enterprise", "product_name", "model", "production_status", "enterprise_size", "established"):
        rows[two][field] = rows[one][field]
    return tuple((k, f) for k in (one, two) for f in ("seq", "enterprise", "product_name", "model")), "warning"


def _gap(rng: Random, rows: dict[str, Record]) -> _Made:
    if len(rows) < 3:
        return None
    key = rng.choice(list(rows)[1:-1])
    rows[key]["seq"] += 20
    follower = str(int(key) + 1)
    return ((key, "seq"), (follower, "seq")), "warning"


def _stopped(rng: Random, rows: dict[str, Record]) -> _Made:
    key = rng.choice(list(rows))
    rows[key]["production_status"] = rng.choice(("停产", "注销"))
    return ((key, "production_status"), (key, "enterprise"), (key, "seq")), "warning"


MISTAKES: dict[str, dict[str, Callable[[Random, dict[str, Record]], _Made]]] = {
    "cases": {
        "total is not the sum": _total_off,
        "a part is off": _part_off,
        "negative": _negative,
        "filed over handled": _exceeds_handled("cases_filed"),
        "closed over handled": _exceeds_handled("cases_closed"),
        "transferred over handled": _exceeds_handled("cases_transferred"),
        # More closed than filed is no mistake while it stays within what was handled: simple cases close without a filing.
        "money without a case": _money_without_case,
        "yuan for ten thousand yuan": _slipped_unit,
        "category missing": _missing_category,
        "total missing": _missing_total,
        "repeated in every row": _repeated,
        "only in the total": _only_in_total,
    },
    "enterprises": {
        "check digit": _bad_check_digit,
        "17 characters": _short_code,
        "code twice": _twice("credit_code"),
        "firm twice": _twice("enterprise"),
        "licences empty": _blanked("licences", "warning"),
        "name empty": _blanked("enterprise"),
        "founded after the report": _future("established"),
    },
    "sampling": {
        "passed with a failing item": _filled_though("failed_items", "过滤效率", result="合格"),
        "passed with a quantity": _filled_though("failed_quantity", 500, result="合格"),
        "passed with a destination": _filled_though("market_destination", "本县药店", result="合格"),
        "failed without item": _blanked("failed_items", result="不合格"),
        "failed without follow-up": _blanked("follow_up", result="不合格"),
        "failed without quantity": _blanked("failed_quantity", result="不合格"),
        "failed, market unsaid": _blanked("entered_market", result="不合格", entered_market="否"),
        "quantity zero": _zero_quantity,
        "on the market without destination": _blanked("market_destination", entered_market="是"),
        "destination though not on the market": _filled_though("market_destination", "出口", entered_market="否"),
        "result empty": _blanked("result", result="合格"),
        "founded after the report": _future("established"),
        "same batch twice": _same_batch,
        "sequence gap": _gap,
        "stopped firm sampled": _stopped,
    },
}
