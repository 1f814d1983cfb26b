"""Pages of the Word file: size, margins, the grid of 22 lines, and page numbers on the outer side."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from tally.render.word.wordml import NAMESPACES, field, run

LINE_TWIPS = 579  # 22 of them in 225 mm
CHARACTER = 316  # twips, a 28th of the text's width

_PAGE = run("— ") + field("PAGE", "1") + run(" —")
_DRAWING = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
EMU_PER_MM = 36000


class PageNumbers:
    """The footers and headers that carry page numbers, once each; `section` names them in a section's properties."""

    def __init__(self, document: Document):
        self._part = document.part
        self._upright = self._references(
            "footer", _footer("right"), _footer("left"), RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER
        )
        empty = f'<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>'
        self._no_header = self._references("header", empty, empty, RELATIONSHIP_TYPE.HEADER, CONTENT_TYPE.WML_HEADER)
        self._sideways = self._references(
            "header", _side_header(top=False), _side_header(top=True), RELATIONSHIP_TYPE.HEADER, CONTENT_TYPE.WML_HEADER
        )
        blank = f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>'
        self._no_footer = self._references("footer", blank, blank, RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER)

    def section(self, landscape: bool) -> str:
        """`w:sectPr` of an A4 section; a landscape page keeps its number where upright pages have it."""
        if landscape:
            references = self._sideways + self._no_footer
            size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
            margins = {"top": 28, "right": 37, "bottom": 26, "left": 35}
        else:
            references = self._no_header + self._upright
            size = '<w:pgSz w:w="11906" w:h="16838"/>'
            margins = {"top": 37, "right": 26, "bottom": 35, "left": 28}
        written = " ".join(f'w:{side}="{round(mm * 1440 / 25.4)}"' for side, mm in margins.items())
        return (
            f'<w:sectPr {NAMESPACES}>{references}<w:type w:val="nextPage"/>{size}'
            f'<w:pgMar {written} w:header="851" w:footer="1247" w:gutter="0"/>'
            f'<w:docGrid w:type="lines" w:linePitch="{LINE_TWIPS}"/></w:sectPr>'
        )

    def _references(self, kind: str, odd: str, even: str, relationship: str, content_type: str) -> str:
        written = ""
        for which, xml in (("default", odd), ("even", even)):
            name = self._part.package.next_partname(f"/word/{kind}%d.xml")
            part = Part(PackURI(name), content_type, xml.encode("utf-8"), self._part.package)
            written += f'<w:{kind}Reference w:type="{which}" r:id="{self._part.relate_to(part, relationship)}"/>'
        return written


def _footer(side: str) -> str:
    indent = f'<w:ind w:{side}="{CHARACTER}"/>'
    return (
        f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{side}"/></w:pPr>'
        f"{_PAGE}</w:p></w:ftr>"
    )


def _side_header(*, top: bool) -> str:
    """A text box at the page's left edge that reads downwards: at the bottom on odd pages, at the top on even ones.

    It is aligned to the text area and kept off it by insets, not by an offset, which LibreOffice takes for none on the first
    such page.
    """
    gap, inset = 6 * EMU_PER_MM, 5 * EMU_PER_MM
    width, height = 7 * EMU_PER_MM + gap, 24 * EMU_PER_MM + inset
    jc, number, edge = ("left", 9002, "top") if top else ("right", 9001, "bottom")
    above, below = (inset, 0) if top else (0, inset)
    box = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f'<wps:txbx><w:txbxContent><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="{jc}"/></w:pPr>{_PAGE}</w:p>'
        '</w:txbxContent></wps:txbx><wps:bodyPr vert="vert" wrap="square" lIns="0" '
        f'tIns="{above}" rIns="{gap}" bIns="{below}" anchor="ctr"/>'
        "</wps:wsp>"
    )
    anchor = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="leftMargin"><wp:align>right</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="margin"><wp:align>{edge}</wp:align></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="页码" descr="页码"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{box}</a:graphicData></a:graphic></wp:anchor>"
    )
    return (
        f'<w:hdr {NAMESPACES} {_DRAWING}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r>'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{anchor}</w:drawing></mc:Choice></mc:AlternateContent>'
        "</w:r></w:p></w:hdr>"
    )
