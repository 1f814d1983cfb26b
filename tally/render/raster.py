"""An SVG picture -> PNG, for where only bitmaps go."""

from __future__ import annotations

import typst

from tally.render.fonts import pip_font

PIXELS_PER_INCH = 200

_PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1mm)"""


def raster(svg: str, width_mm: float) -> bytes:
    """The picture as PNG at 200 pixels an inch, `width_mm` wide."""
    return typst.compile(
        _PAGE.encode(),
        font_paths=[str(pip_font().parent)],
        ignore_system_fonts=True,
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"svg": svg, "width": str(width_mm)},
    )
