"""Where a command finds data/ and reports/: a folder, or an address outside the file system, worked on in a copy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tally.cli.language import tell
from tally.paths import ADDRESSES

if TYPE_CHECKING:
    from tally.store.remote.address import Address
    from tally.store.remote.work import RemoteWork


def root(text: str) -> Path | Address:
    """What `--root` names (docs/scaling.md tells of addresses)."""
    if "://" not in text:
        return Path(text)
    from tally.errors import UsageError
    from tally.store.remote.address import root_of

    try:
        return root_of(text)
    except UsageError as e:
        raise argparse.ArgumentTypeError(f"{e.fact}；{e.remedy}") from None


def on_copy(args: argparse.Namespace, command: Callable[[argparse.Namespace], int], *, reads: bool) -> int:
    """The command on a root that is an address: on a local copy of it, fetched before and sent after."""
    from tally.store.remote.work import work

    def on(remote: RemoteWork) -> int:
        ADDRESSES[remote.copy.root] = str(remote.copy.storage.address)
        args.root, args.remote = remote.copy.root, remote
        return command(args)

    return work(args.root, args.cache, args.campaign, partial(tell, file=sys.stderr), on, writes=not reads)
