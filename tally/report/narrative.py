"""The analyst's own text: `data/narrative/<campaign>/<period>.md`, sorted by its headings.

Headings are `#` lines; their numbering (一、 （二） 3.) does not matter. Under 二、主要做法 a heading with a
duty's title belongs to that duty. Text is kept as written, a paragraph a block; nothing in it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tally.errors import TallyError
from tally.store.files import kept
from tally.writing.encoding import decode

_NUMBER = re.compile(r"^(第?[一二三四五六七八九十百]+[、.．章节]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．)）])\s*")
_CONFIRMED = re.compile(r"<!--\s*可公开\s*[:：](.*?)-->", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)


@dataclass(frozen=True)
class Narrative:
    """`parts`: heading without its number, to its paragraphs, in the file's order."""

    parts: Mapping[str, tuple[str, ...]]
    confirmed: tuple[str, ...] = ()  # words that the analyst says name nobody: <!-- 可公开：巡回问诊、质量义诊 -->

    def under(self, *names: str) -> tuple[str, ...]:
        """The paragraphs whose heading holds one of `names`, () if nobody wrote them."""
        heading = re.compile("|".join(map(re.escape, names)))
        return next((text for head, text in self.parts.items() if text and heading.search(head)), ())

    def at(self, title: str) -> tuple[str, ...]:
        """The paragraphs under exactly this heading."""
        return self.parts.get(bare(title), ())


def bare(heading: str) -> str:
    """A heading without its number and white space."""
    return "".join(_NUMBER.sub("", heading.strip()).split())


def read(path: Path) -> Narrative:
    """The narrative at `path`, UTF-8 or GBK, empty if there is no such file; TallyError if it is no text."""
    data = kept(path)
    if not data.strip():
        return Narrative({})
    if (decoded := decode(data)) is None:
        raise TallyError(f"{path} 不是 UTF-8 文本", "请用编辑器另存为 UTF-8 编码后重试")
    return parse(decoded[0])


def parse(text: str) -> Narrative:
    """Splits Markdown text at its headings; text before the first one stands under ""."""
    parts: dict[str, list[str]] = {"": []}
    head, fresh = "", True
    for line in _COMMENT.sub("", text).splitlines():
        if line.startswith("#"):
            head, fresh = bare(line.lstrip("#")), True
            parts.setdefault(head, [])
        elif not line.strip():
            fresh = True
        elif fresh:
            parts[head].append(line.strip())
            fresh = False
        else:
            parts[head][-1] += line.strip()
    return Narrative({h: tuple(p) for h, p in parts.items()}, _confirmed(text))


def _confirmed(text: str) -> tuple[str, ...]:
    lists = _CONFIRMED.findall(text)
    return tuple(word for words in lists for word in re.split(r"[\s、，,；;]+", words) if len(word) > 1)
