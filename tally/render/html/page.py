"""The shell of every HTML page: one file, nothing fetched, nothing run that is not listed by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path

from markupsafe import Markup

# C0 and C1 controls and lone surrogates: no page or JSON may carry them, so they are shown as replaced.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` without characters that no page can hold; each is replaced by U+FFFD so that it still shows."""
    return _UNPRINTABLE.sub("\ufffd", text)


def shown(text: str) -> Markup:
    """`text` escaped. Direction marks in it are kept but cannot turn the text around it."""
    safe = Markup.escape(clean(text))
    return Markup("<bdi>{}</bdi>").format(safe) if _DIRECTION.search(text) else safe


@cache
def template(name: str) -> str:
    """A file of the package's `templates` folder, without indents, empty lines and comments (`/* … */`)."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", text, flags=re.S).splitlines())
    return "\n".join(filter(None, lines))


def page(
    *,
    title: str,
    body: Markup,
    lang: str,
    contents: Markup | None = None,
    data: str = "",
    rows: str = "",
    css: str = "",
) -> str:
    """A whole HTML document around `body`.

    `contents` is the list for the side column, `data` the packed figures that can be opened ("" if none), `rows` the packed rows of long tables, `css` rules of this page alone. Styles and the script stand under a Content-Security-Policy by
    hash: anything else in the page, whatever its origin, neither runs nor loads.
    """
    style, script = f"{template('page.css')}\n{css}", template("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return str(
        Markup(_SHELL).format(
            lang=lang,
            policy=policy,
            title=shown_plain(title),
            icon=Markup(_ICON),
            style=Markup(style),
            contents=_contents(contents),
            sided=" sided" if contents else "",
            body=body,
            dialog=Markup(_DIALOG) if data else "",
            data=_packed("tally-figures", data) + _packed("tally-rows", rows),
            script=Markup(script),
        )
    )


def shown_plain(text: str) -> Markup:
    """`text` escaped for places that hold no elements (a title, an attribute)."""
    return Markup.escape(clean(text))


@lru_cache(4096)
def attribute(name: str, value: str | int) -> Markup:
    """` name=value`, quoted only where HTML asks for it."""
    text = clean(str(value))
    plain = re.fullmatch(r"[\w.:#-]+", text)
    return Markup(" {}={}").format(Markup(name), text) if plain else Markup(' {}="{}"').format(Markup(name), text)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _packed(id: str, data: str) -> Markup:
    if not data:
        return Markup("")
    return Markup("<script type=text/plain id={}>{}</script>").format(Markup(id), Markup(data))


def _contents(items: Markup | None) -> Markup:
    if not items:
        return Markup("")
    return Markup(
        '<nav class="contents" aria-label="目录"><details open><summary>目　录</summary><ol>{}</ol></details></nav>\n'
    ).format(items)


# A red seal with a tick, drawn here so that nothing is fetched.
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%23b3000c'/%3E"
    "%3Cpath d='M4 8.5l3 3 5-7' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E"
)
_SHELL = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="{icon}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#tally-main">跳到正文</a>
<div class="frame{sided}">
{contents}<main id="tally-main" tabindex="-1">
{body}
</main>
</div>
<p class="unseen" id="tally-status" role="status"></p>
{dialog}{data}
<script>{script}</script>
</body>
</html>
"""

_DIALOG = """<dialog id="tally-dialog" aria-labelledby="tally-dialog-title">
<div class="bar"><button type="button" class="back" hidden>← 返回</button><button type="button" class="close">关闭</button></div>
<h2 id="tally-dialog-title" tabindex="-1"></h2>
<div class="what"></div>
</dialog>
"""
