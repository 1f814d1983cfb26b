"""Invented sample returns of eleven units and two periods, with the truth behind every cell known.

    invent (truth) -> forms (Block: a form as laid out) -> mistakes (planted) -> page (Page: cells with
    addresses) -> write_* (bytes) -> data/raw/, and golden (tests/golden/*.json)

No person, firm, number or address here is real. `python -m samples` writes everything anew; every run
gives the same bytes. Nothing of the package `tally` is used: the truth stays independent of what reads it.
"""
