"""What an analyst's notebook, or a call, can have wrong before anything runs."""

from __future__ import annotations

import json

import pytest

from tally import engine
from tally.errors import TallyError, UsageError
from tests.unit.engine.conftest import PARAMETERS, text


def run(book, parameters: dict, declared: str = PARAMETERS, show: str = "campaign, unit, rows, share") -> str:
    path, output = book.path(show, parameters=declared), book.folder / "out.ipynb"
    engine.execute(path, output, parameters)
    return text(json.loads(output.read_text())["cells"][-1]["outputs"])


def test_text_that_looks_like_a_number_stays_text(book):
    assert run(book, {"unit": "007", "campaign": "1e5"}) == "('1e5', '007', 1, 0.5)"


def test_a_whole_number_stands_for_a_fraction(book):
    assert run(book, {"share": 1, "rows": 2}) == "('masks_2021', '000000', 2, 1)"


def test_text_is_never_code(book):
    assert run(book, {"unit": '"; import os; os._exit(1) #{x}\n'}, show="unit") == repr(
        '"; import os; os._exit(1) #{x}\n'
    )


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"unti": "1"}, "没有参数 'unti'.*可用参数：campaign、unit、rows、share"),
        ({"unit": 7}, "参数 unit 应为文本，收到 7（整数）"),
        ({"unit": None}, "参数 unit 应为文本，收到 None"),
        ({"rows": "7"}, "参数 rows 应为整数，收到 '7'（文本）"),
        ({"rows": True}, "参数 rows 应为整数，收到 True"),
        ({"unit": object}, "不能传给笔记本"),
        ({"unit": {"a": {1}}}, "不能传给笔记本"),
    ],
)
def test_a_wrong_parameter_is_told_before_anything_runs(book, parameters, says):
    with pytest.raises(UsageError, match="(?s)" + says):
        run(book, parameters)
    assert not (book.folder / "out.ipynb").exists()


def test_a_parameter_without_default_must_be_given(book):
    with pytest.raises(UsageError, match="缺少参数 unit"):
        run(book, {}, "unit: str\n")
    assert run(book, {"unit": "1"}, "unit: str\n", show="unit") == "'1'"


def test_an_annotation_says_what_may_stand_for_none(book):
    declared = "unit: str | None = None\n"
    assert run(book, {"unit": "1"}, declared, show="unit") == "'1'"
    with pytest.raises(UsageError, match="参数 unit"):
        run(book, {"unit": 1}, declared, show="unit")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "不是可用的 Jupyter 笔记本"),
        ("print('a script')", "不是可用的 Jupyter 笔记本"),
        ('{"a": 1}', "不是可用的 Jupyter 笔记本：没有 nbformat 字段"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', "没有写明内核"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "python3", "display_name": "P"}}, "cells": []}',
         "没有标签为 parameters 的单元格"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_run_is_told_with_a_remedy(book, content, says):
    (book.folder / "book.ipynb").write_text(content)
    with pytest.raises(TallyError, match=says) as e:
        engine.execute(book.folder / "book.ipynb", book.folder / "out.ipynb", {})
    assert e.value.remedy


def test_a_syntax_error_in_the_parameters_cell_names_its_line(book):
    with pytest.raises(TallyError, match="参数单元格有语法错误（第 2 行）"):
        run(book, {}, "unit = '1'\nrows = = 2\n")


def test_a_kernel_that_is_not_installed_is_told_after_falling_back(book):
    kernel, said = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}, []
    path = book.path("1", kernel=kernel)
    with pytest.raises(TallyError, match="没有安装笔记本所用的内核 julia-1.9"):
        engine.execute(path, book.folder / "out.ipynb", {}, announce=said.append)
    assert said and "julia" in said[0]


def test_a_missing_notebook_and_an_unknown_engine_are_told(book):
    with pytest.raises(TallyError, match="找不到笔记本"):
        engine.execute(book.folder / "none.ipynb", book.folder / "out.ipynb", {})
    with pytest.raises(UsageError, match="没有名为 'turbo' 的执行引擎.*\n可用：fork、plain"):
        engine.execute(book.path("1"), book.folder / "out.ipynb", {}, engine="turbo")


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(book):
    (book.folder / "file").write_text("")
    with pytest.raises(TallyError, match="无法写入"):
        engine.execute(book.path("1"), book.folder / "file" / "out.ipynb", {})


def test_braces_in_a_path_are_part_of_its_name(book):
    output = book.folder / "{unit}" / "out.ipynb"
    engine.execute(book.path("unit", name="{x}"), output, {"unit": "1"})
    papermill = json.loads(output.read_text())["metadata"]["papermill"]
    assert (papermill["input_path"], papermill["output_path"]) == (str(book.folder / "{x}.ipynb"), str(output))
    assert [p.name for p in output.parent.iterdir()] == ["out.ipynb"]
