"""Public workbooks and mails read in place, cell by cell against an independent reader (`benchmarks/public.md` says which).

    python -m benchmarks.public FOLDER [--most 500] [--list 20]

FOLDER is a folder or the git directory of a repository, whose newest commit is read without a work tree.
"""
