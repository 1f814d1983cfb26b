"""A root that lies in object storage (s3://…, any address fsspec knows): worked on in a local copy. Used by `tally.cli.root`.

    pull  ->  the command, on the working copy  ->  push

    address   what was given, and what may be printed of it
    storage, objects   what lies below the address: list, fetch, put, remove
    failures  what goes wrong with it, as fact and remedy
    areas     which objects a command needs, which are results, which vouch for others
    index     what the working copy remembers of each file: as it was in the storage, as it was put here
    pull, push, lock
    work      all of it around one command
    parcel, worker   a unit's notebook on a Dask worker, which shares no folder with the driver

Whole-or-nothing writes, the system's lock and the times of files rest on a file system, so tally never reads or writes the
storage itself: only whole files go to and fro, and everything else is as on a folder.
"""
