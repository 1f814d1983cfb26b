"""A report that the office edited in Word or WPS, held against the data: what was changed, and whether it is still true.

document -> alignment (which part was which) -> numbers (each figure against ours) -> judged; told

judge(word file of ours, word file in hand, figures)  -> Judgement
"""

from __future__ import annotations

from tally.life.edited.judged import Judgement, judge

__all__ = ["Judgement", "judge"]
