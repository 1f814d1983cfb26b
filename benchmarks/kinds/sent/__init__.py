"""The returns, one module a family of kinds."""

from __future__ import annotations

from benchmarks.kinds.sent import formats, headings, ink, layouts, numbers, ordinary, pages, records
from benchmarks.kinds.truth import Case

CASES: tuple[Case, ...] = (
    *numbers.CASES,
    *formats.CASES,
    *headings.CASES,
    *ink.CASES,
    *layouts.CASES,
    *records.CASES,
    *pages.CASES,
    *ordinary.CASES,
)
