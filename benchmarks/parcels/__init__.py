"""A hundred made parcels: mails and archives in one another, with forms, summaries and what else lies in a mailbox.

    python -m benchmarks.parcels [--parcels 100] [--seed 1]

Every part must be booked right (its figures counted under its address, its text taken for the summary) or named in a finding.
"""
