"""Every regular expression of the package gets through the texts that are worst for it: no text of a return can make one spin."""

import re
import signal
from itertools import islice

import pytest

from tests.hostile.patterns import Pattern, built_elsewhere, patterns, worst

SPREAD = 7  # of the texts for a pattern the default suite tries one in so many

# Built of what a function is given, and why none of them can spin.
BUILT = {
    "pattern": "a line of a declaration is looked for in its own file; one of a literal list, which is among those tried",
    "''.join((re.escape(literal) + '(.*?)' * (name is not None) for literal, name, *_ in parts))": "a message of ours",
    "point": "a literal of argparse's",
    "f'[!-~]{{{longest + 1},}}'": "one class, repeated once",
    "'|'.join(map(re.escape, words))": "words, none repeated",
    "'|'.join(map(re.escape, names))": "words, none repeated",
    "f'(?:^|[,，。;；:：、(（中])(?:其中)?[:：]?{re.escape(name)}(?:的|企业|产品)?{_NUMBER}(?P<classifier>批次|批|条|家){_STOP}'": "a choice's name and words, a number of six digits at most",
    "begins": "a literal of the table above it: how a foreign file begins, matched once at its beginning",
    "'截[至止]到?[:：]?' + re.escape(stretch.text)": "words, nothing repeated",
    "p": "a declared sentence: those of our campaign are among those tried",
    "f'(?:^|[^不]){re.escape(name)}(?:发现)?率[:：为是达]{{0,2}}(\\\\d{{1,3}}(?:\\\\.\\\\d{{1,4}})?)%'": "a choice's name before a number of three digits at most",
    "f'(?<!非){word}'": "a word of a declared title, nothing repeated",
    "re.escape(name) + _FIGURES": "a word before a pattern that is among those tried",
    "re.escape(written) + '(?!中?路|[东西南北]路|大道|大街|街(?!道)|巷)'": "a name, nothing repeated",
}


class Spinning(Exception):
    """A pattern did not get through a text in time."""


@pytest.fixture
def limited():
    def ring(*_: object) -> None:
        raise Spinning

    before = signal.signal(signal.SIGVTALRM, ring)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def spins(pattern: Pattern, length: int, spread: int, limit: float) -> str | bytes | None:
    """The first text of about this length that the pattern does not get through in `limit` seconds of computing."""
    compiled = re.compile(pattern.source, pattern.flags)
    for text in islice(worst(pattern, length), 0, None, spread):
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        try:
            compiled.fullmatch(text)
            compiled.match(text) if pattern.anchored else any(False for _ in compiled.finditer(text))
        except Spinning:
            return text
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


@pytest.mark.parametrize(
    ("length", "spread", "limit"), [(1_000, SPREAD, 0.5), pytest.param(40_000, 1, 2.0, marks=pytest.mark.slow)]
)
def test_no_pattern_spins_on_its_worst_text(limited, length, spread, limit):
    every = patterns()
    assert len(every) > 300
    spinning = [(p.place, p.source, text[:80]) for p in every if (text := spins(p, length, spread, limit)) is not None]
    assert spinning == []


def test_a_pattern_built_at_run_time_is_known():
    assert [p for p in built_elsewhere() if p.partition(": ")[2] not in BUILT] == []


def test_a_pattern_that_backtracks_is_noticed(limited):
    assert spins(Pattern(r"(?:a|ab|b)+$", 0, True, ""), 1_000, 1, 0.2) is not None
    assert spins(Pattern(r"\s+$", 0, False, ""), 30_000, 1, 0.2) is not None
    assert spins(Pattern(r"(?<!\s)\s++$", 0, False, ""), 30_000, 1, 0.2) is None
