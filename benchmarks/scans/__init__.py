"""Scans and photos of forms with known truth: how many figures are read right, confirmed by a witness, flagged, silently wrong.

    python -m benchmarks.scans [PAGES] [--seed N]

The pages are drawn from invented returns, then spoilt as scanners and telephones spoil them (`benchmarks.scans.spoil`).
"""
