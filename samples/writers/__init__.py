"""Sheets written as the files that clerks send: one description (`sheet`), one module a format, `zips` for packages.

The samples, the generator of messy returns, the cases of kinds and the adversary's tests all write through here, so
a feature of a format is written in one place. Nothing in the product needs it.
"""
