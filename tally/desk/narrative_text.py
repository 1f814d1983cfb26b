"""The report's own text in the file that people keep: one part of it replaced, everything else left byte for byte.

The headings are the program's; the file may number them and order them as it likes (`tally.report.narrative`). A part
is looked for by its heading, outside of comments; what is written under it goes up to the next heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tally.declare import Campaign
from tally.desk.refusal import Refusal
from tally.report.gaps import PARTS
from tally.report.narrative import bare
from tally.store.files import kept, write_bytes
from tally.store.lines import locked
from tally.writing.encoding import decode

GENERAL = "主要做法"
_COMMENT = re.compile(r"<!--.*?-->", re.S)


@dataclass(frozen=True, slots=True)
class Slot:
    """A heading under which the analyst writes: `words` are those by which another wording is known as the same;
    `duty` the duty it tells of, "" for a part of the whole campaign."""

    heading: str
    words: tuple[str, ...] = ()
    duty: str = ""

    def holds(self, heading: str) -> bool:
        """Whether what stands under a heading of the file belongs here."""
        return heading == bare(self.heading) or any(w in heading for w in self.words)

    def asked_by(self, gap: str) -> bool:
        """Whether what the report says is missing is missing here."""
        return gap.startswith(self.heading) or any(w in gap for w in self.words)


def slots(campaign: Campaign) -> tuple[Slot, ...]:
    """Every heading there is, in the report's order."""
    duties = [Slot(d.title, (), d.name) for d in campaign.duties]
    parts = [Slot(bare(title), words) for title, _, words, _ in PARTS]
    return (Slot(GENERAL, (GENERAL,)), *duties, *parts)


def slot(campaign: Campaign, heading: str) -> Slot:
    """The slot of exactly this heading; Refusal for any other: what stands under it would be in no report."""
    for one in slots(campaign):
        if one.heading == heading:
            return one
    raise Refusal(f"报告里没有“{heading}”这个标题", "请刷新后再写")


def text_of(path: Path, part: Slot, campaign: Campaign) -> str:
    """What the file says in a slot, paragraphs parted by an empty line; "" if nobody wrote it."""
    text, _ = _read(path)
    section = _section(text, part, campaign)
    return "" if section is None else _plain(text[section.start : section.end])


def _plain(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", _COMMENT.sub("", text).replace("\r\n", "\n")).strip()


def write_part(path: Path, campaign: Campaign, part: Slot, text: str, before: str) -> None:
    """Puts `text` in the slot, under a lock; Refusal if the slot says something else than `before` by now, or if a
    line of the text is a heading."""
    lines = text.replace("\r\n", "\n").strip()
    if headings := [line for line in lines.split("\n") if line.lstrip().startswith("#")]:
        raise Refusal(f"“{headings[0][:20]}”以 # 开头，会被当作标题", "请去掉行首的 #；标题由报告自己给出")
    if "<!--" in lines or "-->" in lines:
        raise Refusal("文字里有 <!-- 或 -->，中间的内容不会编入报告", "请去掉这几个符号")
    with locked(path):
        if text_of(path, part, campaign) != before:
            raise Refusal(f"“{part.heading}”已被别人改过，没有保存", "请先看现在的文字，再改一次")
        content, encoding = _read(path)
        written = _replaced(content, part, lines, campaign)
        write_bytes(path, _encoded(written, encoding), lasting=True)


def _read(path: Path) -> tuple[str, str]:
    """(text, encoding); the line ends stay as they are."""
    data = kept(path)
    if not data.strip():
        return "", "utf-8"
    decoded = decode(data)
    if decoded is None:
        raise Refusal(f"{path} 不是文本", "请用编辑器另存为 UTF-8 编码后重试")
    return decoded


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:  # GBK cannot say it; UTF-8 is read as well
        return text.encode("utf-8")


@dataclass(frozen=True, slots=True)
class _Span:
    """Where what is written under a heading begins and ends in the file's text."""

    heading: str
    start: int
    end: int


def _section(text: str, part: Slot, campaign: Campaign) -> _Span | None:
    """The part's section: of several the first with any text, as the report takes it."""
    others = [s for s in slots(campaign) if s.heading != part.heading and not s.words]
    mine = []
    for span in _sections(text):
        taken = any(s.holds(span.heading) for s in others)
        if part.holds(span.heading) and not (taken and span.heading != bare(part.heading)):
            mine.append(span)
    written = [span for span in mine if _plain(text[span.start : span.end])]
    return next(iter(written or mine), None)


def _sections(text: str) -> Iterator[_Span]:
    hidden = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    heads = list(re.finditer(r"^#+([^\n]*)\n?", hidden, re.M))
    for n, head in enumerate(heads):
        end = heads[n + 1].start() if n + 1 < len(heads) else len(text)
        yield _Span(bare(head[1]), head.end(), end)


def _replaced(text: str, part: Slot, lines: str, campaign: Campaign) -> str:
    ending = "\r\n" if "\r\n" in text else "\n"
    body = lines.replace("\n", ending)
    section = _section(text, part, campaign)
    if section is None:
        lead = text if not text or text.endswith("\n") else text + ending
        gap = ending if lead.strip() else ""
        return f"{lead}{gap}# {part.heading}{ending}{ending}{body}{ending}"
    comments = "".join(c + ending for c in _COMMENT.findall(text[section.start : section.end]))
    rest = text[section.end :]
    return f"{text[: section.start]}{comments}{body}{ending}{ending if rest else ''}{rest}"
