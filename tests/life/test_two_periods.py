"""Two periods of eleven units from blank form to signed and amended report, typed at the command line.

April: a form that contradicts itself, one that cannot be read, money in 元, a form left out, a summary that misquotes, a
unit that comes too late. May: a cumulative column that falls; after its release a correction that changes a released figure.
"""

from __future__ import annotations

from tests.life import april, may
from tests.life.bureau import Bureau


def test_the_whole_life_of_two_periods(tmp_path):
    """A story: each chapter goes on from what the one before left on disk, so they are one test."""
    bureau = Bureau(tmp_path / "bureau", tmp_path / "inbox")
    for chapter in (*april.CHAPTERS, *may.CHAPTERS):
        chapter(bureau)
