"""The cases that are not right yet. Each is a strict expected failure: whoever mends one strikes its line, or the suite fails."""

KNOWN = frozenset(
    {
        "053",
    }
)
