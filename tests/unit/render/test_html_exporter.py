"""`jupyter nbconvert --to tally_html`: an executed notebook becomes the HTML report."""

from __future__ import annotations

import nbformat
from nbconvert.exporters import get_exporter

from tally.blocks import Paragraph, Provenance, Run, Title
from tally.render.html.figures import unpacked


def notebook(*blocks):
    cells = [
        nbformat.v4.new_code_cell(
            "show()", outputs=[nbformat.v4.new_output("execute_result", data=b._repr_mimebundle_(), execution_count=1)]
        )
        for b in blocks
    ]
    return nbformat.v4.new_notebook(cells=cells)


def test_a_notebook_becomes_one_page_with_its_title_and_figures():
    figure = {"label": "查办案件", "value": "5件", "rule": "报表所填", "parts": []}
    given = notebook(Title("工作总结"), Paragraph((Run("查办5件", ref="r"),)), Provenance({"r": figure}))

    html, resources = get_exporter("tally_html")().from_notebook_node(given)

    assert "<title>工作总结</title>" in html and "查办5件" in html
    assert unpacked(html)[0][2] == "5件"
    assert resources["output_extension"] == ".html"
