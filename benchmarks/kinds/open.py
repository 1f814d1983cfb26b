"""Returns that are still silently wrong, vaguely flagged or wrongly warned of: whoever mends one strikes its line."""

OPEN = frozenset(
    {
        'cases_handled 14 as "("0")" .xlsx',
        "cases_handled 14 as -0 .xls",
        "row numbers as first column",
        "remarks column with 无",
        "form 5: heading variants",
        "result '不合格（复检中）' .xlsx",
    }
)
