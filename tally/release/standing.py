"""What stands in the way of a release: errors without a written reason, parts that nobody has written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

import pandas as pd

from tally.blocks import Block
from tally.check.corrections import Explanation, load_explanations
from tally.declare import Campaign
from tally.paths import Paths
from tally.report.gaps import todos

_KEY = ("unit", "form", "row", "field", "rule")


def errors(findings: pd.DataFrame) -> list[Mapping[str, str]]:
    """The findings that are errors, blanks as ""."""
    found = findings[findings["severity"] == "error"].astype(object)
    return found.where(found.notna(), "").to_dict("records")


def reasons(campaign: Campaign, paths: Paths) -> dict[tuple[str, ...], Explanation]:
    """The written reasons by unit, form, row, field and rule; words that explain nothing are none."""
    written, _ = load_explanations(paths.explanations, campaign)
    return {_key(asdict(e)): e for e in written}


def answered(
    found: Iterable[Mapping[str, str]], written: Mapping[tuple[str, ...], Explanation]
) -> tuple[list[dict[str, str]], list[Mapping[str, str]]]:
    """(errors with their reason, errors without one). A reason answers for one place; nothing is answered wholesale."""
    with_reason, without = [], []
    for error in found:
        reason = written.get(_key(error))
        if reason is None:
            without.append(error)
            continue
        said = {"message": error["message"], "reason": reason.explanation, "who": reason.who, "when": reason.when}
        with_reason.append({n: error[n] for n in _KEY} | said)
    return with_reason, without


def line(error: Mapping[str, str]) -> str:
    """The line of the explanations file that would answer an error, without its reason."""
    return ",".join(error[n] for n in _KEY) + ",<原因>,<说明人>,<日期>"


def _key(record: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(record[n] for n in _KEY)


def report_blocks(paths: Paths, edition: str = "internal") -> list[Block]:
    """What the report that was made shows."""
    import nbformat  # here, so that `status` need not wait for what renders reports

    from tally.render import outputs
    from tally.render.document import document

    return document.blocks_of(nbformat.read(outputs.executed(paths, "report", edition), as_version=4))


def gaps(blocks: Iterable[Block]) -> tuple[str, ...]:
    """What is still 【待补充】 in it."""
    return todos(blocks)
