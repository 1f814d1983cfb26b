"""Charts as inline SVG: only shapes and texts pass, and nothing needs an inline style.

The page's policy refuses `style` attributes and elements, so declarations become presentation
attributes; what is not on the lists below (scripts, links out, foreign objects, event attributes) is
left out. Identifiers get a prefix of their own, because several charts share one page; outlines of glyphs,
most of a chart's size, are drawn once for the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ELEMENTS = _names(
    "svg g defs path rect circle ellipse line polyline polygon text tspan use clipPath symbol marker mask pattern "
    "linearGradient radialGradient stop title desc"
)
_PRESENTATION = _names(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linejoin stroke-linecap stroke-dasharray "
    "stroke-dashoffset stroke-miterlimit opacity font-size font-family font-weight font-style text-anchor "
    "dominant-baseline clip-path clip-rule color display visibility stop-color stop-opacity mask marker-start "
    "marker-mid marker-end"
)
_GEOMETRY = _names(
    "id d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox preserveAspectRatio href offset "
    "gradientUnits gradientTransform spreadMethod clipPathUnits patternUnits patternTransform maskUnits "
    "markerWidth markerHeight markerUnits refX refY orient rotate textLength lengthAdjust fx fy"
)
_URL = re.compile(r"url\(\s*['\"]?#([^)'\"\s]++)['\"]?\s*+\)")


def inline(svg: str, prefix: str, alt: str, outlines: dict[tuple[str, str], str] | None = None) -> str:
    """`svg` as one image element of an HTML page that a screen reader reads as `alt`.

    ValueError if it is no SVG. Widths and heights go: the page's style decides them. `outlines` are the shapes
    that charts before it on the page have defined, and their ids; what this one defines is added.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(svg.encode("utf-8"), parser)
    except etree.XMLSyntaxError as e:
        raise ValueError(f"chart is no well-formed SVG: {e}") from e
    if not isinstance(root.tag, str) or etree.QName(root).localname != "svg":
        raise ValueError(f"chart is no SVG but <{root.tag}>")
    made = _copy(root, prefix)
    _share(made, {} if outlines is None else outlines)
    _thin(made)
    if "viewBox" not in made.attrib and root.get("width") and root.get("height"):
        made.set("viewBox", f"0 0 {_number(root.get('width'))} {_number(root.get('height'))}")
    for name in ("width", "height", "id"):
        made.attrib.pop(name, None)
    for name, value in (("role", "img"), ("aria-label", alt), ("focusable", "false"), ("stroke-linejoin", "round")):
        made.set(name, value)
    return etree.tostring(made, encoding="unicode").replace(f' xmlns="{_SVG}"', "")


def _copy(source: etree._Element, prefix: str) -> etree._Element:
    name = etree.QName(source).localname
    made = etree.Element(f"{{{_SVG}}}{name}", nsmap={None: _SVG})
    for key, value in (*_attributes(source, prefix), *_declarations(source.get("style", ""), prefix)):
        made.set(key, value)
    made.text = (source.text or "").strip("\n") or None
    for child in source:
        if isinstance(child.tag, str) and etree.QName(child).localname in _ELEMENTS:
            copied = _copy(child, prefix)
            copied.tail = (child.tail or "") if name in ("text", "tspan") else None
            made.append(copied)
    if name not in ("text", "tspan", "title", "desc"):
        made.text = None
    return made


def _share(root: etree._Element, outlines: dict[tuple[str, str], str]) -> None:
    """Every outline in `defs` that the page has already is referred to there; a new one gets a short id."""
    places = {}
    for path in root.findall(f".//{{{_SVG}}}defs/{{{_SVG}}}path[@id]"):
        shape = (path.get("d", ""), path.get("transform", ""))
        if len(path.attrib) > 2 + bool(shape[1]):
            continue  # more than an outline
        places[f"#{path.get('id')}"] = outlines.get(shape) or f"g{len(outlines)}"
        if shape in outlines:
            path.getparent().remove(path)
        else:
            path.set("id", outlines.setdefault(shape, f"g{len(outlines)}"))
    for use in root.iter(f"{{{_SVG}}}use"):
        if use.get("href") in places:
            use.set("href", f"#{places[use.get('href')]}")


def _thin(root: etree._Element) -> None:
    """Without ids that nothing refers to and groups that hold nothing."""
    used: set[str] = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            if key != "id":
                used.update((*_URL.findall(value), value.removeprefix("#")))
    for element in list(root.iter()):
        if element.get("id") not in used and not re.fullmatch(r"g\d+", element.get("id", "")):
            element.attrib.pop("id", None)
    for group in reversed(list(root.iter(f"{{{_SVG}}}g", f"{{{_SVG}}}defs"))):
        if not len(group) and group is not root:
            group.getparent().remove(group)


def _attributes(source: etree._Element, prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in source.attrib.items():
        key = "href" if key == _XLINK else key
        if key == "href":
            if value.startswith("#"):
                yield key, f"#{prefix}{value[1:]}"
        elif key == "id":
            yield key, prefix + value
        elif key in _PRESENTATION or key in _GEOMETRY:
            yield from _safe(key, value, prefix)


def _declarations(style: str, prefix: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        key, _, value = declaration.partition(":")
        if key.strip() in _PRESENTATION:
            yield from _safe(key.strip(), value.strip(), prefix)


def _safe(key: str, value: str, prefix: str) -> Iterator[tuple[str, str]]:
    """The attribute with its references prefixed; nothing if it would point out of the chart."""
    value = _URL.sub(lambda m: f"url(#{prefix}{m[1]})", value)
    if "url(" not in value.replace(f"url(#{prefix}", ""):
        yield key, value


def _number(length: str) -> str:
    return re.sub(r"[^\d.]", "", length)
