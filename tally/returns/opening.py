"""Opens what one unit sent and sorts it: tables of the campaign's forms, text summaries, zero reports.

A table is counted for the unit only if nothing contradicts it; whatever is left out is a finding at its file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tally.clean.unit_names import Named, names_a_part, table_unit, units_in
from tally.declare import Campaign, Unit
from tally.errors import UnreadableFile
from tally.imprint import answers, without_list
from tally.intake.survey import Survey, first_named
from tally.locate import find_tables
from tally.model import Document, Finding, RawTable, ReceivedFile
from tally.paths import Paths
from tally.readers import read
from tally.returns.unplaced import unplaced, zero_forms
from tally.returns.versions import Candidate

_TITLED = re.compile(r"总结|小结|工作报告|情况(?:的)?(?:汇报|报告)|工作情况")


@dataclass(frozen=True)
class Summary:
    """A unit's 工作总结: its running text, a paragraph a line, and where it came from."""

    file: ReceivedFile
    name: str  # the file's address, of a zip's member too
    text: str


@dataclass(frozen=True)
class Opened:
    """What a unit's files hold. `zeros`: form -> the file that says there is nothing to report for it."""

    candidates: tuple[Candidate, ...]
    summary: Summary | None
    zeros: Mapping[str, ReceivedFile]
    findings: tuple[Finding, ...]
    files: tuple[ReceivedFile, ...]


def open_files(campaign: Campaign, paths: Paths, unit: Unit, surveyed: Survey) -> Opened:
    """Every file that `unit` may claim, opened and sorted."""
    opener = _Opener(campaign, paths, unit, surveyed)
    files = surveyed.of(unit.code)
    for file in files:
        opener.take(file)
    summary = opener.summary()
    return Opened(tuple(opener.candidates), summary, opener.zeros, tuple(opener.findings), tuple(files))


class _Opener:
    """Gathers what one unit's files hold, file by file."""

    def __init__(self, campaign: Campaign, paths: Paths, unit: Unit, surveyed: Survey):
        self.campaign, self.paths, self.unit, self.surveyed = campaign, paths, unit, surveyed
        self.candidates: list[Candidate] = []
        self.summaries: list[Summary] = []
        self.zeros: dict[str, ReceivedFile] = {}
        self.findings: list[Finding] = []

    def take(self, file: ReceivedFile) -> None:
        if self._claimed_by_others(file):
            return
        for received in self._documents(file):
            document = without_list(received)
            if document is not received:
                self.findings += answers(self.unit.code, received)
                if not document.grids:
                    continue
            tables = find_tables(document, self.campaign.forms)
            self.candidates += [Candidate(t, file) for t in tables if self._belongs(file, document, t)]
            self.findings += unplaced(self.campaign, self.unit, document, tables)
            zeros = zero_forms(self.campaign, document, tables)
            self.zeros |= {name: file for name in zeros}
            if not tables:
                self._take_text(file, document, zeros)
            elif _is_titled(document) and self._text_is_ours(file, document):
                self.summaries.append(Summary(file, document.file, document.text))

    def summary(self) -> Summary | None:
        """The summary that counts: one that calls itself so before any other text, the latest of several."""
        ranked = sorted(self.summaries, key=lambda s: (bool(_TITLED.search(s.text)), s.file.received))
        if len(ranked) > 1:
            others = "、".join(s.name for s in ranked[:-1])
            message = f"收到不止一份文字材料，以此为工作总结，另有：{others}"
            self._say(ranked[-1].name, "summary.several", "note", message, "请核实以哪一份为准", form="summary")
        return ranked[-1] if ranked else None

    def _take_text(self, file: ReceivedFile, document: Document, zeros: list[str]) -> None:
        if _is_summary(document):
            if self._text_is_ours(file, document):
                self.summaries.append(Summary(file, document.file, document.text))
        elif not zeros and not document.grids:
            message = "文件中没有找到任何规定的统计表，也不是工作总结，未计入"
            self._say(document.file, "intake.no_form", "error", message, "请核实是否误放；是报表的请使用规定的表式")

    def _say(self, file: str, rule: str, severity, message: str, suggestion: str, **more) -> None:
        self.findings.append(
            Finding(
                self.unit.code, more.pop("form", ""), rule, severity, message, file=file, suggestion=suggestion, **more
            )
        )

    def _names(self, codes) -> str:
        return "、".join(self.campaign.unit(c).name for c in sorted(codes))

    def _claimed_by_others(self, file: ReceivedFile) -> bool:
        """True for a file that folder and name give to several units: it is counted for none of them."""
        others = self.surveyed.claims[file.path] - {self.unit.code}
        if file.path in self.surveyed.register or not others or file.path in self.surveyed.several:
            return False
        message = f"文件夹、文件名或表内的单位不一致：既像{self.unit.name}又像{self._names(others)}，未计入"
        self._say(
            file.path, "intake.two_units", "error", message, "请核实是哪个单位的文件，放入该单位的文件夹并改正文件名"
        )
        return True

    def _documents(self, file: ReceivedFile) -> tuple[Document, ...]:
        try:
            documents = read(self.paths.raw / file.path, file.path)
        except UnreadableFile as e:
            self._unreadable(file.path, e.problem, e.detail)
            return ()
        for d in documents:
            if d.problem:
                self._unreadable(d.file, d.problem, d.detail)
            for remark in dict.fromkeys(n for grid in d.grids for n in grid.notes):
                self._say(d.file, "file.remark", "note", remark, "")
        return tuple(d for d in documents if not d.problem)

    def _unreadable(self, name: str, problem: str, detail: str) -> None:
        fact, remedy = UnreadableFile.PROBLEMS[problem]
        self._say(name, f"file.{problem}", "error", f"{fact}，未计入", remedy, found=detail[:200])

    def _belongs(self, file: ReceivedFile, document: Document, table: RawTable) -> bool:
        """True if 填报单位, where the table says one, agrees; a disagreement is a finding and no guess."""
        if file.path in self.surveyed.register:
            return True
        named = table_unit(self.campaign, table)
        if named.codes == {self.unit.code} or self._own_short_name(named):
            self._look_at_name(table)
            return not self._is_city_total(file, table)
        if not named.codes and not named.ambiguous:
            if table.unit_text:
                message = f"填报单位“{table.unit_text}”不是规定的报送单位，按{self.unit.name}计入"
                self._say_of(table, "intake.unknown_unit", "warning", message, "请改正填报单位")
            return bool(table.unit_text) or not self._also_elsewhere(file, table)
        if file.path in self.surveyed.several and self.unit.code not in named.codes:
            return False  # a file of several units, each with a table of its own
        said = self._names(named.codes) or f"“{named.ambiguous}”可指不止一个单位"
        where = (
            f"填报单位却写“{table.unit_text}”" if table.unit_text else "标题、工作表名或压缩包内的路径写的却是别的单位"
        )
        message = f"文件在{self.unit.name}名下，{where}（{said}），未计入"
        remedy = "请核实是哪个单位的报表；放错的请移到该单位文件夹，写错的请改正填报单位"
        self._say_of(table, "intake.unit_disagrees", "error", message, remedy)
        return False

    def _look_at_name(self, table: RawTable) -> None:
        """A part of the unit, or the bare name of the city, may have sent less or more than the unit's figures."""
        if names_a_part(self.campaign, self.unit, table.unit_text):
            message = f"填报单位“{table.unit_text}”像是{self.unit.name}的下级机构，按{self.unit.name}计入"
            self._say_of(table, "intake.part_of_unit", "warning", message, "请核实表中是不是全单位的数字")
        elif self.unit == self.campaign.top and table.unit_text.strip() == self.unit.name:
            message = f"填报单位只写“{table.unit_text}”，按市本级自己的报表计入"
            self._say_of(table, "intake.bare_city", "warning", message, "请核实是市本级的报表，不是全市汇总表")

    def _is_city_total(self, file: ReceivedFile, table: RawTable) -> bool:
        """True for what calls itself a consolidation of the whole city: counting it would count all units twice."""
        text = " ".join((table.grid.file, table.grid.sheet, table.title))
        if self.unit != self.campaign.top or not re.search("全市|汇总", text) or re.search("市本级|市局", text):
            return False
        message = "从名称看是全市汇总表，不是市本级自己的报表，未计入"
        self._say_of(table, "intake.city_total", "error", message, "请只报送本级的统计表；确为本级的请改正名称")
        return True

    def _say_of(self, table: RawTable, rule: str, severity, message: str, suggestion: str) -> None:
        self._say(
            table.grid.file,
            rule,
            severity,
            message,
            suggestion,
            form=table.form,
            sheet=table.grid.sheet,
            found=table.unit_text,
            expected=self.unit.name,
        )

    def _own_short_name(self, named: Named) -> bool:
        """开发区 in the folder of 市开发区 is no riddle, nor 高新区 in that of 盐南高新区, nor a name that two cities use."""
        said = named.ambiguous
        return bool(said) and (said in self.unit.aliases or said in self.unit.name or self.unit.code in named.may_be)

    def _also_elsewhere(self, file: ReceivedFile, table: RawTable) -> bool:
        """True for a table without 填报单位 in a file that lies with another unit too: nobody knows whose it is."""
        for path in self.surveyed.shared.get(file.sha256, ()):
            others = self.surveyed.claims[path] - {self.unit.code}
            if path != file.path and others:
                message = f"与{self._names(others)}报送的 {path} 内容完全相同，又没有填报单位，两处均未计入"
                self._say_of(table, "intake.same_file", "error", message, "请核实该文件属于哪个单位，删去误放的一份")
                return True
        return False

    def _text_is_ours(self, file: ReceivedFile, document: Document) -> bool:
        if len(self.surveyed.claims[file.path]) == 1:
            return True
        named = (
            units_in(self.campaign, document.file.rpartition("!")[2]).codes
            or first_named(self.campaign, document).codes
        )
        return self.unit.code in named


def _is_summary(document: Document) -> bool:
    """Whether a text without tables is a summary: it has some length, or it says so and holds sentences."""
    text = document.text.strip()
    return len(text) >= 80 or (bool(_TITLED.search(text)) and text.count("。") > 1)


def _is_titled(document: Document) -> bool:
    """Whether the text around tables is a summary of its own: it says so, and tells something in sentences."""
    return bool(_TITLED.search(document.text)) and len(document.text) >= 200 and document.text.count("。") >= 3
