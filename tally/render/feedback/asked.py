"""What the units are asked, one answer for the letter and the workbook: the findings as they go out.

What is explained or answered asks nothing any more and becomes a note that says so; a question typed at the desk takes
the place of what is usually to be done.
"""

from __future__ import annotations

from operator import itemgetter

import pandas as pd

from tally.check.explanations import ANSWERED, EXPLAINED, Explanation, load_explanations
from tally.check.queries import load_queries, unanswered
from tally.declare import Campaign
from tally.paths import Paths
from tally.render.feedback.answers import answered, answers
from tally.render.feedback.notices import REPLIED

_PLACE = itemgetter(*ANSWERED)
OPEN = ("error", "warning")


def asked(campaign: Campaign, paths: Paths, findings: pd.DataFrame) -> pd.DataFrame:
    """The same findings in the same order, each with the severity, the message and the remedy with which it goes out."""
    given = answered(campaign, findings, answers(paths.raw, findings))
    reasons = _reasons(campaign, paths)
    questions = unanswered(load_queries(paths.queries))
    texts = findings.astype(object).where(findings.notna(), "").to_dict("records")
    for at, record in enumerate(texts):
        if record["severity"] not in OPEN:
            continue
        place, answer = _PLACE(record), given.get(at)
        question = questions.get(place)
        if EXPLAINED in record["message"] or _explained(reasons.get(record["unit"], []), place, record["severity"]):
            record |= {"severity": "note", "suggestion": ""}
        elif answer:
            message = f"{record['message']}{REPLIED}{answer.text}】"
            record |= {"severity": "note", "message": message, "suggestion": ""}
        elif question and question.text != record["message"]:
            record["suggestion"] = question.text
    table = findings.copy()
    for name in ("severity", "message", "suggestion"):
        table[name] = pd.Series([r[name] for r in texts], index=table.index, dtype=table[name].dtype)
    return table


def _reasons(campaign: Campaign, paths: Paths) -> dict[str, list[Explanation]]:
    by_unit: dict[str, list[Explanation]] = {}
    for reason in load_explanations(paths.explanations, campaign)[0]:
        by_unit.setdefault(reason.unit, []).append(reason)
    return by_unit


def _explained(reasons: list[Explanation], place: tuple[str, ...], severity: str) -> bool:
    return any(reason.answers(place, severity) for reason in reasons)
