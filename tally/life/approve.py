"""Approving a report: refused with the reason, or frozen whole under the next number."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tally import campaigns, totals
from tally.check import explanations
from tally.check.remarks import remarks
from tally.declare import Campaign
from tally.errors import TallyError, UsageError
from tally.life import ledger
from tally.life.accepting import not_accepted
from tally.life.fresh import stale
from tally.paths import Paths
from tally.render import outputs
from tally.report import issue
from tally.report.amendments import amend
from tally.report.amendments.record import RECORD, Release, folder, latest, place, sha256
from tally.report.gaps import todos
from tally.report.phrases import day
from tally.run import states
from tally.store import lock
from tally.store.files import sync_folder, unwritable, write_bytes, write_text
from tally.store.seals import SEALS, write_sealed
from tally.store.tables import load_period
from tally.system import replacing

_LISTED = 20  # errors named one by one when a release is refused


@dataclass(frozen=True)
class Approval:
    """Who releases a report, when, and whether with parts still unwritten."""

    by: str
    when: date
    allow_gaps: bool = False
    all_accepted: bool = False  # whether every unit's figures must have been accepted

    def __post_init__(self):
        if not self.by.strip() or not self.by.isprintable():
            raise UsageError(f"没有写明审批人：{self.by!r}", "请用 --by 写明审批人姓名")


def approve(campaign_name: str, period_name: str, root: Path, approval: Approval) -> Release:
    """Releases the period's report as it lies there. TallyError, with every reason, if it cannot be released."""
    campaign = campaigns.load(campaign_name, root)
    paths = Paths(Path(root).resolve(), campaign.name, campaign.period(period_name).name)
    if not (paths.reports / "manifest.json").exists():
        raise TallyError(f"{paths.period} 期还没有报告", f"请先运行 python pipeline.py run {paths.typed}")
    with lock.held(paths.root, lambda text: None):
        _refuse_stale(campaign, paths)
        answered = _refuse_errors(campaign, paths)
        _refuse_open(campaign, paths, approval)
        _refuse_early(campaign, paths, approval)
        blocks = outputs.executed_blocks(paths)
        gaps = todos(blocks)
        if gaps and not approval.allow_gaps:
            raise TallyError(
                f"报告还有{len(gaps)}处【待补充】：{'；'.join(gaps)}",
                f"请在核对台（python pipeline.py desk {paths.typed}，按 T）写好后重新运行；确要带着空缺发布，加 --allow-gaps",
            )
        _refuse_same(paths, issue.content_digest(blocks))
        release = _release(campaign, paths, approval, answered, len(gaps), amend.stated(blocks))
        editions = _editions(campaign, paths)
        contents = {e: issue.content_digest(outputs.executed_blocks(paths, e)) for e in editions}
        printed = _printed(campaign, paths, replace(release, contents=contents), editions)
        frozen = _frozen(campaign, paths, editions, printed)
        release = replace(release, contents=contents, files={n: _sha256(f) for n, f in sorted(frozen.items())})
        _freeze(paths, release, frozen)
        for name, content in printed.items():  # what lies at hand is what was released
            write_sealed(paths.reports / name, content)
        ledger.enter(paths, release)
        outputs.write_index(campaign, paths)
    return release


def _refuse_stale(campaign: Campaign, paths: Paths) -> None:
    if why := stale(campaign, paths):
        raise TallyError(
            f"报告已过时，不能发布：{'；'.join(why[:_LISTED])}",
            f"请先运行 python pipeline.py run {paths.typed}，核对新的报告后再发布",
        )


def _refuse_errors(campaign: Campaign, paths: Paths) -> list[dict[str, str]]:
    """The errors that stand, each with its reason."""
    answered, without = explanations.error_answers(campaign, paths, load_period(paths, campaign).findings)
    if without:
        named = [
            f"{_unit(campaign, e['unit'])}：{e['message']}\n    {explanations.line_for(e)}" for e in without[:_LISTED]
        ]
        rest = [f"……另有{len(without) - _LISTED}处"] * (len(without) > _LISTED)
        raise TallyError(
            "\n  ".join([f"还有{len(without)}处差错没有更正，也没有书面说明，不能发布：", *named, *rest]),
            f"请在核对台（python pipeline.py desk {paths.typed}）更正；不能更正的，在那里逐条写明原因"
            f"（也可写进 {paths.explanations}，上面各行补上后三栏即可），再运行一次 run。只写“核实无误”的不予采纳",
        )
    return answered


def _refuse_open(campaign: Campaign, paths: Paths, approval: Approval) -> None:
    """The reviewer's remarks are settled, and the units' figures accepted where that is asked for."""
    left = [r for r in remarks(paths.remarks) if r.open]
    if left:
        named = "；".join(f"“{r.quote[:20]}”：{r.text}" for r in left[:_LISTED])
        raise TallyError(
            f"还有{len(left)}条审核意见没有办结，不能发布：{named}",
            f"请在核对台办结：python pipeline.py desk {paths.typed}",
        )
    if approval.all_accepted and (names := not_accepted(campaign, paths)):
        raise TallyError(
            f"还有{len(names)}个单位的数没有认可，或认可后又有变化：{'、'.join(names)}",
            f"请核对后运行 python pipeline.py accept {paths.typed} 单位 --by 姓名",
        )


def _unit(campaign: Campaign, code: str) -> str:
    return campaign.unit(code).name if code else "（未归属单位）"


def _release(
    campaign: Campaign, paths: Paths, approval: Approval, answered: list[dict[str, str]], gaps: int, stated: tuple
) -> Release:
    worked = totals.open_totals(campaign, paths)
    manifest = json.loads((paths.reports / "manifest.json").read_text(encoding="utf-8"))
    before = latest(paths)
    state = json.loads((paths.runs / "report.state.json").read_text(encoding="utf-8"))
    return Release(
        number=before.number + 1 if before else 1,
        campaign=campaign.name,
        period=paths.period,
        by=approval.by.strip(),
        when=approval.when.isoformat(),
        figures=amend.figures(worked),
        stated=stated,
        files={},
        inputs=tuple(manifest["inputs"]),
        versions=states.versions(),
        code=state["code"],
        declared=state.get("declared", ""),
        gaps=gaps,
        warnings=int((worked.history.now.findings["severity"] == "warning").sum()),
        reasons=tuple(answered),
        previous=sha256(place(paths, before.number) / RECORD) if before else "",
        amended=amend.stored(paths),
    )


def _editions(campaign: Campaign, paths: Paths) -> tuple[str, ...]:
    """The editions that are released: the internal one, and any other that is there and says what its inputs say."""
    return tuple(e for e in outputs.EDITIONS if e == "internal" or not _stale_edition(campaign, paths, e))


def _printed(campaign: Campaign, paths: Paths, release: Release, editions: Iterable[str]) -> dict[str, bytes]:
    """Path below the period's reports -> what a release prints there: dated and numbered reports, and their manifests."""
    made: dict[str, bytes] = {}
    for edition in editions:
        where = outputs.edition_folder(paths, edition)
        files = outputs.issued_files(campaign, paths, edition, release)
        reports = {(where / name).relative_to(paths.reports).as_posix(): content for name, content in files.items()}
        manifest = where / "manifest.json"
        written = outputs.manifest_with(paths, manifest, {paths.reports / n: c for n, c in reports.items()})
        made |= {**reports, manifest.relative_to(paths.reports).as_posix(): written}
    return made


def _frozen(
    campaign: Campaign, paths: Paths, editions: Iterable[str], printed: Mapping[str, bytes]
) -> dict[str, Path | bytes]:
    """Path below the release's folder -> what stands there: outputs, and copies of the tables they rest on."""
    contents: dict[str, Path | bytes] = dict(printed)
    for edition in editions:
        where = outputs.edition_folder(paths, edition)
        contents |= {
            p.relative_to(paths.reports).as_posix(): p for n in ("forms.xlsx", amend.FILE) if (p := where / n).exists()
        }
    for tables in totals.read_history(campaign, paths).periods:
        where = paths.beside(tables.period).processed
        for table in sorted((*where.glob("*.parquet"), where / SEALS)):
            contents[table.relative_to(paths.root).as_posix()] = table
    written_by_people = (paths.register, paths.corrections, paths.explanations, paths.queries, paths.acceptances)
    for written in (*written_by_people, paths.remarks, paths.narrative):
        if written.exists():
            contents[written.relative_to(paths.root).as_posix()] = written
    return contents


def _stale_edition(campaign: Campaign, paths: Paths, edition: str) -> bool:
    """Whether another edition is not there or no longer what its inputs say: it is not released then."""
    there = (outputs.edition_folder(paths, edition) / "manifest.json").exists()
    return not there or bool(stale(campaign, paths, edition))


def _refuse_early(campaign: Campaign, paths: Paths, approval: Approval) -> None:
    """A document is not dated before the facts that it tells."""
    facts = issue.facts_until(totals.read_history(campaign, paths))
    if approval.when < facts:
        raise TallyError(
            f"发布日期{day(approval.when, year=True)}早于报告所述的事实（截至{day(facts, year=True)}）",
            "请用 --date 写明实际的发布日期",
        )


def _refuse_same(paths: Paths, content: str) -> None:
    before = latest(paths)
    if before is not None and before.contents.get("internal") == content:
        raise TallyError(f"这份报告已经发布：第{before.number}次，{before.when}，{before.by}", "没有改动，不必再次发布")


def _sha256(file: Path | bytes) -> str:
    return hashlib.sha256(file).hexdigest() if isinstance(file, bytes) else sha256(file)


def _freeze(paths: Paths, release: Release, frozen: Mapping[str, Path | bytes]) -> None:
    """The release's folder, whole or not at all; its files may be read only."""
    target = place(paths, release.number)
    making = folder(paths) / f".{release.number}"
    shutil.rmtree(making, ignore_errors=True)
    try:
        for name, source in frozen.items():
            copy = making / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(copy, source if isinstance(source, bytes) else source.read_bytes(), lasting=True)
            if sha256(copy) != release.files[name]:
                raise TallyError(f"{name} 在发布过程中有变化", "请等其他程序结束后重试")
        write_text(making / RECORD, release.json(), lasting=True)
        for path in making.rglob("*"):
            if path.is_file():
                path.chmod(0o444)
        replacing.replace(making, target)
        sync_folder(target.parent)
    except OSError as e:
        raise unwritable(target, e) from e
    finally:
        shutil.rmtree(making, ignore_errors=True)
