"""The look of characters in a PDF: struck, raised, out of sight; as in every format with fonts they do not count or are told."""

import io

import pypdf
import pytest
import typst
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

from tally.model import Mark, Run
from tally.readers import read_bytes
from tally.render.document.fonts import pip_font

HEAD = '#set text(font: "Noto Sans CJK SC", size: 10pt)\n#set page(width: 300pt, height: 200pt)\n'


def pdf(source: str) -> bytes:
    return typst.compile((HEAD + source).encode(), font_paths=[str(pip_font().parent)], ignore_system_fonts=True)


def cell(figure: str, options: str = "") -> bytes:
    return pdf(f"#table(columns: (60pt, 60pt), {options} [类别], [查办], [质量类], [{figure}])")


def read(data: bytes) -> tuple[object, Mark]:
    (grid,) = read_bytes(data, "x.pdf")[0].grids
    assert grid.rows[0] == ["类别", "查办"] and grid.rows[1][0] == "质量类"
    return grid.rows[1][1], grid.marks.get((1, 1), Mark())


PARTS = {
    "struck before what counts": ("#strike[12]14", "14", (Run("12", "struck"), Run("14", ""))),
    "struck after it": ("14 #strike[12]", "14", (Run("14", ""), Run("12", "struck"))),
    "struck on a line above": ("#strike[12]\\ 14", "14", (Run("12\n", "struck"), Run("14", ""))),
    "raised": ("142#super(typographic: false)[2]", "142²", (Run("142", ""), Run("2", "raised"))),
    "lowered": ("142#sub(typographic: false)[2]", "142₂", (Run("142", ""), Run("2", "lowered"))),
    "white": ("#text(fill: white)[1]42", "42", (Run("1", "unseen"), Run("42", ""))),
    "tiny": ("14#text(size: 2pt)[2]", "14", (Run("14", ""), Run("2", "unseen"))),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_does_not_count_is_left_out_and_told(part):
    figure, value, runs = PARTS[part]
    assert read(cell(figure)) == (value, Mark(runs=runs))


@pytest.mark.parametrize(
    "figure", ["#text(fill: white)[14]", "#text(fill: cmyk(0%, 0%, 0%, 0%))[14]", "14#place(dx: -3pt, dy: -12pt, rect(width: 25pt, height: 15pt, fill: white))"]
)  # fmt: skip
def test_a_figure_that_nobody_can_see_is_told(figure):
    assert read(cell(figure)) == ("14", Mark(unseen=True))


def test_text_shown_by_no_ink_at_all_is_told():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(cell("14")))
    page = writer.pages[0]
    stream = DecodedStreamObject()
    stream.set_data(page.get_contents().get_data().replace(b"0 Tr", b"3 Tr"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    assert read(saved(writer))[1].unseen


SEEN = {
    "underlined": ("#underline[14]", ""),
    "red": ("#text(fill: red)[14]", ""),
    "white on a dark ground": ("#text(fill: white)[14]", "fill: (x, y) => if x == 1 and y == 1 {black},"),
    "on a pale ground": ("14", "fill: luma(230),"),
    "under a veil": ("14#place(dx: -3pt, dy: -12pt, rect(width: 25pt, height: 15pt, fill: yellow.transparentize(60%)))", ""),
}  # fmt: skip


@pytest.mark.parametrize("look", SEEN)
def test_a_figure_that_is_seen_counts(look):
    figure, options = SEEN[look]
    assert read(cell(figure, options)) == ("14", Mark())


def test_a_sheet_printed_small_is_read_as_any():
    small = "#set text(size: 3pt)\n#table(columns: (20pt, 20pt), inset: 2pt, [类别], [查办], [质量类], [14])"
    assert read(pdf(small)) == ("14", Mark())


def saved(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_a_person_strikes_in_a_pdf_program_is_struck():
    """The mark lies over the text as such programs lay it: a rectangle as high as the letters."""
    import pdfplumber

    data = cell("14")
    with pdfplumber.open(io.BytesIO(data)) as read_again:
        chars = [char for char in read_again.pages[0].chars if char["text"] in "14"]
    box = [chars[0]["x0"], chars[0]["y0"], chars[-1]["x1"], chars[-1]["y1"]]
    mark = DictionaryObject()
    mark[NameObject("/Type")], mark[NameObject("/Subtype")] = NameObject("/Annot"), NameObject("/StrikeOut")
    mark[NameObject("/Rect")] = ArrayObject(map(FloatObject, box))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.add_annotation(0, mark)
    assert read(saved(writer)) == ("14", Mark(struck=True))


def test_words_that_nobody_can_see_are_no_line_of_the_page_and_are_told():
    (grid,) = read_bytes(
        pdf("填报单位 #text(fill: white)[应为99件]\n\n#table(columns: 2, [类别], [查办], [价格类], [3])"), "x.pdf"
    )[0].grids
    assert grid.before == ("填报单位",)
    assert "应为99件" in "".join(ink.text for ink in grid.ink)
