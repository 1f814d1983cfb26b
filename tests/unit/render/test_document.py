"""An executed notebook becomes the blocks of a document."""

import base64
import struct
import zlib

import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tally.blocks import Chart, Entry, Head, Heading, Paragraph, Run, Table, Title
from tally.render.document.document import blocks_of
from tally.render.document.htmltables import tables_in


def shown(data, metadata=None, tags=()):
    output = new_output("execute_result", data=data, metadata=metadata or {})
    return new_code_cell("secret = 1", outputs=[output], metadata={"tags": list(tags)})


def document(*cells):
    return blocks_of(new_notebook(cells=list(cells)))


def png(width, height):
    raw = b"".join(b"\0" + b"\x80" * width for _ in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    image = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + image).decode()


def test_outputs_that_carry_blocks_become_those_blocks():
    table = Table("t", "表1", ((Head("甲", 2),),), ((Entry("1", ref="a"), Entry("2", kind="bad")),), ("left", "right"))
    paragraph = Paragraph((Run("共"), Run("3", ref="n"), Run("【待补充】", kind="todo")))
    assert document(shown(table._repr_mimebundle_()), shown(paragraph._repr_mimebundle_())) == (table, paragraph)


def test_parameters_hidden_cells_source_and_stderr_are_left_out():
    warning = new_code_cell("x", outputs=[new_output("stream", name="stderr", text="DeprecationWarning")])
    hidden = [shown({"text/plain": "no"}, tags=[t]) for t in ("parameters", "injected-parameters", "hide")]
    assert document(*hidden, warning, new_markdown_cell("no", metadata={"tags": ["hide"]})) == ()


def test_markdown_becomes_title_headings_paragraphs_lists_and_tables():
    blocks = document(
        new_markdown_cell(
            "# 总结\n\n## 一、情况\n\n共**3**件，\n其中 `x` 一件。\n\n- 甲\n- 乙\n\n|a|b|\n|-|-:|\n|1|2|\n\n#### 1. 小"
        )
    )
    assert blocks == (
        Title("总结"),
        Heading("一、情况", 1),
        Paragraph((Run("共"), Run("3", kind="strong"), Run("件，其中 x 一件。"))),
        Paragraph((Run("· 甲"),)),
        Paragraph((Run("· 乙"),)),
        Table("", "", ((Head("a"), Head("b")),), ((Entry("1"), Entry("2")),), ("left", "right"), sortable=False),
        Heading("1. 小", 3),
    )


def test_a_title_block_keeps_markdowns_top_heading_a_heading():
    title = Title("工作总结")
    assert document(new_markdown_cell("# 说明"), shown(title._repr_mimebundle_())) == (Heading("说明", 1), title)


def test_markup_of_other_languages_stays_text():
    source = '<script>alert("x")</script>\n\n行内 <b onclick="y">粗</b> $x$ #import &lt;i&gt;\n\n<!-- 不见 -->'
    script, inline = document(new_markdown_cell(source))
    assert script.as_text() == '<script>alert("x")</script>'
    assert inline.as_text() == '行内 <b onclick="y">粗</b> $x$ #import <i>'


def test_a_data_frame_becomes_a_table_with_its_header_spans_and_what_was_cut():
    columns = pd.MultiIndex.from_tuples([("案件", "立案"), ("案件", "结案")])
    frame = pd.DataFrame([[1, 2.5]] * 80, columns=columns, index=[f"<i>甲{n}" for n in range(80)])
    (table,) = document(shown({"text/html": frame._repr_html_(), "text/plain": str(frame)}))
    assert table.head[0][1] == Head("案件", 2)
    assert table.body[0] == (Entry("<i>甲0"), Entry("1"), Entry("2.5"))
    assert table.align == ("left", "right", "right")
    assert table.note == "80 rows × 2 columns"


def test_a_bitmap_becomes_a_chart_at_its_own_size():
    (chart,) = document(shown({"image/png": png(96, 48), "text/plain": "<Figure>"}, {"alt": "灰色方块"}))
    assert isinstance(chart, Chart)
    assert (chart.alt, round(chart.width_mm, 1)) == ("灰色方块", 25.4)
    assert 'viewBox="0 0 96 48"' in chart.svg and chart.png == png(96, 48)


def test_an_svg_loses_its_prolog_and_gets_a_text_for_those_who_hear():
    (chart,) = document(shown({"image/svg+xml": ['<?xml version="1.0"?>\n<!DOCTYPE svg>\n', "<svg/>"]}))
    assert chart.svg == "<svg/>" and "第 1 个单元格" in chart.alt


def test_printed_text_keeps_its_lines_and_loses_its_colours():
    cell = new_code_cell("x", outputs=[new_output("stream", name="stdout", text="\n a  1\n\x1b[31mb\x1b[0m  2\n")])
    assert document(cell) == (Paragraph((Run(" a  1\nb  2"),), style="pre"),)


def test_a_failed_cell_leaves_a_note_that_nobody_overlooks():
    failed = new_output("error", ename="KeyError", evalue="'甲'", traceback=["…"])
    (note,) = document(new_code_cell("x", outputs=[failed]))
    assert note.runs[0].kind == "todo" and "KeyError: '甲'" in note.as_text()


def echoing(*outputs: dict) -> NotebookNode:
    return new_notebook(cells=[new_code_cell("plot()", outputs=[new_output(**output) for output in outputs])])


PICTURE = {"output_type": "display_data", "data": {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>"}}


@pytest.mark.parametrize(
    "echo", ["Text(0.5, 1.0, '月度')", "[<matplotlib.lines.Line2D at 0x7f>]", "<Axes: xlabel='月'>"]
)
def test_the_name_of_a_plots_object_is_not_printed_beside_its_picture(echo):
    named = {"output_type": "execute_result", "data": {"text/plain": echo}}
    assert [type(b) for b in blocks_of(echoing(named, PICTURE))] == [Chart]
    assert len(blocks_of(echoing(named))) == 1, "alone it is what the cell shows"


def test_a_value_beside_a_picture_stays():
    value = {"output_type": "execute_result", "data": {"text/plain": "Textur 12"}}
    assert len(blocks_of(echoing(value, PICTURE))) == 2


@pytest.mark.parametrize(
    ("index", "heads"), [(None, ["件"]), (["甲", "乙", "丙"], ["", "件"]), ([2, 0, 1], ["", "件"])]
)
def test_an_index_that_nobody_gave_a_frame_is_not_shown(index, heads):
    (table,) = tables_in(pd.DataFrame({"件": [5, 6, 7]}, index=index).to_html())
    assert [h.text for h in table.head[0]] == heads
    assert [row[-1].text for row in table.body] == ["5", "6", "7"]
