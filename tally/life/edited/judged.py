"""The whole report in hand against ours: every number once, with its place and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tally.life.edited import alignment, grids, sentences
from tally.life.edited.document import Text, Word
from tally.life.edited.numbers import Number, numbers
from tally.life.edited.sentences import Finding

_WORDS = {"changed": "与数据不符", "by hand": "人工文字中改动的数", "removed": "已删去", "unexplained": "数据中没有"}
_LISTED = ("changed", "by hand", "unexplained", "removed")


@dataclass(frozen=True)
class Judgement:
    """`findings`: every number of both reports; `rewritten`: (ours, edited) paragraphs that are not the same, ours ""
    where the paragraph is new."""

    findings: tuple[Finding, ...]
    rewritten: tuple[tuple[str, Text], ...]
    tracked: int = 0

    @property
    def wrong(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.kind == "changed")

    def lines(self) -> list[str]:
        counts = Counter(f.kind for f in self.findings)
        by_hand = f"人工文字中改动{counts['by hand']}个，" if counts["by hand"] else ""
        lines = [
            f"核对数字{len(self.findings)}个：一致{counts['right']}个，与数据不符{counts['changed']}个，{by_hand}"
            f"数据中没有{counts['unexplained']}个，已删去{counts['removed']}个；改写的段落{len(self.rewritten)}段。"
        ]
        if self.tracked:
            lines.append(f"有{self.tracked}处修订尚未接受或拒绝，按全部接受后的文字核对。")
        for kind in _LISTED:
            lines += [_line(finding) for finding in self.findings if finding.kind == kind]
        return lines


def _line(finding: Finding) -> str:
    of = f"“{finding.label}”" if finding.label else ""
    if finding.kind == "changed":
        return f"与数据不符：{finding.where}：{of}写作 {finding.edited or '（空）'}，应为 {finding.ours}"
    if finding.kind == "by hand":
        return f"{_WORDS[finding.kind]}，请核实：{finding.where}：{of}原写 {finding.ours}，现写 {finding.edited}"
    return f"{_WORDS[finding.kind]}：{finding.where}：{of}{finding.edited or finding.ours}"


def judge(
    ours: Word, edited: Word, figures: Iterable[Number] = (), written: Collection[str] = frozenset()
) -> Judgement:
    """`figures` are the period's other figures: a number that is one of them, called alike, has its reason. `written`:
    the paragraphs of ours that people wrote."""
    known = _Known(tuple(figures), ours, written)
    findings, rewritten = _texts(ours.texts, edited.texts, known)
    for i, j in alignment.grids(ours.grids, edited.grids):
        findings += _table(ours, edited, i, j)
    return Judgement(tuple(findings), tuple(rewritten), edited.tracked)


class _Known:
    """The numbers that an edited one may be: all that the report and the data hold, or the data's alone."""

    def __init__(self, figures: tuple[Number, ...], ours: Word, written: Collection[str]):
        self._written = {_spaceless(text) for text in written}
        made = [text.text for text in ours.texts if not self.by_hand(text)]
        others = [text.text for text in ours.texts if self.by_hand(text)]
        self.data = (*figures, *_all_numbers(made))
        self.all = (*self.data, *_all_numbers(others))

    def by_hand(self, text: Text) -> bool:
        return _spaceless(text.text) in self._written


def _all_numbers(texts: Iterable[str]) -> list[Number]:
    return [number for text in texts for number in numbers(text)]


def _spaceless(text: str) -> str:
    return "".join(text.split())


def _texts(ours: Sequence[Text], edited: Sequence[Text], known: _Known) -> tuple[list[Finding], list[tuple[str, Text]]]:
    findings: list[Finding] = []
    rewritten: list[tuple[str, Text]] = []
    for i, j in alignment.texts(ours, edited):
        before = ours[i] if i is not None else Text("")
        after = edited[j] if j is not None else Text("")
        where = _where(before, after)
        data = known.data if known.by_hand(before) else None
        findings += sentences.compare(where, numbers(before.text), numbers(after.text), known.all, data)
        if after.text and before.text != after.text:
            rewritten.append((before.text, after))
    return findings, rewritten


def _where(before: Text, after: Text) -> str:
    """The place in the edited report; of a paragraph that is gone, where it was."""
    shown = after if after.text else before
    under = f"“{shown.heading}”下" if shown.heading else "开头"
    return f"{under}“{shown.text[:16]}…”" if after.text else f"{under}（原文“{shown.text[:16]}…”）"


def _table(ours: Word, edited: Word, i: int | None, j: int | None) -> list[Finding]:
    if i is None:
        grid = edited.grids[j or 0]
        figures = [n for row in grid.rows for text in row for n in numbers(text)]
        return [Finding("unexplained", f"新加的表“{grid.caption}”", n.label, "", n.text) for n in figures]
    mine = ours.grids[i]
    where = f"“{mine.caption}”" if mine.caption else f"第{i + 1}个表"
    if j is None:
        figures = [n for row in mine.rows for text in row for n in numbers(text)]
        return [Finding("removed", where, n.label, n.text) for n in figures]
    return grids.compare(where, mine, edited.grids[j])
