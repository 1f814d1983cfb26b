"""One unit's return for a period: every file opened, every form found, cleaned and checked. What county.ipynb runs.

Nothing a unit sends stops this: what cannot be opened, placed or read is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tally.assemble import Candidate, Choice, choose, joined_findings
from tally.check import check_return, check_unit
from tally.clean.dates import date_in
from tally.clean.table import clean_tables, header_unit_findings
from tally.corrections import corrected, load_corrections
from tally.declare import Campaign, Form, Period, Unit
from tally.errors import UnreadableFile
from tally.intake import Survey, first_named, survey
from tally.locate import find_tables
from tally.model import Document, Finding, RawTable, ReceivedFile, Return
from tally.naming import unit_of, units_in
from tally.paths import Paths
from tally.readers import read

_ZERO = re.compile(r"零报告|零申报|(?:无|没有|不存在)[^。；，]{0,12}(?:生产企业|企业|案件)")


@dataclass(frozen=True)
class Summary:
    """A unit's 工作总结: its running text, a paragraph a line, and where it came from."""

    file: ReceivedFile
    name: str  # the file's address, of a zip's member too
    text: str


@dataclass(frozen=True)
class UnitReturn:
    """All that one unit sent in a period. `returns` has every form of the campaign, missing ones empty."""

    unit: Unit
    returns: Mapping[str, Return]
    findings: tuple[Finding, ...]  # of files and of checks across forms; each Return has its own beside
    summary: Summary | None = None
    files: tuple[ReceivedFile, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return (*self.findings, *(f for r in self.returns.values() for f in r.findings))


def read_unit(
    campaign: Campaign,
    period_name: str,
    unit_code: str,
    root: Path,
    surveyed: Survey | None = None,
    previous: Mapping[str, Return] | None = None,
) -> UnitReturn:
    """What `unit_code` sent in the period, read, cleaned, corrected and checked, alone and against `previous`.

    Errors: UsageError for an unknown period or unit. Files are only read.
    """
    period, unit = campaign.period(period_name), campaign.unit(unit_code)
    paths = Paths(Path(root), campaign.name, period_name)
    surveyed = surveyed or survey(campaign, paths)
    previous = previous or {}
    candidates, summaries, zeros, findings, opened = _open_all(campaign, paths, unit, surveyed)
    corrections = load_corrections(paths.corrections, campaign).of(unit.code)
    returns = {}
    for form in campaign.forms:
        choice = choose(campaign, period, form, [c for c in candidates if c.table.form == form.name])
        ret = _return(campaign, period, unit, form, choice, zeros.get(form.name))
        returns[form.name] = corrected(form, ret, corrections)
    for form in campaign.forms:
        ret = returns[form.name]
        returns[form.name] = replace(ret, findings=(*ret.findings, *check_return(form, ret, previous.get(form.name))))
    findings += check_unit(campaign, period, unit, returns, previous)
    summary = summaries[-1] if summaries else None
    return UnitReturn(unit, returns, tuple(findings), summary, tuple(opened))


def _open_all(campaign: Campaign, paths: Paths, unit: Unit, surveyed: Survey):
    """Opens every file that `unit` may claim; sorts what is inside into tables, summaries and zero reports."""
    candidates: list[Candidate] = []
    summaries: list[Summary] = []
    zeros: dict[str, ReceivedFile] = {}
    findings: list[Finding] = []
    opened = surveyed.of(unit.code)
    for file in opened:
        if problem := _claimed_by_others(campaign, unit, file, surveyed):
            findings.append(problem)
            continue
        for document in _documents(unit, paths, file, findings):
            tables = find_tables(document, campaign.forms)
            mine = [t for t in tables if _belongs(campaign, unit, file, document, t, surveyed, findings)]
            candidates += [Candidate(t, file) for t in mine]
            findings += _unplaced(unit, document, tables)
            zero_forms = [] if tables else _zero_forms(campaign, document)
            zeros |= {name: file for name in zero_forms}
            if not tables and _is_summary(document) and _summary_is_ours(campaign, unit, document, surveyed, file):
                summaries.append(Summary(file, document.file, document.text))
            elif not tables and not zero_forms and not document.grids and document.file.count("!") == 0:
                findings.append(_no_form(unit, document))
    return candidates, sorted(summaries, key=lambda s: s.file.received), zeros, findings, opened


def _claimed_by_others(campaign: Campaign, unit: Unit, file: ReceivedFile, surveyed: Survey) -> Finding | None:
    """A file that two units claim, by folder and name or by the same content, is counted for neither."""
    if file.path in surveyed.register:
        return None
    others = surveyed.claims[file.path] - {unit.code}
    if others and not _by_content(file, surveyed):
        names = "、".join(campaign.unit(c).name for c in sorted(others))
        return _file_finding(
            unit,
            file,
            "intake.two_units",
            "error",
            f"文件夹、文件名或表内的单位不一致：既像{unit.name}又像{names}，未计入",
            "请核实是哪个单位的文件，放入该单位的文件夹并改正文件名",
        )
    for path in surveyed.shared.get(file.sha256, ()):
        if path != file.path and unit.code not in surveyed.claims[path]:
            names = "、".join(campaign.unit(c).name for c in sorted(surveyed.claims[path]))
            return _file_finding(
                unit,
                file,
                "intake.same_file",
                "error",
                f"与{names}报送的 {path} 内容完全相同，两处均未计入",
                "请核实该文件属于哪个单位，删去误放的一份",
            )
    return None


def _by_content(file: ReceivedFile, surveyed: Survey) -> bool:
    """True for a file (often a zip) without hint in folder and name, whose content names several units."""
    return not file.folder and len(surveyed.claims[file.path]) > 1 and file.path.lower().endswith(".zip")


def _file_finding(
    unit: Unit, file: ReceivedFile, rule: str, severity, message: str, suggestion: str, **more
) -> Finding:
    return Finding(unit.code, "", rule, severity, message, file=file.path, suggestion=suggestion, **more)


def _documents(unit: Unit, paths: Paths, file: ReceivedFile, findings: list[Finding]) -> tuple[Document, ...]:
    try:
        return read(paths.raw / file.path, file.path)
    except UnreadableFile as e:
        fact, remedy = UnreadableFile.PROBLEMS[e.problem]
        findings.append(
            _file_finding(unit, file, f"file.{e.problem}", "error", f"{fact}，未计入", remedy, found=e.detail[:200])
        )
        return ()


def _belongs(
    campaign, unit: Unit, file: ReceivedFile, document: Document, table: RawTable, surveyed: Survey, findings
) -> bool:
    """True if 填报单位, where the table says one, agrees; a disagreement is a finding and no guess."""
    if file.path in surveyed.register or not table.unit_text:
        return _member_is_ours(campaign, unit, document, findings, file)
    named = unit_of(campaign, table.unit_text)
    if unit.code in named.codes and len(named.codes) == 1:
        return True
    if (
        named.ambiguous
        and named.ambiguous in unit.aliases + (unit.name,)
        or named.ambiguous
        and named.ambiguous in unit.name
    ):
        return True
    if not named.codes and not named.ambiguous:
        findings.append(
            Finding(
                unit.code,
                table.form,
                "intake.unknown_unit",
                "warning",
                f"填报单位“{table.unit_text}”不是规定的报送单位，按{unit.name}计入",
                file=table.grid.file,
                sheet=table.grid.sheet,
                found=table.unit_text,
                expected=unit.name,
                suggestion="请改正填报单位",
            )
        )
        return True
    if len(surveyed.claims[file.path]) > 1 and unit.code not in named.codes:
        return False  # a file of several units, each with a table of its own
    said = "、".join(campaign.unit(c).name for c in sorted(named.codes)) or named.ambiguous
    findings.append(
        Finding(
            unit.code,
            table.form,
            "intake.unit_disagrees",
            "error",
            f"文件在{unit.name}名下，填报单位却写“{table.unit_text}”（{said}），未计入",
            file=table.grid.file,
            sheet=table.grid.sheet,
            found=table.unit_text,
            expected=unit.name,
            suggestion="请核实是哪个单位的报表；放错的请移到该单位文件夹，写错的请改正填报单位",
        )
    )
    return False


def _member_is_ours(campaign, unit: Unit, document: Document, findings, file: ReceivedFile) -> bool:
    """The name of a zip's member may name another unit."""
    if "!" not in document.file:
        return True
    named = units_in(campaign, document.file.rpartition("!")[2].rpartition("/")[2])
    others = named.codes - {unit.code, campaign.top.code}
    return not others or unit.code in named.codes


def _summary_is_ours(campaign, unit: Unit, document: Document, surveyed: Survey, file: ReceivedFile) -> bool:
    if len(surveyed.claims[file.path]) == 1:
        return True
    named = units_in(campaign, document.file.rpartition("!")[2]).codes or first_named(campaign, document).codes
    return unit.code in named


def _is_summary(document: Document) -> bool:
    return len(document.text.strip()) >= 80


def _zero_forms(campaign: Campaign, document: Document) -> list[str]:
    """The forms for which a short text says that there is nothing to report."""
    text = "".join(document.text.split())
    if not text or len(text) > 300 or not _ZERO.search(text):
        return []
    named = [f.name for f in campaign.forms if any(t in text for t in (f.title, *f.aliases))]
    return named or [f.name for f in campaign.forms if f.name == "enterprises" and "生产企业" in text]


def _no_form(unit: Unit, document: Document) -> Finding:
    return Finding(
        unit.code,
        "",
        "intake.no_form",
        "error",
        "文件中没有找到任何规定的统计表，也不是工作总结，未计入",
        file=document.file,
        suggestion="请核实是否误放；是报表的请使用规定的表式",
    )


def _unplaced(unit: Unit, document: Document, tables: tuple[RawTable, ...]) -> list[Finding]:
    """Sheets and tables with content in which no form was found."""
    placed = {id(t.grid) for t in tables}
    out = []
    for grid in document.grids:
        lines = [[v for v in row if v is not None and str(v).strip()] for row in grid.rows]
        lines = [line for line in lines if line]
        figures = sum(1 for line in lines for v in line if not isinstance(v, str) or any(ch.isdigit() for ch in v))
        if id(grid) in placed or not lines:
            continue
        serious = len(lines) >= 3 and figures >= 3
        severity = "error" if serious and not tables else "warning" if figures else "note"
        out.append(
            Finding(
                unit.code,
                "",
                "intake.no_form",
                severity,
                f"{'工作表' if grid.sheet else '表格'}中没有找到规定的统计表，未计入"
                + ("（隐藏的工作表）" if grid.hidden else ""),
                file=grid.file,
                sheet=grid.sheet,
                found=" ".join(str(v) for v in lines[0])[:80],
                suggestion="是报表的请使用规定的表式和表头；与报表无关的请删去",
            )
        )
    return out


def _return(
    campaign: Campaign, period: Period, unit: Unit, form: Form, choice: Choice, zero_file: ReceivedFile | None
) -> Return:
    tables = tuple(c.table for c in choice.counted)
    files = tuple({c.file.path: c.file for c in choice.counted}.values())
    frame, cells, cleaned = clean_tables(unit.code, form, tables)
    findings = [
        replace(f, unit=unit.code, form=f.form or form.name)
        for f in (*choice.findings, *joined_findings(form, choice.counted))
    ]
    findings += [f for t in tables for f in header_unit_findings(unit.code, form, t)] + cleaned
    if not tables and zero_file is None:
        findings.append(_missing(period, unit, form))
        return Return(unit.code, form.name, "missing", frame, cells, tuple(findings))
    if not tables:
        return Return(unit.code, form.name, "zero return", frame, cells, tuple(findings), (zero_file,))
    state = _state(period, form, files)
    if form.layout == "list" and not any(t.rows for t in tables):
        if not any(t.zero for t in tables):
            findings.append(
                Finding(
                    unit.code,
                    form.name,
                    "returns.empty",
                    "error",
                    "表中没有一条记录，按零报告处理",
                    file=tables[0].grid.file,
                    sheet=tables[0].grid.sheet,
                    suggestion="确无内容的请注明“零报告”；漏报的请补报",
                )
            )
        state = "zero return"
    reported = next((day for t in tables if (day := date_in(t.date_text))), None)
    return Return(
        unit.code, form.name, state, frame, cells, tuple(findings), (*files, *choice.superseded), reported, tables
    )


def _state(period: Period, form: Form, files: tuple[ReceivedFile, ...]):
    due: date | None = period.due.get(form.name)
    return "late" if due and max(f.received for f in files) > due else "on time"


def _missing(period: Period, unit: Unit, form: Form) -> Finding:
    due = period.due.get(form.name)
    return Finding(
        unit.code,
        form.name,
        "returns.missing",
        "error",
        f"没有收到《{form.title}》",
        expected=f"{due.year}年{due.month}月{due.day}日前报送" if due else "",
        suggestion="请尽快补报；没有内容的报“零报告”",
    )
