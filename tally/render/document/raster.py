"""Charts as bitmaps: for Word, and for a picture that does not pass as it is."""

from __future__ import annotations

import base64
import binascii
from xml.sax.saxutils import quoteattr

import typst

from tally.blocks import Chart, Paragraph, Run
from tally.render.document.fonts import listed, pip_font

PIXELS_PER_INCH = 200

_PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1mm)"""
_BITMAPS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def bitmap(chart: Chart) -> bytes | None:
    """The chart's own bitmap, else its SVG drawn at 200 pixels an inch; None if neither can be read."""
    try:
        picture = base64.b64decode(chart.png)
    except binascii.Error:
        picture = b""
    if mime_of(picture):
        return picture
    try:
        return _drawn(chart.svg, chart.width_mm)
    except typst.TypstError:
        return None


def mime_of(image: bytes) -> str:
    """image/png or image/jpeg by the first bytes, "" for anything else."""
    return next((mime for start, mime in _BITMAPS.items() if image.startswith(start)), "")


def svg_around(image: bytes, width: int, height: int) -> str:
    """An SVG that shows a PNG or JPEG of that many pixels, so that a bitmap goes wherever SVG goes."""
    href = quoteattr(f"data:{mime_of(image)};base64,{base64.b64encode(image).decode()}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" xlink:href={href}/></svg>'
    )


def in_words(chart: Chart) -> Paragraph:
    """What stands where a chart cannot be drawn: that it is missing, and what it would have shown."""
    return Paragraph((Run("【此图无法绘制】", kind="todo"), Run(f"{chart.caption}：{chart.alt}")))


def pixels(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; 4 by 3 if the header cannot be read."""
    if mime_of(image) == "image/png" and len(image) >= 24:
        return int.from_bytes(image[16:20], "big"), int.from_bytes(image[20:24], "big")
    at = 2
    while mime_of(image) == "image/jpeg" and at + 9 <= len(image) and image[at] == 0xFF:
        kind, size = image[at + 1], int.from_bytes(image[at + 2 : at + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(image[at + 7 : at + 9], "big"), int.from_bytes(image[at + 5 : at + 7], "big")
        at += 2 + size
    return 640, 480


def _drawn(svg: str, width_mm: float) -> bytes:
    return typst.compile(
        _PAGE.encode(),
        font_paths=listed(pip_font().parent),
        ignore_system_fonts=True,
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"svg": svg, "width": str(width_mm)},
    )
