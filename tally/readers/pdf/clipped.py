"""A page laid out with the region each character is shown in: spreadsheets print all of a cell's text and cut off what does not fit.

pdfminer, which lays pages out, heeds no clipping paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from tally.readers.pdf.table import Box


def layout(page: Page) -> LTPage:
    """The page's objects as `page.layout` gives them; `region` tells where a character is shown."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    try:
        _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    except Exception as e:
        raise PdfminerException(e) from e
    return device.get_result()


def region(char: LTChar) -> Box | None:
    """Left, bottom, right, top of what a character is cut to, from the page's lower left corner; None for nothing."""
    return getattr(char, "region", None)


class _Device(PDFPageAggregator):
    """Notes the region at each character."""

    region: Box | None = None

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        width = super().render_char(*args, **kwargs)
        drawn: Any = self.cur_item._objs[-1]
        drawn.region = self.region
        return width


class _Interpreter(PDFPageInterpreter):
    """Follows the clipping paths; of one that is no rectangle its bounds."""

    device: _Device

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.regions: list[Box | None] = []

    def do_q(self) -> None:
        super().do_q()
        self.regions.append(self.device.region)

    def do_Q(self) -> None:
        super().do_Q()
        if self.regions:
            self.device.region = self.regions.pop()

    def do_W(self) -> None:
        points = [apply_matrix_pt(self.ctm, point) for segment in self.curpath for point in _points(segment)]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            self.device.region = _common(self.device.region, (min(xs), min(ys), max(xs), max(ys)))

    do_W_a = do_W

    def do_Do(self, xobjid_arg: Any) -> None:
        outside = self.device.region
        super().do_Do(xobjid_arg)
        self.device.region = outside


def _points(segment: Sequence[Any]) -> list[tuple[float, float]]:
    """The corners that a piece of a path names, and what its curve is drawn to."""
    numbers = [float(number) for number in segment[1:]]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _common(one: Box | None, other: Box) -> Box:
    if one is None:
        return other
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
