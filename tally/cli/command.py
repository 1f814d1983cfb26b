"""A command: what it does in a line, the function that does it, and the words that may follow its name."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple


class Command(NamedTuple):
    """`run` takes the words as parsed and returns the exit code; what takes long to import it imports itself.

    `reads`: it writes nothing below the root, so a root in object storage is not locked for it.
    """

    what: str
    run: Callable[[argparse.Namespace], int]
    words: Callable[[argparse.ArgumentParser], None]
    reads: bool = False


def the_period(parser: argparse.ArgumentParser) -> None:
    """A period that must be named."""
    parser.add_argument("period", metavar="期")


def a_period(parser: argparse.ArgumentParser, text: str = "不写则取最新一期") -> None:
    """A period that is the newest one where none is named."""
    parser.add_argument("period", nargs="?", default="", metavar="期", help=text)


def as_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，供其他程序使用")


def edition(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--edition", choices=("internal", "public"), default="internal", help=text)
