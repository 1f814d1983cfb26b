"""What a person at the terminal sees: a progress bar (plain lines when piped) and the short table at the end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tally.catalogue import RETURN_STATES, SEVERITIES, place_in_words
from tally.catalogue.audience import addressee
from tally.cli.language import say, tell
from tally.model import ABSENT

if TYPE_CHECKING:
    import pandas as pd

    from tally.run.period import Result


def progress(title: str, total: int) -> Callable[[str], None]:
    """A function to call as each of `total` notebooks ends."""
    title = say(title)
    if sys.stderr.isatty():
        from tqdm import tqdm

        bar = tqdm(total=total, desc=title, unit=say("个"), leave=False, file=sys.stderr)

        def step(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()
            if bar.n >= total:
                bar.close()

        return step
    done = 0

    def line(name: str) -> None:
        nonlocal done
        done += 1
        tell(f"{title} [{done}/{total}] {name}")

    return line


def width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def pad(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def table(lines: Sequence[Sequence[str]]) -> str:
    """Rows of text in aligned columns, in the user's language."""
    rows = [tuple(map(say, line)) for line in lines]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(pad, row, widths)).rstrip() for row in rows)


def summary(result: Result) -> str:
    """Unit by unit: what arrived, errors, warnings."""
    campaign, tables = result.campaign, result.tables
    asked = bool((tables.returns["form"] == "summary").any())
    forms = [*(f.name for f in campaign.forms), *["summary"] * asked]
    heads = ("报送单位", *(f.number for f in campaign.forms), *["工作总结"] * asked, "差错", "疑点")
    counted = tables.returns[tables.returns["state"] != "replaced"]
    states = {(r.unit, r.form): r.state for r in counted.itertuples()}
    units = tables.findings["unit"].fillna("")
    counts = Counter(zip(units, tables.findings["severity"], strict=True))
    rows = [heads]
    for unit in (*campaign.units, campaign.top):
        if unit is campaign.top and not any(code == unit.code for code, _ in states):
            continue  # the top sends nothing of its own, as a rule
        if unit.code in result.failed:
            rows.append((unit.name, *("处理失败" for _ in forms), *_counts(counts, unit.code)))
            continue
        shown = (RETURN_STATES.get(states.get((unit.code, f), "missing"), "") for f in forms)
        rows.append((unit.name + "本级" * (unit is campaign.top), *shown, *_counts(counts, unit.code)))
    rows += _of_no_unit(tables.findings, len(forms))
    return table(_few(rows))


def _of_no_unit(findings: pd.DataFrame, forms: int) -> Iterator[tuple[str, ...]]:
    """What no unit sent: slips in the bureau's own files, files that are nobody's."""
    some = findings[(findings["unit"].fillna("") == "") & (findings["severity"] != "note")]
    for whose, group in some.groupby(some["rule"].map(addressee)):
        counts = group["severity"].value_counts()
        yield (
            f"（{say(str(whose))}）",
            *("" for _ in range(forms)),
            str(counts.get("error", 0)),
            str(counts.get("warning", 0)),
        )


SHOWN = 20  # findings that are listed unless all are asked for


def findings(result: Result, *, everything: bool = False) -> str:
    """What is open, errors first: whose, where, what, and who can mend it how; the first few, or all."""
    frame = result.tables.findings.astype(object)
    frame = frame.where(frame.notna(), "")
    records = [r for severity in ("error", "warning") for r in frame[frame["severity"] == severity].to_dict("records")]
    shown = records if everything else records[:SHOWN]
    lines = [line for n, record in enumerate(shown, 1) for line in _finding(result, n, record)]
    if len(shown) < len(records):
        lines.append(say(f"另有 {len(records) - len(shown)} 条没有列出：加 --all 全部列出"))
    return "\n" + "\n".join(lines) if lines else ""


def _finding(result: Result, number: int, record: Mapping[str, str]) -> Iterator[str]:
    unit = result.campaign.unit(record["unit"]).name if record["unit"] else addressee(record["rule"])
    place = place_in_words(record["file"], record["sheet"], record["cell"])
    yield "　".join((f"{number:>3} {say(SEVERITIES[record['severity']])}", say(unit), place)).rstrip("　")
    yield f"      {say(record['message'])}"
    if record["suggestion"]:
        yield f"      {say(record['suggestion'])}"


MANY = 60  # units, beyond which only those with errors or without a return are listed


def _few(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """All rows of a city; of a province or a nation those that somebody must look at."""
    open_rows = [r for r in rows[1:] if r[-2] != "0" or {"未报", "处理失败"} & {*r[1:-3]}]
    rest = len(rows) - 1 - len(open_rows)
    if len(rows) <= MANY or not rest:
        return rows
    return [rows[0], *open_rows, (f"其余{rest}个单位无差错", *("" for _ in rows[0][1:]))]


def _counts(counts: Counter, unit: str) -> tuple[str, str]:
    return str(counts[unit, "error"]), str(counts[unit, "warning"])


def arrived(result: Result) -> tuple[int, int]:
    """(units that sent anything, units that must report)."""
    r = result.tables.returns
    codes = {u.code for u in result.campaign.units}
    came = set(r[~r["state"].isin(ABSENT)]["unit"]) & codes - set(result.failed)
    return len(came), len(codes)


def open_matters(result: Result) -> tuple[int, int]:
    """(errors, missing returns): what `--strict` does not let pass."""
    findings, returns = result.tables.findings, result.tables.returns
    return int((findings["severity"] == "error").sum()), int((returns["state"] == "missing").sum())
