"""Colours of SpreadsheetML and WordprocessingML as RRGGBB, as far as telling ink from its ground needs."""

from __future__ import annotations

from tally.readers.package import Element, attribute

# the first 64 indexed colours (ECMA-376 18.8.27); 64 and 65 are the window's ink and ground
_BASE = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_REST = (
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
INDEXED: tuple[str, ...] = (*_BASE, *_BASE, *_REST.split(), "000000", "FFFFFF")
_LIGHT = {"0": 255.0, "1": 0.0}  # the two that matter: the page and its ink, as Office's own themes have them
_WORD_THEME = {"background1": "FFFFFF", "light1": "FFFFFF", "text1": "000000", "dark1": "000000"}


def sheet_colour(element: Element | None) -> str:
    """The colour of a `color`, `fgColor` or `bgColor` element; "" for the automatic one, a name of its own for others."""
    if element is None or element.get("auto") in ("1", "true"):
        return ""
    if rgb := element.get("rgb"):
        return rgb[-6:].upper()
    if (index := element.get("indexed")) is not None and index.isdigit():
        return INDEXED[int(index)] if int(index) < len(INDEXED) else ""
    theme = element.get("theme", "")
    return theme_colour(theme, float(element.get("tint") or 0)) if theme else ""


def theme_colour(theme: str, tint: float) -> str:
    """A colour of the theme, a share of it darker (below 0) or lighter; of those that are neither white nor black a name."""
    if theme not in _LIGHT:
        return f"theme {theme} {tint:.3g}"
    light = _LIGHT[theme]
    light = light * (1 + tint) if tint < 0 else light + (255 - light) * tint
    return f"{round(min(max(light, 0), 255)):02X}" * 3


def word_colour(element: Element | None) -> str:
    """The colour of a `w:color` element, "" for the automatic one."""
    if element is None:
        return ""
    theme = attribute(element, "themeColor", "")
    if theme and not (attribute(element, "themeShade") or attribute(element, "themeTint")):
        return _WORD_THEME.get(theme, f"theme {theme}")
    value = attribute(element, "val", "") or ""
    return "" if value == "auto" else value.upper()
