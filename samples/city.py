"""The city's totals, added up in plain Python from the values that stand in the files."""

from __future__ import annotations

import unicodedata
from collections import Counter
from decimal import Decimal

from samples.truth import CATEGORIES, MEASURES, MONEY
from samples.wording import plain

Values = dict[str, dict[str, dict[str, dict[str, object]]]]  # unit -> form -> row -> field -> value


def same_name(name: object) -> str:
    """A firm's name for comparison: NFKC, no white space."""
    return "".join(unicodedata.normalize("NFKC", str(name)).split())


def totals(values: Values) -> dict:
    """The city's totals from the values of the files; a unit without a usable figure adds nothing."""
    return {
        "units": sorted(values),
        "cases": {c: {m: _sum(values, c, m) for m in MEASURES} for c in CATEGORIES},
        "sampling": _sampling(values),
        "enterprises": _enterprises(values),
        "coverage": _coverage(values),
    }


def _sum(values: Values, category: str, measure: str) -> object:
    figures = [f["cases"][category][measure] for f in values.values() if "cases" in f]
    total = sum((Decimal(v) for v in figures if v is not None), Decimal(0))
    return plain(total) if measure in MONEY else int(total)


def _records(values: Values, form: str) -> list[tuple[str, dict]]:
    return [(unit, r) for unit, forms in values.items() for r in forms.get(form, {}).values()]


def _sampling(values: Values) -> dict:
    records = _records(values, "sampling")
    failing = [r for _, r in records if r["result"] == "不合格"]
    items = Counter(i for r in failing for i in (r["failed_items"] or "").split("、") if i)
    return {
        "batches": len(records),
        "failing": len(failing),
        "firms": len({same_name(r["enterprise"]) for _, r in records}),
        "failing_rate": f"{Decimal(100 * len(failing)) / len(records):.2f}%",
        "failing_items": dict(sorted(items.items())),
        "by_unit": {
            u: {
                "batches": sum(v == u for v, _ in records),
                "failing": sum(v == u and r["result"] == "不合格" for v, r in records),
            }
            for u in sorted(values)
        },
    }


def _enterprises(values: Values) -> dict:
    records = [r for _, r in _records(values, "enterprises")]
    return {
        "firms": len(records),
        "by_status": dict(sorted(Counter(r["production_status"] for r in records).items())),
        "by_size": dict(sorted(Counter(r["enterprise_size"] for r in records).items())),
    }


def _coverage(values: Values) -> dict:
    """Producing firms of form 3 that appear in form 5 of the same unit, and all of them."""
    by_unit = {}
    for unit, forms in sorted(values.items()):
        sampled = {same_name(r["enterprise"]) for r in forms.get("sampling", {}).values()}
        producing = [r for r in forms.get("enterprises", {}).values() if r["production_status"] == "在产"]
        by_unit[unit] = [sum(same_name(r["enterprise"]) in sampled for r in producing), len(producing)]
    return {
        "sampled": sum(a for a, _ in by_unit.values()),
        "producing": sum(b for _, b in by_unit.values()),
        "by_unit": by_unit,
    }
