"""Comparisons that rules rest on: credit codes, firm names, follow-up steps, digits shown."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.rules import credit_code
from tally.rules.figures import decimals_shown
from tally.rules.words import destination_named, follow_up_steps
from tally.writing.numbers import exact, plain

bodies = st.text(credit_code.ALPHABET, min_size=17, max_size=17)


@given(bodies)
def test_exactly_one_check_character_is_right(body):
    ok = credit_code.right([body + c for c in credit_code.ALPHABET])
    assert sum(ok) == 1 and ok[credit_code.ALPHABET.index(credit_code.check_digit(body))]


@given(bodies, st.integers(0, 16), st.sampled_from(credit_code.ALPHABET))
def test_one_wrong_character_is_always_found(body, at, other):
    code = body + credit_code.check_digit(body)
    wrong = code[:at] + other + code[at + 1 :]
    assert credit_code.right([wrong]) == [wrong == code]


def test_codes_of_other_lengths_or_letters_are_wrong():
    assert (
        credit_code.right(["", "91320900MA1ABCDE0", "91320900MA1ABCDE0M9", "91320900MAIABCDE0M", "九" * 18])
        == [False] * 5
    )


def test_the_suggested_code_is_right_and_near():
    rng = random.Random(5)
    for _ in range(200):
        body = "".join(rng.choice(credit_code.ALPHABET) for _ in range(17))
        code = body + credit_code.check_digit(body)
        at = rng.randrange(17)
        wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        if wrong != code and (guess := credit_code.likely(wrong)):
            assert credit_code.right([guess]) == [True]
            assert sum(a != b for a, b in zip(guess, wrong, strict=True)) <= 2


def test_a_letter_the_standard_leaves_out_is_mended():
    assert credit_code.likely("9132O900MA1ABCDE0M") == "91320900MA1ABCDE0M"


def test_steps_are_told_by_their_usual_words_in_the_order_of_the_notice():
    assert follow_up_steps("已下架封存，立案查处，限期改正") == ("责令停售", "流向排查", "整改", "行政处罚")
    assert follow_up_steps("已通报批评") == () == follow_up_steps(None)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("未流入市场", False),
        ("均尚未售出", False),
        ("无", False),
        ("/", False),
        (None, False),
        ("邻市商场", True),
        ("无法追回，流向邻省", True),
    ],
)
def test_a_destination_is_a_place(text, named):
    assert destination_named(text) is named


@pytest.mark.parametrize(
    ("raw", "value", "digits"),
    [("1.20", 1.2, 2), ("12", 12.0, 0), ("１．２５", 1.25, 2), ("5000元", 0.5, 4), ("2.50万元", 2.5, 2),
     ("153.13999999999999", 153.14, 2), ("1,234.5", 1234.5, 1), ("2000只", 0.2, 4), ("十二", 12.0, 0)],
)  # fmt: skip
def test_digits_shown_come_from_what_was_written(raw, value, digits):
    assert decimals_shown(raw, value) == digits


def test_figures_are_exact_and_written_plainly():
    assert exact(0.1) + exact(0.2) == exact(0.3)
    assert [plain(v) for v in (Decimal("1E+3"), 0.1, 12.0, Decimal("0.50"))] == ["1000", "0.1", "12", "0.5"]
