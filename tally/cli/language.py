"""The language the command line speaks: Chinese, as its messages are written, or English. Used by the commands alone.

Messages are made in Chinese wherever they arise and translated where they are printed: `say` looks a finished line up
in gettext's catalogue of the language in use. A message with something filled in is found by its template: the msgid
`没有名为 {0} 的报送期` stands for every line of that form. What is not in the catalogue is said as it came, so no message
is ever lost. Findings are said so too at the command line (`tally/catalogue/locale`, one entry for each text of the catalogue); in
every file, reports, forms and notebooks they are Chinese always: that is what the people who read them speak.
"""

from __future__ import annotations

import gettext
import json
import os
import re
import string
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TextIO, cast

LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).resolve().parent / "locale"
OF_FINDINGS = LOCALE.parent.parent / "catalogue" / "locale"

_in_use = "zh"
_POINTS = (  # at which a line put together of several messages is cut, the strongest first; and what English has there
    ("　→ ", "  → "),
    ("　", "  "),
    ("：", ": "),
    ("；", "; "),
    ("、", ", "),
    ("(?<=.)(?=[（，])", ""),
    ("(?<=！)(?=.)", ""),
)


def chosen(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """The language asked for: `--lang` before all, then the first of gettext's variables that is set, then Chinese.

    The C locale says nothing about a person, so it counts as not set; any language but Chinese gets English.
    """
    for i, word in enumerate(argv):
        name, _, value = word.partition("=")
        if name == "--lang" and (value := value or "".join(argv[i + 1 : i + 2])) in LANGUAGES:
            return value
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = re.split(r"[_.@:]", environ.get(name, ""))[0].lower()
        if spoken:
            return "zh" if spoken in ("zh", "c", "posix") else "en"
    return "zh"


def use(language: str) -> None:
    """Everything said from here on is said in `language`."""
    global _in_use
    _in_use = language


def in_use() -> str:
    """The language in which everything is said: one of `LANGUAGES`."""
    return _in_use


def say(text: str) -> str:
    """`text`, which may have several lines, in the language in use; what surrounds a line's words stays."""
    spoken = catalogue(_in_use)
    return spoken.gettext(text) if text in spoken else "\n".join(map(spoken.gettext, text.split("\n")))


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def tell(text: str, file: TextIO | None = None) -> None:
    """Prints `text` in the language in use, at once."""
    stream = file or sys.stdout
    print(printable(say(text), stream.encoding or "utf-8"), file=stream, flush=True)


def tell_json(text: str) -> None:
    """Prints JSON for another program: its characters as they are where the stream can hold them and a terminal may have them, else escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    plain = printable(text, encoding) == text
    print(text if plain else json.dumps(json.loads(text), indent=1), flush=True)


def printable(text: str, encoding: str) -> str:
    """The text as a terminal may be given it: what a return holds never moves the cursor or turns the line round.

    What the terminal's encoding does not have (a C or GBK locale) becomes "?".
    """
    return _CONTROL.sub("\ufffd", text).encode(encoding, "replace").decode(encoding)


@cache
def catalogue(language: str) -> Catalogue:
    """What is said at the command line, and what findings say."""
    spoken = _read(LOCALE / f"{language}.po")
    findings = OF_FINDINGS / f"{language}.po"
    if findings.exists():
        spoken.entries = _read(findings).entries | spoken.entries
    return spoken


def _read(path: Path) -> Catalogue:
    with path.open(encoding="utf-8") as file:
        return Catalogue(cast(Any, file))  # gettext's own files are bytes, a .po is read as text


class Catalogue(gettext.NullTranslations):
    """gettext's catalogue read from the .po itself, so that there is nothing to build and nothing to forget to build."""

    def _parse(self, fp: Any) -> None:
        self.entries = read_po(fp.read())

    def __contains__(self, text: str) -> bool:
        return bool(self.entries.get(text))

    def gettext(self, message: str) -> str:
        """The translation of a line, of its template filled in, or the line as it is."""
        words = message.strip()
        if not words:
            return message
        before, after = message.split(words, 1)
        return f"{before}{self._said(words)}{after}"

    def _said(self, words: str) -> str:
        return self._known(words) or self._piecewise(words)

    def _known(self, words: str) -> str:
        """The translation of a whole message, "" if it is none of the catalogue's."""
        if "{" not in words and (translation := self.entries.get(words)):
            return translation
        for part, msgid in self._templates:
            if part in words and (filled := pattern(msgid).fullmatch(words)):
                return _Filled(self).vformat(self.entries[msgid], filled.groups(), {})
        return ""

    def _piecewise(self, words: str, points=_POINTS) -> str:
        """Messages put together on one line, each said by itself; a point stays Chinese between words that stay so."""
        for i, (point, ascii_point) in enumerate(points):
            if cut := re.search(point, words):
                before, after = words[: cut.start()], words[cut.end() :]
                said_before = self._known(before) or self._piecewise(before, points[i + 1 :])
                said_after = self._known(after) or self._piecewise(after, points[i:])
                unchanged = (said_before == before, said_after == after)
                stays = all(unchanged) or (point == "、" and any(unchanged))
                return f"{said_before}{cut[0] if stays else ascii_point}{said_after}".rstrip()
        return words

    @property
    def _templates(self) -> list[tuple[str, str]]:
        """(longest fixed part, msgid), those with more fixed words first: the closer template is the right one."""
        if "_sorted" not in self.__dict__:
            known = [(fixed(m), m) for m, translated in self.entries.items() if translated and "{" in m]
            known.sort(key=lambda k: -sum(map(len, k[0])))
            self._sorted = [(max(parts, key=len), m) for parts, m in known]
        return self._sorted


class _Filled(string.Formatter):
    """Fills a translation's placeholders: {0} as it stands, {0:say} in the language too."""

    def __init__(self, spoken: Catalogue):
        self.spoken = spoken

    def format_field(self, value: str, spec: str) -> str:
        return self.spoken.gettext(value) if spec == "say" else value


def fixed(msgid: str) -> list[str]:
    """The parts of a template between its placeholders."""
    return [literal for literal, *_ in string.Formatter().parse(msgid)]


@cache
def pattern(msgid: str) -> re.Pattern[str]:
    """What a filled template looks like; the groups are its placeholders in the order of the template."""
    parts = string.Formatter().parse(msgid)
    return re.compile("".join(re.escape(literal) + "(.*?)" * (name is not None) for literal, name, *_ in parts), re.S)


def read_po(text: str) -> dict[str, str]:
    """msgid -> msgstr of a .po file; ValueError for a line that is none of gettext's, and for a msgid that stands twice."""
    entries: dict[str, str] = {}
    parts: dict[str, str] = {}
    at = ""
    for line in (*text.splitlines(), 'msgid ""'):
        if not line.strip() or line.startswith("#"):
            continue
        line_is = re.fullmatch(r'(?:(msgid|msgstr) )?"((?:[^"\\]|\\.)*)"', line.strip())
        if not line_is or not (line_is[1] or at):
            raise ValueError(f"no line of a .po file: {line!r}")
        if line_is[1] == "msgid" and "msgstr" in parts:
            if parts["msgid"] in entries:
                raise ValueError(f"msgid stands twice: {parts['msgid']!r}")
            entries[parts["msgid"]] = parts["msgstr"]
            parts = {}
        at = line_is[1] or at
        parts[at] = parts.get(at, "") + re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), line_is[2])
    return {msgid: msgstr for msgid, msgstr in entries.items() if msgid}
