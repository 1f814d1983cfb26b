"""What a person who presses Ctrl-C is told."""

from __future__ import annotations

import sys

from tally.cli.language import tell


def tell_interrupted() -> None:
    tell("\n已中断；已完成的部分保留，再次运行会接着做。", sys.stderr)
