"""Mutated returns: what is sent is spoilt byte by byte, chunk by chunk and part by part, and opened as a run opens it.

python -m benchmarks.fuzz 10000            so many files; exit code 1 if one ends in anything but documents or a finding
python -m benchmarks.fuzz 500 --seed 7     other files; the same number makes the same files
"""
