"""What the analyst wrote in answer to findings, and which finding each line answers. The one matcher, used by checks, status and approval.

`data/explanations/<campaign>/<period>.csv` has unit, form, row, field, rule, explanation, who, when. A line answers an error at
exactly its place; a warning's line may leave row and field open. Words that explain nothing (核实无误, 属实, 无误) are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tally import catalogue
from tally.check.corrections import HEADINGS, explains_nothing, refused_line, target_of, unit_code
from tally.declare import Campaign
from tally.errors import TallyError
from tally.model import Finding, Place
from tally.paths import Paths
from tally.store.lines import Columns, read
from tally.store.tables import as_frame, findings_table

EXPLANATION_COLUMNS = ("unit", "form", "row", "field", "rule", "explanation", "who", "when")
EXPLANATIONS = Columns(EXPLANATION_COLUMNS, HEADINGS)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One line of the explanations file; `line` counts from 1."""

    unit: str
    form: str
    row: str
    field: str
    rule: str
    explanation: str
    who: str
    when: str
    line: int

    def answers(self, place: tuple[str, ...], severity: str) -> bool:
        """Whether it is about a finding at `place` (unit, form, row, field, rule): of an error exactly, of a warning row
        and field may be left open."""
        unit, form, row, field, rule = place
        if (self.unit, self.form, self.rule) != (unit, form, rule):
            return False
        roomy = severity == "warning"
        return all(text == at or (not text and roomy) for text, at in ((self.row, row), (self.field, field)))


def load_explanations(path: Path, campaign: Campaign) -> tuple[tuple[Explanation, ...], tuple[Finding, ...]]:
    """(explanations that explain something, findings for lines that do not or that cannot be meant: of no unit)."""
    entries, refused = [], []
    for line, record in read(path, EXPLANATIONS).records:
        text = record["explanation"]
        try:
            unit, form = _explained_target(record, campaign)
        except TallyError as e:
            refused.append(refused_line("explanations.line", path, line, e))
            continue
        if explains_nothing(text):
            at = Place(path.name, "", f"F{line}", text)
            refused.append(catalogue.finding("explanations.empty", at, path=path.name, line=line, text=text))
        else:
            rest = {name: record[name] for name in EXPLANATION_COLUMNS[2:]}
            entries.append(Explanation(unit, form, line=line, **rest))
    return tuple(entries), tuple(refused)


def _explained_target(record: dict[str, str], campaign: Campaign) -> tuple[str, str]:
    """Unit and form as a finding has them: a whole file's, or one that belongs to no unit, leaves them blank."""
    if record["form"] not in ("", "summary", "工作总结"):
        unit, form = target_of(record, campaign)
        return unit, form.name
    form_name = "summary" if record["form"] else ""
    return unit_code(record, campaign) if record["unit"] else "", form_name


EXPLAINED = "【已说明："  # begins what is added to an answered finding
ANSWERED = ("unit", "form", "row", "field", "rule")
_OPEN = ("row", "field")  # what the line of a warning may leave open


def explained(paths: Paths, campaign: Campaign, findings: pd.DataFrame) -> pd.DataFrame:
    """Warnings that the analyst explained become notes; errors stay errors; both carry the explanation.

    Empty explanations are refused, those that answer nothing are said.
    """
    explanations, remarks = load_explanations(paths.explanations, campaign)
    answered = findings.copy()
    severity = findings["severity"]  # as found: two explanations may answer one warning
    for e in explanations:
        hits = _answered_by(findings, e)
        answered.loc[hits, "message"] += f"{EXPLAINED}{e.explanation}{_by(e)}】"
        answered.loc[hits & (severity == "warning"), "severity"] = "note"
        if not hits.any():
            remarks = (*remarks, _answers_nothing(paths, e))
    if remarks:
        answered = pd.concat([answered, as_frame(findings_table(remarks))], ignore_index=True)
    return answered


def _by(e: Explanation) -> str:
    """Who explained and when, as far as the line says."""
    signature = "，".join(part for part in (e.who, e.when) if part)
    return f"（{signature}）" if signature else ""


def error_answers(
    campaign: Campaign, paths: Paths, findings: pd.DataFrame
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """(errors with message, reason, who, when; errors without a written reason, whole). Blanks are "".

    A reason answers for one place; nothing is answered wholesale.
    """
    explanations, _ = load_explanations(paths.explanations, campaign)
    errors = findings[findings["severity"] == "error"].astype(object)
    reasons: dict[object, Explanation] = {}
    for e in explanations:
        for index in errors.index[_answered_by(errors, e)]:
            reasons[index] = e
    with_reason, without = [], []
    for index, error in zip(errors.index, errors.where(errors.notna(), "").to_dict("records"), strict=True):
        if reason := reasons.get(index):
            answer = {"message": error["message"], "reason": reason.explanation, "who": reason.who, "when": reason.when}
            with_reason.append({name: error[name] for name in ANSWERED} | answer)
        else:
            without.append(error)
    return with_reason, without


def line_for(error: Mapping[str, str]) -> str:
    """The line of the explanations file that would answer an error, without its reason."""
    return ",".join(error[name] for name in ANSWERED) + ",<原因>,<说明人>,<日期>"


def _answered_by(findings: pd.DataFrame, e: Explanation) -> pd.Series:
    """Which findings a line answers, as a column of yes and no."""
    exact = pd.Series(True, index=findings.index)
    roomy = pd.Series(True, index=findings.index)
    for name in ANSWERED:
        same = findings[name].fillna("") == getattr(e, name)
        exact &= same
        if getattr(e, name) or name not in _OPEN:
            roomy &= same
    return (exact & (findings["severity"] == "error")) | (roomy & (findings["severity"] == "warning"))


def _answers_nothing(paths: Paths, e: Explanation) -> Finding:
    """A slip in the line, or the fault is mended: either way nobody shall believe it answered."""
    at = Place(paths.explanations.name, "", f"F{e.line}", e.explanation)
    target = f"{e.unit} {e.form} {e.rule}"
    return catalogue.finding("explanations.unused", at, line=e.line, target=target, text=e.explanation)
