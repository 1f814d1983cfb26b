"""Form 4 with invented figures, printed on a page: the truth, the page as a PDF, its picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2
import typst

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.render.document.fonts import pip_font

FORM = CAMPAIGN.form("cases")
PERIOD = "2021-05"
_DOTS = 200
_POINTS = 72

Truth = dict[tuple[str, str], str]  # (row, field) -> figure as printed, "" for a blank cell


@dataclass(frozen=True)
class Printed:
    """One unit's form on paper; `wrong_sum`: the cell whose 合计 is not the sum of its rows, "" if all are."""

    unit: str
    truth: Truth
    pdf: bytes

    @property
    def picture(self) -> np.ndarray:
        return picture_of(self.pdf)


def picture_of(pdf: bytes) -> np.ndarray:
    """The first page as a scanner sees it (blue, green, red)."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return np.ascontiguousarray(page.render(scale=_DOTS / _POINTS).to_numpy()[:, :, :3])


def printed(chance: np.random.Generator) -> Printed:
    """A form of a unit chosen by chance, its sums right, a few cells blank."""
    unit = CAMPAIGN.units[int(chance.integers(len(CAMPAIGN.units)))]
    truth: Truth = {}
    for field in FORM.fields:
        column = [_figure(field.kind, chance) for _ in FORM.parts]
        total = sum(float(v or 0) for v in column)
        for category, figure in zip(FORM.parts, column, strict=True):
            truth[category.name, field.name] = figure
        truth[FORM.total, field.name] = f"{total:.0f}" if field.kind == "count" else f"{total:.2f}"
    return Printed(unit.code, truth, _pdf(unit.name, truth))


def _figure(kind: str, chance: np.random.Generator) -> str:
    if chance.random() < 0.08:
        return ""
    if kind == "count":
        return str(int(chance.integers(0, 10 ** int(chance.integers(1, 5)))))
    return f"{chance.uniform(0, 10 ** int(chance.integers(0, 4))):.2f}"


def _pdf(unit: str, truth: Truth) -> bytes:
    head = [FORM.row_header or "查办案件情况", *(f.label for f in FORM.fields)]
    rows = [[c.label, *(truth[c.name, f.name] for f in FORM.fields)] for c in FORM.categories]
    cells = ", ".join(f"[{cell}]" for row in [head, *rows] for cell in row)
    source = f"""#set page(paper: "a4", flipped: true, margin: 20mm)
#set text(font: "Noto Sans CJK SC", size: 9pt)
#align(center)[#text(15pt)[{FORM.number} {FORM.title}]]
填报单位（盖章）：{unit} #h(1fr) 填报时间：2021年6月3日
#table(columns: {len(head)}, stroke: 0.7pt, inset: 6pt, align: center + horizon, {cells})
审核人：某甲 #h(4em) 填表人：某乙
"""
    return typst.compile(source.encode(), font_paths=[str(pip_font().parent)], ignore_system_fonts=True)
