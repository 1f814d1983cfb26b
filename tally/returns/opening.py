"""Opens what one unit sent and sorts it: tables of the campaign's forms, text summaries, zero reports.

A table is counted for the unit only if nothing contradicts it; whatever is left out is a finding at its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tally import catalogue
from tally.clean.unit_names import Named, names_a_part, other_office, table_unit, unit_of, units_in
from tally.declare import Campaign, Period, Unit
from tally.errors import UnreadableFile
from tally.intake.shared_matrix import apart
from tally.intake.survey import Survey, first_named
from tally.locate import find_tables
from tally.locate.imprint import answers, without_hints, without_list
from tally.model import Document, Finding, Place, RawTable, ReceivedFile
from tally.paths import Paths
from tally.readers import LETTER, scan
from tally.readers.apart import read
from tally.returns.candidates import Candidate, blank_beside
from tally.returns.letters import Sent, body, is_covering
from tally.returns.pictured import drawn_in
from tally.returns.postmarks import of_letters
from tally.returns.scans import Scan, scan_of
from tally.returns.summaries.itself import out_of_date
from tally.returns.summaries.on_sheets import summary_sheets
from tally.returns.summaries.rivalling import differing
from tally.returns.summaries.texts import TITLED, Summary, kind_of, repeats_notice, title_of
from tally.returns.summaries.wanting import of_text
from tally.returns.titles import words_of_titles
from tally.returns.unplaced import is_filled, unplaced, whole_text, zero_forms
from tally.returns.whose_rows import rows_of
from tally.returns.witnesses import facts


@dataclass(frozen=True)
class Opened:
    """What a unit's files hold. `zeros`: form -> the file that says there is nothing to report for it."""

    candidates: tuple[Candidate, ...]
    summary: Summary | None
    zeros: Mapping[str, ReceivedFile]
    findings: tuple[Finding, ...]
    files: tuple[ReceivedFile, ...]
    scans: tuple[Scan, ...] = ()  # pictures that were read: witnesses, or figures that want one
    letters: tuple[Sent, ...] = ()


def open_files(campaign: Campaign, paths: Paths, period: Period, unit: Unit, surveyed: Survey) -> Opened:
    """Every file that `unit` may claim, opened and sorted."""
    opener = _Opener(campaign, paths, period, unit, surveyed)
    files = surveyed.of(unit.code)
    for file in files:
        opener.take(file)
    summary = opener.summary()
    opener.hear_letters(summary is not None)
    findings = tuple(_beside(f) if summary else f for f in opener.findings)
    scans, letters = tuple(opener.scans), tuple(opener.letters)
    return Opened(tuple(opener.candidates), summary, opener.zeros, findings, tuple(files), scans, letters)


def _beside(finding: Finding) -> Finding:
    """Another text beside the unit's summary is only noted."""
    return replace(finding, severity="note") if finding.rule.startswith("summary.not_") else finding


class _Opener:
    """Gathers what one unit's files hold, file by file."""

    def __init__(self, campaign: Campaign, paths: Paths, period: Period, unit: Unit, surveyed: Survey):
        self.campaign, self.paths, self.period, self.unit, self.surveyed = campaign, paths, period, unit, surveyed
        self.candidates: list[Candidate] = []
        self.summaries: list[Summary] = []
        self.zeros: dict[str, ReceivedFile] = {}
        self.findings: list[Finding] = []
        self.scans: list[Scan] = []
        self.letters: list[Sent] = []
        self.texts: list[tuple[str, str]] = []  # of mails without a form in them, with their names
        self.names: list[str] = []  # of every document that was opened

    def take(self, file: ReceivedFile) -> None:
        if self._claimed_by_others(file):
            return
        for received in map(without_hints, self._documents(file)):
            if received.kind == LETTER:
                self.letters.append((file, received))
            document = without_list(received)
            self.findings += answers(self.unit.code, received) if document is not received else ()
            if document is not received and not document.grids:
                continue
            tables = find_tables(document, self.campaign.forms, self.period)
            if repeats_notice(self.campaign, whole_text(document)):
                self._say("intake.notice", document.file)
                self._take_tables(file, document, [t for t in tables if is_filled(t)])
                continue
            self._take_tables(file, document, tables)
            told = summary_sheets(self.campaign, document, tables)
            self.summaries += [Summary(file, document.file, text, sheet) for sheet, text in told.items()]
            named = list(unplaced(self.campaign, self.period, self.unit, document, tables, told))
            self.findings += named
            zeros = zero_forms(self.campaign, document, tables)
            self.zeros |= {name: file for name in zeros}
            if not tables and not told:
                self._take_text(file, document, zeros, [f for f in named if f.severity != "note"])
            elif self._holds_summary(document) and self._text_is_ours(file, document):
                self.summaries.append(Summary(file, document.file, document.text))

    def _take_tables(self, file: ReceivedFile, document: Document, tables: Sequence[RawTable]) -> None:
        """The tables of one document that are the unit's, of a list of several units its own records."""
        for table, idle in zip(tables, blank_beside(self.campaign, tables), strict=True):
            if idle:
                self.candidates.append(Candidate(table, file))  # a blank form beside a filled one: nothing to ask of it
            elif self._belongs(file, document, table):
                shared = file.path in self.surveyed.several
                mine, findings = rows_of(self.campaign, self.unit, table, shared) if table.owners else (table, [])
                form = self.campaign.form(table.form)
                self.findings += findings
                self.findings += words_of_titles(self.campaign, self.period, self.unit, form, table)
                self.candidates.append(Candidate(mine, file))

    def summary(self) -> Summary | None:
        """The summary that counts: one that calls itself so before any other text, this period's, the latest of several."""
        ranked = sorted(self.summaries, key=self._rank)
        if len(ranked) > 1:
            others = "、".join(s.name for s in ranked[:-1])
            self._say("summary.several", ranked[-1].name, form="summary", others=others)
        if not ranked:
            return None
        for other in ranked[:-1]:
            self.findings += differing(self.campaign, self.period, self.unit, ranked[-1], other)
        self.findings += of_text(self.campaign, self.period, self.unit, ranked[-1])
        return ranked[-1]

    def _rank(self, summary: Summary) -> tuple[bool, bool, date]:
        current = not any(out_of_date(self.period, self.unit, summary))
        return bool(TITLED.search(summary.text)), current, summary.file.received

    def _take_text(self, file: ReceivedFile, document: Document, zeros: list[str], named: list[Finding]) -> None:
        """A text without tables of forms: the summary, or what it is instead; `named`: what was found in it."""
        if document.kind == LETTER:
            if not zeros:
                self.texts.append((body(document), document.file))
            return
        kind = kind_of(self.campaign, document.text)
        if any(f.rule == "intake.form_in_text" for f in named) and not TITLED.search(title_of(document.text)):
            return  # a form in words, and no summary
        if not kind:
            if self._text_is_ours(file, document):
                self.summaries.append(Summary(file, document.file, document.text, ink=document.ink))
        elif not zeros and not (named and kind == "intake.no_form"):
            form, drawn = "" if kind == "intake.no_form" else "summary", drawn_in(document.ink)
            kind += "/pictured" if kind == "summary.not_written" and drawn else ""
            self._say(kind, document.file, form=form, title=self.campaign.title, drawn=drawn)

    def _holds_summary(self, document: Document) -> bool:
        """Whether the text around tables is a summary of its own: it says so, and tells something in sentences."""
        long = len(document.text) >= 200 and document.text.count("。") >= 3
        titled = document.kind != LETTER and bool(TITLED.search(document.text))
        return long and titled and not kind_of(self.campaign, document.text)

    def hear_letters(self, has_summary: bool) -> None:
        """What mails say of the forms that came in them; their own texts are no summaries, one that could be wants a look."""
        for text, name in self.texts:
            could_be = (
                not has_summary and TITLED.search(text) and not (is_covering(text) or kind_of(self.campaign, text))
            )
            self._say("summary.not_letter" + "/summary" * bool(could_be), name, form="summary")
        given = self.letters, self.candidates, self.names
        self.findings += of_letters(self.campaign, self.period, self.unit, *given)

    def _say(self, kind: str, file: str, *, form: str = "", found: str = "", **words: object) -> None:
        remark = catalogue.remark(kind, **words)
        self.findings.append(catalogue.finding_at(remark, Place(file, raw=found), unit=self.unit.code, form=form))

    def _names(self, codes: Iterable[str]) -> str:
        return "、".join(self.campaign.unit(c).name for c in sorted(codes))

    def _claimed_by_others(self, file: ReceivedFile) -> bool:
        """True for a file that folder and name give to several units: it is counted for none of them."""
        others = self.surveyed.claims[file.path] - {self.unit.code}
        if file.path in self.surveyed.register or not others or file.path in self.surveyed.several:
            return False
        self._say("intake.two_units", file.path, unit_name=self.unit.name, others=self._names(others))
        return True

    def _documents(self, file: ReceivedFile) -> tuple[Document, ...]:
        try:
            documents = read(self.paths.raw / file.path, file.path)
        except UnreadableFile as e:
            self._unreadable(file, file.path, e.problem, e.detail)
            return ()
        self.names += [d.file for d in documents]
        for d in documents:
            if d.problem:
                self._unreadable(file, d.file, d.problem, d.detail)
            for remark in dict.fromkeys(n for grid in d.grids for n in grid.notes):
                self._say("file.remark", d.file, text=remark)
        return tuple(apart(self.campaign, d) for d in documents if not d.problem)

    def _take_scan(self, file: ReceivedFile, scan: Scan) -> None:
        located = find_tables(scan.document, self.campaign.forms)
        tables = tuple(t for t in located if self._belongs(file, scan.document, t))
        self.scans.append(replace(scan, tables=tables))
        self.findings.append(facts(self.unit.code, scan))
        if scan.count > scan.pages:
            self._say("scan.pages", scan.document.file, count=scan.count, pages=scan.pages)
        if not located and not scan.black:
            self._say("scan.no_form", scan.document.file)

    def _unreadable(self, file: ReceivedFile, name: str, problem: str, detail: str) -> None:
        if problem == "picture" and scan.available():
            try:
                self._take_scan(file, scan_of(self.paths, file, name))
                return
            except UnreadableFile as e:  # it stays a picture that was not read
                detail = "；".join(t for t in (detail, UnreadableFile.PROBLEMS[e.problem][0], e.detail) if t)
        self._say(f"file.{problem}", name, found=detail[:200])

    def _belongs(self, file: ReceivedFile, document: Document, table: RawTable) -> bool:
        """True if 填报单位, where the table says one, agrees; a disagreement is a finding and no guess."""
        if file.path in self.surveyed.register:
            return True
        named = table_unit(self.campaign, table)
        if named.codes == {self.unit.code} or self._own_short_name(named):
            self._look_at_name(table)
            self._look_at_code(table)
            return not self._is_city_total(file, table)
        if table.owners and self.unit.code in named.codes:
            return True
        if not named.codes and not named.ambiguous:
            if table.unit_text:
                self._say_of(table, "intake.unknown_unit")
            return bool(table.unit_text) or not self._also_elsewhere(file, table)
        if file.path in self.surveyed.several and self.unit.code not in named.codes:
            return False  # a file of several units, each with a table of its own
        units = self._names(named.codes) or f"“{named.ambiguous}”可指不止一个单位"
        where = (
            f"填报单位却写“{table.unit_text}”" if table.unit_text else "标题、工作表名或压缩包内的路径写的却是别的单位"
        )
        self._say_of(table, "intake.unit_disagrees", where=where, named=units)
        return False

    def _look_at_name(self, table: RawTable) -> None:
        """A part of the unit, or the bare name of the city, may have sent less or more than the unit's figures."""
        if names_a_part(self.campaign, self.unit, table.unit_text):
            self._say_of(table, "intake.part_of_unit")
        elif office := other_office(self.campaign, self.unit, table.unit_text):
            self._say_of(table, "intake.other_office", office=office)
        elif self.unit == self.campaign.top and table.unit_text.strip() == self.unit.name:
            self._say_of(table, "intake.bare_city")

    def _look_at_code(self, table: RawTable) -> None:
        """The code of another unit beside the unit's own name."""
        others = unit_of(self.campaign, table.unit_code).codes - {self.unit.code} if table.unit_code else frozenset()
        if others:
            self._say_of(table, "intake.code_of_other", code=table.unit_code, others=self._names(others))

    def _is_city_total(self, file: ReceivedFile, table: RawTable) -> bool:
        """True for what calls itself a consolidation of the whole city: counting it would count all units twice."""
        text = " ".join((table.grid.file, table.grid.sheet, table.title))
        if self.unit != self.campaign.top or not re.search("全市|汇总", text) or re.search("市本级|市局", text):
            return False
        self._say_of(table, "intake.city_total")
        return True

    def _say_of(self, table: RawTable, kind: str, **words: object) -> None:
        at = Place(table.grid.file, table.grid.sheet, raw=table.unit_text)
        words |= {"written": table.unit_text, "unit_name": self.unit.name, "expected": self.unit.name}
        remark = catalogue.remark(kind, **words)
        self.findings.append(catalogue.finding_at(remark, at, unit=self.unit.code, form=table.form))

    def _own_short_name(self, named: Named) -> bool:
        """开发区 in the folder of 市开发区 is no riddle, nor 高新区 in that of 盐南高新区, nor a name that two cities use."""
        written = named.ambiguous
        return bool(written) and (
            written in self.unit.aliases or written in self.unit.name or self.unit.code in named.may_be
        )

    def _also_elsewhere(self, file: ReceivedFile, table: RawTable) -> bool:
        """True for a table without 填报单位 in a file that lies with another unit too: nobody knows whose it is."""
        for path in self.surveyed.shared.get(file.sha256, ()):
            others = self.surveyed.claims[path] - {self.unit.code}
            if path != file.path and others:
                self._say_of(table, "intake.same_file", others=self._names(others), path=path)
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
