"""A page laid out with how each thing on it is painted: in which region it is shown, in which colour, whether it can be seen.

pdfminer, which lays pages out, heeds no clipping paths (spreadsheets print all of a cell's text and cut off what does
not fit), no invisible text and no transparency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTComponent, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_pt
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from tally.readers.pdf.layers import hidden_layers, is_off
from tally.readers.pdf.table import Box

_STROKED, _INVISIBLE = (1, 5), (3, 7)  # ways of showing text: only its outlines; not at all

_FAINT = 0.1  # opacity below which nobody sees a letter on paper


@dataclass(frozen=True)
class Paint:
    """How a thing is painted. `region`: left, bottom, right, top of what it is cut to, from the page's lower left corner.

    `colour` and `space` as the file has them; `see_through`: what lies below shows, `hidden`: nothing of it does.
    """

    region: Box | None = None
    colour: Any = 0
    space: str = ""
    see_through: bool = False
    hidden: bool = False


def layout(page: Page) -> LTPage:
    """The page's objects as `page.layout` gives them; `paint` tells how each is painted."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    device.layers = hidden_layers(page.pdf.doc.catalog)
    try:
        _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    except Exception as e:
        raise PdfminerException(e) from e
    return device.get_result()


def visible(page: Page) -> Box:
    """The part of the page that is shown: left, bottom, right, top as the laid out page has them."""
    left, bottom, right, top = page.page_obj.mediabox
    x0, y0, x1, y1 = page.page_obj.cropbox or page.page_obj.mediabox
    shown = (x0 - left, y0 - bottom, x1 - left, y1 - bottom)
    width, height = right - left, top - bottom
    turned = {
        90: (shown[1], width - shown[2], shown[3], width - shown[0]),
        180: (width - shown[2], height - shown[3], width - shown[0], height - shown[1]),
        270: (height - shown[3], shown[0], height - shown[1], shown[2]),
    }
    return turned.get(page.page_obj.rotate % 360, shown)


def paint(item: LTComponent) -> Paint:
    """How a thing of such a page is painted."""
    return getattr(item, "paint", Paint())


class _Device(PDFPageAggregator):
    """Notes at each thing how it is painted; `paint` holds what stands for all until it is changed."""

    paint = Paint()
    mode = 0
    layers: frozenset[int] = frozenset()  # those that are not shown

    def render_string(self, textstate: Any, *args: Any) -> None:
        self.mode = textstate.render
        super().render_string(textstate, *args)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        width = super().render_char(*args, **kwargs)
        drawn: Any = self.cur_item._objs[-1]
        state = drawn.graphicstate
        colour, space = (state.scolor, state.scs) if self.mode in _STROKED else (state.ncolor, state.ncs)
        hidden = self.paint.hidden or self.mode in _INVISIBLE
        drawn.paint = replace(self.paint, colour=colour, space=space.name, hidden=hidden)
        return width

    def paint_path(self, gstate: Any, *args: Any) -> None:
        before = len(self.cur_item._objs)
        super().paint_path(gstate, *args)
        for item in self.cur_item._objs[before:]:
            drawn: Any = item
            drawn.paint = replace(self.paint, colour=gstate.ncolor, space=gstate.ncs.name)


class _Interpreter(PDFPageInterpreter):
    """Follows the clipping paths; of one that is no rectangle its bounds."""

    device: _Device

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.paints: list[Paint] = []
        self.outside: list[bool] = []  # for each piece of marked content whether what stands around it is hidden

    def do_q(self) -> None:
        super().do_q()
        self.paints.append(self.device.paint)

    def do_Q(self) -> None:
        super().do_Q()
        if self.paints:
            self.device.paint = self.paints.pop()

    def do_W(self) -> None:
        points = [apply_matrix_pt(self.ctm, point) for segment in self.curpath for point in _points(segment)]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            region = _common(self.device.paint.region, (min(xs), min(ys), max(xs), max(ys)))
            self.device.paint = replace(self.device.paint, region=region)

    do_W_a = do_W

    def do_Do(self, xobjid_arg: Any) -> None:
        outside = self.device.paint
        drawn: Any = self.xobjmap.get(literal_name(xobjid_arg))
        layer = (getattr(resolve1(drawn), "attrs", None) or {}).get("OC") if self.device.layers else None
        if layer is not None and is_off(layer, self.device.layers):
            self.device.paint = replace(outside, hidden=True)
        super().do_Do(xobjid_arg)
        self.device.paint = outside

    def do_BMC(self, tag: Any) -> None:
        super().do_BMC(tag)
        self.outside.append(self.device.paint.hidden)

    def do_BDC(self, tag: Any, props: Any) -> None:
        super().do_BDC(tag, props)
        self.outside.append(self.device.paint.hidden)
        if self.device.layers and literal_name(tag) == "OC":
            named: Any = dict_value(self.resources.get("Properties", {}))
            if is_off(named.get(literal_name(props)), self.device.layers):
                self.device.paint = replace(self.device.paint, hidden=True)

    def do_EMC(self) -> None:
        super().do_EMC()
        if self.outside:
            self.device.paint = replace(self.device.paint, hidden=self.outside.pop())

    def do_gs(self, name: Any) -> None:
        states: Any = dict_value(self.resources.get("ExtGState", {}))
        state: Any = dict_value(states.get(literal_name(name), {}))
        opacity = resolve1(state.get("ca", None))
        mode = resolve1(state.get("BM", None))
        clear = self.device.paint.see_through
        if isinstance(opacity, (int, float)):
            clear = opacity < 1
            self.device.paint = replace(self.device.paint, hidden=opacity < _FAINT)
        if mode is not None:
            clear = clear or "Normal" not in str(mode)
        self.device.paint = replace(self.device.paint, see_through=clear)


def _points(segment: Sequence[Any]) -> list[tuple[float, float]]:
    """The corners that a piece of a path names, and what its curve is drawn to."""
    numbers = [float(number) for number in segment[1:]]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _common(one: Box | None, other: Box) -> Box:
    if one is None:
        return other
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
