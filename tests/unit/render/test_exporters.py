"""nbconvert finds the exporters by name and uses them on any notebook."""

import io

import docx as python_docx
import pypdf
import pytest
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tally.blocks import Title
from tally.render.document.exporters import NO_DATE, dated


def own_notebook():
    """What an analyst might have written: a markdown title and a printed result."""
    printed = new_output("stream", name="stdout", text="立案 12 件")
    return new_notebook(cells=[new_markdown_cell("# 临时分析"), new_code_cell("print('…')", outputs=[printed])])


def converted(name, **options):
    content, resources = get_exporter(name)(**options).from_notebook_node(own_notebook())
    return content, resources["output_extension"]


def test_a_notebook_becomes_a_pdf():
    content, extension = converted("tally_pdf", system_fonts=False, edition_note="（公开版）")
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert extension == ".pdf" and reader.metadata.title == "临时分析"
    said = reader.pages[0].extract_text()
    assert "（公开版）" in said and "12" in said and "print" not in said


def test_a_notebook_becomes_a_word_file():
    content, extension = converted("tally_docx")
    assert extension == ".docx"
    assert [p.text for p in python_docx.Document(io.BytesIO(content)).paragraphs if p.text] == [
        "临时分析",
        "立案 12 件",
    ]


def test_the_same_notebook_gives_the_same_file():
    assert converted("tally_docx") == converted("tally_docx")


@pytest.mark.parametrize(("date", "seconds"), [("2021年5月6日", 1620259200), ("2021年2月30日", NO_DATE), ("", NO_DATE)])
def test_a_file_bears_the_date_of_its_title(date, seconds):
    assert dated((Title("总结", date=date),)) == seconds
