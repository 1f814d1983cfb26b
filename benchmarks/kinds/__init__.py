"""Hand-made returns of one feature each, with their truth: the trial of "nothing is ever silently wrong", by kind.

    python -m benchmarks.kinds [--kind WORD] [--only NAME] [--keep FOLDER] [--list]

Written from the forms and from how clerks really fill them in, by somebody who has not read the package's reading
code; what is read is judged from the contract's tables alone. `sent` holds the returns, one module a family of kinds.
"""
