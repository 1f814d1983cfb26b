"""A report's release: approved by a person, frozen with all it rests on, amended only in the open.

    approve.approve(…)     -> reports/<campaign>/<period>/releases/<n>/, or why not
    amend.amendments(…)    -> the released figures that are no longer so, each with its cause
    recognise.recognise(…)   -> whether a file in hand is a released one

A release's folder is a root of its own (`data/processed/…`), so that `trace` and `tally.open` read it as it was.
Modules are imported one by one: the report needs `amend`, and must not wait for what `approve` needs.
"""
