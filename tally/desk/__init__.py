"""The review desk: what to decide first, the evidence beside it, the decision written where people write it too.

    findings, tables -> queue -> evidence -> decision -> data/corrections, data/explanations, data/queries (CSV)

Everything here is plain functions on tables and files; the page (`page/`) only shows what they answer and asks again.
It is served by `tally.desk.server` on its own and by `tally.desk.widget` in JupyterLab.
"""
