"""A mail's own facts: who sent it, when, about what; and its text as a document."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import lxml.html
from lxml import etree

from tally.readers.parcels.part import Part
from tally.readers.parcels.quotes import without_quotes

CHINA = timezone(timedelta(hours=8))  # a mail's day is the day here, whatever zone its sender's clock is in
HEAD_LINE = re.compile(r"(?:主题|发件人|发送时间)：")  # how `Letter.lines` begin
TEXT_NAME = "邮件正文"
PLAIN_NAME = "邮件正文（纯文本）"
QUOTED_NAME = "邮件正文（引用的来信）"
_NO_WORDS = re.compile(r"<?https?://\S+|\[(?:cid|image)[^\]\n]{0,200}\]|[\w.+-]{1,64}@\S+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LARGE = ("超大附件", "云附件", "文件中转站")  # what mail services put beside a link instead of the file itself


@dataclass(frozen=True)
class Letter:
    """`sender` as written (name and address), `sent` with its zone (None where the mail does not say), `subject`."""

    sender: str = ""
    sent: datetime | None = None
    subject: str = ""

    @property
    def day(self) -> date | None:
        if self.sent is None:
            return None
        return (self.sent.astimezone(CHINA) if self.sent.tzinfo else self.sent).date()

    @property
    def lines(self) -> list[str]:
        """主题：… 发件人：… 发送时间：…, as far as the mail says."""
        when = self.sent.astimezone(CHINA) if self.sent and self.sent.tzinfo else self.sent
        facts = (
            ("主题", self.subject),
            ("发件人", self.sender),
            ("发送时间", f"{when:%Y-%m-%d %H:%M}" if when else ""),
        )
        return [f"{name}：{value}" for name, value in facts if value]


def _figures_apart(plain: str, markup: str) -> bool:
    """Whether the plain text states a number that the page does not: it is no mere copy of it."""
    numbers = set(_NUMBER.findall(_NO_WORDS.sub(" ", plain)))
    return bool(numbers) and bool(markup.strip()) and not numbers <= set(_NUMBER.findall(_words_of(markup)))


def _words_of(markup: str) -> str:
    """The words of a page, without what is no text of it; the page itself where it cannot be taken apart."""
    try:
        root = lxml.html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        return markup
    etree.strip_elements(root, "style", "script", "head", etree.Comment, with_tail=False)
    return " ".join(root.itertext())


def text_parts(letter: Letter, plain: str, markup: str) -> Iterator[Part]:
    """The mail's text (its HTML where it has one, for the tables in it), and a part for files that are only linked to."""
    if markup.strip():
        head = "".join(f"<p>{html.escape(line)}</p>" for line in letter.lines)
        own, quoted = without_quotes(markup)
        yield Part(TEXT_NAME, f"<html><meta charset='utf-8'>{head}{own}</html>".encode(), kind="letter")
        if quoted:
            yield Part(QUOTED_NAME, f"<html><meta charset='utf-8'>{quoted}</html>".encode(), kind="letter")
        if _figures_apart(plain, markup):  # two texts of one mail that do not say the same: both are read
            yield Part(PLAIN_NAME, "\n".join((*letter.lines, plain)).encode("utf-8", "replace"), kind="letter")
    elif plain.strip() or letter.lines:
        yield Part(TEXT_NAME, "\n".join((*letter.lines, plain)).encode("utf-8", "replace"), kind="letter")
    if linked := next((word for word in _LARGE if word in plain or word in markup), ""):
        yield Part(linked, problem="linked", detail=linked)
