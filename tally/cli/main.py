"""From words typed to an exit code: the only place that turns a TallyError into one."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from pathlib import Path

from tally.cli import surroundings
from tally.cli.commands import COMMANDS
from tally.cli.exits import EXIT_INTERRUPTED, EXIT_UNREAD
from tally.cli.grammar import parsed
from tally.cli.language import chosen, say, tell, use
from tally.cli.ready import needs_packages
from tally.cli.root import on_copy
from tally.cli.stopped import tell_interrupted
from tally.errors import TallyError
from tally.paths import PROJECT


def main(argv: list[str] | None = None) -> int:
    """The command's exit code. A reader that goes away (`| head`) ends the output, and is no error of the program."""
    surroundings.opened()
    if argv is None:
        surroundings.legible()
    rarely_collected()
    use(chosen(sys.argv[1:] if argv is None else argv))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character shows a question mark
            stream.reconfigure(errors="replace")
    try:
        try:
            code = _obeyed(argv)
        finally:  # also after --help, which leaves by SystemExit
            sys.stdout.flush()
    except BrokenPipeError:
        if not _reader_gone():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_UNREAD
    return code


def rarely_collected() -> None:
    """Has Python look for circles of garbage a fiftieth as often: at its own pace a tenth of a command's computing goes there,
    since nearly all that imports and tables make stays."""
    gc.set_threshold(50_000, 10, 10)


def _reader_gone() -> bool:
    """Whether it is the standard output that nobody reads any more: nothing can be written to it."""
    try:
        os.write(sys.stdout.fileno(), b"\n")
    except BrokenPipeError:
        return True
    return False


def _obeyed(argv: list[str] | None) -> int:
    try:
        args = parsed(argv)
        needs_packages(PROJECT)
        if isinstance(args.root, Path):
            return _done(args)
        return on_copy(args, _done, reads=COMMANDS[args.command].reads)
    except TallyError as e:
        tell(f"错误：{say(e.fact)}", sys.stderr)
        if e.remedy:
            tell(f"办法：{say(e.remedy)}", sys.stderr)
        return e.exit_code
    except KeyboardInterrupt:
        tell_interrupted()
        return EXIT_INTERRUPTED


def _done(args: argparse.Namespace) -> int:
    """The command, for the period that was typed (`run` and `check` begin before a campaign is loaded)."""
    if getattr(args, "period", "") and args.command not in ("run", "check"):
        from tally import campaigns

        args.period = campaigns.load(args.campaign, args.root).period(args.period).name
    return int(COMMANDS[args.command].run(args))
