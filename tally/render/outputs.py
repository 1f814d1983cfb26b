"""Everything that is written after the report notebook has run: HTML, PDF, Word, Excel, pages, manifest.

All of it is made from the executed notebook and the period's tables, in memory, and put in place whole.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from tally import __version__
from tally.blocks import Block
from tally.declare import Campaign
from tally.errors import TallyError
from tally.intake.survey import Survey
from tally.model import PeriodTables
from tally.paths import Paths
from tally.render import html, pdf, word, workbook
from tally.render.document import document, fonts
from tally.render.pages.index import campaign_page
from tally.render.pages.links import report_links, unit_pages
from tally.render.workbook.public import tables_workbook
from tally.report import issue, open_report
from tally.report.amendments import amend
from tally.report.amendments.record import Release
from tally.report.public import review
from tally.returns.stored import OF_SUMMARIES
from tally.store.digests import versions
from tally.store.files import write_bytes
from tally.store.seals import Broken, vouched, write_sealed
from tally.store.tables import table_names
from tally.system import light
from tally.totals import History, read_history
from tally.writing.periods import month

REVIEW = "public-review.csv"  # inside: what the public edition leaves out of the analyst's text
EDITIONS = {"internal": "", "public": "（公开版）"}


def write_report(campaign: Campaign, paths: Paths, edition: str, say: Callable[[str], None]) -> list[Path]:
    """Renders the executed report notebook and the forms; returns the files written, in order."""
    folder = edition_folder(paths, edition)
    drafted = executed_blocks(paths, edition)
    history = read_history(campaign, paths)
    released = issue.release_of(paths, edition, drafted)
    blocks = issue.issued(drafted, released, edition) if released else drafted
    when = _moment(date.fromisoformat(released.when) if released else issue.facts_until(history))
    makers = report_makers(campaign, paths, edition, blocks, when)
    if edition == "public":
        makers["forms.xlsx"] = partial(tables_workbook, blocks, timestamp=when)
    else:
        makers |= _workbooks(campaign, paths, history, when)
    written = []
    for name, make in makers.items():
        say(f"输出 {name}")
        write_bytes(folder / name, make())
        written.append(folder / name)
    return written + amend.update(campaign, paths, drafted) if edition == "internal" else written


def report_makers(
    campaign: Campaign, paths: Paths, edition: str, blocks: Sequence[Block], when: datetime
) -> dict[str, Callable[[], bytes]]:
    """File name to what makes the report's HTML, PDF and Word from its blocks; `when` is the time the files bear."""
    note, moment = EDITIONS[edition], int(when.timestamp())
    title = f"{campaign.title}工作总结（{month(paths.period)}）{note}"
    return {
        "report.html": lambda: html.render(
            blocks,
            title=title,
            edition_note=note,
            links=report_links(campaign, paths, edition),
            units=unit_pages(campaign, edition),
        ).encode(),
        "report.pdf": partial(pdf.render, blocks, fonts=fonts.find(), timestamp=moment, edition_note=note, name=title),
        "report.docx": partial(word.render, blocks, timestamp=moment, edition_note=note, name=title),
    }


def issued_files(campaign: Campaign, paths: Paths, edition: str, release: Release) -> dict[str, bytes]:
    """The report of an edition as a release prints it: file name to content."""
    blocks = issue.issued(executed_blocks(paths, edition), release, edition)
    when = _moment(date.fromisoformat(release.when))
    return {name: make() for name, make in report_makers(campaign, paths, edition, blocks, when).items()}


def executed_blocks(paths: Paths, edition: str = "internal") -> tuple[Block, ...]:
    """What the executed report notebook shows."""
    light.keep_out()
    import nbformat  # here: an unchanged run need not wait for it

    return document.blocks_of(nbformat.read(executed(paths, "report", edition), as_version=4))


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _without_records(campaign: Campaign) -> Campaign:
    """Above the level that units report to, the workbook has sums; the records stand in the workbooks below."""
    return replace(campaign, forms=tuple(f for f in campaign.forms if f.layout == "matrix"))


def _workbooks(campaign: Campaign, paths: Paths, history: History, when: datetime) -> dict[str, Callable[[], bytes]]:
    """The workbooks of the internal edition: the consolidated forms."""
    listed = _without_records(campaign) if history.rolled else campaign
    *earlier, now = _without_notes(history)
    return {
        "forms.xlsx": partial(workbook.forms_workbook, listed, paths.period, now, timestamp=when, earlier=earlier),
    }


def _without_notes(history: History) -> tuple[PeriodTables, ...]:
    """The periods' tables, oldest first; above the level that units report to without repairs, which are told there."""
    if not history.rolled:
        return history.periods
    return tuple(replace(t, findings=t.findings[t.findings["severity"] != "note"]) for t in history.periods)


def edition_folder(paths: Paths, edition: str) -> Path:
    """The internal edition lies in the period's folder, any other in one of its own."""
    return paths.reports if edition == "internal" else paths.reports / edition


def executed(paths: Paths, notebook: str, edition: str = "internal") -> Path:
    return runs_folder(paths, edition) / f"{notebook}.ipynb"


def runs_folder(paths: Paths, edition: str = "internal") -> Path:
    """Where an edition's executed notebooks lie: what they show stays inside, whatever the edition tells."""
    return paths.runs if edition == "internal" else paths.runs / edition


def write_index(campaign: Campaign, paths: Paths) -> None:
    """The page over all periods and units, renewed by whatever makes, releases or hands out a period's files.

    Only where units report is there one: levels above have reports alone.
    """
    if campaign.areas or paths.area:
        return
    reported = (paths.beside(period.name) for period in reversed(campaign.periods))
    newest = next((place for place in reported if executed(place, "report").exists()), None)
    blocks = executed_blocks(newest) if newest else ()
    write_bytes(paths.reports.parent / "index.html", campaign_page(campaign, paths.root, blocks).encode())


def write_manifest(campaign: Campaign, paths: Paths, surveyed: Survey, edition: str, outputs: list[Path]) -> Path:
    """Hashes of every input and output, versions, fonts and parameters: what `verify` compares with.

    The public edition's names no file that came and none of our tables; it says how well it keeps what it must.
    """
    manifest = {
        "tally": __version__,
        "campaign": campaign.name,
        "period": paths.period,
        "edition": edition,
        "parameters": {"campaign": campaign.name, "period": paths.period, "edition": edition},
        "outputs": [_entry(paths, p) for p in sorted(outputs)],
        "versions": versions(),
        "fonts": fonts.find().record(),
    }
    if edition == "public":
        manifest["disclosure"] = _public(campaign, paths)
    else:
        manifest |= _inside(paths, campaign, surveyed, outputs)
    target = edition_folder(paths, edition) / "manifest.json"
    write_sealed(target, _manifest_bytes(manifest))
    return target


def _public(campaign: Campaign, paths: Paths) -> dict[str, int]:
    """How well the public edition keeps what it must; writes the list of what was left out of the analyst's text."""
    edition = open_report(paths.period, campaign.name, paths.root, "public", paths.area).public
    shutil.rmtree(
        edition_folder(paths, "public") / "runs", ignore_errors=True
    )  # earlier versions left their logs there
    write_bytes(paths.reports / REVIEW, review.as_csv(edition.masked))
    return edition.disclosure()


def _inside(paths: Paths, campaign: Campaign, surveyed: Survey, outputs: list[Path]) -> dict[str, list[dict[str, str]]]:
    """What the internal edition's manifest says beside: the files that came, the analyst's, our tables."""
    if paths.area:
        names = [f"areas/{paths.area}/{name}" for name in ("totals", "figures", "changes", "trends")]
    else:
        names = [*table_names(campaign), *OF_SUMMARIES, "totals", "figures", "changes", "trends"]
    tables = [paths.processed / f"{name}.parquet" for name in names]
    analyst = [p for p in (paths.register, paths.corrections, paths.explanations, paths.narrative) if p.exists()]
    received = [{"file": f.path, "sha256": f.sha256, "received": f.received.isoformat()} for f in surveyed.files]
    return {
        "inputs": received + [_entry(paths, p) for p in analyst],
        "outputs": [_entry(paths, p) for p in sorted((*outputs, *(t for t in tables if t.exists())))],
    }


def manifest_with(paths: Paths, manifest: Path, changed: Mapping[Path, bytes]) -> bytes:
    """A manifest as it would be with other contents of some of its outputs."""
    written = json.loads(manifest.read_text(encoding="utf-8"))
    hashes = {p.relative_to(paths.root).as_posix(): hashlib.sha256(c).hexdigest() for p, c in changed.items()}
    written["outputs"] = [{**e, "sha256": hashes.get(e["file"], e["sha256"])} for e in written["outputs"]]
    return _manifest_bytes(written)


def _manifest_bytes(manifest: Mapping[str, object]) -> bytes:
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _entry(paths: Paths, path: Path) -> dict[str, str]:
    return {"file": path.relative_to(paths.root).as_posix(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def changed_outputs(paths: Paths, edition: str) -> Iterator[tuple[str, str]]:
    """(file, what is wrong) for every output of the manifest that is missing or no longer what was written."""
    manifest = edition_folder(paths, edition) / "manifest.json"
    if not manifest.exists():
        raise TallyError(f"没有找到 {paths.period} 的清单 {manifest}", f"请先运行 python pipeline.py run {paths.typed}")
    try:
        listed = json.loads(vouched(manifest))["outputs"]
    except Broken:
        yield manifest.relative_to(paths.root).as_posix(), "内容与生成时不同"
        return
    for entry in listed:
        path = paths.root / entry["file"]
        if not path.exists():
            yield entry["file"], "文件缺失"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            yield entry["file"], "内容与生成时不同"
