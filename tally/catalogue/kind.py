"""What a kind of finding is, and the one builder of a finding at an address."""

from __future__ import annotations

from dataclasses import dataclass

from tally.model import Finding, Place, Severity

NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding: how grave it is, what it says, who does what about it, and what is expected instead.

    The three texts are templates: `{label}` is filled with a word given where the finding is made.
    """

    severity: Severity
    text: str
    remedy: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that a kind of rule says; how grave it is the campaign declares, unless it says so itself."""

    text: str
    remedy: str = ""
    expected: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a place, without the place. `rule` is the kind's id; the texts are Chinese."""

    rule: str
    severity: Severity
    message: str
    expected: str = ""
    suggestion: str = ""


def remark_of(rule: str, kind: Kind, words: dict[str, object]) -> Remark:
    """`kind` in words; a word called severity, expected or remedy stands in place of the kind's own."""
    texts = {"expected": kind.expected, "remedy": kind.remedy}
    for name, template in texts.items():
        texts[name] = str(words[name]) if name in words else template.format_map(words)
    severity: Severity = words.get("severity", kind.severity)  # type: ignore[assignment]
    return Remark(rule, severity, kind.text.format_map(words), texts["expected"], texts["remedy"])


def finding_at(
    remark: Remark, at: Place = NOWHERE, *, unit: str = "", form: str = "", row: str = "", field: str = ""
) -> Finding:
    """The finding that says `remark` of the cell, sheet or file `at`, whose `raw` is what was found there."""
    return Finding(
        unit=unit,
        form=form,
        rule=remark.rule,
        severity=remark.severity,
        message=remark.message,
        row=row,
        field=field,
        file=at.file,
        sheet=at.sheet,
        cell=at.cell,
        found=at.raw,
        expected=remark.expected,
        suggestion=remark.suggestion,
    )
