"""A summary's running text as paragraphs under their headings, and as sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tally.clean.text import tidy

_ORDER = "一二三四五六七八九十"
_HEADING = re.compile(
    rf"^(?P<mark>[{_ORDER}]{{1,3}}[、.．,，]|第[{_ORDER}]+[、，部章]|[（(][{_ORDER}]{{1,3}}[）)]、?|\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[）)])"
)
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|>\s*|[-*+]\s+)|\*\*|__(?=\S)|(?<=\S)__")
_HASH = re.compile(r"^#{1,6}\s")
_ENDS = re.compile(r"[。！？；：!?;:…”）)]$")
_OPEN = re.compile(r"[，、,（(]$")
_TITLE = re.compile(r"(总结|小结|报告|汇报|情况|通报|材料)$")
_SENTENCE = re.compile(r"[^。！？!?]++[。！？!?]?+[”’）)]*+")
_LONGEST_HEADING = 30  # characters; a numbered line that is longer is a paragraph with its first words as heading
_WRAPPED = 24  # a line at least this long that ends in the middle of a sentence was broken by the program


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `section` is the 一、 heading above it, `heading` the nearest one (its own first words
    where it begins with a number and says more); both without their number, "" where there is none."""

    text: str
    section: str = ""
    heading: str = ""


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs in order; headings are not paragraphs of their own."""
    done, section, heading = [], "", ""
    for line in _lines(text):
        mark = _HEADING.match(line)
        rest = line[mark.end() :].strip() if mark else line
        if mark and len(rest) <= _LONGEST_HEADING and not re.search(r"[。；，,]", rest.rstrip("。")):
            heading = rest.rstrip("。：:")
            section = heading if _is_top(mark["mark"]) else section
            continue
        lead = re.split(r"[。：:；]", rest, maxsplit=1)[0] if mark else ""
        if mark and _is_top(mark["mark"]) and len(lead) <= _LONGEST_HEADING and not re.search(r"\d", lead):
            section = lead
        done.append(Paragraph(rest, section, lead if 0 < len(lead) <= _LONGEST_HEADING else heading))
    return tuple(done)


def sentences(paragraph: str) -> tuple[str, ...]:
    """The sentences of a paragraph, with their full stops; a semicolon ends none."""
    return tuple(s.strip() for s in _SENTENCE.findall(paragraph) if s.strip())


def _is_top(mark: str) -> bool:
    return mark[0] in _ORDER + "第"


def _lines(text: str) -> list[str]:
    """Lines without Markdown's marks; what a program broke in the middle of a sentence is put together."""
    lines: list[str] = []
    joining = False
    for raw in text.splitlines():
        line = tidy(_MARKDOWN.sub("", raw.strip()))
        if not line or line.startswith("|"):
            joining = False
            continue
        fresh = bool(_HASH.match(raw.strip()) or _HEADING.match(line)) or raw.startswith("\u3000\u3000")
        if joining and lines and not fresh:
            lines[-1] += line
        else:
            lines.append(_numbered(raw, line))
        joining = _broken(lines[-1], line) and not _HASH.match(raw.strip())
    return lines


def _numbered(raw: str, line: str) -> str:
    """A Markdown heading without a number gets one, so that it is known as a heading; the title has none."""
    level = len(raw.strip()) - len(raw.strip().lstrip("#"))
    if not _HASH.match(raw.strip()) or _HEADING.match(line) or level == 1:
        return line
    return f"一、{line}" if level == 2 else f"（一）{line}"


def _broken(whole: str, last: str) -> bool:
    if _ENDS.search(last) or (_TITLE.search(whole) and not _OPEN.search(last)):
        return False
    return bool(_OPEN.search(last)) or (len(last) >= _WRAPPED and bool(re.search(r"[，。]", whole)))
