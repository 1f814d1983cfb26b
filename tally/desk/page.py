"""The page: one module and one style, the same in a browser of its own and in JupyterLab. Files, joined as they are.

No build step: the parts share one module's scope and stand in the order of `PARTS`.
"""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
PARTS = (
    "dom.js",
    "talk.js",
    "list.js",
    "sheet.js",
    "facts.js",
    "foresight.js",
    "panel.js",
    "units.js",
    "report.js",
    "text.js",
    "main.js",
)

_PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>核对台</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="desk.css">
</head>
<body class="alone">
<main id="desk"></main>
<script type="module" src="desk.js"></script>
</body>
</html>
"""


def module(*, alone: bool = False) -> str:
    """The module's text; `alone` starts it on a page of its own."""
    parts = (*PARTS, "alone.js") if alone else PARTS
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in parts)


def style() -> str:
    return (STATIC / "desk.css").read_text(encoding="utf-8")


def page() -> str:
    """The document around the desk where it stands alone."""
    return _PAGE
