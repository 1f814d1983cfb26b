"""What is drawn or written over the cells of a PDF's table: typed on one another, crossed, cropped away, a layer that is off, a watermark."""

import io

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

from tally.model import Mark
from tally.readers import read_bytes
from tests.unit.readers.test_pdf_ink import cell, pdf, read, saved

LINES = {
    "a stroke that ends behind the text": ("14#place(dx: -2pt, dy: -4pt, line(length: 17pt))", Mark(struck=True)),
    "from corner to corner": ("#place(dx: -5pt, dy: -5pt, line(end: (60pt, 17pt)))14", Mark(crossed=1)),
    "a cross": (
        "#place(dx: -5pt, dy: -5pt, line(end: (60pt, 17pt)))#place(dx: -5pt, dy: -5pt, line(start: (0pt, 17pt), end: (60pt, 0pt)))14",
        Mark(crossed=2),
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_over_a_figure_is_told(line):
    figure, mark = LINES[line]
    assert read(cell(figure)) == ("14", mark)


@pytest.mark.parametrize("other", ["14#place(dx: -0pt, dy: -7.5pt)[12]", "14#place(dx: 2pt, dy: -7.5pt)[9]"])
def test_figures_typed_on_one_another_are_no_number(other):
    _, mark = read(cell(other))
    assert len({run.look for run in mark.runs}) > 1


def test_a_figure_typed_twice_to_look_bold_is_one():
    assert read(cell("14#place(dx: 0.3pt, dy: -7.5pt)[14]"))[0] == "14"


@pytest.mark.parametrize("kind", ["Ink", "Redact", "Square"])
def test_what_a_person_draws_over_a_cell_in_a_pdf_program_is_told_there(kind):
    mark = DictionaryObject()
    mark[NameObject("/Type")], mark[NameObject("/Subtype")] = NameObject("/Annot"), NameObject(f"/{kind}")
    mark[NameObject("/Rect")] = ArrayObject(map(FloatObject, (100, 90, 260, 120)))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(cell("14")))
    writer.add_annotation(0, mark)
    (grid,) = read_bytes(saved(writer), "x.pdf")[0].grids
    assert [ink.kind for ink in grid.ink] in (["shape"] * len(grid.ink), ["comment"]) and grid.ink


def test_what_is_cropped_off_the_page_is_out_of_sight():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(cell("14")))
    page = writer.pages[0]
    page.cropbox.upper_right = (page.mediabox.left + 87, page.mediabox.top)
    (grid,) = read_bytes(saved(writer), "x.pdf")[0].grids
    assert {at for at, mark in grid.marks.items() if mark.unseen} == {(0, 1), (1, 1)}


def test_text_of_a_layer_that_is_off_is_out_of_sight():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(cell("14")))
    page = writer.pages[0]
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    layers = DictionaryObject({NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): off})
    writer.root_object[NameObject("/OCProperties")] = layers
    page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L"): layer})
    stream = DecodedStreamObject()
    stream.set_data(b"/OC /L BDC\n" + page.get_contents().get_data() + b"\nEMC")
    page[NameObject("/Contents")] = writer._add_object(stream)
    (grid,) = read_bytes(saved(writer), "x.pdf")[0].grids
    assert grid.marks[1, 1].unseen


ACROSS = [
    "rotate(30deg, text(size: 40pt, fill: luma(220))[亭湖区内部])",
    "text(size: 60pt, fill: luma(220))[亭湖区内部]",
]


@pytest.mark.parametrize("text", ACROSS)
def test_what_is_written_across_the_page_is_a_watermark(text):
    data = pdf(
        f"#place(center + horizon, {text})\n#table(columns: (60pt, 60pt), [类别], [查办], [价格类], [3], [质量类], [14])"
    )
    (grid,) = read_bytes(data, "x.pdf")[0].grids
    assert grid.rows == [["类别", "查办"], ["价格类", "3"], ["质量类", "14"]]
    assert [(ink.kind, ink.text) for ink in grid.ink] == [("watermark", "亭湖区内部")]
